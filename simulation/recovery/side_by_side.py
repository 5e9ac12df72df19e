"""Independent pieces of work, side by side in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from simulation.proceedings import Progress
from simulation.threads import one_thread

Found = TypeVar("Found")
WORKERS = min(os.cpu_count() or 1, 4)


@contextmanager
def processes(workers: int) -> Iterator[Executor | None]:
    """Processes for `each`; none for one worker, who is this process itself."""
    if workers == 1:
        yield None
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def each(
    job: Callable[[int], Found],
    count: int,
    pool: Executor | None = None,
    progress: Progress | None = None,
) -> list[Found]:
    """What a job finds for the numbers from 0 to `count`, in their order; the same with any `processes`.

    For these the job has to be a function of a module, or a `partial` of one.
    """
    found: list[Found] = []
    for one in (map if pool is None else pool.map)(partial(_alone, job), range(count)):
        found.append(one)
        if progress:
            progress(len(found), count)
    return found


def _alone(job: Callable[[int], Found], number: int) -> Found:
    """One piece of work in one thread: what it multiplies is too small to share."""
    with one_thread():
        return job(number)
