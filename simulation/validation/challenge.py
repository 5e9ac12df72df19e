"""Twelve rounds of the challenge model on the delay of emission standards, against a public replication.

The figures are those of one replication that somebody else programmed, not printed ones, and hold within its
variant alone. Nobody capitulates in this case; the rule of capitulation is ours to describe.
"""

from __future__ import annotations

from itertools import islice

import numpy as np

from simulation.reference_models import challenge
from simulation.reference_models._base import median_range, weighted_mean
from simulation.reference_models._contest import accepted
from simulation.validation._cases import case
from simulation.validation._row import Row

TITLE, PLACE = "Challenge of positions", 60
SOURCE = (
    "Delay of emission standards for cars, years: Scholz, Calbert & Smith (2011) after Bueno de Mesquita; "
    "run of github.com/jmckib/bdm-scholz-expected-utility-model at 55f63e9"
)
OWN = "Capitulation in the challenge of positions, two delegations at 0 and 100"


def rows() -> list[Row]:
    """Weighted median and mean at the start and after each of twelve rounds, and who capitulates."""
    found = case("ec_emissions")
    start = np.array(found["positions"])
    cares, able = np.array(found["salience"]), np.array(found["capability"])
    walk = [start, *islice(challenge.rounds(start, cares, able), len(found["rounds"]))]
    made = []
    for number, (place, wanted) in enumerate(zip(walk, [found["start"], *found["rounds"]], strict=True)):
        median, mean = median_range(place, able * cares)[0], float(weighted_mean(place, able * cares))
        when = f"after round {number}" if number else "at the start"
        for name, ours in (("median", median), ("mean", mean)):
            made.append(Row(f"weighted {name} {when}", wanted[name], ours, 1e-9, SOURCE, "third-party run"))
    return made + _capitulation()


def _capitulation() -> list[Row]:
    """Each sees a loss above what the other would win: only where capitulation is allowed they give way."""
    place, own, others = np.array([0.0, 100.0]), np.full((2, 2), -0.5), np.full((2, 2), 0.2)
    made = []
    for allowed, expected in ((False, (0.0, 100.0)), (True, (100.0, 0.0))):
        ends = accepted(place, own, others, capitulation=allowed)
        word = "allowed" if allowed else "not allowed"
        for which, published, ours in zip(("first", "second"), expected, ends, strict=True):
            made.append(Row(f"{which} ends, {word}", published, float(ours), 0.0, OWN, "our own"))
    return made
