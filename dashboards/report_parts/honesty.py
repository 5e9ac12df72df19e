"""What a run can and cannot tell: what its positions rest on, what is uncertain in it, what is not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from dashboards.sections._section import Section
from dashboards.sections.recorded_votes import fared
from dashboards.summary import Summary
from dashboards.words import headed, prose
from scenarios.schema import Scenario
from simulation.analyses.wording import listing, percent

BASES = {
    "hand": "coded one by one",
    "rule": "set by a rule over groups",
    "estimate": "estimated",
    "": "not said",
}
CAUTION = (
    "This is the output of a model, made from coded judgements and assumed parameters. It is not a prediction"
    " of any state’s policy."
)
CAN = (
    "what follows from the coded positions, trust and salience, if delegations weigh, listen and follow their"
    " blocs as the model says;",
    "how far that changes with errors of coding and with chance, as large as stated here;",
    "what one change does under the same luck: plenary compare.",
)
CANNOT = (
    "what any government will do, or would have done;",
    "whether the model is right about this negotiation: most of its parameters are assumed, and who endorsed"
    " first is no better told than by simple rankings (plenary order);",
    "what nobody coded: elections, crises, personal ties, bargains over other files, what is said in"
    " confidence;",
    "what causes what: credit for having moved somebody is bookkeeping of the appeal.",
)
COMPUTED = (
    "That the program computes what it says is shown by numbers that others have printed and by exact ones,"
    " which plenary validate computes again. This says nothing of any negotiation."
)
KNOWN = (
    "positions, salience, trust, red lines and what holds without agreement are coded by those who wrote the"
    " scenario;",
    "weights, cut-points, listening, the size of chance and the pace of concession are assumed;",
    "decision rules are taken from the texts of rules that the scenario names, or invented where it says so;",
    "fitted are only the equation in the test on recorded votes, which no run uses, and what the overlay"
    " fitted-to-votes sets where a run takes it (plenary calibrate launch-2020).",
)
NOT_TRIED = (
    "Other positions and other parameters are tried by negotiating again under the same luck, which takes a"
    " while: plenary robustness, or the full report."
)
MORE = "What the model leaves out stands in plain words on the page docs/limits.md."


class Panel(NamedTuple):
    """One thing to know: its name, its title, sentences, points of a list, a table, a note, and a section
    that tells more, as its name and words."""

    name: str
    title: str
    sentences: Sequence[str] = ()
    points: Sequence[str] = ()
    table: Mapping[str, list] | None = None
    note: str = ""
    leads: tuple[str, str] | None = None


class Honesty(NamedTuple):
    """How far a run can be trusted: the finding in one line, what it is, warnings of the run, panels, what is
    not in this run, and paragraphs on the limits of its scenario."""

    headline: str
    caution: str
    warnings: list[str]
    panels: list[Panel]
    absent: str
    limits: list[str]


def honesty(results: Any, answer: Summary, asked: Mapping[str, Section | None]) -> Honesty:
    """How far a run can be trusted; `asked` are those sections that have been worked out."""
    found = bases(results.scenario)
    return Honesty(
        headline=_headline(found),
        caution=CAUTION,
        warnings=answer.warnings,
        panels=[
            Panel("can", "It can tell", points=CAN),
            Panel("cannot", "It cannot tell", points=CANNOT),
            _care(answer),
            Panel(
                "votes",
                "On recorded votes",
                fared(),
                leads=("recorded-votes", "Every simple rule, with intervals"),
            ),
            _sources(results, found),
            _uncertain(results),
            _judged_otherwise(asked.get("robustness")),
            _beside(asked.get("forecast")),
            Panel(
                "known",
                "Coded, assumed, fitted",
                points=KNOWN,
                note=MORE,
            ),
            Panel(
                "numbers",
                "Whether it computes what it says",
                [COMPUTED],
                leads=("validation", "Number by number"),
            ),
        ],
        absent=_not_here(results.scenario),
        limits=prose(results.scenario.limits),
    )


def _care(answer: Summary) -> Panel:
    none = "None of the known ways in which such models mislead was found in this run."
    return Panel("care", "Warnings of this run", [] if answer.warnings else [none], answer.warnings)


def _sources(results: Any, found: list[tuple[str, int]]) -> Panel:
    total = len(results.scenario.delegations)
    return Panel(
        "bases",
        "What positions rest on",
        table={
            "head": ["what positions rest on", "delegations", "share"],
            "rows": [[basis, str(count), percent(count / total)] for basis, count in found],
        },
        note="One team’s coding, not checked by a second.",
    )


def _uncertain(results: Any) -> Panel:
    count, seed = results.data.sizes["replicate"], results.manifest.get("seed", "")
    return Panel(
        "varying",
        "What is uncertain in this run",
        table={
            "head": ["what varies from replicate to replicate", "how far"],
            "rows": varying(results.scenario),
        },
        note=f"Bands are the middle 80 % of {count:,} replicates from seed {seed}. They hold these and"
        " nothing else; all other values are the same in every replicate.",
    )


def _judged_otherwise(robustness: Section | None) -> Panel:
    said = list(robustness.sentences) if robustness else [NOT_TRIED]
    words = "Every doubt, text by text" if robustness else "What the answer rests on"
    return Panel("otherwise", "If it had been judged otherwise", said, leads=("robustness", words))


def _beside(forecast: Section | None) -> Panel:
    if not forecast:
        return Panel("beside", "Beside other models", ["No other model was asked here."])
    words = "Every model and naive baseline, issue by issue"
    said = [*forecast.sentences[:1], *forecast.sentences[-2:]]
    return Panel("beside", "Beside other models", list(dict.fromkeys(said)), leads=("forecast", words))


def _not_here(scenario: Scenario) -> str:
    here = listing(absent(scenario))
    return f"Of what the model knows, this run is without {here}." if here else ""


def bases(scenario: Scenario) -> list[tuple[str, int]]:
    """On how many delegations' positions each basis stands, most frequent first."""
    counted = Counter(one.basis for one in scenario.delegations.values())
    return [(BASES.get(basis, basis), count) for basis, count in counted.most_common()]


def _headline(found: list[tuple[str, int]]) -> str:
    """The shares of the bases in one short line."""
    total = sum(count for _, count in found)
    shares = [f"{percent(count / total)} {basis}" for basis, count in found if basis != BASES[""]]
    return headed(f"Of all positions: {listing(shares)}" if shares else "", "Positions are judgements")


def varying(scenario: Scenario) -> list[list[str]]:
    """What every replicate draws anew, with its size."""
    unsure, dynamics = scenario.uncertainty, scenario.dynamics
    rows = [
        [f"{what}, standard deviation", _sizes(scenario, key)]
        for what, key in (("coded positions", "position_sd"), ("coded salience", "salience_sd"))
    ]
    if unsure.bloc_correlation:
        rows.append(["errors shared by partners in a bloc, correlation", f"{unsure.bloc_correlation:g}"])
    chance = np.pi / (np.sqrt(3) * dynamics.precision)
    rows.append(["chance in every answer, standard deviation", f"{chance:.3f} gain units"])
    rows.append(["share of chance that lasts to the next round", percent(dynamics.noise_persistence)])
    return rows


def _sizes(scenario: Scenario, key: str) -> str:
    """The smallest and largest standard deviation of any delegation, in points of the scale."""
    usual = getattr(scenario.uncertainty, key)
    own = [getattr(one, key) for one in scenario.delegations.values()]
    sizes = [scenario.uncertainty.spread * (usual if one is None else one) for one in own]
    low, high = f"{min(sizes):g}", f"{max(sizes):g}"
    return "none" if high == "0" else f"{low} points" if low == high else f"{low} to {high} points"


def absent(scenario: Scenario) -> list[str]:
    """Mechanisms of the model that have no part in this run."""
    dynamics = scenario.dynamics
    there = {
        "redrafting of the texts": dynamics.drafting != "off",
        "trust in sponsors": dynamics.trust_weight != 0,
        "listening to others": dynamics.peer_weight != 0,
        "lobbying": dynamics.lobbying_weight != 0,
        "offers": any(text.budget for text in scenario.texts.values()),
        "commitments": bool(scenario.commitments),
        "blocs": bool(scenario.blocs),
        "events": bool(scenario.events),
        "a vote at the end": scenario.final_vote is not None,
        "observers": any(one.observer for one in scenario.delegations.values()),
    }
    return [what for what, here in there.items() if not here]
