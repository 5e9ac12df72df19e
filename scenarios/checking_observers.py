"""What may an observer be? It sits in the room and is heard, but decides nothing and speaks for nobody."""

from __future__ import annotations

from typing import Any

from scenarios.looking_up import Report, list_in, tables_in
from scenarios.paths import Path


def check_observers(document: dict[str, Any], report: Report) -> None:
    """Report observers that sponsor a text, hold a veto or coordinate a bloc, and a room in which nobody
    counts."""
    delegations = tables_in(document.get("delegations"))
    observers = [key for key, one in delegations.items() if one.get("observer") is True]
    if not observers:
        return
    if len(observers) == len(delegations):
        report(("delegations",), "all delegations are observers", "let at least one of them count")

    def refuse(path: Path, name: Any, what: str) -> None:
        if isinstance(name, str) and name in observers:
            mend = f"name another delegation, or drop observer = true of {name}"
            report(path, f"{name} is an observer and cannot {what}", mend)

    for key, text in tables_in(document.get("texts")).items():
        for place, sponsor in enumerate(list_in(text.get("sponsors"))):
            refuse(("texts", key, "sponsors", place), sponsor, "sponsor a text")
    for key, bloc in tables_in(document.get("blocs")).items():
        refuse(("blocs", key, "coordinator"), bloc.get("coordinator"), "speak for a bloc")
        towards = bloc.get("coordinator_for")
        for partner, speaker in towards.items() if isinstance(towards, dict) else ():
            refuse(("blocs", key, "coordinator_for", partner), speaker, "speak for a bloc")
    for rule in ("rule", "final_vote"):
        part = document.get(rule)
        for place, holder in enumerate(list_in(part.get("vetoes")) if isinstance(part, dict) else ()):
            refuse((rule, "vetoes", place), holder, "hold a veto")
