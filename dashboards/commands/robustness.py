"""`plenary robustness`: would the headlines stand if something had been judged otherwise?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json, Quiet, Replicates, Scenario, Seed, Set, Text, With, loaded, text_of

if TYPE_CHECKING:
    from scenarios.schema import Scenario as Room
    from simulation.proceedings import Progress

ABOUT = "The same luck in every row; ± is half of the 95 % interval. A model's output, not a prediction."
Parameters = Annotated[
    bool,
    typer.Option("--parameters", help="Put every number of [dynamics] at both ends of its range instead."),
]


def command(
    scenario: Scenario,
    text: Text = None,
    replicates: Replicates = 64,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    parameters: Parameters = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Ask what the answer rests on.

    Negotiates again with positions exactly as coded, within ten points, and twice as unsure, and with the
    strengths that no data fix halved and raised by half. With --parameters: with each number
    of [dynamics] at the low and at the high end of its advised range, the widest span first.
    """
    from dashboards.terminal import print_json, progress, tell

    room = loaded(scenario, with_, set_)
    key = text_of(room, text)
    with progress(f"{room.name}: replicates", quiet or json) as report:
        answer, head, found, listed = (_parameters if parameters else _doubts)(
            room, key, replicates, seed, report
        )
    if not json:
        tell(answer, head, found, ABOUT)
        return
    print_json(
        {
            "scenario": room.name,
            "text": key,
            "replicates": replicates,
            "answer": answer,
            "parameters" if parameters else "doubts": listed,
        }
    )


Answer = tuple[list[str], Sequence[str], list[list[str]], list[dict[str, Any]]]


def _doubts(room: Room, key: str, replicates: int, seed: int, report: Progress | None) -> Answer:
    """Sentences, headings, rows, and the rows for JSON, for the few things judged otherwise."""
    from dashboards.sections.robustness import HEAD, rows, sentences
    from simulation.analyses.robustness import robustness

    found = robustness(room, replicates, seed, report)
    table = rows(found, key)
    return sentences(room, found, key), HEAD, table, [dict(zip(HEAD, row, strict=True)) for row in table]


def _parameters(room: Room, key: str, replicates: int, seed: int, report: Progress | None) -> Answer:
    """The same for every parameter over its advised range."""
    from dashboards.sections.tornado import HEAD, listed, rows, sentences
    from simulation.analyses.tornado import tornado

    found = tornado(room, replicates, seed, report)
    return sentences(found, key), HEAD, rows(found, key), listed(found, key)
