"""What could have been agreed, and does it lie beyond what was?"""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.deals_table import ABOUT, HEAD, counts, headline, reached, rows, sentences
from dashboards.known import Known
from dashboards.pictures._picture import picture
from dashboards.sections._section import Drawn, Section, Table
from simulation.analyses.deals import agreed, deals, on_the_table, run_again

TITLE, GROUP = "What could have been agreed", "The text"
PLACE = 80
COSTLY = True
MOST = 5  # texts with a sentence of their own


def section(results: Any, found: Known) -> Section | None:
    """Support against ambition over all wordings of each text, with the points of bargaining theory."""
    model = run_again(results)
    said, choices, options, tables = [], {}, [], []
    for key in on_the_table(model):
        ended, title = agreed(results, key, model), results.scenario.texts[key].title
        if ended.prospects.places.count < 2:
            continue
        seen = deals(results, ended)
        said.append(headline(seen, title))
        body = rows(seen)
        tables.append(Table(f"{title}: telling wordings", HEAD, body))
        tables.append(Table(f"{title}: how many wordings", ["", "wordings or delegations"], counts(seen)))
        if seen.survey is not None and len(seen.survey.frontier):
            drawn = figures.FIGURES["frontier"](results, key, seen)
            choices[key] = picture(drawn, " ".join(sentences(seen, title)), HEAD, body, reached(seen, title))
            options.append((key, title))
    if not said:
        return None
    return Section(
        title=TITLE,
        question="Which wordings would have had more support, more ambition or a fairer balance?",
        sentences=[*said[:MOST], ABOUT],
        pictures=[Drawn("frontier", "", choices, options, "Text")] if choices else [],
        tables=tables,
    )
