"""How long does it take? Clocks around phases and calls, and the size of what is timed."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info


@dataclass(frozen=True)
class Size:
    """How much is timed: countries and rounds of the room, replicates side by side and in all, rounds at the
    start that are timed by themselves, how often a timing is repeated, replicates of `plenary run`."""

    countries: int = 193
    rounds: int = 24
    batch: int = 64
    replicates: int = 1000
    first_rounds: int = 2
    repeats: int = 5
    run_replicates: int = 100


FULL = Size()
SMALL = Size(countries=16, rounds=3, batch=8, replicates=16, first_rounds=1, repeats=1, run_replicates=2)


def machine() -> str:
    """What the figures hang on: versions, and for which processor linear algebra takes its kernels."""
    found = [one for one in threadpool_info() if one["user_api"] == "blas"]
    blas = min(found, key=lambda one: "numpy" not in one["filepath"])  # SciPy brings another one
    kernels = f"kernels for {blas.get('architecture', 'an unnamed processor')}"
    if os.environ.get("OPENBLAS_CORETYPE"):
        kernels += ", held to them by OPENBLAS_CORETYPE"
    library = f"{blas['internal_api']} {blas['version']}"
    return f"Python {platform.python_version()}, NumPy {np.__version__}, {library}: {kernels}"


def seconds(work: Callable[[], Any]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fastest(work: Callable[[], Any], repeats: int) -> float:
    """The shortest of several calls in seconds: what the work needs when nothing else disturbs it."""
    return min(seconds(work) for _ in range(repeats))


def phase_seconds(model: Any, rounds: int) -> dict[str, float]:
    """Step a model some rounds; seconds by phase, the rest of a step under `record`."""
    spent = dict.fromkeys([phase.__name__ for phase in model.phases], 0.0)

    def clocked(phase: Callable[[Any], None]) -> Callable[[Any], None]:
        def run(model: Any) -> None:
            spent[phase.__name__] += seconds(lambda: phase(model))

        return run

    model.phases = tuple(map(clocked, model.phases))
    whole = seconds(lambda: [model.step() for _ in range(rounds)])
    return {**spent, "record": whole - sum(spent.values())}


def repeated(start: Callable[[], Any], rounds: int, repeats: int) -> list[dict[str, float]]:
    """Seconds by phase of several fresh models."""
    return [phase_seconds(start(), rounds) for _ in range(repeats)]


def least(timings: Sequence[dict[str, float]], phases: Iterable[str] | None = None) -> float:
    """The shortest time that some phases together have taken (all of them by default)."""
    return min(sum(by[phase] for phase in phases or by) for by in timings)
