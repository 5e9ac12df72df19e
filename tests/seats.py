"""Seats given a strategy or a delegate and played to the end, what was said there, and the page on them."""

from __future__ import annotations

from pathlib import Path

from agents.response import STANCES
from scenarios.schema import Scenario
from simulation.model import NegotiationModel

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "strategies.md").read_text(encoding="utf-8")
WORDS = {value: word for word, value in STANCES.items()}


def changed(scenario: Scenario, **delegations: dict) -> Scenario:
    """The scenario with some fields of some delegations replaced."""
    document = scenario.model_dump()
    for iso3, fields in delegations.items():
        document["delegations"][iso3].update(fields)
    return Scenario.model_validate(document)


def played(scenario: Scenario, **options) -> NegotiationModel:
    """The model of a scenario, run to its end."""
    model = NegotiationModel(scenario, **options)
    model.run_model()
    return model


def path_of(model: NegotiationModel, iso3: str, text: int = 0) -> list[str]:
    """What a delegation has said round by round, in the first replicate, the opening included."""
    row = model.room.countries.index(iso3)
    return [WORDS[int(stance)] for stance in model.record.stance[:, row, text, 0]]
