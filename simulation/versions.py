"""Which releases decide about the bits of a result, and do two processes have the same ones?"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from simulation.results import RunError

LIBRARIES = ("plenary", "mesa", "numpy", "scipy", "networkx")
CLUSTER = "dask distributed zarr"  # what is installed together for many cells or replicates
Versions = Mapping[str, str]


@cache
def versions() -> dict[str, str]:
    """Python, Plenary with a hash of its source, and the libraries that the engine computes with."""
    python = ".".join(map(str, sys.version_info[:2]))
    return {"python": python, **{name: version(name) for name in LIBRARIES}, "source": _source()}


def _source() -> str:
    """A short hash of the code of agents, scenarios and simulation, as it lies here."""
    root, digest = Path(__file__).parent.parent, hashlib.sha256()
    for package in ("agents", "scenarios", "simulation"):
        for file in sorted((root / package).rglob("*.py")):
            digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def differing(theirs: Versions, ours: Versions) -> str:
    """Where two sets of versions differ, in words; empty if they do not.

    >>> differing({"numpy": "2.1.0"}, {"numpy": "2.2.0"})
    'numpy 2.1.0 instead of 2.2.0'
    """
    names = [name for name in ours if theirs.get(name) != ours[name]]
    return ", ".join(f"{name} {theirs.get(name, 'missing')} instead of {ours[name]}" for name in names)


def need(libraries: Iterable[str], purpose: str, installed: str = CLUSTER) -> None:
    """Raise RunError if some libraries are missing for a purpose, with the line that has them `installed`."""
    if missing := [name for name in libraries if find_spec(name) is None]:
        raise RunError(f"{purpose} needs {' and '.join(missing)}; install with: pip install {installed}")
