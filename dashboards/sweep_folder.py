"""The files of a sweep that people open: the table, the picture, the Zarr store."""

from __future__ import annotations

import csv
import os
from importlib.util import find_spec
from pathlib import Path

from dashboards.run_folder import harmless
from simulation.factors import places
from simulation.sweep import Sweep, rows

TABLE, FAILED, PICTURE, STORE = "cells.csv", "failed.csv", "sweep.html", "cells.zarr"


def write_sweep(found: Sweep, folder: Path, text: str, measure: str) -> dict[str, str]:
    """Write the files beside the ledger; returns where each is. Without Zarr there is no store."""
    from dashboards import figures

    files = {
        "folder": folder,
        "table": _written(folder / TABLE, rows(found)),
        "manifest": folder / "manifest.json",
    }
    if found.failures:
        head = [*(factor.name for factor in found.factors), "reason"]
        failed = [[*levels_of(found, cell), reason] for cell, reason in found.failures.items()]
        files["failed"] = _written(folder / FAILED, iter([head, *failed]))
    files["picture"] = figures.page(figures.sweep(None, text, found.data, measure)).write(folder / PICTURE)
    if find_spec("zarr"):
        data = found.data.assign_attrs(factors=", ".join(found.data.attrs["factors"]))
        data.to_zarr(folder / STORE, mode="w", zarr_format=2, consolidated=True)
        files["store"] = folder / STORE
    return {name: str(path) for name, path in files.items()}


def levels_of(found: Sweep, cell: int) -> list[float | str]:
    """The levels of a cell, in the order of the factors."""
    return [
        factor.levels[place] for factor, place in zip(found.factors, places(found.factors, cell), strict=True)
    ]


def _written(path: Path, lines) -> Path:
    """A CSV file, written row by row and there only as a whole."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([harmless(cell) for cell in line] for line in lines)
    os.replace(beside, path)
    return path
