"""What would bring a delegation or a bloc to yes? The smallest single changes, confirmed by paired re-runs.

What is lacking is the cut-point less appeal and chance, replicate by replicate (E5 and E6 of docs/model.md).
Since an appeal is a sum, what a change adds to it is known without a run; the change is made just so large
that the target says yes in half of the replicates. Only a re-run tells what the talks make of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.registry import UnknownEntry
from scenarios.schema import Scenario
from simulation.analyses.confirming import Band, Outcome, confirm, wilson
from simulation.analyses.lacking import Line, lacking, parts_of, red_lines
from simulation.analyses.levers import HALF, Lever, Target, chance_of, solve
from simulation.analyses.levers_of_company import endorsements, sponsors
from simulation.analyses.levers_of_trust import assurances, offers
from simulation.analyses.levers_of_wording import legal_forms, wordings
from simulation.analyses.wording import spoken
from simulation.compare import Patch
from simulation.ending import Ending, ending

if TYPE_CHECKING:
    from simulation.proceedings import Progress

GENERATORS = (wordings, legal_forms, assurances, offers, endorsements, sponsors)
CONFIRMED = 6  # changes that are run again
OF_A_KIND = 2  # of one kind among them, unless room is left
FINER = (0.25, 0.5, 0.75)  # where between two sizes to look once more


class Change(NamedTuple):
    """A lever in one size; `share` is the size as a share of its whole scale, `expected` the chance of yes
    by the appeals at the end."""

    lever: Lever
    size: float
    share: float
    expected: float

    @property
    def patch(self) -> Patch:
        """The change as a patch."""
        return self.lever.patch(self.size)


class Path(NamedTuple):
    """A change, and what came of it in paired re-runs."""

    change: Change
    outcome: Outcome


class Paths(NamedTuple):
    """All that is known of a target: what it `lacks` in the median replicate in gain units, negative where it
    has more than enough; `parts` of its mean appeal with the mean cut-point; the red `lines` that block it;
    and the `paths`, those that suffice first, smallest first."""

    target: Target
    replicates: int
    chance: Band
    lacks: float
    parts: dict[str, float]
    cut: float
    lines: tuple[Line, ...]
    paths: tuple[Path, ...]

    @property
    def sufficient(self) -> list[Path]:
        """The paths that do what was asked for."""
        return [path for path in self.paths if self.target.suffices(path.outcome.after[1])]


def of_delegation(end: Ending, iso3: str) -> Target:
    """One delegation: to bring it to yes, or to lose its yes if it has one in half of the replicates or more.

    Raises UnknownEntry for one that is not there.
    """
    if iso3 not in end.room.countries:
        raise UnknownEntry("delegation", iso3, list(end.room.countries))
    target = Target(
        (end.room.countries.index(iso3),), 1, 1, (iso3,), spoken(end.scenario.delegations[iso3].name)
    )
    return _directed(end, target)


def of_bloc(end: Ending, bloc: str) -> Target:
    """More than half of a bloc's members, observers left out.

    Raises UnknownEntry for one that is not there or has none.
    """
    inside = blocs(end)
    if bloc not in inside:
        raise UnknownEntry("bloc", bloc, inside)
    rows = tuple(row for row in end.room.rows([f"bloc:{bloc}"]).tolist() if not end.room.observing[row])
    name = spoken(end.scenario.blocs[bloc].name)
    return _directed(end, Target(rows, len(rows) // 2 + 1, 1, (f"bloc:{bloc}",), name))


def blocs(end: Ending) -> list[str]:
    """The blocs with members whose stance counts."""
    members = end.room.members & ~end.room.observing
    return [key for key, inside in zip(end.room.blocs, members, strict=True) if inside.any()]


def holdouts(end: Ending, most: int = 5) -> list[Target]:
    """The delegations nearest to yes of those that endorse in less than half of the replicates, those with
    least lacking first; left out are observers, and those whom a red line holds back in half of them."""
    blocked = (end.forbidden | end.unmet).mean(axis=1) >= HALF
    targets = [of_delegation(end, iso3) for iso3 in end.room.countries]
    out = [one for one in targets if one.direction > 0 and not (blocked | end.room.observing)[one.rows[0]]]
    return sorted(out, key=lambda one: lacking(end, one))[:most]


def _directed(end: Ending, target: Target) -> Target:
    holds = target.reached(end, end.stance).mean()
    return target._replace(direction=-1) if target.suffices(float(holds)) else target


def paths(
    scenario: Scenario,
    text: str,
    country: str | None = None,
    bloc: str | None = None,
    replicates: int = 64,
    seed: int = 1,
    progress: Progress | None = None,
) -> Paths:
    """What would bring a delegation, or more than half of a bloc, to endorse a text; or what would lose it.

    Raises UnknownEntry for a delegation or bloc that is not there, ValueError for a text that does not lie on
    the table at the end or unless exactly one of `country` and `bloc` is given.
    """
    if (country is None) == (bloc is None):
        raise ValueError("give a delegation or a bloc, one of the two")
    end = ending(scenario, text, replicates, seed)
    target = of_delegation(end, country) if country is not None else of_bloc(end, str(bloc))
    return paths_of(end, [target], seed, CONFIRMED, True, progress)[0]


def changes(end: Ending, target: Target) -> list[Change]:
    """Every single change in the size that the appeals at the end ask for: those that suffice first, smallest
    first as shares of their scales, and then those that come nearest."""
    found = []
    for lever in [lever for generate in GENERATORS for lever in generate(end, target)]:
        found.append(change(end, target, lever, solve(end, target, lever)))

    def rank(one: Change) -> tuple[bool, float, float]:
        near = target.direction * float(one.lever.moved(one.size)[list(target.rows)].mean())
        enough = target.suffices(one.expected)
        return not enough, one.share if enough else -target.direction * one.expected, -near

    return sorted(found, key=rank)


def change(end: Ending, target: Target, lever: Lever, size: float) -> Change:
    """A lever in some size."""
    return Change(lever, float(size), float(size) / lever.scale, chance_of(end, target, lever, size))


def best(ranked: Sequence[Change], most: int) -> list[Change]:
    """The first changes of a ranking, at most two of a kind as long as there are other kinds."""
    first: list[Change] = []
    for one in ranked:
        if sum(other.lever.kind == one.lever.kind for other in first) < OF_A_KIND:
            first.append(one)
    return [*first, *(one for one in ranked if one not in first)][:most]


def paths_of(
    end: Ending,
    targets: Sequence[Target],
    seed: int,
    most: int = CONFIRMED,
    finer: bool = False,
    progress: Progress | None = None,
) -> list[Paths]:
    """The paths of several targets, confirmed in one comparison with as many replicates as the ending has.

    With `finer` a change that can have several sizes is run at more of them in a second comparison: at three
    smaller ones if it suffices, at four larger ones, up to twice as large, if it does not. The smallest that
    suffices is kept.
    """
    tried = [(n, one) for n, target in enumerate(targets) for one in best(changes(end, target), most)]
    found = _confirmed(end, targets, tried, seed, progress)
    if finer and (more := _other_sizes(targets, found, end)):
        found += _confirmed(end, targets, more, seed, progress)
    by_lever: dict[Lever, list[tuple[int, Path]]] = {}
    for n, path in found:
        by_lever.setdefault(path.change.lever, []).append((n, path))
    kept = [
        (some[0][0], _smallest(targets[some[0][0]], [path for _, path in some])) for some in by_lever.values()
    ]
    return [
        _about(end, target, [path for which, path in kept if which == n]) for n, target in enumerate(targets)
    ]


def _confirmed(
    end: Ending,
    targets: Sequence[Target],
    tried: Sequence[tuple[int, Change]],
    seed: int,
    progress: Progress | None,
) -> list[tuple[int, Path]]:
    """Changes, each with its target's number, as paths."""
    outcomes = confirm(end, targets, [(n, one.patch) for n, one in tried], seed, progress)
    return [(n, Path(one, outcome)) for (n, one), outcome in zip(tried, outcomes, strict=True)]


def _other_sizes(
    targets: Sequence[Target], found: Sequence[tuple[int, Path]], end: Ending
) -> list[tuple[int, Change]]:
    """Three more sizes of each change that could be smaller, or has to be larger."""
    more = []
    for n, path in found:
        lever, size = path.change.lever, path.change.size
        enough = targets[n].suffices(path.outcome.after[1])
        low, high = (0.0, size) if enough else (size, min(2 * size, lever.sizes[-1]))
        places = FINER if enough else (*FINER, 1.0)
        wanted = {lever.sizes[np.abs(lever.sizes - low - part * (high - low)).argmin()] for part in places}
        more += [(n, change(end, targets[n], lever, one)) for one in sorted(wanted - {size}) if lever.sized]
    return more


def _smallest(target: Target, found: Sequence[Path]) -> Path:
    """The smallest size that suffices, or the largest where none does."""
    in_order = sorted(found, key=lambda path: path.change.size)
    return next((path for path in in_order if target.suffices(path.outcome.after[1])), in_order[-1])


def _about(end: Ending, target: Target, found: Sequence[Path]) -> Paths:
    """What is known of a target, with its paths in order."""
    count = end.appeal.shape[1]

    def rank(path: Path) -> tuple[bool, float]:
        enough = target.suffices(path.outcome.after[1])
        return not enough, path.change.share if enough else -target.direction * path.outcome.after[1]

    return Paths(
        target=target,
        replicates=count,
        chance=wilson(float(target.reached(end, end.stance).mean()), count),
        lacks=lacking(end, target),
        parts=parts_of(end, target),
        cut=float(end.upper[list(target.rows)].mean()),
        lines=red_lines(end, target),
        paths=tuple(sorted(found, key=rank)),
    )
