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
    """Red lines: `row`, `issue`, `lowest` and `highest` place (line,).

    `owners` are the rows that have lines. `layers` sort the lines so that no owner comes twice in a layer:
    pairs of places among the owners and numbers of lines.
    """

    row: NDArray[np.intp]
    issue: NDArray[np.intp]
    lowest: Floats
    highest: Floats
    owners: NDArray[np.intp]
    layers: tuple[tuple[NDArray[np.intp], NDArray[np.intp]], ...]


def red_lines(
    rows: Sequence[int],
    issues: Sequence[int],
    lowest: Sequence[float],
    highest: Sequence[float],
    dtype: type[np.floating],
) -> RedLines:
    """Red lines as arrays, one entry a line."""
    row = np.array(rows, dtype=np.intp)
    owners, owner = np.unique(row, return_inverse=True)
    turn = np.array([int((owner[:line] == owner[line]).sum()) for line in range(len(row))], dtype=np.intp)
    layers = tuple((owner[turn == number], np.flatnonzero(turn == number)) for number in np.unique(turn))
    return RedLines(
        row,
        np.array(issues, dtype=np.intp),
        np.array(lowest, dtype=dtype),
        np.array(highest, dtype=dtype),
        owners,
        layers,
    )


def crossed_lines(places: Floats, silent: Flags, lines: RedLines) -> Flags:
    """Which of those who have red lines see one broken by which text (owner, text, replicate).

    `places` and `silent` (text, issue, replicate): a silent issue breaks no line.
    """
    place = places.swapaxes(0, 1)[lines.issue]
    outside = (place < lines.lowest[:, None, None]) | (place > lines.highest[:, None, None])
    outside &= ~silent.swapaxes(0, 1)[lines.issue]
    crossed = np.zeros((len(lines.owners), *outside.shape[1:]), dtype=bool)
    for owner, line in lines.layers:
        crossed[owner] |= outside[line]
    return crossed


def broken_red_lines(places: Floats, silent: Flags, lines: RedLines, countries: int) -> Flags:
    """Which delegations see one of their red lines broken by which text (country, text, replicate)."""
    broken = np.zeros((countries, places.shape[0], places.shape[2]), dtype=bool)
    broken[lines.owners] = crossed_lines(places, silent, lines)
    return broken
