"""What every model foresees in a room, and how Plenary ends there."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import reference_models
from simulation.analyses.forecast import inputs_of, most_supported
from simulation.compare import MEASURES, measures
from simulation.opening import open_room
from simulation.proceedings import negotiate
from simulation.recovery.rooms import Drawn, draw_room, scenario_of

Floats = NDArray[np.float64]
PLENARY = "plenary"
TITLE = "Plenary"


class Ends(NamedTuple):
    """How some replicates of a room end: the place of the text that most endorse (R, K), and how many
    delegations endorse the first text and vote yes on it (R,)."""

    place: Floats
    endorsing: Floats
    yes: Floats


def ends(room: Drawn, replicates: range, seed: int, position_sd: float = 0.0) -> Ends:
    """Negotiate a room for some replicates, whose numbers count: the same number has the same luck."""
    opened = open_room(scenario_of(room, position_sd))
    done = negotiate(opened, replicates, seed)
    found = dict(zip(MEASURES, measures(opened, done, opened.texts), strict=True))
    place = most_supported(done.places[:, -1], found["endorsing"])[1]
    return Ends(place.astype(np.float64), found["endorsing"][:, 0], found["yes"][:, 0])


@cache
def left_out() -> dict[str, str]:
    """The reference models that foresee nothing on issues among many delegations, with what they say why."""
    inputs = inputs_of(scenario_of(draw_room(0, 0)))
    told = {name: reference_models.find(name).predict(*inputs) for name in reference_models.names()}
    return {name: one.notes[0] for name, one in told.items() if np.isnan(one.outcome).all()}


def names() -> list[str]:
    """Who takes part: the reference models that name places of issues, in their order, and Plenary."""
    without = left_out()
    return [*(name for name in reference_models.names() if name not in without), PLENARY]


def title(name: str) -> str:
    """What people call a model."""
    return TITLE if name == PLENARY else reference_models.find(name).title


def foreseen(room: Drawn) -> Floats:
    """What every reference model that takes part foresees in a room (M − 1, K), NaN where it says nothing."""
    inputs = inputs_of(scenario_of(room))
    return np.array([reference_models.find(name).predict(*inputs).outcome for name in names()[:-1]])
