"""Whose stance would change the outcome, and where would effort? Single countries flipped, under one luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scenarios import apply_patch
from scenarios.schema import Scenario
from simulation.compare import Measure, between, effect
from simulation.opening import open_room
from simulation.room import Room

if TYPE_CHECKING:
    import xarray as xr

    from simulation.proceedings import Proceedings, Progress
    from simulation.results import Results

EFFORT = 0.10  # gain units: a push worth ten points nearer on every issue
MEASURES = ("adopted", "vote_passed", "others")
MOST = 8  # candidates, each of which takes three runs


def pivotal(
    scenario: Scenario,
    text: str,
    countries: Sequence[str],
    replicates: int = 64,
    seed: int = 1,
    progress: Progress | None = None,
) -> xr.Dataset:
    """What single countries change for a text at the end, in pairs under common random numbers.

    Returns a data set with dims measure, country, effort by effort most telling first. The measures are
    `adopted` and `vote_passed`, chances, and `others`, the number of other delegations that endorse.

    - `flip` with `flip_low`, `flip_high`: the country endorses from beginning to end, less it opposes from
      beginning to end (strategy `fixed`, on all texts; a red line of its own goes before). Both sides differ
      in its stance alone, whatever it would have done by itself; silencing it would leave its own vote in the
      count, and would compare with what it happened to do.
    - `push` with `push_low`, `push_high`: a statement on the first day raises its appeal on the text by 0.10,
      less the scenario as it is. A push passes through its temper, its bloc and those who listen to it, does
      not fade, and meets whom it is meant for; lobbying would go where the sponsors send it.

    Intervals are of 95 %. `base` (measure, country) is the scenario as it is. Countries are ranked by what a
    push changes in the chance of adoption, then in that of the vote, then in other endorsements.
    """
    import xarray as xr

    steps, done = 3 * len(countries) + 1, 0

    def report(runs: int) -> Progress | None:
        nonlocal done
        before, done = done, done + runs
        if progress is None:
            return None
        return lambda made, _: progress(before * replicates + made, steps * replicates)

    pushes = {one: push(scenario, text, one) for one in countries}
    apart = {others_than(one): endorsing_without(one) for one in countries}
    pushed = effect(scenario, pushes, replicates, seed, report(len(countries) + 1), apart)
    columns: dict[str, list[NDArray[np.float64]]] = {}
    for one in countries:
        against, favour = pinned(scenario, one)
        measure = {others_than(one): apart[others_than(one)]}
        flipped = between(against, {one: favour}, replicates, seed, report(2), measure)
        place = {"text": text, "measure": [*MEASURES[:2], others_than(one)]}
        columns.setdefault("base", []).append(pushed.base.sel(place).values)
        for name, found in (("flip", flipped), ("push", pushed)):
            here = found.sel({**place, "variant": one})
            for key, part in ((name, "difference"), (f"{name}_low", "low"), (f"{name}_high", "high")):
                columns.setdefault(key, []).append(here[part].values)
    names = [scenario.delegations[one].name for one in countries]
    found = xr.Dataset(
        {key: (("measure", "country"), np.stack(values, axis=1)) for key, values in columns.items()},
        coords={"measure": list(MEASURES), "country": list(countries), "name": ("country", names)},
        attrs={"replicates": replicates, "seed": seed, "text": text, "effort": EFFORT},
    )
    return found.isel(country=_most_telling_first(found))


def candidates(results: Results, text: str, count: int = MOST) -> list[str]:
    """Countries worth flipping, sponsors of the text and observers left out: in turn the least settled, the
    most heard and the most followed.

    Least settled is who endorses the text at the end in a share p of the replicates with the largest p(1−p);
    most heard whose stance has the largest part in what others listen to; most followed whose appeal has the
    largest part in that of its bloc partners.
    """
    room = open_room(results.scenario)
    number = room.texts.index(text)
    share = (results.data.stance.sel(text=text).values[:, -1] == 1).mean(axis=0)
    line = room.lines[room.line_of_text[number]]
    followed = line.follow @ line.line
    np.fill_diagonal(followed, 0)
    rankings = [share * (1 - share), room.listening.sum(axis=0), followed.sum(axis=0)]
    orders = [np.argsort(-np.asarray(ranking), kind="stable").tolist() for ranking in rankings]
    left_out = set(np.flatnonzero(room.sponsoring[:, number] | room.observing).tolist())
    in_turn = dict.fromkeys(row for rows in zip(*orders, strict=True) for row in rows)
    return [room.countries[row] for row in in_turn if row not in left_out][:count]


def pinned(scenario: Scenario, country: str) -> tuple[Scenario, Scenario]:
    """The scenario with a country that opposes from beginning to end, and with one that endorses."""
    against, favour = (
        apply_patch(scenario, {"delegations": {country: {"strategy": "fixed", "stance": stance}}})
        for stance in (-1, 1)
    )
    return against, favour


def push(scenario: Scenario, text: str, country: str, effort: float = EFFORT) -> Mapping[str, Any]:
    """The patch that raises a country's appeal on a text from the first day on, in gain units."""
    key = "push"
    while key in scenario.events:
        key += "-again"
    return {
        "events": {
            key: {
                "date": min(stretch.start for stretch in scenario.calendar),
                "type": "statement",
                "nature": "exogenous",
                "sentence": "Somebody makes an effort.",
                "targets": [country],
                "text": text,
                "delta": effort,
            }
        }
    }


def others_than(country: str) -> str:
    """What the number of other delegations that endorse is called among the measures of a pair."""
    return f"endorsing without {country}"


def endorsing_without(country: str) -> Measure:
    """How many delegations that count, other than a country, endorse at the end (replicate, text)."""

    def measure(room: Room, done: Proceedings) -> NDArray[np.floating]:
        others = np.arange(len(room.countries))[room.counted]
        others = others[others != room.countries.index(country)]
        return (done.stance[:, -1, others] == 1).sum(axis=1)

    return measure


def _most_telling_first(found: xr.Dataset) -> list[int]:
    """Countries in the order of what a push changes, measure by measure; then of what a flip does."""
    keys = [-found[name].values[row] for name in ("push", "flip") for row in range(len(MEASURES))]
    return np.lexsort(keys[::-1]).tolist()
