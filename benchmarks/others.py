"""The same work in other programs: thresholds in NDlib, and Mesa's own `batch_run`.

Both sides are given the same room, the same openings and the same luck, and what they end with is compared
before any time is told.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

import numpy as np
from networkx import from_numpy_array, to_numpy_array, watts_strogatz_graph
from numpy.typing import NDArray

from benchmarks.figures import SEED, Figure
from benchmarks.plain_mesa import PlainModel, start_of
from benchmarks.rooms import bench_room, threshold_room
from benchmarks.timing import FULL, Size, fastest, seconds
from simulation.contraction import WIDTH
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.proceedings import negotiate
from simulation.threads import one_thread

NEIGHBOURS = 24  # of each state, in a small world (Watts & Strogatz 1998)


class Unequal(AssertionError):
    """Two programs that should do the same have not; no time of theirs may be compared."""


def others(size: Size) -> Iterator[tuple[str, Callable[[], list[Figure]]]]:
    """What there is to compare, in order: a title and the work that gives its lines."""
    yield "thresholds in NDlib", lambda: _thresholds(size)
    yield "batch_run of Mesa", lambda: _one_by_one(size)


@one_thread()
def _thresholds(size: Size) -> list[Figure]:
    """Many openings in a room of drawn thresholds, and in one where half of the neighbours have to join."""
    generator = np.random.default_rng(SEED)
    graph = watts_strogatz_graph(size.countries, min(NEIGHBOURS, size.countries // 2), 0.1, seed=SEED)
    neighbours = to_numpy_array(graph, dtype=bool)
    runs = size.batch
    order = np.argsort(generator.random((runs, size.countries)), axis=1)
    drawn, half = generator.uniform(0.1, 0.9, size.countries), np.full(size.countries, 0.5)
    lines = []
    for key, words, thresholds, share in (
        ("thresholds", "drawn thresholds", drawn, 0.1),
        ("majority", "a majority of neighbours", half, 0.3),
    ):
        opening = order < share * size.countries
        ours, here = _ours(neighbours, thresholds, opening, size)
        theirs, there = _in_ndlib(neighbours, thresholds, opening, size.rounds)
        _same(ours, theirs, words)
        title = f"{runs} openings, {words} (NDlib {version('ndlib')})"
        lines.append(Figure(f"ndlib-{key}", title, here * 1e3, "ms", there * 1e3, there / here))
    return lines


def _ours(
    neighbours: NDArray[np.bool_], thresholds: NDArray[np.floating], opening: NDArray[np.bool_], size: Size
) -> tuple[NDArray[np.bool_], float]:
    """Who endorses in the end (run, country), and how long the rounds took, all phases of them."""
    room = open_room(threshold_room(neighbours, thresholds, size.rounds))
    ended: list[NegotiationModel] = []

    def run() -> None:
        model = NegotiationModel(room, range(len(opening)), SEED)
        model.chamber.stance[:, 0] = opening.T
        model.run_model()
        ended[:] = [model]

    took = fastest(run, size.repeats)
    return ended[0].chamber.stance[:, 0].T == 1, took


def _in_ndlib(
    neighbours: NDArray[np.bool_], thresholds: NDArray[np.floating], opening: NDArray[np.bool_], rounds: int
) -> tuple[NDArray[np.bool_], float]:
    """The same in NDlib's threshold model, its graph built and configured once for all runs."""
    from ndlib.models.epidemics import ThresholdModel
    from ndlib.models.ModelConfig import Configuration

    model = ThresholdModel(from_numpy_array(neighbours), seed=SEED)
    settings = Configuration()
    for node, threshold in enumerate(thresholds.tolist()):
        settings.add_node_configuration("threshold", node, threshold)
    settings.add_model_initial_configuration("Infected", [])
    model.set_initial_status(settings)
    ended = np.zeros_like(opening)

    def run() -> None:
        for number, row in enumerate(opening):
            model.reset(np.flatnonzero(row).tolist())
            model.iteration_bunch(rounds + 1, node_status=False)  # its first iteration is the opening
            ended[number] = [model.status[node] == 1 for node in range(len(row))]

    return ended, seconds(run)


@one_thread()
def _one_by_one(size: Size) -> list[Figure]:
    """One replicate after the other by `batch_run`, in plain Mesa and with our model, against all at once."""
    import mesa
    from mesa.batchrunner import batch_run

    full = size == FULL
    room = open_room(bench_room(60 if full else size.countries, 6 if full else size.rounds), np.float64)
    few, many = range(2), range(WIDTH if full else size.batch)
    ended: list[dict[str, Any]] = []

    def by_batch_run(model: type[mesa.Model], some: range) -> float:
        def run() -> None:
            with contextlib.redirect_stderr(io.StringIO()):
                ended[:] = batch_run(model, {"room": room, "replicate": some}, display_progress=False)

        return seconds(run) / len(some)

    ours = fastest(lambda: negotiate(room, many, SEED), size.repeats) / len(many)
    found = (negotiate(room, many, SEED).stance[:, -1] == 1).sum(axis=1)
    lines = []
    for key, words, model, some in (
        ("mesa-plain", "plain Mesa", _Plain, few),
        ("mesa-single", "our model", _Single, many),
    ):
        against = by_batch_run(model, some)
        said = np.array([[one[text] for text in room.texts] for one in ended])
        _same(found[: len(some)], said, words)
        title = f"one by one in batch_run, {words} (Mesa {version('mesa')})"
        lines.append(Figure(key, title, ours * 1e3, "ms", against * 1e3, against / ours))
    return lines


def _same(ours: NDArray[Any], theirs: NDArray[Any], what: str) -> None:
    if not np.array_equal(ours, theirs):
        raise Unequal(f"{what}: both sides should end the same, and do not")


class _Plain(PlainModel):
    """The plain version of a replicate as `batch_run` wants it: made from parameters, collecting data."""

    def __init__(self, room: Any, replicate: int) -> None:
        import mesa

        super().__init__(*start_of(NegotiationModel(room, [replicate], SEED)))
        self.datacollector = mesa.DataCollector(
            model_reporters={
                text.key: lambda model, key=text.key: sum(one.stance[key] == 1 for one in model.delegations)
                for text in self.texts
            }
        )

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


class _Single(NegotiationModel):
    """Our model, one replicate at a time."""

    def __init__(self, room: Any, replicate: int) -> None:
        super().__init__(room, [replicate], SEED)
