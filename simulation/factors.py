"""What a sweep varies: factors with their levels, as people write them after --vary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from scenarios import Problem, ScenarioError, apply_patch, overlay, overlays, parse_assignments
from scenarios.assignments import parse_value
from scenarios.patching import combine
from scenarios.paths import annotation_at, is_keyed, is_model
from scenarios.problems import shorten
from scenarios.schema import Scenario

NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
RANGE = re.compile(rf"({NUMBER}):({NUMBER}):(\d+)")
MOST = 1_000_000  # cells
MEND = f"vary less: at most {MOST:,} cells are swept at once"
OVERLAYS, AS_IT_IS = "with", "none"
TAKEN = ("text", "measure", "mean", "sd", "low", "high")
Patch = dict[str, Any]


class Factor(NamedTuple):
    """What is varied: its name, a number or a word for each level, and the patch that sets it."""

    name: str
    levels: tuple[float | str, ...]
    patches: tuple[Patch, ...]


def read_factors(words: Sequence[str], scenario: Scenario, source: str | Path | None) -> list[Factor]:
    """Factors such as `dynamics.peer_weight=0:0.15:7` (from, to, how many), `rule.name=consensus,majority`,
    `with=no-peers,none` (overlays, of which `none` leaves the scenario as it is), or `unheard=CHN,USA` (an
    overlay with its values).

    Levels are tried on the scenario first. Raises ScenarioError for what cannot be read or does not fit.
    """
    factors = [read_factor(word, source) for word in words]
    problems = [
        Problem(f"--vary {factor.name}", None, "", "it is varied twice", "give all its levels at once")
        for place, factor in enumerate(factors)
        if factor.name in [earlier.name for earlier in factors[:place]]
    ]
    if (size := count(factors)) > MOST:
        problems.append(Problem("--vary", None, "", f"this makes {size:,} cells", MEND))
    if problems:
        raise ScenarioError(problems)
    first = [factor.patches[0] for factor in factors]
    for place, factor in enumerate(factors):
        for tried in _tried(factor):
            others = [*first[:place], factor.patches[tried], *first[place + 1 :]]
            apply_patch(scenario, together(others), f"--vary {factor.name}={factor.levels[tried]}")
    return factors


def _tried(factor: Factor) -> list[int]:
    """The levels that show whether all fit: of numbers the least and the largest."""
    levels = range(len(factor.levels))
    if all(isinstance(level, float) for level in factor.levels):
        return sorted(
            {min(levels, key=factor.levels.__getitem__), max(levels, key=factor.levels.__getitem__)}
        )
    return list(levels)


def read_factor(word: str, source: str | Path | None) -> Factor:
    """One factor as it is written after --vary. Raises ScenarioError if it cannot be read."""
    name, sign, values = (part.strip() for part in word.partition("="))
    known = overlays(source)
    if not (sign and name and values) or name in TAKEN:
        mend = "write KEY=low:high:count or KEY=a,b,c, for example dynamics.peer_weight=0:0.15:7"
        raise refused(word, "this varies nothing", mend)
    numbers = RANGE.fullmatch(values)
    if numbers and int(numbers[3]) > MOST:
        raise refused(word, "these are too many levels", MEND)
    kind = annotation_at(name.split("."))
    if name == OVERLAYS:
        written = split(values)
        patches = [_laid(one, source) for one in written]
        return _checked(Factor(name, tuple(written), tuple(patches)))
    if name in known and known[name].value and (kind is None or is_model(kind) or is_keyed(kind)):
        written = split(values)
        patches = [_laid(one if one == AS_IT_IS else f"{name}={one}", source) for one in written]
        return _checked(Factor(name, tuple(written), tuple(patches)))
    written = _range(values) if numbers else split(values)
    levels = [_level(one) for one in written]
    if not all(isinstance(level, float) for level in levels):
        levels = list(written)
    patches = [parse_assignments([f"{name}={one}"]) for one in written]
    return _checked(Factor(name, tuple(levels), tuple(patches)))


def _laid(word: str, source: str | Path | None) -> Patch:
    return {} if word == AS_IT_IS else overlay(word, source)


def _level(written: str) -> float | str:
    """A level as a number, or the words for it."""
    value = parse_value(written)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number else written


def _range(written: str) -> list[str]:
    """The numbers of low:high:count, both ends among them.

    >>> _range("0:0.15:4")
    ['0', '0.05', '0.1', '0.15']
    """
    low, high, many = RANGE.fullmatch(written).groups()  # type: ignore[union-attr]
    return [f"{value:.12g}" for value in np.linspace(float(low), float(high), int(many))]


def split(written: str) -> list[str]:
    """The parts between commas, save commas within brackets, braces or quotation marks.

    >>> split('a, ["CHN", "RUS"], c')
    ['a', '["CHN", "RUS"]', 'c']
    """
    parts, depth, quoted = [""], 0, ""
    for sign in written:
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "\"'":
            quoted = sign
        depth += (sign in "[{") - (sign in "]}") if not quoted else 0
        if sign == "," and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _checked(factor: Factor) -> Factor:
    """The factor, if it has two different levels at least and none twice."""
    if len(factor.levels) < 2:
        mend = "give two levels or more, or set it with --set"
        raise refused(factor.name, "it has fewer than two levels", mend)
    if len(set(factor.levels)) < len(factor.levels) or "" in factor.levels:
        raise refused(factor.name, "a level is empty or comes twice", "name each once")
    return factor


def refused(word: str, what: str, mend: str) -> ScenarioError:
    """What is wrong with a word after --vary, and how to mend it."""
    return ScenarioError([Problem(label(word), None, "", what, mend)])


def label(word: str) -> str:
    """A word after --vary as messages name it."""
    return shorten(f"--vary {word}", 80)


def count(factors: Iterable[Factor]) -> int:
    """How many cells all combinations make."""
    return prod(len(factor.levels) for factor in factors)


def places(factors: Sequence[Factor], cell: int) -> tuple[int, ...]:
    """The number of each factor's level in a cell; the last factor changes fastest."""
    return tuple(int(one) for one in np.unravel_index(cell, [len(factor.levels) for factor in factors]))


def levels_of(factors: Sequence[Factor], cell: int) -> list[float | str]:
    """The levels of a cell, in the order of the factors."""
    return [factor.levels[place] for factor, place in zip(factors, places(factors, cell), strict=True)]


def patches(factors: Sequence[Factor]) -> Iterator[Patch]:
    """The patch of every cell, in order."""
    for cell in range(count(factors)):
        yield patch_of(factors, cell)


def patch_of(factors: Sequence[Factor], cell: int) -> Patch:
    """The patch of one cell: its levels one after the other."""
    levels = zip(factors, places(factors, cell), strict=True)
    return together(factor.patches[place] for factor, place in levels)


def together(given: Iterable[Patch]) -> Patch:
    """Patches as one."""
    whole: Patch = {}
    for patch in given:
        whole = combine(whole, patch)
    return whole
