"""`plenary rules`: one negotiation under every decision rule."""

from __future__ import annotations

from dashboards.options import Json, Quiet, Replicates, Scenario, Seed, Set, Text, With, loaded, text_of

ABOUT = (
    "Same stances: how often those that the scenario's own negotiation ends with would carry by the rule."
    "\nAmbition: share of the sponsors' gain that is kept. Gain: share of delegations that gain by the text."
    "\nBetter, worse: delegations that can expect more or less than under the scenario's own rule."
    "\nThe same luck under each rule. A model's output, not a prediction."
)


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
    """Negotiate under every decision rule.

    What would be adopted, with how many endorsements and how much of its ambition, and for whom that is
    better or worse than under the scenario's own rule.
    """
    from dashboards.sections.rules import HEAD, rows, sentences
    from dashboards.terminal import print_json, progress, tell
    from simulation.analyses.rule_swap import rule_swap

    room = loaded(scenario, with_, set_)
    key = text_of(room, text)
    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = rule_swap(room, replicates, seed, report)
    if json:
        print_json(
            {
                "scenario": room.name,
                "text": key,
                "replicates": int(found.attrs["replicates"]),
                "answer": sentences(room, found, key),
                "rules": [dict(zip(HEAD, row, strict=True)) for row in rows(room, found, key)],
            }
        )
        return
    tell(sentences(room, found, key), HEAD, rows(room, found, key), ABOUT)
