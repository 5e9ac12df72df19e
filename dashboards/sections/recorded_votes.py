"""Does the model's equation of a vote predict recorded votes better than simple rules do?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards import figures
from dashboards.backtest_tables import GROUP_TITLES, TITLES, kind
from dashboards.figures.reliability import as_said
from dashboards.known import Known
from dashboards.pictures._picture import Picture, picture, signed
from dashboards.sections._section import Drawn, Section, Table
from simulation.analyses.confirming import wilson
from simulation.analyses.wording import listing, percent
from simulation.backtest.protocol import PLENARY
from simulation.backtest.shipped_scores import SCORES, SHOWN, kept

TITLE, GROUP = "Recorded votes predicted", "How sure"
PLACE = 120
CODED = (
    "What is tested is the equation, fed with ideal points and earlier votes, and not a run of a scenario;"
    " which earlier vote each resembles, and how far a room may drift, was chosen by us after the event."
)
VERDICTS = {
    "better": "it is better than {}, each 95 % interval leaving out 0",
    "worse": "it is worse than {}, each 95 % interval leaving out 0",
    "open": "nothing can be claimed against {}",
    "few": "nothing can be claimed from so few roll calls against {}",
}


def section(results: Any, found: Known) -> Section:
    """Scores beside every simple rule with intervals, and how often forecasts came true."""
    told = kept()
    return Section(
        title=TITLE,
        question="Does the model's equation of a vote predict recorded votes better than simple rules do?",
        sentences=[*fared(), CODED],
        pictures=[
            Drawn(
                "skill",
                "",
                {group: skill(results, group) for group in SHOWN},
                [(group, GROUP_TITLES[group]) for group in SHOWN],
                "Roll calls",
            ),
            Drawn("reliability", "Chances and what came of them", {"": reliability(results)}),
        ],
        tables=[
            Table(
                f"Roll call by roll call, 2018 and 2019 ({len(told['roll_calls'])}); lower scores are better",
                [
                    "roll call",
                    "kind",
                    "votes",
                    "RPS",
                    "best simple rule",
                    "its RPS",
                    "log",
                    "best",
                    "its log",
                ],
                [_roll_call(one) for one in told["roll_calls"]],
            ),
            Table(
                f"Mean scores over all {len(told['roll_calls'])} roll calls",
                ["", "ranked probability score", "log score"],
                [[TITLES[name], *map(_score, one.values())] for name, one in _means().items()],
            ),
        ],
    )


def fared() -> list[str]:
    """How the equation of a vote did on the shipped roll calls, and where simple rules are better."""
    told, means = kept(), _means()
    mine, count = means[PLENARY], len(told["roll_calls"])
    hardest = min((name for name in means if name != PLENARY), key=lambda name: means[name]["rps"])
    said = [
        f"On the {count} roll calls of 2018 and 2019 on information security and cybercrime that come with"
        f" Plenary, its equation of a vote has a mean ranked probability score of {_score(mine['rps'])}; the"
        f" best simple rule there, {TITLES[hardest]}, has {_score(means[hardest]['rps'])} (lower is better).",
        f"In that score {_claims('rps')}.",
        f"In log score {_claims('log')}.",
    ]
    beaten = {score: _beaten(score) for score in SCORES}
    if any(beaten.values()):
        said.append(
            f"A simple rule has the better ranked probability score on {beaten['rps'] or 'none of them'},"
            f" and the better log score on {beaten['log'] or 'none'}."
        )
    return said


def _beaten(score: str) -> str:
    """The roll calls on which a simple rule has the better score, with that rule."""
    found = [(one["id"], _best(one, score), one["scores"]) for one in kept()["roll_calls"]]
    return listing(
        [
            f"{name} ({TITLES[best]})"
            for name, best, scores in found
            if scores[best][score] < scores[PLENARY][score]
        ]
    )


def _claims(score: str) -> str:
    """Against which simple rules what may be claimed."""
    some = [one for one in kept()["groups"]["all"]["differences"] if one["score"] == score]
    by_verdict = {
        verdict: [TITLES[one["baseline"]] for one in some if one["verdict"] == verdict]
        for verdict in VERDICTS
    }
    return "; ".join(
        words.format(listing(by_verdict[verdict]))
        for verdict, words in VERDICTS.items()
        if by_verdict[verdict]
    )


def skill(results: Any, group: str) -> Picture:
    """The picture of one kind of roll calls, with differences and all intervals."""
    told = kept()["groups"][group]
    mine, others = told["scores"][PLENARY], told["scores"]
    better = sum(mine["rps"] < one["rps"] for name, one in others.items() if name != PLENARY)
    names = ", ".join(told["roll_calls"])
    claims = sum(one["verdict"] == "better" for one in told["differences"] if one["score"] == "rps")
    surely = f"the difference can be claimed against {claims}" if claims else "no difference can be claimed"
    finding = (
        f"{GROUP_TITLES[group].capitalize()} ({names}): Plenary's ranked probability score is lower than that"
        f" of {better} of {len(others) - 1} simple rules; {surely}."
    )
    rows = [
        [
            TITLES[one["baseline"]],
            {"rps": "RPS", "log": "log"}[one["score"]],
            signed(one["value"], 3),
            *(f"{signed(low, 3)} to {signed(high, 3)}" for low, high in one["intervals"].values()),
            one["verdict"],
        ]
        for one in told["differences"]
    ]
    head = ["simple rule", "score", "Plenary minus it", *told["differences"][0]["intervals"], "claim"]
    headline = f"Plenary scores better than {better} of {len(others) - 1} simple rules; {surely}"
    return picture(figures.FIGURES["skill"](results, group), finding, head, rows, headline)


def reliability(results: Any) -> Picture:
    """The picture of forecasts and what came of them, with its table."""
    bins = kept()["reliability"]
    off = [one for one in bins if not as_said(one)]
    most = max(bins, key=lambda one: one["n"])
    finding = (
        f"Of the {most['n']} forecasts of {_tenth(most)}, {percent(most['happened'])} came true where"
        f" {percent(most['forecast'])} was said; in {len(off)} of {len(bins)} tenths what came true differs"
        " from what was said by more than chance."
    )
    rows = []
    for one in bins:
        low, _, high = wilson(one["happened"], one["n"])
        ends = f"{percent(low)} to {percent(high)}"
        said = "yes" if as_said(one) else "no"
        rows.append(
            [_tenth(one), str(one["n"]), percent(one["forecast"]), percent(one["happened"]), ends, said]
        )
    head = ["chance of a yes", "votes", "said", "came true", "95 % interval", "as said"]
    headline = (
        f"Where Plenary said {percent(most['forecast'])} on average, {percent(most['happened'])} voted yes"
    )
    return picture(figures.FIGURES["reliability"](results), finding, head, rows, headline)


def _means() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = kept()["groups"]["all"]["scores"]
    return found


def _best(one: dict[str, Any], score: str) -> str:
    """The simple rule with the lowest score on a roll call."""
    return min(
        (name for name in one["scores"] if name != PLENARY), key=lambda name: one["scores"][name][score]
    )


def _roll_call(one: dict[str, Any]) -> Sequence[str]:
    cells = [one["id"], kind(one), str(one["votes"])]
    for score in SCORES:
        best = _best(one, score)
        cells += [_score(one["scores"][PLENARY][score]), TITLES[best], _score(one["scores"][best][score])]
    return cells


def _score(value: float) -> str:
    return f"{value:.3f}"


def _tenth(one: dict[str, Any]) -> str:
    return f"{percent(one['low'])} to {percent(one['high'])}"
