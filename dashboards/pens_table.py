"""How a text ends under each pen, side by side, as rows of words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.terminal import finite
from simulation.analyses.wording import percent

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.schema import Scenario

ROWS = {
    "endorsing": ("support: delegations that endorse", 1),
    "opposing": ("delegations that oppose", 1),
    "adopted": ("adopted by the rule", 2),
    "yes": ("yes votes", 1),
    "ambition": ("ambition: share of the sponsors' gain", 2),
    "open": ("open brackets", 1),
    "open_by_most": ("brackets that most hold open", 1),
    "holders": ("holders of brackets, added up", 1),
    "gaining": ("fairness: share that gains", 2),
    "smallest": ("fairness: smallest gain", 3),
    "gini": ("fairness: Gini of the gains", 2),
    "nash": ("fairness: Nash product", 3),
}
ABOUT = (
    "at the end, in brackets the difference to the text as tabled under the same luck; "
    "± is half of the 95 % interval"
)


def headings(found: xr.Dataset) -> list[str]:
    """The heads of the columns: the measure, the text as tabled, and the pens."""
    return ["", "as tabled", *found.variant.values.tolist()]


def rows(found: xr.Dataset) -> list[list[str]]:
    """A row a measure: how the text ends as tabled and under each pen; unknown ones are left out."""
    return [
        [
            title,
            f"{found.base.sel(measure=measure).item():.{digits}f}".replace("-", "−"),
            *(cell(found.sel(variant=pen, measure=measure), digits) for pen in found.variant.values),
        ]
        for measure, (title, digits) in ROWS.items()
        if found.changed.sel(measure=measure).notnull().any()
    ]


def cell(here: xr.Dataset, digits: int) -> str:
    """A value with its paired difference to the text as tabled; the value alone where that is unknown."""
    value = f"{here.changed.item():.{digits}f}".replace("-", "−")
    if here.difference.item() != here.difference.item():
        return value
    more = f"{round(here.difference.item(), digits) or 0:+.{digits}f}".replace("-", "−")
    half = (here.high - here.low).item() / 2
    return f"{value} ({more} ±{half:.{digits}f})" if half < float("inf") else f"{value} ({more})"


def wordings(found: xr.Dataset, scenario: Scenario, text: str) -> list[tuple[str, list[list[str]]]]:
    """Article by article, in what share of the replicates each wording stands under each pen."""
    tables = []
    for key, article in scenario.texts[text].articles.items():
        names = [one for one in ("tabled", *article.options) if f"{key}/{one}" in found.measure.values]
        shares = [found.changed.sel(measure=f"{key}/{name}").values.tolist() for name in names]
        body = [[name, *map(percent, share)] for name, share in zip(names, shares, strict=True)]
        if body:
            tables.append((f"{key} {article.title}".strip(), body))
    return tables


def document(found: xr.Dataset, scenario: str, text: str) -> dict[str, Any]:
    """The comparison as one JSON document; what is unknown, or one replicate cannot give, is null."""

    known = [one for one in found.measure.values.tolist() if found.changed.sel(measure=one).notnull().any()]
    return {
        "scenario": scenario,
        "text": text,
        "replicates": found.attrs["replicates"],
        "seed": found.attrs["seed"],
        "as_tabled": {one: finite(found.base.sel(measure=one).item()) for one in known},
        "pens": {
            pen: {
                one: {
                    key: finite(found[name].sel(variant=pen, measure=one).item())
                    for key, name in {
                        "value": "changed",
                        "difference": "difference",
                        "low": "low",
                        "high": "high",
                    }.items()
                }
                for one in known
            }
            for pen in found.variant.values.tolist()
        },
    }
