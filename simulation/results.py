"""The labelled result set of a run: how it is saved, opened, hashed and replayed."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scenarios import from_document, scenario_hash, to_document
from scenarios.schema import Scenario

if TYPE_CHECKING:
    import xarray as xr

DATA, MANIFEST, MARK = "results.nc", "manifest.json", "unfinished"


class RunError(ValueError):
    """A run folder that cannot be read; the message names the file and the mend."""


@dataclass(frozen=True)
class Results:
    """What a run found: `data`, a labelled data set (see docs/results.md); the scenario it came from; and the
    manifest, enough to reproduce it bit for bit."""

    data: xr.Dataset
    scenario: Scenario
    manifest: dict[str, Any]

    @property
    def replicates(self) -> int:
        """How many replicates there are."""
        return self.data.sizes["replicate"]

    @property
    def hash(self) -> str:
        """SHA-256 of the data, see `result_hash`."""
        return self.manifest["result_hash"]


def result_hash(data: xr.Dataset) -> str:
    """SHA-256 over the variables in order of name: name, dims, dtype, shape, little-endian bytes in C order.

    No times and no paths go in, so equal results have equal hashes on every machine of a kind. Values are
    read piece by piece, so that results on the disk need not fit into memory.
    """
    digest = hashlib.sha256()
    for name in sorted(map(str, data.variables)):
        variable = data.variables[name]
        text = variable.dtype.kind in "OUT"
        kind = "text" if text else variable.dtype.newbyteorder("<").str
        digest.update(repr((name, tuple(map(str, variable.dims)), kind, variable.shape)).encode())
        if text:
            digest.update("\0".join(map(str, variable.values.ravel().tolist())).encode())
        else:
            for piece in pieces(variable):
                digest.update(np.ascontiguousarray(piece).astype(kind, copy=False).tobytes())
    return digest.hexdigest()


def pieces(variable: xr.Variable) -> Iterator[NDArray]:
    """The values of a variable along its first dim, chunk after chunk where it lies on the disk in chunks, so
    that it need not fit into memory."""
    if not variable.ndim:
        yield np.asarray(variable.values)
        return
    step = (variable.encoding.get("chunks") or variable.shape)[0] or 1
    for start in range(0, variable.shape[0], step):
        yield np.asarray(variable[start : start + step].values)


def counted(data: xr.Dataset) -> xr.Dataset:
    """The data set without observers: the delegations whose stances and votes count."""
    return data.isel(country=np.flatnonzero(~observing(data))) if "observer" in data.coords else data


def observing(data: xr.Dataset) -> NDArray[np.bool_]:
    """Who is an observer (country,)."""
    return data.observer.values if "observer" in data.coords else np.zeros(data.sizes["country"], dtype=bool)


def manifest_of(
    scenario: Scenario, seed: int, replicates: int, complete: bool, hashed: str
) -> dict[str, Any]:
    """Everything needed to run again: the whole scenario, the seed, the replicates, and the versions."""
    return {
        "scenario_name": scenario.name,
        "scenario_hash": scenario_hash(scenario),
        "seed": seed,
        "replicates": replicates,
        "complete": complete,
        "result_hash": hashed,
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("plenary", "mesa", "numpy", "scipy", "networkx", "xarray")},
        },
        "scenario": to_document(scenario),
    }


def save(results: Results, folder: Path) -> Path:
    """Write data and manifest into a run folder (made if missing) and return it.

    The manifest is written last and a mark lies in the folder until then, so that a half-written run is
    recognised.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    mark.write_text("This run was not written to its end.\n", encoding="utf-8")
    compressed = {
        str(name): {"zlib": True, "complevel": 1}
        for name, variable in results.data.data_vars.items()
        if variable.dtype.kind in "iuf"
    }
    results.data.to_netcdf(folder / DATA, engine="h5netcdf", encoding=compressed)
    text = json.dumps(results.manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    mark.unlink()
    return folder


def kind_of(folder: Path) -> str:
    """What has been written into a folder: a run, a sweep, an ensemble; a run if nobody can tell."""
    try:
        return str(json.loads((Path(folder) / MANIFEST).read_text(encoding="utf-8"))["kind"])
    except (OSError, ValueError, KeyError, TypeError):
        return "run"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder. Raises RunError if the folder is no finished run."""
    folder = Path(folder)
    path = folder / MANIFEST
    if (kind := kind_of(folder)) != "run":
        raise RunError(f"{folder}: the folder of a run is asked for, and here lies another kind: {kind}")
    if (folder / MARK).exists():
        raise RunError(f"{folder}: the run was not written to its end; run the scenario again")
    if not path.is_file():
        raise RunError(f"{path}: missing; give the folder that `plenary run` has written")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        missing = {"scenario", "seed", "replicates", "result_hash"} - manifest.keys()
    except (ValueError, AttributeError) as problem:
        raise RunError(f"{path}: not a manifest ({problem}); run the scenario again") from None
    if missing:
        raise RunError(f"{path}: lacks {', '.join(sorted(missing))}; run the scenario again")
    return manifest


def open_run(folder: Path) -> Results:
    """Open a run folder. Raises RunError if it is missing, half written or damaged."""
    import xarray as xr

    folder = Path(folder)
    manifest = read_manifest(folder)
    path = folder / DATA
    if not path.is_file():
        raise RunError(f"{path}: missing; run the scenario again")
    try:
        with xr.open_dataset(path, engine="h5netcdf") as stored:
            data = stored.load()
    except (OSError, ValueError, KeyError) as problem:
        raise RunError(f"{path}: cannot be read ({problem}); run the scenario again") from None
    return Results(data, from_document(manifest["scenario"]), manifest)
