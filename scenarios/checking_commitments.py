"""Do commitments fit the rest of a scenario? Who promises what, and whether the conditions name something."""

from __future__ import annotations

from typing import Any

from scenarios.looking_up import Report, items_in, list_in, look_up, tables_in
from scenarios.paths import Path

Names = dict[str, list[str]]
LADDER = ("oppose", "study", "endorse")
ABOUT = ("article", "delegation", "commitment")


def check_commitment(
    path: Path, commitment: dict[str, Any], names: Names, document: dict[str, Any], report: Report
) -> None:
    """Report what does not fit in one commitment."""
    for field in ("parties", "to"):
        for place, name in enumerate(list_in(commitment.get(field))):
            look_up((*path, field, place), name, names["delegations"], "delegation", report)
    look_up((*path, "text"), commitment.get("text"), names["texts"], "text", report)
    if commitment.get("parties") in ([], ()):
        report((*path, "parties"), "nobody commits itself", "name at least one delegation")
    _check_promise(path, commitment, report)
    for place, condition in items_in(commitment.get("conditions")):
        here = (*path, "conditions", place)
        _check_condition(here, condition, commitment.get("text"), names, document, report)
        if condition.get("commitment") == path[-1]:
            report((*here, "commitment"), "a commitment cannot wait for itself", "name another one")


def _check_promise(path: Path, commitment: dict[str, Any], report: Report) -> None:
    """Something is promised, and it makes sense."""
    _check_range(path, commitment, report)
    amount, to = commitment.get("inducement"), list_in(commitment.get("to"))
    gives = isinstance(amount, int | float) and amount > 0
    if gives and not to:
        report((*path, "to"), "an inducement must say to whom", 'add to = ["…"]')
    if to and not gives and (amount is None or amount == 0):
        report((*path, "inducement"), "it does not say how much is given", "add inducement = 0.05, say")
    if not gives and not to and not any(commitment.get(field) for field in ("at_least", "at_most")):
        mend = 'add at_least = "endorse", at_most = "study", or inducement and to'
        report(path, "the commitment promises nothing", mend)


def _check_range(path: Path, part: dict[str, Any], report: Report) -> None:
    low, high = part.get("at_least"), part.get("at_most")
    if low in LADDER and high in LADDER and LADDER.index(low) > LADDER.index(high):
        report((*path, "at_least"), f"at_least {low} is above at_most {high}", "exchange the two")


def _check_condition(
    path: Path,
    condition: dict[str, Any],
    text: Any,
    names: Names,
    document: dict[str, Any],
    report: Report,
) -> None:
    about = [field for field in ABOUT if condition.get(field) is not None]
    if len(about) != 1:
        told = "it names nothing" if not about else f"it names {' and '.join(about)} at once"
        report(path, f"a condition is about one thing, and {told}", f"give one of {', '.join(ABOUT)}")
    look_up((*path, "text"), condition.get("text"), names["texts"], "text", report)
    look_up((*path, "delegation"), condition.get("delegation"), names["delegations"], "delegation", report)
    look_up((*path, "commitment"), condition.get("commitment"), names["commitments"], "commitment", report)
    _check_range(path, condition, report)
    if about == ["delegation"] and not any(condition.get(field) for field in ("at_least", "at_most")):
        report(path, "it does not say where the delegation has to stand", 'add at_least = "endorse", say')
    if about == ["article"]:
        _check_article(path, condition, condition.get("text") or text, document, report)


def _check_article(
    path: Path, condition: dict[str, Any], text: Any, document: dict[str, Any], report: Report
) -> None:
    """The article is there, and so are the options that may stand in it."""
    texts = tables_in(document.get("texts"))
    if not isinstance(text, str) or text not in texts:
        return
    articles = tables_in(texts[text].get("articles"))
    article, options = condition.get("article"), list_in(condition.get("options"))
    look_up((*path, "article"), article, list(articles), "article", report)
    if isinstance(article, str) and article in articles:
        there = ["tabled", *tables_in(articles[article].get("options"))]
        for place, option in enumerate(options):
            look_up((*path, "options", place), option, there, "option", report)
    if not options:
        mend = 'add options = ["alternative-1"], say'
        report((*path, "options"), "it does not say which wordings may stand there", mend)
