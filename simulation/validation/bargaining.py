"""Bargaining: shares of proposers, of the patient and of those who could do without."""

from __future__ import annotations

import numpy as np

from agents.bargaining import aspiration
from simulation import reference_models
from simulation.reference_models import baron_ferejohn, nash_bargaining, rubinstein
from simulation.reference_models._bargain import bargain
from simulation.reference_models._base import held
from simulation.validation._row import Row, each

TITLE, PLACE = "Bargaining", 40
Table = list[list[float]]
BARON_FEREJOHN = (
    "Baron & Ferejohn (1989), Bargaining in legislatures, American Political Science Review 83, 1181–1206"
)
RUBINSTEIN = "Rubinstein (1982), Perfect equilibrium in a bargaining model, Econometrica 50, 97–109"
NASH = "Nash (1950), The bargaining problem, Econometrica 18, 155–162, also weighted: first-order conditions"
KALAI = "Kalai–Smorodinsky beside Nash on a scale that ends, a case made by hand"
FARATIN = (
    "Faratin, Sierra & Jennings (1998), Negotiation decision functions for autonomous agents, Robotics and "
    "Autonomous Systems 24, 159–182"
)
PROPOSERS = [  # members, patience, shares of the proposer and of a partner, partners
    (3, 1.0, 2 / 3, 1 / 3, 1),
    (3, 0.9, 7 / 10, 3 / 10, 1),
    (3, 0.8, 11 / 15, 4 / 15, 1),
    (3, 0.0, 1, 0, 1),
    (5, 1.0, 3 / 5, 1 / 5, 2),
    (5, 0.8, 17 / 25, 4 / 25, 2),
    (7, 1.0, 4 / 7, 1 / 7, 3),
    (15, 0.9, 29 / 50, 3 / 50, 7),
    (101, 1.0, 51 / 101, 1 / 101, 50),
]
PATIENT = [  # patience of the first and of the second, share of the first
    (0.9, 0.9, 10 / 19),
    (0.5, 0.5, 2 / 3),
    (0.9, 0.8, 5 / 7),
    (0.8, 0.9, 5 / 14),
    (0.0, 0.5, 1 / 2),
    (0.5, 0.0, 1),
    (1.0, 1.0, 1 / 2),
]


def rows() -> list[Row]:
    """Shares of a pie, as formulas have them."""
    return _proposers() + _patient() + _pies() + _concessions()


def _proposers() -> list[Row]:
    """The closed rule: 1 − δ (n − 1) / 2n for the proposer by simple majority, less where all must agree."""
    made = []
    for members, patience, *expected in PROPOSERS:
        title = f"{members} members, δ = {patience:g}"
        names = [f"{title}, {what}" for what in ("proposer", "each partner", "partners")]
        found = baron_ferejohn.closed_rule(members, patience)
        made += each(names, expected, found, 1e-12, BARON_FEREJOHN, "exact")
    for members, patience, share in ((3, 0.9, 0.4), (5, 0.8, 0.36)):
        found = baron_ferejohn.closed_rule(members, patience, votes=members)
        title = f"unanimity of {members}, δ = {patience:g}, proposer"
        made.append(Row(title, share, float(found.proposer), 1e-12, BARON_FEREJOHN, "exact"))
    return made


def _patient() -> list[Row]:
    """Alternating offers: (1 − δ₂) / (1 − δ₁ δ₂), so many offers, and short breaks between them."""
    names = [f"δ₁ = {first:g}, δ₂ = {second:g}, first" for first, second, _ in PATIENT]
    ours = [rubinstein.first_share(first, second) for first, second, _ in PATIENT]
    made = each(names, [share for *_, share in PATIENT], ours, 1e-12, RUBINSTEIN, "exact")
    for offers, share in ((1, 1.0), (2, 0.1), (3, 0.91), (4, 0.181)):
        found = rubinstein.first_share(0.9, 0.9, offers)
        title = f"δ = 0.9, {offers} offer{'s' if offers > 1 else ''} in all, first"
        made.append(Row(title, share, found, 1e-12, RUBINSTEIN, "exact"))
    many = rubinstein.first_share(0.9, 0.9, 500)
    made.append(Row("δ = 0.9, 500 offers in all, first", 10 / 19, many, 1e-9, RUBINSTEIN, "exact"))
    short = rubinstein.first_share(np.exp(-0.3e-7), np.exp(-0.1e-7))
    made.append(Row("short breaks, impatience 3 to 1, first", 0.25, float(short), 1e-6, RUBINSTEIN, "exact"))
    return made


def pie(reversion: float, surplus: float) -> tuple[Table, Table, list[float], list[float]]:
    """Two divide 100 points of issue 0; nothing agreed is `reversion` with `surplus` points lost to each."""
    return [[100, 100], [0, 100]], [[100, surplus], [100, surplus]], [1, 1], [reversion, 0]


def _pies() -> list[Row]:
    made = []
    for title, room, weights, share in (
        ("x and √(1 − x)", pie(50, 50), [1, 1 / 2], 2 / 3),
        ("linear, without agreement 0.2 and 0.1", pie(55, 35), [1, 1], 0.55),
        ("linear, weights 0.3 and 0.7", pie(50, 50), [0.3, 0.7], 0.3),
        ("linear, alike", pie(50, 50), [1, 1], 0.5),
    ):
        split = nash_bargaining.nash(bargain(held(*room)), weights)
        ours = [np.nan] * 2 if split is None else split / 100
        names = [f"{title}, first", f"{title}, what both want"]
        made += each(names, [share, 1], ours, 1e-9, NASH, "exact")
    for name, place in (("nash-bargaining", 80.0), ("kalai-smorodinsky", 30 + 7000 / 170)):
        ends = reference_models.find(name).predict(*pie(80, 50)).outcome
        names = [f"{name}, issue {number}" for number in (1, 2)]
        made += each(names, [place, 100], ends, 1e-5, KALAI, "our own")
    return made


def _concessions() -> list[Row]:
    """All at the start, nothing at the end; half-way 1 − 0.5^(1/e)."""
    made = []
    for word, exponent, half in (
        ("Boulware", 0.5, 0.75),
        ("linear", 1.0, 0.5),
        ("conceder", 2.0, 1 - 0.5**0.5),
    ):
        for when, progress, kept in (("start", 0.0, 1.0), ("half-way", 0.5, half), ("end", 1.0, 0.0)):
            title = f"{word}, e = {exponent:g}, insists at the {when} on"
            title = title.replace("at the half-way", "half-way")
            made.append(Row(title, kept, aspiration(progress, exponent), 1e-12, FARATIN, "exact"))
    return made
