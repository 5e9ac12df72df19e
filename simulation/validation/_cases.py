"""The data of cases that are too long for a module."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

CASES = Path(__file__).resolve().parent / "cases"


@cache
def case(name: str) -> dict[str, Any]:
    """The case in `cases/NAME.json`; its `source` says where its numbers come from."""
    found: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return found
