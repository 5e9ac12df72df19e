"""Folder → Scenario: the shipped library by name, anybody's folder by path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios import country_tables
from scenarios.dates import as_date, calendar_end, calendar_start
from scenarios.files import parse_toml, read_text
from scenarios.patching import apply_patch, merge, remove
from scenarios.paths import Path as Keys
from scenarios.places import Origin, Places
from scenarios.problems import Problem, ScenarioError, shorten, suggest
from scenarios.schema import Scenario
from scenarios.validating import validate

LIBRARY = Path(__file__).resolve().parent / "library"
TABLES = ("countries.csv", "positions.csv", "salience.csv", "trust.csv", "ties.csv", "red_lines.csv")
EXTENDS_LIMIT = 4
FILE_LIMIT = 200


@dataclass
class Draft:
    """What has been read so far: the document, where its values came from, and what is wrong."""

    document: dict[str, Any] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    problems: list[Problem] = field(default_factory=list)
    added: dict[Keys, list[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    settled: bool = True


def names() -> list[str]:
    """The shipped scenarios."""
    return sorted(path.parent.name for path in LIBRARY.glob("*/scenario.toml"))


def load(name_or_path: str | Path, patches: Iterable[Mapping[str, Any]] = ()) -> Scenario:
    """A shipped scenario by its name, or a scenario folder by its path, with patches applied in order.

    Raises ScenarioError with all problems at once.
    """
    folder = find(name_or_path)
    draft = Draft()
    read_folder(folder, draft)
    if not draft.settled:
        raise ScenarioError(draft.problems)
    scenario = validate(draft.document, draft.places, draft.problems, draft.added, draft.unread)
    for patch in patches:
        scenario = apply_patch(scenario, patch)
    return scenario


def find(name_or_path: str | Path) -> Path:
    """The folder of a shipped scenario, or the one at a path. Raises ScenarioError if there is none."""
    word = str(name_or_path)
    if isinstance(name_or_path, str) and word in names():
        return LIBRARY / word
    path = Path(word)
    try:
        if path.name == "scenario.toml" and path.is_file():
            return path.parent
        if path.is_dir() and word:
            return path
    except (OSError, ValueError):
        pass
    mend = suggest(word, names(), f"use one of {', '.join(names())}, or the path of a scenario folder")
    label = shorten(word, 80) or "no name"
    raise ScenarioError([Problem(label, None, "", "there is no such scenario or folder", mend)])


def name_of(folder: Path) -> str:
    """A scenario's name, if it gives none itself: that of its folder, in permitted characters."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", folder.resolve().name).strip("-_")[:64] or "scenario"


def read_folder(folder: Path, draft: Draft, depth: int = 0) -> None:
    """Read a scenario folder into a draft; what it extends is read first."""
    problems = draft.problems
    if not (folder / "scenario.toml").exists():
        mend = "add it, or copy one from a shipped scenario with `plenary new`"
        problems.append(Problem("scenario.toml", None, "", f"there is none in {folder.name}", mend))
        draft.settled = False
        return
    text = read_text(folder, "scenario.toml", problems)
    settings = parse_toml("scenario.toml", text, problems) if text is not None else None
    draft.settled = draft.settled and settings is not None
    own = settings or {}
    base, removed, kept = own.pop("extends", None), own.pop("remove", []), own.pop("keep", None)
    if base is not None:
        _read_base(base, draft, depth)
    draft.places.note((), Origin("scenario.toml", text=text or ""))
    if base is not None and isinstance(removed, list) and all(isinstance(path, str) for path in removed):
        remove(draft.document, removed, draft.places, problems)
    elif removed:
        mend = 'write a list of dotted paths, such as ["blocs.FVEY"], beside extends'
        problems.append(draft.places.problem(("remove",), "there is nothing to remove from", mend))
    if kept is not None:
        _keep(kept, base, draft)
    draft.document["name"] = name_of(folder)
    draft.places.note_tree((), own, Origin("scenario.toml", text=text or ""))
    merge(draft.document, own, draft.places, problems, draft.added if base is not None else {})
    if base is not None and "calendar" in own:
        _leave_behind(draft.document, own.get("events"))
    _read_texts(folder, draft)
    _report_strangers(folder, problems)
    whole = base is None and settings is not None
    draft.unread |= country_tables.read(
        folder, draft.document, draft.places, problems, whole=whole, settled=draft.settled
    )


def _keep(kept: Any, base: Any, draft: Draft) -> None:
    """Leave only some of the inherited delegations in the room; who goes leaves every place that names it."""
    seated = draft.document.get("delegations")
    names = list(seated) if isinstance(seated, dict) else []
    if base is None or not (isinstance(kept, list) and kept and all(isinstance(key, str) for key in kept)):
        mend = 'write a list of delegations, such as ["CHN", "USA"], beside extends'
        draft.problems.append(draft.places.problem(("keep",), "there is nobody to keep", mend))
        return
    for key in kept:
        if key not in names:
            message = f"there is no delegation {shorten(key)} to keep"
            draft.problems.append(draft.places.problem(("keep",), message, suggest(key, names)))
    gone = [f"delegations.{key}" for key in names if key not in kept]
    remove(draft.document, gone, draft.places, draft.problems)


def _leave_behind(document: dict[str, Any], own: Any) -> None:
    """Inherited events outside a calendar of the scenario's own stay behind with the calendar they belong to;
    notes, which only mark the timeline, come along."""
    start, end, events = calendar_start(document), calendar_end(document), document.get("events")
    if start is None or end is None or not isinstance(events, dict):
        return
    for key, event in list(events.items()):
        if isinstance(own, dict) and key in own or not isinstance(event, dict) or event.get("type") == "note":
            continue
        day = as_date(event.get("date"))
        if day is not None and not start <= day < end:
            del events[key]


def _read_base(base: Any, draft: Draft, depth: int) -> None:
    """Read the shipped scenario that this one extends."""
    if not isinstance(base, str) or base not in names():
        mend = suggest(shorten(base), names())
        message = f"there is no shipped scenario {shorten(base)} to extend"
        draft.problems.append(Problem("scenario.toml", None, "extends", message, mend))
        draft.settled = False
    elif depth >= EXTENDS_LIMIT:
        message = "scenarios extend one another without end"
        draft.problems.append(Problem("scenario.toml", None, "extends", message, "extend a whole scenario"))
        draft.settled = False
    else:
        read_folder(LIBRARY / base, draft, depth + 1)


def _read_texts(folder: Path, draft: Draft) -> None:
    """Merge texts/*.toml into the document, each under the name of its file."""
    texts = folder / "texts"
    if not texts.is_dir():
        return
    files = sorted(path.name for path in texts.iterdir() if path.suffix == ".toml" and path.name[0] != ".")
    if len(files) > FILE_LIMIT:
        message = f"{len(files):,} texts are too many"
        draft.problems.append(Problem("texts", None, "", message, f"keep to {FILE_LIMIT} at most"))
        files = []
    for file in files:
        name = f"texts/{file}"
        text = read_text(folder, name, draft.problems)
        content = parse_toml(name, text, draft.problems) if text is not None else None
        path: Keys = ("texts", file.removesuffix(".toml"))
        origin = Origin(name, text=text or "", prefix=2)
        draft.places.note_tree(path, content or {}, origin)
        if content is None:
            _forget_text(draft.document, path)
            continue
        merge(draft.document, {"texts": {path[1]: content}}, draft.places, draft.problems, {})


def _forget_text(document: dict[str, Any], path: Keys) -> None:
    """A text whose file could not be read is known by name, so that nothing else complains of it."""
    texts = document.setdefault("texts", {})
    if isinstance(texts, dict):
        texts[path[1]] = {"title": str(path[1]), "articles": {"1": {"places": {}}}}


def _report_strangers(folder: Path, problems: list[Problem]) -> None:
    """A table under a misspelt name would be passed over in silence; say so."""
    for path in sorted(folder.iterdir()):
        known = (*TABLES, "scenario.toml")
        if path.suffix in (".csv", ".toml") and path.name not in known and path.name[0] not in ".~":
            mend = suggest(path.name, known, "move it elsewhere")
            problems.append(Problem(path.name, None, "", "a scenario has no such file", mend))
