"""What is open in a text, whatever stands: its single changes, the issues they touch, and whose red lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.preferences import RedLines
from simulation.wording import Wording

Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class OpenPoints:
    """Single changes put another option in the place of the one that stands: `article` and `alternative`
    (single,), the latter counting the other options from 0.

    `touches` (single, issue). A change can break or mend red lines on the issues it touches: `single` and
    `line` (pair,) list which ones, `group` the place of their owner among those whom the change concerns,
    (concern,): `of_single` and `of_owner`. `counted` (pair, 2·concern) adds pairs up by concern, lines that
    forbid first; `gathered` (concern, single) adds concerns up by single.
    """

    article: Numbers
    alternative: Numbers
    touches: NDArray[np.bool_]
    single: Numbers
    line: Numbers
    of_single: Numbers
    of_owner: Numbers
    counted: NDArray[np.floating]
    gathered: NDArray[np.floating]


def open_points(wording: Wording, lines: RedLines) -> OpenPoints:
    """What is open in a wording before delegations with red lines."""
    article, alternative = wording.alternatives
    touches, owners = wording.moves[article], len(lines.owners)
    single, line = np.nonzero(touches[:, lines.issue])
    holder = lines.held[line].argmax(axis=1) if len(line) else np.zeros(0, dtype=np.intp)
    concern, place = np.unique(single * max(owners, 1) + holder % max(owners, 1), return_inverse=True)
    counted = np.zeros((len(line), 2 * len(concern)), dtype=lines.held.dtype)
    counted[np.arange(len(line)), place + np.where(holder < owners, 0, len(concern))] = 1
    of_single, of_owner = concern // max(owners, 1), concern % max(owners, 1)
    gathered = np.zeros((len(concern), len(article)), dtype=lines.held.dtype)
    gathered[np.arange(len(concern)), of_single] = 1
    return OpenPoints(article, alternative, touches, single, line, of_single, of_owner, counted, gathered)
