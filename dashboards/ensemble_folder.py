"""The files of an ensemble that people open: tables and the picture of support."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.run_folder import answer_table, as_csv, support_table
from dashboards.summary import BAND
from simulation.ledger import write_whole
from simulation.results import MANIFEST
from simulation.store import DATA
from simulation.tallies import COUNTS, SUMMARY, quantiles

if TYPE_CHECKING:
    import xarray as xr


def write_ensemble(results: Any, counts: xr.Dataset, folder: Path) -> dict[str, str]:
    """Write tables and picture from the counts over all replicates; returns where each file is."""
    from dashboards import figures

    home = folder / "tables"
    home.mkdir(exist_ok=True)
    made = (("support", support_rows(counts)), ("delegations", delegation_rows(counts, results.replicates)))
    for name, (head, rows) in made:
        write_whole(home / f"{name}.csv", as_csv(head, rows))
    picture = figures.page(figures.support(results)).write(folder / "support.html")
    return {
        "folder": str(folder),
        "manifest": str(folder / MANIFEST),
        "data": str(folder / DATA),
        "summary": str(folder / SUMMARY),
        "tables": str(home),
        "picture": str(picture),
    }


def support_rows(counts: xr.Dataset) -> tuple[list[str], list[list]]:
    """Counts of stances a round and text: median and the middle 80 % of the replicates, as in a run."""
    return support_table(counts, {name: quantiles(counts[f"{name}_times"].values, BAND) for name in COUNTS})


def delegation_rows(counts: xr.Dataset, replicates: int) -> tuple[list[str], list[list]]:
    """For each delegation and text, how often each stance and vote came up at the end, as in a run."""
    times = np.concatenate([counts.final_stance_times.values, counts.vote_times.values])
    return answer_table(counts, (times / replicates).round(4))
