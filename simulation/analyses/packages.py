"""What would carry a text through the chamber? A package of changes, put together step by step.

This is a heuristic: each step takes the change that brings most for its cost, and what turns out superfluous
or too large is dropped or made smaller at the end. That no smaller package would do is not proven.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scenarios.patching import combine
from scenarios.schema import Scenario
from simulation.analyses.confirming import Band, Outcome, confirm, wilson
from simulation.analyses.levers import HALF, Lever, Target, solve
from simulation.analyses.levers_of_company import sponsors
from simulation.analyses.levers_of_trust import assurances, offers
from simulation.analyses.levers_of_wording import legal_forms, wordings
from simulation.analyses.paths import Change, blocs, of_bloc, of_delegation
from simulation.compare import Patch
from simulation.ending import Ending, Flags, Floats, ending

if TYPE_CHECKING:
    from simulation.proceedings import Progress

WANTED = (0.5, 0.75, 0.95)  # shares of the replicates in which packages are to carry on paper
ASSURED = (0.1, 0.2, 0.4)  # sizes of assurances in a package, in units of trust
ASKING = 0.05  # what a change counts for beside its size
MOST = 20  # changes in a package


class Package(NamedTuple):
    """Changes made together, and what came of them; `cost` is that of all of them, see `cost`."""

    changes: tuple[Change, ...]
    outcome: Outcome

    @property
    def cost(self) -> float:
        """What all changes count for."""
        return sum(map(cost, self.changes))


class Passage(NamedTuple):
    """What a text needs to be adopted: its `chance` in `replicates`, and the smallest `package` found that
    brings this to one half or more, or else the one that comes nearest; none if nothing has to be done or
    nothing that was looked at helps."""

    replicates: int
    chance: Band
    package: Package | None

    @property
    def carries(self) -> bool:
        """Whether the text is adopted in half of the replicates as it is."""
        return self.chance[1] >= HALF


def passage(
    scenario: Scenario, text: str, replicates: int = 64, seed: int = 1, progress: Progress | None = None
) -> Passage:
    """The package of changes that has the decision rule adopt a text in half of the replicates or more.

    Three packages are put together, to carry on paper in 50, 75 and 95 % of the replicates, and run in one
    paired comparison. Raises ValueError for a text that does not lie on the
    table at the end.
    """
    end = ending(scenario, text, replicates, seed)
    room = _chamber(end)
    adopted = end.chamber.adopted_round[end.text] >= 0
    chance = wilson(float(adopted.mean()), replicates)
    if chance[1] >= HALF:
        return Passage(replicates, chance, None)
    choices = candidates(end, room)
    made = list(dict.fromkeys(tuple(put_together(end, room, choices, wanted)) for wanted in WANTED))
    made = [one for one in made if one]
    if not made:
        return Passage(replicates, chance, None)
    patches = [(0, together(change.patch for change in one)) for one in made]
    found = [Package(*each) for each in zip(made, confirm(end, [room], patches, seed, progress), strict=True)]
    enough = [one for one in found if one.outcome.after[1] >= HALF]
    chosen = min(enough, key=lambda one: one.cost) if enough else max(found, key=_nearness)
    return Passage(replicates, chance, chosen)


def _nearness(package: Package) -> tuple[float, float]:
    return package.outcome.after[1], package.outcome.endorsing[1] - package.outcome.opposing[1]


def _chamber(end: Ending) -> Target:
    """All delegations, as the decision rule counts them."""
    every = tuple(range(len(end.room.countries)))
    return Target(every, len(every), 1, ("all",), "all delegations", by_rule=True)


def candidates(end: Ending, room: Target) -> list[Change]:
    """What a package can hold: every wording and legal form, a co-sponsor, assurances to all and to each bloc
    in three sizes, and to each delegation that does not endorse an offer as large as it needs."""
    found = [
        _change(end, room, lever, lever.sizes[-1])
        for generate in (wordings, legal_forms, sponsors)
        for lever in generate(end, room)
    ]
    members = [of_bloc(end, key) for key in blocs(end)]
    for target in (room, *(one for one in members if one.direction > 0)):
        for lever in assurances(end, target):
            sizes = [size for size in ASSURED if size <= lever.sizes[-1]]
            found += [_change(end, room, lever, size) for size in sizes]
    counted = [iso3 for iso3, left in zip(end.room.countries, end.room.observing, strict=True) if not left]
    single = [of_delegation(end, iso3) for iso3 in counted]
    for target in single:
        for lever in offers(end, target) if target.direction > 0 else ():
            found.append(_change(end, room, lever, solve(end, target, lever)))
    return found


def _change(end: Ending, room: Target, lever: Lever, size: float) -> Change:
    expected = float(room.reached(end, lever.answers(end, size)).mean())
    return Change(lever, float(size), float(size) / lever.scale, expected)


def put_together(end: Ending, room: Target, choices: Sequence[Change], wanted: float) -> list[Change]:
    """A package that carries on paper in a share `wanted` of the replicates, if the choices allow; as near as
    they come if not."""
    pieces = [_Piece(one, one.lever.moved(one.size)) for one in choices if one.share > 0]
    package: list[_Piece] = []
    state = _Paper(end, room, package)
    while state.carried < wanted and len(package) < MOST:
        taken = {one.change.lever.place for one in package}
        open_to = [one for one in pieces if one.change.lever.place not in taken]
        gains = [(_Paper(end, room, [one], state).value - state.value) / cost(one.change) for one in open_to]
        if not gains or max(gains) <= 0:
            break
        package.append(open_to[int(np.argmax(gains))])
        state = _Paper(end, room, [package[-1]], state)
    carried = min(state.carried, wanted)
    for one in sorted(package, key=lambda one: -cost(one.change)):
        others = [other for other in package if other is not one]
        smaller = [other for other in pieces if _is_less(other.change, one.change)]
        for instead in ([], *([other] for other in sorted(smaller, key=lambda other: other.change.size))):
            left = _Paper(end, room, [*others, *instead])
            if left.carried >= carried and (carried > 0 or left.value >= state.value):
                package = [*others, *instead]
                break
    return [one.change for one in package]


def _is_less(one: Change, other: Change) -> bool:
    """Whether a change is a smaller size of another one."""
    return one.lever is other.lever and one.size < other.size


def cost(change: Change) -> float:
    """What a change counts for: its size as a share of its scale, and a twentieth for having to be agreed."""
    return change.share + ASKING


def together(patches: Iterable[Patch]) -> dict:
    """Several patches as one."""
    found: dict = {}
    for patch in patches:
        found = combine(found, patch)
    return found


class _Piece(NamedTuple):
    """A change, and how far it moves appeals (country, replicate)."""

    change: Change
    moved: Floats


class _Paper:
    """What everybody would answer if changes were made: what they add to appeals is added up.

    `value` tells how near that comes to adoption, in delegations: all of them where the text carries, and
    those for it less those against it; `carried` is the share of the replicates in which it carries.
    """

    def __init__(
        self, end: Ending, room: Target, pieces: Sequence[_Piece], before: _Paper | None = None
    ) -> None:
        """`before` is what has been changed already."""
        nothing = np.zeros_like(end.forbidden)
        self.moved: Floats = sum(
            (one.moved for one in pieces), start=before.moved if before else np.zeros_like(end.appeal)
        )
        self.told: dict[int, int] = dict(before.told) if before else {}
        self.caught: list[Flags] = list(before.caught) if before else [nothing, nothing]
        self.freed: list[Flags] = list(before.freed) if before else [nothing, nothing]
        standing = end.forbidden, end.unmet
        for lever in (one.change.lever for one in pieces):
            self.told |= lever.told
            for kind, after in enumerate(lever.broken or ()):
                self.caught[kind] = self.caught[kind] | (after & ~standing[kind])
                self.freed[kind] = self.freed[kind] | (standing[kind] & ~after)
        forbidden, unmet = (
            (were & ~freed) | caught
            for were, freed, caught in zip(standing, self.freed, self.caught, strict=True)
        )
        answers = end.answers(self.moved, (forbidden, unmet), self.told)
        self.carried = float(room.reached(end, answers).mean())
        counted = answers[end.room.counted]
        self.value = len(counted) * self.carried + float(counted.sum(axis=0, dtype=np.int64).mean())
