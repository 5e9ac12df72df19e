"""Small chambers with known answers, built as scenarios from arrays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scenarios.schema import Scenario
from simulation.model import NegotiationModel
from simulation.room import Room

QUIET = {
    "precision": float("inf"),
    "instruction_rate": float("inf"),
    "peer_weight": 0.0,
    "trust_weight": 0.0,
    "commitment": 0.0,
    "openness": 0.0,
}


def names_of(countries: int) -> list[str]:
    """Keys of custom actors: D000, D001, …"""
    return [f"D{number:03}" for number in range(countries)]


def chamber_of(
    positions: ArrayLike,
    texts: ArrayLike | None = None,
    reversion: ArrayLike | float = 0.0,
    salience: ArrayLike | None = None,
    ties: ArrayLike | None = None,
    names: Sequence[str] | None = None,
    rounds: int = 1,
    delegations: Sequence[dict[str, Any]] | None = None,
    options: Callable[[int, int], list[dict[str, float]]] | None = None,
    dynamics: dict[str, Any] | None = None,
    **more: Any,
) -> Scenario:
    """A scenario from arrays: positions (country, issue), texts (text, issue), ties (listener, speaker).

    Each text has one article an issue; `options(text, issue)` lists the places of its bracketed alternatives.
    Nothing is left to chance and nobody influences anybody unless `dynamics` says so.
    """
    positions = np.atleast_2d(np.asarray(positions, dtype=float))
    countries, issues = positions.shape
    names = list(names or names_of(countries))
    texts = np.full((1, issues), 50.0) if texts is None else np.atleast_2d(np.asarray(texts, dtype=float))
    reversion = np.broadcast_to(np.asarray(reversion, dtype=float), (issues,))
    salience = np.full(positions.shape, 50.0) if salience is None else np.asarray(salience, dtype=float)
    keys = [f"issue-{number}" for number in range(issues)]
    listed = []
    if ties is not None:
        for listener, row in enumerate(np.asarray(ties, dtype=float)):
            listed += [
                {"target": names[listener], "source": names[speaker], "weight": weight}
                for speaker, weight in enumerate(row)
                if weight
            ]
    return Scenario.model_validate(
        {
            "name": "test-room",
            "title": "A small room",
            "issues": {
                key: {"title": key, "reversion": place} for key, place in zip(keys, reversion, strict=True)
            },
            "delegations": {
                name: {
                    "name": name,
                    "positions": dict(zip(keys, map(float, positions[row]), strict=True)),
                    "salience": dict(zip(keys, map(float, salience[row]), strict=True)),
                    **((delegations or [{}] * countries)[row]),
                }
                for row, name in enumerate(names)
            },
            "texts": {
                f"text-{number}": {
                    "title": f"Text {number}",
                    "articles": {
                        str(issue): {
                            "places": {keys[issue]: float(place)},
                            "options": {
                                f"option-{o}": {"wording": "…", "places": places}
                                for o, places in enumerate(options(number, issue) if options else [])
                            },
                        }
                        for issue, place in enumerate(row)
                    },
                }
                for number, row in enumerate(texts)
            },
            "ties": listed,
            "calendar": [{"start": dt.date(2020, 9, 8), "length": "day", "rounds": rounds}],
            "dynamics": {**QUIET, **(dynamics or {})},
            **more,
        }
    )


def finished(scenario: Scenario | Room, **options: Any) -> NegotiationModel:
    """The model of a chamber after its last round, in double precision."""
    model = NegotiationModel(scenario, dtype=np.float64, **options)
    model.run_model()
    return model
