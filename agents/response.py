"""When does a delegation endorse, study, oppose, and how does it vote?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

Floats = NDArray[np.floating]
Stances = NDArray[np.integer] | Floats

OPPOSE, STUDY, ENDORSE = -1, 0, 1
NO, ABSTAIN, YES, ABSENT = -1, 0, 1, -2
STANCES = {"oppose": OPPOSE, "study": STUDY, "endorse": ENDORSE}


def stance_of(word: object) -> int:
    """The stance that a word names; raises ValueError for any other word.

    >>> stance_of("endorse"), stance_of("study"), stance_of("oppose")
    (1, 0, -1)
    """
    if not isinstance(word, str) or word not in STANCES:
        raise ValueError(f"{word!r} is no stance; say endorse, study or oppose")
    return STANCES[word]


def logistic(normal: Floats) -> Floats:
    """Standard normal draws turned into logistic ones: ε = logit(Φ(z)), so that choices follow a logit law.

    >>> float(logistic(np.array(0.0)))
    0.0
    """
    return log_ndtr(normal) - log_ndtr(-normal)


def cut_points(
    stance: Stances, endorse_threshold: Floats, oppose_threshold: Floats, commitment: float
) -> tuple[Floats, Floats]:
    """The appeal below which a delegation opposes, and from which on it endorses, given where it stands.

    c1 = −θ⁻ + κ·[S = −1], c2 = max(c1, θ⁺ − κ·[S = +1]): going back on a public stance costs κ.
    Thresholds broadcast against `stance` (country, text, replicate).
    """
    side = stance * (endorse_threshold.dtype.type(commitment) / 2)
    held = np.abs(side)
    lower = held - side
    lower -= oppose_threshold
    held += side
    upper = np.subtract(endorse_threshold, held, out=held)
    return lower, np.maximum(lower, upper, out=upper)


def choose(pull: Floats, lower: Floats, upper: Floats) -> NDArray[np.int8]:
    """Endorse from the upper cut-point on, oppose below the lower one, study in between."""
    return (pull >= upper).view(np.int8) - (pull < lower).view(np.int8)


def respect_red_lines(
    choice: NDArray[np.int8], forbidden: NDArray[np.bool_], unmet: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """A broken line that forbids means opposition; one that requires keeps the delegation at most studying.

    A cap on the choice, never −∞ in an appeal: that would poison the lines of its blocs and every
    explanation. Stances being numbers, flags turn into caps: 0 or 1 where something is required, −1 or 1
    where something is forbidden.
    """
    if unmet.any():
        choice = np.minimum(choice, (~unmet).view(np.int8))
    return np.minimum(choice, 1 - 2 * forbidden.view(np.int8)) if forbidden.any() else choice


def leaning(appeal: Floats, band: float) -> NDArray[np.int8]:
    """Favourable (1), undecided (0) or unfavourable (−1), whatever a delegation says in public."""
    return (appeal >= band).view(np.int8) - (appeal < -band).view(np.int8)
