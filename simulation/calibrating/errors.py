"""Errors in coded positions, corrected by simulation and extrapolation (SIMEX; Cook and Stefanski 1994).

Votes are fitted again with more and more error added to the positions; the trend is followed back to none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.calibrating.estimates import natural, redrawn
from simulation.calibrating.likelihood import Votes, climb

Floats = NDArray[np.float64]
ADDED = (0.0, 0.5, 1.0, 1.5, 2.0)  # variance of the error added, in multiples of position_sd²
DRAWS = 40
EXTRAPOLANTS = {"linear": 1, "quadratic": 2}
CHOSEN = "quadratic"
Lay = Callable[[float, int], Sequence[Votes]]


class Corrected(NamedTuple):
    """Parameters with errors added (`trend`, (added, parameter)) and extrapolated to none, by extrapolant."""

    added: tuple[float, ...]
    trend: Floats
    corrected: dict[str, Floats]


def correct(lay: Lay, slopes: int, draws: int = DRAWS) -> Corrected:
    """Parameters corrected for errors in positions.

    `lay(added, draws)` gives the votes laid out with so much error added to the coded positions, once a draw.
    Fitted values are averaged over the draws, and a polynomial in the added variance is followed to −1, where
    coded and added error cancel. The quadratic is the usual choice and leaves part of the bias (Carroll et
    al. 2006, chapter 5): it errs towards the uncorrected value.
    """
    trend = np.array([mean_fit(lay(added, draws if added else 1)) for added in ADDED])
    found = {name: natural(extrapolated(trend, name), slopes) for name in EXTRAPOLANTS}
    return Corrected(ADDED, natural(trend, slopes), found)


def mean_fit(laid_out: Sequence[Votes]) -> Floats:
    """The mean of the fitted logit values over several lay-outs of the same votes."""
    start = climb(laid_out[0]).free
    mean: Floats = np.mean([climb(votes, start=start).values for votes in laid_out], axis=0)
    return mean


def extrapolated(trend: Floats, extrapolant: str = CHOSEN) -> Floats:
    """Fitted values (added, value) followed back to an added variance of −1."""
    design = np.vander(np.array(ADDED), EXTRAPOLANTS[extrapolant] + 1)
    values, *_ = np.linalg.lstsq(design, trend, rcond=None)
    at: Floats = np.vander([-1.0], EXTRAPOLANTS[extrapolant] + 1)[0] @ values
    return at


def corrected_again(lay: Lay, slopes: int, seed: int, draws: int, lay_outs: int = 6) -> Floats:
    """Corrected parameters (draw, …) with resolutions drawn again, each with a few lay-outs."""
    laid = {added: lay(added, lay_outs if added else 1) for added in ADDED}
    starts = {added: climb(one[0]).free for added, one in laid.items()}

    def fitted(weight: Floats) -> Floats:
        trend = [
            np.mean([climb(one._replace(weight=weight), start=starts[added]).values for one in some], axis=0)
            for added, some in laid.items()
        ]
        return extrapolated(np.array(trend))

    return redrawn(laid[0.0][0], slopes, seed, draws, fitted)
