"""On whom does it turn: who could carry a text, who could stop it, and how much power has anybody?"""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures.leverage import nearest
from dashboards.known import Known
from dashboards.pictures._picture import Picture, picture
from dashboards.sections._section import Drawn, Section, Table
from dashboards.words import titled
from simulation.analyses.leverage import Leverage, OnText, leverage
from simulation.analyses.wording import listing, number, percent, sentence_case, spoken
from simulation.results import counted

TITLE, GROUP = "On whom it turns", "Who matters"
PLACE = 60
NAMED = 5
LISTED = 10
ROW = ("delegation", "concession", "in coalition", "endorses", "power", "with bloc")
TEXT = ("text", "for it", "cheapest concession", "to", "against it", "of these can stop it")
POWER = ("delegation", "union", "Shapley–Shubik", "Banzhaf", "Owen", "Banzhaf–Owen")
UNION = ("acting as one", "members", "power (Owen)", "each alone")


def section(results: Any, found: Known) -> Section | None:
    """Power under the rule; for each text the cheapest coalition and the smallest blocking minority."""
    known = leverage(results)
    if not known.by_text:
        return None
    texts = [(text, results.scenario.texts[text].title) for text in known.by_text]
    return Section(
        title=TITLE,
        question="Who could carry a text, who could stop it, and how much power does the rule give to whom?",
        sentences=sentences(results, known),
        pictures=[
            Drawn("leverage", "", {text: drawn(results, known, text) for text, _ in texts}, texts, "Text")
        ],
        tables=[
            Table(_caption(results, known), TEXT, text_rows(results, known)),
            Table("Power if blocs act as one", UNION, union_rows(results, known)[:LISTED]),
            Table(
                "Power of single delegations, the most powerful", POWER, power_rows(results, known)[:LISTED]
            ),
        ],
    )


def sentences(results: Any, known: Leverage) -> list[str]:
    """What the rule gives to whom, in words."""
    alone, strongest = known.power.shapley_shubik, union_rows(results, known)[0]
    said = [f"{_caption(results, known)}."]
    if 0 < known.alone.sum() < len(known.alone):
        names = [spoken(str(name)) for name in np.array(known.names)[known.alone]]
        said.append(f"Alone it can be stopped by {listing(names, NAMED)}.")
    if np.ptp(alone) < 1e-9:
        said.append(f"If each decides alone, every delegation has {_share(alone[0])} of all power.")
    else:
        row = int(alone.argmax())
        name = spoken(known.names[row])
        said.append(f"If each decides alone, {name} has most of all power, {_share(alone[row])}.")
    if 1 < int(strongest[1]) < len(known.union):
        said.append(
            f"If blocs act as one, {strongest[0]} has most, {strongest[2]} for the {strongest[1]} delegations"
            f" that count there, against {strongest[3]} if each of these decides alone."
        )
    said.append("Power knows no preferences: it tells what votes would turn on, not who wants what.")
    return said


def drawn(results: Any, known: Leverage, text: str) -> Picture:
    """The picture of one text, its finding and who is nearest to being for it."""
    finding = " ".join(told(results, known, text))
    figure = figures.FIGURES["leverage"](results, text, known)
    return picture(
        figure, finding, list(ROW), nearest_rows(results, known, text), headline(results, known, text)
    )


def headline(results: Any, known: Leverage, text: str) -> str:
    """Whether one text carries and whether it can be stopped, in one short line."""
    on, title = known.by_text[text], sentence_case(titled(results.scenario.texts[text].title))
    carries = (
        "cannot be carried by concessions"
        if on.bargain is None
        else "carries as it is"
        if on.bargain.total == 0
        else "carries at a price"
    )
    stopped = (
        "it can be stopped"
        if on.block is not None
        else "its opponents cannot stop it"
        if on.opposed.any()
        else "nobody is against it"
    )
    return f"{title} {carries}; {stopped}"


def told(results: Any, known: Leverage, text: str) -> list[str]:
    """Who could carry and who could stop one text, in words."""
    on, title = known.by_text[text], results.scenario.texts[text].title
    names = [spoken(name) for name in known.names]
    ready = int((on.to_yes == 0).sum())
    said = [
        f"At the end of the first replicate {ready} of {len(names)} delegations are for the {title}, chance"
        " left out."
    ]
    if on.bargain is None:
        said.append("No concession carries it, since red lines are not for sale.")
    elif on.bargain.total == 0:
        said.append("It carries without any concession.")
    else:
        paid = [row for row in np.argsort(on.bargain.paid, kind="stable") if on.bargain.paid[row] > 0]
        some = [f"{names[row]} ({on.bargain.paid[row]:.3f})" for row in paid]
        said.append(
            f"The cheapest coalition that carries it takes concessions worth {on.bargain.total:.3f} gain"
            f" units, to {listing(some, NAMED)}{_aside(on, paid)}."
        )
    against = int(on.opposed.sum())
    who = (
        "Nobody opposes it or leans against it" if not against else f"{against} oppose it or lean against it"
    )
    if on.block is None:
        said.append(f"{who}{'; they cannot stop it, even together' if against else ''}.")
    else:
        stops = [names[row] for row in np.flatnonzero(on.block)]
        said.append(f"{who}; {number(len(stops))} of them can stop it: {listing(stops, NAMED)}.")
    return said


def text_rows(results: Any, known: Leverage) -> list[list[str]]:
    """A row a text: who is for it, the cheapest concession and to how many, who is against it, and who of
    these can stop it."""
    return [
        [
            results.scenario.texts[text].title,
            str(int((on.to_yes == 0).sum())),
            "none carries it" if on.bargain is None else f"{on.bargain.total:.3f}",
            "–" if on.bargain is None else str(int((on.bargain.paid > 0).sum())),
            str(int(on.opposed.sum())),
            "–" if on.block is None else str(int(on.block.sum())),
        ]
        for text, on in known.by_text.items()
    ]


def nearest_rows(results: Any, known: Leverage, text: str) -> list[list[str]]:
    """A row a delegation that is not yet for a text, nearest first."""
    on, stance = known.by_text[text], counted(results.data).stance.sel(text=text).values[:, -1]
    share = (stance == 1).mean(axis=0)
    return [
        [
            known.names[row],
            f"{on.to_yes[row]:.3f}",
            "yes" if on.bargain is not None and on.bargain.says[row] == 1 else "no",
            percent(float(share[row])),
            _share(known.power.shapley_shubik[row]),
            _share(known.power.owen[row]),
        ]
        for row in nearest(known, text)
    ]


def power_rows(results: Any, known: Leverage) -> list[list[str]]:
    """A row a delegation with its union and four indices, by Owen's."""
    blocs = results.scenario.blocs
    order = np.argsort(-known.power.owen.round(12), kind="stable")
    return [
        [
            known.names[row],
            blocs[known.union[row]].name if known.union[row] in blocs else "–",
            *(_share(index[row]) for index in known.power),
        ]
        for row in order.tolist()
    ]


def union_rows(results: Any, known: Leverage) -> list[list[str]]:
    """A row a union: its members here, their power together, and that if each of them decides alone."""
    scenario, union = results.scenario, np.array(known.union)
    found = []
    for key in dict.fromkeys(known.union):
        inside = union == key
        name = (scenario.blocs.get(key) or scenario.delegations[key]).name
        together, alone = known.power.owen[inside].sum(), known.power.shapley_shubik[inside].sum()
        found.append((together, [name, str(int(inside.sum())), _share(together), _share(alone)]))
    return [row for _, row in sorted(found, key=lambda one: -one[0].round(12))]


def _caption(results: Any, known: Leverage) -> str:
    """What it takes to stop any text."""
    rule, seats = results.scenario.rule.name.replace("-", " "), len(known.union)
    if not known.fewest:
        return f"By the rule {rule} nobody can stop a text"
    many = "a single delegation" if known.fewest == 1 else f"{known.fewest} of {seats} delegations"
    return f"By the rule {rule} {many} can stop a text that all others are for"


def _aside(on: OnText, paid: list[int]) -> str:
    """How many of those who are conceded something come to stand aside instead of being for it."""
    aside = sum(on.bargain is not None and on.bargain.says[row] == 0 for row in paid)
    return f"; {number(aside)} of them need not be for it, only not against" if aside else ""


def _share(value: float) -> str:
    """A small share as a percentage.

    >>> _share(0.0051), _share(0.25)
    ('0.51 %', '25.00 %')
    """
    return f"{100 * value:.2f} %"
