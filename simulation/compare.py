"""What does a change do? The only paired counterfactual: the same luck, with and without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scenarios import apply_patch
from scenarios.schema import Scenario
from simulation.proceedings import Proceedings, Progress, negotiate
from simulation.room import Room, open_room
from simulation.rules._carrying import carries

if TYPE_CHECKING:
    import xarray as xr

LEVEL = 1.959963984540054  # standard normal quantile of a 95 % interval
MEASURES = ("endorsing", "opposing", "yes", "no", "adopted", "vote_passed", "ambition")
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
) -> xr.Dataset:
    """The same for whole scenarios: each variant against the first one, paired by replicate."""
    import xarray as xr

    total = replicates * (len(variants) + 1)

    def report(before: int) -> Progress | None:
        return (lambda done, _: progress(before + done, total)) if progress else None

    base_room = open_room(scenario)
    base = negotiate(base_room, range(replicates), seed, progress=report(0))
    found = []
    for number, variant in enumerate(variants.values(), start=1):
        room = open_room(variant)
        found.append((room, negotiate(room, range(replicates), seed, progress=report(number * replicates))))
    texts = [text for text in base_room.texts if all(text in room.texts for room, _ in found)]
    countries = [one for one in base_room.countries if all(one in room.countries for room, _ in found)]

    more = dict(also or {})
    start = _measured(base_room, base, texts, more)
    ends = np.stack([_measured(room, done, texts, more) for room, done in found])
    unlike = (ends != start) & ~(np.isnan(ends) & np.isnan(start))
    mean, low, high = interval(ends - start)
    chance = np.stack([_chance(room, done, countries, texts) for room, done in found])
    own = _own(each or {}, base_room, base, found, countries, texts)
    return xr.Dataset(
        {
            "base": (("measure", "text"), start.mean(axis=1)),
            "changed": (("variant", "measure", "text"), ends.mean(axis=2)),
            "difference": (("variant", "measure", "text"), mean),
            "low": (("variant", "measure", "text"), low),
            "high": (("variant", "measure", "text"), high),
            "differs": (("variant", "measure", "text"), unlike.mean(axis=2)),
            "country_difference": (
                ("variant", "country", "text"),
                chance - _chance(base_room, base, countries, texts),
            ),
            **own,
        },
        coords={
            "variant": list(variants),
            "measure": [*MEASURES, *more],
            **({"own": list(each)} if each else {}),
            "text": texts,
            "country": countries,
            "text_title": ("text", [scenario.texts[text].title for text in texts]),
            "name": ("country", [scenario.delegations[one].name for one in countries]),
        },
        attrs={"replicates": min(base.replicates, *(done.replicates for _, done in found)), "seed": seed},
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


def _measured(
    room: Room, done: Proceedings, texts: Sequence[str], more: Mapping[str, Measure]
) -> NDArray[np.float64]:
    """The measures at the end, and more of them (measure, replicate, text)."""
    columns = [room.texts.index(text) for text in texts]
    found = [np.asarray(measure(room, done), dtype=float)[:, columns] for measure in more.values()]
    return np.concatenate([measures(room, done, texts), *(one[None] for one in found)])


def _own(
    each: Mapping[str, Measure],
    base_room: Room,
    base: Proceedings,
    found: Sequence[tuple[Room, Proceedings]],
    countries: list[str],
    texts: list[str],
) -> dict[str, tuple[tuple[str, ...], NDArray[np.float64]]]:
    """Measures of every delegation, and how they differ from the base."""
    if not each:
        return {}

    def of(room: Room, done: Proceedings) -> NDArray[np.float64]:
        rows = [room.countries.index(one) for one in countries]
        columns = [room.texts.index(text) for text in texts]
        values = [np.asarray(measure(room, done), dtype=float) for measure in each.values()]
        return np.stack([of_all[:, rows][:, :, columns] for of_all in values])

    start = of(base_room, base)
    ends = np.stack([of(room, done) for room, done in found])
    mean, low, high = interval(np.moveaxis(ends - start, 2, -2))
    dims = ("variant", "own", "country", "text")
    return {
        "each_base": (dims[1:], start.mean(axis=1)),
        "each_difference": (dims, mean),
        "each_low": (dims, low),
        "each_high": (dims, high),
    }


def _chance(room: Room, done: Proceedings, countries: list[str], texts: list[str]) -> NDArray[np.float64]:
    """Each delegation's chance to endorse each text at the end (country, text)."""
    rows = [room.countries.index(one) for one in countries]
    columns = [room.texts.index(text) for text in texts]
    return (done.stance[:, -1] == 1).mean(axis=0)[np.ix_(rows, columns)]
