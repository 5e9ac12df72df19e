"""Questions to talk about: the scenario's own, and some that this room's own course asks."""

from __future__ import annotations

from dashboards.classroom.debrief.course import Turning
from dashboards.classroom.debrief.deals import Deal, Moved
from dashboards.classroom.debrief.missed import Missed
from dashboards.classroom.debrief.outcome import Outcome
from dashboards.classroom.debrief.under_rules import UnderRule
from dashboards.classroom.room import Room
from dashboards.words import prose
from simulation.analyses.wording import listing, number, spoken

MOST = 3  # questions of a kind


def questions(
    room: Room,
    found: Outcome,
    turnings: list[Turning],
    told: list[Deal],
    moves: list[Moved],
    missed: list[Missed],
    rules: dict[str, list[UnderRule]],
) -> list[str]:
    """Questions that follow from what happened, a few of each kind."""
    return [
        *_of_moves(room, moves)[:MOST],
        *_of_turnings(room, turnings)[:MOST],
        *_of_deals(room, told)[:MOST],
        *_of_missed(room, missed)[:MOST],
        *_of_rules(room, rules)[:MOST],
    ]


def of_scenario(room: Room) -> list[str]:
    """What the scenario says one should look for and learn."""
    return prose(room.scenario.look_for) + prose(room.scenario.objectives)


def _name(room: Room, seat: str) -> str:
    return spoken(room.name(seat))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _of_moves(room: Room, moves: list[Moved]) -> list[str]:
    return [
        f"{_capital(_name(room, one.change.seat))} moved from “{one.change.before}” to “{one.change.after}” "
        f"on the {room.drafts[one.change.text].title} after accepting "
        f"{one.accepted(_name(room, one.mover))}. What would have happened without?"
        for one in moves
    ]


def _of_turnings(room: Room, turnings: list[Turning]) -> list[str]:
    most = sorted(turnings, key=lambda one: -len(one.changes))
    return [
        f"{_capital(number(len(one.changes)))} delegations moved on the {room.drafts[one.text].title} soon "
        f"after this: “{one.act.sentence}” Because of it, or for another reason?"
        for one in most
    ]


def _of_deals(room: Room, told: list[Deal]) -> list[str]:
    return [
        f"{_capital(_name(room, one.trade.taker))} accepted an offer of {_name(room, one.trade.giver)} and "
        "went another way in the end. What had been promised, and what came in between?"
        for one in told
        if one.verdict == "broken"
    ]


def _of_missed(room: Room, missed: list[Missed]) -> list[str]:
    return [
        f"Another wording of the {room.drafts[one.text].title} would have left {number(one.gaining)} "
        f"delegations better off than without a text, instead of {number(one.gaining_now)}. Who would have "
        "had to propose it, and who would have been against?"
        for one in missed
        if one.gaining > one.gaining_now
    ][:1]


def _of_rules(room: Room, rules: dict[str, list[UnderRule]]) -> list[str]:
    asked = []
    for text, lines in rules.items():
        own = next((one for one in lines if one.own), None)
        other = [one.rule.replace("-", " ") for one in lines if own and one.carried != own.carried]
        if own and other:
            did = "fails" if own.carried else "carries"
            asked.append(
                f"With the same votes the {room.drafts[text].title} {did} under {listing(other)}. "
                "How would you have negotiated under such a rule?"
            )
    return asked
