"""The answer of a run as plain data, for the terminal, for `--json` and for the report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from dashboards.groups import consensus_groups
from simulation.analyses.answer import influence_facts, sentences, support_facts
from simulation.analyses.spread import support_bands
from simulation.guards import guards
from simulation.results import counted, observing

BAND = (0.1, 0.5, 0.9)  # the middle 80 % of the replicates around the median
LOOSE = 0.5  # a delegation less settled than this is named as such
NAMED_LOOSE = 5

Band = tuple[float, float, float]


@dataclass(frozen=True)
class TextSummary:
    """Where a text stands after the last round.

    Bands are low, median, high counts of delegations; `leaning` counts those that lean towards it, in public
    or not; `capability` is the share of bargaining weight behind it; `adopted` and `vote_passed` are shares
    of the replicates. `ambition` is the share of its sponsors' initial gain that the wording retains (none
    without sponsors); `drafting_adds` what redrafting adds to endorsements and ambition against the text as
    tabled (mean and 95 % interval: low, mean, high). `series` is the median of endorsements round by round.
    `first` are names with the median day of the first endorsement, `credited` names with a share of the
    credit for bringing in others.
    """

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
    ambition: Band | None
    drafting_adds: dict[str, Band]
    series: list[float]
    first: list[tuple[str, str]]
    credited: list[tuple[str, float]]


@dataclass(frozen=True)
class Group:
    """A coalition over all replicates, most settled members first; `note` names the least settled."""

    members: list[str]
    names: list[str]
    note: str


@dataclass(frozen=True)
class Summary:
    """The whole answer; `delegations` is how many count, `observers` are the keys of the others."""

    scenario: str
    title: str
    question: str
    sentences: list[str]
    delegations: int
    observers: list[str]
    replicates: int
    complete: bool
    seed: int
    result_hash: str
    last_day: str
    texts: list[TextSummary]
    coalitions: list[Group]
    alone: list[str]
    warnings: list[str]

    def document(self) -> dict[str, Any]:
        """The answer as one JSON document."""
        return asdict(self)


def summarise(results: Any) -> Summary:
    """The answer of a run."""
    data, scenario, manifest = results.data, results.scenario, results.manifest
    groups = consensus_groups(data)
    grouped = {int(row) for group in groups for row in group}
    return Summary(
        scenario=scenario.name,
        title=scenario.title,
        question=scenario.question,
        sentences=list(sentences(results)),
        delegations=counted(data).sizes["country"],
        observers=data.country.values[observing(data)].tolist(),
        replicates=data.sizes["replicate"],
        complete=bool(manifest.get("complete", True)),
        seed=int(manifest["seed"]),
        result_hash=str(manifest["result_hash"]),
        last_day=str(data.date.values[-1]),
        texts=[_text(results, str(key)) for key in data.text.values],
        coalitions=[_group(data, group) for group in groups],
        warnings=[guard.message for guard in guards(results)],
        alone=[str(name) for row, name in enumerate(data.name.values) if row not in grouped],
    )


def _text(results: Any, key: str) -> TextSummary:
    here = results.data.sel(text=key)
    support, influence = support_facts(results, key), influence_facts(results.data, key)
    return TextSummary(
        key=key,
        title=here.text_title.item(),
        sponsors=here.sponsors.item(),
        endorsing=support["endorsing"],
        studying=bands(results.data, "studying", key)[:, -1].tolist(),
        opposing=support["opposing"],
        leaning=float(np.median((counted(here).lean.isel(round=-1) == 1).sum("country"))),
        capability=float(here.endorsing_by_capability.isel(round=-1).median()),
        adopted=float(here.adopted.mean()),
        vote_passed=float(here.vote_passed.mean()),
        ambition=_ambition(here),
        drafting_adds=_drafting(here),
        series=bands(results.data, "endorsing", key)[1].tolist(),
        first=list(zip(support["first"], support["first_days"], strict=True)),
        credited=list(zip(influence["credited"], influence["credit_shares"], strict=True)),
    )


def _ambition(here: Any) -> Band | None:
    """Low, median and high of the ambition kept at the end."""
    kept = here.ambition.values[:, -1]
    kept = kept[~np.isnan(kept)]
    return tuple(np.quantile(kept, BAND).tolist()) if len(kept) else None


def _drafting(here: Any) -> dict[str, Band]:
    """What redrafting adds, measure by measure; nothing for measures that the text does not have."""
    found = {}
    for measure in ("endorsing", "ambition"):
        at = here.sel(measure=measure)
        band = (float(at.drafting_adds_low), float(at.drafting_adds), float(at.drafting_adds_high))
        if np.isfinite(band).all():
            found[measure] = band
    return found


def bands(data: Any, count: str, text: str) -> np.ndarray:
    """Low, median and high (3, round) of a count of stances over the replicates: `BAND`."""
    return support_bands(data[count].sel(text=[text]).values, BAND)[..., 0]


def _group(data: Any, rows: np.ndarray) -> Group:
    names = [str(name) for name in data.name.values[rows]]
    loose = [name for name, settled in zip(names, data.settled.values[rows], strict=True) if settled < LOOSE]
    note = f"Least settled: {', '.join(loose[-NAMED_LOOSE:])}." if loose else ""
    return Group([str(iso3) for iso3 in data.country.values[rows]], names, note)
