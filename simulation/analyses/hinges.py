"""On whom do coalitions turn? Members between coalitions, and moves that change what a coalition can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.opening import open_room
from simulation.rules._carrying import carries

if TYPE_CHECKING:
    from scenarios.schema import Scenario

Flags = NDArray[np.bool_]
Labels = NDArray[np.integer]
Decide = Callable[[NDArray[np.int8]], Flags]
"""Ballots (country, text, case) in, whether the text carries (text, case) out."""
CASES = 4096  # ballots that are counted at once


class Abilities(NamedTuple):
    """What camps can do (C,) each: which are the `largest` (several if they are equal), which `carries` a
    text that everybody else opposes, and which `blocks` a text that everybody else supports."""

    largest: Flags
    carries: Flags
    blocks: Flags


def chamber_rule(scenario: Scenario) -> Decide:
    """The rule by which a scenario's chamber decides, as a function of ballots."""
    room = open_room(scenario)
    return partial(carries, room, room.scenario.rule)


def participation(together: ArrayLike, labels: ArrayLike) -> NDArray[np.float64]:
    """How evenly each delegation's company is spread over the coalitions (N,), 0 to below 1.

    P_i = 1 − Σ_s (k_is / k_i)² with k_is = Σ of the co-membership of i with the others in coalition s and
    k_i = Σ_s k_is, from `together` (N, N) and `labels` (N,). 0 is a delegation that only ever stands with
    one coalition, one half a delegation whose company is halved between two.

    Guimerà, R. and Amaral, L. A. N. (2005), Functional cartography of complex metabolic networks, Nature 433,
    895–900, with co-membership over replicates as the network.
    """
    company = _company(together, labels)
    total = company.sum(axis=1, keepdims=True)
    share = np.divide(company, total, out=np.zeros_like(company), where=total > 0)
    return np.where(total[:, 0] > 0, 1 - (share**2).sum(axis=1), 0.0)


def mean_company(together: ArrayLike, labels: ArrayLike) -> NDArray[np.float64]:
    """How often each delegation stands with the members of each coalition, itself left out (N, C), 0 to 1."""
    where = np.asarray(labels)
    inside = where[:, None] == np.arange(int(where.max(initial=-1)) + 1)
    others = inside.sum(axis=0) - inside
    company = _company(together, labels)
    return np.divide(company, others, out=np.zeros_like(company), where=others > 0)


def _company(together: ArrayLike, labels: ArrayLike) -> NDArray[np.float64]:
    where, share = np.asarray(labels), np.array(together, dtype=np.float64)
    np.fill_diagonal(share, 0.0)
    return share @ (where[:, None] == np.arange(int(where.max(initial=-1)) + 1))


def nearest_other(together: ArrayLike, labels: ArrayLike) -> NDArray[np.int64]:
    """The coalition of two or more other than its own with whose members each delegation stands most often
    (N,), the lower number on a tie; −1 where there is none, and for who never stands with anybody, as
    observers do not."""
    where = np.asarray(labels)
    company = mean_company(together, where)
    large = np.bincount(where, minlength=company.shape[1]) >= 2
    open_to = large[None, :] & (company > 0).any(axis=1, keepdims=True)
    open_to[np.arange(len(where)), where] = False
    company = np.where(open_to, company, -1.0)
    return np.where(open_to.any(axis=1), company.argmax(axis=1), -1)


def abilities(decide: Decide, camps: ArrayLike) -> Abilities:
    """What each camp can do, if its members vote as one and everybody else the other way.

    `camps` (C, N) is true for members.
    """
    inside = np.asarray(camps, dtype=bool)
    sizes = inside.sum(axis=1)
    carrying, blocking = (
        np.concatenate([np.zeros(0, dtype=bool), *(decide(one)[0] for one in _ballots(inside, side))])
        for side in (1, -1)
    )
    return Abilities((sizes == sizes.max(initial=0)) & (sizes > 0), carrying, ~blocking)


def _ballots(inside: Flags, side: int) -> Iterator[NDArray[np.int8]]:
    """Ballots (country, 1, case) in blocks of cases: members vote one way, everybody else the other."""
    for start in range(0, len(inside), CASES):
        block = np.where(inside[start : start + CASES].T, side, -side)
        yield block[:, None].astype(np.int8)


def moves_to_lose(
    decide: Decide, labels: ArrayLike, target: ArrayLike, order: ArrayLike, camp: int
) -> tuple[int | None, int | None, int | None]:
    """How many members of a camp have to move until it is no longer largest, carries or blocks.

    Its members leave one after the other in `order` (a list of delegations), each to its own `target` (N,);
    who has none (−1) stays. None stands for an ability that the camp does not have, or keeps to its last
    member.
    """
    where, goal = np.array(labels), np.asarray(target)
    leaving = [one for one in np.asarray(order).tolist() if where[one] == camp and goal[one] >= 0]
    steps = [where.copy()]
    for one in leaving:
        where[one] = goal[one]
        steps.append(where.copy())
    trail = np.array([step for step in steps if (step == camp).any()])
    sizes = (trail[:, :, None] == np.arange(int(trail.max(initial=0)) + 1)).sum(axis=1)
    alone = abilities(decide, trail == camp)
    kept = (sizes[:, camp] == sizes.max(axis=1), alone.carries, alone.blocks)
    return _first_loss(kept[0]), _first_loss(kept[1]), _first_loss(kept[2])


def _first_loss(kept: Flags) -> int | None:
    return None if not kept[0] or kept.all() else int(np.argmin(kept))


def tips(decide: Decide, labels: ArrayLike, together: ArrayLike) -> Flags:
    """In which replicates one delegation's move would change what coalitions can do (R, N).

    `labels` (R, N) are coalitions in each replicate. The delegation goes to the other coalition of two or
    more with whose members it stands most often. It tips if afterwards other coalitions are the largest, or
    if the one it left or the one it joined carries or blocks where it did not, or no longer does.
    """
    rows = np.asarray(labels)
    moves = np.array([nearest_other(together, row) for row in rows])
    changed = np.zeros(rows.shape, dtype=bool)
    for replicate, (row, goal) in enumerate(zip(rows, moves, strict=True)):
        movers = np.flatnonzero(goal >= 0)
        if movers.size:
            changed[replicate, movers] = _tips(decide, row, movers, goal[movers])
    return changed


def _tips(decide: Decide, row: Labels, movers: Labels, goal: Labels) -> Flags:
    kinds = np.arange(int(row.max()) + 1)
    camps = row == kinds[:, None]
    each = np.arange(len(movers))
    left, joined = camps[row[movers]], camps[goal]
    left[each, movers], joined[each, movers] = False, True
    before, after = abilities(decide, camps), abilities(decide, np.concatenate([left, joined]))
    own, other = row[movers], goal
    changed = np.zeros(len(movers), dtype=bool)
    for able, now in ((before.carries, after.carries), (before.blocks, after.blocks)):
        changed |= (able[own] != now[: len(movers)]) | (able[other] != now[len(movers) :])
    sizes = np.tile(camps.sum(axis=1), (len(movers), 1))
    sizes[each, own] -= 1
    sizes[each, other] += 1
    largest = sizes == sizes.max(axis=1, keepdims=True)
    return changed | (largest != before.largest).any(axis=1)
