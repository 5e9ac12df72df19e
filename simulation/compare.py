"""What does a change do? The only paired counterfactual: the same luck, with and without it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import apply_patch
from scenarios.schema import Scenario
from simulation.analyses.spread import support_bands
from simulation.opening import open_room
from simulation.proceedings import Proceedings, Progress, negotiate
from simulation.room import Room
from simulation.rules._carrying import carries
from simulation.threads import one_thread

if TYPE_CHECKING:
    import xarray as xr

LEVEL = 1.959963984540054  # standard normal quantile of a 95 % interval
MEASURES = ("endorsing", "opposing", "yes", "no", "adopted", "vote_passed", "ambition")
THREADS = min(os.cpu_count() or 1, 4)
BAND = (0.1, 0.5, 0.9)  # the middle 80 % of the replicates around the median
COURSE = (1, -1)  # stances whose numbers are followed
Patch = Mapping[str, Any]
Measure = Callable[[Room, Proceedings], NDArray[np.floating]]


def effect(
    scenario: Scenario,
    patches: Mapping[str, Patch],
    replicates: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
    also: Mapping[str, Measure] | None = None,
    each: Mapping[str, Measure] | None = None,
) -> xr.Dataset:
    """What each patch does to a scenario, replicate by replicate under common random numbers.

    Returns a data set with dims variant, text, country. Measures are taken at the end: numbers of delegations
    endorsing and opposing, yes and no votes, whether adopted, whether the vote passed, and the ambition that
    the text retains (missing without sponsors). For each there is `base` (measure, text), and `changed` and
    `difference` with its 95 % interval `low`, `high` (variant, measure, text); `country_difference` is the
    change in each delegation's chance to endorse (variant, country, text).

    `also` are more measures (replicate, text), which join the others. `each` are measures of every delegation
    (replicate, country, text): for each there is `each_base` (own, country, text), and `each_difference` with
    its interval `each_low`, `each_high` (variant, own, country, text).

    Texts and delegations that one side lacks are left out. An empty patch gives differences of exactly 0. One
    replicate tells nothing about the interval: it is infinite.
    """
    changed = {name: apply_patch(scenario, patch) for name, patch in patches.items()}
    return between(scenario, changed, replicates, seed, progress, also, each)


def between(
    scenario: Scenario,
    variants: Mapping[str, Scenario],
    replicates: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
    also: Mapping[str, Measure] | None = None,
    each: Mapping[str, Measure] | None = None,
    start: Start | None = None,
    course: bool = False,
) -> xr.Dataset:
    """The same for whole scenarios: each variant against the first one, paired by replicate.

    `start` is what `started` gave for the first one, with the same replicates, seed, measures and course:
    then only the variants are negotiated, with the same result. With `course` there are also quantiles of
    how many endorse and oppose after every round, `base_course` (stance, band, round, text) and
    `changed_course` (variant first), if all have the same calendar.
    """
    texts = [text for text in scenario.texts if all(text in one.texts for one in variants.values())]
    countries = [
        key for key in scenario.delegations if all(key in one.delegations for one in variants.values())
    ]
    tally = _Tally(progress, replicates * (len(variants) + (start is None)))

    def ends_of(one: Scenario) -> _Ends:
        if start is not None and one is scenario:
            return start.of(countries, texts)
        room = open_room(one)
        done = negotiate(room, range(replicates), seed, progress=tally.report())
        return _ends(room, done, countries, texts, also or {}, each or {}, course)

    first = ends_of(scenario) if start is None else start.of(countries, texts)
    with one_thread(), ThreadPoolExecutor(THREADS) as pool:
        try:
            found = list(pool.map(ends_of, variants.values()))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if course:
        course = all(one.calendar == scenario.calendar for one in variants.values())
    return _compared(
        scenario,
        list(variants),
        first,
        found,
        countries,
        texts,
        [*(also or {})],
        [*(each or {})],
        seed,
        course,
    )


class _Ends(NamedTuple):
    """What is measured at the end of one scenario: values (measure, replicate, text), each delegation's
    chance to endorse (country, text), and measures of every delegation (own, replicate, country, text); and
    how many endorse and oppose after every round (stance, band, round, text), if that is asked for."""

    values: NDArray[np.float64]
    chance: NDArray[np.float64]
    own: NDArray[np.float64]
    course: NDArray[np.float64]


class Start(NamedTuple):
    """The ends of a scenario that many variants are held against."""

    countries: list[str]
    texts: list[str]
    ends: _Ends

    def of(self, countries: list[str], texts: list[str]) -> _Ends:
        """The ends of some of its delegations on some of its texts."""
        if (countries, texts) == (self.countries, self.texts):
            return self.ends
        rows = [self.countries.index(one) for one in countries]
        columns = [self.texts.index(text) for text in texts]
        values, chance, own, course = self.ends
        return _Ends(
            values.take(columns, axis=2),
            chance.take(rows, axis=0).take(columns, axis=1),
            own.take(rows, axis=2).take(columns, axis=3) if len(own) else own,
            course.take(columns, axis=3) if len(course) else course,
        )


def started(
    scenario: Scenario,
    replicates: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
    also: Mapping[str, Measure] | None = None,
    each: Mapping[str, Measure] | None = None,
    course: bool = False,
) -> Start:
    """Negotiate a scenario once for all that `between` will hold against it."""
    room, countries, texts = open_room(scenario), list(scenario.delegations), list(scenario.texts)
    done = negotiate(room, range(replicates), seed, progress=progress)
    return Start(countries, texts, _ends(room, done, countries, texts, also or {}, each or {}, course))


class _Tally:
    """Adds up the progress of negotiations that go on side by side."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.lock = progress, total, Lock()
        self.done: list[int] = []

    def report(self) -> Progress | None:
        """The progress of one more negotiation."""
        if self.progress is None:
            return None
        place = len(self.done)
        self.done.append(0)

        def told(done: int, _: int) -> None:
            with self.lock:
                self.done[place] = done
                assert self.progress is not None
                self.progress(sum(self.done), self.total)

        return told


def _compared(
    scenario: Scenario,
    names: list[str],
    start: _Ends,
    found: list[_Ends],
    countries: list[str],
    texts: list[str],
    also: list[str],
    each: list[str],
    seed: int,
    course: bool,
) -> xr.Dataset:
    """The data set of `effect`."""
    import xarray as xr

    ends = np.stack([one.values for one in found])
    unlike = (ends != start.values) & ~(np.isnan(ends) & np.isnan(start.values))
    variables: dict[str, Any] = {
        "base": (("measure", "text"), start.values.mean(axis=1)),
        "changed": (("variant", "measure", "text"), ends.mean(axis=2)),
        "differs": (("variant", "measure", "text"), unlike.mean(axis=2)),
        "country_difference": (
            ("variant", "country", "text"),
            np.stack([one.chance for one in found]) - start.chance,
        ),
    }
    for name, values in zip(("difference", "low", "high"), interval(ends - start.values), strict=True):
        variables[name] = (("variant", "measure", "text"), values)
    if each:
        gaps = np.stack([one.own for one in found]) - start.own
        variables["each_base"] = (("own", "country", "text"), start.own.mean(axis=1))
        for name, values in zip(
            ("difference", "low", "high"), interval(np.moveaxis(gaps, 2, -2)), strict=True
        ):
            variables[f"each_{name}"] = (("variant", "own", "country", "text"), values)
    if course:
        here = ("stance", "band", "round", "text")
        variables["base_course"] = (here, start.course)
        variables["changed_course"] = (("variant", *here), np.stack([one.course for one in found]))
    return xr.Dataset(
        variables,
        coords={
            "variant": names,
            **({"stance": [*COURSE], "band": [*BAND]} if course else {}),
            "measure": [*MEASURES, *also],
            **({"own": each} if each else {}),
            "text": texts,
            "country": countries,
            "text_title": ("text", [scenario.texts[text].title for text in texts]),
            "name": ("country", [scenario.delegations[one].name for one in countries]),
        },
        attrs={"replicates": start.values.shape[1], "seed": seed},
    )


def interval(
    gaps: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean and 95 % interval of paired differences over replicates, the last axis but one.

    One replicate tells nothing about the interval: it is infinite.
    """
    mean, count = gaps.mean(axis=-2), gaps.shape[-2]
    half = LEVEL * gaps.std(axis=-2, ddof=1) / np.sqrt(count) if count > 1 else np.full_like(mean, np.inf)
    return mean, mean - half, mean + half


def measures(room: Room, done: Proceedings, texts: Sequence[str]) -> NDArray[np.float64]:
    """The measures at the end (measure, replicate, text)."""
    columns = [room.texts.index(text) for text in texts]
    last, ballots = done.stance[:, -1, room.counted], done.ballots
    passed = np.zeros((done.replicates, len(room.texts)), dtype=bool)
    if room.scenario.final_vote:
        passed = carries(room, room.scenario.final_vote, ballots.transpose(1, 2, 0)).T
    values = [
        (last == 1).sum(axis=1),
        (last == -1).sum(axis=1),
        (ballots[:, room.counted] == 1).sum(axis=1),
        (ballots[:, room.counted] == -1).sum(axis=1),
        done.adopted_round >= 0,
        passed,
        done.ambition[:, -1],
    ]
    return np.stack([np.asarray(value, dtype=float)[:, columns] for value in values])


def _ends(
    room: Room,
    done: Proceedings,
    countries: list[str],
    texts: list[str],
    also: Mapping[str, Measure],
    each: Mapping[str, Measure],
    course: bool,
) -> _Ends:
    """Measure one finished negotiation."""
    rows = [room.countries.index(one) for one in countries]
    columns = [room.texts.index(text) for text in texts]
    more = [np.asarray(measure(room, done), dtype=float)[None, :, columns] for measure in also.values()]
    own = [np.asarray(measure(room, done), dtype=float)[:, rows][:, :, columns] for measure in each.values()]
    return _Ends(
        np.concatenate([measures(room, done, texts), *more]),
        (done.stance[:, -1] == 1).mean(axis=0)[np.ix_(rows, columns)],
        np.array(own),
        _course(room, done, columns) if course else np.zeros(0),
    )


def _course(room: Room, done: Proceedings, columns: list[int]) -> NDArray[np.float64]:
    """Quantiles of the numbers that endorse and oppose after every round (stance, band, round, text)."""
    stance = done.stance[:, :, room.counted][..., columns]
    return np.stack([support_bands((stance == one).sum(axis=2), BAND) for one in COURSE])
