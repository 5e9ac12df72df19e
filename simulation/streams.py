"""Where does chance come from? One random stream for each (seed, replicate, purpose, subject).

A country's draws sit at its slot, its place in the table of 193 states, in blocks of 256; an actor that is no
state has a stream of its own, keyed by its name. So adding, removing or reordering delegations, texts or
replicates never shifts anybody else's draws, and two variants of a scenario see the same luck.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

STRIDE = 256
SEED_LIMIT = 2**63


class Purpose(IntEnum):
    """What a draw decides. The numbers are part of the format: never renumber, only append."""

    TASTE = 1
    FRESH = 2
    INSTRUCTION = 3
    VOTE = 4
    ABSENCE = 5
    POSITION = 6
    SALIENCE = 7
    BLOC_POSITION = 8
    BLOC_SALIENCE = 9


BY_BLOC = {Purpose.POSITION: Purpose.BLOC_POSITION, Purpose.SALIENCE: Purpose.BLOC_SALIENCE}


def key_number(name: str) -> int:
    """A fixed 64-bit number for a name (a text, an issue, a custom actor), whatever else is in the room."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")


def check_seed(seed: int) -> int:
    """The seed itself if 0 ≤ seed < 2⁶³; raises ValueError otherwise."""
    if not 0 <= seed < SEED_LIMIT:
        raise ValueError(f"the seed is {seed}; give a whole number from 0 to 2⁶³ − 1")
    return seed


def stream(
    seed: int, replicate: int, purpose: Purpose, subject: int = 0, actor: int = 0
) -> np.random.Generator:
    """The generator of one stream (Philox, counter-based: Salmon et al. 2011)."""
    key = np.array([seed, replicate], dtype=np.uint64)
    counter = np.array([0, actor, subject, purpose], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=counter))


@dataclass(frozen=True)
class Seats:
    """Who sits in the room, in order: `states` are the rows of member states with their `slots`, `others` the
    rows of actors that are no state."""

    names: tuple[str, ...]
    states: NDArray[np.intp]
    slots: NDArray[np.intp]
    others: tuple[int, ...]

    @classmethod
    def of(cls, names: Sequence[str], slots: Mapping[str, int]) -> Seats:
        """The seats of some delegations, given every state's place in the table of 193."""
        states = [row for row, name in enumerate(names) if name in slots]
        return cls(
            names=tuple(names),
            states=np.array(states, dtype=np.intp),
            slots=np.array([slots[names[row]] for row in states], dtype=np.intp),
            others=tuple(row for row, name in enumerate(names) if name not in slots),
        )


def draw(
    kind: Literal["normal", "uniform"],
    seats: Seats,
    seed: int,
    replicates: Iterable[int],
    purpose: Purpose,
    subjects: Sequence[int] = (0,),
    rounds: int = 1,
) -> NDArray[np.float64]:
    """Draws for every round, delegation, subject (text or issue) and replicate.

    Returns (round, country, subject, replicate), in (round, slot) order within each stream.
    """
    numbers_of = list(map(int, replicates))
    out = np.empty((len(subjects), len(numbers_of), rounds, len(seats.names)))

    def numbers(replicate: int, subject: int, actor: int, width: int) -> NDArray[np.float64]:
        generator = stream(seed, replicate, purpose, subject, actor)
        return (generator.standard_normal if kind == "normal" else generator.random)((rounds, width))

    actors = [(row, key_number(seats.names[row])) for row in seats.others]
    for s, subject in enumerate(subjects):
        for r, replicate in enumerate(numbers_of):
            if len(seats.states):
                out[s, r][:, seats.states] = numbers(replicate, subject, 0, STRIDE)[:, seats.slots]
            for row, actor in actors:
                out[s, r, :, row] = numbers(replicate, subject, actor, 1)[:, 0]
    return np.ascontiguousarray(out.transpose(2, 3, 0, 1))
