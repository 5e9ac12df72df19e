"""Where does work get done? In this process, in several on this machine, or on a Dask cluster.

Tasks are the same everywhere, and so are their results: a task depends on nothing but its arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import NamedTuple, TypeVar

from simulation.results import RunError
from simulation.threads import one_thread

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")
LOCAL = "local"
AHEAD = 2  # tasks a process or thread that are handed out at once, so that none has to wait for its next


class Here(NamedTuple):
    """This machine: `workers` processes, or this process alone.

    Each process reads the program that started it, so a script of your own with more than one needs the usual
    `if __name__ == "__main__":`."""

    workers: int = 1


class Cluster(NamedTuple):
    """A Dask scheduler at an address such as tcp://10.0.0.5:8786; or `local`, one that is started on this
    machine with as many `workers`, each a process, and ended with the work."""

    address: str
    workers: int = 2


Where = Here | Cluster
ALONE = Here()


def each(
    task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item], where: Where
) -> Iterator[tuple[Item, Result]]:
    """`task(shared, item)` for every item, with its item, in the order in which they are finished.

    Items are taken as they are needed, so that neither they nor the results pile up. On several processes or
    a cluster, `task` is a function of a module, and everything can be pickled. Stopping the iteration stops
    the work. Raises whatever a task raises, and RunError where the workers fail.
    """
    if isinstance(where, Cluster):
        from simulation.cluster import each_on_cluster

        yield from each_on_cluster(task, shared, items, where)
    elif where.workers == 1:
        for item in items:
            yield item, done(task, shared, item)
    else:
        yield from _in_processes(task, shared, items, where.workers)


@one_thread()
def done(task: Callable[[Shared, Item], Result], shared: Shared, item: Item) -> Result:
    """One task, its linear algebra on one thread: tasks side by side take the cores."""
    return task(shared, item)


def _in_processes(
    task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item], workers: int
) -> Iterator[tuple[Item, Result]]:
    """The same in processes of this machine, which end when this one does, however it ends."""
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin)
    left = iter(items)
    waiting: dict[Future[Result], Item] = {}
    try:
        while True:
            for item in islice(left, AHEAD * workers - len(waiting)):
                waiting[pool.submit(done, task, shared, item)] = item
            if not waiting:
                break
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    except BrokenProcessPool:
        raise RunError(
            "a worker process was ended from outside, perhaps for want of memory; take fewer with --workers"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Make a process ready: it leaves Ctrl-C to the one that started it, and ends with it."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the process that started this one to end, and end."""
    import os
    from multiprocessing import parent_process

    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
