"""The offers that delegations can make each other in the exchange of positions, and what these are worth."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.reference_models._base import Floats, Held, weighted_mean

LEAST = 1e-10  # points of the scale, and units of gain: less is nothing

Numbers = NDArray[np.intp]


class Offers(NamedTuple):
    """One entry an offer, in which the first delegation demands issue p of the second and moves on issue q.

    A cell is a delegation's place on an issue, numbered through (N, K): `first_q` and `second_p` are those
    that move, `first_p` and `second_q` those demanded, `wanted_p` and `wanted_q` the positions in them at the
    start of the round.
    """

    first_q: Numbers
    second_p: Numbers
    first_p: Numbers
    second_q: Numbers
    wanted_p: Floats
    wanted_q: Floats

    def rows(self, some: Numbers) -> Offers:
        """Some of the offers."""
        return Offers._make(column[some] for column in self)


class Stakes(NamedTuple):
    """By cell: `cares`, salience from 0 to 1, and `shift`, how far a point of it moves the outcome."""

    cares: Floats
    shift: Floats


def stakes(room: Held) -> Stakes:
    """Salience and the shift c s / Σ c s of every cell (N · K,); 0 where nothing is known."""
    weight = room.weight
    total = weight.sum(axis=0)
    shift = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    return Stakes((room.salience / 100).ravel(), shift.ravel())


def opening(room: Held) -> Offers:
    """All offers at the start of a round, by pairs of issues and then of delegations.

    1. On every issue the room divides into those at or below the weighted mean and those above.
    2. Two delegations that are known on both of two issues, and on opposite sides on both, have an offer.
    3. The one to which issue p matters more, against q, demands p and moves on q: s_ip s_jq ≥ s_jp s_iq.
    """
    place, cares = room.positions, room.salience
    below = place <= weighted_mean(place, room.weight)
    issues = place.shape[1]
    columns: list[tuple[Numbers, ...]] = []
    for p, q in combinations(range(issues), 2):
        both = room.known[:, p] & room.known[:, q]
        apart = (below[:, None, p] != below[None, :, p]) & (below[:, None, q] != below[None, :, q])
        one, other = np.nonzero(np.triu(apart & both[:, None] & both[None, :], 1))
        swap = cares[one, p] * cares[other, q] < cares[other, p] * cares[one, q]
        first, second = np.where(swap, other, one), np.where(swap, one, other)
        columns.append((first, second, np.full(len(one), p), np.full(len(one), q)))
    if not columns:
        columns = [(np.zeros(0, dtype=np.intp),) * 4]
    first, second, p_, q_ = (np.concatenate(parts).astype(np.intp) for parts in zip(*columns, strict=True))
    first_p, second_q = first * issues + p_, second * issues + q_
    wanted = place.ravel()
    return Offers(
        first * issues + q_, second * issues + p_, first_p, second_q, wanted[first_p], wanted[second_q]
    )


def terms(offers: Offers, worth: Stakes, stands: Floats, headed: Floats) -> tuple[Floats, Floats]:
    """What offers are worth to either side (offer,), 0 where they are dropped, and both moves (offer, 2).

    A move m of a cell shifts the outcome by δ = m c s / Σ c s.

    1. The second goes all the way on p; the first goes so far on q that both gain the same:
       δ_q = δ_p (s_ip + s_jp) / (s_iq + s_jq).
    2. If that is farther than the second stands, the first goes all the way and the second less far.
    3. The gain is s_ip δ_p − s_iq δ_q = s_jq δ_q − s_jp δ_p, equal by construction.

    `stands` are positions now by cell, `headed` the direction in which a cell has moved, 0 for not yet.
    """
    first_q, second_p, first_p, second_q, wanted_p, wanted_q = offers
    cares, shift = worth
    to_q, to_p = wanted_q - stands[first_q], wanted_p - stands[second_p]
    per_first, per_second, cares_p, cares_q = shift[first_q], shift[second_p], cares[first_p], cares[first_q]
    with np.errstate(divide="ignore", invalid="ignore"):
        on_both = (cares_p + cares[second_p]) / (cares_q + cares[second_q])
        far_first = np.abs(to_p) * per_second * on_both / per_first
        capped = far_first > np.abs(to_q)
        far_first = np.where(capped, np.abs(to_q), far_first)
        far_second = np.where(capped, far_first * per_first / on_both / per_second, np.abs(to_p))
        gain = cares_p * far_second * per_second - cares_q * far_first * per_first
    moves = np.stack([np.sign(to_q) * far_first, np.sign(to_p) * far_second], axis=-1)
    cells = np.stack([first_q, second_p], axis=-1)
    after = stands[cells] + moves
    fits = (np.abs(moves) > LEAST) & (after >= -LEAST) & (after <= 100 + LEAST) & (headed[cells] * moves >= 0)
    kept = fits.all(axis=-1) & (gain >= LEAST)  # comparisons with NaN are false: such offers are dropped
    return np.where(kept, gain, 0.0), moves
