"""All that recovery finds, as plain values for JSON and TOML, and the answer that comes with Plenary."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from simulation.proceedings import Progress
from simulation.recovery import coverage as bands
from simulation.recovery import matching
from simulation.recovery.asking import left_out, title
from simulation.recovery.matching import NOISES, Outcomes, confusion, nearest, outcomes
from simulation.recovery.slopes import slopes
from simulation.rounding import rounded
from simulation.where import ALONE, Where

FROZEN = Path(__file__).with_name("frozen.toml")
FEWER = (1, 5, matching.ROOMS)  # rooms a data set, up to as many as in the matrices
DIGITS = 4
ABOUT = (
    "Rooms, outcomes and votes are drawn, none is recorded. A model that is recognised here is one that can"
    " be told from the others on such data, not one that is right about the world."
)
Stage = Callable[[str], AbstractContextManager[Progress | None]]


def document(
    pool: int = matching.POOL,
    sets: int = matching.SETS,
    replicates: int = matching.REPLICATES,
    seed: int = 1,
    where: Where = ALONE,
    stage: Stage = lambda words: nullcontext(),
) -> dict[str, Any]:
    """Confusion matrices, bands and slopes; twice as many rooms for bands as for the matrices.

    `stage` opens what tells of the progress of a stage of the work. The same wherever it is done.
    """
    with stage("asking every model") as told:
        found = outcomes(NOISES, pool, seed, replicates, where, told)
    with stage("holding bands against outcomes") as told:
        covered = bands.coverage(2 * pool, seed, where=where, progress=told)
    with stage("fitting drawn votes") as told:
        fitted = slopes(sets, seed, where, told)
    return {
        "confusion": [_matched(one, noise, sets, seed) for one, noise in zip(found, NOISES, strict=True)],
        "left_out": left_out(),
        "coverage": [rounded(one._asdict(), DIGITS) for one in covered],
        "slopes": [rounded(one._asdict(), DIGITS) for one in fitted],
        "manifest": {
            "seed": seed,
            "pool": pool,
            "rooms": matching.ROOMS,
            "sets": sets,
            "error": matching.ERROR,
            "replicates": replicates,
            "band_rooms": 2 * pool,
            "band_replicates": bands.REPLICATES,
        },
        "about": ABOUT,
    }


def _matched(found: Outcomes, noise: float, sets: int, seed: int) -> dict[str, Any]:
    """One confusion matrix, how often each model is recognised from fewer rooms, whom it is most like, and
    what all of them made and foresaw in the first room."""
    shares = {rooms: confusion(found, rooms, sets, seed=seed) for rooms in FEWER}
    return rounded(
        {
            "noise": noise,
            "models": list(found.names),
            "titles": [title(name) for name in found.names],
            "shares": shares[matching.ROOMS].tolist(),
            "recognised": {str(rooms): one.diagonal().tolist() for rooms, one in shares.items()},
            "recognised_whole": confusion(found, sets=sets, seed=seed, whole=True).diagonal().tolist(),
            "first_room": {"made": found.made[:, 0].tolist(), "told": found.told[:, 0].tolist()},
            "nearest": [{"model": name, "apart": apart} for name, apart in nearest(found)],
        },
        DIGITS,
    )


@cache
def frozen() -> dict[str, Any]:
    """The answer that comes with Plenary, from `plenary recovery --to`."""
    return tomllib.loads(FROZEN.read_text(encoding="utf-8"))
