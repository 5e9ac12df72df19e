"""Estimates the 82 states that nobody coded, by one stated rule, for the scenario of all 193.

The rule (ridge regression; Hoerl and Kennard 1970):

1. Describe every state by its groups, its M49 subregion and its point on the two dimensions of divided roll
   calls of 2010–2019, from which votes on cyber questions were left out.
2. Over the coded states, standardise these columns and regress each position, salience and trust on them with
   a penalty of 30, near the one with the smallest leave-one-out error.
3. Read the other states off the fit, round, and clip to the scale.
4. Capability comes from the logarithms of gross domestic product and population in the same way, unpenalised.
5. The standard deviation of an estimated position is the root of the sum of two squares: the leave-one-out
   error, pooled over issues, and 18 points, the spread of the least certain coded row.

`python -m scenarios.reference.estimating` writes the tables of `launch-2020-world` again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scenarios.reference import groups, states, voting_space
from scenarios.schema import Scenario

PENALTY = 30.0
WIDEST_CODED_SD = 18.0
SPONSORS = ("CHN", "USA", "EU")
RULE = "ridge regression on groups, subregion and two voting dimensions"
PROVENANCE = "our coding: estimate, rule in reference/estimating.py; population, absence: recorded"
COUNTRY_COLUMNS = [
    "iso3",
    "name",
    "region",
    "capability",
    "population",
    "strategy",
    "absence",
    "position_sd",
    "basis",
    "rule",
    "rationale",
    "evidence_until",
    "provenance",
]


class Fit(NamedTuple):
    """Values for the states without any, (n, T), and the leave-one-out error of each of the T targets."""

    estimate: np.ndarray
    error: np.ndarray


def ridge(known: np.ndarray, values: np.ndarray, new: np.ndarray, penalty: float) -> Fit:
    """Ridge regression of `values` (N, T) on `known` (N, F), read off at `new` (n, F).

    1. Standardise columns by the mean and standard deviation of the known rows.
    2. Solve (Z'Z + penalty·I) b = Z'(values − mean).
    3. Leave-one-out residuals come from the fit itself: residual / (1 − leverage); their root mean square
       is the error.
    """
    mean, sd = known.mean(axis=0), known.std(axis=0)
    z, fresh = (known - mean) / sd, (new - mean) / sd
    centre = values.mean(axis=0)
    inverse = np.linalg.solve(z.T @ z + penalty * np.eye(z.shape[1]), z.T)
    slopes = inverse @ (values - centre)
    leverage = np.einsum("if,fi->i", z, inverse) + 1 / len(z)
    residual = (values - centre - z @ slopes) / (1 - leverage)[:, None]
    return Fit(centre + fresh @ slopes, np.sqrt((residual**2).mean(axis=0)))


def describe(names: Sequence[str], coded: Sequence[str]) -> np.ndarray:
    """Columns that describe states: (N, F). Groups with five coded members or more, subregions with three."""
    world = states()
    columns = [
        [float(name in members) for name in names]
        for members in groups().values()
        if len(set(members) & set(coded)) >= 5
    ]
    seats = [world[name].subregion for name in coded]
    columns += [
        [float(world[name].subregion == region) for name in names]
        for region in sorted(set(seats))
        if seats.count(region) >= 3
    ]
    columns += [[voting_space()[name][dimension] for name in names] for dimension in (0, 1)]
    return np.array(columns).T


def size(names: Sequence[str]) -> np.ndarray:
    """Logarithms of gross domestic product (10 billion US dollars where unknown) and population: (N, 2)."""
    return np.log([[states()[name].gdp_usd or 1e10, states()[name].population] for name in names])


class Estimates(NamedTuple):
    """The rule's result: states in order, values with their errors, and the spread of positions."""

    names: list[str]
    positions: Fit
    salience: Fit
    trust: Fit
    capability: Fit
    position_sd: int


def estimate(coded: Scenario) -> Estimates:
    """Apply the rule to every state that the scenario does not have."""
    known = list(coded.delegations)
    names = [name for name in states() if name not in coded.delegations]
    x, new = describe(known, known), describe(names, known)
    seats = coded.delegations.values()
    positions = np.array([[seat.positions[issue] for issue in coded.issues] for seat in seats], dtype=float)
    salience = np.array([[seat.salience[issue] for issue in coded.issues] for seat in seats], dtype=float)
    trust = np.array([[seat.trust[sponsor] for sponsor in SPONSORS] for seat in seats])
    capability = np.array([[seat.capability] for seat in seats])
    fit = ridge(x, positions, new, PENALTY)
    pooled = float((fit.error**2).mean())
    return Estimates(
        names,
        fit,
        ridge(x, salience, new, PENALTY),
        ridge(x, trust, new, PENALTY),
        ridge(size(known), capability, size(names), 0.0),
        round((pooled + WIDEST_CODED_SD**2) ** 0.5),
    )


def tables(coded: Scenario) -> dict[str, str]:
    """The four tables of the world scenario as CSV text, by file name."""
    found = estimate(coded)
    world = states()
    label = [[name, world[name].name] for name in found.names]
    issues = list(coded.issues)
    origin = "our coding: estimate"
    capability = np.clip(np.rint(found.capability.estimate[:, 0]), 1, 100)
    countries = [
        [
            name,
            world[name].name,
            world[name].subregion,
            int(weight),
            world[name].population,
            "interest-driven",
            world[name].absence,
            found.position_sd,
            "estimate",
            RULE,
            "Not coded; estimated from the company it keeps.",
            "2019-12",
            PROVENANCE,
        ]
        for name, weight in zip(found.names, capability, strict=True)
    ]
    points = [
        np.clip(np.rint(fit.estimate), 0, 100).astype(int).tolist()
        for fit in (found.positions, found.salience)
    ]
    trust = (np.round(np.clip(found.trust.estimate, -1, 1), 2) + 0.0).tolist()
    return {
        "countries.csv": _csv(COUNTRY_COLUMNS, countries),
        "positions.csv": _csv(["iso3", "name", *issues, "provenance"], _join(label, points[0], origin)),
        "salience.csv": _csv(["iso3", "name", *issues, "provenance"], _join(label, points[1], origin)),
        "trust.csv": _csv(["iso3", "name", *SPONSORS, "provenance"], _join(label, trust, origin)),
    }


def _join(label: list[list[str]], values: list[list[float]], origin: str) -> list[list[object]]:
    return [[*left, *right, origin] for left, right in zip(label, values, strict=True)]


def _csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write the tables of the world scenario."""
    from scenarios.loading import LIBRARY, load

    for name, text in tables(load("launch-2020")).items():
        (LIBRARY / "launch-2020-world" / name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
