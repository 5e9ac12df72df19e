"""A Dask cluster of separate processes gives what one process gives, whoever dies on the way."""

from __future__ import annotations

import signal
import sys

import pytest

from scenarios import load
from simulation import cluster, versions
from simulation.cells import measured
from simulation.results import RunError
from simulation.streaming import open_ensemble, stream
from simulation.where import ALONE, LOCAL, Cluster, each
from tests.clusters import cluster as started

NAME, REPLICATES, SIZE = "who-holds-the-pen", 640, 64


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The hash of the ensemble from one process."""
    folder = tmp_path_factory.mktemp("alone") / "ensemble"
    stream(load(NAME), folder, REPLICATES, size=SIZE)
    return open_ensemble(folder).hash


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A scheduler and two workers, each a process."""
    with started(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def test_two_workers_give_the_bits_of_one_process(two, alone, tmp_path):
    stream(load(NAME), tmp_path / "two", REPLICATES, size=SIZE, where=Cluster(two.address))
    assert open_ensemble(tmp_path / "two").hash == alone


def test_a_cluster_that_is_started_for_the_work_gives_the_same_bits(alone, tmp_path):
    stream(load(NAME), tmp_path / "local", REPLICATES, size=SIZE, where=Cluster(LOCAL, 2))
    assert open_ensemble(tmp_path / "local").hash == alone


def test_cells_are_the_same_on_a_cluster(two):
    patches = [{"dynamics": {"peer_weight": weight}} for weight in (0.0, 0.05, "much", 0.15)]
    there, failed = measured(load(NAME), patches, 8, where=Cluster(two.address))
    here, other = measured(load(NAME), patches, 8)
    assert there.identical(here) and failed == other and list(failed) == [2]


def test_a_worker_that_is_killed_on_the_way_changes_nothing(alone, tmp_path):
    with started(tmp_path / "cluster") as running:
        victim = running.processes[1]
        done = []

        def kill(so_far, _):
            done.append(so_far)
            if len(done) == 3:
                victim.send_signal(signal.SIGKILL)

        stream(
            load(NAME), tmp_path / "one", REPLICATES, size=SIZE, where=Cluster(running.address), progress=kill
        )
        assert victim.wait(60) == -signal.SIGKILL
    assert open_ensemble(tmp_path / "one").hash == alone


def test_a_scheduler_that_dies_is_told_and_what_is_done_is_kept(alone, tmp_path):
    folder = tmp_path / "lost"
    with started(tmp_path / "cluster", workers=1) as running:

        def kill(so_far, _):
            if so_far == 2 * SIZE:
                running.scheduler.send_signal(signal.SIGKILL)

        with pytest.raises(RunError, match="scheduler"):
            stream(load(NAME), folder, REPLICATES, size=SIZE, where=Cluster(running.address), progress=kill)
    told: list = []
    stream(load(NAME), folder, REPLICATES, 1, resume=True, size=SIZE, progress=lambda *now: told.append(now))
    assert told[0][0] >= 2 * SIZE
    assert open_ensemble(folder).hash == alone


def test_a_worker_with_another_plenary_is_refused(two, monkeypatch):
    monkeypatch.setattr(cluster, "versions", lambda: {**versions.versions(), "numpy": "1.0"})
    with pytest.raises(RunError, match=r"numpy .* instead of 1\.0; install the same"):
        list(each(len, (), range(2), Cluster(two.address)))


def test_no_scheduler_and_no_workers_are_told_with_the_mend(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 4)
    with pytest.raises(RunError, match="no Dask scheduler answers.*dask scheduler"):
        list(each(len, (), range(2), Cluster("tcp://127.0.0.1:9")))
    with (
        started(tmp_path / "cluster", workers=0) as running,
        pytest.raises(RunError, match="no workers.*dask worker"),
    ):
        list(each(len, (), range(2), Cluster(running.address)))


@pytest.mark.parametrize("missing", ["distributed", "dask"])
def test_without_dask_there_is_one_line_to_install_it(missing, monkeypatch):
    monkeypatch.setattr(versions, "find_spec", lambda name: None if name == missing else sys)
    with pytest.raises(RunError, match=f"needs {missing}; install with: pip install"):
        list(each(len, (), range(2), Cluster("tcp://127.0.0.1:9")))


def test_without_zarr_there_is_one_line_to_install_it(monkeypatch, tmp_path):
    monkeypatch.setattr(versions, "find_spec", lambda name: None)
    with pytest.raises(RunError, match="needs zarr; install with: pip install"):
        stream(load(NAME), tmp_path / "none", 1)
    assert not (tmp_path / "none").exists()


def test_tasks_are_handed_out_as_they_are_needed_and_stop_with_the_iteration(two):
    taken: list[int] = []

    def items():
        for item in range(1000):
            taken.append(item)
            yield item

    stream_of = each(pow, 2, items(), Cluster(two.address))
    assert next(stream_of)[1] >= 1
    stream_of.close()
    assert len(taken) < 20


def test_alone_is_this_process():
    # A function within a function cannot be sent to another process.
    assert list(each(lambda base, power: base**power, 2, range(3), ALONE)) == [(0, 1), (1, 2), (2, 4)]
