"""What mechanisms add, as rows of words: for the terminal, a page in Markdown, and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dashboards.terminal import finite
from simulation.analyses.wording import percent

if TYPE_CHECKING:
    import xarray as xr

COLUMNS = {
    "endorsing": ("endorsements", 1),
    "yes": ("yes votes", 1),
    "ambition": ("ambition", 2),
    "coalitions": ("coalitions", 2),
    "modularity": ("modularity", 3),
}
SHORT = ("endorsing", "ambition", "coalitions", "modularity")  # what a terminal has room for
ABOUT = (
    "the scenario with the mechanism less the scenario without it, at the end, under the same luck; "
    "± is half of the 95 % interval"
)


def headings(measures: Sequence[str] = tuple(COLUMNS)) -> list[str]:
    """The heads of the columns of `rows`."""
    return ["mechanism", *(COLUMNS[measure][0] for measure in measures), "flips"]


def rows(found: xr.Dataset, text: str, measures: Sequence[str] = tuple(COLUMNS)) -> list[list[str]]:
    """A row a mechanism: its title, what it adds to each measure of a text, and how often adoption flips."""
    return [
        [
            named(found, variant),
            *(amount(found, variant, measure, text, COLUMNS[measure][1]) for measure in measures),
            flips(found, variant, text),
        ]
        for variant in found.variant.values.tolist()
    ]


def named(found: xr.Dataset, variant: str) -> str:
    """The title of a mechanism; one that the scenario does not use by itself is marked."""
    here = found.sel(variant=variant)
    return here.title.item() + ("" if here.direction.item() == "without" else " (brought in)")


def amount(found: xr.Dataset, variant: str, measure: str, text: str, digits: int) -> str:
    """What a mechanism adds to a measure with its 95 % interval; 0 where nothing at all differs."""
    here = found.sel(variant=variant, measure=measure, text=text)
    if here.adds.item() != here.adds.item():
        return "–"
    if here.differs.item() == 0:
        return "0"
    half = (here.adds_high - here.adds_low).item() / 2
    mean = f"{round(here.adds.item(), digits) or 0:+.{digits}f}".replace("-", "−")
    return f"{mean} ±{half:.{digits}f}" if half < float("inf") else mean


def flips(found: xr.Dataset, variant: str, text: str) -> str:
    """In how many replicates the rule decides otherwise without the mechanism."""
    share = found.differs.sel(variant=variant, measure="adopted", text=text).item()
    return f"in {100 * share:.3g} %" if share else "never"


def as_it_is(found: xr.Dataset, text: str) -> str:
    """The scenario as it is, in one sentence."""
    here = found.base.sel(text=text)
    kept = here.sel(measure="ambition").item()
    ambition = f", which keeps {percent(kept)} of its sponsors' gain" if kept == kept else ""
    return (
        f"As it is, {here.sel(measure='endorsing').item():.1f} delegations endorse the text{ambition}; there "
        f"are {here.sel(measure='coalitions').item():.1f} coalitions of modularity "
        f"{here.sel(measure='modularity').item():.2f}, and the text is adopted in "
        f"{percent(here.sel(measure='adopted').item())} of the replicates."
    )


def markdown(found: xr.Dataset, text: str) -> str:
    """The tables as Markdown: one text in full, support for the others, and how mechanisms are switched."""
    others = [other for other in found.text.values.tolist() if other != text]
    variants = found.variant.values.tolist()
    support = [
        [
            named(found, variant),
            *(amount(found, variant, "endorsing", other, 1) for other in others),
            *(flips(found, variant, other) for other in others),
        ]
        for variant in variants
    ]
    heads = ["mechanism", *others, *(f"flips: {other}" for other in others)]
    how = [[named(found, variant), f"`{found.settings.sel(variant=variant).item()}`"] for variant in variants]
    parts = [
        as_it_is(found, text),
        grid(headings(), rows(found, text)),
        "Endorsements of the other texts, and how often their adoption flips:",
        grid(heads, support),
        "How each is switched, one at a time:",
        grid(("mechanism", "switch"), how),
    ]
    return "\n\n".join(parts if others else parts[:2] + parts[4:]) + "\n"


def grid(heads: Sequence[str], body: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [list(heads), ["---"] * len(heads), *body]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def document(found: xr.Dataset, scenario: str) -> dict[str, Any]:
    """Everything as one JSON document; what is unknown, or one replicate cannot give, is null."""

    names = {"adds": "adds", "low": "adds_low", "high": "adds_high", "differs": "differs"}
    return {
        "scenario": scenario,
        "replicates": found.attrs["replicates"],
        "seed": found.attrs["seed"],
        "as_it_is": {
            text: {
                measure: finite(found.base.sel(measure=measure, text=text).item())
                for measure in found.measure.values.tolist()
            }
            for text in found.text.values.tolist()
        },
        "mechanisms": {
            variant: {
                **{key: found[key].sel(variant=variant).item() for key in ("title", "direction", "settings")},
                "texts": {
                    text: {
                        measure: {
                            key: finite(found[name].sel(variant=variant, measure=measure, text=text).item())
                            for key, name in names.items()
                        }
                        for measure in found.measure.values.tolist()
                    }
                    for text in found.text.values.tolist()
                },
            }
            for variant in found.variant.values.tolist()
        },
    }
