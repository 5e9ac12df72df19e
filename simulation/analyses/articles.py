"""What does each article of a text bring each delegation? The gain, shared out among the articles."""

from __future__ import annotations

from itertools import combinations
from math import factorial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import preferences
from scenarios.schema import Scenario
from simulation import tables
from simulation.analyses.explanation import content_by_issue
from simulation.wording import Wording, places, tabulate

Floats = NDArray[np.floating]
EXACT = 10  # articles on one issue up to which every order is counted


class CodedRoom(NamedTuple):
    """What delegations want as coded: positions 0–100 and salience that sums to 1, (N, K) each; the reversion
    points (K,), which issues are content (K,), and the place of the force issue, if there is one."""

    positions: Floats
    salience: Floats
    reversion: Floats
    content: NDArray[np.bool_]
    force_issue: int | None


def coded_room(scenario: Scenario) -> CodedRoom:
    """The coded positions and salience of a scenario; what is unknown is filled in from the blocs."""
    members = [[key in bloc.members for key in scenario.delegations] for bloc in scenario.blocs.values()]
    inside = np.array(members, dtype=bool).reshape(len(members), len(scenario.delegations))
    return CodedRoom(
        tables.positions(scenario, inside)[0],
        preferences.normalise_salience(tables.salience(scenario, inside)[0]),
        np.array([issue.reversion for issue in scenario.issues.values()], dtype=np.float64),
        np.array([issue.kind == "content" for issue in scenario.issues.values()]),
        tuple(scenario.issues).index(scenario.force_issue) if scenario.force_issue else None,
    )


def wording_of(scenario: Scenario, text: str) -> Wording:
    """The articles and options of a text as arrays."""
    return tabulate(scenario, text, np.float64)


def gain_by_issue(
    scenario: Scenario,
    room: CodedRoom,
    wording: Wording,
    chosen: ArrayLike,
    kept: NDArray[np.bool_] | None = None,
) -> Floats:
    """What a text brings each delegation on each issue (N, K), in gain units, on the coded positions.

    A room may hold several positions of every delegation, (…, N, K); so do the gains then. `chosen`
    (article,) numbers the standing wordings; `kept` (article,) leaves out the articles that are not. This is
    E2 of docs/model.md, issue by issue.
    """
    place, _ = places(wording, np.asarray(chosen), room.reversion, kept)
    return _gains(scenario, room, place, place)


def gain_by_article(scenario: Scenario, room: CodedRoom, wording: Wording, chosen: ArrayLike) -> Floats:
    """What each article's standing wording brings each delegation (N, article), in gain units.

    It is the effect of the article's wording instead of silence. Where several articles speak to one issue,
    the text stands at the mean of their places, so that effect depends on which of the others are there;
    it is then the mean over all orders in which they can be added, one after the other, to a silent text
    (Shapley 1953, A value for n-person games). With one article on an issue it is that issue's gain; in all
    cases the articles add up to the text's gain on every issue. The legal force is that of the whole text.
    Beyond ten articles on one issue its gain is shared out equally among them.
    """
    chosen = np.asarray(chosen)
    articles = np.arange(len(chosen))
    speaks, place = wording.speaks[articles, chosen], wording.place[articles, chosen]
    whole, _ = places(wording, chosen, room.reversion)
    out = np.zeros((len(room.positions), len(chosen)))
    for issue in range(speaks.shape[1]):
        voices = np.flatnonzero(speaks[:, issue])
        if len(voices) > EXACT:
            out[:, voices] += (_gains(scenario, room, whole, whole)[:, issue] / len(voices))[:, None]
            continue
        worth: dict[tuple[int, ...], Floats] = {(): np.zeros(len(room.positions))}
        for size in range(1, len(voices) + 1):
            for some in combinations(voices.tolist(), size):
                at = whole.copy()
                at[issue] = place[list(some), issue].mean()
                worth[some] = _gains(scenario, room, at, whole)[:, issue]
        for article in voices.tolist():
            others = [one for one in voices.tolist() if one != article]
            for size in range(len(voices)):
                weight = factorial(size) * factorial(len(others) - size) / factorial(len(voices))
                for some in combinations(others, size):
                    joined = tuple(sorted((*some, article)))
                    out[:, article] += weight * (worth[joined] - worth[some])
    return out


def _gains(scenario: Scenario, room: CodedRoom, place: Floats, whole: Floats) -> Floats:
    """Gains by issue (N, K) at a place, with the legal force of the whole text."""
    force, dynamics = 1.0, scenario.dynamics
    if room.force_issue is not None:
        binding = np.asarray(whole[room.force_issue])
        force = float(preferences.legal_force(binding, dynamics.force_base, dynamics.force_slope))
    return content_by_issue(
        room.positions, room.salience, place, room.reversion, room.content, force, dynamics.loss_exponent
    )
