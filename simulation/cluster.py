"""Work on a Dask cluster: the same tasks, on workers with the same Plenary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from simulation.results import RunError
from simulation.versions import Versions, differing, need, versions
from simulation.where import AHEAD, LOCAL, Cluster, done

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")
PATIENCE = 30  # seconds to wait for the scheduler, and for a first worker


class OtherVersions(RuntimeError):
    """A worker has other releases than the process that gave it work."""


def each_on_cluster(
    task: Callable[[Shared, Item], Result], shared: Shared, items: Iterable[Item], cluster: Cluster
) -> Iterator[tuple[Item, Result]]:
    """`task(shared, item)` for every item on the workers of a cluster, as they are finished.

    A task whose worker dies is done again by another. Raises RunError if there is no scheduler, no worker,
    or a worker without the same Plenary.
    """
    need(("dask", "distributed"), "a cluster")
    from distributed import KilledWorker, as_completed

    address = cluster.address
    with _connected(cluster) as client:
        _shake_hands(client, address)
        # A task of its own, and not data sent out: then it is made again if the worker that holds it dies.
        given = client.submit(_same, shared, pure=False)
        left, going = iter(items), as_completed(loop=client.loop)
        waiting: dict[str, Item] = {}
        try:
            while True:
                for item in islice(left, max(AHEAD * _threads(client) - len(waiting), 0)):
                    future = client.submit(_checked, task, given, item, versions(), pure=False)
                    waiting[future.key] = item
                    going.add(future)
                if not waiting:
                    break
                future = next(going)
                result = future.result()
                item = waiting.pop(future.key)
                del future  # or the cluster keeps the result
                yield item, result
        except KilledWorker:
            raise RunError(
                f"{address}: workers died again and again on the same task, perhaps for want of memory"
            ) from None
        except OtherVersions as problem:
            raise RunError(f"{address}: {problem}") from None
        except (OSError, CancelledError) as problem:
            told = f"{address}: the scheduler was lost ({problem}); start it again and go on with --resume"
            raise RunError(told) from None


@contextmanager
def _connected(cluster: Cluster) -> Iterator[Any]:
    """A client of the scheduler, or of one that is started here for as long as it is needed."""
    from distributed import Client, LocalCluster

    if cluster.address == LOCAL:
        workers = LocalCluster(
            n_workers=cluster.workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        )
        with workers, Client(workers, set_as_default=False) as client:
            yield client
        return
    try:
        client = Client(cluster.address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as problem:
        raise RunError(
            f"{cluster.address}: no Dask scheduler answers ({problem}); start one with `dask scheduler`"
        ) from None
    with client:
        yield client


def _threads(client: Any) -> int:
    """How many tasks the cluster can do at once; at least one, for workers may come back."""
    return max(sum(client.nthreads().values()), 1)


def _shake_hands(client: Any, address: str) -> None:
    """See that there is a worker, and that it has Plenary at all."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise RunError(f"{address}: it has no workers; start some with `dask worker {address}`") from None
    try:
        client.submit(versions, pure=False).result()
    except ImportError as problem:
        raise RunError(
            f"{address}: a worker cannot load Plenary ({problem}); install the same Plenary on every worker"
        ) from None


def _same(shared: Shared) -> Shared:
    return shared


def _checked(
    task: Callable[[Shared, Item], Result], shared: Shared, item: Item, expected: Versions
) -> Result:
    """On a worker: the task, if the worker has the versions that it should have."""
    if found := differing(versions(), expected):
        from distributed import get_worker

        raise OtherVersions(
            f"the worker {get_worker().address} has {found}; install the same on every worker"
        )
    return done(task, shared, item)
