"""Which luck does a batch of replicates have? Everything that is left to chance, drawn before the rounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agents.response import logistic
from simulation.room import Room
from simulation.streams import Purpose, draw, key_number

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Draws:
    """Chance as the phases use it. Replace any of it to run a model with given luck.

    `chance` (round, country, text, replicate): logistic noise over precision, in gain units;
    `instructed` (round, country, replicate): who receives instructions; `vote_chance` (country, text,
    replicate); `absent` (country, replicate): who misses the vote.
    """

    chance: Floats
    instructed: NDArray[np.bool_]
    vote_chance: Floats
    absent: NDArray[np.bool_]

    @cached_property
    def stances_vary(self) -> bool:
        """Whether any stance is left to chance."""
        if not any(self.chance.strides):  # one number, broadcast
            return bool(self.chance.flat[0])
        return any(of_round.any() for of_round in self.chance)


def prepare(room: Room, seed: int, replicates: Iterable[int]) -> Draws:
    """Draw the luck of some replicates.

    Noise persists: ε = logit(Φ(√ϱ·z_im + √(1−ϱ)·z_imt)), a taste that stays and a part that is fresh each
    round. A delegation is instructed with probability 1 − exp(−h·days of the round), or always if its
    strategy waits for nobody.
    """
    dynamics, rounds = room.dynamics, len(room.rounds)
    texts = [key_number(text) for text in room.texts]
    replicates = list(replicates)
    shape = (len(room.countries), len(room.texts), len(replicates))
    if np.isinf(dynamics.precision):
        nothing = np.zeros((), dtype=room.dtype)  # one zero seen from everywhere, no memory to read
        chance, vote_chance = np.broadcast_to(nothing, (rounds, *shape)), np.broadcast_to(nothing, shape)
    else:
        keeps, varies = np.sqrt(dynamics.noise_persistence), np.sqrt(1 - dynamics.noise_persistence)
        taste = keeps * draw("normal", room.seats, seed, replicates, Purpose.TASTE, texts)[0]
        fresh = draw("normal", room.seats, seed, replicates, Purpose.FRESH, texts, rounds)
        at_vote = draw("normal", room.seats, seed, replicates, Purpose.VOTE, texts)[0]
        chance = (logistic(taste + varies * fresh) / dynamics.precision).astype(room.dtype)
        vote_chance = (logistic(taste + varies * at_vote) / dynamics.precision).astype(room.dtype)
    days = np.array([one.days for one in room.rounds], dtype=float)
    chances = -np.expm1(-dynamics.instruction_rate * days)
    luck = draw("uniform", room.seats, seed, replicates, Purpose.INSTRUCTION, rounds=rounds)[:, :, 0]
    missing = draw("uniform", room.seats, seed, replicates, Purpose.ABSENCE)[0, :, 0]
    return Draws(
        chance=chance,
        instructed=(luck < chances[:, None, None]) | room.at_will[:, None],
        vote_chance=vote_chance,
        absent=missing < room.absence[:, None],
    )
