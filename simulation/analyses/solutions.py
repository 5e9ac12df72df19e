"""Which of many outcomes does a theory of bargaining choose? Four classic answers on a finite set.

Gains (outcome, party) are counted over the disagreement point, here the reversion point: 0 is no agreement.
Every function returns the row of the outcome chosen, of several that are equally good the first, so the
choice from blocks of outcomes is the choice among the blocks' choices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating]
TIE = 1e-9  # gains that differ by less are equal


def nash(gains: ArrayLike) -> int:
    """The outcome with the largest product of gains among those by which everybody gains.

    Nash (1950), The bargaining problem, Econometrica 18. Where no outcome serves everybody, first as many
    parties as possible gain, and then the product of the gains of those who do is largest, the convention of
    Caragiannis and others (2019), The unreasonable fairness of maximum Nash welfare, ACM Transactions on
    Economics and Computation 7(3).

    >>> nash([[4, 1], [3, 2], [1, 2.5], [9, -1]])
    1
    """
    values = np.asarray(gains, dtype=np.float64)
    some = values > TIE
    count = some.sum(axis=1)
    most = np.flatnonzero(count == count.max())
    logs = np.log(np.where(some[most], values[most], 1.0)).sum(axis=1)
    return int(most[np.argmax(logs >= logs.max() - TIE)])


def utilitarian(gains: ArrayLike) -> int:
    """The outcome with the largest sum of gains (Bentham; Harsanyi 1955, Journal of Political Economy 63).

    >>> utilitarian([[4, 1], [3, 2], [1, 2.5], [9, -1]])
    3
    """
    total = np.asarray(gains, dtype=np.float64).sum(axis=1)
    return int(np.argmax(total >= total.max() - TIE))


def egalitarian(gains: ArrayLike) -> int:
    """The outcome in which whoever gains least gains most, then who gains second least, and so on.

    Kalai (1977), Proportional solutions to bargaining situations, Econometrica 45; on a finite set by
    comparing the smallest gains first (leximin).

    >>> egalitarian([[4, 1], [3, 2], [1, 2.5], [9, -1]])
    1
    """
    values = np.asarray(gains, dtype=np.float64)
    smallest = values.min(axis=1)
    left = np.flatnonzero(smallest >= smallest.max() - TIE)
    ranked = np.sort(values[left], axis=1)
    for column in range(1, ranked.shape[1]):
        if len(left) == 1:
            break
        best = ranked[:, column] >= ranked[:, column].max() - TIE
        left, ranked = left[best], ranked[best]
    return int(left[0])


def ideal(gains: ArrayLike) -> Floats:
    """The most that each party can gain (party,) from outcomes that leave nobody worse off than without
    agreement; from all outcomes where there are none of these.

    >>> ideal([[4, 1], [3, 2], [1, 2.5], [9, -1]]).tolist()
    [4.0, 2.5]
    """
    values = np.asarray(gains, dtype=np.float64)
    rational = (values >= -TIE).all(axis=1)
    return values[rational if rational.any() else slice(None)].max(axis=0)


def kalai_smorodinsky(gains: ArrayLike, most: ArrayLike | None = None) -> int:
    """The outcome in which whoever gets the smallest share of the `most` it can gain gets the largest share.

    Kalai and Smorodinsky (1975), Other solutions to Nash's bargaining problem, Econometrica 43; on a finite
    set and with several parties by comparing the smallest shares first (Imai 1983, Individual monotonicity
    and lexicographic maxmin solution, Econometrica 51). `most` (party,) is `ideal(gains)` by default; who
    can gain nothing has no share and is left out.

    >>> kalai_smorodinsky([[4, 1], [3, 2], [1, 2.5], [9, -1]])
    1
    """
    values = np.asarray(gains, dtype=np.float64)
    best = ideal(values) if most is None else np.asarray(most, dtype=np.float64)
    can = best > TIE
    return egalitarian(values[:, can] / best[can]) if can.any() else 0


def pareto(first: ArrayLike, second: ArrayLike) -> NDArray[np.intp]:
    """The outcomes that no other one beats on two counts (…,), from the largest `first` to the smallest.

    Of equal outcomes the first one is kept.

    >>> pareto([3, 2, 1, 2], [1, 2, 3, 1]).tolist()
    [0, 1, 2]
    """
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    order = np.lexsort((-other, -one))
    highest = np.maximum.accumulate(other[order])
    rises = np.concatenate([[True], highest[1:] > highest[:-1]]) if len(order) else np.zeros(0, dtype=bool)
    return order[rises]
