"""`plenary drafting`: how does a text end if sponsors, the floor or the chair hold the pen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.options import Json, Quiet, Replicates, Scenario, Seed, Set, Text, With, loaded, text_of

if TYPE_CHECKING:
    import xarray as xr
    from rich.table import Table

    from scenarios.schema import Scenario as Room


def command(
    scenario: Scenario,
    text: Text = None,
    replicates: Replicates = 100,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Let sponsors, the floor and the chair draft in turn.

    Support, ambition, open brackets and fairness side by side, against the text as tabled with the same luck.
    """
    from dashboards.pens_table import document
    from dashboards.terminal import print_json, progress

    room = loaded(scenario, with_, set_)
    key = text_of(room, text)
    from simulation.analyses.pens import pens

    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = pens(room, key, replicates, seed, report)
    if json:
        print_json(document(found, room.name, key))
    else:
        _print(found, room, key)


def _print(found: xr.Dataset, room: Room, text: str) -> None:
    from dashboards.pens_table import ABOUT, headings, rows, wordings
    from dashboards.terminal import answers

    console = answers()
    console.print(
        f"\n{room.texts[text].title}: who holds the pen, {found.attrs['replicates']} paired replicates",
        style="bold",
        markup=False,
    )
    console.print(_table(headings(found), rows(found)))
    console.print(ABOUT, style="dim", markup=False)
    for title, body in wordings(found, room, text):
        console.print(f"\n{title}: which wording stands", style="bold", markup=False)
        console.print(_table(["", *found.variant.values.tolist()], body))


def _table(heads: list[str], body: list[list[str]]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in heads:
        table.add_column(heading)
    for row in body:
        table.add_row(*row)
    return table
