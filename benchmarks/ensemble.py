"""Many replicates with their spread and coalitions, in a process of its own: how long, and how much memory?

Called by `benchmarks/figures.py` with countries, rounds, replicates and workers; prints one JSON document.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.rooms import bench_room
from simulation.analyses import coalitions, spread
from simulation.opening import open_room
from simulation.proceedings import Proceedings, negotiate
from simulation.room import Room
from simulation.threads import one_thread

BLOCK = 64


def analyse(room: Room, proceedings: Proceedings) -> None:
    """Support bands, times and order of endorsement of every text; coalitions of every replicate."""
    endorses = proceedings.stance == 1
    days = np.cumsum([0, *(one.days for one in room.rounds)])
    spread.support_bands(endorses.sum(axis=2))
    first = np.where(endorses.any(axis=1), endorses.argmax(axis=1), -1)
    for text in range(len(room.texts)):
        spread.time_to_endorse(first[..., text], days)
        spread.first_supporters(first[..., text], days)
    weight = room.salience.mean(axis=0)
    last = proceedings.stance[:, -1]
    labels = np.concatenate(
        [
            coalitions.modularity_coalitions(
                coalitions.similarity(last[start : start + BLOCK], room.positions, weight)
            )[0]
            for start in range(0, len(last), BLOCK)
        ]
    )
    together = coalitions.together(labels)
    coalitions.settled(together)
    coalitions.consensus(together)


def peak_mib() -> float:
    """The most memory this process has held, in MiB.

    Linux tells it in /proc; elsewhere the resource usage does, which on Linux would count what the parent
    held at the moment of the fork.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return float(line.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 1024


def main() -> None:
    """Run, analyse, and print seconds and MiB."""
    countries, rounds, replicates, workers = map(int, sys.argv[1:])
    scenario = bench_room(countries, rounds)
    began = time.perf_counter()
    room = open_room(scenario)
    with one_thread():
        ran = negotiate(room, range(replicates), seed=1, workers=workers)
        negotiated = time.perf_counter() - began
        analyse(room, ran)
    print(json.dumps({"seconds": time.perf_counter() - began, "negotiating": negotiated, "mib": peak_mib()}))


if __name__ == "__main__":
    main()
