"""Reads the files of a scenario folder, which may come from anybody: bounded, inside it, never run."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from scenarios.problems import Problem

SIZE_LIMIT = 2_000_000
DEPTH_LIMIT = 12
LONG_KEY = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){20}""")
AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")


def read_text(folder: Path, name: str, problems: list[Problem]) -> str | None:
    """The text of a file of the folder, None if it cannot be read; the reason goes to `problems`."""
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        problems.append(_problem(name, "it leads out of the scenario's folder", "put the file itself there"))
        return None
    try:
        if not path.is_file():
            problems.append(_problem(name, "it is not an ordinary file", "put the file itself there"))
            return None
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        problems.append(_problem(name, f"it cannot be read ({reason})", "check its permissions"))
        return None
    return decode(name, data, problems)


def decode(name: str, data: bytes, problems: list[Problem]) -> str | None:
    """Bytes as UTF-8 text without a byte order mark, None if they are too many or something else."""
    if len(data) > SIZE_LIMIT:
        problems.append(_problem(name, "the file is larger than 2 MB", "split it or drop what is not needed"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = "the file is not UTF-8 text"
        problems.append(
            Problem(name, line, "", message, "save it again as UTF-8 (in a spreadsheet: CSV UTF-8)")
        )
        return None


def parse_toml(name: str, text: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The tables of a TOML text, None if it is malformed; the reason goes to `problems`."""
    if not text.strip():
        problems.append(
            _problem(name, "the file is empty", "fill it in, or start from a copy of launch-2020")
        )
        return None
    try:
        # The parser would need quadratic time and memory for a very long key.
        content = None if LONG_KEY.search(text) else tomllib.loads(text)
        if content is not None and _depth(content) <= DEPTH_LIMIT:
            return content
    except RecursionError:
        pass
    except ValueError as error:
        reason = str(error)
        line = AT_LINE.search(reason)
        reason = AT_LINE.sub("", reason).replace(" (at end of document)", "")
        number = int(line[1]) if line else None
        problems.append(Problem(name, number, "", *_reason(reason)))
        return None
    problems.append(_problem(name, "it is nested too deeply", "write plain tables"))
    return None


def _depth(content: dict[str, Any]) -> int:
    """How many tables and lists lie inside one another."""
    depth = 0
    level: list[Any] = [content]
    while level and depth <= DEPTH_LIMIT:
        depth += 1
        inner = [part.values() if isinstance(part, dict) else part for part in level]
        level = [value for values in inner for value in values if isinstance(value, dict | list)]
    return depth


def _reason(reason: str) -> tuple[str, str]:
    """What the TOML parser says, in our words where a common mistake is behind it."""
    low = reason.lower()
    if "overwrite" in low or "twice" in low or "already" in low or "mutate" in low:
        return "this key or table was given before", "keep one of the two"
    if "invalid value" in low:
        return (
            "the value is not valid TOML",
            "put text in quotation marks, and use a point in decimal numbers",
        )
    if "expected '='" in low:
        return "there is no = after the key", "write key = value, and put keys with spaces in quotation marks"
    return "this is not valid TOML", "check brackets, quotation marks and commas here and just above"


def _problem(name: str, message: str, mend: str) -> Problem:
    return Problem(name, None, "", message, mend)
