"""What the class ended with: the state of the room as wordings, support, ambition, ballots and marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from dashboards.classroom.debrief.scoring import Ended, Marks, ambition, marks
from dashboards.classroom.room import Draft, Room
from scenarios import apply_patch
from scenarios.schema import Scenario
from simulation.analyses.articles import wording_of

PLACED = "Words of the class."  # the words themselves move nothing, so they stay out of the scenario
AS_BALLOTS = {"endorse": "yes", "study": "abstain", "oppose": "no"}


class OfText(NamedTuple):
    """How one text ended: its outcome in a word ("" while it lies on the table), how many endorse, study and
    oppose it, the share of its ambition that is kept (none without sponsors), and the ballots by seat;
    `voted` is false where there was no vote and the stances stand for ballots."""

    outcome: str
    support: Mapping[str, int]
    ambition: float | None
    ballots: Mapping[str, str]
    voted: bool


class Outcome(NamedTuple):
    """How the class ended: the scenario with its own wordings, each text, and what that is worth."""

    scenario: Scenario
    texts: Mapping[str, OfText]
    ended: Ended
    marks: Marks


def outcome(room: Room) -> Outcome:
    """What a room has come to by now."""
    scenario = with_own_wordings(room)
    chosen = {text: _standing(scenario, room, text)[None] for text in scenario.texts}
    adopted = {text: np.array([room.drafts[text].outcome == "adopted"]) for text in scenario.texts}
    ended = Ended(chosen, adopted)
    texts = {text: _of_text(scenario, room, text, ended) for text in scenario.texts}
    return Outcome(scenario, texts, ended, marks(scenario, ended))


def with_own_wordings(room: Room) -> Scenario:
    """The scenario with the wordings that people proposed, where the chair or they placed them."""
    texts = {key: {"articles": own} for key, draft in room.drafts.items() if (own := _own(draft))}
    return apply_patch(room.scenario, {"texts": texts} if texts else {})


def _own(draft: Draft) -> dict[str, Any]:
    """By article the proposals of people."""
    found = {
        number: {
            key: {"wording": PLACED, "places": dict(one.places)}
            for key, one in article.wordings.items()
            if key.startswith("proposal-")
        }
        for number, article in draft.articles.items()
    }
    return {number: {"options": own} for number, own in found.items() if own}


def _standing(scenario: Scenario, room: Room, text: str) -> np.ndarray:
    """The numbers of the wordings that stand (article,)."""
    wording, articles = wording_of(scenario, text), room.drafts[text].articles
    pairs = zip(wording.articles, wording.options, strict=True)
    return np.array([options.index(articles[number].standing) for number, options in pairs])


def _of_text(scenario: Scenario, room: Room, text: str, ended: Ended) -> OfText:
    stances: dict[str, str] = {seat: one.stance for seat, one in room.stands[text].items()}
    kept = float(ambition(scenario, text, ended.chosen[text])[0])
    vote = room.votes.get(text)
    ballots = vote.ballots if vote else {seat: AS_BALLOTS[stance] for seat, stance in stances.items()}
    return OfText(
        room.drafts[text].outcome,
        {word: list(stances.values()).count(word) for word in AS_BALLOTS},
        None if np.isnan(kept) else kept,
        dict(ballots),
        vote is not None,
    )
