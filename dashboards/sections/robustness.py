"""Would the headlines stand if something had been judged otherwise?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards import figures
from dashboards.again import again
from dashboards.known import Known
from dashboards.pictures._picture import Picture, picture, signed
from dashboards.sections._section import Drawn, Section
from dashboards.words import titled
from simulation.analyses.robustness import overturned, robustness
from simulation.analyses.wording import listing, number, percent

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.schema import Scenario

TITLE, GROUP = "What the answer rests on", "How sure"
PLACE = 105
COSTLY = True
HEAD = ("judged otherwise", "endorse", "change", "±", "adopted", "vote", "ambition")


def section(results: Any, found: Known) -> Section:
    """The headlines under other coded values and parameters, paired by luck."""
    scenario = results.scenario
    varied = robustness(scenario, again(results), results.manifest.get("seed", 1))
    texts = [(str(text), scenario.texts[str(text)].title) for text in varied.text.values]
    return Section(
        title=TITLE,
        question="Would the headlines stand if positions or parameters had been judged otherwise?",
        sentences=sentences(scenario, varied, texts[0][0]),
        pictures=[
            Drawn(
                "robustness",
                "",
                {text: drawn(results, varied, text) for text, _ in texts},
                texts,
                "Text",
            )
        ],
    )


def drawn(results: Any, varied: xr.Dataset, text: str) -> Picture:
    """The picture of one text with its table."""
    figure = figures.FIGURES["robustness"](results, text, varied)
    finding = " ".join(sentences(results.scenario, varied, text))
    turned = overturned(varied, text, "adopted")
    many = f"{number(len(turned))} of the judgements" if turned else "none of the judgements"
    headline = f"Adoption of {titled(results.scenario.texts[text].title)} turns with {many} varied"
    return picture(figure, finding, list(HEAD), rows(varied, text), headline)


def rows(varied: xr.Dataset, text: str) -> list[list[str]]:
    """A row for the scenario as it is, and one for each thing judged otherwise."""
    here = varied.sel(text=text)

    def told(values: xr.DataArray) -> list[str]:
        ambition = float(values.sel(measure="ambition"))
        return [
            percent(float(values.sel(measure="adopted"))),
            percent(float(values.sel(measure="vote_passed"))),
            "–" if ambition != ambition else percent(ambition),
        ]

    found = [["as it is", f"{float(here.base.sel(measure='endorsing')):.1f}", "–", "–", *told(here.base)]]
    for name in here.variant.values:
        one = here.sel(variant=name)
        moved = one.sel(measure="endorsing")
        half = float(moved.high - moved.low) / 2
        found.append(
            [
                str(name),
                f"{float(moved.changed):.1f}",
                signed(float(moved.difference)),
                "–" if half == float("inf") else f"{half:.1f}",
                *told(one.changed),
            ]
        )
    return found


def sentences(scenario: Scenario, varied: xr.Dataset, text: str) -> list[str]:
    """The answer for one text in words."""
    table, title = rows(varied, text), scenario.texts[text].title
    moved = sorted(table[1:], key=lambda row: -abs(float(row[2].replace("−", "-"))))
    said = [
        f"The {title} ends with {table[0][1]} endorsements as the scenario is coded; what moves that most is"
        f" {moved[0][0]} ({moved[0][2]}) and {moved[1][0]} ({moved[1][2]})."
    ]
    turned = overturned(varied, text, "adopted")
    said.append(
        f"Whether it is adopted turns with {listing(turned)}."
        if turned
        else "Whether it is adopted turns with none of these."
    )
    noise = next(row for row in table if row[0].startswith("positions within"))
    said.append(
        f"With {noise[0]} it has {noise[1]} endorsements and is adopted in {noise[4]} of the replicates."
    )
    return said
