"""Do the headlines of a run survive other judgements? The same luck, other coded values and parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scenarios.schema import Scenario
from simulation.compare import Patch, effect

if TYPE_CHECKING:
    import xarray as xr

    from simulation.proceedings import Progress

NOISE = 10.0  # points of the scale
HEADLINES = ("endorsing", "opposing", "adopted", "vote_passed", "ambition")
ONE_HALF = 0.5


class Doubt(NamedTuple):
    """Something that might have been judged otherwise, in words, and the patch that does it."""

    words: str
    patch: Patch


def doubts(scenario: Scenario) -> list[Doubt]:
    """What is varied: how sure the coded positions are, and the strengths that no data fix, each halved and
    half as much again; strengths that are 0 or without end are left out."""
    noise = {
        "delegations": {"*": {"position_sd": NOISE}},
        "uncertainty": {"position_sd": NOISE, "spread": 1.0},
    }
    found = [
        Doubt("positions exactly as coded", {"uncertainty": {"spread": 0.0}}),
        Doubt(f"positions within ±{NOISE:g} points", noise),
        Doubt("twice as unsure of all", {"uncertainty": {"spread": 2.0 * scenario.uncertainty.spread}}),
    ]
    for field, words in STRENGTHS.items():
        value = float(getattr(scenario.dynamics, field))
        if 0 < value < float("inf"):
            for share in (0.5, 1.5):
                found.append(Doubt(f"{words} × {share:g}", {"dynamics": {field: share * value}}))
    return found


STRENGTHS = {
    "trust_weight": "trust",
    "peer_weight": "company",
    "precision": "interest against chance",
    "commitment": "commitment to a stance",
}


def robustness(
    scenario: Scenario, replicates: int = 64, seed: int = 1, progress: Progress | None = None
) -> xr.Dataset:
    """The data set of `effect` with each doubt as a variant, named by its words."""
    patches: dict[str, Any] = {doubt.words: doubt.patch for doubt in doubts(scenario)}
    return effect(scenario, patches, replicates, seed, progress)


def overturned(found: xr.Dataset, text: str, headline: str) -> list[str]:
    """The doubts under which something that mostly happens mostly does not, or the other way round.

    `headline` is a chance: adopted, or vote_passed.
    """
    here = found.sel(text=text, measure=headline)
    usual = float(here.base) >= ONE_HALF
    return [
        str(name)
        for name in here.variant.values
        if (float(here.changed.sel(variant=name)) >= ONE_HALF) != usual
    ]
