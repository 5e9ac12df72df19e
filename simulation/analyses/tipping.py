"""From when on does support for a text no longer need its sponsors' effort?

A paired counterfactual: the same negotiation under the same luck, with sponsors that stop working for the
text after some round. The tipping point is the earliest round after which that makes no difference any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from simulation.calendar import Round, rounds
from simulation.compare import Measure, effect
from simulation.proceedings import Proceedings, Progress
from simulation.room import Room

LEAST = 1.0  # delegations: a smaller difference at the end is none
STOPS = 6  # how many rounds are tried at first, evenly over those in which the text lies on the table


class Tipping(NamedTuple):
    """What becomes of a text whose sponsors stop, for some rounds (S,) after which they do; 0 is the opening.

    `support` is the mean number of endorsements by then, with all effort, and `final` at the end; `change`
    with its 95 % interval `low`, `high` is what stopping does to endorsements at the end, paired by
    replicate.
    `point` is the round of the tipping point: the earliest from which on every interval lies within less than
    one delegation; None if there is none before the last round.
    """

    rounds: NDArray[np.int64]
    support: NDArray[np.float64]
    change: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    final: float
    point: int | None
    replicates: int


def tipping(
    scenario: Scenario,
    text: str,
    replicates: int = 64,
    seed: int = 1,
    progress: Progress | None = None,
) -> Tipping | None:
    """When a text stops to need its sponsors' effort; None where they make none to begin with.

    1. Effort is redrafting by the sponsors, offers, calls, and the sponsors' own statements and assurances.
       Their endorsement and what was said and done by then remain.
    2. Stops are tried after six rounds, evenly over the time in which the text lies on the table, then
       after every round between the last that made a difference and the first that made none.
    3. No difference: the 95 % interval of the paired change in final endorsements lies within (−1, 1).
    """
    calendar = rounds(scenario.calendar)
    first = _tabled_in(scenario, text, calendar)
    if first is None or not makes_effort(scenario, text):
        return None
    last = len(calendar) - 1
    tried = sorted({round(first + (last - first) * step / (STOPS - 1)) for step in range(STOPS)})
    found = _stopped(scenario, text, tried, calendar, replicates, seed, progress)
    between = _between(found)
    if between:
        found = _merged(found, _stopped(scenario, text, between, calendar, replicates, seed, progress))
    steady = _steady(found)
    return found._replace(point=int(found.rounds[steady]) if steady < len(found.rounds) else None)


def makes_effort(scenario: Scenario, text: str) -> bool:
    """Do the sponsors of a text do anything for it in a run?"""
    one, dynamics = scenario.texts[text], scenario.dynamics
    mode = one.drafting or dynamics.drafting
    redrafts = dynamics.drafting != "off" and mode == "sponsor-led"
    redrafts = redrafts and any(article.options and not article.agreed for article in one.articles.values())
    calls = bool(one.effort and dynamics.lobbying_weight)
    return bool(one.sponsors) and (redrafts or calls or one.budget > 0 or bool(_words(scenario, text)))


def stopping(scenario: Scenario, text: str, last_day: dt.date) -> dict[str, Any]:
    """The patch after which sponsors do nothing for a text after a day."""
    later = {key: None for key, day in _words(scenario, text).items() if day > last_day}
    patch: dict[str, Any] = {"texts": {text: {"pursued_until": last_day}}}
    return patch | ({"events": later} if later else {})


def _words(scenario: Scenario, text: str) -> dict[str, dt.date]:
    """The sponsors' own statements on the text and their assurances that act in a run, with their days."""
    sponsors = set(scenario.texts[text].sponsors)
    return {
        key: event.date
        for key, event in scenario.events.items()
        if event.nature == "exogenous"
        and event.text in (None, text)
        and (
            (event.type == "assurance" and event.sponsor in sponsors)
            or (event.type == "statement" and {event.speaker, event.on_behalf_of} & sponsors)
        )
    }


def _tabled_in(scenario: Scenario, text: str, calendar: Sequence[Round]) -> int | None:
    """After how many rounds the text is tabled, 0 if it lies there from the start; None if it never is."""
    one = scenario.texts[text]
    if one.status in ("lapsed", "withdrawn"):
        return None
    days = [place for place, part in enumerate(calendar) if one.tabled is None or one.tabled < part.end]
    return days[0] if days else None


def _stopped(
    scenario: Scenario,
    text: str,
    tried: Sequence[int],
    calendar: Sequence[Round],
    replicates: int,
    seed: int,
    progress: Progress | None,
) -> Tipping:
    """What stopping after each of some rounds does."""
    begins = [part.start for part in calendar]
    patches = {
        str(stop): stopping(scenario, text, begins[stop - 1] if stop else begins[0] - dt.timedelta(days=1))
        for stop in tried
    }
    by_then = {f"support {stop}": _support_by(stop) for stop in tried}
    done = effect(scenario, patches, replicates, seed, progress, by_then).sel(text=text)
    ends = done.sel(measure="endorsing")
    return Tipping(
        np.array(tried),
        np.array([float(done.base.sel(measure=name)) for name in by_then]),
        ends.difference.values,
        ends.low.values,
        ends.high.values,
        float(ends.base),
        None,
        int(done.attrs["replicates"]),
    )


def _support_by(stop: int) -> Measure:
    """A measure: endorsements after so many rounds (replicate, text)."""

    def support(room: Room, done: Proceedings) -> NDArray[np.floating]:
        return (done.stance[:, stop][:, room.counted] == 1).sum(axis=1).astype(float)

    return support


def _steady(found: Tipping) -> int:
    """The place of the first stop from which on none makes a difference."""
    matters = ~((found.low > -LEAST) & (found.high < LEAST))
    places = np.flatnonzero(matters)
    return int(places[-1]) + 1 if len(places) else 0


def _between(found: Tipping) -> list[int]:
    """The rounds between the last stop that makes a difference and the first that makes none."""
    steady = _steady(found)
    if steady in (0, len(found.rounds)):
        return []
    return list(range(int(found.rounds[steady - 1]) + 1, int(found.rounds[steady])))


def _merged(one: Tipping, other: Tipping) -> Tipping:
    """The stops of both, in order."""
    order = np.argsort(np.concatenate([one.rounds, other.rounds]), kind="stable")

    def both(mine: NDArray[Any], others: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([mine, others])[order]

    return one._replace(
        rounds=both(one.rounds, other.rounds),
        support=both(one.support, other.support),
        change=both(one.change, other.change),
        low=both(one.low, other.low),
        high=both(one.high, other.high),
    )
