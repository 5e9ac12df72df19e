"""Positions that influence each other: settings under which consultations are a published model."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.validation._rooms import chamber_of, finished
from simulation.validation._row import Kind, Row, each

TITLE, PLACE = "Influence", 10
DEGROOT = (
    "DeGroot (1974), Reaching a consensus, Journal of the American Statistical Association 69, 118–121: "
    "limits by the left eigenvector, exact fractions"
)
FRIEDKIN_JOHNSEN = (
    "Friedkin & Johnsen (1990), Social influence and opinions, Journal of Mathematical Sociology 15, "
    "193–206: x = (I − ΛW)⁻¹(I − Λ)x₀"
)
PRINTED = (
    "Friedkin & Johnsen's four actors as printed in Parsegov, Proskurnikov, Tempo & Friedkin (2017), IEEE "
    "Transactions on Automatic Control 62, 2270–2285, equations 2, 15 and 16"
)
HEGARTY_WEDIN = (
    "Hegarty & Wedin (2014), The Hegselmann–Krause dynamics for equally spaced agents, arXiv 1406.0819"
)
FOUR = np.array(
    [[0.22, 0.12, 0.36, 0.3], [0.147, 0.215, 0.344, 0.294], [0, 0, 1, 0], [0.09, 0.178, 0.446, 0.286]]
)
ROUNDS = 300


def rows() -> list[Row]:
    """Consensus, disagreement that lasts, and clusters."""
    return _degroot() + _closed_form() + _four() + _clusters()


def _reached(start: ArrayLike, ties: ArrayLike, rounds: int = ROUNDS, **more: Any) -> NDArray[np.floating]:
    """Positions (country, issue) after so many rounds; the start is (country,) or (country, issue)."""
    places = np.asarray(start, dtype=float).reshape(len(np.asarray(ties)), -1)
    more.setdefault("dynamics", {"openness": 1.0, "salience_exponent": 0.0})
    model = finished(chamber_of(places, ties=np.asarray(ties), rounds=rounds, **more))
    return np.asarray(model.chamber.position[:, :, 0])


def _named(case: str, count: int) -> list[str]:
    return [f"{case}, delegation {number}" for number in range(1, count + 1)]


def _degroot() -> list[Row]:
    third = 1 / 3
    ring: list[list[float]] = [[0, 0.5, 0.5], [1, 0, 0], [1, 0, 0]]
    three = [[third, third, third], [0.5, 0.5, 0], [0, 0.25, 0.75]]
    chain = [[0.5, 0.5, 0], [0.25, 0.5, 0.25], [0, 0.4, 0.6]]
    cases: list[tuple[str, list[float], list[list[float]], int, list[float]]] = [
        ("two, in the end", [100, 0], [[0.5, 0.5], [0.25, 0.75]], ROUNDS, [100 / 3] * 2),
        ("three, after a round", [100, 0, 0], three, 1, [100 / 3, 50, 0]),
        ("three, in the end", [100, 0, 0], three, ROUNDS, [300 / 11] * 3),
        ("chain, in the end", [10, 40, 90], chain, ROUNDS, [810 / 17] * 3),
        ("cycles of two and three", [100, 0, 0], [[0, 0.5, 0.5], [1, 0, 0], [0, 1, 0]], ROUNDS, [40] * 3),
        ("no rest, even round", [100, 0, 0], ring, ROUNDS, [100, 0, 0]),
        ("no rest, odd round", [100, 0, 0], ring, ROUNDS + 1, [0, 100, 100]),
        ("two closed groups", [0, 100, 50], [[1, 0, 0], [0, 1, 0], [0.25, 0.75, 0]], ROUNDS, [0, 100, 75]),
    ]  # fmt: skip
    made = []
    for case, start, ties, rounds, expected in cases:
        ours = _reached(start, ties, rounds)[:, 0]
        made += each(_named(case, len(start)), expected, ours, 1e-9, DEGROOT, "exact")
    return made


def _closed_form() -> list[Row]:
    """Six delegations on three issues as drawn: how far the farthest ends from the closed form."""
    generator = np.random.default_rng(7)
    countries, issues = 6, 3
    ties = generator.random((countries, countries))
    ties /= ties.sum(axis=1, keepdims=True)
    start = generator.uniform(0, 100, (countries, issues))
    salience = generator.uniform(10, 100, (countries, issues))
    shares = salience / salience.sum(axis=1, keepdims=True)
    made = []
    for exponent in (0.0, 1.0):
        dynamics = {"openness": 0.6, "salience_exponent": exponent}
        reached = _reached(start, ties, 400, salience=salience, dynamics=dynamics)
        open_to = 0.6 ** ((issues * shares) ** exponent)
        apart = [
            np.abs(reached[:, k] - _settled(np.diag(open_to[:, k]), ties) @ start[:, k]).max()
            for k in range(issues)
        ]
        names = [f"farthest from the closed form, γ = {exponent:g}, issue {k + 1}" for k in range(issues)]
        made += each(names, [0.0] * issues, apart, 1e-10, FRIEDKIN_JOHNSEN, "exact")
    return made


def _settled(openness: NDArray[np.floating], ties: NDArray[np.floating]) -> NDArray[np.floating]:
    """The influence of each start on each end: (I − ΛW)⁻¹(I − Λ)."""
    here = np.eye(len(ties))
    return np.asarray(np.linalg.solve(here - openness @ ties, here - openness))


def _four() -> list[Row]:
    """The four actors of 1999: both issues as printed, the way there, and who influences the first actor."""
    own = [{"openness": 1 - FOUR[row, row]} for row in range(4)]

    def reached(start: ArrayLike, rounds: int = ROUNDS) -> NDArray[np.floating]:
        return _reached(start, FOUR, rounds, delegations=own, dynamics={"salience_exponent": 0.0})

    first, second = [25, 25, 75, 85], np.array([25, 15, -50, 5])
    ends = reached(first)[:, 0]
    made = each(_named("first issue", 4), [60, 60, 75, 75], ends, 0.5, PRINTED, "published")
    other = 2 * reached((second + 100) / 2)[:, 0] - 100
    printed = [-19.3, -21.5, -50, -23.2]
    made += each(_named("second issue, −100 to 100", 4), printed, other, 0.05, PRINTED, "published")
    exact: Kind = "exact"
    limit = [60.02084882588987, 59.98396593926452, 75.0, 74.98620493782914]
    made += each(_named("first issue to the last digit", 4), limit, ends, 1e-9, FRIEDKIN_JOHNSEN, exact)
    after = [53.08, 52.3494, 75.0, 70.33444]
    made += each(_named("after a round", 4), after, reached(first, 1)[:, 0], 1e-9, FRIEDKIN_JOHNSEN, exact)
    weights = reached(100 * np.eye(4))[0] / 100
    names = [f"influence of delegation {number} on the first" for number in range(1, 5)]
    influence = [0.27939830722305004, 0.04501869405171358, 0.551413109762429, 0.12416988896280716]
    return made + each(names, influence, weights, 1e-9, FRIEDKIN_JOHNSEN, exact)


def _clusters() -> list[Row]:
    """Delegations a point apart that hear those within a point: 2⌊n/6⌋ clusters of three, one of the rest."""
    made = []
    for countries in (60, 61, 64):
        dynamics = {"openness": 1.0, "confidence": 1.0, "salience_exponent": 0.0}
        ends = _reached(np.arange(countries), np.ones((countries, countries)), 60, dynamics=dynamics)
        sizes = np.unique(np.round(ends[:, 0], 6), return_counts=True)[1]
        threes, others = int((sizes == 3).sum()), [int(size) for size in sizes if size != 3]
        title = f"{countries} delegations"
        rest = ("clusters of another size", float(countries % 6 > 0), float(len(others)))
        size = ("members of the other cluster", float(countries % 6), float(sum(others)))
        for name, published, ours in (("clusters of three", 2 * (countries // 6), threes), rest, size):
            made.append(Row(f"{title}, {name}", published, ours, 0.0, HEGARTY_WEDIN, "published"))
    return made
