"""`plenary order`: who endorses the Global Initiative on Data Security first, against the record."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dashboards.options import Json, Quiet, Replicates, Seed

Where = Annotated[
    str,
    typer.Argument(metavar="NAME|PATH", help="A scenario with the Initiative among its texts."),
]


def command(
    where: Where = "launch-2020",
    replicates: Replicates = 1000,
    seed: Seed = 1,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Score the model's order of endorsement of the Initiative of 2020 against the order on record.

    Concordance beside three simple rankings: voting agreement with China, the position on the forum, and
    groups shared with China. Rows for which hindsight cannot be excluded are replaced by templates of their
    blocs; no statement on record is in the runs. docs/analyses/order-of-endorsement.md has the rule.
    """
    from dashboards.options import loaded
    from dashboards.order_document import document
    from dashboards.terminal import print_json

    scenario = loaded(where, None, None)
    orders, results = _orders(where, scenario, replicates, seed, quiet or json)
    if json:
        print_json(document(orders, scenario, results))
    else:
        _print(orders, scenario, results)


def _orders(where: str, scenario: Any, replicates: int, seed: int, quiet: bool) -> tuple[dict[str, Any], Any]:
    """The order by every coding, and the results of the one that is scored.

    Raises ScenarioError where a scenario has nothing to score.
    """
    from dashboards.order_table import CODINGS
    from dashboards.terminal import progress
    from scenarios import Problem, ScenarioError
    from simulation import run
    from simulation.backtest.hindsight import CODINGS as CODED
    from simulation.backtest.scored_order import order_of

    orders, kept = {}, None
    for coding, change in CODED.items():
        with progress(f"{CODINGS[coding]}: replicates", quiet) as report:
            results = run(change(scenario), replicates, seed, progress=report)
        order = order_of(results)
        if order is None:
            message = "nothing in it can be held against the record of the Global Initiative"
            mend = "name a scenario that has the text global-initiative and begins by 8 September 2020"
            raise ScenarioError([Problem(where, None, "", message, mend)])
        orders[coding], kept = order, kept or results
    return orders, kept


def _print(orders: dict[str, Any], scenario: Any, results: Any) -> None:
    from dashboards.order_table import (
        ABOUT,
        READINGS,
        SHORT,
        TOLD,
        all_scores,
        difference_rows,
        findings,
        pair_rows,
        score_rows,
        spoke_rows,
    )
    from dashboards.terminal import answers, table
    from simulation.analyses.wording import listing, sentence_case
    from simulation.backtest.hindsight import in_doubt

    console, main = answers(), orders["replaced"]
    title = f"{scenario.title}: who endorses the Initiative, and when"
    console.print(title, style="bold", markup=False)
    about = (
        f"{results.replicates} replicates, seed {results.manifest['seed']}, {len(main.countries)} delegations"
    )
    console.print(about, markup=False)
    for sentence in findings(orders):
        console.print(f"\n{sentence}", markup=False)
    console.print()
    console.print(table(*pair_rows(main)))
    for reading, scored in main.scored.items():
        how = READINGS[reading]
        console.print(f"\n{sentence_case(how.name)}: {how.title}", style="bold", markup=False)
        console.print(table(*score_rows(all_scores(orders, reading))))
        console.print()
        gaps = {SHORT[name]: one for name, one in scored.differences.items()}
        console.print(table(*difference_rows(gaps)))
    first = next(iter(main.scored))
    console.print(f"\nWho spoke, by {READINGS[first].name}", style="bold", markup=False)
    head, rows = spoke_rows(main, first, [str(date) for date in results.data.date.values])
    columns = [head.index(name) for name in TOLD]
    console.print(
        table([head[k] for k in columns], [[row[k] for k in columns] for row in rows], wrapped=True)
    )
    names = [scenario.delegations[key].name for key in in_doubt(scenario)]
    console.print(f"\nTemplates stand in the place of {listing(names)}.", markup=False)
    console.print(f"\n{ABOUT}", style="dim", markup=False)
