"""`plenary paths`: what would bring a delegation, a bloc or the chamber to yes?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.options import Json, Quiet, Replicates, Scenario, Seed, Set, Text, With, loaded, text_of

if TYPE_CHECKING:
    from scenarios.schema import Scenario as Room

Country = Annotated[str | None, typer.Option("--country", metavar="KEY", help="One delegation, such as IDN.")]
Bloc = Annotated[
    str | None, typer.Option("--bloc", metavar="KEY", help="More than half of a bloc's members, as of ASEAN.")
]
Chamber = Annotated[
    bool, typer.Option("--chamber", help="What the decision rule asks of the whole room: a package.")
]


def command(
    scenario: Scenario,
    country: Country = None,
    bloc: Bloc = None,
    chamber: Chamber = False,
    text: Text = None,
    replicates: Replicates = 64,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the smallest change that brings somebody to yes.

    An option, an assurance, an offer, somebody's endorsement, a sponsor more: solved from the appeals at the
    end, then run again under the same luck. Of one who endorses already it finds what would lose it.
    """
    if sum((country is not None, bloc is not None, chamber)) != 1:
        raise typer.BadParameter(
            "say whose yes is asked for: --country KEY, --bloc KEY or --chamber", param_hint="--country"
        )
    room = loaded(scenario, with_, set_)
    key = text_of(room, text)
    try:
        if chamber:
            _chamber(room, key, replicates, seed, json, quiet)
        else:
            _paths(room, key, country, bloc, replicates, seed, json, quiet)
    except ValueError as problem:
        if "does not lie on the table" not in str(problem):
            raise
        raise typer.BadParameter(str(problem), param_hint="--text") from None


def _paths(
    room: Room,
    text: str,
    country: str | None,
    bloc: str | None,
    replicates: int,
    seed: int,
    json: bool,
    quiet: bool,
) -> None:
    from dashboards.paths_table import ABOUT, HEAD, document, rows, sentences
    from dashboards.terminal import print_json, progress
    from simulation.analyses.paths import paths

    if country is not None and country not in room.delegations:
        country = country.upper()
    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = paths(room, text, country, bloc, replicates, seed, report)
    if json:
        print_json(document(found, room, text))
        return
    _print(sentences(found, room, text), HEAD, rows(found, room), ABOUT)


def _chamber(room: Room, text: str, replicates: int, seed: int, json: bool, quiet: bool) -> None:
    from dashboards.paths_table import HEURISTIC, passage_document, passage_sentences, size
    from dashboards.terminal import print_json, progress
    from simulation.analyses.packages import passage
    from simulation.analyses.wording import sentence_case

    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = passage(room, text, replicates, seed, report)
    if json:
        print_json(passage_document(found, room, text))
        return
    changes = found.package.changes if found.package else ()
    body = [[sentence_case(one.lever.words), size(one)] for one in changes]
    _print(passage_sentences(found, room, text), ("change", "size"), body, HEURISTIC if changes else "")


def _print(answer: Sequence[str], head: Sequence[str], body: Sequence[Sequence[str]], about: str) -> None:
    """The answer in words, the table, and how to take it."""
    from rich.table import Table

    from dashboards.terminal import answers

    console = answers()
    console.print(" ".join(answer), markup=False)
    if body:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for place, heading in enumerate(head):
            table.add_column(heading, min_width=24 if place == 0 else None, no_wrap=place == 1)
        for row in body:
            table.add_row(*row)
        console.print()
        console.print(table)
    if about:
        console.print(f"\n{about}", style="dim", markup=False)
