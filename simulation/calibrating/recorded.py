"""Recorded votes of 2018 and 2019 beside what a scenario's own coded numbers say of each resolution.

Gain and trust come from the model's own functions on the coded positions (E2, E3), the bloc step from its
bloc lines for votes (E4).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import Problem, ScenarioError, apply_patch
from scenarios.reference import FOLDER, slots
from scenarios.schema import Scenario
from simulation.appeals import gains_at
from simulation.backtest.roll_calls import MISSING, RollCall, shipped
from simulation.calibrating.likelihood import Votes
from simulation.chamber import seat
from simulation.opening import open_room
from simulation.room import Room

Floats = NDArray[np.float64]
FILE = "resolution_texts.toml"
PLACINGS = ("standing for", "as worded")
FEWEST = 20


class Recorded(NamedTuple):
    """A room with the recorded votes on resolutions that its numbers can judge.

    - `calls` (resolution,); `families`, their names in order; `family` (resolution,)
    - `room`: the scenario with the resolutions as texts beside its own, in double precision
    - `texts` (resolution,): the row of the text that each is judged as; `trust` (country, resolution)
    - `votes` (country, resolution): 0 no, 1 abstain, 2 yes, −1 none; `used` (country,): not coded with votes
      in view
    - `lines` (resolution, country, country): the bloc step D, with the discipline of votes as coded
    """

    room: Room
    calls: tuple[RollCall, ...]
    families: tuple[str, ...]
    family: NDArray[np.intp]
    texts: NDArray[np.intp]
    trust: Floats
    votes: NDArray[np.int8]
    used: NDArray[np.bool_]
    lines: Floats

    @property
    def stances(self) -> Floats:
        """Votes as stances (country, resolution): −1 no, 1 yes, 0 abstained or did not vote."""
        return np.where(self.votes == MISSING, 0, self.votes - 1).astype(float)


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads((FOLDER / FILE).read_text(encoding="utf-8"))


def votes_in_view() -> tuple[str, ...]:
    """The states whose positions were coded with their votes in view."""
    return tuple(_document()["votes_in_view"])


def recorded(scenario: Scenario, placing: str = PLACINGS[0]) -> Recorded:
    """The resolutions of 2018 and 2019 in a scenario's room.

    `placing`: "standing for" judges a resolution as the text of the room that its sponsors' side tabled, "as
    worded" by the places of its own words. Raises ScenarioError if the scenario lacks an issue, a text or a
    sponsor that this takes, or if too few of its delegations voted.
    """
    document = _document()
    _check(scenario, document)
    room = open_room(apply_patch(scenario, {"texts": document["texts"]}, FILE), np.float64)
    room = replace(room, salience_sd=np.zeros_like(room.salience_sd))
    calls = tuple(one for one in shipped() if _key(one) in document["texts"])
    own = np.array([room.texts.index(_key(one)) for one in calls])
    standing = [room.texts.index(document["stands_for"][_key(one)]) for one in calls]
    names = [one.resolution.family for one in calls]
    families = tuple(dict.fromkeys(names))
    place = [slots().get(iso3, MISSING) for iso3 in room.countries]
    votes = np.array([[call.votes[slot] if slot >= 0 else MISSING for call in calls] for slot in place])
    used = np.array([iso3 not in document["votes_in_view"] for iso3 in room.countries]) & ~room.observing
    if ((votes >= 0).any(axis=1) & used).sum() < FEWEST:
        mend = "take a larger room, such as launch-2020"
        message = f"fewer than {FEWEST} delegations have votes that their positions were coded without"
        raise ScenarioError([Problem(scenario.name, None, "delegations", message, mend)])
    return Recorded(
        room,
        calls,
        families,
        np.array([families.index(name) for name in names]),
        np.array(standing) if placing == PLACINGS[0] else own,
        room.trust @ room.authorship.T[:, own],
        votes.astype(np.int8),
        used,
        np.stack([room.vote_lines[room.line_of_text[text]].dense for text in own]),
    )


def _key(call: RollCall) -> str:
    return call.resolution.name.replace("/", "-")


def _check(scenario: Scenario, document: dict[str, Any]) -> None:
    """Refuse a scenario on whose issues the resolutions cannot be placed."""
    places = [one["places"] for text in document["texts"].values() for one in text["articles"].values()]
    wanted: dict[str, tuple[list[str], Collection[str]]] = {
        "issues": (sorted({issue for one in places for issue in one}), scenario.issues),
        "texts": (sorted(set(document["stands_for"].values())), scenario.texts),
        "delegations": (
            sorted({name for text in document["texts"].values() for name in text["sponsors"]}),
            scenario.delegations,
        ),
    }
    problems = [
        Problem(scenario.name, None, kind, f"calibrating needs {', '.join(missing)}", "take launch-2020")
        for kind, (needed, known) in wanted.items()
        if (missing := [name for name in needed if name not in known])
    ]
    if problems:
        raise ScenarioError(problems)


def gains(found: Recorded, error: float = 0.0, seed: int = 1, draws: int = 1) -> Floats:
    """What each resolution brings each delegation (country, resolution, draw), by the model's own functions.

    `error` more variance is added to coded positions, as a multiple of position_sd², independently in every
    draw; 0 takes positions as coded.
    """
    room = replace(found.room, position_sd=found.room.position_sd * np.sqrt(error))
    chamber = seat(room, seed, np.arange(draws))
    return np.asarray(gains_at(room, chamber, chamber.places[found.texts]), dtype=float)


def laid_out(
    found: Recorded,
    gain: Floats,
    peer_weight: float | None = None,
    control: bool = False,
    discipline: float = 1.0,
) -> Votes:
    """Votes cast with the parts of the appeal behind them, after the bloc step; groups are families.

    Parts: gain (country, resolution), trust, and what peers did. With `peer_weight` λ the parts are gain +
    λ · peers, and trust: λ is given. With `control` the mean vote of the others in a state's blocs is added.
    `discipline` is how many times the coded discipline of votes every bloc has: D = 1 − f + f · D as coded.
    Nobody is told its own vote: what would come back by way of partners is left out.
    """
    content, trust, heard, lines = (np.zeros_like(gain) for _ in range(4))
    listening, stances = np.asarray(found.room.listening, dtype=float), found.stances
    for call, coded in enumerate(found.lines):
        line = (1 - discipline) * np.eye(len(coded)) + discipline * coded
        content[:, call] = line @ gain[:, call]
        trust[:, call] = line @ found.trust[:, call]
        heard[:, call] = _but_oneself(line @ listening) @ stances[:, call]
        partners = _but_oneself(coded)
        total = partners.sum(axis=1)
        told = partners @ stances[:, call]
        lines[:, call] = np.divide(told, total, out=np.zeros_like(total), where=total > 0)
    parts = [content, trust, heard] if peer_weight is None else [content + peer_weight * heard, trust]
    rows, calls = np.nonzero((found.votes >= 0) & found.used[:, None])
    return Votes(
        np.stack([part[rows, calls] for part in [*parts, *([lines] if control else [])]], axis=1),
        found.votes[rows, calls].astype(np.intp),
        found.family[calls],
        calls,
        rows,
        np.ones(len(rows)),
    )


def _but_oneself(matrix: Floats) -> Floats:
    return np.where(np.eye(len(matrix), dtype=bool), 0.0, matrix)
