"""Independent pieces of work by their numbers, and in the order of these wherever they are done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from simulation.proceedings import Progress
from simulation.where import ALONE, Where, each

Found = TypeVar("Found")


def in_order(
    job: Callable[[int], Found], count: int, where: Where = ALONE, progress: Progress | None = None
) -> list[Found]:
    """What a job finds for the numbers from 0 to `count`, in their order; the same wherever it is done.

    On several processes or a cluster, the job is a function of a module, or a `partial` of one.
    """
    found: dict[int, Found] = {}
    for number, one in each(_called, job, range(count), where):
        found[number] = one
        if progress:
            progress(len(found), count)
    return [found[number] for number in range(count)]


def _called(job: Callable[[int], Found], number: int) -> Found:
    return job(number)
