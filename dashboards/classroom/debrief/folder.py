"""A room's look back and its log as files in a folder, without a server."""

from __future__ import annotations

import json
from pathlib import Path

from dashboards.classroom.debrief.answers import names_at, report_html, words_of
from dashboards.classroom.debrief.course import course
from dashboards.classroom.debrief.ensemble import ensemble
from dashboards.classroom.debrief.exports import acts_csv, acts_jsonl
from dashboards.classroom.debrief.look import Look
from dashboards.classroom.store import Store
from scenarios.schema import Scenario


def export(store: Store, code: str, folder: Path, anonymous: bool = False) -> list[Path]:
    """Write debrief.html, acts.csv and acts.jsonl of a room; returns where they are.

    Raises KeyError where there is no such room, OSError where the folder cannot be written.
    """
    row = next((one for one in store.rooms() if one.code == code), None)
    if row is None:
        raise KeyError(code)
    acts, scenario = store.acts(code), Scenario.model_validate(json.loads(row.scenario))
    look, model = Look(course(scenario, row.programme, acts)), ensemble(scenario, row.seed)
    names = {} if anonymous else names_at(store, code)
    words = words_of(look, model, not anonymous, names) | {"code": code}
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "debrief.html": report_html(words, anonymous),
        "acts.csv": acts_csv(acts, anonymous),
        "acts.jsonl": acts_jsonl(acts, anonymous),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return [folder / name for name in files]
