"""What do the talks make of a change? Paired re-runs of several changes at once, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.analyses.levers import Target
from simulation.compare import LEVEL, Measure, Patch, effect
from simulation.ending import Ending
from simulation.room import Room

if TYPE_CHECKING:
    import xarray as xr

    from simulation.proceedings import Proceedings, Progress

Band = tuple[float, float, float]
NOTABLE = 0.1  # by how much somebody's chance to endorse has to change to be named


class Outcome(NamedTuple):
    """What came of a change in paired re-runs; bands are low, value, high with 95 % intervals.

    `before` and `after` are chances of yes, `difference` is their paired difference; `endorsing`, `opposing`,
    `ambition` and `adopted` are paired differences at the end. `moved` is by how much each delegation's
    chance to endorse changed, by key, largest first, observers left out.
    """

    before: Band
    after: Band
    difference: Band
    endorsing: Band
    opposing: Band
    ambition: Band
    adopted: Band
    moved: dict[str, float]

    def wins(self, but: Sequence[str] = ()) -> list[str]:
        """Whose chance to endorse rises by a tenth or more, some left out."""
        return [iso3 for iso3, value in self.moved.items() if value >= NOTABLE and iso3 not in but]

    def loses(self, but: Sequence[str] = ()) -> list[str]:
        """Whose chance to endorse falls by a tenth or more, some left out."""
        return [iso3 for iso3, value in self.moved.items() if value <= -NOTABLE and iso3 not in but]


def confirm(
    end: Ending,
    targets: Sequence[Target],
    tried: Sequence[tuple[int, Patch]],
    seed: int,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Run the talks with each patch, under the same luck as without; each is for a target, by its number."""
    if not tried:
        return []
    patches = {str(place): patch for place, (_, patch) in enumerate(tried)}
    also = {f"yes-{n}": _yes(target) for n, target in enumerate(targets)}
    found = effect(end.scenario, patches, end.appeal.shape[1], seed, progress, also).sel(text=end.key)
    observers = {key for key, one in end.scenario.delegations.items() if one.observer}
    return [
        _outcome(found.sel(variant=str(place)), f"yes-{n}", observers) for place, (n, _) in enumerate(tried)
    ]


def _yes(target: Target) -> Measure:
    """A measure for `effect`: whether the target says yes at the end (replicate, text)."""
    rows = list(target.rows)

    def measure(room: Room, done: Proceedings) -> np.ndarray:
        if target.by_rule:
            return done.adopted_round >= 0
        return (done.stance[:, -1, rows] == 1).sum(axis=1) >= target.quorum

    return measure


def _outcome(found: xr.Dataset, yes: str, observers: set[str]) -> Outcome:
    """What one comparison found of a change."""

    def gap(measure: str) -> Band:
        here = found.sel(measure=measure)
        return float(here.low), float(here.difference), float(here.high)

    count = found.attrs["replicates"]
    moved = zip(found.country.values.tolist(), found.country_difference.values.tolist(), strict=True)
    return Outcome(
        before=wilson(float(found.base.sel(measure=yes)), count),
        after=wilson(float(found.changed.sel(measure=yes)), count),
        difference=gap(yes),
        endorsing=gap("endorsing"),
        opposing=gap("opposing"),
        ambition=gap("ambition"),
        adopted=gap("adopted"),
        moved={
            key: gap for key, gap in sorted(moved, key=lambda item: -abs(item[1])) if key not in observers
        },
    )


def wilson(share: float, count: int) -> Band:
    """The 95 % interval of a share of `count` replicates: low, share, high.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.

    >>> [round(value, 3) for value in wilson(0.0, 64)]
    [0.0, 0.0, 0.057]
    """
    square = LEVEL**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    spread = share * (1 - share) / count + square / (4 * count**2)
    half = LEVEL * spread**0.5 / (1 + square / count)
    return max(0.0, min(share, middle - half)), share, min(1.0, max(share, middle + half))
