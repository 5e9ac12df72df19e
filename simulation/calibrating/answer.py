"""All that recorded votes say of a scenario's own parameters, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from simulation.backtest.bootstraps import ENDS
from simulation.calibrating.errors import Corrected, Lay, correct, corrected_again
from simulation.calibrating.estimates import FIXED, SLOPES, Estimate, estimates
from simulation.calibrating.likelihood import Votes
from simulation.calibrating.persistence import Persistence, persistence
from simulation.calibrating.recorded import PLACINGS, Recorded, gains, laid_out, recorded
from simulation.calibrating.sweep import Cell, sweep
from simulation.threads import one_thread

Floats = NDArray[np.float64]
DRAWS, DRAWS_CORRECTED = 1000, 300


class Calibrated(NamedTuple):
    """What was found for one scenario.

    - `recorded`: the votes and how they were placed; `votes`, how many; `seed`
    - `given`: the peer weight that is assumed, the scenario's own; discipline is as coded
    - `main`: β, τ and cut-points by family, resolutions judged as what they stand for
    - `worded`: the same with resolutions placed as worded
    - `free`, `controlled`: λ fitted too, without and with the mean vote of a state's blocs beside it
    - `alone`: each family by itself, by its name; two resolutions cannot be drawn again
    - `corrected`: parameters with errors in positions corrected; `corrected_low`, `corrected_high`, their
      95 % interval by drawing resolutions again
    - `grid`: discipline and listening assumed otherwise; `lasting`: persistence assumed otherwise
    """

    scenario: Scenario
    recorded: Recorded
    votes: int
    seed: int
    given: float
    main: list[Estimate]
    worded: list[Estimate]
    free: list[Estimate]
    controlled: list[Estimate]
    alone: dict[str, list[Estimate]]
    corrected: Corrected
    corrected_low: Floats
    corrected_high: Floats
    grid: list[Cell]
    lasting: list[Persistence]


class Headline(NamedTuple):
    """The main table alone, and how to lay out the votes with more error in positions."""

    recorded: Recorded
    votes: Votes
    lay: Lay
    main: list[Estimate]
    corrected: Corrected


@one_thread()
def headline(scenario: Scenario, seed: int = 1, draws: int = DRAWS) -> Headline:
    """Fit β, τ and cut-points with the scenario's own listening and discipline. Raises ScenarioError."""
    found, given = recorded(scenario), scenario.dynamics.peer_weight

    def lay(added: float, count: int) -> Sequence[Votes]:
        judged = gains(found, added, seed, count)
        return [laid_out(found, judged[:, :, draw], given) for draw in range(count)]

    votes = lay(0.0, 1)[0]
    main = estimates(votes, FIXED, found.families, seed, draws)
    return Headline(found, votes, lay, main, correct(lay, len(FIXED)))


@one_thread()
def calibrate_scenario(
    scenario: Scenario, seed: int = 1, draws: int = DRAWS, draws_corrected: int = DRAWS_CORRECTED
) -> Calibrated:
    """Fit a scenario's own parameters to the recorded votes of 2018 and 2019. Raises ScenarioError."""
    first = headline(scenario, seed, draws)
    found, votes, given = first.recorded, first.votes, scenario.dynamics.peer_weight
    families, gain = found.families, gains(found)[:, :, 0]
    worded = recorded(scenario, PLACINGS[1])
    as_worded = laid_out(worded, gains(worded)[:, :, 0], given)
    again = corrected_again(first.lay, len(FIXED), seed, draws_corrected)
    low, high = np.nanpercentile(again, ENDS, axis=0)
    return Calibrated(
        scenario,
        found,
        len(votes.votes),
        seed,
        given,
        first.main,
        estimates(as_worded, FIXED, families, seed, draws),
        estimates(laid_out(found, gain), SLOPES[:3], families, seed, draws),
        estimates(laid_out(found, gain, control=True), SLOPES, families, seed, draws),
        {
            family: estimates(votes.only(votes.group == place), FIXED, [family], seed, draws=0)
            for place, family in enumerate(families)
        },
        first.corrected,
        low,
        high,
        sweep(found, gain),
        persistence(votes),
    )
