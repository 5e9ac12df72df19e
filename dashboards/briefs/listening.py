"""Who listens to whom, in a few sentences."""

from __future__ import annotations

from collections import Counter

import numpy as np

from scenarios import tie_matrix
from scenarios.schema import Scenario
from scenarios.ties import bloc_ties, region_ties, voting_ties
from simulation.analyses.wording import listing, number, percent, sentence_case, spoken

KINDS = {
    "voting": "voting alike in the General Assembly",
    "region": "sharing a region",
    "bloc": "sharing a bloc",
    "alliance": "alliances of its own",
    "trade": "trade of its own",
}
MOST = 5  # how many of those who are heard most are named
NOBODY = "Nobody listens to anybody: the scenario has no ties."


def listening(scenario: Scenario) -> list[str]:
    """How much of its listening goes by which kind of tie, the scenario's own ties, who is heard most."""
    matrix = np.abs(tie_matrix(scenario))
    if not matrix.any():
        return [NOBODY]
    shares = kind_shares(scenario)
    sentences = [f"Delegations listen to others by {_shared(shares)}."]
    own = Counter(tie.kind for tie in scenario.ties)
    if own:
        kinds = listing([f"{number(count)} of {kind}" for kind, count in own.most_common()])
        sentences.append(f"Ties of the scenario's own: {kinds}.")
    else:
        sentences.append("The scenario adds no ties of its own.")
    heard = matrix.sum(axis=0) / matrix.sum()  # shares of all listening in the room
    first = [place for place in np.argsort(-heard, kind="stable")[:MOST].tolist() if heard[place] > 0]
    names = [spoken(one.name) for one in scenario.delegations.values()]
    told = listing([f"{names[place]} ({100 * heard[place]:.1f} %)" for place in first])
    even = 100 / len(names)
    sentences.append(f"Listened to most, as shares of all listening: {told}; an equal share is {even:.1f} %.")
    if hushed := [spoken(one.name) for one in scenario.delegations.values() if one.silent]:
        sentences.append(f"Nobody hears {listing(hushed)}.")
    return [sentence_case(sentence) for sentence in sentences]


def kind_shares(scenario: Scenario) -> dict[str, float]:
    """The share of listening of each kind that binds anybody here, by kind, largest first; they add up to 1.

    A delegation without ties of one kind gives that kind's share to its others.
    """
    names, own = list(scenario.delegations), {tie.kind for tie in scenario.ties}
    there = {
        "voting": bool(voting_ties(names).any()),
        "region": bool(region_ties(scenario).any()),
        "bloc": bool(bloc_ties(scenario).any()),
    }
    shares = {
        kind: getattr(scenario.listening, kind) for kind in KINDS if there.get(kind, False) or kind in own
    }
    total = sum(shares.values()) or 1.0
    kept = {kind: share / total for kind, share in shares.items() if share > 0}
    return dict(sorted(kept.items(), key=lambda pair: -pair[1]))


def _shared(shares: dict[str, float]) -> str:
    return listing([f"{KINDS[kind]} ({percent(share)})" for kind, share in shares.items()])
