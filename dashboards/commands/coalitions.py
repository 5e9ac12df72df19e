"""`plenary coalitions`: who stands together, on whom it turns, and whether blocs hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json, Quiet, Replicates, RunOrScenario, Seed, Set, Text, With, text_of

if TYPE_CHECKING:
    from dashboards.coalitions import Bloc, Found

WEAKEST = 3  # members of a group whose margins are shown
ABOUT = "\nCoalitions are found by the model, nobody has joined them. A model's output, not a prediction."
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

    results = results_of(where, text, replicates, seed, with_, set_, quiet or json)
    key, when = text_of(results.scenario, text), _round(where, results, round_)
    found = found_in(results, when)
    blocs = blocs_in(results, found)
    said = sentences(results, found, blocs)
    if json:
        print_json(document(results, key, found, blocs, said))
        return
    console = answers()
    for sentence in [*said, "", *_members(results, found)]:
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


def _members(results: Any, found: Found) -> list[str]:
    """A line a coalition: its letter, its size and its members, most settled first."""
    from dashboards.words import letter
    from simulation.analyses.wording import listing, spoken

    names = results.data.name.values
    listed = [listing([spoken(str(names[row])) for row in one.members]) for one in found.coalitions]
    return [
        f"{letter(one.number)}, {len(one.members)} members, most settled first: {who}."
        for one, who in zip(found.coalitions, listed, strict=True)
    ]


def _tables(results: Any, text: str, found: Found, blocs: list[Bloc]) -> list[Any]:
    """The tables in an order of their own, narrow enough for a terminal of eighty columns."""
    from dashboards import coalition_tables as made
    from dashboards.terminal import table

    keys = results.data.country.values.tolist()
    able = made.powers(results, found).rows
    first = [
        ", ".join(keys[row] for row in made.first_to_move(found, one)) or "–" for one in found.coalitions
    ]
    head = ["coalition", "size", "largest", "carries alone", "blocks alone", "first to move"]
    shown = [table(head, [[*row[:-1], who] for row, who in zip(able, first, strict=True)])]
    if blocs:
        shown.append(table(*_blocs(results, text, blocs)))
    if found.hinges():
        head = ["between coalitions", "in", "drawn to", "participation", "own", "other", "settled", "tips"]
        shown.append(table(head, made.hinges(results, found).rows))
    opinion = made.second(found)
    return [*shown, table(*_firm(results, text, found.when)), table(opinion.head, opinion.rows)]


def _blocs(results: Any, text: str, blocs: list[Bloc]) -> tuple[list[str], list[list[str]]]:
    """Every bloc, the coalition it is like, how often two members stand together, and cohesion on a text."""
    from dashboards.words import letter
    from simulation.analyses.wording import percent

    place = results.data.text.values.tolist().index(text)
    rows = [
        [
            one.name,
            str(int(one.members.sum())),
            letter(one.number),
            f"{one.likeness:.2f}",
            percent(one.together),
            *("–" if value != value else f"{value:.2f}" for value in (one.agreement[place], one.rice[place])),
        ]
        for one in sorted(blocs, key=lambda one: -one.together)
    ]
    return ["bloc", "size", "like", "Jaccard", "together", "agrees", "Rice"], rows


def _firm(results: Any, text: str, when: int) -> tuple[list[str], list[list[str]]]:
    """How firm supporters and coalitions are on a text, in the first replicate."""
    from dashboards.firmness import LINES, firmness
    from dashboards.words import signed
    from simulation.analyses.wording import sentence_case

    keys, firm = results.data.country.values.tolist(), firmness(results, text, when)
    rows = []
    for place, circle in enumerate(firm.circles):
        if circle.kind == "bloc":
            continue
        weakest = firm.found.weakest_first(place)[:WEAKEST]
        told = [f"{keys[row]} {signed(float(firm.found.margin[place, row]), 3)}" for row in weakest]
        size = str(int(circle.members.sum()))
        leaving = f"{firm.found.expected_defections[place]:.1f}"
        line = LINES[int(firm.found.line[place])]
        rows.append([sentence_case(circle.name), size, line, leaving, ", ".join(told)])
    return ["firm on the text", "size", "line", "leave", "smallest margins"], rows
