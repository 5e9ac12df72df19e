"""What changes did, in words and pictures: differences at the end, curves, and who moved most."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboards.explorer.courses import Side, courses
from dashboards.explorer.differences import differences
from dashboards.explorer.moved import BARS, moved
from dashboards.pictures._picture import Picture, picture
from dashboards.words import signed, with_span
from simulation.analyses.wording import day, listing, spoken

if TYPE_CHECKING:
    import xarray as xr

MEASURES = {
    "endorsing": "endorsements",
    "opposing": "opposition",
    "adopted": "adopted",
    "ambition": "ambition",
}
SHARES = {"adopted": "adopted, % of replicates", "ambition": "ambition kept, %"}
LEAST = 0.005  # the least change of a chance worth telling
NOTHING = "Nothing is changed yet."
AS_IT_IS, CHANGED = "as it is", "changed"  # the two sides


class Cell(NamedTuple):
    """A measure of a text at the end, as it is and changed, with the interval of the difference."""

    base: float
    changed: float
    gap: float
    low: float
    high: float

    @property
    def stands_out(self) -> bool:
        """Whether the interval leaves out 0."""
        return not self.low <= 0 <= self.high

    @property
    def interval(self) -> str:
        """The interval in words."""
        return f"{signed(self.low)} to {signed(self.high)}"


def cell(found: xr.Dataset, text: str, measure: str) -> Cell | None:
    """One measure of one text; none for the ambition of a text without sponsors."""
    here = found.sel(text=text, measure=measure)
    scale = 100 if measure in SHARES else 1
    values = Cell(*(scale * float(here[name]) for name in ("base", "changed", "difference", "low", "high")))
    return None if values.base != values.base or values.changed != values.changed else values


def effect(found: xr.Dataset, changed: bool, sides: tuple[str, str] = (AS_IT_IS, CHANGED)) -> Picture:
    """The differences at the end for every text, with a sentence each."""
    head = ["text", "at the end", *sides, "difference", "95 % interval"]
    rows, sentences = [], []
    for text, title in zip(found.text.values.tolist(), found.text_title.values.tolist(), strict=True):
        told = []
        for measure, words in MEASURES.items():
            one = cell(found, text, measure)
            if one is None:
                continue
            measured = SHARES.get(measure, words)
            rows.append(
                [title, measured, written(one.base), written(one.changed), signed(one.gap), one.interval]
            )
            if one.stands_out:
                points = " points" if measure in SHARES else ""
                told.append(f"{words} {signed(one.gap)}{points} ({one.interval})")
        sentences.append(f"{title}: {listing(told) or 'no difference that stands out from chance'}.")
    if not changed:
        sentences = [NOTHING]
    return {**picture(differences(found), " ".join(sentences), head, rows), "sentences": sentences}


def course(before: Side, after: Side, seats: int) -> Picture:
    """The curves of a text on both sides, of so many delegations."""
    head = [
        "date",
        *(f"{word}, {side.name}" for word in ("endorsing", "opposing") for side in (before, after)),
    ]
    dates = sorted({*before.dates, *after.dates})
    rows = [
        [day(date), *(_on(side, date, stance) for stance in (0, 1) for side in (before, after))]
        for date in dates
    ]
    numbers = [f"{float(side.bands[0, 1, -1]):.0f} ({side.name})" for side in (after, before)]
    last = [day(side.dates[-1]) for side in (after, before)]
    if last[0] == last[1]:
        told = f"By {last[0]}, {numbers[0]} and {numbers[1]} delegations endorse it"
    else:
        told = f"{numbers[0]} delegations endorse it by {last[0]} and {numbers[1]} by {last[1]}"
    finding = f"{told}, in the median of the replicates."
    return picture(courses(before, after, seats), finding, head, rows)


def most_moved(found: xr.Dataset, text: str, word: str = "moved") -> Picture:
    """The delegations whose chance to endorse a text changes most; `word` is what they are said to be."""
    here = found.sel(text=text)
    gaps, names = 100 * here.country_difference.values, here["name"].values.tolist()
    order = sorted(range(len(gaps)), key=lambda row: (-abs(gaps[row]), names[row]))
    told = [row for row in order if abs(gaps[row]) >= 100 * LEAST]
    first = told[:BARS]
    rows = [[names[row], signed(float(gaps[row]), 0)] for row in told]
    most = listing([f"{spoken(names[row])} {signed(float(gaps[row]), 0)}" for row in told[:4]])
    count = (
        f"{len(told)} of {len(gaps)} delegations are {word}"
        if len(told) != 1
        else f"One delegation is {word}"
    )
    finding = f"{count}, most of all {most} points." if told else f"No delegation is {word}."
    drawn = moved([names[row] for row in first], [float(gaps[row]) for row in first])
    return picture(drawn, finding, ["delegation", "change in the chance to endorse, points"], rows)


def brief(found: xr.Dataset, text: str, changed: bool) -> str:
    """The effect on one text in a line."""
    if not changed:
        return NOTHING
    cells = {measure: cell(found, text, measure) for measure in ("endorsing", "opposing")}
    told = [f"{MEASURES[name]} {signed(one.gap)} ({one.interval})" for name, one in cells.items() if one]
    return f"{found.text_title.sel(text=text).item()}: {listing(told)}."


def written(value: float) -> str:
    """A mean as people write it."""
    return f"{value:.1f}".replace("-", "−")


def _on(side: Side, date: str, stance: int) -> str:
    """The band of one day, a dash where the side has no round that ends on it."""
    if date not in side.dates:
        return "–"
    low, middle, high = (float(value) for value in side.bands[stance, :, list(side.dates).index(date)])
    return with_span(low, middle, high)
