"""What would bring those who hold out to yes?"""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.figures.paths import nearest
from dashboards.known import Known
from dashboards.paths_table import HEAD, share, size
from dashboards.paths_table import rows as rows_of
from dashboards.pictures._picture import picture
from dashboards.sections._section import Drawn, Section
from dashboards.words import titled
from simulation.analyses.citing import short
from simulation.analyses.wording import number, percent, sentence_case

TITLE, GROUP = "Paths to yes", "Who matters"
PLACE = 70
COSTLY = True


def section(results: Any, found: Known) -> Section | None:
    """The smallest changes that would bring the nearest hold-outs to yes, on the first sponsored text."""
    near = nearest(results)
    if near is None or not near.holdouts:
        return None
    sentences = []
    for one in near.holdouts:
        path = (one.sufficient or list(one.paths))[0]
        what = f"{path.change.lever.words}, {size(path.change)}"
        before, after = percent(path.outcome.before[1]), share(path.outcome.after)
        name = sentence_case(one.target.name)
        if one.sufficient:
            sentences.append(f"{name}: {what}, takes its chance to endorse from {before} to {after}.")
        else:
            sentences.append(
                f"{name}: no single change run again suffices; nearest, {what}, {before} to {after}."
            )
    rows = [
        [sentence_case(one.target.name), *row]
        for one in near.holdouts
        for row in rows_of(one, results.scenario)
    ]
    title = short(results.scenario.texts[near.text].title)
    drawn = picture(
        figures.FIGURES["paths"](results, near),
        f"Chances to endorse the {title} as it is and with single changes, {near.replicates} replicates.",
        ["delegation", *HEAD],
        rows,
        f"One change brings {number(sum(bool(one.sufficient) for one in near.holdouts))} of the"
        f" {number(len(near.holdouts))} nearest hold-outs to {titled(title)}",
    )
    return Section(
        title=f"{TITLE}: {title}",
        question="What is the smallest change that would bring those nearest to yes on board?",
        sentences=sentences,
        pictures=[Drawn("paths", "", {"": drawn})],
    )
