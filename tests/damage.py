"""Hypothesis strategies that damage a legal scenario: what anybody's folder may hold."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli_w
from hypothesis import strategies as st

from scenarios import names, write
from tests.generators import lively_room

Parts = dict[str, bytes | str | None]  # a file's bytes, where a link leads to, None for a folder
Damage = Callable[[st.DrawFn, Parts], None]
LIVELY = {
    "events": {
        "talks": {
            "date": dt.date(2020, 9, 8),
            "type": "bilateral",
            "nature": "exogenous",
            "sentence": "They meet.",
            "parties": ["DEU", "bloc:NORTH"],
            "targets": ["all"],
            "text": "text-0",
        },
    },
    "commitments": {
        "promise": {
            "parties": ["CHN"],
            "text": "text-0",
            "at_least": "endorse",
            "conditions": [
                {"article": "0", "options": ["option-0"]},
                {"delegation": "USA", "at_most": "study"},
            ],
        },
    },
    "force_issue": "issue-0",
}


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


WORDS = ["", " ", *words("CHN NORTH bloc:NORTH issue-0 text-0 tabled all * $value iso3 name")]
NUMBERS = ["9" * 400, *words("nan inf -inf 1e999 -1e308 1,5 \u22123 \u0663 0x1F 1_0 101 -1")]
ODD = ["x" * 30_000, "x" * 500, "\0", '"', "a\nb", "\r", "\x1b[31m", "\ufeff"]
ODD += words("=1+1 true 2020-13-40 ../x {}")
FILES = words(
    "trusts.csv x.toml texts/.toml texts/\u00e9.toml texts/in/x.toml texts overlays overlays/x.toml ties.csv"
)
FILES += words(
    "red_lines.csv trust.csv texts/all.toml texts/CHN.toml ~$trust.csv \udcff.csv texts/\udcff.toml"
)
FILES += ["a\nb.csv", "texts/a b.toml", f"texts/{'x' * 200}.toml"]
LINES = """[a.b.c.d]
[[calendar]]
[[ties]]
[rule]
[texts]
[texts.x]
[delegations."bad name"]
[issues.issue-0.title]
[blocs.SOUTH.members]
merges = ["text-0", "text-1"]
tabled = 9999-12-31
"" = 1
= 3
x =""".splitlines()
LINES += ["x = " + "[" * 3000, "a." * 30 + "b = 1", "x = 1" + "0" * 5000, '"""', "\x00"]
cells = st.sampled_from(WORDS + NUMBERS + ODD) | st.text(max_size=8)
leaves = st.one_of(
    st.sampled_from([*WORDS, "x" * 500, "x" * 20_001, 10**400, -1, 0, 101, 1e308, dt.date(1, 1, 1)]),
    st.sampled_from(
        [dt.date(9999, 12, 31), dt.time(1), dt.datetime(2020, 9, 8, tzinfo=dt.UTC), dt.date(2020, 9, 8)]
    ),
    st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=5,
)


@cache
def legal(seed: int) -> dict[str, bytes]:
    """The files of a small legal scenario in which every part is there."""
    with TemporaryDirectory() as scratch:
        folder = write(lively_room(seed, countries=4, issues=2, rounds=2, **LIVELY), Path(scratch) / "room")
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def lay(parts: Parts, folder: Path) -> None:
    """Lay down what the file system takes of it."""
    folder.mkdir()
    for name, content in parts.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.mkdir()
            elif isinstance(content, str):
                path.symlink_to(content)
            else:
                path.write_bytes(content)
        except OSError:
            continue


def of_kind(draw: st.DrawFn, parts: Parts, ending: str) -> tuple[str, str]:
    """Name and words of one of the files with this ending; nothing if there is none."""
    known = [name for name, content in parts.items() if name.endswith(ending) and isinstance(content, bytes)]
    if not known:
        return "", ""
    name = draw(st.sampled_from(known))
    return name, parts[name].decode("utf-8", "replace")


def table(draw: st.DrawFn, parts: Parts) -> None:
    """Change a cell, a row, a column or a name of a column of a table."""
    name, text = of_kind(draw, parts, ".csv")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        rows = []
    if not any(rows):
        return
    number = draw(st.integers(0, len(rows) - 1))
    row = rows[number]
    place = draw(st.integers(0, max(len(row) - 1, 0)))
    act = draw(st.sampled_from(["cell", "header", "twice", "drop", "swap", "longer", "column", "no column"]))
    if act == "cell" and row:
        row[place] = draw(cells)
    elif act == "header" and place < len(rows[0]):
        rows[0][place] = draw(cells)
    elif act == "twice":
        rows.insert(draw(st.integers(0, len(rows))), list(row))
    elif act == "drop":
        del rows[number]
    elif act == "swap":
        rows[number], rows[0] = rows[0], rows[number]
    elif act == "longer":
        row += draw(st.lists(cells, max_size=3))
    elif act == "column":
        rows = [[*row[:place], *row[place : place + 1], *row[place:]] for row in rows]
    elif act == "no column":
        rows = [[*row[:place], *row[place + 1 :]] for row in rows]
    out = io.StringIO(newline="")
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    csv.writer(out, delimiter=draw(st.sampled_from(",,,;\t")), quoting=quoting).writerows(rows)
    parts[name] = out.getvalue().encode("utf-8", "replace")


def tree(draw: st.DrawFn, parts: Parts) -> None:
    """Change, drop, rename or add a value somewhere in a TOML file."""
    name, text = of_kind(draw, parts, ".toml")
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    spot: Any = document
    while True:
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        if not (isinstance(spot[key], dict | list) and draw(st.integers(0, 3))):
            break
        spot = spot[key]
    act = draw(st.sampled_from(["value", "value", "drop", "rename", "add"]))
    if act == "value" or not isinstance(spot, dict):
        spot[key] = draw(values)
    elif act == "drop":
        del spot[key]
    else:
        new = draw(st.sampled_from([*WORDS, "extends", "remove", "keep", "title"]) | st.text(max_size=8))
        spot[new] = draw(values) if act == "add" else spot.pop(key)
    try:
        parts[name] = tomli_w.dumps(document).encode()
    except RecursionError:
        return


def lines(draw: st.DrawFn, parts: Parts) -> None:
    """Write a line into a TOML file that does not belong there, or repeat one."""
    name, text = of_kind(draw, parts, ".toml")
    if text:
        known = text.split("\n")
        known.insert(draw(st.integers(0, len(known))), draw(st.sampled_from([*LINES, *known])))
        parts[name] = "\n".join(known).encode()


def extending(draw: st.DrawFn, parts: Parts) -> None:
    """Extend a scenario, shipped or not, remove what is there or not, keep somebody or nobody."""
    name, text = "scenario.toml", parts.get("scenario.toml")
    paths = [
        "",
        *words("delegations.CHN delegations.* blocs blocs.FVEY issues.issue-0 texts.text-0 a..b . name"),
    ]
    head = {
        "extends": draw(st.sampled_from([*names(), "room", "../room", "..", "/", "", "\0"]) | values),
        "remove": draw(st.lists(st.sampled_from(paths)) | values),
        "keep": draw(st.lists(st.sampled_from(["CHN", "USA", "PHL", "", "*"])) | values),
    }
    given = [key for key in head if key == "extends" or draw(st.booleans())]
    body = text if isinstance(text, bytes) and draw(st.booleans()) else b""
    parts[name] = tomli_w.dumps({key: head[key] for key in given}).encode() + body


def broken(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes of which some are others, or all."""
    place = draw(st.integers(0, 9_999)) * len(data) // 10_000  # packed files vary in length by the clock
    some = draw(st.binary(max_size=6))
    text = data.decode("utf-8", "replace")
    exchanges = [("\n", "\r\n"), ("\n", "\r"), (",", ";"), (".", ","), ('"', "'"), ("[", "[["), ("=", ":")]
    whole = [some, b"\xef\xbb\xbf" + data, text.encode("utf-16"), data + data, data * 20]
    whole += [data[:place] + some + data[place + skip :] for skip in (0, len(some), len(data))]
    whole += [text.replace(old, new).encode() for old, new in exchanges]
    return draw(st.sampled_from(whole))


def bytes_(draw: st.DrawFn, parts: Parts) -> None:
    """Break the bytes of a file."""
    name = draw(st.sampled_from(sorted(parts)))
    content = parts[name]
    if isinstance(content, bytes):
        parts[name] = broken(draw, content)


def files(draw: st.DrawFn, parts: Parts) -> None:
    """Drop, rename or add a file, or put a folder or a link that leads elsewhere in its place."""
    name = draw(st.sampled_from(sorted(parts)))
    new = draw(st.sampled_from([name, *FILES]))
    links = [Path(name).name, *words("../outside .. scenario.toml nowhere /dev/zero /dev/null texts")]
    content = draw(st.sampled_from([parts[name], None, *links]))
    if draw(st.booleans()):
        del parts[name]
    parts[new] = content


@st.composite
def damaged_folders(
    draw: st.DrawFn, acts: tuple[Damage, ...] = (table, tree, lines, extending, bytes_, files)
) -> Parts:
    """A legal scenario folder that was damaged in up to four ways."""
    parts: Parts = dict(legal(draw(st.integers(0, 5))))
    for _ in range(draw(st.integers(1, 4))):
        if parts:
            draw(st.sampled_from(acts))(draw, parts)
    return parts
