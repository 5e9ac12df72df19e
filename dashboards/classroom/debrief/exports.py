"""What a teacher can take away: the log as CSV and JSON Lines, with or without what people typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dashboards.classroom.act import Act
from dashboards.classroom.debrief.telling import TYPED
from dashboards.run_folder import as_csv

LEFT_OUT = "(left out)"
ANONYMOUS = (
    "Left out: the names that people gave themselves, every word that they or the chair typed (reasons, "
    "proposals, offers, notes, objections, explanations, speeches, events), the time of day, and the keys of "
    "acts."
)
OWN = (  # what comes with acts, a column each; the rest stands together in one
    "text", "article", "wording", "stance", "ballot", "reply", "to", "words", "reason", "gives", "asks",
)  # fmt: skip
HEAD = ["number", "clock_seconds", "at", "seat", "by", "kind", *OWN, "rest", "undone"]


def undone(acts: Sequence[Act]) -> set[int]:
    """The numbers of the acts that the desk has undone."""
    return {int(act.payload["number"]) for act in acts if act.kind == "undo"}


def acts_csv(acts: Sequence[Act], anonymous: bool = False) -> str:
    """The log as a table, a row an act; no cell runs in a spreadsheet. See `ANONYMOUS`."""
    gone, rows = undone(acts), []
    for act in acts:
        one = document(act, anonymous)
        payload = one["payload"]
        rest = {name: value for name, value in payload.items() if name not in OWN}
        rows.append(
            [
                *(one.get(name, "") for name in ("number", "clock", "at", "seat", "by", "kind")),
                *(payload.get(name, "") for name in OWN),
                json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else "",
                "yes" if act.number in gone else "",
            ]
        )
    return as_csv(HEAD, rows)


def acts_jsonl(acts: Sequence[Act], anonymous: bool = False) -> str:
    """The log as JSON Lines, a line an act, all of it; see `ANONYMOUS`."""
    return "".join(json.dumps(document(act, anonymous), ensure_ascii=False) + "\n" for act in acts)


def document(act: Act, anonymous: bool) -> dict[str, Any]:
    """An act as JSON has it."""
    one = act._asdict()
    if anonymous:
        del one["at"], one["key"]
        hidden = {name: LEFT_OUT for name in TYPED if act.payload.get(name)}
        one["payload"] = act.payload | hidden
    return one
