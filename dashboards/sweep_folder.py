"""The files of a sweep that people open: the table, the picture, the Zarr store."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dashboards.run_folder import harmless
from simulation.factors import levels_of
from simulation.ledger import whole
from simulation.results import MANIFEST
from simulation.store import FORMAT
from simulation.sweep import Sweep, rows

TABLE, FAILED, PICTURE, STORE = "cells.csv", "failed.csv", "sweep.html", "cells.zarr"


def write_sweep(found: Sweep, folder: Path, text: str, measure: str) -> dict[str, str]:
    """Write the files beside the ledger; returns where each is. Without Zarr there is no store."""
    from dashboards import figures

    files = {
        "folder": folder,
        "table": _written(folder / TABLE, rows(found)),
        "manifest": folder / MANIFEST,
    }
    if found.failures:
        head = [*(factor.name for factor in found.factors), "reason"]
        failed = [[*levels_of(found.factors, cell), reason] for cell, reason in found.failures.items()]
        files["failed"] = _written(folder / FAILED, [head, *failed])
    files["picture"] = figures.page(figures.sweep(None, text, found.data, measure)).write(folder / PICTURE)
    if find_spec("zarr"):
        data = found.data.assign_attrs(factors=", ".join(found.data.attrs["factors"]))
        data.to_zarr(folder / STORE, mode="w", zarr_format=FORMAT, consolidated=True)
        files["store"] = folder / STORE
    return {name: str(path) for name, path in files.items()}


def _written(path: Path, lines: Iterable[list[Any]]) -> Path:
    """A CSV file, written row by row and there only as a whole."""
    with whole(path) as file:
        csv.writer(file).writerows([harmless(cell) for cell in line] for line in lines)
    return path
