"""What might have been otherwise? Single changes to a scenario, each a patch with words for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from scenarios.problems import shorten
from scenarios.schema import Scenario
from simulation import rules
from simulation.analyses.rule_swap import patch_of
from simulation.analyses.wording import spoken
from simulation.compare import Patch

POINTS = 10.0  # of the scale, by which a bloc's positions move
TRUST = 0.3  # units of trust, by which everybody's changes
LESS, MORE = 0.5, 1.5  # what salience is multiplied with
LEAST_MEMBERS = 3
BLOCS, ISSUES = 6, 4  # those that members follow most, those that are cared about most
WORDS = 48  # characters of a wording that are quoted


class Alternative(NamedTuple):
    """One thing that might have been otherwise: its `kind`, `words` for it, the `patch`, and the `place` that
    it changes; of alternatives at one place only one can hold."""

    kind: str
    place: str
    words: str
    patch: Patch


def alternatives(scenario: Scenario, text: str, towards: bool) -> list[Alternative]:
    """Everything that is looked at for one text, in a fixed order.

    Positions and trust are changed in one direction only, `towards` the text and its sponsors or away from
    them; all else both ways or as it comes.
    """
    return [one for generate in GENERATORS for one in generate(scenario, text, towards)]


def _events(scenario: Scenario, text: str, towards: bool) -> Iterator[Alternative]:
    for key, event in scenario.events.items():
        if event.nature == "exogenous" and event.type not in ("note", "table_text"):
            yield Alternative(
                "event", f"events.{key}", f"without {key.replace('-', ' ')}", {"events": {key: None}}
            )


def _rules(scenario: Scenario, text: str, towards: bool) -> Iterator[Alternative]:
    for name in rules.names():
        if name != scenario.rule.name:
            words = f"decided by {name.replace('-', ' ')}"
            yield Alternative("rule", "rule", words, patch_of(scenario, name))


def _options(scenario: Scenario, text: str, towards: bool) -> Iterator[Alternative]:
    for number, article in scenario.texts[text].articles.items():
        for name, option in article.options.items():
            if name != article.chosen:
                patch = {"texts": {text: {"articles": {number: {"chosen": name, "agreed": True}}}}}
                says = "falls away" if option.delete else f"says “{shorten(option.wording, WORDS)}”"
                place = f"texts.{text}.articles.{number}"
                yield Alternative("wording", place, f"article {number} {says}", patch)


def _trust(scenario: Scenario, text: str, towards: bool) -> Iterator[Alternative]:
    for sponsor in scenario.texts[text].sponsors:
        changed = {
            key: {
                "trust": {
                    sponsor: float(np.clip(seat.trust[sponsor] + (TRUST if towards else -TRUST), -1, 1))
                }
            }
            for key, seat in scenario.delegations.items()
            if sponsor in seat.trust
        }
        if changed:
            words = f"{TRUST:g} {'more' if towards else 'less'} trust in {_name(scenario, sponsor)}"
            yield Alternative("trust", f"trust.{sponsor}", words, {"delegations": changed})


def _salience(scenario: Scenario, text: str, towards: bool) -> Iterator[Alternative]:
    for key in _weighty(scenario):
        issue = scenario.issues[key]
        for share, how in ((LESS, "half as salient"), (MORE, "half as salient again")):
            changed = {
                name: {"salience": {key: min(100.0, share * cares)}}
                for name, seat in scenario.delegations.items()
                if (cares := seat.salience.get(key)) and len(seat.salience) > 1
            }
            if changed:
                words = f"{issue.title}: {how}"
                yield Alternative("salience", f"salience.{key}", words, {"delegations": changed})


def _weighty(scenario: Scenario) -> list[str]:
    """The issues that delegations care about most, added up."""
    total = {
        key: sum(seat.salience.get(key) or 0.0 for seat in scenario.delegations.values())
        for key in scenario.issues
    }
    return sorted(total, key=lambda key: -total[key])[:ISSUES]


def tabled(scenario: Scenario, text: str) -> dict[str, float]:
    """Where a text as tabled stands on each issue that it speaks to: the mean over its articles."""
    places: dict[str, list[float]] = {}
    for article in scenario.texts[text].articles.values():
        for issue, place in article.places.items():
            places.setdefault(issue, []).append(place)
    return {issue: float(np.mean(there)) for issue, there in places.items()}


def _positions(scenario: Scenario, text: str, towards: bool) -> Iterator[Alternative]:
    places = tabled(scenario, text)
    for key in _closest(scenario):
        bloc = scenario.blocs[key]
        if len(bloc.members) < LEAST_MEMBERS or len(bloc.members) == len(scenario.delegations):
            continue
        changed = {
            name: {
                "positions": {
                    issue: _moved(stands, places[issue], towards)
                    for issue, stands in scenario.delegations[name].positions.items()
                    if issue in places and stands is not None
                }
            }
            for name in bloc.members
        }
        words = f"{bloc.name} {POINTS:g} points {'nearer' if towards else 'further off'}"
        yield Alternative("position", f"blocs.{key}", words, {"delegations": changed})


def _moved(stands: float, place: float, towards: bool) -> float:
    """A position ten points nearer to a place, or further off, on the scale."""
    if towards:
        return float(np.clip(place, stands - POINTS, stands + POINTS))
    away = -POINTS if stands < place else POINTS
    return float(np.clip(stands + away, 0, 100))


def _voices(scenario: Scenario, text: str, towards: bool) -> Iterator[Alternative]:
    heard = dict.fromkeys(
        speaker
        for bloc in (scenario.blocs[key] for key in _closest(scenario))
        for speaker in (bloc.coordinator, *bloc.coordinator_for.values())
        if speaker and not scenario.delegations[speaker].silent
    )
    for key in heard:
        patch = {"delegations": {key: {"silent": True}}}
        yield Alternative("voice", f"silent.{key}", f"nobody hears {_name(scenario, key)}", patch)


def _closest(scenario: Scenario) -> list[str]:
    """The blocs that members follow most."""
    return sorted(scenario.blocs, key=lambda key: -scenario.blocs[key].discipline)[:BLOCS]


def _name(scenario: Scenario, key: str) -> str:
    part: Any = scenario.delegations.get(key) or scenario.blocs[key]
    return spoken(part.name)


GENERATORS: tuple[Callable[[Scenario, str, bool], Iterator[Alternative]], ...] = (
    _events,
    _options,
    _trust,
    _salience,
    _positions,
    _voices,
    _rules,
)
