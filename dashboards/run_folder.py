"""The run folder: data, manifest, report and tables of one run, where a person finds them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dashboards.firmness import stability_rows
from dashboards.groups import consensus_groups
from dashboards.known import Known, known
from dashboards.minutes import EVENTS, influence_rows, write_minutes
from dashboards.report import write_report
from dashboards.report_parts.pdf import write_pdf
from dashboards.summary import BAND
from dashboards.texts.holders import all_replies
from dashboards.words import letter
from simulation import save
from simulation.analyses.acts import table
from simulation.analyses.hinges import nearest_other, participation
from simulation.analyses.spread import support_bands
from simulation.tallies import BALLOTS, COUNTS, STANCES

if TYPE_CHECKING:
    import xarray as xr

ANSWERS = ("endorses", "studies", "opposes", "votes_yes", "abstains", "votes_no", "absent")


def new_folder(scenario: str, home: Path = Path("runs")) -> Path:
    """A folder name that is not taken yet: the time and the scenario."""
    stem = f"{dt.datetime.now():%Y-%m-%dT%H%M}-{scenario}"
    folder, number = home / stem, 1
    while folder.exists():
        number += 1
        folder = home / f"{stem}-{number}"
    return folder


def write_run(results: Any, folder: Path, pdf: bool = False) -> dict[str, str]:
    """Write everything about a run into `folder`, the report as a `pdf` too if asked; returns where each
    file is. Raises NoBrowser and PrintingFailed where there is no PDF to be had."""
    save(results, folder)
    found = known(results)
    write_minutes(found.acts, folder)
    home = folder / "tables"
    home.mkdir(exist_ok=True)
    for name, (head, rows) in tables(results, found).items():
        (home / f"{name}.csv").write_text(as_csv(head, rows), encoding="utf-8", newline="")
    report = write_report(results, folder / "report.html", found)
    return {
        "folder": str(folder),
        "report": str(report),
        "data": str(folder / "results.nc"),
        "events": str(folder / EVENTS),
        "manifest": str(folder / "manifest.json"),
        "tables": str(home),
        **({"pdf": str(write_pdf(results, folder / "report.pdf", found))} if pdf else {}),
    }


def tables(results: Any, found: Known) -> dict[str, tuple[list[str], list[list]]]:
    """Head and rows of every table of a run folder, by name; `found` is what is known of the run."""
    return {
        "support": support_rows(results),
        "delegations": delegation_rows(results),
        "coalitions": coalition_rows(results),
        "stability": stability_rows(results, found.firm),
        "acts": table(found.acts),
        "influence": influence_rows(results),
        "replies": all_replies(found.ended, found.replies),
    }


def as_csv(head: list[str], rows: list[list]) -> str:
    """A table as CSV that a spreadsheet opens without running any of its cells."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue()


def harmless(cell: Any) -> Any:
    """The cell as it is, with a quote in front where a spreadsheet would take words for a formula.

    >>> harmless("=1+1"), harmless(-3), harmless("China")
    ("'=1+1", -3, 'China')
    """
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def support_rows(results: Any) -> tuple[list[str], list[list]]:
    """Counts of stances a round and text: median and the middle 80 % of the replicates."""
    data = results.data
    return support_table(data, {count: support_bands(data[count].values, BAND) for count in COUNTS})


def support_table(data: xr.Dataset, found: Mapping[str, NDArray]) -> tuple[list[str], list[list]]:
    """A row a round and text from the quantiles of each count (quantile, round, text)."""
    head = ["date", "text", *(f"{count}_{edge}" for count in found for edge in ("low", "median", "high"))]
    rows = [
        [
            str(date),
            str(text),
            *(value for bands in found.values() for value in bands[:, place, column].tolist()),
        ]
        for place, date in enumerate(data.date.values)
        for column, text in enumerate(data.text.values)
    ]
    return head, rows


def delegation_rows(results: Any) -> tuple[list[str], list[list]]:
    """For each delegation and text, how often each stance and vote came up at the end."""
    data = results.data
    stance, vote = data.stance.values[:, -1], data.vote.values
    shares = [
        *((stance == value).mean(axis=0) for value in STANCES),
        *((vote == value).mean(axis=0) for value in BALLOTS),
    ]
    return answer_table(data, np.stack(shares))


def answer_table(data: xr.Dataset, shares: NDArray[np.float64]) -> tuple[list[str], list[list]]:
    """A row a delegation and text from the share of each answer (answer, country, text)."""
    texts = data.text.values.tolist()
    columns = zip(
        data.country.values.tolist(),
        data.name.values.tolist(),
        shares.transpose(1, 2, 0).tolist(),
        strict=True,
    )
    rows = [
        [iso3, name, text, *(round(share, 4) for share in answers)]
        for iso3, name, by_text in columns
        for text, answers in zip(texts, by_text, strict=True)
    ]
    return ["iso3", "name", "text", *ANSWERS], rows


def coalition_rows(results: Any) -> tuple[list[str], list[list]]:
    """Each delegation's coalition over all replicates, how settled it is there and how far it takes part in
    several (0–1 both), and the coalition that it is drawn to."""
    data = results.data
    company, labels = data.together.values, data.consensus_coalition.values
    letters = {int(labels[group[0]]): letter(place) for place, group in enumerate(consensus_groups(data))}
    own, other = (
        [letters.get(label, letter(-1)) for label in where.tolist()]
        for where in (labels, nearest_other(company, labels))
    )
    shares = (data.settled.values, participation(company, labels))
    columns = data.country.values, data.name.values, own, *(share.round(4) for share in shares), other
    rows = [[str(iso3), str(name), *rest] for iso3, name, *rest in zip(*columns, strict=True)]
    return ["iso3", "name", "coalition", "settled", "participation", "drawn_to"], rows
