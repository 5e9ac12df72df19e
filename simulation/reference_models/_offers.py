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
    """One entry an offer: `first` demands issue `p` of `second` and moves on issue `q` for it.

    `first_cell` and `second_cell` number the cells (delegation, issue) that move; `wanted_p` and `wanted_q`
    are the positions demanded on the two issues, those of `first` and of `second` at the start of the round.
    """

    first: Numbers
    second: Numbers
    p: Numbers
    q: Numbers
    first_cell: Numbers
    second_cell: Numbers
    wanted_p: Floats
    wanted_q: Floats

    def rows(self, some: Numbers) -> Offers:
        """Some of the offers."""
        return Offers._make(column[some] for column in self)


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
    return Offers(
        first, second, p_, q_, first * issues + q_, second * issues + p_, place[first, p_], place[second, q_]
    )


def terms(offers: Offers, room: Held, stands: Floats, headed: Floats) -> tuple[Floats, Floats]:
    """What offers are worth to either side (offer,), 0 where they are dropped, and both moves (offer, 2).

    With W_k = Σ c s on an issue, and so a move m shifting the outcome by m c s / W:

    1. `second` goes all the way on p; `first` goes so far on q that both gain the same:
       δ_q = δ_p (s_ip + s_jp) / (s_iq + s_jq).
    2. If that is farther than `second` stands, `first` goes all the way and `second` less far.
    3. The gain is s_ip δ_p − s_iq δ_q = s_jq δ_q − s_jp δ_p, equal by construction.

    `stands` are positions now, `headed` (N, K) the direction in which a delegation has moved, 0 for not yet.
    """
    first, second, p, q, *_ = offers
    total, cares = room.weight.sum(axis=0), room.salience / 100
    on_p, on_q = cares[first, p] + cares[second, p], cares[first, q] + cares[second, q]
    to_q, to_p = offers.wanted_q - stands[first, q], offers.wanted_p - stands[second, p]
    with np.errstate(divide="ignore", invalid="ignore"):
        per_first, per_second = room.weight[first, q] / total[q], room.weight[second, p] / total[p]
        on_both = on_p / on_q
        far_first = np.abs(to_p) * per_second * on_both / per_first
        capped = far_first > np.abs(to_q)
        far_first = np.where(capped, np.abs(to_q), far_first)
        far_second = np.where(capped, far_first * per_first / on_both / per_second, np.abs(to_p))
        gain = cares[first, p] * far_second * per_second - cares[first, q] * far_first * per_first
    moves = np.stack([np.sign(to_q) * far_first, np.sign(to_p) * far_second], axis=-1)
    before = np.stack([stands[first, q], stands[second, p]], axis=-1)
    heading = np.stack([headed[first, q], headed[second, p]], axis=-1)
    after = before + moves
    fits = (np.abs(moves) > LEAST) & (after >= -LEAST) & (after <= 100 + LEAST) & (heading * moves >= 0)
    kept = fits.all(axis=-1) & (gain >= LEAST)  # comparisons with NaN are false: such offers are dropped
    return np.where(kept, gain, 0.0), moves
