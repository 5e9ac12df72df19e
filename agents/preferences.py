"""What does a text mean to a delegation? Gain over the reversion point, legal force, red lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


def loss(positions: Floats, places: Floats, exponent: int) -> Floats:
    """Distance of a place from a position as a loss: |x − p|^ρ, in points of the scale to the power ρ.

    >>> loss(np.array([70.0, 10.0]), np.array([20.0, 20.0]), 1).tolist()
    [50.0, 10.0]
    """
    distance = np.subtract(positions, places)
    np.abs(distance, out=distance)
    if exponent == 2:
        np.multiply(distance, distance, out=distance)
    return distance


def approach(positions: Floats, before: Floats, after: Floats, exponent: int) -> Floats:
    """How much nearer a place comes to positions as it moves, |x − p|^ρ − |x − p'|^ρ, as two factors: the
    first overwrites `positions`, the second, of the shape of `before` and `after`, is returned.

    ρ = 1: 2·sign(p' − p)·(y − (p + p')/2), where y is the point nearest to x between p and p'. ρ = 2:
    2·(p' − p)·(x − (p + p')/2). One place is never nearer than itself.

    >>> positions = np.array([70.0, 10.0, 25.0])
    >>> float(approach(positions, np.array(20.0), np.array(30.0), 1)) * positions
    array([ 10., -10.,   0.])
    """
    step = after - before
    if exponent == 1:
        step = np.sign(step)
        np.minimum(positions, np.maximum(before, after), out=positions)
        np.maximum(positions, np.minimum(before, after), out=positions)
    positions -= (before + after) / 2
    return 2 * step


def unit(exponent: int) -> float:
    """The loss from one end of the scale to the other, 100^ρ: gains are shares of it."""
    return 100.0**exponent


def normalise_salience(salience: Floats) -> Floats:
    """Salience as coded (0–100) to shares that sum to 1 over the issues (axis 1).

    Issues are added one after the other, so the bits do not depend on how many replicates stand beside.
    A delegation that cares about nothing keeps zeros: it never gains and never loses.
    """
    total = np.zeros_like(salience[:, 0])
    for issue in range(salience.shape[1]):
        total += salience[:, issue]
    total[total == 0] = 1
    return salience / total[:, None]


def legal_force(binding: Floats, base: float, slope: float) -> Floats:
    """How heavily content weighs in a text whose place on the force issue is `binding` (0–100).

    F = f0 + f1·p/100 (1 for a text without a force issue): a treaty makes the same content weigh more,
    for better and for worse.
    """
    return base + slope * binding / 100


def advantage(positions: Floats, losses_at_reversion: Floats, places: Floats, exponent: int) -> Floats:
    """How much nearer than the reversion point a text lies, by issue; the arrays broadcast.

    h_ik = |x_ik − q_k|^ρ − |x_ik − p_k|^ρ, in points of the scale to the power ρ. `places` holds the
    reversion point where the text is silent, so that silence adds exactly 0.
    """
    nearer = loss(positions, places, exponent)
    return np.subtract(losses_at_reversion, nearer, out=nearer)


class RedLines(NamedTuple):
    """Red lines: `issue`, `lowest` and `highest` place (line,). `owners` are the rows that have lines;
    `held` (line, 2·owner) tells whose line it is, first those that forbid and then those that require."""

    issue: NDArray[np.intp]
    lowest: Floats
    highest: Floats
    owners: NDArray[np.intp]
    held: Floats


def red_lines(
    rows: Sequence[int],
    issues: Sequence[int],
    lowest: Sequence[float],
    highest: Sequence[float],
    forbids: Sequence[bool],
    dtype: type[np.floating],
) -> RedLines:
    """Red lines as arrays, one entry a line; `forbids` tells the kind."""
    owners, owner = np.unique(np.array(rows, dtype=np.intp), return_inverse=True)
    held = np.zeros((len(rows), 2 * len(owners)), dtype=dtype)
    held[np.arange(len(rows)), np.where(forbids, owner, owner + len(owners))] = 1
    return RedLines(
        np.array(issues, dtype=np.intp),
        np.array(lowest, dtype=dtype),
        np.array(highest, dtype=dtype),
        owners,
        held,
    )


def outside(places: Floats, silent: Flags, lines: RedLines) -> Flags:
    """Whether each red line is broken (…, line) by wordings at some places; `places` and `silent` (…, issue).

    A silent issue breaks no line.
    """
    # NumPy compares long rows faster than short ones: lines come first until the end
    lowest, highest = (of.reshape(-1, *[1] * (places.ndim - 1)) for of in (lines.lowest, lines.highest))
    place = np.moveaxis(places, -1, 0).take(lines.issue, axis=0)
    broken: Flags = place < lowest
    broken |= place > highest
    if silent.any():
        broken &= ~np.moveaxis(silent, -1, 0).take(lines.issue, axis=0)
    return np.moveaxis(broken, 0, -1)


def whose(broken: Flags, lines: RedLines) -> tuple[Flags, Flags]:
    """Of whom broken lines (…, line) forbid, and of whom they miss a requirement, both (…, owner)."""
    held = broken.astype(lines.held.dtype) @ lines.held > 0
    return held[..., : len(lines.owners)], held[..., len(lines.owners) :]
