"""How sure is a share of so many cases?"""

from __future__ import annotations

import math

Z = 1.959963984540054  # standard normal quantile of a 95 % interval


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1, of `count` ≥ 1 independent cases (Wilson 1927, Probable
    inference, Journal of the American Statistical Association 22).

    >>> [round(end, 2) for end in wilson(0.8, 100)]
    [0.71, 0.87]
    """
    part = Z**2 / count
    middle = (share + part / 2) / (1 + part)
    half = Z * math.sqrt(share * (1 - share) / count + part / (4 * count)) / (1 + part)
    return max(middle - half, 0.0), min(middle + half, 1.0)
