"""Which parameter does the answer hang on? One at a time, from one end of its advised range to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from simulation.compare import effect

if TYPE_CHECKING:
    import xarray as xr

    from simulation.proceedings import Progress

SIDES = ("low", "high")
ADVISED: dict[str, tuple[float, float]] = {
    "loss_exponent": (1, 2),
    "trust_weight": (0, 0.3),
    "peer_weight": (0, 0.15),
    "precision": (5, 200),
    "noise_persistence": (0, 1),
    "endorse_threshold": (0, 0.3),
    "oppose_threshold": (0, 0.3),
    "lean_band": (0, 0.1),
    "vote_yes_threshold": (-0.2, 0.2),
    "vote_oppose_threshold": (-0.2, 0.2),
    "force_base": (0, 1),
    "force_slope": (0, 2),
    "commitment": (0, 0.15),
    "instruction_rate": (0.005, 0.1),
    "openness": (0, 1),
    "salience_exponent": (0, 2),
    "confidence": (0, 100),
    "coordinator_weight": (0, 1),
    "trust_decay": (0, 0.01),
    "trust_learning": (0, 1),
    "redraft_days": (0, 60),
    "min_improvement": (0, 0.1),
    "trade_width": (0, 10),
    "concession": (0.05, 5),
    "price_exponent": (0, 2),
    "evidence_weight": (1, 4),
    "lobbying_weight": (0, 0.1),
    "lobbying_decay": (0, 0.2),
    "block_cost": (0, float("inf")),
}
"""The advised range of every number in `[dynamics]`, in the units of docs/model.md, which tells the same."""


class End(NamedTuple):
    """One parameter at one end of its advised range."""

    parameter: str
    side: str
    value: float

    @property
    def name(self) -> str:
        """Parameter and side as one word."""
        return f"{self.parameter} {self.side}"


def ends(scenario: Scenario) -> list[End]:
    """Both ends of every parameter, those left out at which the scenario stands already."""
    return [
        End(parameter, side, value)
        for parameter, advised in ADVISED.items()
        for side, value in zip(SIDES, advised, strict=True)
        if value != getattr(scenario.dynamics, parameter)
    ]


def tornado(
    scenario: Scenario, replicates: int = 64, seed: int = 1, progress: Progress | None = None
) -> xr.Dataset:
    """What each parameter does to the endorsements at the end, under the same luck.

    Returns a data set with dims parameter, side (low, high), text. `change` (parameter, side, text) is the
    mean change in the number of delegations that endorse, with its 95 % interval `low`, `high`; exactly 0 at
    an end where the scenario stands already. `span` (parameter, text) is how far the mean moves over the two
    ends and the scenario as it is:

        span = max(0, change_low, change_high) − min(0, change_low, change_high)

    `base` (text) is the mean number as the scenario is, `value` (parameter, side) the ends, and `here`
    (parameter,) what the scenario has. Delegations with a value of their own keep it. Source: Saltelli et al.
    2008, Global Sensitivity Analysis, chapter 1; Eschenbach 1992, Spiderplots versus Tornado Diagrams for
    Sensitivity Analysis, Interfaces 22(6).
    """
    import xarray as xr

    moved = ends(scenario)
    patches = {one.name: {"dynamics": {one.parameter: one.value}} for one in moved}
    found = effect(scenario, patches, replicates, seed, progress).sel(measure="endorsing")
    values: dict[str, NDArray[np.float64]] = {
        name: np.zeros((len(ADVISED), len(SIDES), found.sizes["text"])) for name in ("change", "low", "high")
    }
    rows = [list(ADVISED).index(one.parameter) for one in moved]
    columns = [SIDES.index(one.side) for one in moved]
    for name, source in (("change", "difference"), ("low", "low"), ("high", "high")):
        values[name][rows, columns] = found[source].transpose("variant", "text").values
    change = values["change"]
    span = np.maximum(change.max(axis=1), 0) - np.minimum(change.min(axis=1), 0)
    return xr.Dataset(
        {
            **{name: (("parameter", "side", "text"), each) for name, each in values.items()},
            "span": (("parameter", "text"), span),
            "base": ("text", found.base.values),
            "value": (("parameter", "side"), np.array([*ADVISED.values()], dtype=float)),
            "here": ("parameter", np.array([float(getattr(scenario.dynamics, one)) for one in ADVISED])),
        },
        coords={
            "parameter": list(ADVISED),
            "side": list(SIDES),
            "text": found.text.values,
            "text_title": ("text", found.text_title.values),
        },
        attrs=found.attrs,
    )


def by_span(found: xr.Dataset, text: str) -> list[str]:
    """The parameters, the one with the widest span on a text first; equal ones as in docs/model.md."""
    order = np.argsort(-found.span.sel(text=text).values, kind="stable")
    return [str(name) for name in found.parameter.values[order]]
