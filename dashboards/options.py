"""Options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scenarios.schema import Scenario as Room
    from simulation.where import Where

Scenario = Annotated[
    str, typer.Argument(metavar="NAME|PATH", help="A shipped scenario or a scenario folder.")
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder that `plenary run` wrote.")]
RunOrScenario = Annotated[
    str,
    typer.Argument(
        metavar="RUN|NAME", help="A run folder, or a scenario to run now: its name or its folder."
    ),
]
Text = Annotated[
    str | None, typer.Option("--text", metavar="KEY", help="The text to look at; by default the first one.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no remarks, only the answer.")]
Replicates = Annotated[
    int, typer.Option("--replicates", min=1, max=1_000_000, help="How often the negotiation is repeated.")
]
Seed = Annotated[
    int,
    typer.Option("--seed", min=0, max=2**63 - 1, help="The same seed gives the same result, bit for bit."),
]
Batch = Annotated[
    int, typer.Option("--batch", min=1, max=4096, help="Replicates computed at once; the result is the same.")
]
Workers = Annotated[
    int, typer.Option("--workers", min=1, max=256, help="Threads that share the batches; same result.")
]
Processes = Annotated[
    int,
    typer.Option(
        "--workers",
        min=0,
        max=256,
        help="Processes of this machine; 0 for one a core, up to 8. Same result.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="A Dask scheduler, such as tcp://10.0.0.5:8786; `local` starts one here.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Where the files go; by default a dated folder in runs/."),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with what lies in the folder named with --out.")
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change one value, e.g. dynamics.peer_weight=0.08."),
]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="OVERLAY",
        help="Lay an overlay over it: NAME, NAME=VALUE (`plenary list --overlays`) or a TOML file.",
    ),
]
MOST_PROCESSES = 8  # that are started without being asked for: each takes some 250 MiB


def loaded(scenario: str, with_: list[str] | None, set_: list[str] | None) -> Room:
    """The scenario that the options ask for: overlays first, then single values."""
    from scenarios import load, overlay, parse_assignments

    return load(scenario, [*(overlay(word, scenario) for word in with_ or ()), parse_assignments(set_ or ())])


def text_of(room: Room, text: str | None) -> str:
    """The key of the text that is asked for, by default the first; raises UnknownEntry for any other."""
    if text is not None:
        check_known("text", text, room.texts)
    return text or next(iter(room.texts))


def check_known(noun: str, word: str, known: Iterable[str]) -> None:
    """Raise UnknownEntry for a word that is none of those that are known."""
    from agents.registry import UnknownEntry

    if word not in (words := list(known)):
        raise UnknownEntry(noun, word, words)


def where_of(scheduler: str | None, workers: int) -> Where:
    """Where the options ask for the work to be done."""
    from simulation.where import Cluster, Here

    processes = workers or min(os.cpu_count() or 1, MOST_PROCESSES)
    return Cluster(scheduler, processes) if scheduler else Here(processes)
