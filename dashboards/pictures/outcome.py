"""Pictures of the outcome: support beside ambition, and whom the articles serve."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures.ambition import sponsored
from dashboards.figures.gains import article_gains
from dashboards.pictures._picture import Picture, picture, signed
from dashboards.summary import BAND
from dashboards.words import span, titled, with_span
from simulation.analyses.wording import sentence_case
from simulation.results import observing

LEAST = 1e-9  # gain units; a smaller gain is none


def ambition(results: Any) -> Picture:
    """Support at the end beside what the wording keeps for its sponsors."""
    data = results.data
    parts, rows, ends = [], [], []
    for place in sponsored(data):
        title = str(data.text_title.values[place])
        support = np.quantile(data.endorsing.values[:, -1, place], BAND)
        kept = np.nanquantile(data.ambition.values[:, -1, place].astype(float), BAND)
        parts.append(
            f"{title}: {support[1]:.0f} endorse, {share(kept[1])} of its sponsors’ initial gain is kept"
        )
        rows.append([title, with_span(*support), f"{share(kept[1])} ({span(*(100 * kept[[0, 2]]))} %)"])
        ends.append((float(support[1]), float(kept[1]), title))
    finding = "At the end, in the median: " + "; ".join(parts) + "."
    endorsing, ambition_kept, title = max(ends)
    headline = (
        f"{sentence_case(titled(title))} ends with {endorsing:.0f} endorsements and {share(ambition_kept)}"
        " of its ambition"
    )
    head = ["text", "endorsing", "ambition"]
    return picture(figures.FIGURES["ambition"](results), finding, head, rows, headline)


def share(value: float) -> str:
    """A share of the sponsors' gain, which may be negative.

    >>> share(0.914), share(-0.2)
    ('91 %', '−20 %')
    """
    return f"{100 * value:.0f} %".replace("-", "−")


def gains(results: Any, text: str) -> Picture:
    """What the standing wording of each article brings each delegation."""
    data = results.data
    found = article_gains(results, text)
    whole, counting = found.gain.sum(axis=1), ~observing(data)
    helped, harmed = ((sign * found.gain[counting] > LEAST).sum(axis=0) for sign in (1, -1))
    best, worst = int(helped.argmax()), int(harmed.argmax())
    nearer, further = ((sign * whole[counting] > LEAST).sum() for sign in (1, -1))
    finding = (
        f"As most replicates word it, the text brings {nearer} of {counting.sum()} delegations "
        f"nearer to what they want and takes {further} further away. "
        f"Most are served by article {found.titles[best]} ({helped[best]}), "
        f"most are put off by article {found.titles[worst]} ({harmed[worst]})."
    )
    keys = list(results.scenario.texts[text].articles)
    rows = [
        [str(name), *(signed(value, 3) for value in row), signed(total, 3)]
        for name, row, total in sorted(
            zip(data.name.values, found.gain.tolist(), whole.tolist(), strict=True), key=lambda one: -one[2]
        )
    ]
    figure = figures.FIGURES["gains"](results, text, found)
    title = sentence_case(titled(data.text_title.sel(text=text).item()))
    headline = f"{title} serves {nearer} of {counting.sum()} delegations and sets {further} back"
    return picture(figure, finding, ["delegation", *keys, "all articles"], rows, headline)
