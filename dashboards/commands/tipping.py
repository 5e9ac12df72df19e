"""`plenary tipping`: from when on does support no longer need its sponsors' effort?"""

from __future__ import annotations

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, Set, Text, With, text_of


def command(
    where: RunOrScenario,
    text: Text = None,
    replicates: Replicates = 64,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say from when on support no longer needs its sponsors' effort.

    Sponsors stop after one round or another, under the same luck; takes a dozen runs.
    """
    from dashboards.asked import results_of
    from dashboards.sections.tipping import CAUTION, rows, told
    from dashboards.terminal import answers, print_json, table, working
    from simulation.analyses.tipping import tipping

    results = results_of(where, text, replicates, seed, with_, set_, quiet or json)
    key = text_of(results.scenario, text)
    title = results.scenario.texts[key].title
    with working("stopping after one round or another", quiet or json):
        found = tipping(results.scenario, key, min(results.replicates, replicates), results.manifest["seed"])
    if found is None:
        answer = f"The sponsors of the {title} do nothing for it, or it has none: there is nothing to stop."
    else:
        answer = told(results.data, title, found)
    if json:
        dates = results.data.date.values
        print_json(
            {
                "scenario": results.scenario.name,
                "text": key,
                "answer": answer,
                "tipping_date": None if found is None or found.point is None else str(dates[found.point]),
                "stops": []
                if found is None
                else [
                    {
                        "after": str(dates[stop]),
                        "support": support,
                        "change": change,
                        "low": low,
                        "high": high,
                    }
                    for stop, support, change, low, high in zip(
                        *(one.tolist() for one in found[:5]), strict=True
                    )
                ],
            }
        )
        return
    console = answers()
    console.print(answer, markup=False)
    if found is not None:
        console.print()
        console.print(table(*rows(results.data, found)))
    console.print(f"\n{CAUTION} A model's output, not a prediction.", style="dim", markup=False)
