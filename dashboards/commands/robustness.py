"""`plenary robustness`: would the headlines stand if something had been judged otherwise?"""

from __future__ import annotations

from typing import Annotated

import typer

from dashboards.options import Json, Quiet, Replicates, Scenario, Seed, Set, With, loaded, text_of

Text = Annotated[
    str | None, typer.Option("--text", metavar="KEY", help="The text to look at; by default the first one.")
]
ABOUT = "\nThe same luck in every row; ± is half of the 95 % interval. A model's output, not a prediction."


def command(
    scenario: Scenario,
    text: Text = None,
    replicates: Replicates = 64,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Ask what the answer rests on.

    Negotiates again with positions exactly as coded, within ten points, and twice as unsure, and with the
    strengths that no data fix halved and raised by half.
    """
    from dashboards.sections.robustness import HEAD, rows, sentences
    from dashboards.terminal import answers, print_json, progress, table
    from simulation.analyses.robustness import robustness

    room = loaded(scenario, with_, set_)
    key = text_of(room, text)
    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = robustness(room, replicates, seed, report)
    if json:
        print_json(
            {
                "scenario": room.name,
                "text": key,
                "replicates": int(found.attrs["replicates"]),
                "answer": sentences(room, found, key),
                "doubts": [dict(zip(HEAD, row, strict=True)) for row in rows(found, key)],
            }
        )
        return
    console = answers()
    for sentence in sentences(room, found, key):
        console.print(sentence, markup=False)
    console.print()
    console.print(table(HEAD, rows(found, key)))
    console.print(ABOUT, style="dim", markup=False)
