"""Do the parts of a scenario fit together? Cross-references, dates and sums of a raw document.

The document may still hold values of the wrong kind; those are reported elsewhere and passed over here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from scenarios.checking_commitments import check_commitment
from scenarios.checking_meetings import check_assurance, check_meeting
from scenarios.checking_observers import check_observers
from scenarios.dates import as_date, calendar_end, calendar_start, is_count, stretch_end
from scenarios.looking_up import (
    Anything,
    Report,
    delegations_and_blocs,
    items_in,
    list_in,
    look_up,
    tables_in,
)
from scenarios.paths import Path
from scenarios.problems import shorten, suggest

LIMITS = {
    "delegations": 2_000,
    "issues": 100,
    "texts": 100,
    "blocs": 500,
    "commitments": 500,
    "events": 2_000,
}
ROUND_LIMIT = 2_000
AT_THE_END = {
    "by": "text",
    "division": "free",
    "amendments": 0,
    "cosponsors": 3,
    "order": (),
    "go_on": "always",
    "otherwise": None,
}
RESERVED = ("iso3", "name", "provenance", "all", "bloc")
NEEDS = {
    "table_text": ("text",),
    "trust_shock": ("sponsor",),
    "assurance": ("sponsor",),
    "position_change": ("issue",),
    "salience_change": ("issue",),
    "statement": ("text",),
    "bilateral": ("parties",),
}


def check(document: dict[str, Any], report: Report, unread: Collection[str] = ()) -> list[Path]:
    """Report everything that does not fit, by the path of the value: `report(path, message, mend)`.

    Names in `unread` parts are not looked up. Returns the paths of values that have to be given and are not.
    """
    names = {key: Anything() if key in unread else list(tables_in(document.get(key))) for key in LIMITS}
    _check_sizes(document, names, report, unread)
    _check_names(names, report)
    for iso3, delegation in tables_in(document.get("delegations")).items():
        _check_delegation(("delegations", iso3), delegation, names, report)
        _check_conditions(("delegations", iso3, "conditions"), delegation, names, document, report)
    missing: list[Path] = []
    for key, text in tables_in(document.get("texts")).items():
        missing += _check_text(("texts", key), text, names, document, report)
    for key, bloc in tables_in(document.get("blocs")).items():
        _check_bloc(("blocs", key), bloc, names, report)
    for place, tie in items_in(document.get("ties")):
        for end in ("source", "target"):
            look_up(("ties", place, end), tie.get(end), names["delegations"], "delegation", report)
    for place, line in items_in(document.get("red_lines")):
        _check_red_line(("red_lines", place), line, names, report)
    for key, commitment in tables_in(document.get("commitments")).items():
        check_commitment(("commitments", key), commitment, names, document, report)
    check_observers(document, report)
    _check_calendar(document, report)
    for key, event in tables_in(document.get("events")).items():
        _check_event(("events", key), event, names, document, report)
    look_up(("force_issue",), document.get("force_issue"), names["issues"], "issue", report)
    for rule in ("rule", "final_vote"):
        part = document.get(rule)
        if isinstance(part, dict):
            for place, veto in enumerate(list_in(part.get("vetoes"))):
                look_up((rule, "vetoes", place), veto, names["delegations"], "delegation", report)
            for place, text in enumerate(list_in(part.get("order"))):
                look_up((rule, "order", place), text, names["texts"], "text", report)
    rule_in_the_rounds = tables_in({"rule": document.get("rule")}).get("rule", {})
    for field, usual in AT_THE_END.items():
        if field == "by" and rule_in_the_rounds.get("name") == "silence-procedure":
            continue
        if rule_in_the_rounds.get(field) and rule_in_the_rounds[field] != usual:
            report(("rule", field), f"{field} counts only in a vote at the end", "put it under final_vote")
    return missing


def _check_sizes(
    document: dict[str, Any], names: dict[str, list[str]], report: Report, unread: Collection[str]
) -> None:
    for key, limit in LIMITS.items():
        if len(names[key]) > limit:
            report((key,), f"{len(names[key]):,} {key} are too many", f"keep to {limit:,} at most")
    for key in ("delegations", "issues", "texts"):
        value = document.get(key, {})
        if value == {} and not (key == "delegations" and key in unread):
            report((key,), f"the scenario has no {key}", "add at least one")


def _check_names(names: dict[str, list[str]], report: Report) -> None:
    for key in ("delegations", "issues", "blocs"):
        for name in names[key]:
            if name in RESERVED:
                report((key, name), f"{name} has a meaning of its own in tables", "choose another name")
    for name in names["blocs"]:
        if name in list(names["delegations"]):
            report(("blocs", name), f"{name} is a delegation too", "give the bloc another name")


def _check_delegation(
    path: Path, delegation: dict[str, Any], names: dict[str, list[str]], report: Report
) -> None:
    for column in ("positions", "salience"):
        values = delegation.get(column)
        if isinstance(values, dict):
            for issue in values:
                look_up((*path, column, issue), issue, names["issues"], "issue", report)
    salience = delegation.get("salience")
    if isinstance(salience, dict) and names["issues"]:
        given = [salience.get(issue) for issue in names["issues"]]
        if all(isinstance(value, int | float) and value == 0 for value in given):
            report((*path, "salience"), "the delegation cares about nothing", "give one issue more than 0")
    trust = delegation.get("trust")
    if isinstance(trust, dict):
        for sponsor in trust:
            look_up(
                (*path, "trust", sponsor), sponsor, delegations_and_blocs(names), "delegation or bloc", report
            )


def _check_conditions(
    path: Path,
    delegation: dict[str, Any],
    names: dict[str, list[str]],
    document: dict[str, Any],
    report: Report,
) -> None:
    texts = tables_in(document.get("texts"))
    for key, asked in tables_in(delegation.get("conditions")).items():
        look_up((*path, key), key, names["texts"], "text", report)
        if key not in texts:
            continue
        articles = tables_in(texts[key].get("articles"))
        for name, options in asked.items():
            here = (*path, key, name)
            look_up(here, name, list(articles), "article", report)
            if name in articles:
                there = ["tabled", *tables_in(articles[name].get("options"))]
                for place, option in enumerate(list_in(options)):
                    look_up((*here, place), option, there, "option", report)


def _check_text(
    path: Path, text: dict[str, Any], names: dict[str, list[str]], document: dict[str, Any], report: Report
) -> list[Path]:
    """Check a text and its articles; returns the paths of wordings and places that have to be given."""
    for place, sponsor in enumerate(list_in(text.get("sponsors"))):
        look_up(
            (*path, "sponsors", place), sponsor, delegations_and_blocs(names), "delegation or bloc", report
        )
    articles = tables_in(text.get("articles"))
    if not articles and not text.get("articles"):
        report(
            (*path, "articles"),
            "the text has no articles",
            "add a table [articles.1] with places on the issues",
        )
    _check_merged(path, text, tables_in(document.get("texts")), report)
    end = calendar_end(document)
    tabled = as_date(text.get("tabled"))
    if end and tabled and tabled >= end:
        report((*path, "tabled"), f"{tabled} is after the last round", f"choose a day before {end}")
    missing: list[Path] = []
    for key, article in articles.items():
        here = (*path, "articles", key)
        options = tables_in(article.get("options"))
        if "places" not in article and article.get("part") != "preambular":
            missing.append((*here, "places"))
        for name, option in options.items():
            missing += _check_option((*here, "options", name), option, names, report)
        wordings: dict[Path, dict[str, Any]] = {here: article}
        wordings |= {(*here, "options", name): option for name, option in options.items()}
        for where, part in wordings.items():
            for issue in _issues_of(part):
                look_up((*where, "places", issue), issue, names["issues"], "issue", report)
        if "tabled" in options:
            report(
                (*here, "options", "tabled"), "tabled names the article's own wording", "choose another name"
            )
        for name, option in options.items():
            _check_amended((*here, "options", name, "amends"), name, option.get("amends"), options, report)
        chosen = article.get("chosen", "tabled")
        if isinstance(chosen, str) and chosen != "tabled" and chosen not in options:
            mend = suggest(chosen, ["tabled", *options])
            report((*here, "chosen"), f"the article has no option {shorten(chosen)}", mend)
    return missing


def _check_merged(path: Path, text: dict[str, Any], texts: dict[str, dict[str, Any]], report: Report) -> None:
    """Check that a text merges at least two others on a day it names, and no text that merges some itself."""
    sources = list_in(text.get("merges"))
    for place, source in enumerate(sources):
        others = [key for key in texts if key != path[-1]]
        if source not in others:
            mend = suggest(shorten(source), others)
            report((*path, "merges", place), f"there is no other text {shorten(source)} to merge", mend)
        elif texts[source].get("merges"):
            report((*path, "merges", place), f"{source} is a merged text itself", "merge what it merges")
    if sources and len(set(map(str, sources))) < 2:
        report((*path, "merges"), "it takes two texts to merge", "name at least two")
    if sources and not text.get("tabled"):
        report((*path, "merges"), "nothing says when they are merged", "give the day as tabled")


def _check_amended(
    path: Path, name: str, parent: Any, options: dict[str, dict[str, Any]], report: Report
) -> None:
    """Check that an amendment to an amendment goes by another option, which is none itself."""
    if not isinstance(parent, str):
        return
    others = [key for key in options if key != name]
    if parent not in others:
        mend = suggest(parent, others)
        report(path, f"the article has no other option {shorten(parent)} to amend", mend)
    elif options[parent].get("amends"):
        report(path, f"{parent} is an amendment to an amendment itself", "amend one that is not")


def _check_option(
    path: Path, option: dict[str, Any], names: dict[str, list[str]], report: Report
) -> list[Path]:
    """Check who proposed an option and what it may say; returns the paths of what it has to say."""
    for place, name in enumerate(list_in(option.get("proposed_by"))):
        look_up(
            (*path, "proposed_by", place), name, delegations_and_blocs(names), "delegation or bloc", report
        )
    if option.get("delete") is not True:
        return [(*path, name) for name in ("wording", "places") if name not in option]
    for name in ("wording", "places", "strength"):
        if option.get(name):
            report(
                (*path, name), f"an option that deletes the article has no {name}", f"drop {name} or delete"
            )
    return []


def _issues_of(part: dict[str, Any]) -> list[str]:
    places = part.get("places")
    return list(places) if isinstance(places, dict) else []


def _check_bloc(path: Path, bloc: dict[str, Any], names: dict[str, list[str]], report: Report) -> None:
    members = list_in(bloc.get("members"))
    room = names["delegations"]
    for place, member in enumerate(members):
        look_up((*path, "members", place), member, room, "delegation", report)
        if isinstance(member, str) and member in members[:place]:
            report((*path, "members", place), f"{shorten(member)} is listed twice", "delete one of them")
    look_up((*path, "coordinator"), bloc.get("coordinator"), room, "delegation", report)
    towards = bloc.get("coordinator_for")
    if isinstance(towards, dict):
        for partner, speaker in towards.items():
            here = (*path, "coordinator_for", partner)
            look_up(here, partner, delegations_and_blocs(names), "delegation or bloc", report)
            look_up(here, speaker, room, "delegation", report)


def _check_red_line(path: Path, line: dict[str, Any], names: dict[str, list[str]], report: Report) -> None:
    look_up((*path, "delegation"), line.get("delegation"), names["delegations"], "delegation", report)
    look_up((*path, "issue"), line.get("issue"), names["issues"], "issue", report)
    low, high = line.get("min", 0.0), line.get("max", 100.0)
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        report((*path, "min"), f"min {shorten(low)} is above max {shorten(high)}", "exchange the two")


def _check_event(
    path: Path, event: dict[str, Any], names: dict[str, list[str]], document: dict[str, Any], report: Report
) -> None:
    kind = event.get("type")
    for place, target in enumerate(list_in(event.get("targets"))):
        if isinstance(target, str) and target.startswith("bloc:"):
            look_up((*path, "targets", place), target[5:], names["blocs"], "bloc", report)
        elif target != "all":
            look_up((*path, "targets", place), target, names["delegations"], "delegation", report)
    look_up((*path, "text"), event.get("text"), names["texts"], "text", report)
    look_up((*path, "issue"), event.get("issue"), names["issues"], "issue", report)
    look_up(
        (*path, "sponsor"), event.get("sponsor"), delegations_and_blocs(names), "delegation or bloc", report
    )
    look_up((*path, "on_behalf_of"), event.get("on_behalf_of"), names["blocs"], "bloc", report)
    for name in NEEDS.get(kind, ()) if isinstance(kind, str) else ():
        if event.get(name) is None:
            report((*path, name), f"an event of type {kind} must say which {name}", f"add {name} = …")
    check_assurance(path, event, report)
    check_meeting(path, event, names, document, report)
    start, end, day = calendar_start(document), calendar_end(document), as_date(event.get("date"))
    if kind != "note" and start and end and day and not start <= day < end:
        mend = f"choose a day from {start} to {end - dt.timedelta(days=1)}, or make it a note"
        report((*path, "date"), f"{day} is outside the calendar", mend)


def _check_calendar(document: dict[str, Any], report: Report) -> None:
    stretches = document.get("calendar")
    if isinstance(stretches, list | tuple) and not stretches:
        report(
            ("calendar",), "the calendar is empty", "add a table [[calendar]] with start, length and rounds"
        )
    until: dt.date | None = None
    rounds = 0
    for place, stretch in items_in(stretches):
        start, end = as_date(stretch.get("start")), stretch_end(stretch)
        if start and until and start < until:
            mend = f"start it on {until} or later"
            report(
                ("calendar", place, "start"),
                f"the stretch begins before the one before it ends ({start})",
                mend,
            )
        until = end or until
        rounds += stretch["rounds"] if is_count(stretch.get("rounds")) else 0
    if rounds > ROUND_LIMIT:
        report(("calendar",), f"{rounds:,} rounds are too many", f"keep to {ROUND_LIMIT:,} at most")
