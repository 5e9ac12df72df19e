"""Which parameter does the answer hang on, each varied alone over its advised range?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards import figures
from dashboards.again import again
from dashboards.figures.tornado import told
from dashboards.known import Known
from dashboards.pictures._picture import picture, signed
from dashboards.sections._section import Drawn, Section
from dashboards.terminal import finite
from dashboards.words import headed, setting, titled
from simulation.analyses.tornado import SIDES, by_span, tornado
from simulation.analyses.wording import listing

if TYPE_CHECKING:
    import xarray as xr

PLACE = 106
COSTLY = True
TITLE, GROUP = "Which parameter matters", "How sure"
MOST = 16  # replicates: there are two more negotiations for every parameter
HEAD = ("parameter", "as it is", "at the low end", "at the high end", "span")


def section(results: Any, found: Known) -> Section:
    """Every parameter at the ends of its advised range, paired by luck."""
    varied = tornado(results.scenario, again(results, MOST), results.manifest.get("seed", 1))
    texts = list(zip(varied.text.values.tolist(), varied.text_title.values.tolist(), strict=True))
    choices = {
        text: picture(
            figures.FIGURES["tornado"](results, text, varied),
            " ".join(sentences(varied, text)),
            list(HEAD),
            rows(varied, text),
            headline(varied, text),
        )
        for text, _ in texts
    }
    return Section(
        title=TITLE,
        question="How far does each parameter move the endorsements, from one end of its advised range to"
        " the other?",
        sentences=sentences(varied, texts[0][0]),
        pictures=[Drawn("tornado", "", choices, texts, "Text")],
    )


def headline(varied: xr.Dataset, text: str) -> str:
    """The parameter that moves most, in one short line."""
    title = titled(str(varied.text_title.sel(text=text).values))
    first = by_span(varied, text)[0]
    if not float(varied.span.sel(text=text, parameter=first)) > 0:
        return f"No parameter changes how many endorse {title}"
    return headed(f"What moves {title} most is {told(first)}")


def rows(varied: xr.Dataset, text: str) -> list[list[str]]:
    """A row a parameter, the widest span first; an end is told as its value and the change there."""
    here, found = varied.sel(text=text), []
    for name in by_span(varied, text):
        one = here.sel(parameter=name)
        at = [f"{setting(float(end.value))}: {moved(end)}" for end in (one.sel(side=side) for side in SIDES)]
        found.append([told(name), setting(float(one.here)), *at, f"{float(one.span):.1f}"])
    return found


def listed(varied: xr.Dataset, text: str) -> list[dict[str, Any]]:
    """The same as numbers, for JSON; null for what has no end."""
    found = []
    for name in by_span(varied, text):
        one = varied.sel(text=text, parameter=name)
        at = {
            side: {key: finite(float(one[key].sel(side=side))) for key in ("value", "change", "low", "high")}
            for side in SIDES
        }
        found.append({"parameter": name, "here": finite(float(one.here)), **at, "span": float(one.span)})
    return found


def moved(end: xr.Dataset) -> str:
    """The change at one end with half of its 95 % interval."""
    half = float(end.high - end.low) / 2
    if half == 0 and float(end.change) == 0:
        return "0"
    return signed(float(end.change)) + ("" if half == float("inf") else f" ± {half:.1f}")


def sentences(varied: xr.Dataset, text: str) -> list[str]:
    """The answer for one text in words."""
    here, order = varied.sel(text=text), by_span(varied, text)
    title = str(here.text_title.values)
    moving = [name for name in order if float(here.span.sel(parameter=name)) > 0]
    if not moving:
        return [f"No parameter changes how many endorse the {title}."]
    top = here.sel(parameter=moving[0])
    low, high = (
        f"{signed(float(end.change))} endorsements at {setting(float(end.value))}"
        for end in (top.sel(side=side) for side in SIDES)
    )
    said = [
        f"On the {title} {told(moving[0])} moves most: {low} and {high}, a span of {float(top.span):.1f}."
    ]
    if len(moving) > 1:
        next_ones = [f"{told(name)} ({float(here.span.sel(parameter=name)):.1f})" for name in moving[1:4]]
        said.append(f"Next by span: {listing(next_ones)}.")
    still = [told(name) for name in order if name not in moving]
    if still:
        said.append(f"Nothing at all changes with {listing(still)}.")
    said.append("Each is varied alone; how they act together is not seen here.")
    return said
