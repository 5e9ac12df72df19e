"""What could have been agreed, as rows of words and sentences: telling wordings of a text side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from dashboards.words import titled
from simulation.analyses.best_wording import Best
from simulation.analyses.deals import Deals
from simulation.analyses.survey import LEAST
from simulation.analyses.wording import sentence_case

HEAD = ["wording", "expected support", "ambition", "delegations that gain", "against what was agreed"]
THEORIES = {
    "nash": "Nash",
    "kalai-smorodinsky": "Kalai–Smorodinsky",
    "utilitarian": "utilitarian",
    "egalitarian": "egalitarian",
}
TABLED, AGREED, BEST = "as tabled", "as agreed", "most support"
MISSED, FOR_SPONSORS = "missed deal for those who endorse", "missed deal for the sponsors"
ABOUT = (
    "Expected support is the sum of all chances to endorse, with positions, trust, offers, peers and blocs"
    " held as the run ended; a model's output, not a prediction."
)


class Telling(NamedTuple):
    """A telling wording of a text: its name, expected support, ambition (none without sponsors), how many
    delegations gain over the reversion point, its options by article, and those that differ from the wording
    agreed."""

    name: str
    support: float
    ambition: float | None
    gaining: int
    options: Mapping[str, str]
    changes: Mapping[str, str]


def telling(found: Deals) -> list[Telling]:
    """The telling wordings: tabled, agreed, best supported, chosen by theory, and the best missed deals."""
    places = found.agreed.prospects.places
    named = {TABLED: places.start, AGREED: found.agreed.wording}
    shown = set()
    for floor, best in found.best.items():
        if best.choice is not None and best.choice.tobytes() not in shown:
            shown.add(best.choice.tobytes())
            named[BEST if floor == -np.inf else f"{BEST} at {kept(floor)} ambition"] = best.choice
    if found.survey is not None:
        numbers = {BEST: found.survey.best}
        numbers |= {THEORIES[name]: number for name, number in found.survey.points.items()}
        missed = ((MISSED, found.missed), (FOR_SPONSORS, found.missed_for_sponsors))
        numbers |= {name: int(some[0]) for name, some in missed if len(some)}
        choices = places.choices(list(numbers.values()))
        named |= dict(zip(numbers, choices, strict=True))
    wordings = np.stack(list(named.values()))
    prospects = found.agreed.prospects
    support, ambition = prospects.support(wordings), prospects.ambition(wordings)
    gaining = (prospects.gain.at(wordings) > LEAST).sum(axis=1)
    return [
        Telling(
            name,
            float(support[row]),
            None if np.isnan(ambition[row]) else float(ambition[row]),
            int(gaining[row]),
            _options(found, wordings[row]),
            _options(found, wordings[row], found.agreed.wording),
        )
        for row, name in enumerate(named)
    ]


def _options(found: Deals, wording: np.ndarray, other_than: np.ndarray | None = None) -> dict[str, str]:
    """The options that a wording chooses in the articles that may close otherwise."""
    table = found.agreed.prospects.places.table
    return {
        table.articles[article]: table.options[article][wording[article]]
        for article in found.agreed.prospects.places.free.tolist()
        if other_than is None or wording[article] != other_than[article]
    }


def beaten_by(found: Deals) -> int:
    """How many wordings have no less support and ambition than the one agreed, and more of one of them."""
    seen = found.survey
    if seen is None or np.isnan(seen.ambition).any():
        return 0
    number = found.agreed.prospects.places.numbers(found.agreed.wording[None])[0]
    more = (seen.support - seen.support[number], seen.ambition - seen.ambition[number])
    as_good = (more[0] >= -LEAST) & (more[1] >= -LEAST)
    return int((as_good & ((more[0] > LEAST) | (more[1] > LEAST))).sum())


def rows(found: Deals) -> list[list[str]]:
    """A row a telling wording, under `HEAD`."""
    return [
        [
            one.name,
            f"{one.support:.1f}",
            kept(one.ambition),
            str(one.gaining),
            ", ".join(f"{article}: {option}" for article, option in one.changes.items()) or "the same",
        ]
        for one in telling(found)
    ]


def counts(found: Deals) -> list[list[str]]:
    """How many wordings there are, how many of them were tabled, beat the one agreed, or were missed."""
    some = [["wordings that there are", f"{found.agreed.prospects.places.count:,}"]]
    some.append(["delegations", str(len(found.agreed.supporters))])
    some.append(["mean number that endorses at the end of the run", f"{found.agreed.support:.1f}"])
    if found.survey is None:
        return [*some, ["no wording has an expected support above", f"{found.best[-np.inf].bound:.1f}"]]
    return [
        *some,
        ["wordings tabled in some replicate", f"{len(found.tabled):,}"],
        ["on the frontier of support and ambition", f"{len(found.survey.frontier):,}"],
        ["with more of support or ambition and no less of the other", f"{beaten_by(found):,}"],
        ["better for those who endorse, never tabled", f"{len(found.missed):,}"],
        ["better for the sponsors at no lower support, never tabled", f"{len(found.missed_for_sponsors):,}"],
    ]


def headline(found: Deals, title: str) -> str:
    """What was agreed against the best that could have been, in a sentence."""
    shown = {one.name: one for one in telling(found)}
    agreed, best = shown[AGREED], shown.get(BEST)
    words = f"the {title} as agreed has an expected support of {agreed.support:.1f}"
    if agreed.ambition is not None:
        words += f" at an ambition of {kept(agreed.ambition)}"
    if best is not None:
        words += f"; of {found.agreed.prospects.places.count:,} wordings the best supported has"
        words += f" {best.support:.1f}"
        if best.ambition is not None:
            words += f" at {kept(best.ambition)}"
    return sentence_case(words) + "."


def reached(found: Deals, title: str) -> str:
    """The same in one short line."""
    shown = {one.name: one for one in telling(found)}
    best = f", {shown[BEST].support:.1f} were possible" if BEST in shown else ""
    name = sentence_case(titled(title))
    return f"{name} as agreed can expect {shown[AGREED].support:.1f} endorsements{best}"


def sentences(found: Deals, title: str) -> list[str]:
    """What the wordings of a text say, in a few sentences."""
    said = [headline(found, title)]
    if found.survey is None:
        best = found.best[-np.inf]
        return [*said, f"There are too many wordings to list. {_proof(best)}"]
    if len(found.survey.frontier):
        beaten = beaten_by(found)
        said.append(
            f"{_wordings(beaten)} would have had more of support or ambition and no less of the other."
            if beaten
            else "No wording has more of support or ambition and no less of the other."
        )
    if not found.survey.everybody_can:
        said.append(
            "No wording leaves all parties at least as well off as no text, so some theories of"
            " bargaining choose a wording by which some lose."
        )
    missed, for_sponsors = len(found.missed), len(found.missed_for_sponsors)
    said.append(
        f"{_wordings(missed)} never tabled would have harmed nobody who endorses and helped some."
        if missed
        else "No wording was missed that would have harmed nobody who endorses and helped some."
    )
    if found.agreed.sponsors.any():
        said.append(
            f"{_wordings(for_sponsors)} never tabled would have served the sponsors better, support no lower."
            if for_sponsors
            else "None was missed that would have served the sponsors better at no less support."
        )
    return said


def _proof(best: Best) -> str:
    if best.proven:
        return "Branch and bound proves that no other has more support."
    return f"Branch and bound found it, and proves that none has more than {best.bound:.1f}."


def _wordings(count: int) -> str:
    return f"{count:,} wording" if count == 1 else f"{count:,} wordings"


def kept(ambition: float | None) -> str:
    """An ambition as people write it, a dash where there is none."""
    return "–" if ambition is None or np.isnan(ambition) else f"{100 * ambition:.0f} %".replace("-", "−")


def document(found: Deals) -> dict[str, Any]:
    """What could have been agreed, for JSON."""
    return {
        "delegations": len(found.agreed.prospects.countries),
        "wordings": found.agreed.prospects.places.count,
        "method": "branch and bound" if found.best else "enumeration",
        "proven": all(one.proven for one in found.best.values()),
        "bound": _bound(found),
        "endorsing_in_the_run": found.agreed.support,
        "parties": int(found.parties.sum()),
        "everybody_can_gain": None if found.survey is None else found.survey.everybody_can,
        "beaten_by": beaten_by(found),
        "missed": len(found.missed),
        "missed_for_sponsors": len(found.missed_for_sponsors),
        "telling": [one._asdict() for one in telling(found)],
        "frontier": _frontier(found),
    }


def _bound(found: Deals) -> float:
    """What no wording's expected support exceeds."""
    return found.best[-np.inf].bound if found.survey is None else float(found.survey.support.max())


def _frontier(found: Deals) -> list[dict[str, Any]]:
    seen = found.survey
    if seen is None:
        return []
    choices = found.agreed.prospects.places.choices(seen.frontier)
    return [
        {
            "support": float(seen.support[number]),
            "ambition": float(seen.ambition[number]),
            "options": _options(found, choice),
        }
        for number, choice in zip(seen.frontier.tolist(), choices, strict=True)
    ]
