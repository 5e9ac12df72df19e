"""A scenario's parameters from votes: β, τ, λ and the cut-points, as ratios of an ordered logit's values.

β = b_gain, τ = b_trust / b_gain, λ = b_peers / b_gain, θ_v⁻ = −c1 / b_gain, θ_v⁺ = c2 / b_gain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from simulation.backtest.bootstraps import ENDS
from simulation.backtest.fitting import LIKELY
from simulation.calibrating.likelihood import Restriction, Top, Votes, climb

Floats = NDArray[np.float64]
PRECISION, TRUST, PEERS, BLOC = "precision", "trust_weight", "peer_weight", "bloc_mean"
OPPOSE, YES = "vote_oppose_threshold", "vote_yes_threshold"
SLOPES = (PRECISION, TRUST, PEERS, BLOC)
FIXED = SLOPES[:2]  # slopes where listening is given
WIDEST = 64.0  # how often a step outwards is doubled up to, in units of the first


class Parameter(NamedTuple):
    """A parameter by its name in `[dynamics]`; cut-points have a family of resolutions."""

    name: str
    family: str = ""


class Estimate(NamedTuple):
    """A value with its 95 % profile-likelihood interval (infinite where votes set no end) and its 95 %
    interval from drawing resolutions again (missing where there are too few)."""

    parameter: Parameter
    value: float
    low: float
    high: float
    low_again: float
    high_again: float


def parameters(slopes: Sequence[str], families: Sequence[str]) -> list[Parameter]:
    """What a fit gives, in the order of its values: slopes, lower cut-points, upper cut-points."""
    cuts = [Parameter(name, family) for name in (OPPOSE, YES) for family in families]
    return [*(Parameter(name) for name in slopes), *cuts]


def natural(values: Floats, slopes: int) -> Floats:
    """Parameters from logit values (…, p + 2·groups), in their order."""
    strength = values[..., :1]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = values / strength
    groups = (values.shape[-1] - slopes) // 2
    ratios[..., slopes : slopes + groups] *= -1
    ratios[..., :1] = strength
    return ratios


def estimates(
    votes: Votes, slopes: Sequence[str], families: Sequence[str], seed: int, draws: int = 1000
) -> list[Estimate]:
    """All parameters with both kinds of interval; `draws` = 0 leaves the second out."""
    top = climb(votes)
    found = natural(top.values, len(slopes))
    ends = np.full((2, len(found)), np.nan)
    if draws:
        ends = np.nanpercentile(drawn_again(votes, len(slopes), seed, draws), ENDS, axis=0)
    listed = []
    for place, one in enumerate(parameters(slopes, families)):
        low, high = profile(votes, top, len(slopes), place)
        listed.append(Estimate(one, float(found[place]), low, high, *map(float, ends[:, place])))
    return listed


def restriction(place: int, value: float, slopes: int, size: int) -> Restriction:
    """What holds one parameter at a value and leaves all else free."""
    turn, shift = np.delete(np.eye(size), place, axis=1), np.zeros(size)
    if place == 0:
        shift[0] = value
    else:
        lower = slopes <= place < slopes + (size - slopes) // 2
        turn[place, 0] = -value if lower else value
    return Restriction(turn, shift)


def profile(votes: Votes, top: Top, slopes: int, place: int) -> tuple[float, float]:
    """The 95 % profile-likelihood interval (Venzon and Moolgavkar 1988) of one parameter: where the loss, all
    else fitted again, is 1.92 above its least."""
    centre = float(natural(top.values, slopes)[place])
    first = 0.25 * abs(centre) if place == 0 else 0.02

    def above(value: float) -> float:
        held = restriction(place, value, slopes, len(top.values))
        return climb(votes, held, in_order(held, top.values, place, slopes)).loss - top.loss - LIKELY

    def end(side: float) -> float:
        step = first
        while above(centre + side * step) < 0:
            step *= 2
            if step > WIDEST * first:
                return side * np.inf
        return float(brentq(above, *sorted((centre, centre + side * step)), xtol=1e-4 * max(first, 1.0)))

    return end(-1.0), end(1.0)


def in_order(held: Restriction, values: Floats, place: int, slopes: int) -> Floats:
    """Free values near some values whose cut-points stay in order once one of them is held."""
    near, groups = values.copy(), (len(values) - slopes) // 2
    cut = (held.turn @ np.delete(near, place) + held.shift)[place]
    if slopes <= place < slopes + groups:
        near[place + groups] = max(near[place + groups], cut + 0.5)
    elif place >= slopes + groups:
        near[place - groups] = min(near[place - groups], cut - 0.5)
    return np.delete(near, place)


def drawn_again(votes: Votes, slopes: int, seed: int, draws: int) -> Floats:
    """Parameters (draw, …) with resolutions drawn again."""
    start = climb(votes).values
    return redrawn(
        votes, slopes, seed, draws, lambda weight: climb(votes._replace(weight=weight), start=start).values
    )


def redrawn(votes: Votes, slopes: int, seed: int, draws: int, fitted: Callable[[Floats], Floats]) -> Floats:
    """Parameters (draw, …) with resolutions drawn again, each with all its votes (Efron 1979).

    `fitted` gives logit values for weights of the votes (n,). Cut-points of a family that a draw lacks are
    missing in it.
    """
    rng = np.random.default_rng(seed)
    calls, place = np.unique(votes.call, return_inverse=True)
    known: dict[bytes, Floats] = {}
    found = []
    for count in rng.multinomial(len(calls), np.full(len(calls), 1 / len(calls)), draws):
        key = count.tobytes()
        if key not in known:
            weight = count[place].astype(float)
            known[key] = natural(fitted(weight), slopes)
            there = np.bincount(votes.group, weight, votes.groups) > 0
            known[key][slopes:][~np.r_[there, there]] = np.nan
        found.append(known[key])
    return np.array(found)
