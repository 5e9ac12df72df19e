"""When do promises come into force? Commitments that wait for one another hold together or not at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


def come_into_force(
    possible: Flags, so_anyway: Flags, belongs: NDArray[np.intp], brought_about: Flags
) -> Flags:
    """The largest set of commitments that hold when all of them are assumed (commitment, replicate).

    `possible` (commitment, replicate): could come into force, its conditions aside. `so_anyway` (condition,
    replicate): the condition holds as things stand. `belongs` (condition,): whose condition it is.
    `brought_about` (condition, commitment): the commitment, once in force, makes it hold.

    1. Assume that every possible commitment is in force.
    2. Drop those that have a condition which neither holds anyway nor is brought about by one still assumed.
    3. Repeat until none is dropped.

    Assuming more never makes a condition fail, so this is the greatest fixed point (Tarski 1955): two that
    wait for each other hold both, and a circle in which one cannot be met holds not at all.

    >>> two = np.ones((2, 1), bool)
    >>> each_waits_for_the_other = np.array([[False, True], [True, False]])
    >>> come_into_force(two, ~two, np.array([0, 1]), each_waits_for_the_other).ravel().tolist()
    [True, True]
    """
    force = possible.copy()
    while True:
        held = so_anyway | (brought_about[:, :, None] & force[None]).any(axis=1)
        kept = force.copy()
        for condition, whose in enumerate(belongs):
            kept[whose] &= held[condition]
        if (kept == force).all():
            return force
        force = kept
