"""Who decides? What a rule may know of a chamber besides its ballots."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scenarios.schema import Rule
    from simulation.room import Room

Ballots = NDArray[np.int8]
Flags = NDArray[np.bool_]
HAIR = 1e-9
"""How far below a share still counts as having reached it: rounding decides no vote."""


@dataclass(frozen=True)
class House:
    """The seats of a chamber (country,), those of observers left out: `weights` as the rule weighs them,
    `population`, and who holds a veto. `quota` and `weight_quota` are shares of seats and of weight, None
    where the rule's own hold; `parties` is how many have to join, None for the rule's own number; `tolerated`
    how many may object; `present` how many have to be there."""

    weights: NDArray[np.float64]
    population: NDArray[np.float64]
    vetoes: NDArray[np.bool_]
    quota: float | None = None
    weight_quota: float | None = None
    parties: int | None = None
    tolerated: int = 1
    present: int = 0

    @property
    def seats(self) -> int:
        """How many delegations there are."""
        return len(self.weights)


def house_of(room: Room, rule: Rule) -> House:
    """The house that decides by a scenario's rule: all delegations but observers, with what the rule leaves
    open."""
    vetoes, population = np.isin(room.countries, rule.vetoes)[room.counted], room.population[room.counted]
    weights = population if rule.weight == "population" else room.capability[room.counted]
    seats = len(vetoes)
    return House(
        weights=_anybodys(weights),
        population=_anybodys(population),
        vetoes=vetoes,
        quota=rule.quota,
        weight_quota=rule.weight_quota,
        parties=rule.parties,
        tolerated=rule.tolerated,
        present=0 if rule.quorum is None else math.floor(rule.quorum * seats + HAIR * seats) + 1,
    )


def _anybodys(weights: NDArray[np.floating]) -> NDArray[np.float64]:
    """Weights as they are; all alike if nobody has any."""
    return weights.astype(np.float64) if weights.any() else np.ones(len(weights))


def equals(seats: int, vetoes: int = 0) -> House:
    """A house of equal seats, of which the first few hold a veto."""
    each = np.ones(seats)
    return House(each, each, np.arange(seats) < vetoes)


def least(share: float, seats: int) -> int:
    """The smallest number of seats that reaches a share of them.

    >>> least(0.55, 27), least(0.55, 100), least(2 / 3, 120)
    (15, 55, 80)
    """
    return math.ceil(share * seats - HAIR * seats)
