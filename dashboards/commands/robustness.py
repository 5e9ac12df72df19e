"""`plenary robustness`: would the headlines stand if something had been judged otherwise?"""

from __future__ import annotations

from dashboards.options import Json, Quiet, Replicates, Scenario, Seed, Set, Text, With, loaded, text_of

ABOUT = "The same luck in every row; ± is half of the 95 % interval. A model's output, not a prediction."


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
    from dashboards.terminal import print_json, progress, tell
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
    tell(sentences(room, found, key), HEAD, rows(found, key), ABOUT)
