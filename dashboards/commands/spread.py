"""`plenary spread`: which groups come on board, when, and who comes first?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, Set, Text, With, text_of

if TYPE_CHECKING:
    from simulation.results import Results

By = Annotated[str, typer.Option("--by", metavar="GROUPING", help="region, bloc or coalition.")]
Between = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", metavar="GROUP GROUP", help="Test two groups against each other, by name."),
]


def command(
    where: RunOrScenario,
    text: Text = None,
    by: By = "region",
    between: Between = None,
    replicates: Replicates = 100,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say which groups come on board, when, and who comes first.

    Shares that endorse, time to endorse with a log-rank test, and innovators to laggards.
    """
    from agents.registry import UnknownEntry
    from dashboards.asked import results_of
    from dashboards.groups import GROUPINGS
    from dashboards.spread_table import document
    from dashboards.terminal import print_json

    if by not in GROUPINGS:
        raise UnknownEntry("grouping", by, list(GROUPINGS))
    results = results_of(where, text, replicates, seed, with_, set_, quiet or json)
    key = text_of(results.scenario, text)
    if json:
        print_json(document(results, key, by, between))
    else:
        _print(results, key, by, between)


def _print(results: Results, text: str, by: str, pair: tuple[str, str] | None) -> None:
    from dashboards.spread_table import CAUTION, adopter_rows, growth_rows, pair_words, timing_rows
    from dashboards.terminal import answers, table

    data, console = results.data, answers()
    title = f"{results.scenario.texts[text].title}: spread by {by}, {data.sizes['replicate']} replicates"
    console.print(title, style="bold", markup=False)
    for words, (head, rows) in (
        ("Share that endorses: median, and the middle 80 % of replicates", growth_rows(data, text, by)),
        ("Time to endorse", timing_rows(data, text, by)),
    ):
        console.print(f"\n{words}", style="bold", markup=False)
        console.print(table(head, rows))
    if pair:
        console.print(f"\n{pair_words(data, text, by, pair)}", markup=False)
    console.print("\nInnovators to laggards", style="bold")
    for kind, count, when, who in adopter_rows(data, text)[1]:
        console.print(f"{kind} ({count}; {when}): {who}", markup=False)
    console.print(f"\n{CAUTION}", style="dim", markup=False)
