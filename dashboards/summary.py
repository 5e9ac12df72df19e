"""The answer of a run as plain data, for the terminal, for `--json` and for the report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from dashboards.words import letter

BAND = (0.1, 0.5, 0.9)  # the middle 80 % of the replicates around the median
NAMED = 5  # how many first and pivotal supporters are named

Band = tuple[float, float, float]


@dataclass(frozen=True)
class Supporter:
    """A delegation named for a text: `when` is the median day it first endorses, `credit` in gain units."""

    iso3: str
    name: str
    when: str | None = None
    credit: float | None = None


@dataclass(frozen=True)
class TextSummary:
    """Where a text stands after the last round. Bands are low, median, high counts of delegations."""

    key: str
    title: str
    sponsors: str
    endorsing: Band
    studying: Band
    opposing: Band
    leaning: float
    capability: float
    adopted: float
    vote_passed: float
    series: list[float]
    first: list[Supporter]
    pivotal: list[Supporter]


@dataclass(frozen=True)
class Group:
    """A coalition found over all replicates, most settled members first; `note` names the least settled."""

    label: int
    members: list[str]
    names: list[str]
    note: str

    @property
    def letter(self) -> str:
        """The letter that names the coalition in tables and pictures."""
        return letter(self.label)


@dataclass(frozen=True)
class Summary:
    """The whole answer."""

    scenario: str
    title: str
    question: str
    sentences: list[str]
    delegations: int
    replicates: int
    complete: bool
    seed: int
    result_hash: str
    last_day: str
    texts: list[TextSummary]
    coalitions: list[Group]
    alone: list[str]

    def document(self) -> dict[str, Any]:
        """The answer as one JSON document."""
        return asdict(self)


def summarise(results: Any) -> Summary:
    """The answer of a run."""
    from simulation.analyses.answer import sentences

    data, scenario, manifest = results.data, results.scenario, results.manifest
    groups, alone = _coalitions(data)
    return Summary(
        scenario=scenario.name,
        title=scenario.title,
        question=scenario.question,
        sentences=list(sentences(results)),
        delegations=data.sizes["country"],
        replicates=data.sizes["replicate"],
        complete=bool(manifest.get("complete", True)),
        seed=int(manifest["seed"]),
        result_hash=str(manifest["result_hash"]),
        last_day=str(data.date.values[-1]),
        texts=[_text(data, str(key)) for key in data.text.values],
        coalitions=groups,
        alone=alone,
    )


def _text(data: Any, key: str) -> TextSummary:
    here = data.sel(text=key)
    counts = {name: _band(here[name].values[:, -1]) for name in ("endorsing", "studying", "opposing")}
    return TextSummary(
        key=key,
        title=here.text_title.item(),
        sponsors=here.sponsors.item(),
        **counts,
        leaning=float(np.median((here.lean.isel(round=-1) == 1).sum("country"))),
        capability=float(here.endorsing_by_capability.isel(round=-1).median()),
        adopted=float(here.adopted.mean()),
        vote_passed=float(here.vote_passed.mean()),
        series=np.median(here.endorsing.values, axis=0).tolist(),
        first=_first(here),
        pivotal=_pivotal(here),
    )


def _band(values: np.ndarray) -> Band:
    low, middle, high = np.quantile(values, BAND).tolist()
    return low, middle, high


def _first(here: Any) -> list[Supporter]:
    """The delegations that endorse in most replicates, earliest median first endorsement first."""
    rounds = here.first_endorsed.values.astype(float)
    rounds[rounds < 0] = np.inf
    median = np.quantile(rounds, 0.5, axis=0, method="inverted_cdf")
    order = [place for place in np.argsort(median, kind="stable") if np.isfinite(median[place])]
    return [
        Supporter(
            str(here.country.values[place]),
            str(here.name.values[place]),
            str(here.date.values[int(median[place])]),
        )
        for place in order[:NAMED]
    ]


def _pivotal(here: Any) -> list[Supporter]:
    """The delegations credited most for endorsements by others (an account of the appeal, not causation)."""
    credit = here.credit.sum("country").values
    order = [place for place in np.argsort(-credit, kind="stable") if credit[place] > 0.005]
    return [
        Supporter(
            str(here.country.values[place]),
            str(here.name.values[place]),
            credit=round(float(credit[place]), 3),
        )
        for place in order[:NAMED]
    ]


def _coalitions(data: Any) -> tuple[list[Group], list[str]]:
    """Coalitions over all replicates, largest first, and the delegations that stand alone."""
    labels, settled = data.consensus_coalition.values, data.settled.values
    names, keys = data.name.values, data.country.values
    sizes = {int(label): int((labels == label).sum()) for label in np.unique(labels) if label >= 0}
    groups, alone = [], [str(name) for name, label in zip(names, labels, strict=True) if label < 0]
    for label in sorted(sizes, key=lambda label: (-sizes[label], label)):
        members = np.flatnonzero(labels == label)
        members = members[np.argsort(-settled[members], kind="stable")]
        if len(members) == 1:
            alone.append(str(names[members[0]]))
            continue
        loose = [str(names[place]) for place in members if settled[place] < 0.5]
        note = f"Least settled: {', '.join(loose[-5:])}." if loose else ""
        groups.append(
            Group(
                len(groups),
                [str(keys[place]) for place in members],
                [str(names[place]) for place in members],
                note,
            )
        )
    return groups, alone
