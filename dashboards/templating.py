"""How templates become pages: everything is escaped, and numbers stay with their units."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from dashboards.words import unbroken


def environment(*folders: Path) -> Environment:
    """Templates of these folders, the first one that has a name first."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda words: unbroken(words) if type(words) is str else words,
    )
