"""What would have turned the outcome?"""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.again import again
from dashboards.figures.autopsy import shown
from dashboards.known import Known
from dashboards.pictures._picture import Picture, picture
from dashboards.sections._section import Drawn, Section
from dashboards.words import signed, titled
from simulation.analyses.autopsy import Autopsy, Turn, autopsy
from simulation.analyses.wording import listing, number, percent, sentence_case

TITLE, GROUP = "What would have turned it", "How sure"
PLACE = 95
COSTLY = True
REPLICATES = 16
HEAD = ("changes", "outcome turns", "95 %", "endorsements", "ambition")


def section(results: Any, found: Known) -> Section:
    """The smallest sets of changes that would have turned whether the first text is adopted."""
    scenario, text = results.scenario, str(results.data.text.values[0])
    searched = autopsy(
        scenario, text, again(results, REPLICATES), results.manifest.get("seed", 1), other_rules=False
    )
    return Section(
        title=TITLE,
        question="Which changes, as few as possible, would have made it end otherwise?",
        sentences=sentences(scenario.texts[text].title, searched),
        pictures=[Drawn("autopsy", "", {"": drawn(results, text, searched)})],
    )


def drawn(results: Any, text: str, searched: Autopsy) -> Picture:
    """The picture with its table."""
    finding = f"Changes tried: {searched.tried}; replicates of those run in full: {searched.replicates}."
    figure = figures.FIGURES["autopsy"](results, text, searched)
    headline = _headline(titled(results.scenario.texts[text].title), searched)
    return picture(figure, finding, list(HEAD), rows(searched), headline)


def _headline(title: str, searched: Autopsy) -> str:
    """How few changes turn the outcome under the same rule."""
    least = searched.smallest
    if not (least and least[0].turns):
        return f"Nothing that was tried turns the outcome of {title}"
    many = len(least[0].changes)
    changes = f"{sentence_case(number(many))} change{'s' if many > 1 else ''}"
    return f"{changes} would have turned the outcome of {title}"


def rows(searched: Autopsy) -> list[list[str]]:
    """The outcome as it was, then a row for each set run in full that has one in the picture."""
    held = [f"as it was: {_outcome(searched)}", percent(1 - searched.held), "–", "–", "–"]
    return [held, *(_row(turn) for turn in shown(searched))]


def sentences(title: str, searched: Autopsy) -> list[str]:
    """The answer in words."""
    held = percent(1 - searched.held)
    said = [f"The {title} was {_outcome(searched)}; the replicates in which it was otherwise are {held}."]
    least = searched.smallest
    if least and least[0].turns:
        sets = listing([f"{_words(turn)} ({percent(turn.chance[1])})" for turn in least[:3]])
        how = "One change" if len(least[0].changes) == 1 else "No single change"
        said.append(
            f"{how} of those tried turns it under the same rule: {sets}."
            if len(least[0].changes) == 1
            else f"{how} of those tried turns it under the same rule; together these do: {sets}."
        )
    elif least:
        said.append(
            f"Nothing that was tried turns it under the same rule; nearest comes {_words(least[0])}"
            f" ({percent(least[0].chance[1])})."
        )
    by_rule = [turn for turn in searched.singles if turn.changes[0].kind == "rule" and turn.turns]
    if by_rule:
        told = listing([f"{_words(turn)} ({percent(turn.chance[1])})" for turn in by_rule[:3]])
        said.append(f"Another rule would have done it alone: {told}.")
    return said


def _outcome(searched: Autopsy) -> str:
    return "adopted" if searched.adopted else "not adopted"


def _words(turn: Turn) -> str:
    return listing([one.words for one in turn.changes])


def _row(turn: Turn) -> list[str]:
    low, chance, high = turn.chance
    kept = "–" if turn.ambition != turn.ambition else signed(100 * turn.ambition, 0) + " points"
    return [
        "; ".join(one.words for one in turn.changes),
        percent(chance),
        f"{100 * low:.0f}–{100 * high:.0f}",
        signed(turn.endorsing),
        kept,
    ]
