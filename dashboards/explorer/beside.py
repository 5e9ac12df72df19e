"""Two items of the shelf side by side: paired where both are scenarios, else their runs as they are."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from dashboards.explorer import effects
from dashboards.explorer.courses import Side
from dashboards.explorer.shelf import REPLICATES, SEED, Item
from dashboards.summary import bands
from simulation.analyses.apart import apart
from simulation.compare import between
from simulation.results import counted
from simulation.threads import one_thread

NO_TEXT = "These two have no text in common, so there is nothing to hold against each other; choose another."
COUNTS = ("endorsing", "opposing")


def shared(first: Item, second: Item) -> list[str]:
    """The texts that both have."""
    assert first.shown is not None and second.shown is not None
    one, other = (item.shown.results.data.text.values.tolist() for item in (first, second) if item.shown)
    return [text for text in one if text in other]


def side_by_side(first: Item, second: Item, text: str, work: threading.Lock) -> dict[str, Any]:
    """The second item against the first one: differences at the end, curves of one text, and who differs."""
    assert first.shown is not None and second.shown is not None
    found, paired = _found(first, second, work)
    one, other = first.shown.results, second.shown.results
    before, after = (
        Side(name, [str(date) for date in results.data.date.values], _bands(results, text))
        for name, results in ((first.key, one), (second.key, other))
    )
    seats = max(counted(results.data).sizes["country"] for results in (one, other))
    return {
        "texts": list(zip(found.text.values.tolist(), found.text_title.values.tolist(), strict=True)),
        "text": text,
        "how": " ".join([_how(paired, one.replicates, other.replicates), _rooms(first, second, found)]),
        "brief": f"{second.key} against {first.key}. {effects.brief(found, text, True)}",
        "effect": effects.effect(found, True, (first.key, second.key)),
        "course": effects.course(before, after, seats),
        "moved": effects.most_moved(found, text, "different"),
    }


def _found(first: Item, second: Item, work: threading.Lock) -> tuple[Any, bool]:
    """The differences, worked out once, and whether they are paired."""
    assert first.shown is not None and second.shown is not None
    known = first.shown.beside
    with work, one_thread():
        kept = known.get(second.key)
        if kept is None or kept[0] is not second.shown:
            one, other = first.shown.results, second.shown.results
            paired = not (first.is_run or second.is_run)
            if paired:
                start = first.shown.what_if.start(REPLICATES)
                data = between(
                    one.scenario, {"b": other.scenario}, REPLICATES, SEED, start=start, course=True
                )
                found = data.sel(variant="b")
            else:
                found = apart(one, other)
            known[second.key] = kept = (second.shown, found, paired)
    return kept[1], kept[2]


def _bands(results: Any, text: str) -> Any:
    return np.stack([bands(results.data, count, text) for count in COUNTS])


def _how(paired: bool, first: int, second: int) -> str:
    if paired:
        return f"Both are negotiated with the same luck: differences are means over {REPLICATES} pairs."
    counts = f"{first} and {second} replicates" if first != second else f"{first} replicates each"
    return (
        f"At least one of them is a finished run, so replicates are not paired ({counts}); "
        "intervals are wider than under the same luck."
    )


def _rooms(first: Item, second: Item, found: Any) -> str:
    """Who sits in both, and a warning where the rooms are of different sizes."""
    assert first.shown is not None and second.shown is not None
    rooms = [counted(one.results.data).sizes["country"] for one in (first.shown, second.shown)]
    both = f"{found.sizes['country']} delegations sit in both."
    if rooms[0] == rooms[1]:
        return both
    return (
        f"{both} {first.key} counts {rooms[0]} delegations and {second.key} {rooms[1]}: their numbers of "
        "endorsements differ for that alone. Who differs most is told of those in both."
    )
