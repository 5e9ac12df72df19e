"""A bargain in which everybody has to agree: gains over the reversion point, and which of them can be had
together."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from simulation.reference_models._base import Floats, Held

LEAST = 1e-9  # gain units; less is no gain
AT_ONCE = 10  # rows added to a linear programme in one go


class Bargain(NamedTuple):
    """Who bargains about what: the rows of delegations and the columns of issues that count, and of these the
    positions, the shares of salience (each delegation's sum to 1) and the reversion points.

    An unknown position lies at the reversion point, with no salience.
    """

    rows: np.ndarray
    columns: np.ndarray
    positions: Floats
    share: Floats
    reversion: Floats

    def gains(self, place: Floats) -> Floats:
        """g_i = Σ_k s_ik (|x_ik − q_k| − |x_ik − y_k|) / 100 (N,) at a place y (K,), in gain units."""
        nearer = np.abs(self.positions - self.reversion) - np.abs(self.positions - place)
        return (self.share * nearer).sum(axis=1) / 100


def bargain(room: Held) -> Bargain:
    """The bargain of a room, about the issues with a reversion point on which somebody is known to care."""
    cares = np.where(np.isnan(room.reversion), 0.0, room.salience)
    columns = np.flatnonzero(cares.sum(axis=0) > 0)
    rows = np.flatnonzero(cares.sum(axis=1) > 0)
    cares = cares[np.ix_(rows, columns)]
    places, back = room.positions[np.ix_(rows, columns)], room.reversion[columns]
    share = cares / cares.sum(axis=1, keepdims=True)
    return Bargain(rows, columns, np.where(cares > 0, places, back), share, back)


class Steps(NamedTuple):
    """The way from the reversion point to the positions in steps between which every gain is linear.

    `issue` and `sign` (step,) tell where a step leads, `width` how long it is in points, and `slope` (N,
    step) what each delegation gains by a point of it.
    """

    issue: np.ndarray
    sign: Floats
    width: Floats
    slope: Floats


def steps(about: Bargain) -> Steps:
    """All steps, up and down from each reversion point.

    As gains are concave, an earlier step is worth at least as much to everybody as a later one in the same
    direction, so a linear programme over the steps never promises more than there is.
    """
    issue, sign, width, slope = [], [], [], []
    for k, back in enumerate(about.reversion.tolist()):
        place, share = about.positions[:, k], about.share[:, k]
        for way in (1.0, -1.0):
            far = way * (place - back)
            ends = np.unique(far[(share > 0) & (far > 0)])
            for begin, end in pairwise([0.0, *ends.tolist()]):
                issue.append(k)
                sign.append(way)
                width.append(end - begin)
                slope.append(np.where(far >= end, share, -share) / 100)
    return Steps(
        np.array(issue, dtype=np.intp),
        np.array(sign),
        np.array(width),
        np.array(slope).reshape(len(width), len(about.rows)).T,
    )


def best(about: Bargain, way: Steps, claims: Floats) -> tuple[Floats, float]:
    """The place (K,) with the highest t for which g_i ≥ t · claims_i for all, and t; claims are not negative.

    Claims of 1 give the highest smallest gain.
    """
    if not len(way.width) or not claims.any():
        return about.reversion.copy(), 0.0
    rows = np.column_stack([way.slope, -claims])
    target = np.append(np.zeros(len(way.width)), 1.0)
    found = _maximise(target, rows, np.zeros(len(claims)), np.append(way.width, 1 / claims.max()))[0]
    return _place(about, way, found[:-1]), float(found[-1])


def highest(
    about: Bargain, way: Steps, weights: Floats, least: Floats, bind: np.ndarray | None = None
) -> tuple[Floats, float, np.ndarray]:
    """The place (K,) with the highest Σ w_i g_i at which everybody gains `least` (N,); that sum; and whose
    gains were looked at on the way, which as `bind` speeds up the next search."""
    if not len(way.width):
        return about.reversion.copy(), 0.0, np.zeros(0, dtype=np.intp)
    target = weights @ way.slope
    found, bind = _maximise(target, way.slope, least, way.width, bind)
    return _place(about, way, found), float(target @ found), bind


def _place(about: Bargain, way: Steps, taken: Floats) -> Floats:
    place = about.reversion.copy()
    np.add.at(place, way.issue, way.sign * taken)
    return place


def _maximise(
    target: Floats, rows: Floats, least: Floats, most: Floats, bind: np.ndarray | None = None
) -> tuple[Floats, np.ndarray]:
    """Maximise target · z with rows · z ≥ least and 0 ≤ z ≤ most, by a linear programme that grows.

    Few of the rows bind in so few issues: those that a solution breaks are added until it breaks none.
    """
    from scipy.optimize import linprog

    bind = np.zeros(0, dtype=np.intp) if bind is None else bind
    while True:
        found = linprog(
            -target, -rows[bind], -least[bind], bounds=np.column_stack([np.zeros(len(most)), most])
        ).x
        missing = least - rows @ found
        missing[bind] = 0.0
        broken = np.flatnonzero(missing > LEAST / 100)
        if not len(broken):
            return found, bind
        bind = np.append(bind, broken[np.argsort(-missing[broken], kind="stable")[:AT_ONCE]])
