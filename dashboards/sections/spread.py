"""How does support spread, when do groups come on board, and who comes first?"""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.groups import EVERYBODY
from dashboards.known import Known
from dashboards.pictures._picture import picture
from dashboards.sections._section import Drawn, Section, Table
from dashboards.spread_table import AWAY, CAUTION, NEVER, adopter_rows, adopters, growth_rows, timing_rows
from simulation.analyses.wording import listing, spoken

TITLE, GROUP = "How support spreads", "How it went"
PLACE = 30
BY = "region"
TOLD = 5  # texts with a sentence of their own


def section(results: Any, found: Known) -> Section:
    """Growth and time to endorse by region, and the kinds of adopter of each text."""
    data = results.data
    texts = list(zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True))
    grown, waited, kinds = {}, {}, []
    for text, title in texts:
        head, rows = growth_rows(data, text, BY)
        finding = f"{rows[0][-1]} of all delegations endorse it at the end."
        grown[text] = picture(figures.FIGURES["growth"](results, text, BY), finding, head, rows)
        head, rows = timing_rows(data, text, BY)
        finding = f"Half of {EVERYBODY} on board by: {rows[0][2]}."
        when = rows[0][2]
        half = f"Half of {EVERYBODY} are on board by {when}"
        if when == NEVER:
            half = f"Fewer than half of {EVERYBODY} are on board at the end"
        waited[text] = picture(figures.FIGURES["waiting"](results, text, BY), finding, head, rows, half)
        head, rows = adopter_rows(data, text)
        kinds += [[title, *row] for row in rows]
    return Section(
        title=TITLE,
        question="Which groups come on board, when, and who comes first?",
        sentences=[*(_sentence(data, *one) for one in texts[:TOLD]), CAUTION],
        pictures=[
            Drawn("growth", "Growth by region", grown, texts, "Text"),
            Drawn("waiting", "Time to endorse by region", waited, texts, "Text"),
        ],
        tables=[Table("Innovators to laggards", ["text", *head], kinds)],
    )


def _sentence(data: Any, text: str, title: str) -> str:
    """Who comes first and last on board of a text."""
    on_board = [one for one in adopters(data, text) if one.kind != AWAY]
    if not on_board:
        return f"No delegation endorses the {title} in half of the replicates or more."
    first, last = on_board[0], on_board[-1]
    named = [spoken(str(name)) for name in data.name.values[first.rows[:3]]]
    be = "is" if len(named) == 1 else "are"
    words = f"Behind the {title} the first on board {be} {listing(named)} (expected from {first.first} on)"
    if len(on_board) > 1:
        words += f"; of those who mostly endorse it the last {len(last.rows)} come by {last.last}"
    return words + "."
