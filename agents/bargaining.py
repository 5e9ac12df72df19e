"""What does a delegation offer and accept? Aspirations that decline, and chances that a wording carries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def aspiration(progress: float, concession: float) -> float:
    """The share of its initial gain that a sponsor still insists on, 1 at the start and 0 at the end.

    α(t) = 1 − (t/T)^(1/e): e < 1 holds out until late (Boulware), 1 gives way steadily, e > 1 concedes early.
    Source: Faratin, Sierra & Jennings (1998), Negotiation decision functions for autonomous agents.

    >>> aspiration(0.5, 1.0), aspiration(0.5, 0.5)
    (0.5, 0.75)
    """
    return 1 - progress ** (1 / concession)


def least_acceptable(initial: Floats, share: float) -> Floats:
    """The gain below which a sponsor will not go: α·V of its initial gain V, or V itself if it was a loss."""
    return np.minimum(initial, share * initial)


def chance(lead: Floats, precision: float, strictly: bool = False) -> Floats:
    """The chance that a delegation which is `lead` beyond a cut-point crosses it: σ(β·lead).

    For β = ∞ a step, up from 0 on or, `strictly`, from above 0. Overwrites `lead`.

    P(+) = σ(β(A − c2)) and P(−) = σ(β(c1 − A)), an ordered logit.
    """
    if np.isinf(precision):
        return (lead > 0 if strictly else lead >= 0).astype(lead.dtype)
    return logistic_chance(lead, precision)


def logistic_chance(lead: Floats, precision: float) -> Floats:
    """σ(β·lead), by way of the hyperbolic tangent; overwrites `lead`.

    >>> logistic_chance(np.array([0.0, np.log(3)]), 1.0).round(6).tolist()
    [0.5, 0.75]
    """
    lead *= lead.dtype.type(precision / 2)
    np.tanh(lead, out=lead)
    lead += 1
    lead *= 0.5
    return lead


def slope(chance: Floats, precision: float) -> Floats:
    """How fast a chance grows with the appeal: β·P(1 − P)."""
    steep = 1 - chance
    steep *= chance
    steep *= precision
    return steep


def need(appeal: Floats, upper: Floats, follows_itself: Floats, precision: float) -> Floats:
    """What a delegation would have to be offered to endorse with a margin of 1/β, in gain units.

    max(0, c2 + 1/β − A_i) / D_ii; infinite where a delegation hardly follows its own appeal (D_ii < 0.05):
    there nothing can be bought.
    """
    margin = 0.0 if np.isinf(precision) else 1 / precision
    short = np.maximum(0, upper + appeal.dtype.type(margin) - appeal)
    enough = np.maximum(follows_itself, 0.05)
    return np.where(follows_itself >= 0.05, short / enough, np.inf).astype(appeal.dtype)


def spend(worth: Floats, costs: Floats, funds: Floats) -> NDArray[np.bool_]:
    """Whom to make an offer with limited funds: greedily by worth for the money, until the funds are spent.

    `worth` and `costs` (country, replicate), `funds` (replicate,); nobody is bought for whom worth or cost is
    not positive and finite. One who is too dear for what is left ends the list. Without discipline this is
    optimal up to the last offer (a knapsack filled by its densest items: Dantzig 1957).
    """
    possible = (worth > 0) & (costs > 0) & np.isfinite(costs)
    density = np.where(possible, worth / np.where(possible, costs, 1), -np.inf)
    order = np.argsort(-density, axis=0, kind="stable")
    bill = np.cumsum(np.take_along_axis(np.where(possible, costs, np.inf), order, axis=0), axis=0)
    chosen = np.zeros(worth.shape, dtype=bool)
    np.put_along_axis(chosen, order, bill <= funds, axis=0)
    return chosen
