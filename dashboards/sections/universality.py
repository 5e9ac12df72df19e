"""Is the support for a text universal, or large and of one kind?"""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures.universality import MEASURES, four_numbers
from dashboards.known import Known
from dashboards.pictures._picture import picture
from dashboards.sections._section import Drawn, Section
from dashboards.words import span, titled
from simulation.analyses.wording import percent

TITLE, GROUP = "How universal support is", "How it went"
PLACE = 10


def section(results: Any, found: Known) -> Section:
    """How universal support is, by four measures: states, regions, the permanent five, public objection."""
    data = results.data
    measured = four_numbers(data)
    sentences, rows = [], []
    for place, title in enumerate(data.text_title.values.tolist()):
        rows.append([title, *(_measure(*measured[name][:, place]) for name in MEASURES)])
        states, regions, five, free = (_measure(*[float(measured[name][1, place])] * 3) for name in MEASURES)
        sentences.append(
            f"Behind the {title} stand, in the median, {states} of the delegations, {regions} of the regions"
            f" and {five} of the permanent five; {free} of replicates are free of public objection."
        )
    head = ["text", *(mark.word for mark in MEASURES.values())]
    states, regions = (_measure(*[float(measured[name][1, 0])] * 3) for name in list(MEASURES)[:2])
    title = titled(str(data.text_title.values[0]))
    headline = f"Behind {title} stand {states} of the delegations and {regions} of the regions"
    drawn = picture(figures.FIGURES["universality"](results), " ".join(sentences), head, rows, headline)
    return Section(
        title=TITLE,
        question="Is support spread over the world, or large and of one kind?",
        sentences=[],
        pictures=[Drawn("universality", "", {"": drawn})],
    )


def _measure(low: float, middle: float, high: float) -> str:
    if np.isnan(middle):
        return "–"
    return percent(middle) if low == high else f"{percent(middle)} ({span(100 * low, 100 * high)} %)"
