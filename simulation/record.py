"""What is kept of a negotiation? Stances and leanings always, every part of an appeal on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.room import PARTS

if TYPE_CHECKING:
    from simulation.appeals import Parts
    from simulation.meetings import Met
    from simulation.model import NegotiationModel
    from simulation.phases.amendments import Amendments
    from simulation.phases.drafting import Revision
    from simulation.phases.endorsement import Answers
    from simulation.phases.lobbying import Calls
    from simulation.room import Room


class Record:
    """Arrays that fill up round by round. Index 0 is the opening, index t the end of round t.

    Always: `stance`, `lean` int8 (round, country, text, replicate); `places` (round, text, issue, replicate);
    `chosen` (round, text, article, replicate), the wordings that stand; `ambition` (round, text, replicate);
    and the `revisions` in order; after the vote `at_vote` (text, article, replicate), the wordings voted on,
    what became of `amendments`, and who has `dissociated` itself (country, text, article, replicate). Where
    there are commitments, `in_force` lists which held in each round (commitment, replicate).

    With `in_full` also `position` (round, country, issue, replicate); `part` (part, round, country, text,
    replicate); `before`, the stances when a round's answers began, and `appeal`, `lower`, `upper` (round,
    country, text, replicate), NaN at the opening; from the first round on, lists of `salience` (country,
    issue, replicate), `trust` (sponsor, country, replicate) and how authorship is `coloured` (country, text);
    and the `calls` and `meetings` that there were.
    """

    def __init__(self, room: Room, replicates: int, in_full: bool) -> None:
        rounds, countries, texts, issues = (
            len(room.rounds) + 1,
            len(room.countries),
            len(room.texts),
            len(room.issues),
        )
        self.in_full = in_full
        self.stance = np.zeros((rounds, countries, texts, replicates), dtype=np.int8)
        self.lean = np.zeros_like(self.stance)
        self.places = np.zeros((rounds, texts, issues, replicates), dtype=room.dtype)
        articles = max((len(wording.articles) for wording in room.wordings), default=0)
        self.chosen = np.zeros((rounds, texts, articles, replicates), dtype=np.int16)
        self.ambition = np.zeros((rounds, texts, replicates), dtype=room.dtype)
        self.revisions: list[Revision] = []
        self.at_vote = np.zeros((texts, articles, replicates), dtype=np.int16)
        self.amendments: Amendments
        self.dissociated = np.zeros((countries, texts, articles, replicates), dtype=np.int8)
        self.in_force: list[np.ndarray] = []
        self.calls: list[Calls] = []
        self.meetings: list[Met] = []
        if in_full:
            self.position = np.zeros((rounds, countries, issues, replicates), dtype=room.dtype)
            self.appeal, self.lower, self.upper = (
                np.full(self.stance.shape, np.nan, dtype=room.dtype) for _ in range(3)
            )
            self.before = np.zeros_like(self.stance)
            self.salience: list[np.ndarray] = []
            self.trust: list[np.ndarray] = []
            self.coloured: list[np.ndarray] = []
            self.part = np.full((len(PARTS), *self.stance.shape), np.nan, dtype=room.dtype)

    def keep(self, model: NegotiationModel, index: int) -> None:
        """Keep the state as it is now under a round's index."""
        chamber = model.chamber
        self.stance[index] = chamber.stance
        self.lean[index] = chamber.lean
        self.places[index] = chamber.places
        self.chosen[index] = chamber.chosen
        self.ambition[index] = chamber.ambition
        if self.in_full:
            self.position[index] = chamber.position

    def keep_answers(
        self, model: NegotiationModel, parts: Parts, answers: Answers, before: np.ndarray
    ) -> None:
        """Keep what made up every appeal of a round, as each delegation saw it when it answered.

        `before` are the stances before anybody answered, texts of the day tabled.
        """
        index = model.round + 1
        self.before[index] = before
        self.salience.append(model.chamber.salience)
        self.trust.append(model.chamber.trust.copy())
        self.coloured.append(model.chamber.coloured.copy())
        for number, part in enumerate(parts):
            self.part[number, index] = part
        self.appeal[index], self.lower[index], self.upper[index] = (
            answers.appeal,
            answers.lower,
            answers.upper,
        )
