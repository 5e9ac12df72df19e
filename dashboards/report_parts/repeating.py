"""How to get a run again: its manifest as a table, and the command that repeats it."""

from __future__ import annotations

from typing import Any

from scenarios import load, names, scenario_hash


def manifest_rows(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """What identifies a run, and the versions it was made with."""
    complete = "" if manifest.get("complete", True) else " (stopped early)"
    return [
        ("scenario", str(manifest.get("scenario_name", ""))),
        ("scenario hash", str(manifest.get("scenario_hash", ""))),
        ("seed", str(manifest.get("seed", ""))),
        ("replicates", f"{manifest.get('replicates', '')}{complete}"),
        ("result hash", str(manifest.get("result_hash", ""))),
        *((name, str(version)) for name, version in manifest.get("versions", {}).items()),
    ]


def again_command(manifest: dict[str, Any]) -> str:
    """The command that runs the same again: by name where the scenario is a shipped one as it is, else from
    the run folder, which holds the scenario whole."""
    name = manifest.get("scenario_name", "")
    if name in names() and scenario_hash(load(name)) == manifest.get("scenario_hash"):
        return f"plenary run {name} --replicates {manifest['replicates']} --seed {manifest['seed']}"
    return "plenary replay RUN"
