"""Which coalition carries at least total concession, and who can block? Integer programmes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from simulation.rules._house import HAIR
from simulation.rules._needs import Need, Needs

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
STEP = 2e-6  # of the largest weight: by so much a solver may misjudge whether a quota is reached


GAP = 1e-4  # so near to the best, as a share of it, a choice is proven to be
BRANCHES = 50_000  # at most, so that no report waits for ever


class Row(NamedTuple):
    """What a programme asks: the sum of `counts` over what is chosen reaches `least`."""

    counts: Floats
    least: float


class Bargain(NamedTuple):
    """The cheapest way to carry: what each delegation `says` (country,), 1 yes, 0 neither, −1 no; and what
    each is conceded, `paid` (country,), in gain units."""

    says: NDArray[np.int8]
    paid: Floats

    @property
    def total(self) -> float:
        """All concessions together, in gain units."""
        return float(self.paid.sum())


def cheapest(needs: Needs, to_yes: ArrayLike, to_neither: ArrayLike) -> Bargain | None:
    """The coalition that carries at least total concession; None if no concession carries.

    `to_yes` and `to_neither` (country,) are what it takes, in gain units from 0 on, to bring each delegation
    to yes, or to neither yes nor no; infinite for those who cannot be brought there. Reaching yes never costs
    less than reaching neither.

    For each alternative of the rule, with y and n in {0, 1} for yes and no, y + n ≤ 1, the sum of to_yes·y +
    to_neither·(1 − y − n) is minimised subject to its needs by HiGHS, and the cheapest alternative is taken.
    It is proven to 10⁻⁴ of the total; only beyond 50,000 branches the best one found is taken as it is. After
    the minimum winning coalition of Riker (1962), The Theory of Political Coalitions, with concessions in the
    place of size.

    >>> from simulation.rules import find
    >>> from simulation.rules._house import equals
    >>> one = cheapest(find("two-thirds").needs(equals(3)), [0, 0.3, 0.5], [0, 0.1, 0.4])
    >>> one.says.tolist(), round(one.total, 2)
    ([1, 1, -1], 0.3)
    """
    yes, neither = (np.asarray(price, dtype=np.float64) for price in (to_yes, to_neither))
    found = [_cheapest(some, yes, neither) for some in needs]
    return min((one for one in found if one is not None), key=lambda one: one.total, default=None)


def smallest_block(needs: Needs, may_block: ArrayLike, firmness: ArrayLike | None = None) -> Flags | None:
    """The smallest set of delegations whose votes of no stop a text that all others vote for (country,).

    `may_block` (country,) tells who can be in it; of the smallest sets the one with the largest sum of
    `firmness` (country,) is taken. None if they cannot stop it even together.

    A text is stopped if one need of each alternative is missed, so programmes are solved for every choice of
    such needs: Σ b is minimised subject to Σ (by_yes − by_no)·b > Σ by_yes − least; then Σ firmness·b is
    maximised among sets of that size.

    >>> from simulation.rules import find
    >>> from simulation.rules._house import equals
    >>> smallest_block(find("two-thirds").needs(equals(5)), [True] * 5, [0, 0, 0, 1, 1]).tolist()
    [False, False, False, True, True]
    """
    allowed = np.asarray(may_block, dtype=np.float64)
    firm = np.zeros(len(allowed)) if firmness is None else np.asarray(firmness, dtype=np.float64)
    each, found = np.ones(len(allowed)), []
    for missed in product(*needs):
        rows = [_missing(need) for need in missed]
        fewest = _solve(each, 0 * allowed, allowed, rows)
        if fewest is not None:
            firmest = _solve(-firm, 0 * allowed, allowed, [*rows, Row(-each, -fewest.sum())])
            found.append((fewest if firmest is None else firmest) > 0.5)
    return min(found, key=lambda some: (some.sum(), -firm[some].sum()), default=None)


def _cheapest(some: Sequence[Need], to_yes: Floats, to_neither: Floats) -> Bargain | None:
    """The cheapest way to meet all needs of one alternative: a choice of yes, and one of no, for each."""
    seats, bound = len(to_yes), ~np.isfinite(to_neither)
    given = np.where(bound, 0, to_neither)
    cost = np.concatenate([np.where(np.isfinite(to_yes), to_yes, 0) - given, -given])
    lower = np.concatenate([to_yes == 0, bound]).astype(np.float64)
    upper = np.concatenate([np.isfinite(to_yes), to_neither > 0]).astype(np.float64)
    rows = [Row(np.concatenate([need.by_yes, need.by_no]), need.least) for need in some]
    one_answer = sparse.hstack([sparse.identity(seats)] * 2)
    found = _solve(cost, lower, upper, rows, one_answer)
    if found is None:
        return None
    yes, no = found[:seats] > 0.5, found[seats:] > 0.5
    paid = np.where(yes, to_yes, np.where(no, 0.0, given))
    return Bargain(yes.astype(np.int8) - no.astype(np.int8), paid)


def _missing(need: Need) -> Row:
    """Which votes of no make a coalition of all others miss a need."""
    slack = float(need.by_yes.sum()) - need.least
    above = np.nextafter(slack, np.inf)
    if _all_whole(need.by_yes) and _all_whole(need.by_no):
        above = np.floor(slack) + 1
    return Row(need.by_yes - need.by_no, float(above))


def _all_whole(counts: Floats) -> bool:
    return bool((counts == np.round(counts)).all())


def _solve(
    cost: Floats, lower: Floats, upper: Floats, rows: Sequence[Row], at_most_one: Any = None
) -> Floats | None:
    """The cheapest choice of 0 or 1 within bounds that meets all rows; None if there is none.

    A solver works to a tolerance. Rows are counted again afterwards, and one that was missed by a hair is
    asked a little more.
    """
    if (lower > upper).any():
        return None
    scale = [max(float(np.abs(row.counts).max()), 1.0e-300) for row in rows]
    asked = [np.ceil(row.least - HAIR) if _all_whole(row.counts) else row.least for row in rows]
    while True:
        limits = [
            LinearConstraint(row.counts[None] / size, least / size)
            for row, size, least in zip(rows, scale, asked, strict=True)
        ]
        if at_most_one is not None:
            limits.append(LinearConstraint(at_most_one, ub=1))
        found = milp(
            cost,
            integrality=1,
            bounds=Bounds(lower, upper),
            constraints=limits,
            options={"mip_rel_gap": GAP, "node_limit": BRANCHES, "presolve": False},
        )
        if found.x is None:
            return None
        chosen = np.round(found.x)
        short = [row.counts @ chosen < row.least for row in rows]
        if not any(short):
            return chosen
        asked = [
            least + STEP * size * missed for least, size, missed in zip(asked, scale, short, strict=True)
        ]
