"""`plenary compare`: what does a change do, under the same luck?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json, Quiet, Replicates, Scenario, Seed, With

if TYPE_CHECKING:
    from rich.table import Table

Others = Annotated[
    list[str] | None,
    typer.Argument(metavar="[B…]", help="What to compare it with: scenarios or folders; A itself if absent."),
]
Patch = Annotated[
    list[str] | None,
    typer.Option(
        "--patch", metavar="FILE|TOML", help="A change to B: a TOML file, or TOML such as rule.quota=0.6."
    ),
]
WORDS = {
    "endorsing": "endorsements",
    "opposing": "opposition",
    "yes": "yes votes",
    "no": "no votes",
    "adopted": "adopted",
    "vote_passed": "vote passes",
    "ambition": "ambition kept",
}
LEAST = 0.005  # smaller changes of a chance would print as nothing
MOVED = 6  # how many delegations are named for a text


def command(
    a: Scenario,
    b: Others = None,
    with_: With = None,
    patch: Patch = None,
    replicates: Replicates = 100,
    seed: Seed = 1,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compare scenarios under the same luck.

    Differences to A at the end, paired by replicate, with their 95 % intervals.

    With --with and --patch every B is changed first: `plenary compare launch-2020 --with coordinator=VNM`,
    `plenary compare launch-2020 --patch rule.quota=0.6`.
    """
    from dashboards.terminal import answers, print_json, progress
    from scenarios import load, overlay, read_patch

    if not (b or with_ or patch):
        raise typer.BadParameter("name B, or a change to A with --with or --patch", param_hint="B…")
    base, others = load(a), b or [a]
    patches = [read_patch(one) for one in patch or ()]
    variants = {
        _label(name, place, others, with_ or []): load(
            name, [*(overlay(word, name) for word in with_ or ()), *patches]
        )
        for place, name in enumerate(others)
    }
    from simulation.compare import between

    with progress("compare: replicates", quiet or json) as report:
        found = between(base, variants, replicates, seed, report)
    if json:
        print_json(_document(found, base.name))
        return
    console = answers()
    for variant in found.variant.values.tolist():
        console.print(
            f"\n{variant} against {base.name}, {found.attrs['replicates']} paired replicates", style="bold"
        )
        console.print(_table(found.sel(variant=variant)))
        for line in _movers(found.sel(variant=variant)):
            console.print(line, markup=False)


def _label(name: str, place: int, names: list[str], overlays: list[str]) -> str:
    alone = name if names.count(name) == 1 else f"{name} ({place + 1})"
    return f"{alone} with {', '.join(overlays)}" if overlays else alone


def _table(found: Any) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("text", no_wrap=True)
    table.add_column("at the end")
    for heading in ("A", "B", "difference", "95 % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    for text in found.text.values.tolist():
        for place, measure in enumerate(_known(found, text)):
            cell = found.sel(text=text, measure=measure)
            table.add_row(
                text if place == 0 else "",
                WORDS.get(measure, measure),
                f"{cell.base.item():.2f}",
                f"{cell.changed.item():.2f}",
                f"{cell.difference.item():+.2f}",
                f"{cell.low.item():+.2f} … {cell.high.item():+.2f}",
            )
    return table


def _known(found: Any, text: str) -> list[str]:
    """The measures that a text has: one without sponsors has no ambition."""
    base = found.base.sel(text=text)
    return [
        measure
        for measure, value in zip(found.measure.values.tolist(), base.values, strict=True)
        if value == value
    ]


def _movers(found: Any) -> list[str]:
    """The delegations whose chance to endorse changes most, a line a text."""
    lines = []
    for text in found.text.values.tolist():
        here = found.sel(text=text)
        gaps, names = here.country_difference.values, here["name"].values
        order = sorted(range(len(gaps)), key=lambda row: -abs(gaps[row]))[:MOVED]
        moved = [f"{names[row]} {gaps[row]:+.2f}" for row in order if abs(gaps[row]) >= LEAST]
        if moved:
            lines.append(f"Chance to endorse {text}: {', '.join(moved)}")
    return lines


def _document(found: Any, base: str) -> dict[str, Any]:
    """The comparison as one JSON document; an interval that one replicate cannot give is null."""
    from dashboards.terminal import finite

    return {
        "a": base,
        "replicates": found.attrs["replicates"],
        "seed": found.attrs["seed"],
        "variants": {
            variant: {
                text: {
                    measure: {
                        key: finite(float(found[key].sel(variant=variant, text=text, measure=measure)))
                        for key in ("changed", "difference", "low", "high")
                    }
                    | {"base": float(found.base.sel(text=text, measure=measure))}
                    for measure in _known(found, text)
                }
                for text in found.text.values.tolist()
            }
            for variant in found.variant.values.tolist()
        },
    }
