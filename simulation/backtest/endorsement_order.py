"""The order in which the model expects endorsements, against the order on record, beside simple rankings.

Concordance (Harrell, F. E. and others 1982, Evaluating the yield of medical tests, Journal of the American
Medical Association 247, 2543–2546): of the pairs of states of which the record knows who came first, the
share that a ranking orders alike; a tie in the ranking counts half. Which pairs these are, `before` says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenarios.reference import agreement, groups, slots
from scenarios.schema import Scenario
from simulation.analyses.spread import first_supporters
from simulation.backtest.bootstraps import interval, times_drawn
from simulation.backtest.endorsement_record import SPONSOR, TEXT, Record, before
from simulation.backtest.roll_calls import blocs

PLENARY, BASELINES = "plenary", ("agreement", "forum", "groups")
ENOUGH = 5  # states that spoke; with fewer nothing is claimed
KINDS = ("delegations", "blocs", "replicates")
BAND = (0.1, 0.5, 0.9)


class Expected(NamedTuple):
    """When the model has delegations (N,) endorse: the mean day, a replicate without an endorsement counting
    as the last day; `again`, the same with replicates drawn anew (B, N); the share of replicates with an
    endorsement; the day at the quantiles of `BAND` (3, N), inf for never; and the place in the order of mean
    days, from 1, those of a tie sharing the middle one."""

    day: NDArray[np.float64]
    again: NDArray[np.float64]
    endorses: NDArray[np.float64]
    band: NDArray[np.float64]
    place: NDArray[np.float64]


class Score(NamedTuple):
    """A concordance with its 95 % intervals by kind of draw (over replicates the model's alone has one); how
    it does on pairs of one who spoke and one who did not (`who`), and on pairs of two who spoke (`order`),
    NaN without such a pair."""

    value: float
    intervals: dict[str, tuple[float, float]]
    who: float
    order: float


class Difference(NamedTuple):
    """A ranking's concordance minus a baseline's, its intervals, and what may be said: better, worse, open
    (an interval includes 0), or few (too few states spoke for a claim)."""

    value: float
    intervals: dict[str, tuple[float, float]]
    verdict: str


class Scored(NamedTuple):
    """How many spoke; how many pairs there are (all, who, order); scores by ranking; and Plenary's
    differences by baseline."""

    spoke: int
    pairs: dict[str, int]
    scores: dict[str, Score]
    differences: dict[str, Difference]


def scored_rows(scenario: Scenario) -> list[str]:
    """The delegations whose order is scored: all but observers and whoever has sponsored the text."""
    sponsors = {SPONSOR, *scenario.texts[TEXT].sponsors}
    return [key for key, one in scenario.delegations.items() if key not in sponsors and not one.observer]


def expected(first_endorsed: ArrayLike, days: ArrayLike, seed: int = 1) -> Expected:
    """When delegations endorse, from rounds of first endorsements (R, N), −1 for never, and the days since
    the opening at the end of each round (T+1,). The mean day is that of `first_supporters`."""
    from scipy.stats import rankdata

    first, days = np.asarray(first_endorsed), np.asarray(days, dtype=np.float64)
    found = first_supporters(first, days)
    when = np.where(first >= 0, days[first], np.inf)
    band = np.quantile(when, BAND, axis=0, method="inverted_cdf")
    drawn = times_drawn(np.random.default_rng(seed), len(first))
    again = drawn.astype(np.float64) @ days[first]  # whole numbers of days, so that ties stay ties
    place = rankdata(found.expected_day)
    return Expected(found.expected_day, again / len(first), found.endorses, band, place)


def agrees(times: ArrayLike) -> NDArray[np.float64]:
    """How a ranking orders each pair (N, N): 1 if it has the first earlier, ½ for a tie, 0 if later.

    `times` (N,) rise with the time at which one is expected.
    """
    times = np.asarray(times, dtype=np.float64)
    return (np.sign(times[None, :] - times[:, None]) + 1) / 2


def concordance(pairs: ArrayLike, times: ArrayLike, drawn: ArrayLike | None = None) -> NDArray[np.float64]:
    """The share of `pairs` (N, N) that a ranking (N,) orders alike, from 0 to 1; ½ is chance.

    NaN without a pair. With `drawn` (B, N), how often each delegation was drawn, there is one concordance a
    draw (B,), otherwise one in all (1,).

    >>> pairs = np.array([[False, True, True], [False, False, True], [False, False, False]])
    >>> [float(concordance(pairs, days)[0]) for days in ([1, 2, 3], [3, 2, 1], [1, 1, 1])]
    [1.0, 0.0, 0.5]
    """
    pairs = np.asarray(pairs, dtype=np.float64)
    weights = np.ones((1, len(pairs))) if drawn is None else np.asarray(drawn, dtype=np.float64)
    total = ((weights @ pairs) * weights).sum(axis=1)
    alike = ((weights @ (pairs * agrees(times))) * weights).sum(axis=1)
    return np.divide(alike, total, out=np.full(len(weights), np.nan), where=total > 0)


def baselines(scenario: Scenario, countries: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Three rankings that know nothing of the negotiation, each (N,), rising with the time expected.

    Voting agreement with China in the General Assembly, 2010–2019; the position on the forum, from
    governments alone in the United Nations down; how many of the groups in the reference tables one shares
    with China. A delegation of which a ranking knows nothing is put at the median of the others.
    """
    place, known = slots(), groups()
    votes = agreement()[place[SPONSOR]]
    theirs = [members for members in known.values() if SPONSOR in members]
    forum = [scenario.delegations[iso3].positions.get("forum") for iso3 in countries]
    values = (
        [votes[place[iso3]] if iso3 in place else np.nan for iso3 in countries],
        [np.nan if value is None else value for value in forum],
        [sum(iso3 in members for members in theirs) for iso3 in countries],
    )
    return {
        name: -_filled(np.array(some, dtype=np.float64)) for name, some in zip(BASELINES, values, strict=True)
    }


def _filled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    missing = np.isnan(values)
    return np.where(missing, 0.0 if missing.all() else np.nanmedian(values), values)


def draws(countries: Sequence[str], seed: int) -> dict[str, NDArray[np.int64]]:
    """How often each delegation is drawn (B, N), drawing delegations and drawing whole blocs (Efron 1979).

    A state has one bloc, the same as in the back-test of votes; an actor that is no state is one by itself.
    """
    rng = np.random.default_rng(seed)
    place, of = slots(), blocs()
    bloc = np.unique(
        [str(of[place[key]]) if key in place else key for key in countries], return_inverse=True
    )[1]
    return {
        "delegations": times_drawn(rng, len(bloc)),
        "blocs": times_drawn(rng, int(bloc.max()) + 1)[:, bloc],
    }


def score(
    found: Record, model: Expected, others: Mapping[str, ArrayLike], countries: Sequence[str], seed: int
) -> Scored:
    """Score the model's mean days and the `others`, baselines (N,) that rise with the time expected, against
    a record. All share the draws, so that differences are paired; a draw without a pair is left out."""
    pairs, drawn = before(found), draws(countries, seed)
    rankings = {PLENARY: model.day, **others}
    values = {name: float(concordance(pairs, times)[0]) for name, times in rankings.items()}
    again = {
        name: {kind: concordance(pairs, times, table) for kind, table in drawn.items()}
        for name, times in rankings.items()
    }
    replicates = _for_each(pairs, model.again)
    again[PLENARY]["replicates"] = replicates
    differences = {}
    for name in others:
        gaps = {kind: again[PLENARY][kind] - again[name][kind] for kind in drawn}
        gaps["replicates"] = replicates - values[name]
        ends = {kind: _interval(gap) for kind, gap in gaps.items()}
        told = verdict(ends, int(found.spoke.sum()))
        differences[name] = Difference(values[PLENARY] - values[name], ends, told)
    both = pairs & found.spoke[None, :]
    scores = {
        name: Score(
            values[name],
            {kind: _interval(table) for kind, table in again[name].items()},
            float(concordance(pairs & ~both, times)[0]),
            float(concordance(both, times)[0]),
        )
        for name, times in rankings.items()
    }
    counts = {"all": int(pairs.sum()), "who": int((pairs & ~both).sum()), "order": int(both.sum())}
    return Scored(int(found.spoke.sum()), counts, scores, differences)


def _for_each(pairs: NDArray[np.bool_], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """The concordance of each of many rankings (B, N) with the same pairs (B,)."""
    first, second = np.nonzero(pairs)
    if not first.size:
        return np.full(len(times), np.nan)
    return (np.sign(times[:, second] - times[:, first]).mean(axis=1) + 1) / 2


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    return (float("nan"), float("nan")) if np.isnan(values).all() else interval(values)


def verdict(ends: Mapping[str, tuple[float, float]], spoke: int) -> str:
    """What the intervals of a difference allow to say, where so many spoke.

    >>> verdict({"delegations": (0.01, 0.2), "blocs": (-0.02, 0.3)}, 25)
    'open'
    """
    if spoke < ENOUGH:
        return "few"
    if all(low > 0 for low, _ in ends.values()):
        return "better"
    return "worse" if all(high < 0 for _, high in ends.values()) else "open"
