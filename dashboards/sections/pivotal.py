"""Whose stance would change the outcome, and where would effort be worth most?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards import figures
from dashboards.again import again, fewer
from dashboards.figures.pivotal import telling
from dashboards.known import Known
from dashboards.pictures._picture import picture, signed
from dashboards.sections._section import Drawn, Section
from dashboards.words import titled
from simulation.analyses.pivotal import EFFORT, MOST, candidates, pivotal
from simulation.analyses.wording import listing, percent, sentence_case, spoken

if TYPE_CHECKING:
    import xarray as xr

TITLE, GROUP = "Countries that turn it", "Who matters"
PLACE = 61
COSTLY = True
NAMED = 3
WORDS = {"adopted": "adopted", "vote_passed": "vote passes", "others": "others"}
SAID = {
    "adopted": "the chance that the {} is adopted",
    "vote_passed": "the chance that a vote on the {} passes",
    "others": "how many others endorse the {}",
}
ACTS = ("push", "flip")


def section(results: Any, found: Known) -> Section | None:
    """Single countries pushed and flipped on the text whose adoption is most open."""
    text = most_open(results)
    flipped = candidates(results, text, fewer(results, MOST))
    if not flipped:
        return None
    known = pivotal(results.scenario, text, flipped, again(results), results.manifest.get("seed", 1))
    figure = figures.FIGURES["pivotal"](results, text, known)
    title = results.scenario.texts[text].title
    drawn = picture(figure, f"{title}. {ABOUT}", head(known), rows(known), headline(title, known))
    return Section(
        title=TITLE,
        question="Whose stance would change the outcome, and where would a little effort be worth most?",
        sentences=sentences(results.scenario, known),
        pictures=[Drawn("pivotal", f"Pushed and flipped: {title}", {"": drawn})],
    )


ABOUT = (
    f"Push: its appeal is raised by {EFFORT:.2f} gain units from the first day on. Flip: it endorses"
    " throughout instead of opposing throughout. Others: how many others endorse. Chances change by"
    " percentage points, ± is half of the 95 % interval; the same luck on both sides."
)


def headline(title: str, known: xr.Dataset) -> str:
    """Whose push changes most, where it clearly does."""
    here = known.sel(measure=telling(known))
    clear = (here.push_low.values > 0) | (here.push_high.values < 0)
    if not clear.any():
        return f"No push of a single country clearly changes {titled(title)}"
    row = int(np.where(clear, abs(here.push.values), 0).argmax())
    return f"{sentence_case(spoken(str(known.name.values[row])))} changes most, if pushed, on {titled(title)}"


def most_open(results: Any) -> str:
    """The text of which it is least certain whether it is adopted; the first one if all are certain."""
    chance = results.data.adopted.values.mean(axis=0)
    return str(results.data.text.values[(chance * (1 - chance)).argmax()])


def shown(known: xr.Dataset) -> list[str]:
    """The measures worth a column: chances that anybody changes, and what others do."""
    return [
        measure
        for measure in WORDS
        if measure == "others" or any((known[act].sel(measure=measure).values != 0).any() for act in ACTS)
    ]


def head(known: xr.Dataset, acts: Sequence[str] = ACTS) -> list[str]:
    """The heads of the columns of `rows`."""
    return ["delegation", *(f"{act}: {WORDS[measure]}" for act in acts for measure in shown(known))]


def rows(known: xr.Dataset, acts: Sequence[str] = ACTS) -> list[list[str]]:
    """A row a country, most telling first: what a push and a flip change, with half of the 95 % interval."""
    return [
        [
            str(known.name.values[column]),
            *(_amount(known, act, measure, column) for act in acts for measure in shown(known)),
        ]
        for column in range(known.sizes["country"])
    ]


def sentences(scenario: Any, known: xr.Dataset) -> list[str]:
    """What was found, in words: chances first, what others do where no chance changes."""
    measure = telling(known)
    here, title = known.sel(measure=measure), scenario.texts[known.attrs["text"]].title
    said = []
    for act, words in (
        ("push", "A push"),
        ("flip", "Endorsing instead of opposing throughout"),
    ):
        clear = (here[f"{act}_low"].values > 0) | (here[f"{act}_high"].values < 0)
        order = (-abs(here[act].values)).argsort(kind="stable").tolist()
        some = [
            f"{spoken(str(known.name.values[column]))} ({_amount(known, act, measure, column)})"
            for column in order
            if clear[column]
        ]
        whose = f"most in {listing(some[:NAMED])}" if some else "clearly in none of the countries tried"
        said.append(f"{words} changes {SAID[measure].format(title)} {whose}.")
    if measure == "others":
        said.append("None of them changes whether it is adopted or whether a vote on it passes.")
    return said


def base(scenario: Any, known: xr.Dataset) -> str:
    """The scenario as it is, in a sentence."""
    chance = {measure: float(known.base.sel(measure=measure).values[0]) for measure in WORDS}
    vote = f", and a vote on it passes in {percent(chance['vote_passed'])}" if scenario.final_vote else ""
    return (
        f"As it is, the text is adopted in {percent(chance['adopted'])} of {known.attrs['replicates']} paired"
        f" replicates{vote}."
    )


def _amount(known: xr.Dataset, act: str, measure: str, column: int) -> str:
    """A change with half of its 95 % interval: chances in points, others in delegations."""
    here = known.sel(measure=measure).isel(country=column)
    scale, digits = (1, 2) if measure == "others" else (100, 1)
    half = scale * float(here[f"{act}_high"] - here[f"{act}_low"]) / 2
    if half == 0 and float(here[act]) == 0:
        return "0"
    value = signed(scale * float(here[act]) or 0.0, digits)
    return f"{value} ±{half:.{digits}f}" if half < float("inf") else value
