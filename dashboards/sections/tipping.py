"""From when on does support no longer need its sponsors' effort?"""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.figures.tipping import tipping_of
from dashboards.known import Known
from dashboards.pictures._picture import picture
from dashboards.sections._section import Drawn, Section
from dashboards.words import signed, titled
from simulation.analyses.tipping import Tipping
from simulation.analyses.wording import day, sentence_case

TITLE, GROUP = "When support carries itself", "How it went"
PLACE = 36
COSTLY = True
TOLD = 5  # texts with a sentence of their own
CAUTION = (
    "Sponsors that stop neither redraft the text nor make offers, call on anybody or speak for it again; "
    "what they did before remains, and so does their endorsement."
)


def section(results: Any, found: Known) -> Section | None:
    """The tipping point of every text for which its sponsors work; none where there is no such text."""
    data = results.data
    drawn, options, sentences = {}, [], []
    for text, title in zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True):
        one = tipping_of(results, text)
        if one is None:
            continue
        sentence = told(data, title, one)
        figure = figures.FIGURES["tipping"](results, text, one)
        drawn[text] = picture(figure, f"{sentence} {CAUTION}", *rows(data, one), headline(data, title, one))
        options.append((text, title))
        sentences.append(sentence)
    if not drawn:
        return None
    return Section(
        title=TITLE,
        question="From when on does support keep without its sponsors' effort?",
        sentences=[*sentences[:TOLD], CAUTION],
        pictures=[Drawn("tipping", "", drawn, options, "Text")],
    )


def told(data: Any, title: str, found: Tipping) -> str:
    """The tipping point in a sentence."""
    if found.point is None:
        return f"The {title} needs its sponsors' effort to the end."
    place = found.rounds.tolist().index(found.point)
    by_then = f"{found.support[place]:.1f} delegations endorse it by then and {found.final:.1f} at the end"
    if found.point == found.rounds[0]:
        return f"The {title} loses less than a delegation if its sponsors never work for it: {by_then}."
    return (
        f"The {title} carries itself from {after(data, found.point)} on ({by_then}, in the mean): what its "
        "sponsors do later brings less than a delegation."
    )


def headline(data: Any, title: str, found: Tipping) -> str:
    """The tipping point in one short line."""
    name = sentence_case(titled(title))
    if found.point is None:
        return f"{name} needs its sponsors' effort to the end"
    if found.point == found.rounds[0]:
        return f"{name} hardly needs its sponsors' effort"
    return f"{name} carries itself from {after(data, found.point)} on"


def rows(data: Any, found: Tipping) -> tuple[list[str], list[list[str]]]:
    """What stopping after each round that was tried does, and the whole effort in the last row."""
    head = ["sponsors stop after", "endorse it by then", "change at the end", "95 % interval"]
    cells = zip(found.rounds, found.support, found.change, found.low, found.high, strict=True)
    body = [
        [
            after(data, int(stop)),
            f"{support:.1f}",
            signed(change, 2),
            f"{signed(low, 2)} to {signed(high, 2)}",
        ]
        for stop, support, change, low, high in cells
    ]
    return head, [
        *body,
        ["never", f"{found.final:.1f}", signed(0, 2), f"{found.replicates} paired replicates"],
    ]


def after(data: Any, stop: int) -> str:
    """The last day of a round; the opening before the first one."""
    return day(str(data.date.values[stop])) if stop else "the opening"
