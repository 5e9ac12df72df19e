"""What does each mechanism add? Every one switched alone, paired with the scenario as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from simulation.analyses.coalitions import likeness, modularity_coalitions
from simulation.analyses.switches import Switch, switches
from simulation.compare import Measure, effect
from simulation.contraction import WIDTH

if TYPE_CHECKING:
    import xarray as xr

    from simulation.proceedings import Proceedings, Progress
    from simulation.room import Room

Floats = NDArray[np.floating]


def what_they_add(
    scenario: Scenario,
    replicates: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
    some: Sequence[Switch] | None = None,
) -> xr.Dataset:
    """What each mechanism adds at the end, under the same luck with and without it, with 95 % intervals.

    The data set of `effect` with one variant a switch, all of them by default, and two more measures, the
    number of `coalitions` and their `modularity`. `adds`, `adds_low` and `adds_high` (variant, measure, text)
    are the scenario with the mechanism less the scenario without it, whichever of the two is the scenario as
    it is. `differs` of the measure `adopted` is in what share of the replicates the decision flips. `title`,
    `direction` and `settings` (variant,) tell what was switched, and how.
    """
    chosen = switches(scenario) if some is None else list(some)
    found = effect(
        scenario, {one.key: one.patch for one in chosen}, replicates, seed, progress, coalition_measures()
    )
    taken_out = np.array([one.direction == "without" for one in chosen])[:, None, None]
    return found.assign_coords(
        title=("variant", [one.title for one in chosen]),
        direction=("variant", [one.direction for one in chosen]),
        settings=("variant", [one.typed for one in chosen]),
    ).assign(
        adds=(found.difference.dims, np.where(taken_out, 0 - found.difference, found.difference)),
        adds_low=(found.low.dims, np.where(taken_out, 0 - found.high, found.low)),
        adds_high=(found.high.dims, np.where(taken_out, 0 - found.low, found.high)),
    )


def coalition_measures() -> dict[str, Measure]:
    """Two measures for `effect`, the same for every text: how many coalitions of two or more there are at the
    end, and how clear they are, their modularity (docs/analyses.md)."""
    last: list[tuple[Proceedings, Floats]] = []

    def found(room: Room, done: Proceedings) -> Floats:
        if not last or last[0][0] is not done:
            last[:] = [(done, _coalitions(room, done))]
        return last[0][1]

    def of(which: int) -> Measure:
        return lambda room, done: np.repeat(found(room, done)[which][:, None], len(room.texts), axis=1)

    return {"coalitions": of(0), "modularity": of(1)}


def _coalitions(room: Room, done: Proceedings) -> Floats:
    """Number of coalitions and modularity (2, replicate), a block of replicates at a time for memory."""
    last = done.stance[:, -1]
    blocks = []
    for start in range(0, len(last), WIDTH):
        labels, clear = modularity_coalitions(likeness(room, last[start : start + WIDTH]))
        sizes = (labels[:, :, None] == np.arange(labels.max() + 1)).sum(axis=1)
        blocks.append(np.stack([(sizes > 1).sum(axis=1), clear]))
    return np.concatenate(blocks, axis=1)
