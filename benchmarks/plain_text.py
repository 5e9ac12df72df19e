"""A text, its brackets and a bloc's line, as the plain version keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scenarios import schema

if TYPE_CHECKING:
    from benchmarks.plain_delegation import Delegation

Places = dict[str, float]


class RedLine(NamedTuple):
    """A range outside which a delegation will not go on an issue."""

    issue: str
    lowest: float
    highest: float
    kind: str


class Bloc:
    """A bloc and how much each member weighs in its line on each text."""

    def __init__(self, key: str, weights: dict[str, list[tuple[int, float]]]) -> None:
        self.key = key
        self.weights = weights

    def line(self, text: str, own: Sequence[float]) -> float:
        """What its members think of a text together, from everybody's own appeal or change of it."""
        return sum(weight * own[row] for row, weight in self.weights[text])


class Text:
    """A candidate set of rules: the wordings that stand, and where they put it."""

    def __init__(self, key: str, coded: schema.Text, reversion: Places) -> None:
        self.key, self.reversion = key, reversion
        self.authors = [(name, coded.sponsorship / len(coded.sponsors)) for name in coded.sponsors]
        self.sponsors: list[Delegation] = []
        articles = list(coded.articles.values())
        self.options = [
            [article.places, *(option.places for option in article.options.values())] for article in articles
        ]
        self.issues_of = [
            [issue for issue in reversion if any(issue in places for places in options)]
            for options in self.options
        ]
        self.singles = [
            (article, option)
            for article, options in enumerate(self.options)
            if len(options) > 1
            for option in range(len(options))
        ]
        self.standing = [["tabled", *article.options].index(article.chosen) for article in articles]
        self.places, self.silent = self.where(self.standing)
        self.tabled_places = self.places
        self.visited = {tuple(self.standing)}
        self.on_table = False
        self.budget = self.funds = coded.budget
        self.revised = dt.date.min

    def where(self, wording: Sequence[int]) -> tuple[Places, set[str]]:
        """Where a wording puts the text, and the issues on which it is silent."""
        said: dict[str, list[float]] = {}
        for options, number in zip(self.options, wording, strict=True):
            for issue, place in options[number].items():
                said.setdefault(issue, []).append(place)
        places = {
            issue: sum(said[issue]) / len(said[issue]) if issue in said else place
            for issue, place in self.reversion.items()
        }
        return places, self.reversion.keys() - said.keys()

    def reword(self, wording: list[int]) -> None:
        """Let a wording stand."""
        self.standing = wording
        self.places, self.silent = self.where(wording)
        self.visited.add(tuple(wording))


def coordinator_of(
    bloc: schema.Bloc, sponsors: Sequence[str], delegations: Mapping[str, schema.Delegation]
) -> str | None:
    """Who speaks for a bloc on a text with these sponsors, if anybody in the room does."""
    towards = next((bloc.coordinator_for[one] for one in sponsors if one in bloc.coordinator_for), None)
    name = towards or bloc.coordinator
    in_room = name in bloc.members and name in delegations and not delegations[name].silent
    return name if in_room else None


def weights_in_line(
    members: Sequence[Delegation], speaker: str | None, coordinator_weight: float
) -> list[tuple[int, float]]:
    """How much each member weighs in a bloc's line: by capability, the coordinator on top."""
    total = sum(one.capability for one in members)
    weights = {one.row: one.capability / total if total else 1 / len(members) for one in members}
    if speaker:
        weights = {row: (1 - coordinator_weight) * weight for row, weight in weights.items()}
        weights[next(one.row for one in members if one.name == speaker)] += coordinator_weight
    return [(row, weight) for row, weight in weights.items() if weight]
