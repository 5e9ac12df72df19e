"""Does a text carry? A decision rule with what comes before it: a quorum, and a motion to take no action."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation import rules
from simulation.rules._counting import adjourned, quorate
from simulation.rules._house import Ballots, Flags, house_of
from simulation.rules._needs import Needs, objections, votes

if TYPE_CHECKING:
    from scenarios.schema import Rule
    from simulation.room import Room


def carries(room: Room, rule: Rule, ballots: Ballots) -> Flags:
    """Whether each text carries (text, replicate), from ballots or stances (country, text, replicate) of all
    delegations; those of observers are left out.

    Nothing is decided without a quorum, nor if a motion to take no action carries where the rule has one.
    Where somebody objects to a text that would pass without a vote, the rule named `otherwise` counts the
    votes, if there is one.
    """
    house = room.house if rule is room.scenario.rule else house_of(room, rule)
    ballots = ballots[room.counted]
    carried = rules.find(rule.name).decide(ballots, house)
    if rule.otherwise is not None:
        asked = (ballots == -1).any(axis=0)
        carried = np.where(asked, rules.find(rule.otherwise).decide(ballots, house), carried)
    if house.present:
        carried = carried & quorate(ballots, house)
    return carried & ~adjourned(ballots) if rule.no_action else carried


def needs(room: Room, rule: Rule) -> Needs:
    """What it takes to carry by a scenario's rule, everybody being present: alternatives, each with all that
    it asks, among them what comes before the rule and what decides where somebody objects."""
    house = house_of(room, rule)
    found = rules.find(rule.name).needs(house)
    if rule.otherwise is not None:
        unopposed = tuple((*some, objections(house, 0)) for some in found)
        found = unopposed + rules.find(rule.otherwise).needs(house)
    if rule.no_action:
        found = tuple((*some, votes(house, yes=1, no=-1, least=0)) for some in found)
    return found
