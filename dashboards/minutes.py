"""The minutes of a run: kept in its folder, read back, and made ready for the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scenarios.schema import Scenario
from simulation import rules
from simulation.analyses.acts import Act, of_document
from simulation.analyses.wording import day
from simulation.results import RunError

EVENTS = "events.jsonl"
CHANGES = ("endorsed", "opposed", "went back to studying")


def minutes_of(results: Any) -> list[Act]:
    """The acts of the first replicate, worked out anew from the scenario and the seed."""
    from simulation.minutes import minutes

    return minutes(results.scenario, results.manifest["seed"])


def write_minutes(acts: Sequence[Act], folder: Path) -> None:
    """Write the acts into a run folder, one JSON object a line."""
    (folder / EVENTS).write_text(jsonl(acts), encoding="utf-8")


def jsonl(acts: Sequence[Act]) -> str:
    """The acts as JSON Lines."""
    return "".join(json.dumps(act.document(), ensure_ascii=False) + "\n" for act in acts)


def read_minutes(folder: Path) -> list[Act] | None:
    """The acts that lie in a run folder, none if it has no file of them.

    Raises RunError for a file that holds anything else.
    """
    path = Path(folder) / EVENTS
    if not path.is_file():
        return None
    acts = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        try:
            acts.append(of_document(json.loads(line)))
        except ValueError as problem:
            mend = f"delete the file, and `plenary report {folder}` works it out anew"
            raise RunError(f"{path}, line {number}: {problem}; {mend}") from None
    return acts


def actors(scenario: Scenario, acts: Sequence[Act]) -> dict[str, str]:
    """Who did something or was addressed, key to name, by name."""
    keys = {key for act in acts for key in (*act.actor.split(", "), *act.to.split(", ")) if key}
    names = {key: name_of(scenario, key) for key in keys}
    return dict(sorted(names.items(), key=lambda one: one[1]))


def name_of(scenario: Scenario, key: str) -> str:
    """The name of a delegation or bloc; the key itself if it is neither."""
    found = scenario.delegations.get(key) or scenario.blocs.get(key)
    return found.name if found else key


def speaking(scenario: Scenario) -> str:
    """What the statements on the decision are called under the rule of the final vote."""
    final = scenario.final_vote
    if final is not None and rules.find(final.name).one_no_blocks:
        return "Explanations of position"
    return "Explanations of vote"


def told(results: Any, acts: Sequence[Act]) -> dict[str, Any]:
    """What the report lists: acts and explanations of vote apart, each with whom and what it is about."""
    entries: dict[str, list[dict[str, Any]]] = {"acts": [], "votes": []}
    texts = list(results.scenario.texts)
    for act in acts:
        entries["votes" if act.kind == "voted" else "acts"].append(
            {
                "who": " ".join(
                    dict.fromkeys(key for key in (*act.actor.split(", "), *act.to.split(", ")) if key)
                ),
                "text": texts.index(act.text) if act.text else -1,
                "date": day(act.date),
                "sentence": " ".join([act.sentence, *act.details]) if act.kind == "voted" else act.sentence,
            }
        )
    return {
        **entries,
        "actors": list(actors(results.scenario, acts).items()),
        "head": speaking(results.scenario),
    }


def changes_of_stance(acts: Sequence[Act]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """By delegation and text: the day of each change of stance, and the sentences that explain it exactly.

    They stand under the delegation and the text, so the first one tells of neither.
    """
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for act in acts:
        if act.kind in CHANGES:
            first, *others = act.details
            sentences = [first.split(f" in round {act.round}: ", maxsplit=1)[-1], *others]
            entry = {"date": f"{day(act.date)}, {act.kind}", "sentences": sentences}
            found.setdefault(act.actor, {}).setdefault(act.text, []).append(entry)
    return found


def influence_rows(results: Any) -> tuple[list[str], list[list]]:
    """To whom or what the change in support of each text is owed, in endorsements; adds up to the change."""
    data = results.data
    names = dict(zip(data.country.values.tolist(), data.name.values.tolist(), strict=True))
    rows = []
    for column, text in enumerate(data.text.values.tolist()):
        for source, values in (("other", data.owed.values), ("apart", data.owed_apart.values)):
            for key, value in zip(data[source].values.tolist(), values[:, column].tolist(), strict=True):
                if value:
                    rows.append(
                        [text, key if source == "other" else "", names.get(key, key), round(value, 6)]
                    )
    return ["text", "iso3", "owed_to", "endorsements"], rows
