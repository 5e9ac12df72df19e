"""What a sensitivity analysis says: sentences, a table for the terminal, and the same as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any

from dashboards.assumption_words import direction, extent, told
from dashboards.terminal import plain
from simulation.analyses.wording import listing, sentence_case
from simulation.sensitivity import COUNTED, UNITS, Headline, Index, Sensitivity, Settled, dummy, ranked

SHOWN = 16  # rows in the terminal
AFFORDABLE = 20  # times as many trajectories, and no more, are called for
NAMED = 4  # assumptions whose order is open that are named
NOUNS = {
    "endorsing": "the number of endorsements of the {}",
    "opposing": "the number that oppose the {}",
    "yes": "the number of yes votes on the {}",
    "no": "the number of no votes on the {}",
    "adopted": "the chance that the {} is adopted",
    "vote_passed": "the chance that the {} passes the vote",
    "ambition": "the ambition that the {} keeps",
}
WAYS = {1: "up", -1: "down", 0: "both ways"}
HEADS = {
    "morris": ("assumption", "from → to", "moves by, 95 %", "mean", "σ", ""),
    "sobol": ("assumption", "from → to", "total share, 95 %", "by itself, 95 %", ""),
    "pawn": ("assumption", "from → to", "distance, 95 %", ""),
}
ABOUT = {
    "morris": "Moves by: mean size of the change over the whole range (µ*), from many starting points; mean: "
    "with its sign; σ: how much it differs from place to place, alone or with others.",
    "sobol": "Shares of the variance over all ranges: total with all that it does together with others, and "
    "by itself. Estimates of small shares can fall below 0.",
    "pawn": "How far the distribution of outcomes moves, from 0 to 1, when this assumption is held in a "
    "slice of its range.",
}
MODEL = (
    "Open: more than other luck, but not surely; chance: no more than that. Intervals are"
    " bootstraps. A model's output, not a prediction."
)


def sentences(
    found: Sensitivity, text: str, measure: str, said: Settled, course: Sequence[Headline]
) -> list[str]:
    """The answer in words: what it hangs on, what is chance, and what is settled."""
    rows = found.indices(text, measure)
    what = NOUNS[measure].format(found.scenario.texts[text].title)
    if all(one.value != one.value for one in rows):
        return [f"There is no number for {what}: {_lost(found, text, measure)}", *_failed(found)]
    return [
        _first(found, rows, what, said),
        _chance(rows, said),
        *_ranking(found, said),
        *_still(course, measure),
        *_failed(found),
    ]


def _first(found: Sensitivity, rows: list[Index], what: str, said: Settled) -> str:
    if said.order[0] not in said.clear:
        return f"Nothing that was varied is sure to move {what} beyond chance."
    top = next(one for one in rows if one.name == said.order[0])
    kind = next(one for one in found.varied if one.name == top.name)
    size = f"{short(top.value)} [{short(top.low)}, {short(top.high)}]"
    tell = {
        "morris": f"which moves it by {size} on average over its range, {WAYS[direction(top, kind)]}",
        "sobol": f"which has a part in {size} of its variance",
        "pawn": f"which moves its distribution by {size}",
    }[found.method]
    first = f"What {what} hangs on most is {told(top.name)}, {tell}."
    others = [told(name) for name in said.rivals]
    return f"{first} {sentence_case(listing(others, NAMED))} may do as much." if others else first


def _chance(rows: list[Index], said: Settled) -> str:
    luck, others = dummy(rows), ranked(rows)
    marks = [_remark(one, luck, said) for one in others]
    maybe, no_more, nothing = (marks.count(mark) for mark in ("open", "chance", "nothing"))
    return (
        f"Other luck alone gives {short(luck.value)} [{short(luck.low)}, {short(luck.high)}]. Assumptions"
        f" that surely do more: {len(said.clear)} of {len(others)}; that may: {maybe}; that do no"
        f" more: {no_more}; that change nothing at all: {nothing}."
    )


def _ranking(found: Sensitivity, said: Settled) -> list[str]:
    unit = UNITS[found.method]
    parts = ("a quarter", "half")[-len(said.halves) + 1 :] if len(said.halves) > 1 else ()
    early = [
        f"{part} of the {unit} would put {told(name)} there"
        for part, name in zip(parts, said.halves, strict=False)
    ]
    if early and set(said.halves) == {said.order[0]}:
        early = [f"{listing(list(parts))} of the {unit} would put the same there"]
    end = "The first place is settled"
    if not said.leader:
        end = "The first place is not settled"
        if said.needed and said.needed <= AFFORDABLE * found.size:
            end += f"; about {said.needed} {unit} would part the first two if they stay as far apart"
        else:
            end += "; the first two are too close to be told apart"
    return [f"{end}. {sentence_case(listing(early))}."] if early else [f"{end}."]


def _still(course: Sequence[Headline], measure: str) -> list[str]:
    if not course:
        return []
    last, half = course[-1], (course[-1].high - course[-1].low) / 2
    whole = " of the room" if measure in COUNTED else ""
    now = f"As the scenario stands it is {last.mean:.1%}{whole} ± {100 * half:.2f} points"
    if not last.still:
        return [f"{now} with {last.replicates} replicates; that is not yet known to within a point."]
    moved = f"it moved by {100 * last.moved:.2f} points from {course[-2].replicates} to {last.replicates}"
    return [f"{now}: {moved} replicates (standard error {100 * last.error:.2f} points), and stands still."]


def _lost(found: Sensitivity, text: str, measure: str) -> str:
    if measure == "ambition" and not found.scenario.texts[text].sponsors:
        return "a text without sponsors has no ambition."
    return "too few cells are left."


def _failed(found: Sensitivity) -> list[str]:
    if not found.failures:
        return []
    cell, reason = next(iter(found.failures.items()))
    return [
        f"{len(found.failures)} of {len(found.points)} cells failed; what belongs with them is left out. "
        f"The first, cell {cell}: {' '.join(reason.split())}"
    ]


def rows_of(found: Sensitivity, text: str, measure: str, said: Settled) -> list[list[str]]:
    """A row an assumption, what moves most first, luck among them."""
    kinds = {one.name: one for one in found.varied}
    rows = found.indices(text, measure)
    order = sorted([*ranked(rows), dummy(rows)], key=lambda one: -one.value)
    return [
        [told(one.name), extent(kinds[one.name]) if one.name != "luck" else "other seeds"]
        + _numbers(found.method, one, kinds[one.name].ordered)
        + [_remark(one, dummy(rows), said)]
        for one in order
    ]


def _numbers(method: str, one: Index, ordered: bool) -> list[str]:
    size = f"{short(one.value)} [{short(one.low)}, {short(one.high)}]"
    if method == "morris":
        return [size, _way(one.mean) if ordered and one.name != "luck" else "–", short(one.spread)]
    if method == "sobol":
        return [size, f"{short(one.first)} [{short(one.first_low)}, {short(one.first_high)}]"]
    return [size]


def _way(mean: float) -> str:
    return f"+{short(mean)}" if mean > 0 else short(mean)


def _remark(one: Index, luck: Index, said: Settled) -> str:
    """Is it told from chance? Luck itself needs no remark."""
    if one.name in (luck.name, *said.clear):
        return ""
    return "nothing" if one.value == 0 else "open" if one.value > luck.value else "chance"


def short(value: float) -> str:
    """A number with two digits that say something.

    >>> short(62.79), short(4.0), short(-0.1234), short(0.0), short(112.0)
    ('63', '4.0', '−0.12', '0', '112')
    """
    if abs(value) < 5e-4 or value != value:
        return "–" if value != value else "0"
    digits = max(0, 1 - floor(log10(abs(value))))
    return f"{value:.{digits}f}".replace("-", "−")


def listed(found: Sensitivity, text: str, measure: str, said: Settled) -> list[dict[str, Any]]:
    """All assumptions as numbers, in the order in which they are varied; null for what a method lacks."""
    kinds = {one.name: one for one in found.varied}
    return [
        {
            "assumption": one.name,
            "range": [
                plain(end) for end in kinds[one.name].levels or (kinds[one.name].low, kinds[one.name].high)
            ],
            "scale": "levels" if kinds[one.name].levels else kinds[one.name].scale,
            **{key: plain(value) for key, value in one._asdict().items() if key != "name"},
            "above_chance": one.name in said.clear,
        }
        for one in found.indices(text, measure)
    ]
