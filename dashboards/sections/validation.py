"""Does the program compute what others have printed, and what is known exactly?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dashboards import figures
from dashboards.figures.validation import COLUMNS, OUTSIDE, column, lanes
from dashboards.known import Known
from dashboards.pictures._picture import Picture, picture
from dashboards.sections._section import Drawn, Section, Table
from dashboards.validation_table import computed, summary
from simulation.validation import KINDS, Row

TITLE, GROUP = "Published and exact numbers", "How sure"
PLACE = 130
COSTLY = True
SHOWS = (
    "That these numbers are met shows that the program computes what it says, and that with the right"
    " settings it is the published model; not that the model is right about this negotiation."
)
OPTIONS = (("family", "kind of case"), ("source", "source"))


def section(results: Any, found: Known) -> Section:
    """How many numbers of others are met, by what they are, with the picture by family and by source."""
    rows = [row for part in computed() for row in part.rows]
    return Section(
        title=TITLE,
        question="Does the program compute what others have printed and what is known exactly?",
        sentences=[*summary(rows)[:5], SHOWS],
        pictures=[Drawn("validation", "", {by: drawn(results, by) for by, _ in OPTIONS}, OPTIONS, "Rows by")],
        tables=[by_kind(rows)],
    )


def drawn(results: Any, by: str) -> Picture:
    """The picture by family or source, and its counts."""
    parts = computed()
    rows = [row for part in parts for row in part.rows]
    told = summary(rows)
    many = Counter(column(row) for row in rows)
    counts = [
        [lane.origin, lane.kind, *(str(lane.counts.get(name, 0)) for name in COLUMNS)]
        for lane in lanes(parts, by)
    ]
    finding = (
        f"Of all {len(rows)} numbers {many[COLUMNS[0]]} are the same as ours, {many[OUTSIDE]} lie outside"
        " their tolerance and the others between."
    )
    head = [dict(OPTIONS)[by], "kind", *COLUMNS]
    return picture(figures.FIGURES["validation"](results, by), finding, head, counts, told[0])


def by_kind(rows: Sequence[Row]) -> Table:
    """How many rows there are of each kind, and how many of them are met."""
    lines: list[tuple[str, str, list[Row]]] = [
        *((kind, about, [row for row in rows if row.kind == kind]) for kind, about in KINDS.items()),
        ("all but our own", "figures from outside", [row for row in rows if row.kind != "our own"]),
        ("all", "", list(rows)),
    ]
    counted = [
        [kind, about, str(len(some)), str(sum(row.passed for row in some))] for kind, about, some in lines
    ]
    return Table("What the numbers of others are", ["kind", "what it is", "rows", "within"], counted)
