"""Do meetings apart and assurances fit a scenario? Who sits there, until when, and what is given."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scenarios.dates import as_date, calendar_end
from scenarios.looking_up import Report, list_in, look_up, tables_in
from scenarios.paths import Path
from scenarios.problems import shorten


def check_assurance(path: Path, event: dict[str, Any], report: Report) -> None:
    """Report a kind of assurance where none is given, and one that is given too much or too little of."""
    kind, delta = event.get("kind"), event.get("delta", 0.0)
    if kind in ("evidence", "general norm") and event.get("type") != "assurance":
        report((*path, "kind"), "only an event of type assurance has a kind", "leave it out")
    elif kind == "evidence" and isinstance(delta, int | float) and delta < 0:
        report((*path, "delta"), "evidence cannot raise doubts", "give 0 or more, or make it a trust_shock")
    elif kind == "general norm" and isinstance(delta, int | float) and not 0 <= delta <= 1:
        message = "for the general norm delta is the share by which authorship colours texts less"
        report((*path, "delta"), message, "give a number from 0 to 1")


def check_meeting(
    path: Path, event: dict[str, Any], names: dict[str, list[str]], document: dict[str, Any], report: Report
) -> None:
    """Report what does not fit in an event of type bilateral, and what only such an event may say."""
    if event.get("type") != "bilateral":
        for field in ("parties", "until"):
            if event.get(field):
                message = f"only an event of type bilateral has {field}"
                report((*path, field), message, 'set type = "bilateral", or leave it out')
        return
    parties = list_in(event.get("parties"))
    for place, party in enumerate(parties):
        here = (*path, "parties", place)
        if isinstance(party, str) and party.startswith("bloc:"):
            look_up(here, party[5:], names["blocs"], "bloc", report)
            _check_speaker(here, party[5:], parties, document, report)
        else:
            look_up(here, party, names["delegations"], "delegation", report)
        if party in parties[:place]:
            report(here, f"{shorten(party)} is listed twice", "delete one of them")
    if len(parties) < 2:
        report((*path, "parties"), "it takes two to meet", 'give parties = ["…", "bloc:…"]')
    _check_until(path, event, document, report)


def _check_speaker(
    path: Path, bloc: str, parties: list[Any], document: dict[str, Any], report: Report
) -> None:
    """Somebody speaks for the bloc towards the other parties."""
    declared = tables_in(document.get("blocs")).get(bloc)
    if declared is None or declared.get("coordinator"):
        return
    towards = declared.get("coordinator_for")
    others = [party.removeprefix("bloc:") for party in parties if isinstance(party, str)]
    if not (isinstance(towards, dict) and any(other in towards for other in others)):
        mend = f"give blocs.{bloc} a coordinator, or name its members"
        report(path, f"nobody speaks for {bloc} there", mend)


def _check_until(path: Path, event: dict[str, Any], document: dict[str, Any], report: Report) -> None:
    start, until, end = as_date(event.get("date")), as_date(event.get("until")), calendar_end(document)
    if until and start and until < start:
        report((*path, "until"), f"it ends before it begins ({until})", f"choose {start} or later")
    elif until and end and until >= end:
        last = end - dt.timedelta(days=1)
        report((*path, "until"), f"{until} is outside the calendar", f"choose {last} or earlier")
