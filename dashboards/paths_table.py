"""What would bring somebody to yes: the answer in words, its table, and the same as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dashboards.words import signed
from simulation.analyses.citing import short
from simulation.analyses.wording import listing, number, percent, sentence_case, spoken

if TYPE_CHECKING:
    from scenarios.schema import Scenario
    from simulation.analyses.confirming import Band, Outcome
    from simulation.analyses.lacking import Line
    from simulation.analyses.packages import Passage
    from simulation.analyses.paths import Change, Paths

HEAD = ("change", "size", "before → after (95 %)", "endorsements ±", "loses")
ABOUT = (
    "Chances are shares of replicates under the same luck with and without the change. Sizes come from the "
    "appeals at the end, sufficient ones first, smallest share of its scale first. Model output, not a "
    "prediction."
)
HEURISTIC = (
    "The package is put together step by step by what brings most for its size; that no smaller one "
    "would do is not proven. Model output, not a prediction."
)
PARTS = {
    "content": "what the text says",
    "trust": "trust in its sponsors",
    "offers": "offers",
    "events": "events",
    "peers": "whom it listens to",
    "blocs": "its blocs",
}
NAMED = 3
LEAST = 0.01  # gain units; smaller parts of an appeal are not worth a word


def sentences(found: Paths, scenario: Scenario, text: str) -> list[str]:
    """The answer in two to four sentences."""
    return [
        _chance(found, scenario, text),
        _why(found),
        *_smallest(found, scenario),
    ]


def _chance(found: Paths, scenario: Scenario, text: str) -> str:
    name, title = sentence_case(found.target.name), _titled(scenario, text)
    if len(found.target.rows) > 1:
        name = f"More than half of the members of {found.target.name}"
    return (
        f"{name} {'endorse' if len(found.target.rows) > 1 else 'endorses'} {title} in "
        f"{share(found.chance)} of {found.replicates} replicates."
    )


def _why(found: Paths) -> str:
    """What keeps the target from yes, or at it."""
    several = len(found.target.rows) > 1
    who = "the member whose yes makes the majority" if several else "it"
    ordered = sorted(found.parts.items(), key=lambda item: -item[1])
    if found.target.direction < 0:
        held = [f"{PARTS[part]} ({signed(value, 3)})" for part, value in ordered if value >= LEAST][:2]
        kept = f", kept there by {listing(held)}" if held else ""
        lies = "above" if found.lacks <= 0 else "below"
        return f"In the median replicate {who} lies {gap(found)} {lies} what endorsing takes{kept}."
    if lines := [line for line in found.lines if line.share >= 0.5]:
        more = f" {sentence_case(number(len(lines) - 1))} more of its red lines stand against the text."
        return _blocked(lines[0]) + (more if len(lines) > 1 else "")
    (best, most), (worst, least) = ordered[0], ordered[-1]
    if least <= -LEAST:
        reason = f"most against it weighs {PARTS[worst]} ({signed(least, 3)})"
    else:
        reason = f"too little speaks for it, most of all {PARTS[best]} ({signed(most, 3)})"
    return f"In the median replicate {who} lacks {gap(found)}; {reason}."


def _blocked(line: Line) -> str:
    """A red line that stands in the way, and the articles that cross it."""
    side = f"above {line.high:g}" if line.place > line.high else f"below {line.low:g}"
    articles = f"article {listing(line.articles)}" if line.articles else "no article"
    what = "has it oppose" if line.forbids else "keeps it from endorsing"
    return (
        f"A red line {what} a text {side} on “{line.issue}”, and this one lies at {line.place:.0f}: "
        f"{articles} {'speak' if len(line.articles) > 1 else 'speaks'} to it."
    )


def _smallest(found: Paths, scenario: Scenario) -> list[str]:
    gains = found.target.direction > 0
    if not found.paths:
        return ["There is no single change to look at."]
    path = (found.sufficient or list(found.paths))[0]
    what, outcome = f"{path.change.lever.words}, {size(path.change)}", path.outcome
    course = f"{percent(outcome.before[1])} → {share(outcome.after)}"
    if found.sufficient:
        to = "brings it to yes" if gains else "would lose its yes"
        told = f"The smallest single change found that {to}: {what} ({course})."
        return [told, _beside(outcome, found, scenario)]
    to = "brings it to yes in half of the replicates" if gains else "would lose its yes"
    told = f"None of the {number(len(found.paths))} single changes that were run again {to}"
    if found.target.direction * outcome.difference[1] <= 0:
        return [f"{told}, and none brings that any nearer."]
    return [f"{told}; nearest comes: {what} ({course}).", _beside(outcome, found, scenario)]


def _beside(outcome: Outcome, found: Paths, scenario: Scenario) -> str:
    """What a change does to the others."""
    lost = outcome.loses(_itself(found, scenario))
    names = [spoken(scenario.delegations[iso3].name) for iso3 in lost]
    loses = f"it loses {listing(names, NAMED)}" if names else "it costs nobody else a tenth of its chance"
    return f"It changes the number of endorsements by {signed(outcome.endorsing[1])}, and {loses}."


def passage_sentences(found: Passage, scenario: Scenario, text: str) -> list[str]:
    """What the chamber needs, in words."""
    title = sentence_case(_titled(scenario, text))
    rule = scenario.rule.name.replace("-", " ")
    start = f"{title} is adopted by {rule} in {share(found.chance)} of {found.replicates} replicates"
    if found.carries:
        return [f"{start}: nothing has to be changed."]
    if found.package is None:
        return [f"{start}, and nothing that was looked at brings it nearer."]
    outcome, count = found.package.outcome, len(found.package.changes)
    changes = f"{number(count)} changes" if count > 1 else "a single change"
    verb = "bring" if count > 1 else "brings"
    enough = outcome.after[1] >= 0.5
    lost = [spoken(scenario.delegations[iso3].name) for iso3 in outcome.loses()]
    loses = f"loses {listing(lost, NAMED)}" if lost else "costs nobody a tenth of its chance to endorse"
    return [
        f"{start}.",
        f"{sentence_case(changes)} {verb} it to {share(outcome.after)}"
        + ("." if enough else ", the nearest that was found."),
        f"The package changes endorsements by {signed(outcome.endorsing[1])} and {loses}.",
    ]


def rows(found: Paths, scenario: Scenario) -> list[list[str]]:
    """A row a path under the headings `HEAD`."""
    return [
        [
            sentence_case(path.change.lever.words),
            size(path.change),
            f"{percent(path.outcome.before[1])} → {share(path.outcome.after)}",
            plus_minus(path.outcome.endorsing),
            _few(path.outcome.loses(_itself(found, scenario))),
        ]
        for path in found.paths
    ]


def size(change: Change) -> str:
    """The size of a change with its unit."""
    unit = change.lever.unit
    if unit == "sponsor":
        return "one sponsor"
    digits = {"points": 1, "steps": 1, "of trust": 2}.get(unit, 3)
    return f"{change.size:.{digits}f} {unit}"


def share(band: Band) -> str:
    """A share with its 95 % interval."""
    low, middle, high = band
    return f"{percent(middle)} ({100 * low:.0f}–{100 * high:.0f} %)"


def gap(found: Paths) -> str:
    """How far the target is from its cut-point."""
    return f"{abs(found.lacks):.3f} gain units"


def plus_minus(band: Band) -> str:
    """A paired difference with half of its 95 % interval."""
    half = (band[2] - band[0]) / 2
    return signed(band[1]) + (f" ±{half:.1f}" if math.isfinite(half) else "")


def document(found: Paths, scenario: Scenario, text: str) -> dict[str, Any]:
    """All of it as one JSON document."""
    itself = _itself(found, scenario)
    return {
        "scenario": scenario.name,
        "text": text,
        "target": [list(scenario.delegations)[row] for row in found.target.rows],
        "asks": "what brings it to yes" if found.target.direction > 0 else "what loses its yes",
        "answer": sentences(found, scenario, text),
        "replicates": found.replicates,
        "chance": _band(found.chance),
        "lacks": found.lacks,
        "parts_of_appeal": found.parts,
        "endorse_cut": _number(found.cut),
        "red_lines": [line._asdict() for line in found.lines],
        "paths": [
            {
                **_change(path.change),
                "suffices": found.target.suffices(path.outcome.after[1]),
                **_outcome(path.outcome, itself),
            }
            for path in found.paths
        ],
    }


def passage_document(found: Passage, scenario: Scenario, text: str) -> dict[str, Any]:
    """What the chamber needs as one JSON document."""
    package = found.package
    return {
        "scenario": scenario.name,
        "text": text,
        "rule": scenario.rule.name,
        "answer": passage_sentences(found, scenario, text),
        "replicates": found.replicates,
        "adopted": _band(found.chance),
        "proven_smallest": False,
        "changes": [_change(one) for one in package.changes] if package else [],
        "outcome": _outcome(package.outcome, []) if package else None,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.lever.kind,
        "change": change.lever.words,
        "size": change.size,
        "unit": change.lever.unit,
        "share_of_scale": change.share,
        "expected": change.expected,
        "patch": _plain(change.patch),
    }


def _outcome(outcome: Outcome, itself: Sequence[str]) -> dict[str, Any]:
    bands = {
        name: _band(getattr(outcome, name))
        for name in ("before", "after", "difference", "endorsing", "opposing", "ambition", "adopted")
    }
    return {**bands, "wins": outcome.wins(itself), "loses": outcome.loses(itself), "moved": outcome.moved}


def _itself(found: Paths, scenario: Scenario) -> list[str]:
    """The delegation that the question is about; nobody if it is about several."""
    every = list(scenario.delegations)
    return [every[row] for row in found.target.rows] if len(found.target.rows) == 1 else []


def _titled(scenario: Scenario, text: str) -> str:
    title = short(scenario.texts[text].title)
    return title if title.startswith("The ") else f"the {title}"


def _few(keys: Sequence[str]) -> str:
    return listing(keys, NAMED) if keys else "–"


def _band(band: Band) -> list[float | None]:
    return [_number(value) for value in band]


def _number(value: float) -> float | None:
    """A number as JSON can hold it: null for one that is unknown or has no end."""
    return value if math.isfinite(value) else None


def _plain(value: Any) -> Any:
    """A patch with its dates as words."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, int | float | str | bool | None) else str(value)
