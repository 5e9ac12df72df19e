"""Who has promised what? The commitments of a scenario as arrays, and what those in force ask of stances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.response import ENDORSE, OPPOSE, STANCES
from scenarios.schema import Scenario
from simulation.wording import Wording

if TYPE_CHECKING:
    from simulation.chamber import Chamber
    from simulation.room import Room

Flags = NDArray[np.bool_]
Stances = NDArray[np.int8]
Rows = NDArray[np.intp] | slice


class Condition(NamedTuple):
    """What has to be so about a text, all by number, −1 elsewhere: an article carries an `allowed` option
    (option,), or a delegation (`row`) stands between `least` and `most`, or another `commitment` is in force.
    """

    text: int
    article: int = -1
    allowed: Flags = np.zeros(0, dtype=bool)
    row: int = -1
    least: int = OPPOSE
    most: int = ENDORSE
    commitment: int = -1


class Commitments(NamedTuple):
    """All commitments: `text`, the stances promised at `least` and at `most` and the `inducement`
    (commitment,); who makes them and who is given something, `parties` and `to` (commitment, country); their
    `conditions`, to which each `belongs` (condition,), and which commitment would bring which one about,
    `brought_about` (condition, commitment)."""

    keys: tuple[str, ...]
    text: NDArray[np.intp]
    parties: Flags
    least: Stances
    most: Stances
    inducement: NDArray[np.float64]
    to: Flags
    conditions: tuple[Condition, ...]
    belongs: NDArray[np.intp]
    brought_about: Flags


def tabulate(scenario: Scenario, wordings: Sequence[Wording]) -> Commitments:
    """The commitments of a scenario, in order.

    A commitment to stand at least somewhere brings about that its parties stand at least there, one to stand
    at most somewhere that they stand at most there; nothing is made to fail by a commitment.
    """
    made, countries, texts = scenario.commitments, list(scenario.delegations), list(scenario.texts)
    keys = tuple(made)
    conditions, belongs = [], []
    for number, one in enumerate(made.values()):
        for asked in one.conditions:
            on = texts.index(asked.text or one.text)
            found = Condition(on, least=STANCES[asked.at_least or "oppose"])
            found = found._replace(most=STANCES[asked.at_most or "endorse"])
            if asked.article is not None:
                article = wordings[on].articles.index(asked.article)
                options = wordings[on].options[article]
                found = found._replace(article=article, allowed=np.isin(options, asked.options))
            elif asked.delegation is not None:
                found = found._replace(row=countries.index(asked.delegation))
            elif asked.commitment is not None:
                found = found._replace(commitment=keys.index(asked.commitment))
            conditions.append(found)
            belongs.append(number)
    text = np.array([texts.index(one.text) for one in made.values()], dtype=np.intp)
    parties = _named([one.parties for one in made.values()], countries)
    least = np.array([STANCES[one.at_least or "oppose"] for one in made.values()], dtype=np.int8)
    most = np.array([STANCES[one.at_most or "endorse"] for one in made.values()], dtype=np.int8)
    brought_about = np.zeros((len(conditions), len(keys)), dtype=bool)
    for row, condition in enumerate(conditions):
        if condition.commitment >= 0:
            brought_about[row, condition.commitment] = True
        elif condition.row >= 0:
            theirs = parties[:, condition.row] & (text == condition.text)
            brought_about[row] = theirs & _within(least, most, condition)
    return Commitments(
        keys,
        text,
        parties,
        least,
        most,
        np.array([one.inducement for one in made.values()], dtype=float),
        _named([one.to for one in made.values()], countries),
        tuple(conditions),
        np.array(belongs, dtype=np.intp),
        brought_about,
    )


def so_anyway(commitments: Commitments, chamber: Chamber) -> Flags:
    """Which conditions hold as things stand, no promise assumed (condition, replicate)."""
    found = np.zeros((len(commitments.conditions), chamber.stance.shape[2]), dtype=bool)
    for row, condition in enumerate(commitments.conditions):
        if condition.article >= 0:
            found[row] = condition.allowed[chamber.chosen[condition.text, condition.article]]
        elif condition.row >= 0:
            stance = chamber.stance[condition.row, condition.text]
            found[row] = (stance >= condition.least) & (stance <= condition.most)
    return found


def can_be_kept(room: Room, chamber: Chamber) -> Flags:
    """Which commitments nothing but their conditions stands in the way of (commitment, replicate).

    The text lies on the table, no red line of a party forbids what it promises, and who made it has not
    withdrawn it.
    """
    commitments = room.commitments
    possible = ~chamber.withdrawn & chamber.on_table[commitments.text][:, None]
    for number, (text, least) in enumerate(zip(commitments.text, commitments.least, strict=True)):
        for row in np.flatnonzero(commitments.parties[number]):
            if least > OPPOSE:
                possible[number] &= ~chamber.forbidden[row, text]
            if least == ENDORSE:
                possible[number] &= ~chamber.unmet[row, text]
    return possible


def promised(room: Room, chamber: Chamber) -> tuple[Stances, Stances]:
    """The lowest and the highest stance that commitments in force allow (country, text, replicate).

    Of two promises that contradict each other the more cautious one holds.
    """
    shape = chamber.stance.shape
    least, most = np.full(shape, OPPOSE, dtype=np.int8), np.full(shape, ENDORSE, dtype=np.int8)
    commitments = room.commitments
    for number in np.flatnonzero((commitments.least > OPPOSE) | (commitments.most < ENDORSE)):
        force, text = chamber.in_force[number], commitments.text[number]
        for row in np.flatnonzero(commitments.parties[number] & ~room.unbound):
            low = np.where(force, commitments.least[number], OPPOSE)
            high = np.where(force, commitments.most[number], ENDORSE)
            np.maximum(least[row, text], low, out=least[row, text])
            np.minimum(most[row, text], high, out=most[row, text])
    return least, most


def keep_word(room: Room, chamber: Chamber, rows: Rows, stance: NDArray[Any]) -> NDArray[Any]:
    """Stances or answers of the given rows as far as commitments in force allow them."""
    if not room.commitments.keys or not chamber.in_force.any():
        return stance
    least, most = promised(room, chamber)
    return np.clip(stance, least[rows], most[rows]).astype(stance.dtype)


def binding(room: Room, force: Flags, row: int, text: int) -> list[int]:
    """The commitments in force (commitment,) by which a delegation has promised a stance on a text."""
    commitments = room.commitments
    made = force & (commitments.text == text) & commitments.parties[:, row]
    return np.flatnonzero(made & ((commitments.least > OPPOSE) | (commitments.most < ENDORSE))).tolist()


def _within(least: Stances, most: Stances, condition: Condition) -> Flags:
    """Whether promises (commitment,) make sure of all that a condition asks of a stance."""
    return (least >= condition.least) & (most <= condition.most)


def _named(lists: Sequence[Sequence[str]], countries: Sequence[str]) -> Flags:
    """Who is named in which list (list, country)."""
    named = [[iso3 in set(names) for iso3 in countries] for names in lists]
    return np.array(named, dtype=bool).reshape(len(lists), len(countries))
