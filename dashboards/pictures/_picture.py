"""A picture as the report's script reads it: its figure, its finding in words, its numbers as a table."""

from __future__ import annotations

import json
from typing import Any

from dashboards.words import signed

__all__ = ["Picture", "picture", "signed"]
Picture = dict[str, Any]


def picture(figure: Any, finding: str, head: list[str], rows: list[list]) -> Picture:
    """The picture as plain data. `finding` states in words what the figure shows; `rows` are cells of words
    under the headings `head`."""
    return {"figure": json.loads(figure.to_json()), "finding": finding, "table": {"head": head, "rows": rows}}
