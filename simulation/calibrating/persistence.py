"""Commitment beside lasting taste: two votes on one family of texts cannot tell them apart.

A state may vote as it did before because going back costs (κ of E5) or because what moved it, unseen, stays
(ϱ of E6). For any ϱ that is assumed there is a κ that fits about as well (Heckman 1981).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import log_expit, ndtr, ndtri_exp

from agents.response import cut_points
from simulation.backtest.fitting import LIKELY
from simulation.calibrating.likelihood import Votes, climb
from simulation.threads import one_thread

Floats = NDArray[np.float64]
ASSUMED = (0.0, 0.5, 0.8)
NODES, SHARES = np.polynomial.hermite_e.hermegauss(21)
SHARES = SHARES / SHARES.sum()
SMALLEST = 1e-12
MOST = 0.6  # gain; no cost of going back is sought above
SEEK = {"maxiter": 500, "ftol": 1e-11, "gtol": 1e-6}


class Persistence(NamedTuple):
    """For an assumed `persistence` ϱ: precision β, trust weight τ, commitment κ with its 95 % profile
    interval, and the log likelihood."""

    persistence: float
    precision: float
    trust_weight: float
    commitment: float
    low: float
    high: float
    log_likelihood: float


class Pairs(NamedTuple):
    """Two votes of each state on one family: parts (pair, 2, p), votes (pair, 2), −1 for none, and the roll
    calls (pair, 2)."""

    parts: Floats
    votes: NDArray[np.intp]
    call: NDArray[np.intp]


def pairs(votes: Votes) -> Pairs:
    """The votes of each state on the two resolutions of a family, the earlier one first."""
    calls = np.unique(votes.call)
    family = {call: int(votes.group[votes.call == call][0]) for call in calls.tolist()}
    found: dict[tuple[int, int], list[int]] = {}
    for row, (who, group) in enumerate(zip(votes.state.tolist(), votes.group.tolist(), strict=True)):
        found.setdefault((group, who), []).append(row)
    of_family = {one: [call for call in calls.tolist() if family[call] == one] for one in family.values()}
    width = votes.parts.shape[1]
    parts, cast = np.zeros((len(found), 2, width)), np.full((len(found), 2), -1)
    call = np.zeros_like(cast)
    for pair, ((group, _), rows) in enumerate(found.items()):
        call[pair] = of_family[group][:2]
        for row in rows:
            place = of_family[group].index(int(votes.call[row]))
            parts[pair, place], cast[pair, place] = votes.parts[row], votes.votes[row]
    return Pairs(parts, cast, np.unique(call, return_inverse=True)[1].reshape(call.shape))


@one_thread()
def persistence(votes: Votes) -> list[Persistence]:
    """β, τ and κ for each assumed ϱ; every resolution has cut-points of its own."""
    two = pairs(votes)
    by_call = climb(votes._replace(group=np.unique(votes.call, return_inverse=True)[1])).values
    width, count = two.parts.shape[2], int(two.call.max()) + 1
    strength, cuts = by_call[:width], by_call[width:].reshape(2, count)
    scale = max(strength[0], 1.0)
    first = np.r_[np.log(scale), strength[1:] / scale, cuts[0], np.log(cuts[1] - cuts[0])]
    return [_for(two, first, assumed) for assumed in ASSUMED]


def _for(two: Pairs, first: Floats, assumed: float) -> Persistence:
    """The best values for one ϱ, and how far κ may lie from its best with all else fitted again."""
    best, least = _best(two, np.r_[first, 0.02], assumed)

    def above(commitment: float) -> float:
        return _best(two, best, assumed, commitment)[1] - least - LIKELY

    centre = float(best[-1])
    low = 0.0 if centre < SMALLEST or above(0.0) <= 0 else float(brentq(above, 0.0, centre, xtol=1e-3))
    top = centre + 0.05
    while above(top) < 0 and top < MOST:
        top += 0.05
    high = float(brentq(above, centre, top, xtol=1e-3)) if above(top) > 0 else np.inf
    return Persistence(assumed, float(np.exp(best[0])), float(best[1]), centre, low, high, -least)


def _best(two: Pairs, near: Floats, assumed: float, commitment: float | None = None) -> tuple[Floats, float]:
    """The most likely values and the loss there, for a given κ or for any."""
    begin, count = near.copy(), int(two.call.max()) + 1
    if commitment is not None:
        begin[-1] = commitment
    gaps = begin[-count - 1 : -1]  # wide enough that an abstention stays possible for those who said no
    np.maximum(gaps, np.log(begin[-1] * np.exp(begin[0]) + 0.3), out=gaps)
    bounds = [(None, None)] * (len(begin) - 1)
    held = (0.0, MOST) if commitment is None else (commitment, commitment)
    done = minimize(_loss, begin, (two, assumed), "L-BFGS-B", True, bounds=[*bounds, held], options=SEEK)
    return done.x, float(done.fun)


def _loss(values: Floats, two: Pairs, assumed: float) -> tuple[float, Floats]:
    """Negative log likelihood and its gradient; values are log β, the other weights, lower cut-points and the
    logarithms of gaps by roll call, in logits, and κ in gain units."""
    width, count = two.parts.shape[2], int(two.call.max()) + 1
    strength, gaps = np.exp(values[0]), np.exp(values[width + count : -1])
    weights = np.r_[1.0, values[1:width]]
    lower = values[width : width + count]
    inside = two.parts @ weights
    known, back = two.votes >= 0, float(values[-1] * strength)
    stance = np.zeros(known.shape)
    stance[:, 1] = np.where(known[:, 0], two.votes[:, 0] - 1, 0)
    low, high = cut_points(stance, (lower + gaps)[two.call], -lower[two.call], back)
    chance, by_low, by_high = _given(
        two.votes, strength * inside, np.asarray(low, dtype=float), np.asarray(high, dtype=float), assumed
    )
    told = np.maximum(chance[:, 0] * chance[:, 1] @ SHARES, SMALLEST)
    others = chance[:, ::-1] * (SHARES / told[:, None])[:, None, :]
    at_low, at_high = (others * by_low).sum(axis=2), (others * by_high).sum(axis=2)
    both = at_low + at_high
    gradient = np.zeros_like(values)
    gradient[0] = (both * strength * inside).sum()
    held_back = (at_low * (stance < 0) - at_high * (stance > 0)).sum()
    gradient[0] -= back * held_back
    gradient[-1] = -strength * held_back
    gradient[1:width] = strength * (both[:, :, None] * two.parts)[:, :, 1:].sum(axis=(0, 1))
    gradient[width : width + count] = -np.bincount(two.call.ravel(), both.ravel(), count)
    gradient[width + count : -1] = -np.bincount(two.call.ravel(), at_high.ravel(), count) * gaps
    return float(-np.log(told).sum()), gradient


def _given(
    votes: NDArray[np.intp], appeal: Floats, low: Floats, high: Floats, assumed: float
) -> tuple[Floats, Floats, Floats]:
    """The chance of each vote (pair, 2, node) given a lasting taste at each node, and its slopes by the lower
    and the upper cut-point; 1 and 0 where there is no vote."""
    keeps, varies = np.sqrt(assumed), np.sqrt(1 - assumed)

    def below(cut: Floats) -> tuple[Floats, Floats]:
        normal = ndtri_exp(log_expit(cut - appeal))
        reached = (normal[:, :, None] - keeps * NODES) / varies
        steep = np.exp(log_expit(cut - appeal) + log_expit(appeal - cut) + normal**2 / 2)
        return ndtr(reached), np.exp(-(reached**2) / 2) * (steep / varies)[:, :, None]

    (no, by_low), (up_to, by_high) = below(low), below(high)
    vote, flat = votes[:, :, None], np.zeros_like(no)
    middle = np.maximum(up_to - no, 0.0)
    chance = np.select([vote == 0, vote == 1, vote == 2], [no, middle, 1 - up_to], 1.0)
    return (
        chance,
        np.select([vote == 0, vote == 1], [by_low, -by_low], flat),
        np.select([vote == 1, vote == 2], [by_high, -by_high], flat),
    )
