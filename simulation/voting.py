"""Why did each delegation vote as it did? Its vote is taken apart by the functions that made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import response
from agents.strategies import Moment
from simulation import commitments, rules
from simulation.analyses.articles import CodedRoom, gain_by_article, gain_by_issue
from simulation.analyses.citing import article_name, short, wording_words
from simulation.analyses.explanation import Explanation
from simulation.analyses.explanation_of_vote import CHOICES, Vote, Wish
from simulation.appeals import bloc_appeal, own_parts
from simulation.chamber import Chamber
from simulation.contraction import contract
from simulation.explaining import account, binding, unique_names
from simulation.model import NegotiationModel
from simulation.phases.endorsement import answer
from simulation.phases.floor import put_to_vote
from simulation.room import Room
from simulation.rules._carrying import carries
from simulation.rules._reading import bloc_lines, cut_points
from simulation.wording import Wording

Floats = NDArray[np.floating]


class Hearing(NamedTuple):
    """What everybody would answer in a chamber as it stands, first replicate.

    `choice`, the cut-points `lower` and `upper`, the appeal with chance `pull` and the `chance` itself are
    (country, text), the `parts` of the appeals without peers (part, country, text). `public` tells whether
    stances or votes were asked for.
    """

    chamber: Chamber
    public: bool
    choice: NDArray[np.int8]
    lower: Floats
    upper: Floats
    pull: Floats
    chance: Floats
    parts: Floats


def hear(
    model: NegotiationModel, chamber: Chamber, public: bool, chance: Floats, blocks: bool, progress: float
) -> Hearing:
    """Ask everybody once more, after the rounds, in the same way as a decision does.

    `public` tells whether stances or votes are asked for, `blocks` whether one no blocks, `chance` (country,
    text, replicate) the luck, `progress` how far the negotiation has come.
    """
    room = model.room
    heard = contract(room.hearing, chamber.stance)
    parts = own_parts(room, chamber, heard)
    appeal = bloc_appeal(room, bloc_lines(room, public), slice(None), parts.without_peers() + parts.peers)
    cuts = cut_points(room, chamber.stance, public, blocks)
    asked = Moment(progress, chamber.stance)
    choice, lower, upper = answer(room, chamber, slice(None), appeal + chance, cuts, asked)
    first = [np.broadcast_to(part, heard.shape)[..., 0] for part in parts[:4]]
    return Hearing(
        chamber=chamber,
        public=public,
        choice=choice[..., 0],
        lower=np.broadcast_to(lower, heard.shape)[..., 0],
        upper=np.broadcast_to(upper, heard.shape)[..., 0],
        pull=(appeal + chance)[..., 0],
        chance=chance[..., 0],
        parts=np.stack(first),
    )


def account_of(
    model: NegotiationModel, hearing: Hearing, row: int, text: int, choice: int, cut: float
) -> Explanation:
    """The margin of one answer over a cut-point, taken apart."""
    room, chamber = model.room, hearing.chamber
    return account(
        room,
        row,
        text,
        model.round,
        choice,
        1 if choice >= 0 else -1,
        position=chamber.position[row, :, 0],
        salience=chamber.salience[row, :, 0],
        places=chamber.places[text, :, 0],
        trust=chamber.trust[:, row, 0] * chamber.coloured[row, text],
        parts=hearing.parts[..., text],
        heard=chamber.stance[:, text, 0].astype(float),
        line=bloc_lines(room, hearing.public)[room.line_of_text[text]],
        blocs=binding(room, hearing.public),
        chance=float(hearing.chance[row, text]),
        cut=cut,
    )


def votes(model: NegotiationModel) -> Iterator[tuple[int, int, Vote]]:
    """Every vote of the first replicate of a model that has run to its end: row, text, and the explanation.

    Texts that were never tabled, and of which nothing remains after a vote by article, are left out; so are
    observers.
    """
    room, chamber = model.room, model.chamber
    assert model.ballots is not None, "the model has not run to its end"
    final = room.scenario.final_vote
    floor = put_to_vote(model)
    chamber, kept = floor.chamber, floor.kept
    blocks = final is not None and rules.find(final.name).one_no_blocks
    objecting = hear(model, chamber, False, model.draws.vote_chance, blocks, 1.0)
    alone = hear(model, chamber, False, model.draws.vote_chance, False, 1.0) if blocks else objecting
    adopted = carries(room, final, model.ballots)[:, 0] if final else np.zeros(len(room.texts), dtype=bool)
    names, titles = unique_names(room), [short(one.title) for one in room.scenario.texts.values()]
    for text in range(len(room.texts)):
        if not (floor.open[text, 0] and kept[text, :, 0].any()):
            continue
        asked = final is not None and final.otherwise is not None
        asked = asked and bool((model.ballots[:, text, 0] == response.NO).any())
        passes = blocks and not asked
        hearing = objecting if passes else alone
        articles = _Articles(model, chamber, text, kept[text, :, 0])
        for row in np.flatnonzero(~room.observing).tolist():
            choice = int(model.ballots[row, text, 0])
            cut = (hearing.lower if choice == response.NO else hearing.upper)[row, text]
            found = account_of(model, hearing, row, text, choice, float(cut))
            weight = _weight(model, row, text)
            crossed = chamber.forbidden[row, text, 0] or chamber.unmet[row, text, 0]
            bound = crossed or bool(commitments.binding(room, chamber.in_force[:, 0], row, text))
            usual = response.choose(*(one[row, text] for one in (hearing.pull, hearing.lower, hearing.upper)))
            against_appeal = choice != response.ABSENT and choice != int(usual)
            bound = bound and against_appeal and not room.unbound[row]
            yield (
                row,
                text,
                Vote(
                    names[row],
                    titles[text],
                    CHOICES[choice],
                    found,
                    articles.worth(row, weight),
                    articles.wish(row, weight),
                    passes,
                    bool(adopted[text]),
                    bool(room.sponsoring[row, text]),
                    bool(passes and choice == response.ABSTAIN and alone.choice[row, text] == response.NO),
                    _what_bound(room, chamber, row, text) if bound else "",
                    bool(against_appeal and not bound),
                ),
            )


def _weight(model: NegotiationModel, row: int, text: int) -> float:
    """How much a delegation's own gain weighs in its vote."""
    room = model.room
    line = bloc_lines(room, False)[room.line_of_text[text]]
    own = line.keep[row] + line.follow[row] @ line.line[:, row] if len(line.line) else line.keep[row]
    return float(own) * float(room.part_weights[0, row])


class _Articles:
    """What the articles of a text bring every delegation at the vote, and what others would bring instead."""

    def __init__(self, model: NegotiationModel, chamber: Chamber, text: int, kept: NDArray[np.bool_]) -> None:
        room = model.room
        self.scenario = room.scenario
        self.text = list(self.scenario.texts.values())[text]
        whole = room.wordings[text]
        count = len(whole.articles)
        self.kept = kept[:count]
        stays = self.kept[:, None, None]
        self.wording: Wording = replace(whole, speaks=whole.speaks & stays, place=whole.place * stays)
        self.chosen = chamber.chosen[text, :count, 0]
        self.room = CodedRoom(
            chamber.position[..., 0].astype(float),
            chamber.salience[..., 0].astype(float),
            room.reversion.astype(float),
            room.content,
            room.force_issue,
        )
        self.gains = gain_by_article(self.scenario, self.room, self.wording, self.chosen)
        self.others = self._others()

    def _others(self) -> list[tuple[int, int, Floats]]:
        """By article and option: what it would bring each delegation more than the wording that stands."""
        stands = self._gain(self.chosen)
        found: list[tuple[int, int, Floats]] = []
        for article in np.flatnonzero(self.kept).tolist():
            for option in np.flatnonzero(self.wording.exists[article]).tolist():
                if option != self.chosen[article]:
                    changed = self.chosen.copy()
                    changed[article] = option
                    found.append((article, option, self._gain(changed) - stands))
        return found

    def _gain(self, chosen: NDArray[np.integer]) -> Floats:
        return gain_by_issue(self.scenario, self.room, self.wording, chosen).sum(axis=1)

    def worth(self, row: int, weight: float) -> dict[str, float]:
        """What each article brings a delegation as it weighs in its appeal."""
        return {
            article_name(self.text, article): weight * float(self.gains[row, article])
            for article in np.flatnonzero(self.kept).tolist()
        }

    def wish(self, row: int, weight: float) -> Wish | None:
        """The wording that would bring it most, if any brings it more than the one that stands."""
        if not self.others:
            return None
        article, option, more = max(self.others, key=lambda one: one[2][row])
        if more[row] <= 0:
            return None
        return Wish(
            article_name(self.text, article),
            wording_words(self.text, article, option),
            weight * float(more[row]),
        )


def _what_bound(room: Room, chamber: Chamber, row: int, text: int) -> str:
    """What kept a delegation from following its appeal, in words: a red line, or else its word."""
    line = red_line(room, row, chamber.places[text, :, 0], chamber.silent[text, :, 0])
    return line or "its commitment"


def red_line(room: Room, row: int, places: Floats, silent: NDArray[np.bool_]) -> str:
    """The red line of a delegation that a text breaks, in words; empty if it breaks none.

    `places` and `silent` (issue,) tell where the text stands.
    """
    scenario, iso3 = room.scenario, room.countries[row]
    for line in scenario.red_lines:
        issue = room.issues.index(line.issue)
        inside = bool(silent[issue]) or line.min <= float(places[issue]) <= line.max
        if line.delegation == iso3 and not inside:
            reason = f" (“{line.reason}”)" if line.reason else ""
            return f"its red line on {scenario.issues[line.issue].title}{reason}"
    return ""
