"""Why did it end like this? The smallest sets of changes that would have turned the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scenarios.patching import combine
from scenarios.schema import Scenario
from simulation.analyses.alternatives import Alternative, alternatives
from simulation.analyses.confirming import Band, wilson
from simulation.compare import Patch, effect

if TYPE_CHECKING:
    import xarray as xr

    from simulation.proceedings import Progress

Changes = tuple[Alternative, ...]
HALF = 0.5
SCREENED = 8  # replicates in which every change is tried first
KEPT = 5  # changes with most effect, from which sets are made
CONFIRMED = 4  # sets of one size that are run in full
LARGEST = 3  # changes in a set


class Turn(NamedTuple):
    """A set of changes, and in what share of replicates the outcome is then another one than as it was, with
    its 95 % interval; `endorsing` and `ambition` are paired differences at the end."""

    changes: Changes
    chance: Band
    endorsing: float
    ambition: float

    @property
    def turns(self) -> bool:
        """Whether the outcome turns in half of the replicates or more."""
        return self.chance[1] >= HALF


class Autopsy(NamedTuple):
    """What was decided (`adopted` in a share `held` of the replicates or more often not), how many changes
    were tried, and the sets run in full: `singles` of one change each, by chance to turn the outcome; and the
    `smallest` sets without a change of rule that turn it, or the nearest if none does."""

    adopted: bool
    held: float
    replicates: int
    tried: int
    singles: tuple[Turn, ...]
    smallest: tuple[Turn, ...]


def autopsy(
    scenario: Scenario,
    text: str,
    replicates: int = 64,
    seed: int = 1,
    measure: str = "adopted",
    progress: Progress | None = None,
    other_rules: bool = True,
) -> Autopsy:
    """The smallest sets of changes that would have turned whether a text is adopted (or `vote_passed`).

    1. Every alternative is tried alone in the first eight replicates, paired with the scenario as it is, and
       ranked by how often the outcome turns and then by how many more or fewer endorse than oppose.
    2. The first four are run in full. A set turns the outcome if it does so in half of the replicates.
    3. Without the rule: if none does alone, the first five are combined in twos and then in threes in the
       same way, until some set turns it, or until no two together turn it in a single replicate. Two at one
       place are never combined. Of a set that turns the outcome
       no smaller one among those five does.

    Without `other_rules` no change of rule is tried. It is a search by effect size: a set of changes that do
    little alone can be missed.
    """
    towards, held = _outcome(scenario, text, replicates, seed, measure)
    look = _Search(scenario, text, replicates, seed, measure, towards, progress)
    known = [one for one in alternatives(scenario, text, towards) if other_rules or one.kind != "rule"]
    ranked = look.ranked([(one,) for one in known])
    in_full = look.in_full(ranked[:CONFIRMED])
    without = [one for one in ranked if one[0].kind != "rule"]
    found = [turn for turn in in_full if turn.changes[0].kind != "rule"]
    found += look.in_full(
        [one for one in without[:CONFIRMED] if one not in [turn.changes for turn in in_full]]
    )
    size = 1
    while size < LARGEST and not any(turn.turns for turn in found):
        if size > 1 and not any(turn.chance[1] for turn in found):
            break  # not one replicate turns
        size += 1
        sets = [
            changes
            for changes in combinations([one[0] for one in without[:KEPT]], size)
            if len({one.place for one in changes}) == size
        ]
        found += look.in_full(look.ranked(sets)[:CONFIRMED])
    by_chance = sorted(found, key=lambda turn: (-turn.chance[1], len(turn.changes)))
    turning = [turn for turn in by_chance if turn.turns]
    least = min((len(turn.changes) for turn in turning), default=0)
    return Autopsy(
        adopted=not towards,
        held=held,
        replicates=replicates,
        tried=len(known),
        singles=tuple(sorted(in_full, key=lambda turn: -turn.chance[1])),
        smallest=tuple([turn for turn in turning if len(turn.changes) == least] or by_chance[:1]),
    )


def _outcome(scenario: Scenario, text: str, replicates: int, seed: int, measure: str) -> tuple[bool, float]:
    """Whether to look for changes towards the text, and in what share of replicates the outcome holds."""
    as_it_is = effect(scenario, {"as it is": {}}, replicates, seed)
    chance = float(as_it_is.base.sel(text=text, measure=measure))
    return chance < HALF, max(chance, 1 - chance)


class _Search(NamedTuple):
    """What all comparisons of one search share; `towards` tells whether the text is to be adopted."""

    scenario: Scenario
    text: str
    replicates: int
    seed: int
    measure: str
    towards: bool
    progress: Progress | None

    def ranked(self, sets: Sequence[Changes]) -> list[Changes]:
        """Sets by their effect in the first replicates, largest first."""
        if not sets:
            return []
        here = self._compared(sets, min(SCREENED, self.replicates))
        sign = 1 if self.towards else -1
        turned = sign * here.difference.sel(measure=self.measure).values
        moved = (
            here.difference.sel(measure="endorsing").values - here.difference.sel(measure="opposing").values
        )
        return [sets[place] for place in np.lexsort((-sign * moved, -turned))]

    def in_full(self, sets: Sequence[Changes]) -> list[Turn]:
        """Sets run in all replicates, under the same luck as the scenario as it is."""
        if not sets:
            return []
        here = self._compared(sets, self.replicates)
        found = []
        for place, changes in enumerate(sets):
            one = here.sel(variant=str(place))
            chance = float(one.changed.sel(measure=self.measure))
            found.append(
                Turn(
                    changes,
                    wilson(chance if self.towards else 1 - chance, self.replicates),
                    float(one.difference.sel(measure="endorsing")),
                    float(one.difference.sel(measure="ambition")),
                )
            )
        return found

    def _compared(self, sets: Sequence[Changes], replicates: int) -> xr.Dataset:
        patches: dict[str, Patch] = {}
        for place, changes in enumerate(sets):
            together: Patch = {}
            for one in changes:
                together = combine(together, one.patch)
            patches[str(place)] = together
        return effect(self.scenario, patches, replicates, self.seed, self.progress).sel(text=self.text)
