"""A text as it stands after a round: its brackets, a redline between two revisions, and who holds what."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Template

from agents.registry import UnknownEntry
from dashboards.explorer.state import State
from dashboards.report import TEMPLATES
from dashboards.templating import environment
from dashboards.texts.holders import ANSWERS, held_words, replies_by_article
from dashboards.texts.html import shown, shown_redline, tabled_by
from dashboards.texts.layout import status_line
from dashboards.texts.redline import redline
from dashboards.texts.revisions import Revision, revised, revisions
from scenarios.schema import Scenario, Text
from simulation.analyses.replies import replies
from simulation.analyses.wording import day

BODY = '{% from "text_body.html.j2" import written %}{{ written(body) }}'


def answer(results: Any, state: State, first: str = "", second: str = "") -> dict[str, Any]:
    """The text of the state as most replicates have it after the round, article by article, as plain data.

    `first` and `second` are the numbers of the revisions to compare, by default the first one and the one
    that stands; `html` and `redline` are parts of a page in which every word of the text is escaped.
    Raises UnknownEntry for a revision that the text does not have.
    """
    path = revisions(results, state.text, None)
    standing = [one for one in path if one.round <= state.round][-1]
    old, new = _known(path, first, path[0]), _known(path, second, standing)
    text, scenario = revised(results, state.text, standing, None), results.scenario
    changes = [
        one
        for one in redline(*(revised(results, state.text, each, None) for each in (old, new)))
        if one.changed
    ]
    return {
        "title": text.title,
        "status": status_line(text, standing.date),
        "sponsors": tabled_by(scenario, text),
        "html": part(shown(scenario, text)),
        "revisions": [{"number": one.number, "words": _called(one)} for one in path],
        "standing": standing.number,
        "first": old.number,
        "second": new.number,
        "finding": _finding(len(changes), old, new),
        "redline": part(shown_redline(changes)) if changes else "",
        **held(scenario, state.text, text),
    }


def held(scenario: Scenario, key: str, text: Text) -> dict[str, Any]:
    """How the room replies to each open bracket of a text, as a table, and who asks for what."""
    with_it = scenario.model_copy(update={"texts": {**scenario.texts, key: text}})
    articles = replies_by_article(with_it, key, replies(with_it, key))
    many = "One article is" if len(articles) == 1 else f"{len(articles) or 'No'} articles are"
    return {
        "open": f"{many} open of {len(text.articles)}.",
        "table": {
            "head": ["article", *ANSWERS],
            "rows": [
                [f"{one['label']} {one['title']}".strip(), *(one["counts"][each] for each in ANSWERS)]
                for one in articles
            ],
        },
        "held": [
            {"article": one["label"], "words": held_words(group), "names": group["names"]}
            for one in articles
            for group in one["held"]
        ],
    }


def part(body: list[dict[str, Any]]) -> str:
    """Paragraphs as part of a page."""
    return _template().render(body=body)


@cache
def _template() -> Template:
    templates = environment(TEMPLATES)
    return templates.from_string(BODY)


def _known(path: list[Revision], number: str, usual: Revision) -> Revision:
    known = {str(one.number): one for one in path}
    if number and number not in known:
        raise UnknownEntry("revision", number, list(known))
    return known.get(number, usual)


def _called(one: Revision) -> str:
    when = day(one.date.isoformat())
    return f"{one.number}: as tabled, {when}" if one.number == 0 else f"{one.number}: {when}"


def _finding(changed: int, old: Revision, new: Revision) -> str:
    """What changed between two revisions, in a sentence."""
    if old.number == new.number:
        return "Both are the same revision; choose another one to see what changed."
    many = "One article differs" if changed == 1 else f"{changed or 'No'} articles differ"
    return f"{many} between revision {old.number} and revision {new.number}."
