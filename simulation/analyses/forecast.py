"""What do other models foresee, how far do they disagree, and where does Plenary's own answer lie?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenarios.imported import MADE_UP
from simulation import reference_models
from simulation.reference_models import ReferenceModel

if TYPE_CHECKING:
    from scenarios.schema import Scenario
    from simulation.results import Results

Floats = NDArray[np.float64]
SMALL_ROOM = 30  # delegations up to which no model takes long
MOST, MOST_CELLS = 1_000, 10_000  # delegations, and positions of all of them: models look at every pair
MIDDLE = (0.1, 0.5, 0.9)


class Forecasts(NamedTuple):
    """The models that were asked, what each foresees on every issue (M, K), NaN where it says nothing, and
    its notes."""

    models: tuple[ReferenceModel, ...]
    outcomes: Floats
    notes: tuple[tuple[str, ...], ...]

    @property
    def others(self) -> Floats:
        """What the models foresee without the naive baselines (M', K)."""
        return self.outcomes[[not model.baseline for model in self.models]]


class Ended(NamedTuple):
    """Where Plenary's texts end: the middle 80 % of the replicates and the median of the place (3, K) of each
    replicate's most supported text; in what share of the replicates that is which text (T,); and the median
    place of every text (T, K), NaN where it is silent."""

    band: Floats
    share: Floats
    texts: Floats


def inputs_of(scenario: Scenario) -> tuple[Floats, Floats, Floats, Floats]:
    """Positions and salience (N, K), capability (N,) and reversion points (K,) as coded, without observers.

    Unknown values are NaN, and so is a reversion point that an import has put in for want of one.
    """
    seats = [one for one in scenario.delegations.values() if not one.observer]
    positions, salience = (
        np.array(
            [
                [np.nan if (value := row.get(issue)) is None else value for issue in scenario.issues]
                for row in rows
            ],
            dtype=np.float64,
        ).reshape(len(seats), len(scenario.issues))
        for rows in ([one.positions for one in seats], [one.salience for one in seats])
    )
    reversion = [
        np.nan if issue.reversion_note == MADE_UP else issue.reversion for issue in scenario.issues.values()
    ]
    return positions, salience, np.array([one.capability for one in seats]), np.array(reversion)


def too_large(scenario: Scenario) -> bool:
    """Whether a room is larger than models that look at every pair can hold."""
    delegations = len(scenario.delegations)
    return delegations > MOST or delegations * len(scenario.issues) > MOST_CELLS


def forecasts(scenario: Scenario, costly: bool | None = None) -> Forecasts:
    """What every reference model foresees on the coded positions of a scenario.

    `costly` asks those too that take long in a large room, by default where the room is small.
    """
    inputs = inputs_of(scenario)
    if costly is None:
        costly = len(inputs[0]) <= SMALL_ROOM
    known = map(reference_models.find, reference_models.names())
    asked = [model for model in known if costly or not model.costly]
    found = [model.predict(*inputs) for model in asked]
    outcomes = np.array([one.outcome for one in found]).reshape(len(asked), len(scenario.issues))
    return Forecasts(tuple(asked), outcomes, tuple(one.notes for one in found))


def disagreement(outcomes: ArrayLike) -> Floats:
    """The lowest and the highest outcome on every issue, and how far they lie apart (3, K), in points.

    Taken over the models (M, K) that say something; NaN where none does.

    >>> disagreement([[10, 50], [30, float("nan")]]).tolist()
    [[10.0, 50.0], [30.0, 50.0], [20.0, 0.0]]
    """
    values = np.asarray(outcomes, dtype=np.float64)
    nothing = np.isnan(values).all(axis=0)
    low = np.where(nothing, np.nan, np.nanmin(values, axis=0, initial=np.inf))
    high = np.where(nothing, np.nan, np.nanmax(values, axis=0, initial=-np.inf))
    return np.stack([low, high, high - low])


def ended(results: Results) -> Ended:
    """Where the texts of a run end, and where the one that most delegations endorse then does.

    On a tie the first text counts; an issue on which a text is silent stands at its reversion point.
    """
    data = results.data
    places = data.place.values[:, -1].astype(np.float64)
    first, best = most_supported(places, data.endorsing.values[:, -1])
    share = np.bincount(first, minlength=places.shape[1]) / len(first)
    silent = np.isnan(data.place_tabled.values)
    return Ended(
        np.quantile(best, MIDDLE, axis=0), share, np.where(silent, np.nan, np.median(places, axis=0))
    )


def most_supported(
    places: NDArray[np.floating], endorsing: NDArray[np.integer]
) -> tuple[NDArray[np.intp], NDArray[np.floating]]:
    """Which text most delegations endorse in each replicate (R,), and where it lies (R, K).

    Takes the places (R, T, K) and how many endorse (R, T); on a tie the first text counts.
    """
    first = endorsing.argmax(axis=1)
    return first, places[np.arange(len(first)), first]


def apart(places: ArrayLike, outcomes: ArrayLike) -> Floats:
    """How far texts at some places (T, K) lie from what models foresee (M, K): (T, M), in points.

    The mean distance over the issues of which both speak, NaN where there is none.

    >>> apart([[10, float("nan")]], [[30, 0], [float("nan"), 0]]).tolist()
    [[20.0, nan]]
    """
    distance = np.abs(np.asarray(places)[:, None, :] - np.asarray(outcomes)[None, :, :])
    both = ~np.isnan(distance)
    count = both.sum(axis=2)
    total = np.where(both, distance, 0.0).sum(axis=2)
    return np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
