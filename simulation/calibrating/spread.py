"""Which settings does the recorded spread of support rule out? History matching (Craig et al. 1997).

A setting is ruled out if its support lies further from a recorded number than three standard deviations of
all that may part them. What is left is "not ruled out yet", which is less than fitted.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from scenarios import Problem, ScenarioError
from scenarios.reference import FOLDER, groups
from scenarios.schema import Scenario
from simulation.analyses.tornado import ADVISED
from simulation.calendar import rounds
from simulation.compare import effect
from simulation.proceedings import Proceedings, Progress
from simulation.room import Room

Floats = NDArray[np.float64]
FILE = "support.toml"
SOUGHT = ("endorse_threshold", "peer_weight", "instruction_rate", "precision")
BY_FACTORS = ("instruction_rate", "precision")  # spread evenly in logarithms
POINTS, REPLICATES = 256, 8
CUT = 3.0
DISCREPANCY = 0.05  # of the room, one standard deviation: what model and records leave out; assumed
PARTS = ("low", "middle", "high")


class Fact(NamedTuple):
    """How many states had stated support by a day: between `low` and `high`; `note` says from what."""

    date: dt.date
    low: int
    high: int
    note: str

    @property
    def middle(self) -> float:
        """The number taken as observed."""
        return (self.low + self.high) / 2

    @property
    def sd(self) -> float:
        """Its standard deviation: half of what is unknown."""
        return (self.high - self.low) / 2


class Matched(NamedTuple):
    """Settings (point, parameter), and for each recorded number the mean and the standard deviation of the
    replicates and the implausibility (point, fact); the same of the scenario `own` (fact,)."""

    scenario: Scenario
    text: str
    seed: int
    replicates: int
    facts: tuple[Fact, ...]
    settings: Floats
    mean: Floats
    sd: Floats
    implausibility: Floats
    own_mean: Floats
    own_sd: Floats
    own: Floats

    @property
    def left(self) -> NDArray[np.bool_]:
        """Which settings are not ruled out (point,)."""
        return self.implausibility.max(axis=1) <= CUT


def facts(scenario: Scenario) -> tuple[str, tuple[Fact, ...]]:
    """The text and the recorded numbers, counted over the delegations of a room.

    Raises ScenarioError if the text is not in it, or no recorded day lies in its calendar.
    """
    document = tomllib.loads((FOLDER / FILE).read_text(encoding="utf-8"))
    text = document["text"]
    if text not in scenario.texts:
        raise ScenarioError(
            [Problem(scenario.name, None, "texts", f"there is no text {text}", "take launch-2020")]
        )
    all_rounds = rounds(scenario.calendar)
    known = [
        one for one in document["count"] if all_rounds[0].last_day <= one["date"] <= all_rounds[-1].last_day
    ]
    if not known:
        message = f"no day with a recorded number from {document['count'][0]['date']} on lies in it"
        raise ScenarioError([Problem(scenario.name, None, "calendar", message, "take launch-2020")])
    return text, tuple(_fact(scenario, text, one) for one in known)


def _fact(scenario: Scenario, text: str, row: dict[str, Any]) -> Fact:
    there = set(scenario.delegations) - set(scenario.texts[text].sponsors)
    named = there & set(row["named"])
    wide = named | {iso3 for group in row["groups"] for iso3 in groups()[group] if iso3 in there}
    return Fact(row["date"], len(named), len(wide), row["note"])


def design(points: int, seed: int) -> Floats:
    """Settings (point, parameter) that fill the advised ranges evenly: a scrambled Sobol sequence (Owen
    1998). The number of points is best a power of two."""
    low, high = (np.array([ADVISED[name][side] for name in SOUGHT]) for side in (0, 1))
    even = qmc.Sobol(len(SOUGHT), rng=np.random.default_rng(seed)).random(points)
    factors = np.isin(SOUGHT, BY_FACTORS)
    return np.stack([_between(*one) for one in zip(low, high, even.T, factors, strict=True)], axis=1)


def _between(low: float, high: float, share: Floats, by_factors: bool) -> Floats:
    return low * (high / low) ** share if by_factors else low + (high - low) * share


def implausibility(mean: Floats, sd: Floats, replicates: int, known: Sequence[Fact], room: int) -> Floats:
    """|observed − mean| / √(variances), for means and standard deviations of replicates (…, fact).

    The variances are that of the record, that of what model and record leave out, and that of chance, for one
    course of history and for the mean of so many replicates.
    """
    observed, spread = np.array([one.middle for one in known]), np.array([one.sd for one in known])
    variance = spread**2 + (DISCREPANCY * room) ** 2 + sd**2 * (1 + 1 / replicates)
    found: Floats = np.abs(observed - mean) / np.sqrt(variance)
    return found


def match(
    scenario: Scenario,
    seed: int = 1,
    points: int = POINTS,
    replicates: int = REPLICATES,
    progress: Progress | None = None,
) -> Matched:
    """Try settings of `SOUGHT` and hold each one's support against the recorded numbers, under the same luck.

    Outcome events stay off: the model is not told what it is asked. Raises ScenarioError.
    """
    text, known = facts(scenario)
    settings = design(points, seed)
    patches = {
        str(number): {"dynamics": dict(zip(SOUGHT, values.tolist(), strict=True))}
        for number, values in enumerate(settings)
    }
    found = effect(scenario, patches, replicates, seed, progress, also=_measures(scenario, text, known))

    def moments(values: Any) -> tuple[Floats, Floats]:
        mean, square = (
            values.sel(text=text, measure=[f"{word} {place}" for place in range(len(known))]).values
            for word in ("supporters", "squared")
        )
        wider = replicates / max(replicates - 1, 1)
        return mean, np.sqrt(np.maximum(square - mean**2, 0) * wider)

    (mean, sd), (own_mean, own_sd) = moments(found.changed), moments(found.base)
    size = len(scenario.delegations)
    return Matched(
        scenario,
        text,
        seed,
        replicates,
        known,
        settings,
        mean,
        sd,
        implausibility(mean, sd, replicates, known, size),
        own_mean,
        own_sd,
        implausibility(own_mean, own_sd, replicates, known, size),
    )


def needed(found: Matched) -> float:
    """How much model and record would have to leave out, as a share of the room (one standard deviation), for
    the scenario's own setting not to be ruled out; 0 if the record alone allows it."""
    observed = np.array([one.middle for one in found.facts])
    variance = np.array([one.sd for one in found.facts]) ** 2 + found.own_sd**2 * (1 + 1 / found.replicates)
    short = ((found.own_mean - observed) / CUT) ** 2 - variance
    return float(np.sqrt(max(short.max(), 0.0))) / len(found.scenario.delegations)


def _measures(
    scenario: Scenario, text: str, known: Sequence[Fact]
) -> dict[str, Callable[[Room, Proceedings], Floats]]:
    """How many endorse by each day, sponsors left out, and the square of it (replicate, text)."""
    ends = [one.last_day for one in rounds(scenario.calendar)]
    found: dict[str, Callable[[Room, Proceedings], Floats]] = {}
    for place, fact in enumerate(known):
        last = sum(end <= fact.date for end in ends)

        def count(room: Room, done: Proceedings, last: int = last) -> Floats:
            for_it = (done.stance[:, last] == 1) & ~room.sponsoring & ~room.observing[:, None]
            return for_it.sum(axis=1).astype(float)

        def square(room: Room, done: Proceedings, count: Any = count) -> Floats:
            return np.asarray(count(room, done) ** 2, dtype=float)

        found |= {f"supporters {place}": count, f"squared {place}": square}
    return found


def by_part(found: Matched) -> Floats:
    """Share of settings not ruled out in the low, middle and high third of each parameter's range (parameter,
    third). Where the three are alike, the record tells nothing of the parameter alone."""
    shares = []
    for column in found.settings.T:
        third = np.minimum(column.argsort().argsort() * 3 // len(column), 2)
        shares.append([found.left[third == part].mean() for part in range(3)])
    return np.array(shares)
