"""The answer of `plenary recovery` as sentences and tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.recovery.coverage import MEASURES

Table = tuple[list[str], list[list[str]]]
LOW, HIGH = 0.75, 0.85  # a band said to hold 80 % is held to this
REACHED, MISSED, OPEN = "yes", "no", "open"


def lines(found: dict[str, Any]) -> Iterator[str | Table]:
    """All that is printed, in order."""
    made = found["manifest"]
    yield (
        f"{made['sets']} data sets a model, each of {made['rooms']} of {made['pool']} drawn rooms; outcomes"
        f" are recorded with a Gaussian error of {made['error']:g} points; seed {made['seed']}."
    )
    for name, why in found["left_out"].items():
        yield f"{name} takes no part: {why}."
    for one in found["confusion"]:
        yield f"\nWhich model fits best what that of the row made, % of data sets, {coded(one['noise'])}"
        yield confusion(one)
    yield (
        "\nHow often a model is recognised, by rooms in a data set, and the model that is most like it;"
        " whole: as in the column before, with Plenary held to all its replicates in place of their median"
    )
    yield recognised(found["confusion"])
    yield (
        f"\nHow often Plenary's 80 % bands hold, in {made['band_rooms']} drawn rooms; split: values that"
        " equal an end counted for their part; off: how far the truth lies above the middle of the band"
    )
    yield coverage(found["coverage"])
    yield "\nSlopes found in votes drawn from known ones"
    yield slopes(found["slopes"])
    yield f"\n{found['about']}"


def coded(noise: float) -> str:
    """How positions are coded, in words; `noise` is the standard deviation of their errors, in points."""
    return f"positions coded with errors of ±{noise:g} points" if noise else "positions coded as they are"


def confusion(one: dict[str, Any]) -> Table:
    """Percentages; models of the columns by their numbers, an empty cell for never."""
    numbers = range(1, len(one["models"]) + 1)
    rows = [
        [f"{number} {title}", *(f"{100 * share:.0f}" if share else "" for share in shares)]
        for number, title, shares in zip(numbers, one["titles"], one["shares"], strict=True)
    ]
    return ["made by", *map(str, numbers)], rows


def recognised(both: list[dict[str, Any]]) -> Table:
    """How often each model is recognised, without and with errors of coded positions."""
    heads, columns = ["model"], []
    for one in both:
        for rooms, shares in one["recognised"].items():
            heads.append(f"{rooms}, ±{one['noise']:g}")
            columns.append([f"{share:.0%}" for share in shares])
        heads.append(f"whole, ±{one['noise']:g}")
        columns.append([f"{share:.0%}" for share in one["recognised_whole"]])
    first = both[0]
    names = dict(zip(first["models"], first["titles"], strict=True))
    rows = [
        [title, *(column[row] for column in columns), names[near["model"]], f"{near['apart']:.1f}"]
        for row, (title, near) in enumerate(zip(first["titles"], first["nearest"], strict=True))
    ]
    return [*heads, "most like", "points apart"], rows


def coverage(found: list[dict[str, Any]]) -> Table:
    """A row a case and measure."""
    rows = [
        [
            f"{one['case']}: {MEASURES[one['measure']]}",
            *(_share(one[kind], one[f"{kind}_interval"]) for kind in ("printed", "split")),
            f"{one['off']:+.1f}",
            reached(one),
        ]
        for one in found
    ]
    return ["positions", "as printed", "split", "off", "75 to 85 %"], rows


def reached(one: dict[str, Any]) -> str:
    """Whether the split band is held from 75 to 85 %: yes or no by its share, open where the interval of a
    share outside reaches inside."""
    low, high = one["split_interval"]
    if LOW <= one["split"] <= HIGH:
        return REACHED
    return OPEN if low <= HIGH and high >= LOW else MISSED


def slopes(found: list[dict[str, Any]]) -> Table:
    """A row a slope."""
    rows = [
        [
            f"{one['way']}: {one['part']}",
            f"{one['known']:.1f}",
            f"{one['mean']:.2f} ±{one['spread']:.2f}",
            _share(one["held"], one["interval"]),
        ]
        for one in found
    ]
    return ["fitted beside", "known", "found", "95 % interval holds it"], rows


def _share(share: float, interval: list[float]) -> str:
    low, high = interval
    return f"{share:.0%} ({low:.0%} to {high:.0%})"
