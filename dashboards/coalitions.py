"""What coalitions there are after a round, what they could do, who stands between them, and how blocs fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards.groups import without_singles
from simulation.analyses.coalitions import adjusted_rand, consensus, settled, together
from simulation.analyses.cohesion import bloc_fit, cohesion
from simulation.analyses.detection import Second, in_round, second_opinion
from simulation.analyses.hinges import (
    abilities,
    chamber_rule,
    mean_company,
    moves_to_lose,
    nearest_other,
    participation,
    tips,
)
from simulation.analyses.lives import track
from simulation.results import observing

Floats = NDArray[np.floating]
LEAST_MEMBERS = 2  # of a bloc that can stand together or apart


class Coalition(NamedTuple):
    """A coalition over all replicates: the number of its letter, its members (most settled first), and
    whether it is the largest, carries a text alone and blocks one alone, each with the number of members
    after whose move it no longer does (None: never, or it does not now)."""

    number: int
    members: NDArray[np.intp]
    able: tuple[bool, bool, bool]
    until: tuple[int | None, int | None, int | None]


class Found(NamedTuple):
    """Coalitions after the round `when`. `labels` (replicate, country) and `clear` (replicate,) are those of
    single replicates, `agreement` how far each of these agrees with the coalitions over all (adjusted Rand).

    By delegation (country,): the `number` of its coalition's letter, −1 alone; its `participation`; how
    `settled` it is; the coalition it is drawn to by number, and how often it stands with the members of its
    own and of that one; and in what share of replicates its move `tips` what coalitions can do.
    `tipping` is the share of replicates in which anybody's does, `any_two` how often two delegations stand
    together on the average over pairs, and `alone` how many stand in no coalition; observers do not count.
    """

    when: int
    labels: NDArray[np.integer]
    clear: Floats
    agreement: Floats
    coalitions: list[Coalition]
    number: NDArray[np.int64]
    participation: Floats
    settled: Floats
    drawn_to: NDArray[np.int64]
    at_home: Floats
    there: Floats
    tips: Floats
    tipping: float
    any_two: float
    alone: int
    second: list[Second]

    def hinges(self) -> list[int]:
        """Delegations that stand with more than one coalition, those of highest participation first."""
        order = np.argsort(-self.participation, kind="stable")
        return [row for row in order.tolist() if self.participation[row] > 0 and self.drawn_to[row] >= 0]


class Bloc(NamedTuple):
    """A declared bloc against the coalitions: the share of its members in each of them, by number, and
    `alone`; the coalition most like it, how like (Jaccard index) and the share of its members there; how
    often two of its members stand together; Rice and agreement index (text,), medians over replicates."""

    name: str
    discipline: float
    members: NDArray[np.bool_]
    shares: dict[int, float]
    alone: float
    number: int
    likeness: float
    share: float
    together: float
    rice: Floats
    agreement: Floats


def found_in(results: Any, when: int = -1) -> Found:
    """Coalitions after a round, counted from 0, the opening, or from the end as −1."""
    data = results.data
    when = when % data.sizes["round"]
    labels, clear = in_round(results, when)
    company = together(labels)
    over_all = consensus(company).astype(np.int64)
    calm, mixed = settled(company), participation(company, over_all)
    counting = ~observing(data)
    decide, target = chamber_rule(results.scenario), nearest_other(company, over_all)
    numbers = _numbers(data, over_all, when)
    order = np.argsort(-mixed, kind="stable")
    camps = over_all == np.arange(over_all.max() + 1)[:, None]
    able = np.array(abilities(decide, camps)).T.tolist()
    coalitions = [
        Coalition(
            numbers[label],
            rows[np.argsort(-calm[rows], kind="stable")],
            tuple(able[label]),
            moves_to_lose(decide, over_all, target, order, label),
        )
        for label, rows in enumerate(map(np.flatnonzero, camps))
        if label in numbers
    ]
    often, each = mean_company(company, over_all), np.arange(len(over_all))
    changing = tips(decide, labels, company)
    return Found(
        when,
        labels,
        clear,
        np.array([adjusted_rand(row, over_all) for row in labels]),
        sorted(coalitions, key=lambda one: one.number),
        np.array([numbers.get(label, -1) for label in over_all.tolist()]),
        mixed,
        calm,
        np.array([numbers.get(label, -1) for label in target.tolist()]),
        often[each, over_all],
        np.where(target >= 0, often[each, target], 0.0),
        changing.mean(axis=0),
        float(changing.any(axis=1).mean()),
        _mean_pair(company, counting),
        int((counting & ~np.isin(over_all, list(numbers))).sum()),
        second_opinion(results, labels, when),
    )


def blocs_in(results: Any, found: Found) -> list[Bloc]:
    """Every bloc of two members or more, against the coalitions that were found."""
    data = results.data
    members = data.member.values.astype(bool) & ~observing(data)
    held = cohesion(data.stance.values[:, found.when], members)
    labels = np.where(
        found.number >= 0, found.number, found.number.max(initial=0) + 1 + np.arange(len(found.number))
    )
    fit = bloc_fit(labels, members)
    company = together(found.labels)
    known = [one.number for one in found.coalitions]
    blocs = []
    for place, bloc in enumerate(results.scenario.blocs.values()):
        inside = members[place]
        if inside.sum() < LEAST_MEMBERS:
            continue
        where = found.number[inside]
        number = int(fit.coalition[place])
        blocs.append(
            Bloc(
                bloc.name,
                bloc.discipline,
                inside,
                {one: float((where == one).mean()) for one in known},
                float((where < 0).mean()),
                number if number in known else -1,
                float(fit.jaccard[place]),
                float(fit.share[place]),
                _mean_pair(company, inside),
                _medians(held.rice[:, place]),
                _medians(held.agreement[:, place]),
            )
        )
    return blocs


def _mean_pair(company: Floats, inside: NDArray[np.bool_]) -> float:
    """How often two of those inside stand together, on the average over pairs."""
    size = int(inside.sum())
    return float((company[np.ix_(inside, inside)].sum() - size) / max(size * (size - 1), 1))


def _medians(values: Floats) -> Floats:
    """Medians over replicates (replicate, text), NaN only where there is no value at all."""
    known = [column[~np.isnan(column)] for column in np.asarray(values, dtype=np.float64).T]
    return np.array([float(np.median(column)) if column.size else np.nan for column in known])


def _numbers(data: Any, labels: NDArray[np.int64], when: int) -> dict[int, int]:
    """The number of the letter of every coalition of two or more: that of the coalition it is most like at
    the end, so that a letter means the same in all rounds."""
    at_end = without_singles(np.asarray(data.consensus_coalition.values, dtype=np.int64))
    here = without_singles(labels)
    identities = here if when == data.sizes["round"] - 1 else track(np.array([at_end, here]))[1]
    return {int(label): int(identities[labels == label][0]) for label in np.unique(here[here >= 0])}


def mean_of(second: Sequence[Second], name: str) -> float:
    """The mean of what Louvain and we find in single replicates."""
    return float(np.mean([getattr(one, name) for one in second]))
