"""`plenary leverage`: on whom does it turn?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, Set, Text, With, text_of

Top = Annotated[
    int, typer.Option("--top", min=1, max=50, help="How many countries are pushed, flipped and listed.")
]


def command(
    where: RunOrScenario,
    text: Text = None,
    replicates: Replicates = 64,
    seed: Seed = 1,
    top: Top = 10,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say on whom a text turns.

    Who could carry it at least concession, who could stop it, how much power the rule gives to whom, and what
    single countries change when they are pushed or flipped under the same luck.
    """
    from dashboards.asked import results_of
    from dashboards.sections import leverage as asked
    from dashboards.sections import pivotal as flips
    from dashboards.terminal import answers, print_json, progress, table
    from simulation.analyses.leverage import leverage
    from simulation.analyses.pivotal import candidates, pivotal

    results = results_of(where, text, replicates, seed, with_, set_, quiet or json)
    scenario = results.scenario
    key = text_of(scenario, text)
    known = leverage(results)
    some = candidates(results, key, top)
    luck = results.manifest.get("seed", seed)
    with progress(f"{scenario.name}: countries", quiet or json) as report:
        found = pivotal(scenario, key, some, replicates, luck, report)
    said = [*asked.sentences(results, known)]
    if key in known.by_text:
        said += asked.told(results, known, key)
    said += [flips.base(scenario, found), *flips.sentences(scenario, found)]
    if json:
        print_json(_document(results, known, found, key, said))
        return
    console = answers()
    for sentence in said:
        console.print(sentence, markup=False)
    for head, rows in (
        *((flips.head(found, [act]), flips.rows(found, [act])) for act in flips.ACTS),
        (asked.ROW, asked.nearest_rows(results, known, key)[:top] if key in known.by_text else []),
        (asked.UNION, asked.union_rows(results, known)[:top]),
    ):
        if rows:
            console.print()
            console.print(table(head, rows))
    console.print(f"\n{flips.ABOUT} A model's output, not a prediction.", style="dim", markup=False)


def _document(results: Any, known: Any, found: Any, text: str, said: list[str]) -> dict[str, Any]:
    """Everything as one JSON document; what no concession or no single replicate can give is null."""
    from dashboards.terminal import finite

    on = known.by_text.get(text)
    bargain = None if on is None else on.bargain
    return {
        "scenario": results.scenario.name,
        "text": text,
        "rule": results.scenario.rule.name,
        "replicates": int(found.attrs["replicates"]),
        "seed": int(found.attrs["seed"]),
        "answer": said,
        "fewest_to_stop": known.fewest or None,
        "cheapest_concession": None if bargain is None else bargain.total,
        "smallest_blocking_minority": None
        if on is None or on.block is None
        else [key for key, inside in zip(known.countries, on.block.tolist(), strict=True) if inside],
        "delegations": {
            key: {
                "union": known.union[row],
                **{
                    name: float(index[row])
                    for name, index in zip(known.power._fields, known.power, strict=True)
                },
                "to_yes": None if on is None else finite(float(on.to_yes[row])),
                "to_neither": None if on is None else finite(float(on.to_neither[row])),
                "against": None if on is None else bool(on.opposed[row]),
                "in_cheapest_coalition": bargain is not None and bool(bargain.says[row] == 1),
                "conceded": None if bargain is None else float(bargain.paid[row]),
            }
            for row, key in enumerate(known.countries)
        },
        "countries": {
            str(key): {
                measure: {
                    name: finite(float(found[name].sel(country=key, measure=measure)))
                    for name in map(str, found.data_vars)
                }
                for measure in found.measure.values.tolist()
            }
            for key in found.country.values
        },
    }
