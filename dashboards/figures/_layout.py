"""Where delegations lie in the coalition network, and whose names fit there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEPS = 80  # of pushing dots apart
CROWDED = 1.2  # how much of the picture the dots may claim
LABELLED = 16


def layout(likeness: NDArray[np.float64], weight: NDArray[np.floating]) -> NDArray[np.float64]:
    """Places (country, 2) from −1 to 1 that put like beside like.

    1. Classical scaling (Torgerson 1952, Multidimensional scaling: I. Theory and method, Psychometrika 17):
       the two directions along which likeness differs most.
    2. Dots that would cover each other are pushed apart step by step, heavier ones taking more room.
    """
    size = len(likeness)
    square = np.where(np.eye(size, dtype=bool), 1.0, likeness)
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    values, vectors = np.linalg.eigh(centred)
    if size < 3:
        return np.column_stack([np.linspace(-1, 1, size), np.zeros(size)])
    places = vectors[:, -2:][:, ::-1] * np.sqrt(np.maximum(values[-2:][::-1], 0))
    # A direction has no sign of its own: the delegation farthest out is put on its positive side.
    places *= np.sign(places[np.abs(places).argmax(axis=0), [0, 1]])
    places /= np.maximum(np.abs(places).max(axis=0), 1e-9)
    room = np.sqrt(CROWDED / size) * (0.6 + 0.4 * np.sqrt(weight / max(weight.max(), 1)))
    reach = (room[:, None] + room[None]) / 2
    spiral = np.arange(size)
    places = places + 1e-3 * np.column_stack([np.cos(spiral), np.sin(spiral)])
    for _ in range(STEPS):
        apart = places[:, None] - places[None]
        distance = np.sqrt((apart**2).sum(axis=2)) + np.eye(size)
        push = np.maximum(reach - distance, 0) / distance
        np.fill_diagonal(push, 0)
        places = places + 0.35 * (push[:, :, None] * apart).sum(axis=1)
    places -= (places.max(axis=0) + places.min(axis=0)) / 2
    return places / np.maximum(np.abs(places).max(axis=0), 1e-9)


def named(places: NDArray[np.float64], weight: NDArray[np.float64]) -> list[int]:
    """The weightiest delegations whose names do not cover each other."""
    taken: list[int] = []
    for row in np.argsort(-weight, kind="stable").tolist():
        apart = [np.abs(places[row] - places[other]) for other in taken]
        if all(gap[0] > 0.14 or gap[1] > 0.07 for gap in apart):
            taken.append(row)
        if len(taken) == LABELLED:
            break
    return taken
