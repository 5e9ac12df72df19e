"""`plenary fairness`: who gains from what was agreed, and who paid for the agreement."""

from __future__ import annotations

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, Set, Text, With, text_of

ABOUT = "\nGain units: 0.10 is ten points nearer on every issue. A model's output, not a prediction."


def command(
    where: RunOrScenario,
    text: Text = None,
    replicates: Replicates = 100,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say who gains from what was agreed, and who paid for it.

    Gains over no text by region, development, bloc and delegation, as tabled and at the end; four measures of
    fairness; and how much more others gain.
    """
    from dashboards.asked import results_of
    from dashboards.figures.burden import burden_rows, group_median
    from dashboards.sections.fairness import delegation_rows, measures, sentences, told
    from dashboards.terminal import answers, print_json, table

    results = results_of(where, text, replicates, seed, with_, set_, quiet or json)
    key = text_of(results.scenario, text)
    title = results.scenario.texts[key].title
    one = told(results, key)
    groups = [
        {
            "name": group.name,
            "kind": group.kind,
            "members": int(group.members.sum()),
            "tabled": group_median(one.found.tabled, group),
            "end": group_median(one.found.end, group),
        }
        for group in burden_rows(results)
    ]
    if json:
        fields = ("delegation", "name", "tabled", "end", "change", "envy")
        rows = [dict(zip(fields, row, strict=True)) for row in delegation_rows(results, one)]
        answer = sentences(results, title, one)
        print_json({"text": key, "answer": answer, "groups": groups, "delegations": rows})
        return
    console = answers()
    for sentence in sentences(results, title, one):
        console.print(sentence, markup=False)
    console.print()
    shown = [
        [str(row["name"]), str(row["members"]), f"{row['tabled']:+.3f}", f"{row['end']:+.3f}"]
        for row in groups
    ]
    console.print(table(["mean gain by group", "members", "as tabled", "at the end"], shown))
    console.print()
    fair = measures({key: one}, [(key, title)])
    by_time = [[row[0].rpartition(", ")[2], *row[1:]] for row in fair.rows]
    console.print(table(["four measures", *fair.head[1:]], by_time))
    console.print(ABOUT, style="dim", markup=False)
