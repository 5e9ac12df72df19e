"""`plenary explain`: what a delegation did in a run, how it voted, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.options import Json, RunFolder

if TYPE_CHECKING:
    from rich.table import Table

    from scenarios.schema import Scenario
    from simulation.analyses.acts import Act

Country = Annotated[
    str | None,
    typer.Option("--country", metavar="KEY", help="One delegation, such as IDN, or a bloc that sponsors."),
]
Text = Annotated[
    str | None, typer.Option("--text", metavar="KEY", help="One text only, such as global-initiative.")
]


def command(run: RunFolder, country: Country = None, text: Text = None, json: Json = False) -> None:
    """Say what a delegation did, how it voted, and why.

    The acts of the first replicate in order, each with its reason, and the explanations of vote.

    Without --country it tells what everybody did.
    """
    from agents.registry import UnknownEntry
    from dashboards.minutes import name_of, read_minutes, speaking
    from dashboards.terminal import answers, print_json
    from scenarios import from_document
    from simulation.results import read_manifest

    manifest = read_manifest(run)
    scenario = from_document(manifest["scenario"])
    if country is not None and country not in (known := _known(scenario)):
        country = country.upper()
        if country not in known:
            raise UnknownEntry("delegation", country, known)
    if text is not None and text not in scenario.texts:
        raise UnknownEntry("text", text, list(scenario.texts))
    acts = read_minutes(run)
    if acts is None:
        from simulation.minutes import minutes

        acts = minutes(scenario, manifest["seed"])
    acts = [
        act
        for act in acts
        if (country is None or act.concerns(country)) and (text is None or act.text == text)
    ]
    name = name_of(scenario, country) if country else "Everybody"
    if json:
        print_json(
            {
                "scenario": scenario.name,
                "country": country,
                "name": name,
                "text": text,
                "acts": [act.document() for act in acts],
            }
        )
        return
    console = answers()
    console.print(f"{name} in the first replicate of {scenario.name}", style="bold", markup=False)
    done, votes = ([act for act in acts if (act.kind == "voted") is wanted] for wanted in (False, True))
    console.print(_table(done) if done else "No act before the vote.")
    if votes:
        console.print(f"\n{speaking(scenario)}", style="bold", markup=False)
        console.print(_table(votes))
    console.print(
        "\nNumbers are gain units; 0.10 is ten points nearer on every issue. Reasons are what was in the "
        "balance, not a proof of cause.",
        style="dim",
        markup=False,
    )


def _known(scenario: Scenario) -> list[str]:
    """The keys of who can act: delegations, and blocs that sponsor a text."""
    sponsors = [one for text in scenario.texts.values() for one in text.sponsors]
    return list(dict.fromkeys([*scenario.delegations, *sponsors]))


def _table(acts: list[Act]) -> Table:
    from rich.table import Table
    from rich.text import Text as Words

    from simulation.analyses.wording import day

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column("day", no_wrap=True, style="dim")
    table.add_column("what and why")
    for act in acts:
        words = [act.sentence, *act.details] if act.kind == "voted" else [act.sentence]
        table.add_row(day(act.date), Words(" ".join(words)))
    return table
