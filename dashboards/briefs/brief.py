"""What the brief of a scenario says, collected once for the terminal and the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dashboards.briefs.coding import coded, uncertainty
from dashboards.briefs.deciding import by_rule
from dashboards.briefs.listening import listening
from dashboards.words import letter
from scenarios.overlaying import Overlay, fitting
from scenarios.schema import Bloc, Issue, Scenario, Text
from simulation.analyses.wording import day, listing, number, sentence_case, spoken
from simulation.calendar import rounds
from simulation.wording import places, tabulate

CAUTION = (
    "This is a model’s coding of a negotiation, made of judgements and assumed parameters. It is not a "
    "prediction of any state’s policy."
)


class Positions(NamedTuple):
    """One issue: where each delegation stands on it (0–100, lowest first), for how many that is unknown, and
    where each text stands that speaks to it."""

    key: str
    issue: Issue
    held: dict[str, float]
    unknown: int
    texts: dict[str, float]


class TextLine(NamedTuple):
    """One text: the letter that marks it on the scales, who tabled it and when, and its size, in words."""

    key: str
    letter: str
    text: Text
    by: str
    when: str
    size: str


class BlocLine(NamedTuple):
    """One bloc: who speaks for it and how far its members follow, in words."""

    key: str
    bloc: Bloc
    voice: str
    discipline: str


class Moment(NamedTuple):
    """Something dated that acts in a run."""

    date: dt.date
    when: str
    sentence: str


@dataclass(frozen=True)
class Brief:
    """What there is to say of a scenario before it is run. `observers` are keys; `empty_blocs` counts blocs
    that have no member here; `overlays` are those that can be laid over it; the rest are sentences."""

    scenario: Scenario
    observers: list[str]
    issues: list[Positions]
    texts: list[TextLine]
    blocs: list[BlocLine]
    empty_blocs: int
    listening: list[str]
    calendar: str
    moments: list[Moment]
    rule: list[str]
    final_vote: list[str]
    coded: str
    uncertainty: list[str]
    overlays: list[Overlay]


def brief(scenario: Scenario, source: str | Path) -> Brief:
    """The brief of a scenario that was loaded from `source`, a name or a folder."""
    texts = [_text(scenario, place, key) for place, key in enumerate(scenario.texts)]
    return Brief(
        scenario=scenario,
        observers=[key for key, one in scenario.delegations.items() if one.observer],
        issues=_positions(scenario),
        texts=texts,
        blocs=[_bloc(scenario, key, bloc) for key, bloc in scenario.blocs.items() if bloc.members],
        empty_blocs=sum(not bloc.members for bloc in scenario.blocs.values()),
        listening=listening(scenario),
        calendar=_calendar(scenario),
        moments=_moments(scenario),
        rule=by_rule(scenario, scenario.rule),
        final_vote=by_rule(scenario, scenario.final_vote) if scenario.final_vote else [],
        coded=coded(scenario),
        uncertainty=uncertainty(scenario),
        overlays=fitting(scenario, source),
    )


def _positions(scenario: Scenario) -> list[Positions]:
    reversion = np.array([issue.reversion for issue in scenario.issues.values()])
    stands: dict[str, dict[str, float]] = {key: {} for key in scenario.issues}
    for text in scenario.texts:
        wording = tabulate(scenario, text, np.float64)
        place, silent = places(wording, wording.start, reversion)
        for row, key in enumerate(scenario.issues):
            if not silent[row]:
                stands[key][text] = float(place[row])
    found = []
    for key, issue in scenario.issues.items():
        known = {name: one.positions.get(key) for name, one in scenario.delegations.items()}
        held = {name: position for name, position in known.items() if position is not None}
        ordered = dict(sorted(held.items(), key=lambda pair: pair[1]))
        found.append(Positions(key, issue, ordered, len(known) - len(held), stands[key]))
    return found


def _text(scenario: Scenario, place: int, key: str) -> TextLine:
    text = scenario.texts[key]
    articles = text.articles.values()
    size = [text.status, _count(len(text.articles), "article")]
    options = sum(len(article.options) for article in articles if not article.agreed)
    size.append(f"{_count(options, 'option')} in brackets" if options else "no brackets")
    if agreed := sum(article.agreed for article in articles):
        size.append(f"{_count(agreed, 'article')} agreed ad referendum")
    by = listing([named(scenario, name) for name in text.sponsors])
    when = day(text.tabled.isoformat()) if text.tabled else ""
    return TextLine(key, letter(place), text, by, when, ", ".join(size))


def named(scenario: Scenario, key: str) -> str:
    """A delegation or a bloc as it stands inside a sentence."""
    return spoken((scenario.delegations.get(key) or scenario.blocs[key]).name)


def _count(count: int, noun: str) -> str:
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def _bloc(scenario: Scenario, key: str, bloc: Bloc) -> BlocLine:
    voices = [f"{named(scenario, bloc.coordinator)} coordinates"] if bloc.coordinator else []
    voices += [
        f"{named(scenario, speaker)} speaks for it towards {named(scenario, partner)}"
        for partner, speaker in bloc.coordinator_for.items()
    ]
    voice = ", ".join(voices) or "nobody coordinates"
    said, voted = bloc.discipline, bloc.discipline_vote
    if said == voted == 0:
        return BlocLine(key, bloc, voice, "no common line")
    same = f"discipline {said:g}" if said == voted else f"discipline {said:g}, {voted:g} in votes"
    return BlocLine(key, bloc, voice, same)


def _calendar(scenario: Scenario) -> str:
    stretches = [
        f"{number(one.rounds)} round{'' if one.rounds == 1 else 's'} of a {one.length} "
        f"from {day(one.start.isoformat())}"
        for one in scenario.calendar
    ]
    last = rounds(scenario.calendar)[-1].last_day
    return sentence_case(f"{listing(stretches)}, until {day(last.isoformat())}.")


def _moments(scenario: Scenario) -> list[Moment]:
    """Events that act in a run, and the days on which texts are tabled that no event tells of."""
    acting = [one for one in scenario.events.values() if one.nature == "exogenous" and one.type != "note"]
    dated = [(one.date, one.sentence) for one in acting]
    told = {one.text for one in acting if one.type == "table_text"}
    dated += [
        (text.tabled, f"{text.title} is tabled.")
        for key, text in scenario.texts.items()
        if text.tabled and key not in told
    ]
    return [
        Moment(date, day(date.isoformat()), sentence_case(sentence))
        for date, sentence in sorted(dated, key=lambda pair: pair[0])
    ]
