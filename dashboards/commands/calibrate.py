"""`plenary calibrate`: fit the model of votes to recorded ones, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.new_file import refuse_to_overwrite, write_toml
from dashboards.options import Json, Quiet, Seed, Set, With, loaded

if TYPE_CHECKING:
    from scenarios.schema import Scenario as Room

Of = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME|PATH]", help="A scenario whose own parameters are fitted, by its coded positions."
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--before", metavar="DATE", help="Only roll calls of earlier days, e.g. 2018-12-17."),
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="FILE.toml", help="Write the calibration into a new file.")
]
Over = Annotated[
    Path | None,
    typer.Option("--overlay", metavar="FILE.toml", help="Write what was fitted as an overlay for `--with`."),
]
Spread = Annotated[
    bool,
    typer.Option("--spread", help="Ask instead which settings the recorded spread of support rules out."),
]
Figure = Annotated[
    Path | None, typer.Option("--figure", metavar="FILE.html", help="Write the picture of it as a page.")
]
ABOUT = (
    "Slopes are logits between neutral and wholly in favour, with 95 % profile-likelihood intervals. These"
    " take votes of one roll call as independent and are narrow; drift is assumed."
)


def command(
    scenario: Of = None,
    before: Until = None,
    to: To = None,
    overlay: Over = None,
    spread: Spread = False,
    figure: Figure = None,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fit the model of votes to recorded ones, with intervals.

    Without a scenario: the equation of a vote on ideal points, to all shipped roll calls, which gives the
    frozen calibration that `plenary backtest --votes` uses. With one: its own parameters, by its coded
    positions. With --spread: which of its settings the recorded spread of support does not rule out.
    """
    refuse_to_overwrite(to, overlay, figure)
    if scenario is None:
        _refuse(
            {"--overlay": overlay, "--spread": spread, "--figure": figure, "--set": set_, "--with": with_}
        )
        _votes(before, to, json, quiet)
        return
    _refuse({"--before": before, "--to": to, **({"--overlay": overlay} if spread else {})}, scenario)
    _end_in(overlay, ".toml")
    _end_in(figure, ".html")
    room = loaded(scenario, with_, set_)
    if spread:
        _spread(room, seed, figure, json, quiet)
    else:
        _parameters(room, seed, overlay, figure, json, quiet)


def _votes(before: str | None, to: Path | None, json: bool, quiet: bool) -> None:
    """The equation of a vote on ideal points."""
    from dashboards.terminal import print_json, tell, working
    from simulation.backtest.calibration import document

    with working("fitting recorded votes", quiet or json):
        found = document(_known(before))
    if to is not None:
        write_toml(to, found)
    if json:
        print_json(found)
        return
    calls = ", ".join(found["roll_calls"])
    rows = [
        [part, f"{value:.2f}", "{:.2f} to {:.2f}".format(*found["intervals"][part])]
        for part, value in found["slopes"].items()
    ]
    rows.append(["drift", f"{found['drift']:.2f}", "assumed"])
    told = [
        f"Fitted to {found['votes']:,} votes on {calls}.",
        "What peers seem to count depends on what stands beside them: "
        + "; ".join(
            f"{slopes['peers']:.2f} with {_others(parts)}" for parts, slopes in found["controls"].items()
        )
        + ".",
    ]
    tell(told, ["part", "estimate", "interval"], rows, ABOUT)


def _parameters(
    room: Room, seed: int, overlay: Path | None, figure: Path | None, json: bool, quiet: bool
) -> None:
    """A scenario's own parameters."""
    from dashboards import calibration_tables as tables
    from dashboards.terminal import answers, print_json, table, tell, working
    from simulation.calibrating.answer import calibrate_scenario
    from simulation.calibrating.overlay import overlay_text

    with working("fitting recorded votes", quiet or json):
        found = calibrate_scenario(room, seed)
    if overlay is not None:
        families = found.recorded.families
        text = overlay_text(found.corrected, families, room.name, seed, found.given)
        overlay.write_text(text, encoding="utf-8", newline="\n")
    if figure is not None:
        from dashboards.figures import page
        from dashboards.figures.fitted import drawn

        page(drawn(room, found)).write(figure)
    if json:
        print_json(tables.document(found))
        return
    tell(tables.sentences(found), tables.HEAD, tables.rows(found), tables.ABOUT, wrapped=True)
    console = answers()
    first = found.recorded.families[0]
    console.print(
        f"\nIf discipline (d times as coded) and listening λ are others; cut-points: {first}", markup=False
    )
    console.print(table(tables.GRID_HEAD, tables.grid_rows(found)))
    console.print("\nCommitment κ, if lasting taste ϱ is assumed", markup=False)
    console.print(table(tables.LASTING_HEAD, tables.lasting_rows(found)))


def _spread(room: Room, seed: int, figure: Path | None, json: bool, quiet: bool) -> None:
    """Which settings the recorded spread of support rules out."""
    from dashboards import spread_matching_table as tables
    from dashboards.terminal import answers, print_json, progress, table, tell
    from simulation.calibrating.spread import match

    with progress(f"{room.name}: replicates", quiet or json) as report:
        found = match(room, seed, progress=report)
    if figure is not None:
        from dashboards.figures import page
        from dashboards.figures.not_ruled_out import drawn

        page(drawn(found)).write(figure)
    if json:
        print_json(tables.document(found))
        return
    tell(tables.sentences(found), tables.HEAD, tables.rows(found), tables.ABOUT)
    console = answers()
    console.print()
    console.print(table(tables.PART_HEAD, tables.part_rows(found)))


def _others(parts: str) -> str:
    """The parts beside peers, as a list in words."""
    words = [part for part in parts.split(", ") if part != "peers"]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _known(before: str | None) -> Any:
    """The shipped roll calls of days before a date. Raises ScenarioError if no two of them make a pair."""
    from scenarios import Problem, ScenarioError
    from scenarios.dates import as_date
    from simulation.backtest.learning import pairs
    from simulation.backtest.roll_calls import before as earlier
    from simulation.backtest.roll_calls import shipped

    if before is None:
        return shipped()
    day = as_date(before)
    if day is None:
        raise ScenarioError([Problem("--before", None, "", f"{before} is no date", "write 2018-12-17")])
    known = earlier(shipped(), day)
    if not pairs(known):
        mend = "take a later day: two roll calls of one sponsor side are needed"
        raise ScenarioError([Problem("--before", None, "", f"too few roll calls came before {day}", mend)])
    return known


def _refuse(given: dict[str, Any], scenario: str = "") -> None:
    """Refuse options that do not go with the question."""
    from scenarios import Problem, ScenarioError

    for option in (name for name, value in given.items() if value):
        message = "it does not go with a scenario" if scenario else "it needs a scenario"
        mend = "leave the scenario out" if scenario else f"write plenary calibrate launch-2020 {option} …"
        if scenario and option == "--overlay":
            message, mend = "the recorded spread fits nothing that could be written", "leave out --spread"
        raise ScenarioError([Problem(option, None, "", message, mend)])


def _end_in(file: Path | None, suffix: str) -> None:
    from scenarios import Problem, ScenarioError

    if file is not None and file.suffix != suffix:
        message = f"the name does not end in {suffix}"
        raise ScenarioError([Problem(file.name, None, "", message, f"call it {file.stem}{suffix}")])
