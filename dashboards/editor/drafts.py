"""Drafts: scenario folders of the user's own, replaced as a whole and only by legal scenarios."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from agents.registry import UnknownEntry
from dashboards.drafts import NAME, home
from scenarios import Problem, ScenarioError, apply_patch, load, write
from scenarios.files import SIZE_LIMIT
from scenarios.schema import Scenario

LABEL = "draft"  # the file of problems that a change makes; their column is the path of the value
LOCK = threading.RLock()


class Stale(Exception):
    """The draft is no longer what the page had before it."""


class Draft(NamedTuple):
    """A draft as it lies on disk; `version` is a hash of its files, `undoable` tells of an earlier state."""

    name: str
    scenario: Scenario
    version: str
    undoable: bool


def names() -> list[str]:
    """The drafts there are."""
    places = [home() / "drafts", home() / "before"]  # what is in the latter alone is about to be put back
    found = [one for place in places if place.is_dir() for one in place.iterdir()]
    return sorted({one.name for one in found if NAME.fullmatch(one.name) and one.is_dir()})


def folder(name: str) -> Path:
    """Where a draft lies. Raises UnknownEntry where there is none of that name."""
    if not NAME.fullmatch(name):
        raise UnknownEntry("draft", name, names())
    place, before = home() / "drafts" / name, home() / "before" / name
    with LOCK:
        if not place.exists() and before.is_dir():  # the machine stopped between two renames
            before.rename(place)
    if not place.is_dir():
        raise UnknownEntry("draft", name, names())
    return place


def read(name: str) -> Draft:
    """A draft. Raises UnknownEntry where there is none, ScenarioError where somebody broke it."""
    with LOCK:
        place = folder(name)
        return Draft(name, load(place), version_of(place), (home() / "before" / name).is_dir())


def make(scenario: Scenario, wanted: str, overlays: Mapping[str, bytes], taken: Collection[str]) -> str:
    """Lay down a scenario as a new draft and return its name: `wanted`, or one like it that is free.

    Raises ScenarioError where `wanted` is no name.
    """
    if not NAME.fullmatch(wanted):
        mend = "use letters, digits, - and _ only, at most 64"
        raise ScenarioError([Problem(LABEL, None, "name", "a draft cannot have this name", mend)])
    with LOCK:
        used = {one.casefold() for one in (*names(), *taken)}
        tried = (wanted, *(f"{wanted[:58]}-{number}" for number in range(2, len(used) + 3)))
        name = next(one for one in tried if one.casefold() not in used)
        with _laid_down(scenario.model_copy(update={"name": name}), name, overlays) as made:
            (home() / "drafts").mkdir(parents=True, exist_ok=True)
            made.rename(home() / "drafts" / name)
    return name


def change(name: str, version: str, patch: Mapping[str, Any]) -> Draft:
    """Change a draft that is still at `version`, and keep what it was before.

    Raises Stale where it is not, ScenarioError with all problems where the result would not be legal; then
    nothing on disk has changed.
    """
    with LOCK:
        before = _at(name, version)
        changed = apply_patch(before.scenario, patch, LABEL)
        if changed == before.scenario:
            return before
        place = folder(name)
        with _laid_down(changed, name, overlays_in(place)) as made:
            earlier = home() / "before" / name
            earlier.parent.mkdir(exist_ok=True)
            shutil.rmtree(earlier, ignore_errors=True)
            place.rename(earlier)
            made.rename(place)
        return read(name)


def undo(name: str, version: str) -> Draft:
    """Put a draft that is still at `version` back to what it was before its last change.

    Raises Stale where it is not, or where nothing is kept.
    """
    with LOCK:
        _at(name, version)
        place, earlier = folder(name), home() / "before" / name
        if not earlier.is_dir():
            raise Stale
        with _scratch() as scratch:
            place.rename(scratch / name)
            earlier.rename(place)
        return read(name)


def remove(name: str) -> None:
    """Delete a draft and what it was before. Raises UnknownEntry where there is none."""
    with LOCK:
        place = folder(name)
        shutil.rmtree(home() / "before" / name, ignore_errors=True)
        with _scratch() as scratch:
            place.rename(scratch / name)


def version_of(place: Path) -> str:
    """A hash of the files of a folder, by which a change made elsewhere is noticed."""
    found = hashlib.sha256()
    for file in sorted(place.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            found.update(f"{file.relative_to(place).as_posix()}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()[:20]


def overlays_in(place: Path) -> dict[str, bytes]:
    """The overlays that lie in a scenario's folder, by file name: no part of it, but kept with it."""
    files = sorted((place / "overlays").glob("*.toml"))
    return {one.name: one.read_bytes() for one in files if one.is_file() and one.stat().st_size <= SIZE_LIMIT}


def _at(name: str, version: str) -> Draft:
    found = read(name)
    if found.version != version:
        raise Stale
    return found


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder on the same disk as the drafts, gone afterwards."""
    place = home() / "making"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        yield Path(scratch)


@contextmanager
def _laid_down(scenario: Scenario, name: str, overlays: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with this scenario, read back before anybody relies on it."""
    with _scratch() as scratch:
        made = write(scenario, scratch / name)
        for file, content in overlays.items():
            (made / "overlays").mkdir(exist_ok=True)
            (made / "overlays" / file).write_bytes(content)
        load(made)
        yield made
