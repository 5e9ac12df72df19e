"""`plenary recovery`: are models found again in data that they made, and do bands hold what they say?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.new_file import refuse_to_overwrite, write_toml
from dashboards.options import Json, Processes, Quiet, Seed, where_of

Pool = Annotated[
    int, typer.Option("--pool", min=2, max=100_000, help="Drawn rooms; twice as many for bands.")
]
Sets = Annotated[
    int, typer.Option("--sets", min=2, max=100_000, help="Data sets a model, and of drawn votes.")
]
Replicates = Annotated[
    int, typer.Option("--replicates", min=1, max=10_000, help="Of which Plenary's median is taken.")
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="FILE.toml", help="Write the answer into a new file.")
]


def command(
    pool: Pool = 80,
    sets: Sets = 50,
    replicates: Replicates = 31,
    seed: Seed = 1,
    workers: Processes = 0,
    to: To = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Let known models make outcomes in drawn rooms, and see which model fits them best.

    Plenary and every reference model that names places take part, with and without errors of coded positions.
    Also: how often Plenary's 80 % bands hold, and whether `plenary calibrate` finds known slopes again. Takes
    under two minutes on two cores. docs/recovery.md tells how to read it.
    """
    from contextlib import AbstractContextManager

    from dashboards.recovery_tables import lines
    from dashboards.terminal import print_json, print_parts, progress
    from simulation.proceedings import Progress
    from simulation.recovery.document import document

    def stage(words: str) -> AbstractContextManager[Progress | None]:
        return progress(words, quiet or json)

    refuse_to_overwrite(to)
    found = document(pool, sets, replicates, seed, where_of(None, workers), stage)
    if to is not None:
        write_toml(to, found)
    if json:
        print_json(found)
    else:
        print_parts(lines(found))
