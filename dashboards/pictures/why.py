"""Why one delegation stands where it stands on one text: the why-chart with its finding and its numbers."""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.explanations import rungs
from dashboards.figures._style import PARTS, STANCES
from dashboards.figures.why import appeal_parts, series_of
from dashboards.pictures._picture import Picture, picture
from dashboards.words import signed, titled
from simulation.analyses.wording import day, percent, sentence_case, spoken

LEAST = 0.0005  # gain units; a smaller part would be told as nothing
LINES = {"sum": "appeal", "oppose_cut": "opposes below", "endorse_cut": "endorses from"}


def why(results: Any, country: str, text: str) -> Picture:
    """The parts of a delegation's appeal in the first replicate, round by round."""
    data = results.data
    here = data.sel(country=country, text=text)
    series = appeal_parts(results, country, text)
    ends = {name: float(values[-1]) for name, values in series.items()}
    parts = sorted(
        (name for name in series if name in PARTS and abs(ends[name]) >= LEAST),
        key=lambda name: -abs(ends[name]),
    )
    made = ", ".join(f"{PARTS[name].word} {signed(ends[name], 3)}" for name in parts)
    stance = STANCES[int(here.stance.values[0, -1])].word
    endorsing = float((here.stance.values[:, -1] == 1).mean())
    finding = (
        f"{here['name'].item()} on the {here.text_title.item()}: {stance} at the end of the first replicate, "
        f"and endorsing in {percent(endorsing)} of all. Its appeal is then {signed(ends['sum'], 3)} "
        f"(it opposes below {signed(ends['oppose_cut'], 3)}, endorses from {signed(ends['endorse_cut'], 3)})"
        f"{f', made of {made}' if made else ''}. The language that fits: {_rung(results, country, text)}."
    )
    shown = [*(name for name in series if name in PARTS), *LINES]
    head = ["date", *(PARTS[name].word if name in PARTS else LINES[name] for name in shown)]
    rows = [
        [day(str(date)), *(signed(float(series[name][place]), 3) for name in shown)]
        for place, date in enumerate(data.date.values[1:])
    ]
    headline = (
        f"{sentence_case(spoken(here['name'].item()))} endorses {titled(here.text_title.item())}"
        f" in {percent(endorsing)} of replicates"
    )
    return picture(figures.FIGURES["why"](results, country, text), finding, head, rows, headline)


def _rung(results: Any, country: str, text: str) -> str:
    """Its rung on the ladder of diplomats' language."""
    series = series_of(results.data)
    found = rungs(results, series["sum"][-1], series["endorse_cut"][-1])
    return found[country][results.data.text.values.tolist().index(text)]
