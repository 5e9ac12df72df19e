"""Where scenarios of the user's own lie: a folder each, in the system's place for the user's data."""

from __future__ import annotations

import os
import re
from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def home() -> Path:
    """The folder of Plenary's data: PLENARY_DATA, or else the system's place for the user's data."""
    given = os.environ.get("PLENARY_DATA")
    if given:
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("plenary")


def folder() -> Path:
    """The folder with a folder for every draft."""
    return home() / "drafts"
