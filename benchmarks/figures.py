"""The figures of `plenary bench`: what is timed, against what, and how fast it has to be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from benchmarks.plain_mesa import PlainModel, twin
from benchmarks.rooms import bench_room, full_room, quiet_room
from benchmarks.timing import FULL, Size, fastest, least, repeated, seconds
from scenarios import load
from scenarios.schema import Scenario
from simulation import run as run_scenario
from simulation.contraction import WIDTH
from simulation.draws import Draws, prepare
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.room import Room
from simulation.threads import one_thread

ROOT = Path(__file__).resolve().parent.parent
SEED = 1
WORKERS = 2
MIB = 2**20
Timings = list[dict[str, float]]


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, against what, in which unit, and the bar it has to clear.

    `passed` is None for a line that is there to be read and has no bar.
    """

    key: str
    title: str
    ours: float
    unit: str
    against: float | None = None
    ratio: float | None = None
    bar: str | None = None
    passed: bool | None = None


def figures(size: Size) -> Iterator[tuple[str, Callable[[], list[Figure]]]]:
    """What there is to measure, in order: a title and the work that gives its lines."""
    measures = {
        "the plain version": _against_plain,
        "the matrix product": _against_product,
        "a single run": _single_run,
        "recording": _recording,
        "noise, and rounds alone": _rounds_alone,
        "spread and coalitions": _ensemble,
        "a class behind a slider": _class_again,
        "plenary run launch-2020": _whole_run,
    }
    for title, measure in measures.items():
        yield title, lambda measure=measure: _on_one_thread(measure, size)  # type: ignore[misc]


def phases(size: Size) -> list[dict[str, Any]]:
    """Microseconds of every phase in one round of one replicate, its share, the plain version's, and ours
    with every mechanism on; no plain one for phases without work in the bench room, which it lacks."""
    with one_thread():
        room = open_room(bench_room(size.countries, size.rounds))
        full = open_room(full_room(size.countries, size.rounds))
        repeats = min(size.repeats, 3)
        ours = repeated(lambda: _fresh(room, size), size.rounds, repeats)
        everything = repeated(lambda: _fresh(full, size), size.rounds, repeats)
        plain = repeated(lambda: _plain(room), size.rounds, repeats)
    spent = {phase: least(ours, [phase]) for phase in ours[0]}
    whole = sum(spent.values())
    rows = []
    for phase, seconds_of in spent.items():
        each = seconds_of / size.rounds / size.batch * 1e6
        beside = least(plain, [phase]) / size.rounds * 1e6 if phase in plain[0] else None
        rows.append(
            {
                "phase": phase,
                "plain": beside,
                "ours": each,
                "unit": "µs",
                "ratio": beside and beside / each,
                "share": seconds_of / whole,
                "everything": least(everything, [phase]) / size.rounds / size.batch * 1e6,
            }
        )
    return rows


def _on_one_thread(measure: Callable[[Size], list[Figure]], size: Size) -> list[Figure]:
    with one_thread():
        return measure(size)


def _fresh(room: Room, size: Size) -> NegotiationModel:
    return NegotiationModel(room, range(size.batch), SEED)


def _plain(room: Room) -> PlainModel:
    return twin(NegotiationModel(room, [0], SEED))


def _bar(size: Size, limit: float, unit: str, value: float, least: bool = False) -> dict[str, Any]:
    """The bar in words and whether it is cleared; a bar holds for the full size alone."""
    passed = value >= limit if least else value <= limit
    return {"bar": f"{'≥' if least else '≤'} {limit:,g} {unit}", "passed": passed if size == FULL else None}


def _against_plain(size: Size) -> list[Figure]:
    """One round of one replicate, the engine in batches, the plain version one by one: the mean of the whole
    calendar on both sides, and once of its first rounds, in which texts are redrafted most."""
    rooms: dict[str, Any] = {"drawn-salience": {"salience_sd": 8}, "offers": {"budget": 2}}
    whole, start = _beside(size, size.rounds), _beside(size, size.first_rounds)
    varied = {key: _beside(size, size.rounds, **more) for key, more in rooms.items()}

    def line(key: str, title: str, both: Beside, *some: str, bar: float = 0) -> Figure:
        against, here = (least(timings, some) / both.rounds * 1e6 for timings in (both.plain, both.ours))
        here /= size.batch
        judged = _bar(size, bar, "×", against / here, least=True) if bar else {}
        return Figure(key, title, here, "µs", against, against / here, **judged)

    return [
        line("all-phases", "a round, all phases", whole, bar=500),
        line("first-rounds", f"the same, first {size.first_rounds} rounds alone", start),
        line("drawn-salience", "the same, salience drawn too", varied["drawn-salience"]),
        line("offers", "the same, sponsors with funds", varied["offers"]),
        line("consult-endorse", "consultations and endorsement", whole, "consult", "endorse", bar=1500),
    ]


class Beside(NamedTuple):
    """Timings by phase of so many rounds, in plain Mesa and in batches."""

    rounds: int
    plain: Timings
    ours: Timings


def _beside(size: Size, rounds: int, **more: Any) -> Beside:
    """The first so many rounds of a bench room; ours, being short, more often."""
    room = open_room(bench_room(size.countries, size.rounds, **more))
    repeats = min(size.repeats, 3)
    return Beside(
        rounds,
        repeated(lambda: _plain(room), rounds, repeats),
        repeated(lambda: _fresh(room, size), rounds, 6 * repeats),
    )


def _against_product(size: Size) -> list[Figure]:
    """Consultations and endorsement of a quiet room against the one product that they cannot do without."""
    room = open_room(quiet_room(size.countries, size.rounds))
    columns = (len(room.issues) + len(room.texts)) * WIDTH
    board = np.random.default_rng(SEED).random((size.countries, columns), dtype=np.float32)
    rounds = max(size.first_rounds, size.rounds // 2)
    ours = repeated(lambda: NegotiationModel(room, range(WIDTH), SEED), rounds, 2 * size.repeats)
    product = fastest(lambda: room.listening @ board, 40 * size.repeats)
    here = least(ours, ("consult", "endorse")) / rounds
    return [
        Figure(
            "matrix-product",
            "the same, quiet room, 64 at once",
            here * 1e6,
            "µs",
            product * 1e6,
            here / product,
            **_bar(size, 2, "×", here / product),
        )
    ]


def _single_run(size: Size) -> list[Figure]:
    """One replicate from the opening to the vote with everything kept, the room being open."""
    room = open_room(bench_room(size.countries, size.rounds))
    took = fastest(lambda: NegotiationModel(room, [0], SEED, in_full=True).run_model(), size.repeats)
    title = f"one run of {size.rounds} rounds, all kept"
    return [Figure("single-run", title, took, "s", **_bar(size, 0.1, "s", took))]


def _recording(size: Size) -> list[Figure]:
    """What keeping everything costs against keeping stances and wordings, for one batch."""
    room = open_room(_without_drafting(bench_room(size.countries, size.rounds)))
    time_of, room_for = {}, {}
    for in_full in (False, True):
        models = [NegotiationModel(room, range(size.batch), SEED, in_full=in_full) for _ in range(3)]
        time_of[in_full] = min(seconds(model.run_model) for model in models)
        room_for[in_full] = _bytes(models[0]) / MIB
    return [
        Figure(
            f"recording-{what}",
            f"all kept, not summaries: {what}",
            found[True],
            unit,
            found[False],
            found[True] / found[False],
        )
        for what, found, unit in (("time", time_of, "s"), ("memory", room_for, "MiB"))
    ]


def _bytes(model: NegotiationModel) -> int:
    """What a model's record takes."""
    kept = [value for value in vars(model.record).values() if isinstance(value, np.ndarray | list)]
    arrays = [one for value in kept for one in (value if isinstance(value, list) else [value])]
    return sum(one.nbytes for one in arrays if isinstance(one, np.ndarray))


def _rounds_alone(size: Size) -> list[Figure]:
    """Many replicates without drafting and analyses, their luck being drawn; and the drawing of it.

    Luck is drawn on two threads. The rounds run on one: they are many short calls, and two threads would wait
    for each other.
    """
    room = open_room(_without_drafting(bench_room(size.countries, size.rounds)))
    batches = [
        range(start, min(start + size.batch, size.replicates))
        for start in range(0, size.replicates, size.batch)
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        draws: list[Draws] = []
        noise = seconds(lambda: draws.extend(pool.map(lambda one: prepare(room, SEED, one), batches)))

    def rounds() -> float:
        models = [NegotiationModel(room, one, SEED, luck) for one, luck in zip(batches, draws, strict=True)]

        def run() -> None:
            for model in models:
                model.run_model()

        return seconds(run)

    took = min(rounds() for _ in range(min(size.repeats, 2)))
    many = f"{size.replicates:,} × {size.rounds}"
    return [
        Figure("noise", f"{many}: drawing luck", noise, "s"),
        Figure("rounds-alone", f"{many}: rounds, no drafting", took, "s", **_bar(size, 1, "s", took)),
    ]


def _ensemble(size: Size) -> list[Figure]:
    """All phases with spread and coalitions, in a process of its own for the sake of its memory."""
    words = [sys.executable, "-m", "benchmarks.ensemble"]
    words += map(str, (size.countries, size.rounds, size.replicates, WORKERS))
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    title = f"{size.replicates:,} × {size.rounds}: all, with analyses"
    return [
        Figure("ensemble", title, found["seconds"], "s", **_bar(size, 15, "s", found["seconds"])),
        Figure(
            "ensemble-memory",
            "the same: most memory held",
            found["mib"],
            "MiB",
            **_bar(size, 1024, "MiB", found["mib"]),
        ),
    ]


def _class_again(size: Size) -> list[Figure]:
    """A class-sized scenario run again with its analyses: what a live slider waits for."""
    scenario = load("launch-2020-class")
    replicates = 200 if size == FULL else size.batch
    took = fastest(lambda: run_scenario(scenario, replicates, SEED), max(size.repeats, 2))
    title = f"launch-2020-class again, {replicates} replicates"
    return [Figure("class-again", title, took, "s", **_bar(size, 0.3, "s", took))]


def _whole_run(size: Size) -> list[Figure]:
    """`plenary run launch-2020` as a process, modules compiled beforehand as in every run but the first."""
    with TemporaryDirectory() as scratch:
        world = dict(os.environ)
        if size == FULL:
            world.pop("PYTHONDONTWRITEBYTECODE", None)
            world["PYTHONPYCACHEPREFIX"] = str(Path(scratch) / "compiled")

        def plenary(*words: str) -> str:
            start = [sys.executable, "-c", "from dashboards.cli import main; main()", *words]
            return subprocess.run(
                start, cwd=ROOT, env=world, capture_output=True, text=True, check=True
            ).stdout

        def run(replicates: int, name: str) -> str:
            words = ("run", "launch-2020", "--replicates", str(replicates), "--json")
            return plenary(*words, "--out", str(Path(scratch) / name))

        if size == FULL:
            run(1, "first")
        printed: list[str] = []
        whole = seconds(lambda: printed.append(run(size.run_replicates, "timed")))
    work = json.loads(printed[0])["seconds"]
    title = f"plenary run launch-2020, {size.run_replicates} replicates"
    return [
        Figure("run", title, whole, "s", **_bar(size, 8, "s", whole)),
        Figure("run-imports", "the same: loading libraries", whole - work, "s"),
    ]


def _without_drafting(scenario: Scenario) -> Scenario:
    dynamics = scenario.dynamics.model_copy(update={"drafting": "off"})
    return scenario.model_copy(update={"dynamics": dynamics})
