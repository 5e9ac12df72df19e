"""Assumptions as people write them after --vary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from scenarios import ScenarioError, apply_patch, overlay
from scenarios.problems import suggest
from scenarios.schema import Scenario
from simulation.factors import AS_IT_IS, NUMBER, OVERLAYS, label, read_factor, refused
from simulation.sensitivity.assumption import LUCK, Assumption, numbers, switch
from simulation.sensitivity.assumptions import assumptions
from simulation.sensitivity.shifting import EVERYBODY, SHIFT, shifted

RANGE = re.compile(rf"({NUMBER}):({NUMBER})")


def read_assumptions(
    words: Sequence[str], scenario: Scenario, source: str | Path, text: str
) -> list[Assumption]:
    """Assumptions such as `dynamics.peer_weight` (one that is varied by default),
    `dynamics.peer_weight=0:0.15` (a range), `positions.EU=-20:20` (points by which a bloc, or `all`, stand
    nearer to `text`), `with=no-peers` (an overlay off and on), or the levels of a sweep, such as
    `rule.name=consensus,unanimity`.

    Both ends, or every level, are tried on the scenario. Raises ScenarioError for what cannot be read or does
    not fit.
    """
    usual = {one.name: one for one in assumptions(scenario, source)}
    found = [_read(word, scenario, source, text, usual) for word in words]
    names = [one.name for one in found]
    if twice := [name for place, name in enumerate(names) if name in names[:place]]:
        raise refused(twice[0], "it is varied twice", "name it once")
    return found


def _read(
    word: str, scenario: Scenario, source: str | Path, text: str, usual: dict[str, Assumption]
) -> Assumption:
    name, sign, values = (part.strip() for part in word.partition("="))
    if not sign:
        if name in usual:
            return usual[name]
        raise refused(word, "this is not varied by default", suggest(name, usual, "write KEY=low:high"))
    if name == LUCK:
        raise refused(word, "luck is varied always", "leave it out")
    if ends := RANGE.fullmatch(values):
        low, high = float(ends[1]), float(ends[2])
        if low >= high:
            raise refused(word, "this range is empty", "write the lower number first")
        return _range(word, name, low, high, scenario, text)
    if name == OVERLAYS and "," not in values and values != AS_IT_IS:
        return _tried(word, switch(values, overlay(values, source)), scenario)
    factor = read_factor(word, source)
    return _tried(word, Assumption(name, levels=factor.levels, patches=factor.patches), scenario)


def _range(word: str, name: str, low: float, high: float, scenario: Scenario, text: str) -> Assumption:
    """A range, in whole numbers where nothing between them fits."""
    group = name.removeprefix(SHIFT)
    if name.startswith(SHIFT):
        if group != EVERYBODY and group not in scenario.blocs:
            raise refused(
                word, "there is no such bloc", suggest(group, scenario.blocs, f"or `{SHIFT}{EVERYBODY}`")
            )
        apply_patch(scenario, shifted(scenario, {group: high}, text))
        return numbers(name, low, high)
    found = _tried(word, numbers(name, low, high), scenario)
    if low == int(low) and high == int(high):
        try:
            apply_patch(scenario, Assumption(name, low, high).patch(0.5 / (high - low)))
        except ScenarioError:
            return found._replace(scale="whole")
    return found


def _tried(word: str, one: Assumption, scenario: Scenario) -> Assumption:
    """The assumption, if the scenario stands all its levels or both its ends."""
    for share in [place / len(one.levels) for place in range(len(one.levels))] or [0.0, 1.0]:
        apply_patch(scenario, one.patch(share), label(word))
    return one
