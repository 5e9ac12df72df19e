"""How time and memory grow with countries, issues, texts, rounds, replicates and ties."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import linregress

from benchmarks.figures import MIB, SEED
from benchmarks.rooms import bench_room
from benchmarks.timing import FULL, Size, fastest
from simulation.contraction import FEW, WIDTH, contract
from simulation.opening import open_room
from simulation.proceedings import negotiate
from simulation.room import Room
from simulation.threads import one_thread

SHARES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)  # of all pairs that listen


@dataclass(frozen=True)
class Grown:
    """What one size of one axis takes, the others being at rest: seconds, and most MiB held."""

    size: int
    seconds: float
    mib: float


@dataclass(frozen=True)
class Growth:
    """How one axis scales: cost ∝ sizeᵉ. `time` and `memory` are the exponents e fitted to the logarithms by
    least squares, `time_error` and `memory_error` their standard errors; `time_above` and `memory_above` are
    those between the two largest sizes, where what is fixed weighs least."""

    axis: str
    sizes: list[Grown]
    time: float
    time_error: float
    time_above: float
    memory: float
    memory_error: float
    memory_above: float
    passed: None = None


@dataclass(frozen=True)
class Listening:
    """Listening to a share of all pairs, in microseconds for 64 replicates: the whole matrix, and the ties
    alone; `taken` names the one that the engine takes in a room of 64 or more."""

    share: float
    whole: float
    ties: float
    taken: str
    passed: None = None


def scaling(size: Size) -> Iterator[tuple[str, Callable[[], Growth]]]:
    """The axes in order: a title and the work that measures it."""
    full = size == FULL
    axes: dict[str, tuple[int, ...]] = {
        "countries": (24, 48, 96, 193) if full else (8, 12, 16),
        "issues": (4, 8, 16, 32) if full else (3, 4, 6),
        "texts": (1, 2, 4, 8) if full else (1, 2, 3),
        "rounds": (12, 24, 48, 96) if full else (2, 3, 4),
        "replicates": (64, 128, 256, 512) if full else (8, 12, 16),
    }
    for axis, sizes in axes.items():
        yield axis, lambda axis=axis, sizes=sizes: _growth(axis, sizes, size)  # type: ignore[misc]


def listening(size: Size) -> list[Listening]:
    """Listening through the whole matrix against through the ties alone, by how many there are."""
    from scipy.sparse import csr_array

    generator = np.random.default_rng(SEED)
    planes = generator.random((size.countries, 11, WIDTH), dtype=np.float32)
    weights = generator.random((size.countries, size.countries), dtype=np.float32)
    drawn = generator.random(weights.shape)
    rows = []
    with one_thread():
        for share in SHARES:
            matrix = np.where(drawn < share, weights, np.float32(0))
            sparse = csr_array(matrix)
            whole = fastest(lambda matrix=matrix: contract(matrix, planes), 4 * size.repeats)  # type: ignore[misc]
            ties = fastest(lambda sparse=sparse: contract(sparse, planes), 4 * size.repeats)  # type: ignore[misc]
            rows.append(Listening(share, whole * 1e6, ties * 1e6, "ties" if share < FEW else "whole"))
    return rows


def _growth(axis: str, sizes: tuple[int, ...], size: Size) -> Growth:
    found = [_grown(axis, one, size) for one in sizes]
    logs = np.log([[one.size, one.seconds, one.mib] for one in found]).T
    time, memory = (linregress(logs[0], logs[column]) for column in (1, 2))
    above = np.diff(logs[1:, -2:])[:, 0] / np.diff(logs[0, -2:])
    return Growth(axis, found, time.slope, time.stderr, above[0], memory.slope, memory.stderr, above[1])


def _grown(axis: str, many: int, size: Size) -> Grown:
    """Time and memory of a negotiation at one size of one axis; memory in a run of its own, since to trace it
    costs time."""
    at_rest = {"countries": size.countries // 2, "rounds": size.rounds // 2, "replicates": size.batch}
    asked = {**at_rest, axis: many}
    replicates = asked.pop("replicates")
    room = open_room(bench_room(**asked))
    took = fastest(lambda: _run(room, replicates), min(size.repeats, 3))
    tracemalloc.start()
    _run(room, replicates)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Grown(many, took, peak / MIB)


def _run(room: Room, replicates: int) -> None:
    negotiate(room, range(replicates), SEED)
