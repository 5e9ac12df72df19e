"""Published and exact numbers beside ours as one page: no network, no other files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from dashboards.validation_table import ABOUT, HEAD, Part, cells, summary
from simulation.validation import KINDS

TEMPLATES = Path(__file__).parent / "templates"


def to_page(parts: Sequence[Part]) -> str:
    """The whole table as one HTML document, a section a family."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    rows = [row for part in parts for row in part.rows]
    return environment.get_template("validation.html.j2").render(
        parts=parts,
        head=HEAD,
        cells=cells,
        kinds=[(kind, about, sum(row.kind == kind for row in rows)) for kind, about in KINDS.items()],
        summary=summary(rows),
        count=len(rows),
        passed=sum(row.passed for row in rows),
        about=ABOUT,
    )
