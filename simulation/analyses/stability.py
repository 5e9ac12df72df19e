"""How firm is a group? Who inside it would leave its line, and who outside would take it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from agents.response import ENDORSE, OPPOSE, STUDY, choose

LINES = (STUDY, ENDORSE, OPPOSE)  # of two lines with as many members, the earlier one is the group's


class Stability(NamedTuple):
    """How firm G groups among N delegations are on one text; see `stability`.

    `line` (G,) is the stance that most members take in public. `margin` and `chance_to_leave` (G, N) belong
    to members and are NaN for everybody else; `leaves` and `would_join` (G, N) are true for members that
    would leave the line and for outsiders that would take it, both without chance.
    """

    line: NDArray[np.int8]
    margin: NDArray[np.float64]
    leaves: NDArray[np.bool_]
    chance_to_leave: NDArray[np.float64]
    would_join: NDArray[np.bool_]

    @property
    def internal(self) -> NDArray[np.bool_]:
        """Which groups are internally stable (G,): no member would leave."""
        return np.logical_not(np.any(self.leaves, axis=1))

    @property
    def external(self) -> NDArray[np.bool_]:
        """Which groups are externally stable (G,): no outsider would join."""
        return np.logical_not(np.any(self.would_join, axis=1))

    @property
    def expected_defections(self) -> NDArray[np.float64]:
        """How many members would leave on the average (G,), chance included."""
        return np.nansum(self.chance_to_leave, axis=1)

    def weakest_first(self, group: int) -> list[int]:
        """The members of a group from the smallest margin to the largest, by their rows."""
        margins = self.margin[group]
        return np.argsort(margins, kind="stable")[: int((~np.isnan(margins)).sum())].tolist()


def stability(
    appeal: ArrayLike,
    oppose_cut: ArrayLike,
    endorse_cut: ArrayLike,
    stance: ArrayLike,
    members: ArrayLike,
    precision: float,
) -> Stability:
    """Internal and external stability of groups on a text, and each member's margin of defection.

    `appeal`, `oppose_cut` c1 and `endorse_cut` c2 (N,) are in gain units, `stance` (N,) is −1, 0 or 1,
    `members` (G, N) is true for those in a group, `precision` β > 0 (infinite: no chance).

    1. The line of a group is the stance that most of its members take (on a tie: studying, then endorsing).
    2. The margin of a member is how far its appeal A would have to change before it left the line: A − c2
       where the group endorses, c1 − A where it opposes, the smaller of c2 − A and A − c1 where it studies.
    3. Internally stable: no member would leave, were it asked again. Externally stable: no outsider would
       take the group's line. A delegation endorses from c2 on and opposes below c1, as in the model (E6).
    4. With chance a member leaves with probability 1 − P(line), where P(endorse) = σ(β(A − c2)) and
       P(oppose) = σ(β(c1 − A)), as if chance were drawn afresh; the sum over members is the expected number
       of defections.

    Where a group endorses, steps 2 and 3 are the internal and external stability of d'Aspremont, C.,
    Jacquemin, A., Gabszewicz, J. J. and Weymark, J. A. (1983), On the stability of collusive price
    leadership, Canadian Journal of Economics 16, 17–25, with the appeal in the place of profits. The margins
    of groups that oppose or study, and step 4, are ours. A margin knows nothing of red lines, of a latch or
    of strategies that answer otherwise than by their appeal.
    """
    pull, lower, upper = (np.asarray(values, np.float64) for values in (appeal, oppose_cut, endorse_cut))
    inside = np.asarray(members, dtype=bool)
    line = line_of(stance, inside)
    choice = choose(pull, lower, upper)
    margins, chances = (
        np.stack([values[int(one)] for one in line]) if len(line) else np.zeros(inside.shape)
        for values in (margin_of(pull, lower, upper), chance_of(pull, lower, upper, precision))
    )
    takes = choice == line[:, None]
    return Stability(
        line,
        np.where(inside, margins, np.nan),
        inside & ~takes,
        np.where(inside, 1 - chances, np.nan),
        ~inside & takes,
    )


def line_of(stance: ArrayLike, members: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The stance that most members of each group take (G,), from stances (N,) and members (G, N)."""
    counts = np.array([(members & (np.asarray(stance) == one)).sum(axis=1) for one in LINES])
    return np.array(LINES, dtype=np.int8)[counts.argmax(axis=0)]


def margin_of(
    appeal: NDArray[np.float64], oppose_cut: NDArray[np.float64], endorse_cut: NDArray[np.float64]
) -> dict[int, NDArray[np.float64]]:
    """How far each delegation stands inside each line (N,), in gain units; negative outside it."""
    above, below = appeal - endorse_cut, oppose_cut - appeal
    return {ENDORSE: above, OPPOSE: below, STUDY: np.minimum(-above, -below)}


def chance_of(
    appeal: NDArray[np.float64],
    oppose_cut: NDArray[np.float64],
    endorse_cut: NDArray[np.float64],
    precision: float,
) -> dict[int, NDArray[np.float64]]:
    """The probability of each stance (N,), by the ordered logit of E6; 0 or 1 without chance."""
    if np.isinf(precision):
        taken = choose(appeal, oppose_cut, endorse_cut)
        return {one: (taken == one).astype(np.float64) for one in LINES}
    endorsing, opposing = expit(precision * (appeal - endorse_cut)), expit(precision * (oppose_cut - appeal))
    return {ENDORSE: endorsing, OPPOSE: opposing, STUDY: 1 - endorsing - opposing}
