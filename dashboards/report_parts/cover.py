"""The cover of the report: the question, the answer in at most three short sentences, and facts."""

from __future__ import annotations

from typing import Any, NamedTuple

from dashboards.summary import Summary
from dashboards.words import do, seated, span, titled
from simulation.analyses.answer import Facts, in_replicates
from simulation.analyses.wording import day, listing, number, percent, sentence_case, spoken

CAUTION = "A model’s output, not a prediction of policy."


class Cover(NamedTuple):
    """Sentences, and facts as pairs of a word and what stands there."""

    sentences: list[str]
    facts: list[tuple[str, str]]


def cover(results: Any, answer: Summary, facts: Facts) -> Cover:
    """The cover of a run; `facts` are the numbers and names of its answer."""
    data = results.data
    texts = data.sizes["text"]
    dates = [day(str(data.date.values[place])) for place in (0, -1)]
    return Cover(
        [_on_board(facts), _because_of_whom(facts), _outcome(facts)],
        [
            ("Scenario", answer.scenario),
            ("Period", " to ".join(dict.fromkeys(dates))),
            ("Seats", seated(answer.delegations, len(answer.observers))),
            ("Texts", str(texts)),
            ("Replicates", f"{answer.replicates:,}"),
            ("Seed", str(answer.seed)),
        ],
    )


def _on_board(facts: Facts) -> str:
    """How many endorse and oppose the text."""
    low, middle, high = facts["endorsing"]
    sure = (
        "in the only replicate"
        if facts["replicates"] == 1
        else f"{span(low, high)} in the middle 80 % of replicates"
    )
    against = int(f"{facts['opposing'][1]:.0f}")
    opposing = f"{do(against, 'oppose')} it" if against else "nobody opposes it"
    return (
        f"By {day(facts['last_day'])}, {middle:.0f} of {facts['delegations']} delegations endorse"
        f" {titled(facts['text'])} ({sure}); {opposing}."
    )


def _because_of_whom(facts: Facts) -> str:
    """How many leaned that way from the start, and who has most credit for the others."""
    on_board, leaned = facts["on_board_in_most"], facts["leaned_from_the_start"]
    if not on_board:
        return "No delegation endorses it in half of the replicates."
    those = f"the {number(on_board)} that endorse" if on_board > 1 else "the one that endorses"
    leaning = "none" if not leaned else "all" if leaned == on_board else number(leaned)
    said = f"Of {those} it in half of the replicates or more, {leaning} leaned that way from the start"
    if not facts["credited"]:
        return f"{said}; nobody earns credit for bringing in others."
    share = percent(facts["credit_shares"][0])
    return f"{said}; most credit for bringing in others, {share}, goes to {spoken(facts['credited'][0])}."


def _outcome(facts: Facts) -> str:
    """Which coalitions form, and what becomes of the text."""
    sizes = [str(size) for size in facts["coalition_sizes"]]
    if not sizes:
        formed = "no coalition lasts"
    elif len(sizes) == 1:
        formed = f"one coalition forms, of {sizes[0]}"
    elif len(sizes) > 3:
        formed = f"{number(len(sizes))} coalitions form, the largest of {sizes[0]}"
    else:
        formed = f"{number(len(sizes))} coalitions form, of {listing(sizes)}"
    adopted = in_replicates(facts["adopted"])
    return f"{sentence_case(formed)}; by {facts['rule']} the text is adopted {adopted}."
