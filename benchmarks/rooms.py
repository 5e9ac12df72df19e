"""The rooms in which rounds are timed: 193 states, eight issues, three texts, everybody listening to all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.reference import slots
from scenarios.schema import Scenario

ISSUES = 8
ARTICLES = 10
WORDINGS = 3
RED_LINES = 32
SPONSORS = (("CHN",), ("USA",), ("WEST",))
BLOCS: dict[str, dict[str, Any]] = {
    "EAST": {"share": 0.30, "discipline": 0.45, "coordinator": "CHN"},
    "WEST": {"share": 0.12, "discipline": 0.80, "coordinator": "FRA"},
    "SOUTH": {"share": 0.45, "discipline": 0.30, "coordinator": "BRA", "coordinator_for": {"CHN": "EGY"}},
    "ISLES": {"share": 0.15, "discipline": 0.40, "coordinator": "FJI"},
}


def bench_room(
    countries: int = 193,
    rounds: int = 24,
    salience_sd: float = 0.0,
    budget: float = 0.0,
    issues: int = ISSUES,
    texts: int = len(SPONSORS),
    ties: float = 1.0,
) -> Scenario:
    """A room in which every phase has work in every round, offers if the sponsors have a `budget`.

    Fortnights, so that drafting is due each time; ten articles of three wordings a text; blocs whose
    coordinators speak first; red lines of both kinds; trust, noise and uncertain positions. `ties` is the
    share of all pairs that listen.
    """
    generator = np.random.default_rng(2020)
    names = _names(countries)
    blocs = _blocs(generator, names)
    return _room(
        generator,
        names,
        rounds,
        blocs=blocs,
        sponsors=[SPONSORS[number % len(SPONSORS)] for number in range(texts)],
        issues=issues,
        listening=ties,
        budget=budget,
        red_lines=_red_lines(generator, names, issues),
        force_issue=f"issue-{issues - 1}",
        uncertainty={"position_sd": 12, "salience_sd": salience_sd},
        dynamics={"min_improvement": 0.005, "redraft_days": 14},
    )


def full_room(countries: int = 193, rounds: int = 24) -> Scenario:
    """The bench room with every mechanism that there is: funds, calls, meetings and commitments as well."""
    document = bench_room(countries, rounds, budget=2).model_dump()
    for text in document["texts"].values():
        text["effort"] = 3
    document["dynamics"]["lobbying_weight"] = 0.05
    document["events"] = {
        "meeting": {
            "date": dt.date(2020, 9, 8),
            "until": dt.date(2030, 1, 1),
            "type": "bilateral",
            "nature": "exogenous",
            "sentence": "The two consult apart.",
            "parties": ["CHN", "bloc:SOUTH"],
        }
    }
    document["commitments"] = {
        "if-brazil": {
            "parties": ["EGY"],
            "text": "text-0",
            "at_least": "endorse",
            "conditions": [{"delegation": "BRA", "at_least": "endorse"}],
        }
    }
    return Scenario.model_validate(document)


def quiet_room(countries: int = 193, rounds: int = 24) -> Scenario:
    """The same states with consultations and endorsement alone: no blocs, noise, drafting or red lines."""
    generator = np.random.default_rng(2020)
    return _room(
        generator,
        _names(countries),
        rounds,
        sponsors=((), (), ()),
        uncertainty={"position_sd": 12},
        dynamics={"precision": float("inf"), "drafting": "off"},
    )


def threshold_room(neighbours: NDArray[np.bool_], thresholds: NDArray[np.floating], rounds: int) -> Scenario:
    """States that endorse for good once a share of their neighbours has (Granovetter 1978).

    `neighbours` (listener, speaker); `thresholds` (country,) shares. A hair below the threshold is enough, so
    that rounding does not decide where a share is met exactly.
    """
    names = _names(len(neighbours))
    return Scenario.model_validate(
        {
            "name": "bench-threshold",
            "title": "A room of thresholds",
            "issues": {"issue-0": {"title": "issue-0", "reversion": 0.0}},
            "delegations": {
                name: {
                    "name": name,
                    "positions": {"issue-0": 50.0},
                    "salience": {"issue-0": 50.0},
                    "strategy": "bandwagon",
                    "endorse_threshold": float(threshold) - 1e-6,
                    "oppose_threshold": float("inf"),
                }
                for name, threshold in zip(names, thresholds, strict=True)
            },
            "texts": {
                "text-0": {"title": "Text 0", "articles": {"1": {"places": {"issue-0": 50.0}, "options": {}}}}
            },
            "ties": [
                {"target": names[listener], "source": names[speaker], "weight": 1.0}
                for listener, speaker in np.argwhere(neighbours)
            ],
            "calendar": [{"start": dt.date(2020, 9, 8), "length": "day", "rounds": rounds}],
            "rule": {"name": "endorsement-count", "quota": 0.5},
            "dynamics": {
                "precision": float("inf"),
                "instruction_rate": float("inf"),
                "openness": 0.0,
                "commitment": 0.0,
                "trust_weight": 0.0,
                "drafting": "off",
                "latch": True,
            },
        }
    )


def _names(countries: int) -> list[str]:
    """Member states by their key, those that sponsor or coordinate always among them."""
    needed = ["CHN", "USA", "FRA", "BRA", "EGY", "FJI"]
    others = [iso3 for iso3 in slots() if iso3 not in needed]
    return sorted(needed + others[: countries - len(needed)])


def _blocs(generator: np.random.Generator, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Four overlapping blocs, each with a coordinator who speaks first."""
    blocs = {}
    for key, bloc in BLOCS.items():
        seats = {bloc["coordinator"], *bloc.get("coordinator_for", {}).values()}
        seats |= {name for name in names if generator.random() < bloc["share"]}
        blocs[key] = {
            **{field: value for field, value in bloc.items() if field != "share"},
            "name": key.title(),
            "members": sorted(seats),
            "speaks_first": True,
        }
    return blocs


def _red_lines(generator: np.random.Generator, names: Sequence[str], issues: int) -> list[dict[str, Any]]:
    """Red lines at the ends of scales, one in four of the kind that requires."""
    return [
        {
            "delegation": names[int(generator.integers(len(names)))],
            "issue": f"issue-{int(generator.integers(issues))}",
            "max": float(generator.uniform(75, 95)),
            "kind": "forbids" if number % 4 else "requires",
        }
        for number in range(RED_LINES)
    ]


def _room(
    generator: np.random.Generator,
    names: Sequence[str],
    rounds: int,
    sponsors: Sequence[Sequence[str]],
    budget: float = 0.0,
    issues: int = ISSUES,
    listening: float = 1.0,
    **more: Any,
) -> Scenario:
    """States along one line of conflict with differences of their own on every issue."""
    camp = generator.normal(0, 20, (len(names), 1)) * generator.choice([-1, 1, 1], (1, issues))
    positions = np.clip(50 + camp + generator.normal(0, 15, (len(names), issues)), 0, 100)
    salience = generator.uniform(5, 100, positions.shape)
    weights = generator.random((len(names), len(names)))
    trust = generator.uniform(-0.6, 0.8, (len(names), 3))
    heard = np.random.default_rng(7).random(weights.shape) < listening
    np.fill_diagonal(heard, False)
    keys = [f"issue-{number}" for number in range(issues)]
    speakers = list(dict.fromkeys(name for names_of_text in sponsors for name in names_of_text))
    return Scenario.model_validate(
        {
            "name": "bench",
            "title": "A room to time rounds in",
            "issues": {
                key: {
                    "title": key,
                    "kind": "procedure" if number >= issues - 2 else "content",
                    "reversion": float(generator.uniform(30, 70)),
                }
                for number, key in enumerate(keys)
            },
            "delegations": {
                name: {
                    "name": name,
                    "capability": float(generator.uniform(5, 100)),
                    "positions": dict(zip(keys, positions[row].tolist(), strict=True)),
                    "salience": dict(zip(keys, salience[row].tolist(), strict=True)),
                    "trust": dict(zip(speakers, trust[row].tolist(), strict=False)),
                }
                for row, name in enumerate(names)
            },
            "texts": {
                f"text-{number}": {**_text(generator, number, keys, of_text), "budget": budget}
                for number, of_text in enumerate(sponsors)
            },
            "ties": [
                {"target": names[listener], "source": names[speaker], "weight": weight}
                for (listener, speaker), weight in zip(
                    np.argwhere(heard).tolist(), weights[heard].tolist(), strict=True
                )
            ],
            "calendar": [{"start": dt.date(2020, 9, 8), "length": "fortnight", "rounds": rounds}],
            "rule": {"name": "endorsement-count", "quota": 0.5},
            **more,
        }
    )


def _text(
    generator: np.random.Generator, number: int, issues: Sequence[str], sponsors: Sequence[str]
) -> dict[str, Any]:
    """A text that pulls its own way, with two bracketed alternatives to every article."""
    centre = (75, 30, 60)[number % 3]
    articles = {}
    for article in range(ARTICLES):
        issue = issues[article % len(issues)]
        places = np.clip(generator.normal(centre, 18, WORDINGS), 0, 100).tolist()
        articles[str(article + 1)] = {
            "places": {issue: places[0]},
            "options": {
                f"alternative-{option}": {"wording": "…", "places": {issue: places[option]}}
                for option in range(1, WORDINGS)
            },
        }
    return {"title": f"Text {number}", "sponsors": sponsors, "sponsorship": 0.8, "articles": articles}
