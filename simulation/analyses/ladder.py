"""The language of support: where an appeal stands on the ladder of words that diplomats use."""

from __future__ import annotations

from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenarios.schema import Rung

RUNGS: tuple[str, ...] = get_args(Rung)


def rung(
    appeal: ArrayLike,
    stance: ArrayLike,
    endorse_cut: ArrayLike,
    lean_band: float,
    sponsors: ArrayLike = False,
) -> NDArray[np.int8]:
    """Place of each delegation on the ladder `RUNGS`, 0 (opposes in public) to 8 (co-sponsors).

    `appeal` and `endorse_cut` are in gain units, `stance` is −1, 0 or 1, `sponsors` is true for delegations
    that have tabled the text; all broadcast against each other. `lean_band` ≥ 0 is the half-width within
    which a delegation is undecided. The rule, our own:

    - opposing: *opposes in public*, whatever the appeal;
    - studying, by the appeal: below −lean_band *unfavourable, silent*; below 0 *takes note*; below lean_band
      *will carefully study*; below the middle between lean_band and the endorse cut-point *attaches
      importance*; above it *constructive*;
    - endorsing: less than lean_band above the cut-point *welcomes*, from there on *supports*; a sponsor
      *co-sponsors*.

    The bands belong to the model; what a state really said is in the scenario's events.
    """
    appeal, cut = np.asarray(appeal, dtype=np.float64), np.asarray(endorse_cut, dtype=np.float64)
    stance, sponsors = np.asarray(stance), np.asarray(sponsors, dtype=bool)
    half_way = (lean_band + np.maximum(cut, lean_band)) / 2
    studying = [appeal < -lean_band, appeal < 0, appeal < lean_band, appeal < half_way]
    words = [
        ((stance < 0), "opposes in public"),
        ((stance > 0) & sponsors, "co-sponsors"),
        ((stance > 0) & (appeal < cut + lean_band), "welcomes"),
        ((stance > 0), "supports"),
        (studying[0], "unfavourable, silent"),
        (studying[1], "takes note"),
        (studying[2], "will carefully study"),
        (studying[3], "attaches importance"),
    ]
    shape = np.broadcast_shapes(appeal.shape, cut.shape, stance.shape, sponsors.shape)
    return np.select(
        [np.broadcast_to(condition, shape) for condition, _ in words],
        [np.int8(RUNGS.index(word)) for _, word in words],
        default=np.int8(RUNGS.index("constructive")),
    ).astype(np.int8)
