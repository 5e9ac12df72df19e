"""The answer to a scenario's question: three sentences made from the numbers, and those numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import tables
from simulation.analyses.spread import first_supporters, members_of, universality
from simulation.analyses.wording import day, listing, number, percent, sentence_case, spoken
from simulation.results import counted

if TYPE_CHECKING:
    import xarray as xr

    from simulation.results import Results

BAND = (0.1, 0.5, 0.9)  # the middle 80 % of the replicates around the median
WIDE = 0.2  # a band is wide if it covers more than this share of the delegations
LEADING = 0.1  # below this share of the credit nobody leads
NAMED = 3
PERMANENT_FIVE = ("CHN", "FRA", "GBR", "RUS", "USA")

Facts = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """The question, three sentences, and every number and name in them under a telling key."""

    question: str
    sentences: tuple[str, str, str]
    facts: Facts


def answer(results: Results, text: str | None = None) -> Answer:
    """Who came on board by when, because of whom, and which coalitions formed; adopted or not.

    `text` is the key of a text, by default the scenario's first. Raises ValueError if it is not in the room.
    """
    data = results.data
    key = str(data.text.values[0]) if text is None else text
    if key not in data.text.values:
        raise ValueError(f"the text {key} is not among {listing([str(one) for one in data.text.values])}")
    facts = support_facts(results, key) | influence_facts(data, key) | outcome_facts(results, key)
    return Answer(
        results.scenario.question,
        (_on_board(facts), _because_of_whom(facts), _coalitions(facts)),
        facts,
    )


def sentences(results: Results) -> tuple[str, str, str]:
    """The three sentences of the answer."""
    return answer(results).sentences


def support_facts(results: Results, text: str) -> Facts:
    """How many endorse and oppose a text at the end, when half of the rise had come, and who came first.

    Counts are low, median and high over replicates (the middle 80 %). First are the delegations, sponsors
    left out, that endorse in at least half of the replicates, by their expected day; each with the median
    date of its first endorsement.
    """
    data = results.data
    here = data.sel(text=text)
    dates = here.date.values
    course = np.median(here.endorsing.values, axis=0)
    half_way = int(np.argmax(course - course[0] >= (course[-1] - course[0]) / 2))
    here = counted(here)
    rounds = here.first_endorsed.values
    supporters = first_supporters(rounds, np.cumsum(here.days.values))
    ever = np.where(rounds < 0, len(dates), rounds)
    median_round = np.quantile(ever, 0.5, axis=0, method="inverted_cdf").astype(int)
    countries = [str(one) for one in here.country.values]
    place = list(data.text.values).index(text)
    sponsors = tables.sponsoring(results.scenario, countries, here.member.values)[:, place]
    first = [row for row in supporters.order if median_round[row] < len(dates) and not sponsors[row]]
    _, regions = members_of(here.region.values)
    stances = here.stance.values[:, -1, :, None]
    universal = universality(stances, regions, np.isin(countries, PERMANENT_FIVE))
    return {
        "text": here.text_title.item(),
        "delegations": len(countries),
        "replicates": data.sizes["replicate"],
        "last_day": str(dates[-1]),
        "endorsing": _band(here.endorsing.values[:, -1]),
        "opposing": _band(here.opposing.values[:, -1]),
        "grew": bool(course[-1] > course[0]),
        "half_way_day": str(dates[half_way]),
        "first": [str(here.name.values[row]) for row in first[:NAMED]],
        "first_days": [str(dates[median_round[row]]) for row in first[:NAMED]],
        "universality_states": float(np.median(universal.states)),
        "universality_regions": float(np.median(universal.regions)),
        "universality_permanent_five": float(np.median(universal.permanent_five)),
        "universality_no_public_objection": float(universal.no_public_objection.mean()),
    }


def influence_facts(data: xr.Dataset, text: str) -> Facts:
    """Because of whom: how many leaned that way from the start, and who earned credit for the others.

    `credit_shares` are shares of all positive credit that delegations earned for endorsements of others, by
    what was heard from them and by their weight in their blocs.
    """
    here = data.sel(text=text)
    counting = counted(here)
    on_board = (counting.stance.values[:, -1] == 1).mean(axis=0) >= 0.5
    earned = np.maximum(here.credit.values.astype(np.float64).sum(axis=0), 0.0)
    order = [row for row in np.argsort(-earned, kind="stable") if earned[row] > 0][:NAMED]
    return {
        "on_board_in_most": int(on_board.sum()),
        "leaned_from_the_start": int((on_board & (counting.start_lean.values == 1)).sum()),
        "credited": [str(here.name.values[row]) for row in order],
        "credit_shares": [float(earned[row] / earned.sum()) for row in order],
    }


def outcome_facts(results: Results, text: str) -> Facts:
    """Coalitions over all replicates, with their two weightiest members, and what becomes of the text."""
    data, scenario = results.data, results.scenario
    labels = data.consensus_coalition.values
    groups = [np.flatnonzero(labels == label) for label in np.unique(labels[labels >= 0])]
    groups = sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group[0]))
    weightiest = [group[np.argsort(-data.capability.values[group], kind="stable")[:2]] for group in groups]
    here = data.sel(text=text)
    return {
        "coalition_sizes": [len(group) for group in groups],
        "coalition_leaders": [[str(data.name.values[row]) for row in pair] for pair in weightiest],
        "settled": float(data.settled.values.mean()),
        "rule": scenario.rule.name.replace("-", " "),
        "adopted": float(here.adopted.values.mean()),
        "vote_carries": float(here.vote_passed.values.mean()) if scenario.final_vote else None,
    }


def _band(counts: np.ndarray) -> tuple[float, float, float]:
    low, middle, high = np.quantile(counts, BAND).tolist()
    return low, middle, high


def _on_board(facts: Facts) -> str:
    low, middle, high = (f"{count:.0f}" for count in facts["endorsing"])
    title = facts["text"] if facts["text"].startswith("The ") else f"the {facts['text']}"
    of_all = f"of {facts['delegations']} delegations"
    if facts["replicates"] == 1:
        count = f"{middle} {of_all} endorse {title} in the only replicate"
    elif facts["endorsing"][2] - facts["endorsing"][0] > WIDE * facts["delegations"]:
        count = f"anywhere from {low} to {high} {of_all} endorse {title} (median {middle}, middle 80 %)"
    else:
        count = f"{middle} {of_all} endorse {title} ({low}–{high} in the middle 80 % of replicates)"
    parts = [f"By {day(facts['last_day'])}, {count}"]
    if facts["grew"]:
        parts.append(f"half of the rise comes by {day(facts['half_way_day'])}")
    if facts["first"]:
        came = listing([spoken(name) for name in facts["first"]])
        parts[-1] += f", with {came} first on board (by {day(max(facts['first_days']))})"
    opposing = f"{facts['opposing'][1]:.0f}"
    parts.append("nobody opposes it in public" if opposing == "0" else f"{opposing} oppose it in public")
    return "; ".join(parts) + "."


def _because_of_whom(facts: Facts) -> str:
    on_board, leaned = facts["on_board_in_most"], facts["leaned_from_the_start"]
    if not on_board:
        start = "No delegation endorses it in half of the replicates"
    else:
        those = f"the {number(on_board)} that endorse" if on_board > 1 else "the one that endorses"
        start = f"Of {those} in at least half of the replicates, {number(leaned) if leaned else 'none'}"
        start += " leaned towards it on the coded positions and trust alone"
    if not facts["credited"]:
        return f"{start}; nobody earns credit for bringing in others."
    shares = [percent(share) for share in facts["credit_shares"]]
    named = [f"{spoken(name)} ({share})" for name, share in zip(facts["credited"], shares, strict=True)]
    spread = "goes first to" if facts["credit_shares"][0] >= LEADING else "is spread widely, first to"
    return (
        f"{start}; the credit for bringing in others {spread} {listing(named)}, "
        "an account of their appeals and not a proof of cause."
    )


def _coalitions(facts: Facts) -> str:
    sizes = facts["coalition_sizes"]
    if sizes:
        groups = [
            f"{size} with {listing([spoken(name) for name in leaders])}"
            for size, leaders in zip(sizes[:NAMED], facts["coalition_leaders"], strict=False)
        ]
        formed = "one coalition forms" if len(sizes) == 1 else f"{number(len(sizes))} coalitions form"
        largest = "the largest of " if len(sizes) > NAMED else ""
        start = sentence_case(f"{formed}, {largest}{listing(groups)}")
        if facts["settled"] < 0.7:
            start += ", with members who change sides from replicate to replicate"
    else:
        start = "No coalition lasts over the replicates"
    end = f"by {facts['rule']} the text is adopted {in_replicates(facts['adopted'])}"
    if 0.05 < facts["adopted"] < 0.95:
        end += ", so its adoption is open"
    if facts["vote_carries"] is not None:
        end += f"; a recorded vote at the end would carry it {in_replicates(facts['vote_carries'])}"
    return f"{start}; {end}."


def in_replicates(share: float) -> str:
    """How often something happens.

    >>> in_replicates(1.0), in_replicates(0.25), in_replicates(0.0)
    ('in every replicate', 'in 25 % of the replicates', 'in no replicate')
    """
    if share in (0, 1):
        return "in every replicate" if share else "in no replicate"
    return f"in {percent(share)} of the replicates"
