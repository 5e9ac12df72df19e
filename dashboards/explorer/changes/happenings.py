"""What happens besides: trust in a sponsor rises or falls, and somebody offers something for support."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.explorer.changes._control import Change, Control, Slider, one_list
from dashboards.explorer.changes._names import BLOC, EVERYBODY, blocs, delegations, name_of
from scenarios.patching import combine
from scenarios.schema import Scenario
from simulation.analyses.wording import day, sentence_case
from simulation.calendar import rounds

TITLE, PLACE, ACTS = "Trust and offers", 50, 20
SHOCK, OFFER = Slider(-0.6, 0.6, 0.05), Slider(0, 0.3, 0.01)


def controls(scenario: Scenario, where: str) -> list[Control]:
    """A shock to trust, by sponsor, by whom and when; and an offer, by giver, receiver and text."""
    sponsors = dict.fromkeys(key for text in scenario.texts.values() for key in text.sponsors)
    named = tuple((key, _named(scenario, key)) for key in sponsors)
    everybody = (EVERYBODY, "everybody")
    whom = (everybody, *blocs(scenario, BLOC), *delegations(scenario))
    days = tuple((str(one.start), day(str(one.start))) for one in rounds(scenario.calendar))
    texts = tuple((key, text.title) for key, text in scenario.texts.items())
    everyone = delegations(scenario)
    first = [pair for pair in everyone if pair[0] in sponsors]
    givers = (*first, *(pair for pair in everyone if pair not in first))
    found = []
    if named:
        found.append(
            Control(
                "trust",
                "Trust falls or rises by",
                (one_list("Trust in", named), one_list("Of", whom), one_list("On", days)),
                slider=SHOCK,
                base={"": 0.0},
                note="Trust goes from −1 to 1; a shock fades.",
            )
        )
    found.append(
        Control(
            "offer",
            "Worth",
            (one_list("Offer by", givers), one_list("To", everyone), one_list("For the text", texts)),
            slider=OFFER,
            base={"": 0.0},
            note="In gain units: 0.10 is worth as much as a text that lies ten points nearer on every issue.",
        )
    )
    return found


def patches(scenario: Scenario, where: str, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """One patch with all of them, each an event or a commitment of its own."""
    patch: dict[str, Any] = {}
    for number, change in enumerate(changes, 1):
        own = _shock(scenario, change) if change.name == "trust" else _offer(change)
        table = "events" if change.name == "trust" else "commitments"
        patch = combine(patch, {table: {_free(getattr(scenario, table), number): own}})
    return [patch]


def words(scenario: Scenario, control: Control, change: Change) -> str:
    """The shock or the offer as a sentence without its full stop."""
    if change.name == "trust":
        return _told(scenario, change)
    giver, to, text = change.choice.split("/")
    return (
        f"{sentence_case(name_of(scenario, giver))} offers {name_of(scenario, to)} {change.value} "
        f"for the {scenario.texts[text].title}"
    )


def _told(scenario: Scenario, change: Change) -> str:
    sponsor, whom, date = change.choice.split("/")
    way = "falls" if float(change.value) < 0 else "rises"
    where = "everywhere"
    if whom != EVERYBODY:
        where = f"{'among' if whom.startswith(BLOC) else 'in'} {name_of(scenario, whom)}"
    size = change.value.removeprefix("-")
    return f"On {day(date)} trust in {name_of(scenario, sponsor)} {way} by {size} {where}"


def _shock(scenario: Scenario, change: Change) -> dict[str, Any]:
    sponsor, whom, date = change.choice.split("/")
    return {
        "date": date,
        "type": "trust_shock",
        "nature": "exogenous",
        "sentence": f"{_told(scenario, change)}.",
        "sponsor": sponsor,
        "targets": [whom],
        "delta": float(change.value),
        "provenance": "a what-if",
    }


def _offer(change: Change) -> dict[str, Any]:
    giver, to, text = change.choice.split("/")
    return {
        "parties": [giver],
        "to": [to],
        "text": text,
        "inducement": float(change.value),
        "provenance": "a what-if",
    }


def _named(scenario: Scenario, key: str) -> str:
    return scenario.delegations[key].name if key in scenario.delegations else scenario.blocs[key].name


def _free(table: dict[str, Any], number: int) -> str:
    """A key that the scenario does not have."""
    key = f"what-if-{number}"
    return key if key not in table else _free(table, number + 1000)
