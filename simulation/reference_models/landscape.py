"""Landscape: delegations divide into the two sides that spare them most frustration, and the larger side has
its way.

Axelrod, R. and Bennett, D. S. (1993), A landscape theory of aggregation, British Journal of Political Science
23, 211–233. Theirs is who stands with whom; that an issue then ends at the mean of the larger side, weighted
by capability and salience, is our reading. Size is capability. Two delegations are drawn to each other by the
sum over the issues of the products of their distances from the mean of the room, in standard deviations and
weighted by mean salience.

An unknown position counts as the mean of the room in drawing delegations together, and is left out of the
outcome. The division is the lowest that several walks find, not proven lowest. Where both sides are of one
size, or nobody stands apart, it says nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from simulation.analyses.landscape import descend, energy
from simulation.reference_models._base import EVEN, Floats, Held, Prediction, held, weighted_mean

TITLE, LETTER, PLACE = "landscape", "L", 110
DRAWN = 8  # divisions to walk down from, besides one an issue


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The weighted mean of the larger side on every issue."""
    room = held(positions, salience, capability, reversion)
    drawn = propensity(room)
    sides = two_sides(room, drawn)
    first = sides == sides[0] if len(sides) else np.zeros(0, dtype=bool)
    here, there = room.capability[first].sum(), room.capability[~first].sum()
    if first.all() or abs(here - there) <= EVEN * (here + there):
        return Prediction(np.full(len(room.reversion), np.nan), ("no side is the larger one",))
    larger = first if here > there else ~first
    share = max(here, there) / (here + there)
    with_it = f"with {100 * share:.0f} % of all capability"
    note = f"{larger.sum()} of {len(sides)} delegations, {with_it}, on the larger side"
    return Prediction(weighted_mean(room.positions[larger], room.weight[larger]), (note,))


def propensity(room: Held) -> Floats:
    """How much each pair is drawn together (N, N): positive on one side of the room, negative across it."""
    known = room.known
    count = np.maximum(known.sum(axis=0), 1)
    place = np.nan_to_num(room.positions)
    off = np.where(known, place - place.sum(axis=0) / count, 0.0)
    spread = np.sqrt((off**2).sum(axis=0) / count)
    off = np.divide(off, spread, out=np.zeros_like(off), where=spread > 0)
    cares = room.salience.sum(axis=0) / count
    drawn = (off * cares) @ off.T / max(cares.sum(), 1.0)
    np.fill_diagonal(drawn, 0.0)
    return (drawn + drawn.T) / 2


def two_sides(room: Held, drawn: Floats) -> np.ndarray:
    """The two sides (N,) of lowest energy at which walks end, from each issue's halves and drawn ones."""
    above = [column > np.nanmean(column) for column in room.positions.T if not np.isnan(column).all()]
    generator = np.random.default_rng(0)
    starts = [*above, *(generator.integers(0, 2, (DRAWN, len(drawn))))]
    ends = [descend(np.asarray(start, dtype=np.int64), room.capability, drawn, 2)[0] for start in starts]
    return min(ends, key=lambda sides: energy(sides, room.capability, drawn))
