"""How the chamber decides, in sentences."""

from __future__ import annotations

from agents.registry import modules
from scenarios.schema import Rule, Scenario
from simulation.analyses.wording import listing, number, percent, sentence_case, spoken

RULES = "simulation.rules"
READ_BY = {  # fields that other rules pass over
    "quota": ("endorsement-count", "security-council", "weighted-majority"),
    "weight_quota": ("entry-into-force", "qualified-majority"),
    "parties": ("entry-into-force",),
    "vetoes": ("security-council",),
    "tolerated": ("consensus-minus-n",),
}


def by_rule(scenario: Scenario, rule: Rule) -> list[str]:
    """The rule's name and what it asks for, then what the scenario sets of it."""
    known = modules(RULES).get(rule.name)
    asks = f": {_uncapital((known.__doc__ or '').splitlines()[0].rstrip('.'))}" if known else ""
    named = sentence_case(rule.name.replace("-", " "))
    return [f"{named}{asks}.", *(f"{sentence_case(one)}." for one in _settings(scenario, rule))]


def _settings(scenario: Scenario, rule: Rule) -> list[str]:
    told = []
    reads = {field for field, rules in READ_BY.items() if rule.name in rules}
    if "quota" in reads and rule.quota is not None:
        told.append(f"the quota is {percent(rule.quota)}")
    if "weight_quota" in reads and rule.weight_quota is not None:
        told.append(f"the quota of weight is {percent(rule.weight_quota)}")
    if "parties" in reads and rule.parties is not None:
        told.append(f"{number(rule.parties)} have to join")
    if "vetoes" in reads and rule.vetoes:
        held = listing([spoken(scenario.delegations[name].name) for name in rule.vetoes])
        told.append(f"{held} {'hold' if len(rule.vetoes) > 1 else 'holds'} a veto")
    if "tolerated" in reads:
        told.append(f"{number(rule.tolerated)} may object")
    if rule.days:
        told.append(f"it has to hold for {number(rule.days)} day{'s' if rule.days > 1 else ''}")
    if rule.quorum is not None:
        told.append(f"more than {percent(rule.quorum)} of the seats have to be present")
    if rule.no_action:
        told.append("a motion to take no action comes first")
    return told + _at_the_vote(scenario, rule)


def _at_the_vote(scenario: Scenario, rule: Rule) -> list[str]:
    told = []
    if rule.by == "article":
        opposed = ", and the division may be opposed" if rule.division == "opposed" else ""
        told.append(f"it is decided article by article before the whole{opposed}")
    if rule.amendments:
        stand = f"{number(rule.cosponsors)} delegation{'s' if rule.cosponsors > 1 else ''}"
        told.append(f"up to {number(rule.amendments)} amendments a text may be put, each backed by {stand}")
    if rule.order:
        titles = listing([scenario.texts[key].title for key in rule.order])
        told.append(f"voted on first: {titles}")
    if rule.go_on == "if wanted":
        told.append("once a text has carried, a majority decides whether to go on to the next")
    if rule.otherwise:
        told.append(f"if somebody objects, anyone may ask for a vote by {rule.otherwise.replace('-', ' ')}")
    return told


def _uncapital(words: str) -> str:
    return words[:1].lower() + words[1:]
