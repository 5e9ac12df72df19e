"""What an author should think about before a scenario is run: legal, but seldom meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from simulation.dataset import starting_point
from simulation.opening import open_room
from simulation.room import Room

Floats = NDArray[np.floating]
MOVED = 0.01
CARING = 5.0
FAR_ABOVE = 2.0
NAMED = 6
DIVIDED = 1.0


class Remark(NamedTuple):
    """Something to think about: its kind, the path of its subject, what is so, and what could be done."""

    kind: str
    path: str
    message: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}; {self.advice}"


def remarks(scenario: Scenario) -> list[Remark]:
    """Everything worth a second look, in a fixed order; an empty list if there is nothing.

    Measures are taken on the coded values, before anybody has listened to anybody.
    """
    coded = _Coded(scenario, open_room(scenario, np.float64))
    return [remark for check in CHECKS for remark in check(coded)]


@dataclass(frozen=True)
class _Coded:
    scenario: Scenario
    room: Room

    @cached_property
    def gains(self) -> Floats:
        """Gain of every delegation on every text as coded (country, text)."""
        return starting_point(self.room)[0]

    @cached_property
    def apart(self) -> Floats:
        """How far delegations stand apart (country, country), 0–100.

        The mean absolute difference of positions over the issues that both are coded on, weighted by the sum
        of their salience; NaN where there is none, and for a delegation and itself.
        """
        seats = self.scenario.delegations.values()
        place = np.array(
            [[_value(seat.positions.get(issue)) for issue in self.room.issues] for seat in seats]
        )
        care = np.array([[_value(seat.salience.get(issue)) for issue in self.room.issues] for seat in seats])
        weight = np.nan_to_num(care)[:, None] + np.nan_to_num(care)[None]
        gap = np.abs(place[:, None] - place[None])
        weight = np.where(np.isnan(gap), 0, weight)
        total = weight.sum(axis=2)
        found = np.divide(
            (np.nan_to_num(gap) * weight).sum(axis=2), total, out=np.full_like(total, np.nan), where=total > 0
        )
        np.fill_diagonal(found, np.nan)
        return found


def _value(number: float | None) -> float:
    return np.nan if number is None else number


def _blocs(coded: _Coded) -> Iterator[Remark]:
    for key, bloc in coded.scenario.blocs.items():
        inside = coded.room.members[coded.room.blocs.index(key)]
        if not (bloc.discipline or bloc.discipline_vote) or inside.sum() < 2 or inside.all():
            continue
        within = coded.apart[np.ix_(inside, inside)]
        across = coded.apart[np.ix_(inside, ~inside)]
        if np.isnan(within).all() or np.isnan(across).all():
            continue
        if np.nanmean(within) < np.nanmean(across) + DIVIDED:
            continue
        advice = (
            "expect members to keep their distance from its line, or lower its discipline"
            f" ({bloc.discipline:g})"
        )
        if inside.sum() > 2:
            lonely = np.nan_to_num(within, nan=0.0).sum(axis=1).argmax()
            advice += f"; {np.array(coded.room.countries)[inside][lonely]} is farthest from the others"
        yield Remark(
            "divided bloc",
            f"blocs.{key}",
            f"members of {bloc.name} stand {np.nanmean(within):.0f} points apart on average, and only"
            f" {np.nanmean(across):.0f} from those outside",
            advice,
        )


def _ties(coded: _Coded) -> Iterator[Remark]:
    room = coded.room
    if len(room.countries) < 2:
        return
    deaf = [iso3 for iso3, alone in zip(room.countries, room.isolated, strict=True) if alone]
    if deaf:
        yield Remark(
            "no ties",
            "ties",
            f"{_listed(deaf)} {_verb(deaf, 'listens', 'listen')} to nobody",
            "nothing that others say moves them; add a row in ties.csv or a region",
        )
    heard = (room.listening != 0).any(axis=0)
    seats = coded.scenario.delegations
    mute = [
        iso3
        for iso3, someone in zip(room.countries, heard, strict=True)
        if not someone and not seats[iso3].silent
    ]
    if mute and len(mute) < len(room.countries):
        yield Remark(
            "unheard",
            "ties",
            f"nobody listens to {_listed(mute)}",
            "what they say moves nobody; add a row in ties.csv or a region",
        )


def _texts(coded: _Coded) -> Iterator[Remark]:
    for column, (key, text) in enumerate(coded.scenario.texts.items()):
        most = float(np.abs(coded.gains[:, column]).max())
        if most < MOVED:
            yield Remark(
                "idle text",
                f"texts.{key}",
                f"the {text.title} moves nobody: as tabled, no delegation gains or loses more than"
                f" {most:.3f}",
                "its places lie next to the reversion points; move them, or the reversion points",
            )


def _own_lines(coded: _Coded) -> Iterator[Remark]:
    for key, text in coded.scenario.texts.items():
        for line in coded.scenario.red_lines:
            if line.delegation not in text.sponsors or line.kind != "forbids":
                continue
            for number, article in text.articles.items():
                place = article.places.get(line.issue)
                if place is not None and not line.min <= place <= line.max:
                    yield Remark(
                        "own red line",
                        f"texts.{key}.articles.{number}",
                        f"article {number} of the {text.title} lies at {place:g} on {line.issue}, beyond"
                        f" a red line of its own sponsor {line.delegation} ({line.min:g} to {line.max:g})",
                        "move the article or the line, or the sponsor opposes its own text",
                    )


def _issues(coded: _Coded) -> Iterator[Remark]:
    seats = coded.scenario.delegations.values()
    spoken = {
        issue
        for text in coded.scenario.texts.values()
        for article in text.articles.values()
        for places in (article.places, *(option.places for option in article.options.values()))
        for issue in places
    }
    for key, issue in coded.scenario.issues.items():
        cares = [value for seat in seats if (value := seat.salience.get(key)) is not None]
        if cares and max(cares) <= CARING:
            yield Remark(
                "idle issue",
                f"issues.{key}",
                f"nobody cares about {issue.title}: no salience is above {max(cares):g}",
                "give somebody a reason to care, or leave the issue out",
            )
        if key not in spoken:
            yield Remark(
                "silent issue",
                f"issues.{key}",
                f"no text says anything on {issue.title}",
                "positions on it decide nothing, and only tell who stands near whom; add an article or leave"
                " the issue out",
            )
        if all(seat.positions.get(key) is None for seat in seats):
            yield Remark(
                "unknown issue",
                f"issues.{key}",
                f"no position on {issue.title} is known",
                "every replicate draws all of them; code at least some",
            )


def _threshold(coded: _Coded) -> Iterator[Remark]:
    theta = coded.scenario.dynamics.endorse_threshold
    spread = float(coded.gains.std(axis=0).max()) if coded.gains.size else 0.0
    if np.isfinite(theta) and spread > 0 and theta > FAR_ABOVE * spread:
        yield Remark(
            "high threshold",
            "dynamics.endorse_threshold",
            f"the threshold to endorse ({theta:g}) is {theta / spread:.1f} times the spread of gains on any"
            f" text ({spread:.3f})",
            "hardly anybody will speak out from interest alone; lower it, or let the texts say more",
        )


def _parties(coded: _Coded) -> Iterator[Remark]:
    room = sum(not one.observer for one in coded.scenario.delegations.values())
    for part in ("rule", "final_vote"):
        rule = getattr(coded.scenario, part)
        if rule is not None and rule.parties is not None and rule.parties > room:
            yield Remark(
                "out of reach",
                f"{part}.parties",
                f"{rule.parties} parties are asked for and {room} delegations sit here",
                "no text can pass; ask for fewer",
            )


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _verb(names: list[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many


CHECKS: tuple[Callable[[_Coded], Iterator[Remark]], ...] = (
    _texts,
    _own_lines,
    _threshold,
    _blocs,
    _ties,
    _issues,
    _parties,
)
