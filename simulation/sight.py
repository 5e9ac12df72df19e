"""What does a delegation see beyond its own appeal? Filled in only for strategies that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.delegate import Named, Own, Surroundings
from agents.response import STANCES
from agents.strategies import Moment, Strategy
from simulation.appeals import gains_at
from simulation.chamber import Chamber
from simulation.room import Room

Numbers = NDArray[np.intp]
WORDS = {value: word for word, value in STANCES.items()}


def seen_by(strategy: Strategy, rows: Numbers, room: Room, chamber: Chamber, moment: Moment) -> Moment:
    """The moment as delegations of one strategy, in the given rows, see it."""
    if not strategy.looks_at:
        return moment
    seen: dict[str, Any] = {name: SIGHTS[name](rows, room, chamber, moment) for name in strategy.looks_at}
    return moment._replace(**seen)


def room_stance(rows: Numbers, room: Room, chamber: Chamber, moment: Moment) -> NDArray[np.floating]:
    """Where everybody stands but observers; who has just answered shows it from the next round on."""
    return chamber.stance[room.counted]


def conditions_met(rows: Numbers, room: Room, chamber: Chamber, moment: Moment) -> NDArray[np.bool_]:
    """Whether each text carries what each delegation asks for (country, text, replicate)."""
    wording = chamber.chosen if moment.wording is None else moment.wording
    met = np.ones(moment.stance.shape, dtype=bool)
    for place, row in enumerate(rows):
        for condition in room.conditions.get(int(row), ()):
            met[place, condition.text] &= condition.allowed[wording[condition.text, condition.article]]
    return met


def on_record(rows: Numbers, room: Room, chamber: Chamber, moment: Moment) -> NDArray[np.int8]:
    """The stances that history has delegations take by now (country, text)."""
    assert room.script is not None
    return room.script[round_at(moment.progress, room), rows]


def views(
    rows: Numbers, room: Room, chamber: Chamber, moment: Moment
) -> Callable[[int, int], tuple[Own, Surroundings]]:
    """The moment as one delegation in one replicate sees it, given its place among the rows."""
    gains = gains_at(room, chamber, chamber.places)
    when = round_at(moment.progress, room)
    days_left = sum(one.days for one in room.rounds[when + 1 :])
    stance = chamber.stance.copy()
    counted = stance[room.counted]
    scenario = room.scenario

    def words(row: int, replicate: int) -> Named[str]:
        return Named("text", room.texts, lambda text: WORDS[int(stance[row, text, replicate])])

    def numbers(what: str, names: Sequence[str], values: NDArray[np.floating]) -> Named[float]:
        return Named(what, names, values.astype(float).tolist().__getitem__)

    def view(place: int, replicate: int) -> tuple[Own, Surroundings]:
        row = int(rows[place])
        peers = np.flatnonzero(room.listening[row])
        endorsing, opposing = ((counted[..., replicate] == side).mean(axis=0) for side in (1, -1))
        iso3 = room.countries[row]
        me = Own(
            iso3=iso3,
            name=scenario.delegations[iso3].name,
            gain=numbers("text", room.texts, gains[row, :, replicate]),
            offers=numbers("text", room.texts, chamber.offered[row, :, replicate]),
            stance=words(row, replicate),
            trust=numbers("sponsor", room.sponsors, chamber.trust[:, row, replicate]),
            position=numbers("issue", room.issues, chamber.position[row, :, replicate]),
        )
        return me, Surroundings(
            round=when + 1,
            days_left=days_left,
            share_endorsing=numbers("text", room.texts, endorsing),
            share_opposing=numbers("text", room.texts, opposing),
            peers=Named(
                "peer",
                [room.countries[peer] for peer in peers],
                lambda number: words(int(peers[number]), replicate),
            ),
        )

    return view


def round_at(progress: float, room: Room) -> int:
    """The index of the round at whose end the negotiation has come so far."""
    return round(progress * len(room.rounds)) - 1


SIGHTS: dict[str, Callable[[Numbers, Room, Chamber, Moment], object]] = {
    "room_stance": room_stance,
    "conditions_met": conditions_met,
    "on_record": on_record,
    "views": views,
}
