"""How did a run end? Everybody's positions, the appeal beside the wording, and the bar to endorse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model import NegotiationModel
from simulation.room import Room

if TYPE_CHECKING:
    from simulation.results import Results

Floats = NDArray[np.floating]
REPLICATES = 16  # how many replicates are run once more for the state at the end


class Ending(NamedTuple):
    """The state of a chamber when its last answers were given, replicate by replicate.

    `positions` (country, issue, replicate) as expressed, 0–100, and `salience` of the same shape or with one
    replicate, summing to 1 over issues; `tabled_positions` and `tabled_salience` the same at the start.
    `beside` (country, text) is what every own appeal held beside content, trust, inducements, events and
    peers, and `bar` (country, text) the cut-point from which on a delegation endorses, both means over
    replicates in gain units.
    """

    room: Room
    positions: Floats
    salience: Floats
    tabled_positions: Floats
    tabled_salience: Floats
    beside: Floats
    bar: Floats


def ending(results: Results, replicates: int = REPLICATES) -> Ending:
    """The state at the end of a run; its first replicates are run once more, which gives them bit for bit."""
    seed, count = int(results.manifest["seed"]), min(results.replicates, replicates)
    model = NegotiationModel(results.scenario, range(count), seed, in_full=True)
    tabled = model.chamber.instruction.astype(np.float64), model.chamber.salience.astype(np.float64)
    model.run_model()
    record = model.record
    _, *beside = record.part[:, -1].astype(np.float64)
    return Ending(
        model.room,
        record.position[-1].astype(np.float64),
        record.salience[-1].astype(np.float64),
        *tabled,
        np.sum(beside, axis=0).mean(axis=-1),
        record.upper[-1].astype(np.float64).mean(axis=-1),
    )
