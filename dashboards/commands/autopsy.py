"""`plenary autopsy`: what would have turned the outcome?"""

from __future__ import annotations

from typing import Annotated

import typer

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, text_of

Text = Annotated[
    str | None, typer.Option("--text", metavar="KEY", help="The text to look at; by default the first one.")
]
Vote = Annotated[
    bool, typer.Option("--vote", help="Ask about the vote at the end, not about adoption in the rounds.")
]
ABOUT = "\nA search by effect size under the same luck. A model's output, not a prediction."


def command(
    where: RunOrScenario,
    text: Text = None,
    vote: Vote = False,
    replicates: Replicates = 64,
    seed: Seed = 1,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the fewest changes that would have turned the outcome.

    Tries every event, wording, rule, coordinator, and other positions, salience and trust; combines what has
    most effect; and runs the best sets again in full. Of a run folder it takes the scenario and the seed.
    """
    from dashboards.sections.autopsy import HEAD, rows, sentences
    from dashboards.terminal import answers, print_json, progress, table
    from simulation.analyses.autopsy import autopsy

    room, seed = _asked(where, seed)
    key = text_of(room, text)
    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = autopsy(room, key, replicates, seed, "vote_passed" if vote else "adopted", report)
    said = sentences(room.texts[key].title, found)
    if json:
        body = [dict(zip(HEAD, row, strict=True)) for row in rows(found)]
        print_json({"scenario": room.name, "text": key, "tried": found.tried, "answer": said, "sets": body})
        return
    console = answers()
    for sentence in said:
        console.print(sentence, markup=False)
    console.print()
    console.print(table(HEAD, rows(found), wrapped=True))
    console.print(ABOUT, style="dim", markup=False)


def _asked(where: str, seed: int):
    from pathlib import Path

    from scenarios import from_document, load
    from simulation.results import read_manifest

    if (Path(where) / "manifest.json").is_file():
        manifest = read_manifest(Path(where))
        return from_document(manifest["scenario"]), manifest["seed"]
    return load(where), seed
