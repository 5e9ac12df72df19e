"""Is what was agreed fair? Four measures of how gains over the reversion point are spread over the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import preferences
from simulation.analyses.articles import coded_room

if TYPE_CHECKING:
    from scenarios.schema import Scenario
    from simulation.results import Results

Floats = NDArray[np.floating]
LEAST = 1e-9  # gain units; less is no gain


class Fairness(NamedTuple):
    """How gains are spread (…,); see `fairness`.

    `gaining` is a share from 0 to 1, `smallest` is in gain units and may be negative, `gini` lies from 0 (all
    gain the same) up to 1 − 1/N (one gains everything) and is NaN where nobody gains, `nash` is in gain
    units, 0 where somebody does not gain.
    """

    gaining: Floats
    smallest: Floats
    gini: Floats
    nash: Floats


def fairness(gains: ArrayLike) -> Fairness:
    """Four measures of fairness from gains over the reversion point (…, N), in gain units.

    1. *Share that gains*: delegations to whom the text brings more than no text, of all N. Where it is 1 the
       text is a Pareto improvement on what holds otherwise.
    2. *Smallest gain*: that of the delegation that fares worst, which Rawls would raise first (Rawls 1971,
       A Theory of Justice, §13).
    3. *Gini of the gains*: Σ_i Σ_j |g_i − g_j| / (2 N Σ_i g_i), half of the mean difference over the mean
       (Gini 1912, Variabilità e mutabilità). A loss counts as a gain of 0, so that it stays on its scale.
    4. *Nash product*: the product of all gains over the disagreement point (Nash 1950, The bargaining
       problem, Econometrica 18), as its N-th root, the geometric mean, so that it is in gain units; 0 where
       somebody does not gain.

    Raises ValueError without delegations.

    >>> one = fairness([0.1, 0.2, 0.3, 0.4])
    >>> one.gaining.item(), one.smallest.item(), round(one.gini.item(), 3), round(one.nash.item(), 4)
    (1.0, 0.1, 0.25, 0.2213)
    """
    values = np.asarray(gains, dtype=np.float64)
    if values.ndim == 0 or values.shape[-1] == 0:
        raise ValueError("fairness needs the gains of at least one delegation (…, N)")
    count = values.shape[-1]
    kept = np.where(values > LEAST, values, 0.0)
    total = kept.sum(axis=-1)
    ranked = np.sort(kept, axis=-1)
    # Σ_i Σ_j |g_i − g_j| = 2 Σ_i (2i − N − 1) g_(i) over the gains in rising order
    spread = (ranked * (2 * np.arange(1, count + 1) - count - 1)).sum(axis=-1)
    some = total > 0
    gini = np.where(some, spread / np.where(some, count * total, 1.0), np.nan)
    all_gain = (kept > 0).all(axis=-1)
    logs = np.log(np.where(kept > 0, kept, 1.0)).mean(axis=-1)
    return Fairness(
        (kept > 0).mean(axis=-1), values.min(axis=-1), gini, np.where(all_gain, np.exp(logs), 0.0)
    )


def of_results(results: Results, text: str) -> Fairness:
    """How fair a text is at the end of every replicate (replicate,), on the coded positions."""
    places = results.data.place.sel(text=text).values[:, -1]
    return of_places(results.scenario, places)


def of_places(scenario: Scenario, places: ArrayLike) -> Fairness:
    """How fair texts at some places (…, issue) are to all but observers, on the coded positions."""
    return fairness(counted_gains(scenario, places))


def counted_gains(scenario: Scenario, places: ArrayLike) -> Floats:
    """The same gains as `coded_gains` without those of observers (…, N)."""
    counted = [not one.observer for one in scenario.delegations.values()]
    return coded_gains(scenario, places)[..., counted]


def coded_gains(scenario: Scenario, places: ArrayLike) -> Floats:
    """What texts at some places (…, issue) bring each delegation on its coded position (…, N), in gain units.

    This is E2 of docs/model.md; a silent issue stands at its reversion point.
    """
    room, exponent = coded_room(scenario), scenario.dynamics.loss_exponent
    there = np.asarray(places, dtype=np.float64)
    lost = preferences.loss(room.positions, room.reversion, exponent)
    nearer = preferences.advantage(room.positions, lost, there[..., None, :], exponent)
    nearer = nearer * room.salience / preferences.unit(exponent)
    content = nearer[..., room.content].sum(axis=-1)
    if room.force_issue is not None:
        dynamics, binding = scenario.dynamics, there[..., room.force_issue]
        content *= preferences.legal_force(binding, dynamics.force_base, dynamics.force_slope)[..., None]
    return content + nearer[..., ~room.content].sum(axis=-1)
