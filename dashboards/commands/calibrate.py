"""`plenary calibrate`: fit the model of votes to the shipped roll calls, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.options import Json, Quiet

Until = Annotated[
    str | None,
    typer.Option("--before", metavar="DATE", help="Only roll calls of earlier days, e.g. 2018-12-17."),
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="FILE.toml", help="Write the calibration into a new file.")
]
ABOUT = (
    "Slopes are logits between neutral and wholly in favour, with 95 % profile-likelihood intervals. These"
    " take votes of one roll call as independent and are narrow; drift is assumed."
)


def command(before: Until = None, to: To = None, json: Json = False, quiet: Quiet = False) -> None:
    """Fit the ordered logit of votes to the shipped roll calls, with intervals.

    By default to all of them, which gives the frozen calibration that `plenary backtest --votes` uses.
    """
    from dashboards.terminal import print_json, tell, working
    from simulation.backtest.calibration import document

    _refuse_to_overwrite(to)
    with working("fitting recorded votes", quiet or json):
        found = document(_known(before))
    if to is not None:
        _write(to, found)
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


def _refuse_to_overwrite(file: Path | None) -> None:
    from scenarios import Problem, ScenarioError

    if file is not None and file.exists():
        mend = "choose another name or remove it first"
        raise ScenarioError([Problem(file.name, None, "", "the file is there already", mend)])


def _write(file: Path, found: dict[str, Any]) -> None:
    import tomli_w

    with file.open("x", encoding="utf-8", newline="\n") as out:
        out.write(tomli_w.dumps(found))
