"""Files from anybody: how a workbook or a packed folder becomes a scenario, or one clear message."""

from __future__ import annotations

import lzma
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple, NoReturn

from scenarios import Problem, ScenarioError, load
from scenarios.files import SIZE_LIMIT
from scenarios.loading import TABLES
from scenarios.problems import shorten
from scenarios.schema import Scenario
from scenarios.sheets import PACKED_LIMIT

MEMBERS, UNPACKED, RATIO = 400, 20_000_000, 100  # files in it, bytes of them all, and how much it may grow
SMALL = 1_000_000  # bytes up to which any growth is fine
WORKBOOK = "xl/workbook.xml"
TOP = r"[A-Za-z0-9][A-Za-z0-9_. -]{0,99}"
FOLDERS = re.compile(rf"(?:{TOP}/)?(?:(?:texts|overlays|schema)/)?")
OF_A_FOLDER = re.compile(
    rf"(?:({TOP})/)?"
    r"(scenario\.toml|" + "|".join(map(re.escape, TABLES)) + r"|"
    r"(?:texts|overlays)/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.toml)"
)
PASSED_OVER = re.compile(r"__MACOSX/.*|(?:[^/\\]+/)?(?:\.DS_Store|\.taplo\.toml|schema/[a-z]+\.json)")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
KINDS = (0, stat.S_IFREG, stat.S_IFDIR)  # what a member may be; 0 where nobody says


class Upload(NamedTuple):
    """What was in a file: a scenario, and the overlays beside it by file name."""

    scenario: Scenario
    overlays: dict[str, bytes]


def read_upload(file: Path) -> Upload:
    """The scenario in an .xlsx file or in a .zip of a scenario folder; nothing is unpacked by its own names.

    Raises ScenarioError with all problems.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            members = _bounded(file, packed)
            if all(one.filename != WORKBOOK for one in members):
                return _folder(file, packed, members)
        return _workbook(file)
    except ScenarioError:
        raise
    except BROKEN:
        _refuse(file, "it is no workbook and no packed folder that can be read", "choose an .xlsx or .zip")


def _bounded(file: Path, packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members of an archive that is not too large in any way; what it says of sizes binds its reader."""
    members = packed.infolist()
    size, total = file.stat().st_size, sum(one.file_size for one in members)
    if size > PACKED_LIMIT:
        _refuse(file, "the file is larger than 10 MB", "drop what is not needed")
    if len(members) > MEMBERS:
        _refuse(file, f"it holds {len(members):,} files", f"keep to {MEMBERS}")
    if total > UNPACKED or total > max(SMALL, RATIO * size):
        _refuse(file, "it unpacks to far more than a scenario needs", "pack the scenario's own files only")
    return members


def _workbook(file: Path) -> Upload:
    from scenarios.workbook import from_workbook

    with tempfile.TemporaryDirectory() as scratch:
        named = Path(scratch) / "workbook.xlsx"  # its reader goes by the ending
        shutil.copyfile(file, named)
        return Upload(from_workbook(named, Path(scratch) / "workbook"), {})


def _folder(file: Path, packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Upload:
    own = [
        one for one in members if not PASSED_OVER.fullmatch(one.orig_filename) and not _is_folder(file, one)
    ]
    places = [_place(file, member) for member in own]
    if len({top for top, _ in places}) > 1:
        _refuse(file, "it holds more than one folder", "pack the scenario's folder alone")
    if len(set(places)) < len(places):
        _refuse(file, "it holds a file twice", "pack the folder again")
    contents = {inside: packed.read(member) for member, (_, inside) in zip(own, places, strict=True)}
    if "scenario.toml" not in contents:
        _refuse(file, "there is no scenario.toml in it", "pack a scenario's folder")
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / (places[0][0] or "uploaded")
        for inside, content in contents.items():
            target = home / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        scenario = load(home)
    overlays = {name.removeprefix("overlays/"): one for name, one in contents.items() if "overlays/" in name}
    return Upload(scenario, overlays)


def _is_folder(file: Path, member: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder that a scenario may have; refuses links, devices and encryption."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in KINDS:
        _refuse(file, f"{_shown(member)} is a link or no ordinary file", "pack the file itself")
    if member.flag_bits & 1:
        _refuse(file, "it is encrypted", "pack it without a password")
    if not member.orig_filename.endswith("/"):
        return False
    if not FOLDERS.fullmatch(member.orig_filename):
        _refuse(file, f"a scenario has no folder {_shown(member)}", "pack the scenario's own files only")
    return True


def _place(file: Path, member: zipfile.ZipInfo) -> tuple[str, str]:
    """The folder a member lies in, and the file of a scenario that it is."""
    found = OF_A_FOLDER.fullmatch(member.orig_filename)
    if found is None:
        _refuse(file, f"a scenario has no file {_shown(member)}", "pack the scenario's own files only")
    if member.file_size > SIZE_LIMIT:
        _refuse(file, f"{_shown(member)} is larger than 2 MB", "split it or drop what is not needed")
    return found[1] or "", found[2]


def _shown(member: zipfile.ZipInfo) -> str:
    return repr(shorten(member.orig_filename, 60))


def _refuse(file: Path, message: str, mend: str) -> NoReturn:
    raise ScenarioError([Problem(file.name, None, "", message, mend)])
