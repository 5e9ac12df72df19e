"""Seats without people: the same delegations as in a run, one replicate, hearing what the people said.

A round is worked out anew from the log each time: the model is opened, and for every round that was played it
is told where everybody stood and how the texts read, and makes a step. So nothing has to be kept beside the
log, and the same log, scenario and seed give the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboards.classroom.room import Draft, Room, Snapshot
from scenarios import apply_patch
from scenarios.schema import Scenario

if TYPE_CHECKING:
    from simulation.model import NegotiationModel

WORDS = {1: "endorse", 0: "study", -1: "oppose"}
BALLOTS = {1: "yes", 0: "abstain", -1: "no"}


class Stood(NamedTuple):
    """Where the model puts a seat on a text."""

    seat: str
    text: str
    stance: str


def stances(room: Room, seed: int) -> list[Stood]:
    """What the seats without people say after the last round played, where it differs from what they said."""
    model = _played(room, seed, people=_people(room))
    return [
        Stood(seat, text, WORDS[int(model.chamber.stance[row, column, 0])])
        for row, seat in enumerate(model.room.countries)
        if seat in room.seats and room.seats[seat].played == "model"
        for column, text in enumerate(model.room.texts)
        if not room.drafts[text].outcome
        and WORDS[int(model.chamber.stance[row, column, 0])] != room.stands[text][seat].stance
    ]


def ballots(room: Room, seed: int, text: str) -> dict[str, str]:
    """How the seats without people vote on a text as it reads now."""
    from simulation.phases.decision import vote

    model = _played(room, seed, people=_people(room))
    _put(model, room.snapshot())
    cast, column = vote(model), model.room.texts.index(text)
    return {
        seat: BALLOTS[int(cast[row, column, 0])]
        for row, seat in enumerate(model.room.countries)
        if seat in room.seats and room.seats[seat].played == "model" and int(cast[row, column, 0]) in BALLOTS
    }


def advice(room: Room, seed: int, seat: str) -> dict[str, str]:
    """What the model would say at a seat that people play, by text, as things stand."""
    model = _played(room, seed, people=_people(room) - {seat})
    if model.round < len(model.room.rounds):
        _put(model, room.snapshot())
        model.step()
    row = model.room.countries.index(seat)
    return {
        text: WORDS[int(model.chamber.stance[row, column, 0])] for column, text in enumerate(model.room.texts)
    }


def _people(room: Room) -> set[str]:
    return {key for key, seat in room.seats.items() if seat.played == "people"}


def _played(room: Room, seed: int, people: set[str]) -> NegotiationModel:
    """The model after all rounds that the room has played."""
    from simulation.model import NegotiationModel

    model = NegotiationModel(_scenario(room, people), (0,), run_seed=seed)
    for snapshot in room.snapshots[: len(model.room.rounds)]:
        _put(model, snapshot)
        model.step()
    return model


def _scenario(room: Room, people: set[str]) -> Scenario:
    """The scenario as this room plays it: people at their seats, wordings of their own, events as called."""
    rounds = _round_days(room.scenario)
    events: dict[str, Any] = {
        key: {"date": rounds[min(room.happened[key], len(rounds) - 1)]} if key in room.happened else None
        for key, one in room.scenario.events.items()
        if one.nature == "exogenous" and one.type != "table_text"
    }
    texts = {key: {"articles": more} for key, draft in room.drafts.items() if (more := _proposals(draft))}
    return apply_patch(
        room.scenario,
        {
            "delegations": {key: {"strategy": "human"} for key in people},
            "dynamics": {"drafting": "off"},
            "events": events,
            "texts": texts,
        },
    )


def _proposals(draft: Draft) -> dict[str, Any]:
    """By article the wordings that people proposed and the chair has placed."""
    found: dict[str, Any] = {}
    for number, article in draft.articles.items():
        own = {
            key: {"wording": one.words, "places": one.places}
            for key, one in article.wordings.items()
            if key.startswith("proposal-") and one.status in ("open", "withdrawn")
        }
        if own:
            found[number] = {"options": own}
    return found


def _round_days(scenario: Scenario) -> list[str]:
    from simulation.calendar import rounds

    return [one.start.isoformat() for one in rounds(scenario.calendar)]


def _put(model: NegotiationModel, snapshot: Snapshot) -> None:
    """Tell the model where everybody stands and how the texts read."""
    room, chamber = model.room, model.chamber
    values = {word: value for value, word in WORDS.items()}
    for column, text in enumerate(room.texts):
        chamber.on_table[column] = True
        said: Mapping[str, str] = snapshot.stances[text]
        for row, seat in enumerate(room.countries):
            if seat in said:
                chamber.stance[row, column] = values[said[seat]]
        wording = room.wordings[column]
        for place, article in enumerate(wording.articles):
            standing = snapshot.standing[text].get(article, "tabled")
            if standing in wording.options[place]:
                chamber.chosen[column, place] = wording.options[place].index(standing)
        chamber.place(column, room)
