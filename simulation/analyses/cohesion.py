"""Do declared blocs hold together, and do they match the coalitions that are found?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Cohesion(NamedTuple):
    """Cohesion of blocs (..., B, M): NaN for a bloc without members, Rice also where nobody takes sides."""

    rice: NDArray[np.float32]
    agreement: NDArray[np.float32]


class BlocFit(NamedTuple):
    """How a bloc matches the found coalition most like it, (..., B) each; NaN and −1 for an empty bloc."""

    jaccard: NDArray[np.float32]
    share: NDArray[np.float32]
    coalition: NDArray[np.int16]


def cohesion(stances: ArrayLike, members: ArrayLike) -> Cohesion:
    """Rice index and agreement index of each bloc on each text.

    `stances` (..., N, M) are −1, 0, 1 (or no, abstain, yes); `members` (B, N) is true for a bloc's members.
    With Y endorsing, A studying and N opposing:
    - Rice index |Y − N| / (Y + N): 1 all on one side, 0 evenly split; those who study are left out.
    - agreement index (max(Y, N, A) − ½(Y + N + A − max(Y, N, A))) / (Y + N + A): 1 all the same, 0 three
      equal parts.

    Rice, S. A. (1928), Quantitative Methods in Politics, Knopf.
    Hix, S., Noury, A. and Roland, G. (2005), Power to the parties: cohesion and competition in the European
    Parliament, 1979–2001, British Journal of Political Science 35, 209–234.
    """
    stances = np.asarray(stances)
    members = np.asarray(members, dtype=np.float32)
    yes, studying, no = (members @ (stances == side).astype(np.float32) for side in (1, 0, -1))
    taking_sides, everyone = yes + no, yes + no + studying
    most = np.maximum(np.maximum(yes, no), studying)
    with np.errstate(invalid="ignore", divide="ignore"):
        rice = np.abs(yes - no) / taking_sides
        agreement = (most - (everyone - most) / 2) / everyone
    return Cohesion(rice, agreement)


def bloc_fit(labels: ArrayLike, members: ArrayLike) -> BlocFit:
    """Which found coalition is most like each declared bloc, and how like.

    `labels` (..., N) are coalitions from 0 up, `members` (B, N) is true for a bloc's members. Best is the
    coalition of highest Jaccard index (members in both / members in either; the lower number on a tie);
    `share` is the share of the bloc that sits in it.
    """
    labels = np.asarray(labels)
    members = np.asarray(members, dtype=np.float32)
    coalitions = int(labels.max(initial=0)) + 1
    inside = (labels[..., :, None] == np.arange(coalitions)).astype(np.float32)
    both = members @ inside
    size = members.sum(axis=1)
    either = size[:, None] + inside.sum(axis=-2)[..., None, :] - both
    jaccard = both / np.maximum(either, 1)
    best = jaccard.argmax(axis=-1)
    empty = np.broadcast_to(size == 0, best.shape)
    best_both = np.take_along_axis(both, best[..., None], axis=-1)[..., 0]
    best_jaccard = np.take_along_axis(jaccard, best[..., None], axis=-1)[..., 0]
    return BlocFit(
        np.where(empty, np.nan, best_jaccard).astype(np.float32),
        np.where(empty, np.nan, best_both / np.maximum(size, 1)).astype(np.float32),
        np.where(empty, -1, best).astype(np.int16),
    )
