"""A Dask cluster of separate processes on this machine, for tests: every wait in it has an end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60  # seconds
ROOT = Path(__file__).parent.parent


class LocalCluster:
    """A scheduler and its workers, each a process of its own, started as anybody would start them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes = folder, []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._said("scheduler-0", r"Scheduler at:\s+(tcp://\S+)")

    def worker(self) -> subprocess.Popen:
        """Start one more worker and wait until it has registered."""
        one = self._start(
            *("worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny"),
            *("--local-directory", str(self.folder)),
        )
        self._said(f"worker-{len(self.processes) - 1}", r"Registered to:\s+(tcp://\S+)")
        return one

    def stop(self) -> None:
        """End all processes that were started here."""
        for one in reversed(self.processes):
            if one.poll() is None:
                one.send_signal(signal.SIGKILL)
            one.wait(PATIENCE)

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen:
        log = self.folder / f"{kind}-{len(self.processes)}.log"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        with log.open("w") as output:
            one = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + kind, *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=environment,
            )
        self.processes.append(one)
        return one

    def _said(self, name: str, pattern: str) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            text = (self.folder / f"{name}.log").read_text()
            if found := re.search(pattern, text):
                return found.group(1)
            time.sleep(0.05)
        raise TimeoutError(f"{name} did not say {pattern} in {PATIENCE} s:\n{text}")


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[LocalCluster]:
    """A cluster with some workers, stopped at the end whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    started = LocalCluster(folder)
    try:
        for _ in range(workers):
            started.worker()
        yield started
    finally:
        started.stop()
