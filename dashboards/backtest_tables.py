"""The back-test as one document, and the same document as sentences and tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboards.totals_table import total_lines
from simulation.backtest.baselines import BASELINES
from simulation.backtest.bootstraps import DRAWS
from simulation.backtest.calibration import fingerprint, frozen_document
from simulation.backtest.declared import DRAWS as HALFWAY_DRAWS
from simulation.backtest.declared import halfway
from simulation.backtest.drift import relearned
from simulation.backtest.protocol import PLENARY, Trial, early
from simulation.backtest.roll_calls import shipped
from simulation.backtest.summary import (
    ENOUGH,
    GROUPS,
    differences,
    headline,
    means,
    reliability,
    spans,
    trial_scores,
)
from simulation.backtest.totals import held, totals
from simulation.rounding import rounded

DIGITS = 6
TITLES = {
    PLENARY: "Plenary",
    "always_yes": "always yes",
    "base_rate": "base rate",
    "country_habit": "country's habit",
    "bloc_majority": "bloc majority",
    "nearest_ideal_points": "nearest ideal points",
    "repeat": "repeat the analogue",
    "ideal_point_logit": "ideal-point logit",
    "repeat_table": "analogue with transition table",
    "plenary_before": "Plenary, if nobody had declared",
    "declared_shares": "shares of the declared",
    "declared_logit": "ideal-point logit of the declared",
}
GROUP_TITLES = {
    "all": "all roll calls",
    "contested": "contested (under 80 % yes)",
    "new_contested": "new and contested",
    "new": "new texts",
    "repeats": "repeats of an earlier text",
}
SHOWN = ("new_contested", "repeats", "all")
SCORES = ("rps", "skill", "log", "brier", "macro_f1", "accuracy")
SCORE_HEADS = ("RPS", "skill", "log", "Brier", "macro-F1", "accuracy")
WORDS = {
    "better": "Better, every interval below 0, than",
    "worse": "Worse, every interval above 0, than",
    "open": "No claim, an interval includes 0, against",
    "few": f"No claim, fewer than {ENOUGH} roll calls, against",
}
ABOUT = (
    "RPS is the ranked probability score; it, log and Brier are better when lower. Skill is 1 − RPS / RPS of"
    " the better of the last two baselines. A model's output on recorded votes, not a promise about the next."
)

Part = str | tuple[list[str], list[list[str]]]


def document(trials: Sequence[Trial], ahead: Sequence[Trial] | None, seed: int) -> dict[str, Any]:
    """Everything that the back-test found, as plain values for JSON.

    `resolutions` has one entry a roll call, `mean` the means over all of them, `groups` those over kinds of
    roll calls with differences and intervals, `forward` those of 2019 from the end of 2018. Where there are
    none (`ahead` is None), the roll calls are somebody's own, and `calibration` is the frozen one. `totals`
    are the totals of every roll call with an 80 % band, and how often it held.
    """
    made: dict[str, Any] = {
        "resolutions": [_resolution(trial) for trial in trials],
        "mean": _mean(trials),
        "groups": {},
        "totals": totals_document(trials, ahead is not None),
        "reliability": [rounded(one._asdict(), DIGITS) for one in reliability(trials)],
        "manifest": {"seed": seed, "draws": DRAWS, "shipped_votes_sha256": fingerprint(shipped())},
        "about": ABOUT,
    }
    for name, belongs in GROUPS.items():
        if some := [trial for trial in trials if belongs(trial)]:
            made["groups"][name] = {
                "roll_calls": [trial.call.resolution.name for trial in some],
                "headline": {score: headline(means(some), score) for score in ("rps", "log")},
                **_mean(some),
                "intervals": rounded(spans(some, seed), DIGITS),
                "differences": [rounded(one._asdict(), DIGITS) for one in differences(some, seed)],
            }
    if ahead is None:
        made["calibration"] = frozen_document()
    else:
        made["forward"] = {"from": "2018-12-31", **_mean(ahead)}
    return made


def totals_document(trials: Sequence[Trial], ours: bool) -> dict[str, Any]:
    """Totals with bands; of the shipped roll calls also how often they held with the four before 2018, and
    with a drift learned from earlier roll calls alone."""
    made = {
        "roll_calls": [
            {"id": trial.call.resolution.name, **rounded(one._asdict(), DIGITS)}
            for trial in trials
            for one in totals(trial)
        ],
        "held": [rounded(one._asdict(), DIGITS) for one in held(trials)],
    }
    if ours:
        also = {
            "held_since_2006": [*early(shipped()), *trials],
            "held_with_learned_drift": relearned(trials, shipped()),
        }
        made |= {name: [rounded(one._asdict(), DIGITS) for one in held(some)] for name, some in also.items()}
    return made


def declared_document(share: float, seed: int) -> dict[str, Any]:
    """Scores on those who have not declared, once a share of the delegations has."""
    mean = {name: rounded(table, DIGITS) for name, table in halfway(shipped(), share, seed).items()}
    return {"share": share, "draws": HALFWAY_DRAWS, "mean": mean}


def _resolution(trial: Trial) -> dict[str, Any]:
    question = trial.call.resolution
    return {
        "id": question.name,
        "n": int(trial.call.cast.sum()),
        "analogue": question.analogue,
        "date": question.date.isoformat(),
        "family": question.family,
        "repeats": question.repeats,
        "contested": trial.call.contested,
        "learned_from": list(trial.learned),
        "analogues_used": rounded(trial.analogues, DIGITS),
        "remarks": list(trial.remarks),
        **_split(trial_scores(trial)),
    }


def _mean(trials: Sequence[Trial]) -> dict[str, Any]:
    return _split(means(trials))


def _split(table: dict[str, dict[str, float]]) -> dict[str, Any]:
    return {
        PLENARY: rounded(table[PLENARY], DIGITS),
        "baselines": {name: rounded(table[name], DIGITS) for name in BASELINES},
    }


def lines(found: dict[str, Any]) -> Iterator[Part]:
    """The document in sentences and tables."""
    yield from _findings(found)
    yield ""
    yield _by_roll_call(found["resolutions"])
    for one in found["resolutions"]:
        for remark in one["remarks"]:
            yield f"{one['id']}: {remark}."
    for name in (name for name in SHOWN if name in found["groups"]):
        group = found["groups"][name]
        yield f"\n{GROUP_TITLES[name].capitalize()}: {', '.join(group['roll_calls'])}"
        yield _group(group)
    if "forward" in found:
        yield f"\nAll of 2019 from what was known on {found['forward']['from']}"
        yield _group(found["forward"])
    if "declared" in found:
        share = found["declared"]["share"]
        yield f"\nOnce {share:.0%} of the delegations have declared, on the rest of all roll calls"
        yield _declared(found["declared"]["mean"])
    chosen = "new_contested" if "new_contested" in found["groups"] else "all"
    yield f"\nPlenary minus baseline, RPS, {GROUP_TITLES[chosen]}, with 95 % intervals by draws over"
    yield _differences(found["groups"][chosen]["differences"], "rps")
    yield "\nReliability: of the forecasts of yes, how many came true"
    yield _reliability(found["reliability"])
    yield from total_lines(found["totals"])
    yield f"\n{found['about']}"


def _findings(found: dict[str, Any]) -> Iterator[str]:
    """Which rule does best where, and what may be claimed."""
    for name, group in found["groups"].items():
        table = {PLENARY: group[PLENARY], **group["baselines"]}
        parts = []
        for score, title in (("rps", "RPS"), ("log", "log score")):
            best = min(table, key=lambda one: table[one][score])
            parts.append(
                f"{title} {table[PLENARY][score]:.3f}"
                + (
                    ", the best"
                    if best == PLENARY
                    else f", best is {TITLES[best]} with {table[best][score]:.3f}"
                )
            )
        count = len(group["roll_calls"])
        yield f"{GROUP_TITLES[name].capitalize()} ({count}): Plenary's {'; '.join(parts)}."
    whole = found["groups"]["all"]["differences"]
    for score, title in (("rps", "RPS"), ("log", "log score")):
        for verdict, words in WORDS.items():
            names = [
                TITLES[one["baseline"]]
                for one in whole
                if one["score"] == score and one["verdict"] == verdict
            ]
            if names:
                yield f"{words} {', '.join(names)} ({title} over all roll calls)."


def _by_roll_call(resolutions: list[dict[str, Any]]) -> tuple[list[str], list[list[str]]]:
    head = [
        "roll call",
        "kind",
        "votes",
        "analogue",
        "RPS",
        "best baseline",
        "RPS",
        "log",
        "best baseline",
        "log",
    ]
    rows = []
    for one in resolutions:
        cells = [
            one["id"],
            kind(one),
            str(one["n"]),
            one["analogue"] or "none",
        ]
        for score in ("rps", "log"):
            best = min(one["baselines"], key=lambda name: one["baselines"][name][score])
            cells += [f"{one[PLENARY][score]:.3f}", TITLES[best], f"{one['baselines'][best][score]:.3f}"]
        rows.append(cells)
    return head, rows


def kind(one: dict[str, Any]) -> str:
    """Whether a roll call repeats an earlier text, and whether it was contested."""
    return ("repeat" if one["repeats"] else "new") + (", contested" if one["contested"] else "")


def _group(group: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    table = {PLENARY: group[PLENARY], **group["baselines"]}
    rows = [[TITLES[name], *(f"{values[score]:.3f}" for score in SCORES)] for name, values in table.items()]
    return ["", *SCORE_HEADS], rows


def _declared(table: dict[str, dict[str, float]]) -> tuple[list[str], list[list[str]]]:
    scores = [score for score in SCORES if score != "skill"]
    heads = [head for head in SCORE_HEADS if head != "skill"]
    rows = [[TITLES[name], *(f"{values[score]:.3f}" for score in scores)] for name, values in table.items()]
    return ["", *heads], rows


def _differences(found: list[dict[str, Any]], score: str) -> tuple[list[str], list[list[str]]]:
    chosen = [one for one in found if one["score"] == score]
    kinds = list(chosen[0]["intervals"])
    rows = [
        [
            TITLES[one["baseline"]],
            f"{one['value']:+.3f}",
            *(f"{low:+.3f} to {high:+.3f}" for low, high in one["intervals"].values()),
            one["verdict"],
        ]
        for one in chosen
    ]
    return ["baseline", "difference", *kinds, "claim"], rows


def _reliability(bins: list[dict[str, Any]]) -> tuple[list[str], list[list[str]]]:
    rows = [
        [
            f"{one['low']:.0%} to {one['high']:.0%}",
            str(one["n"]),
            f"{one['forecast']:.0%}",
            f"{one['happened']:.0%}",
        ]
        for one in bins
    ]
    return ["chance", "votes", "forecast", "came true"], rows
