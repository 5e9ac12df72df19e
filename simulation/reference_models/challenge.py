"""Challenge: delegations press each other with the weight behind them, and give way to whom they cannot
resist.

The expected utility model of Bueno de Mesquita, B. (1985), The War Trap revisited, American Political Science
Review 79, 156–177, and (1994), Political forecasting, as documented by Scholz, J. B., Calbert, G. J. and
Smith, G. A. (2011), Unravelling Bueno de Mesquita's group decision model, Journal of Theoretical Politics 23,
510–531. The author's own program was never published, and another public replication divides by other sums
and makes other offers: figures agree within this variant only, without its rule of capitulation unless asked
for.

Every issue is a contest of its own. Whoever has no position or no salience on it is left out. The model need
not come to rest; the forecast is the weighted median of the first round that leaves it within a tenth of a
point of where it was, at the latest of the tenth.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import ArrayLike

from simulation.reference_models._base import Floats, Prediction, held, median_range
from simulation.reference_models._contest import accepted, expected, lean, risk

TITLE, LETTER, PLACE = "challenge", "E", 90
ROUNDS = 10
SETTLED = 0.1  # points of the scale


def predict(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, reversion: ArrayLike
) -> Prediction:
    """The weighted median on every issue after the last round that counts."""
    room = held(positions, salience, capability, reversion)
    outcome, taken = np.full(room.positions.shape[1], np.nan), []
    for issue in range(len(outcome)):
        rows = room.weight[:, issue] > 0
        if rows.any():
            outcome[issue], number = settled(
                room.positions[rows, issue], room.salience[rows, issue], room.capability[rows]
            )
            taken.append(number)
    return Prediction(outcome, _notes(taken))


def settled(positions: Floats, salience: Floats, capability: Floats) -> tuple[float, int]:
    """The weighted median of one issue in the round that leaves it where it was, and the number of the round.

    The number is 0 where no round up to the tenth does; the median is then that of the tenth.
    """
    weight = capability * salience
    last = median_range(positions, weight)[0]
    for number, place in enumerate(islice(rounds(positions, salience, capability), ROUNDS), start=1):
        median = median_range(place, weight)[0]
        if abs(median - last) <= SETTLED:
            return median, number
        last = median
    return last, 0


def rounds(
    positions: ArrayLike, salience: ArrayLike, capability: ArrayLike, capitulation: bool = False
) -> Iterator[Floats]:
    """The positions (N,) on one issue after every round, without end.

    Positions may be on any scale; the distance between the two farthest at the start stays the unit. Salience
    is from 0 to 100.

    1. With every exponent 1, what each pair expects from a challenge (`expected`) tells how much danger each
       delegation is in, and so how much risk it takes: an exponent of its own from ½ to 2 (`risk`).
    2. With these exponents everybody looks at everybody else again (`lean`, `expected`).
    3. Everybody accepts one proposal at most, all at once (`accepted`).
    """
    place, cares = np.array(positions, dtype=np.float64), np.asarray(salience, dtype=np.float64) / 100
    weight = np.asarray(capability, dtype=np.float64) * cares
    unit = float(np.ptp(place))
    while True:
        if unit > 0:
            even = np.ones(len(place))
            exponent = risk(expected(place, cares, lean(place, weight, unit, even), unit, even)[1])
            own, others = expected(place, cares, lean(place, weight, unit, exponent), unit, exponent)
            place = accepted(place, own, others, capitulation)
        yield place.copy()


def _notes(taken: list[int]) -> tuple[str, ...]:
    unsettled = taken.count(0)
    settled = sorted({number for number in taken if number})
    notes = ["variant of Scholz, Calbert & Smith, without capitulation"]
    if settled:
        span = f"{settled[0]}" if len(settled) == 1 else f"{settled[0]} to {settled[-1]}"
        notes.append(f"taken where the weighted median stands still, after round {span}")
    if unsettled:
        notes.append(
            f"on {unsettled} of {len(taken)} issues it does not within {ROUNDS} rounds: the last one is taken"
        )
    return tuple(notes)
