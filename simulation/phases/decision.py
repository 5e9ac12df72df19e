"""Has the chamber decided? The rule is checked after every round, and a vote may come at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents import response
from agents.strategies import Moment
from scenarios.schema import Rule
from simulation import rules
from simulation.appeals import bloc_appeal, own_parts
from simulation.contraction import contract
from simulation.phases.endorsement import answer
from simulation.room import Room

if TYPE_CHECKING:
    from simulation.model import NegotiationModel


NEXT_TO_NOTHING = 1.0  # points of the scale


def carries(room: Room, rule: Rule, ballots: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Whether each text carries (text, replicate), from ballots or stances (country, text, replicate)."""
    return rules.find(rule.name).decide(ballots, rule.quota, np.isin(room.countries, rule.vetoes))


def decide(model: NegotiationModel) -> None:
    """Note the round in which a text first meets the scenario's decision rule (1 is the first round).

    A text within a point of what holds anyway on every issue is never adopted, however many endorse it.
    """
    room, chamber = model.room, model.chamber
    met = carries(room, room.scenario.rule, chamber.stance.astype(np.int8)) & chamber.on_table[:, None]
    met &= (np.abs(chamber.places - room.reversion[None, :, None]) >= NEXT_TO_NOTHING).any(axis=1)
    chamber.adopted_round[met & (chamber.adopted_round < 0)] = model.round + 1


def vote(model: NegotiationModel) -> NDArray[np.int8]:
    """A recorded vote on every text after the last round: 1 yes, 0 abstain, −1 no, −2 absent.

    The same ordered response as in public, with the cut-points and the bloc discipline of votes; chance mixes
    the same persistent taste with a fresh draw. A text that was never tabled finds everybody abstaining.
    """
    room, chamber, dynamics = model.room, model.chamber, model.room.dynamics
    everybody = slice(None)
    heard = contract(room.listening, chamber.board)[:, chamber.issues :]
    parts = own_parts(room, chamber, heard)
    appeal = bloc_appeal(room, room.vote_lines, everybody, parts.without_peers() + parts.peers)
    cuts = response.cut_points(
        chamber.stance,
        np.array(dynamics.vote_yes_threshold, dtype=room.dtype),
        np.array(dynamics.vote_oppose_threshold, dtype=room.dtype),
        dynamics.commitment,
    )
    pull = appeal + model.draws.vote_chance
    ballots, _, _ = answer(room, chamber, everybody, pull, cuts, Moment(1.0, chamber.stance))
    ballots = np.where(model.draws.absent[:, None], np.int8(response.ABSENT), ballots)
    return np.where(chamber.on_table[None, :, None], ballots, np.int8(response.ABSTAIN))
