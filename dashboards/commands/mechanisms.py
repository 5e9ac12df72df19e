"""`plenary mechanisms`: what does each mechanism add to a scenario's outcome?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.options import Json, Quiet, Replicates, Scenario, Seed, Set, Text, With, loaded, text_of

if TYPE_CHECKING:
    import xarray as xr
    from rich.table import Table

    from scenarios.schema import Scenario as Room

Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="KEY", help="One mechanism, such as drafting.")
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print the tables as Markdown.")]


def command(
    scenario: Scenario,
    text: Text = None,
    only: Only = None,
    replicates: Replicates = 100,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    markdown: Markdown = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Switch each mechanism alone and say what it adds.

    Each is set to its neutral value, or to a modest one if the scenario does not use it, under the same luck.

    The settings that do it are printed too: `plenary run NAME --set …` shows the scenario without it.
    """
    from agents.registry import UnknownEntry
    from dashboards.mechanism_tables import document
    from dashboards.terminal import print_json, progress

    room = loaded(scenario, with_, set_)
    asked = text_of(room, text)
    from simulation.analyses.mechanisms import what_they_add
    from simulation.analyses.switches import switches

    known = {one.key: one for one in switches(room)}
    for key in only or ():
        if key not in known:
            raise UnknownEntry("mechanism", key, list(known))
    some = [known[key] for key in only] if only else list(known.values())
    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = what_they_add(room, replicates, seed, report, some)
    if json:
        print_json(document(found, room.name))
    elif markdown:
        from dashboards.mechanism_tables import markdown as written

        typer.echo(written(found, asked), nl=False)
    else:
        _print(found, room, asked)


def _print(found: xr.Dataset, room: Room, text: str) -> None:
    from dashboards.mechanism_tables import ABOUT, as_it_is
    from dashboards.terminal import answers
    from simulation.analyses.switches import nothing_to_act_on

    console = answers()
    console.print(
        f"\n{room.texts[text].title}: what mechanisms add, {found.attrs['replicates']} paired replicates",
        style="bold",
        markup=False,
    )
    console.print(as_it_is(found, text), markup=False)
    console.print()
    console.print(_table(found, text))
    console.print(ABOUT, style="dim", markup=False)
    console.print("\nSwitched by", style="bold")
    for variant in found.variant.values.tolist():
        here = found.sel(variant=variant)
        console.print(f"{variant}: {here.settings.item()}", markup=False, soft_wrap=True)
    if left := [one.title for one in nothing_to_act_on(room)]:
        console.print(f"Nothing here to act on for: {'; '.join(left)}.", style="dim", markup=False)


def _table(found: xr.Dataset, text: str) -> Table:
    from rich.table import Table

    from dashboards.mechanism_tables import SHORT, headings, rows

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for place, heading in enumerate(headings(SHORT)):
        table.add_column(heading, min_width=18 if place == 0 else None, no_wrap=place > 0)
    for row in rows(found, text, SHORT):
        table.add_row(*row)
    return table
