"""A folder that fills up: what was asked for stands in its manifest, what is done in its ledger.

The ledger only grows, a line of JSON at a time, each on the disk before the next is begun. Whatever ends the
program, all whole lines count; half a line at the end does not, and is cut off when work goes on.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from simulation.results import MANIFEST, RunError
from simulation.versions import differing

Entry = dict[str, Any]
LEDGER = "done.jsonl"
FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))  # nothing more can be written
SHOWN = 60  # characters of a setting in a message


def begin(folder: Path, manifest: Entry, resume: bool) -> bool:
    """Make a folder ready for what a manifest asks for; tells whether it goes on with what lies there.

    Raises RunError if something lies there already and `resume` is not asked for, or if it was begun with
    other settings.
    """
    path = folder / MANIFEST
    if path.exists():
        if not resume:
            raise RunError(f"{folder}: it is taken; go on there with --resume, or name another --out")
        _compare(path, read(path), json.loads(json.dumps(manifest)))
        return True
    if folder.exists() and any(folder.iterdir()):
        raise RunError(f"{folder}: other files lie there; name another --out")
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return False


def read(path: Path) -> Entry:
    """A manifest as it lies there. Raises RunError if it is missing or no JSON."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunError(f"{path}: missing; give the folder that was named with --out") from None
    except ValueError as problem:
        raise RunError(f"{path}: not a manifest ({problem}); start again in another folder") from None
    if not isinstance(found, dict):
        raise RunError(f"{path}: not a manifest; start again in another folder")
    return found


def _compare(path: Path, there: Entry, asked: Entry) -> None:
    """Raise RunError if two manifests do not ask for the same."""
    if there.get("kind") != asked["kind"]:
        raise RunError(f"{path}: it is no {asked['kind']}; name another --out")
    for name, value in asked.items():
        if there.get(name) == value or name in ("complete", "result_hash"):
            continue
        if name == "versions":
            told = differing(there.get(name, {}), value)
            raise RunError(f"{path}: begun with {told}; use the same releases, or start again elsewhere")
        if name == "scenario_hash":
            raise RunError(f"{path}: begun with another scenario, or other --set and --with; take the same")
        told = f"{_short(there.get(name))}, not with {_short(value)}"
        raise RunError(f"{path}: begun with {name} {told}; take the same, or name another --out")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """A file to write so that it is there as a whole or as it was before, whatever happens."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def write_whole(path: Path, text: str) -> None:
    """Write a text into a file in this way."""
    with whole(path) as file:
        file.write(text)


def entries(folder: Path) -> Iterator[Entry]:
    """The whole lines of a folder's ledger, in the order in which they were written."""
    for line in _whole_lines(folder / LEDGER):
        yield json.loads(line)


def _whole_lines(path: Path) -> Iterator[bytes]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            yield line


class Ledger:
    """A ledger that is open for writing, for one process at a time; made by `opened`."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("ab")
        try:
            _lock(self.file.fileno(), path.parent)
        except RunError:
            self.file.close()
            raise
        self.file.truncate(sum(map(len, _whole_lines(path))))

    def add(self, entry: Entry) -> None:
        """Write one entry; it is on the disk when this returns."""
        self.file.write(json.dumps(entry, ensure_ascii=False, allow_nan=False).encode() + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """The ledger of a folder, to go on with. Raises RunError while another process writes there.

    If the disk is full, OSError says so, and that what is saved is kept.
    """
    ledger = Ledger(folder / LEDGER)
    try:
        yield ledger
    except OSError as problem:
        if problem.errno not in FULL:
            raise
        told = f"{problem.strerror or problem}; what was saved is kept: make room and go on with --resume"
        raise OSError(problem.errno, told, str(folder)) from problem
    finally:
        with suppress(OSError):  # a full disk has been told of already
            ledger.file.close()


def _lock(file: int, folder: Path) -> None:
    """Keep other processes from writing the same ledger, where the system can; the lock ends with ours."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise RunError(f"{folder}: another process is at work there; wait for it, or end it") from None
