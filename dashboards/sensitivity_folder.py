"""The files of a sensitivity analysis: indices, cells, picture and manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dashboards.run_folder import as_csv
from dashboards.terminal import plain
from scenarios import scenario_hash, to_document
from simulation.compare import MEASURES
from simulation.sensitivity import Index, Sensitivity
from simulation.versions import versions

INDICES, CELLS, PICTURE, MANIFEST = "indices.csv", "cells.csv", "sensitivity.html", "manifest.json"


def write_sensitivity(found: Sensitivity, folder: Path, text: str, measure: str) -> dict[str, str]:
    """Write the files into `folder`; returns where each is. Indices are of all texts and measures, with PAWN,
    which is slow, of the one that is asked for."""
    from dashboards import figures

    folder.mkdir(parents=True, exist_ok=True)
    written = {
        INDICES: as_csv([*Index._fields, "text", "measure"], list(_indices(found, text, measure))),
        CELLS: as_csv(_head(found), list(_cells(found))),
        MANIFEST: json.dumps(manifest(found), indent=1, ensure_ascii=False, default=str) + "\n",
    }
    for name, content in written.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
    picture = figures.page(figures.FIGURES["sensitivity"](None, text, found, measure)).write(folder / PICTURE)
    return {
        "folder": str(folder),
        "indices": str(folder / INDICES),
        "cells": str(folder / CELLS),
        "picture": str(picture),
        "manifest": str(folder / MANIFEST),
    }


def manifest(found: Sensitivity) -> dict[str, Any]:
    """All that the numbers depend on."""
    return {
        "kind": "sensitivity",
        "scenario_name": found.scenario.name,
        "scenario_hash": scenario_hash(found.scenario),
        "method": found.method,
        "size": found.size,
        "replicates": found.replicates,
        "seed": found.seed,
        "text": found.text,
        "assumptions": [one._asdict() for one in found.varied],
        "failures": found.failures,
        "versions": {**versions(), "SALib": version("SALib")},
        "scenario": to_document(found.scenario),
    }


def _indices(found: Sensitivity, text: str, measure: str) -> Iterator[list[Any]]:
    asked = [(text, measure)]
    if found.method != "pawn":
        asked = [(one, other) for one in found.scenario.texts for other in MEASURES]
    for one, other in asked:
        for index in found.indices(one, other):
            if index.value == index.value:
                yield [*map(plain, index), one, other]


def _head(found: Sensitivity) -> list[str]:
    outcomes = [f"{measure} {text}" for text in found.scenario.texts for measure in MEASURES]
    return ["cell", *(one.name for one in found.varied), *outcomes, "failed"]


def _cells(found: Sensitivity) -> Iterator[list[Any]]:
    """A row a cell: its settings (luck by its number), what came of it, and why it failed."""
    for cell, (shares, values) in enumerate(zip(found.points.tolist(), found.values, strict=True)):
        settings = [one.at(share) for one, share in zip(found.varied, shares, strict=True)]
        outcomes = [plain(value) for value in values.T.ravel().tolist()]
        yield [cell, *settings, *outcomes, found.failures.get(cell, "")]
