"""`plenary autopsy`: what would have turned the outcome?"""

from __future__ import annotations

from typing import Annotated

import typer

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, Text, text_of

Vote = Annotated[
    bool, typer.Option("--vote", help="Ask about the vote at the end, not about adoption in the rounds.")
]
ABOUT = "A search by effect size under the same luck. A model's output, not a prediction."


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
    from dashboards.asked import case_of
    from dashboards.sections.autopsy import HEAD, rows, sentences
    from dashboards.terminal import print_json, progress, tell
    from simulation.analyses.autopsy import autopsy

    room, seed = case_of(where, seed)
    key = text_of(room, text)
    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = autopsy(room, key, replicates, seed, "vote_passed" if vote else "adopted", report)
    said = sentences(room.texts[key].title, found)
    if json:
        body = [dict(zip(HEAD, row, strict=True)) for row in rows(found)]
        print_json({"scenario": room.name, "text": key, "tried": found.tried, "answer": said, "sets": body})
        return
    tell(said, HEAD, rows(found), ABOUT, wrapped=True)
