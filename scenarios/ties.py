"""Who listens to whom: the scenario's recipe of ties as one matrix."""

from __future__ import annotations

import numpy as np

from scenarios.reference import agreement, slots, states
from scenarios.schema import Scenario


def tie_matrix(scenario: Scenario) -> np.ndarray:
    """Weight that each delegation (row) gives to each other one (column): (N, N) float64.

    1. Each kind of tie makes its own matrix: voting agreement above the listener's average, same region
       (neighbours first), sum of the disciplines of shared blocs, and the explicit ties of each kind.
    2. Each row of each kind is divided by the sum of its absolute weights.
    3. The kinds are mixed by the recipe's shares, taken over the kinds in which the row is not empty.

    The absolute weights of a row add up to 1 unless positive and negative ones meet; a delegation without
    ties has a row of zeros, and nobody listens to a silent one. The diagonal is zero unless an explicit tie
    gives a delegation weight to itself.
    """
    names = list(scenario.delegations)
    kinds = {
        "voting": voting_ties(names),
        "region": region_ties(scenario),
        "bloc": bloc_ties(scenario),
        "alliance": np.zeros((len(names), len(names))),
        "trade": np.zeros((len(names), len(names))),
    }
    place = {name: row for row, name in enumerate(names)}
    for tie in scenario.ties:
        kinds[tie.kind][place[tie.target], place[tie.source]] += tie.weight
    hushed = [row for row, one in enumerate(scenario.delegations.values()) if one.silent]
    mixed = np.zeros((len(names), len(names)))
    shares = np.zeros((len(names), 1))
    for kind, weights in kinds.items():
        weights[:, hushed] = 0.0
        share = getattr(scenario.listening, kind)
        total = np.abs(weights).sum(axis=1, keepdims=True)
        filled = total > 0
        mixed += share * np.divide(weights, total, out=np.zeros_like(weights), where=filled)
        shares += share * filled
    return np.divide(mixed, shares, out=np.zeros_like(mixed), where=shares > 0)


def voting_ties(names: list[str]) -> np.ndarray:
    """Voting agreement above the listener's average over all other states, else 0: (N, N), 0–1.

    Actors outside the table of states have none.
    """
    table = agreement()
    above = np.clip(table - np.nanmean(table, axis=1, keepdims=True), 0, None)
    np.fill_diagonal(above, 0.0)
    place = slots()
    known = [row for row, name in enumerate(names) if name in place]
    chosen = [place[names[row]] for row in known]
    weights = np.zeros((len(names), len(names)))
    weights[np.ix_(known, known)] = above[np.ix_(chosen, chosen)]
    return weights


def region_ties(scenario: Scenario) -> np.ndarray:
    """1 between neighbours of the same subregion, a quarter within the same world region: (N, N).

    A delegation's own `region` is its subregion; a state without one sits in its M49 subregion. The world
    region is M49's; actors outside the table of states have none.
    """
    known = states()
    names = scenario.delegations
    near = _alike(
        [one.region or (known[key].subregion if key in known else key) for key, one in names.items()]
    )
    far = _alike([known[key].region if key in known else key for key in names])
    weights = np.maximum(near, 0.25 * far)
    np.fill_diagonal(weights, 0.0)
    return weights


def _alike(labels: list[str]) -> np.ndarray:
    """1 where two labels are the same, else 0."""
    codes = np.unique(labels, return_inverse=True)[1]
    return (codes[:, None] == codes[None, :]).astype(float)


def bloc_ties(scenario: Scenario) -> np.ndarray:
    """Sum of the disciplines of the blocs that two delegations share: (N, N)."""
    names = list(scenario.delegations)
    place = {name: row for row, name in enumerate(names)}
    member = np.zeros((len(names), len(scenario.blocs)))
    for column, bloc in enumerate(scenario.blocs.values()):
        member[[place[name] for name in bloc.members], column] = 1.0
    weights = (member * [bloc.discipline for bloc in scenario.blocs.values()]) @ member.T
    np.fill_diagonal(weights, 0.0)
    return weights
