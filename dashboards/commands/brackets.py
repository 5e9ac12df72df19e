"""`plenary brackets`: what each bracket costs, and what else could have been agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, text_of

if TYPE_CHECKING:
    from rich.table import Table

    from scenarios.schema import Scenario as Room
    from simulation.results import Results

Text = Annotated[
    str | None, typer.Option("--text", metavar="KEY", help="One text; by default every one in turn.")
]
Between = Annotated[
    list[str] | None,
    typer.Option(
        "--between", metavar="KEY", help="Let the sponsors bargain with this delegation, not with all."
    ),
]
Confirm = Annotated[
    int,
    typer.Option("--confirm", min=0, max=50, help="Hold so many of the dearest prices against a re-run."),
]


def command(
    where: RunOrScenario,
    text: Text = None,
    between: Between = None,
    confirm: Confirm = 0,
    replicates: Replicates = 100,
    seed: Seed = 1,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Price each bracket, and find what else could have been agreed.

    Support with and without every option, who asks for it and who objects, the trade that would lift the
    bracket; the wording with most support, the frontier of support and ambition, the points of bargaining
    theory, and the deals that were missed.
    """
    from dashboards.asked import case_of, results_of
    from dashboards.terminal import print_json, progress, working

    scenario, seed = case_of(where, seed)
    asked = None if text is None else text_of(scenario, text)
    parties = _delegations(scenario, between or [])
    results = results_of(where, text, replicates, seed, None, None, quiet or json)
    from dashboards import deals_table, prices_table
    from dashboards.texts.revisions import at_the_end
    from simulation.analyses.bracket_prices import confirm as held_against
    from simulation.analyses.bracket_prices import dearest, prices
    from simulation.analyses.deals import agreed, deals, on_the_table, run_again
    from simulation.analyses.replies import replies

    with working(f"{scenario.name}: wordings", quiet or json):
        model, ended = run_again(results), at_the_end(results)
        keys = _keys(on_the_table(model), asked)
        found = {key: deals(results, agreed(results, key, model), parties) for key in keys}
        priced = {key: prices(scenario, key, found[key].agreed, replies(ended, key)) for key in keys}
    confirmed = {}
    for key in keys:
        some = dearest(priced[key], confirm)
        with progress(f"{scenario.texts[key].title}: replicates", quiet or json) as report:
            confirmed[key] = held_against(scenario, key, found[key].agreed, some, replicates, seed, report)
    if json:
        document: dict[str, Any] = {"scenario": scenario.name}
        document["texts"] = {
            key: deals_table.document(found[key])
            | prices_table.document(scenario, key, priced[key], confirmed[key])
            for key in keys
        }
        print_json(document)
        return
    for key in keys:
        _print(results, key, found[key], priced[key], confirmed[key])


def _keys(there: list[str], asked: str | None) -> list[str]:
    """The texts to look at; raises RunError for one that is not on the table at the end."""
    from simulation.results import RunError

    if asked is not None and asked not in there:
        raise RunError(f"{asked} does not lie on the table at the end; choose from: {', '.join(there)}")
    return there if asked is None else [asked]


def _delegations(scenario: Room, keys: list[str]) -> list[str]:
    """The keys of delegations as the scenario writes them; raises UnknownEntry for any other."""
    from agents.registry import UnknownEntry

    known = [key for key, one in scenario.delegations.items() if not one.observer]
    found = [key if key in known else key.upper() for key in keys]
    for key in found:
        if key not in known:
            raise UnknownEntry("delegation", key, known)
    return found


def _print(results: Results, text: str, found: Any, priced: Any, confirmed: Any) -> None:
    from dashboards import deals_table, prices_table
    from dashboards.terminal import answers

    console, scenario = answers(), results.scenario
    title = scenario.texts[text].title
    console.print(f"\n{title}", style="bold", markup=False)
    for sentence in deals_table.sentences(found, title) + prices_table.sentences(scenario, text, priced):
        console.print(sentence, markup=False)
    body = deals_table.rows(found)
    console.print(_table(deals_table.HEAD[:-1], [row[:-1] for row in body]))
    console.print("Against what was agreed")
    for row in body:
        if row[0] != deals_table.AGREED:
            console.print(f"  {row[0]}: {row[-1]}", markup=False)
    console.print(deals_table.ABOUT, style="dim", markup=False)
    if priced:
        console.print("\nThe price of each option (* stands)", style="bold")
        console.print(_table(prices_table.SHORT_HEAD, prices_table.short_rows(scenario, text, priced)))
        console.print(prices_table.ABOUT, style="dim", markup=False)
    if confirmed:
        console.print("\nHeld against a re-run, drafting off, with the same luck", style="bold")
        body = prices_table.confirmed_rows(scenario, text, confirmed)
        console.print(_table(prices_table.CONFIRMED_HEAD, body))


def _table(heads: list[str], body: list[list[str]]) -> Table:
    from rich.table import Table
    from rich.text import Text as Words

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in heads:
        table.add_column(heading)
    for row in body:
        table.add_row(*map(Words, row))
    return table
