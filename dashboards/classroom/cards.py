"""Role cards: what everybody may know of a seat, and the secret instructions of its capital.

Wants, limits and fallbacks follow from the scenario's coded positions, salience and red lines by the same
rules for every seat, in the same words. Goals and red lines are invented for teaching, and the card says so.
"""

from __future__ import annotations

from typing import NamedTuple

from dashboards.classroom.weighing import Weighed, anchor, arguments
from scenarios.schema import Scenario
from simulation.analyses.wording import listing, sentence_case, spoken

INVENTED = "Red lines, fallbacks and goals are invented for teaching; they are no state’s policy."
WANTS, GIVES = 3, 2  # issues of which a card says what the capital wants, and what it could give away
ROOM_TO_MOVE = 20  # points of the scale that a capital would still accept
NEAR = 10  # points within which a wording is what the capital wants


class Want(NamedTuple):
    """An issue that matters to a capital, or on which it has a red line: what it is about, what the capital
    wants and what it would still accept in words, and its red line if it has one."""

    issue: str
    title: str
    wants: str
    accepts: str
    red_line: str


class Goal(NamedTuple):
    """A goal that counts at the end: its words, its points, and what it is about."""

    words: str
    points: int
    kind: str
    text: str
    article: str
    target: float


class Argument(NamedTuple):
    """What a delegation could say of a text in public: the strongest argument for it and against it, in words
    and empty where there is none."""

    title: str
    favour: str
    against: str


class Card(NamedTuple):
    """A role card. Face A: `name`, `blocs` in words, `opening`: the stance with which it comes by text, and
    its `arguments`, by the same rule for every seat. Face B, for the seat alone: `wants`, `gives`: issues of
    which it could give something away, and `goals`."""

    seat: str
    name: str
    blocs: str
    opening: list[str]
    arguments: list[Argument]
    wants: list[Want]
    gives: list[str]
    goals: list[Goal]
    note: str


def card(scenario: Scenario, seat: str) -> Card:
    """The card of a delegation. Raises KeyError for one that does not sit here."""
    one = scenario.delegations[seat]
    ranked = sorted(
        (issue for issue in scenario.issues if one.positions.get(issue) is not None),
        key=lambda issue: -(one.salience.get(issue) or 0.0),
    )
    drawn = {line.issue for line in scenario.red_lines if line.delegation == seat}
    wanted = [*ranked[:WANTS], *(issue for issue in ranked[WANTS:] if issue in drawn)]
    wanted += [issue for issue in scenario.issues if issue in drawn and issue not in ranked]
    blocs = [spoken(bloc.name) for bloc in scenario.blocs.values() if seat in bloc.members]
    return Card(
        seat,
        one.name,
        f"Member of {listing(blocs)}." if blocs else "It speaks for no bloc here.",
        [_opening(scenario, seat, text) for text in scenario.texts],
        [_argument(scenario, seat, text) for text in scenario.texts],
        [_want(scenario, seat, issue) for issue in wanted],
        [scenario.issues[issue].title for issue in ranked[WANTS:][-GIVES:] if issue not in wanted],
        goals(scenario, seat, ranked),
        INVENTED,
    )


def goals(scenario: Scenario, seat: str, ranked: list[str]) -> list[Goal]:
    """Three kinds of goals by the same rule for every seat: what an article is to say on the issue that
    matters most (3 points), on the next one (2), and that nothing is adopted that breaks a red line (1)."""
    found = []
    for issue, points in zip(ranked[:2], (3, 2), strict=False):
        where = _article_on(scenario, issue)
        if where is None:
            continue
        text, article = where
        target = float(scenario.delegations[seat].positions[issue] or 0.0)
        title = scenario.texts[text].title
        words = f"Article {article} of the {title} ends near this: {anchor(scenario.issues[issue], target)}."
        found.append(Goal(words, points, issue, text, article, target))
    found.append(Goal("Nothing is adopted that breaks one of your red lines.", 1, "red lines", "", "", 0.0))
    return found


def against(scenario: Scenario, seat: str, places: dict[str, float]) -> str:
    """What a wording is to a delegation, in plain words: how far it lies from what its capital wants."""
    one, told = scenario.delegations[seat], []
    for issue, place in places.items():
        own = one.positions.get(issue)
        if own is None or issue not in scenario.issues:
            continue
        gap = abs(own - place)
        distance = "what you want" if gap <= NEAR else "acceptable" if gap <= ROOM_TO_MOVE else "far from you"
        told.append(distance + (", behind a red line" if _crossed(scenario, seat, issue, place) else ""))
    if not told:
        return "It does not touch what matters to you."
    order = ("what you want", "acceptable", "far from you")
    worst = max(told, key=lambda words: ("red line" in words, order.index(words.partition(",")[0])))
    return f"{sentence_case(worst)}."


def _crossed(scenario: Scenario, seat: str, issue: str, place: float) -> bool:
    return any(
        line.delegation == seat and line.issue == issue and not line.min <= place <= line.max
        for line in scenario.red_lines
    )


def _want(scenario: Scenario, seat: str, issue: str) -> Want:
    one, coded = scenario.issues[issue], scenario.delegations[seat].positions.get(issue)
    lines = [line for line in scenario.red_lines if line.delegation == seat and line.issue == issue]
    reasons = [line.reason or f"between {line.min:g} and {line.max:g} of 100" for line in lines]
    if coded is None:
        return Want(issue, one.title, "Whatever stays within your red line", "", "; ".join(reasons))
    toward = coded + ROOM_TO_MOVE if coded <= one.reversion else coded - ROOM_TO_MOVE
    for line in lines:
        toward = min(line.max, max(line.min, toward))
    wants, accepts = anchor(one, coded), anchor(one, min(100.0, max(0.0, toward)))
    return Want(
        issue,
        one.title,
        wants,
        "" if accepts == wants else _in_a_sentence(accepts),
        "; ".join(reasons),
    )


def _argument(scenario: Scenario, seat: str, text: str) -> Argument:
    favour, contra = arguments(scenario, seat, text)
    return Argument(scenario.texts[text].title, _said(favour), _said(contra))


def _said(one: Weighed | None) -> str:
    return f"{one.title}: {one.words}." if one else ""


def _in_a_sentence(words: str) -> str:
    """Words in the middle of a sentence: without their capital, unless it is an abbreviation."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _opening(scenario: Scenario, seat: str, text: str) -> str:
    title = scenario.texts[text].title
    if seat in scenario.texts[text].sponsors:
        return f"It sponsors the {title}."
    word = {1: "endorses", 0: "is studying", -1: "opposes"}[scenario.delegations[seat].stance]
    return f"It {word} the {title}."


def _article_on(scenario: Scenario, issue: str) -> tuple[str, str] | None:
    """The first open article that speaks to an issue: its text and its number."""
    for text, one in scenario.texts.items():
        for number, article in one.articles.items():
            wordings = [article.places, *(option.places for option in article.options.values())]
            if not article.agreed and any(issue in places for places in wordings):
                return text, number
    return None
