"""`plenary coalitions`: who stands together, on whom it turns, and whether blocs hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, Set, With, text_of

if TYPE_CHECKING:
    from dashboards.coalitions import Bloc, Found

ABOUT = "\nCoalitions are found by the model, nobody has joined them. A model's output, not a prediction."
Text = Annotated[
    str | None, typer.Option("--text", metavar="KEY", help="The text to look at; by default the first one.")
]
Round = Annotated[
    int | None,
    typer.Option(
        "--round", metavar="N", help="After which round, 0 for the opening; by default the last one."
    ),
]


def command(
    where: RunOrScenario,
    text: Text = None,
    round_: Round = None,
    replicates: Replicates = 100,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say who stands together, what coalitions could do, and on whom they turn.

    Coalitions over all replicates, blocs against them, hinge members, how firm groups are on a text, and what
    Louvain finds in single replicates.
    """
    from dashboards.asked import results_of
    from dashboards.coalitions import blocs_in, found_in
    from dashboards.sections.blocs import sentences
    from dashboards.terminal import answers, print_json

    results = results_of(where, replicates, seed, with_, set_, quiet or json)
    key, when = text_of(results.scenario, text), _round(where, results, round_)
    found = found_in(results, when)
    blocs = blocs_in(results, found)
    said = sentences(results, found, blocs)
    if json:
        print_json(document(results, key, found, blocs, said))
        return
    console = answers()
    for sentence in said:
        console.print(sentence, markup=False)
    for shown in _tables(results, key, found, blocs):
        console.print()
        console.print(shown)
    console.print(ABOUT, style="dim", markup=False)


def document(results: Any, text: str, found: Found, blocs: list[Bloc], said: list[str]) -> dict[str, Any]:
    """Everything the command knows, as plain data; delegations by their keys."""
    from dashboards.terminal import finite
    from dashboards.words import letter

    data = results.data
    keys = data.country.values.tolist()
    place = data.text.values.tolist().index(text)
    abilities = ("largest", "carries_alone", "blocks_alone")
    return {
        "text": text,
        "round": found.when,
        "date": str(data.date.values[found.when]),
        "answer": said,
        "coalitions": [
            {
                "letter": letter(one.number),
                "members": [keys[row] for row in one.members],
                **{name: able for name, able in zip(abilities, one.able, strict=True)},
                **{f"{name}_until": moves for name, moves in zip(abilities, one.until, strict=True)},
            }
            for one in found.coalitions
        ],
        "blocs": [
            {
                "name": one.name,
                "members": int(one.members.sum()),
                "coalition": letter(one.number),
                "jaccard": round(one.likeness, 4),
                "members_there": round(one.share, 4),
                "two_end_together": round(one.together, 4),
                "agreement": _number(one.agreement[place]),
                "rice": _number(one.rice[place]),
            }
            for one in blocs
        ],
        "hinges": [
            {
                "delegation": keys[row],
                "coalition": letter(found.number[row]),
                "drawn_to": letter(found.drawn_to[row]),
                "participation": round(float(found.participation[row]), 4),
                "with_its_own": round(float(found.at_home[row]), 4),
                "with_the_other": round(float(found.there[row]), 4),
                "settled": round(float(found.settled[row]), 4),
                "tips": round(float(found.tips[row]), 4),
            }
            for row in found.hinges()
        ],
        "tipping": finite(found.tipping),
        "louvain": [one._asdict() for one in found.second],
    }


def _number(value: float) -> float | None:
    return None if value != value else round(float(value), 4)


def _round(where: str, results: Any, asked: int | None) -> int:
    """The round asked for, by default the last; raises ScenarioError where there is no such round."""
    from scenarios import Problem, ScenarioError

    last = results.data.sizes["round"] - 1
    if asked is None or 0 <= asked <= last:
        return last if asked is None else asked
    mend = f"rounds go from 0, the opening, to {last}"
    raise ScenarioError([Problem(where, None, "", f"there is no round {asked}", mend)])


def _tables(results: Any, text: str, found: Found, blocs: list[Bloc]) -> list[Any]:
    from dashboards import coalition_tables as made
    from dashboards.terminal import table
    from dashboards.words import letter
    from simulation.analyses.wording import listing, spoken

    names = results.data.name.values
    members = [
        [
            f"{letter(one.number)} ({len(one.members)})",
            listing([spoken(str(names[row])) for row in one.members]),
        ]
        for one in found.coalitions
    ]
    shown = [table(["coalition", "members, most settled first"], members)]
    shown[0].columns[1].justify = "left"
    able = made.powers(results, found)
    shown.append(table(able.head, able.rows))
    if blocs:
        head, rows = made.blocs_table(blocs)
        cohesive = {row[0]: row[1] for row in made.cohesion_by_text(results, blocs, [text]).rows}
        shown.append(table([*head, "agreement (Rice)"], [[*row, cohesive.get(row[0], "")] for row in rows]))
    if found.hinges():
        between = made.hinges(results, found)
        shown.append(table(between.head, between.rows))
    shown.append(table(*_firm(results, text, found.when)))
    opinion = made.second(found)
    return [*shown, table(opinion.head, opinion.rows)]


def _firm(results: Any, text: str, when: int) -> tuple[list[str], list[list[str]]]:
    """How firm supporters and coalitions are on a text, in the first replicate."""
    from dashboards.firmness import LINES, firmness
    from dashboards.pictures._picture import signed
    from simulation.analyses.wording import listing, sentence_case, spoken

    names, firm = results.data.name.values, firmness(results, text, when)
    rows = []
    for place, circle in enumerate(firm.circles):
        if circle.kind == "bloc":
            continue
        weakest = firm.found.weakest_first(place)[:3]
        told = [
            f"{spoken(str(names[row]))} ({signed(float(firm.found.margin[place, row]), 3)})"
            for row in weakest
        ]
        rows.append(
            [
                sentence_case(circle.name),
                str(int(circle.members.sum())),
                LINES[int(firm.found.line[place])],
                f"{firm.found.expected_defections[place]:.1f}",
                listing(told),
            ]
        )
    title = results.scenario.texts[text].title
    return [f"{title}, first replicate", "members", "line", "would leave", "smallest margins"], rows
