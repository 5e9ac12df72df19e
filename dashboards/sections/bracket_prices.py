"""What does each bracket cost in support, and who holds it?"""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.known import Known
from dashboards.pictures._picture import picture
from dashboards.prices_table import ABOUT, HEAD, dearest, rows, sentences
from dashboards.sections._section import Drawn, Section
from simulation.analyses.bracket_prices import prices
from simulation.analyses.deals import agreed, on_the_table, run_again

TITLE, GROUP = "The price of each bracket", "The text"
PLACE = 81
COSTLY = True
MOST = 5  # sentences about texts


def section(results: Any, found: Known) -> Section | None:
    """The price of every option that does not stand, with those who ask for it and those who object."""
    model, scenario = run_again(results), results.scenario
    said, choices, options = [], {}, []
    for key in on_the_table(model):
        priced = prices(scenario, key, agreed(results, key, model), found.replies[key])
        if not priced:
            continue
        told = sentences(scenario, key, priced)
        said += told[:1]
        drawn = figures.FIGURES["bracket-prices"](results, key, priced)
        choices[key] = picture(
            drawn, " ".join(told), HEAD, rows(scenario, key, priced), dearest(scenario, key, priced)
        )
        options.append((key, scenario.texts[key].title))
    if not choices:
        return None
    return Section(
        title=TITLE,
        question="What does each option in brackets cost in support, who wants it, and who would object?",
        sentences=[*said[:MOST], ABOUT],
        pictures=[Drawn("bracket-prices", "", choices, options, "Text")],
    )
