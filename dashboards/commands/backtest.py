"""`plenary backtest`: recorded votes predicted from what was known before them, beside simple rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.options import Json, Quiet, Seed

if TYPE_CHECKING:
    from simulation.backtest.protocol import Trial

Votes = Annotated[
    Path | None,
    typer.Option("--votes", metavar="FILE.csv", help="Roll calls of your own: iso3, then one column each."),
]
Meta = Annotated[
    Path | None,
    typer.Option(
        "--meta", metavar="FILE.toml", help="What was known of each before: date, family, sponsors."
    ),
]

Declared = Annotated[
    float | None,
    typer.Option(
        "--declared",
        metavar="SHARE",
        min=0.02,
        max=0.9,
        help="Also: this share of delegations has declared; predict the rest.",
    ),
]


def command(
    votes: Votes = None,
    meta: Meta = None,
    declared: Declared = None,
    seed: Seed = 1,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Predict recorded votes only from what was known before them, and score that beside simple rules.

    By default the shipped roll calls of 2018 and 2019, each from earlier ones. With --votes and --meta, roll
    calls of your own: the predictor is the frozen calibration, and your file is never learned from. Cells are
    yes, no, abstain, absent or not_recorded. docs/backtest.md describes the protocol and the scores.
    """
    from dashboards.backtest_tables import declared_document, document, lines
    from dashboards.terminal import print_json, print_parts, working

    with working("predicting recorded votes", quiet or json):
        trials, ahead = _trials(votes, meta, declared)
        found = document(trials, ahead, seed)
        if declared is not None:
            found["declared"] = declared_document(declared, seed)
    if json:
        print_json(found)
    else:
        print_parts(lines(found))


def _trials(
    votes: Path | None, meta: Path | None, declared: float | None
) -> tuple[list[Trial], list[Trial] | None]:
    """The trials asked for, and those of 2019 from the end of 2018 where the shipped votes are tested."""
    import datetime as dt

    from scenarios import Problem, ScenarioError
    from scenarios.vote_files import read_votes
    from simulation.backtest.protocol import forward, outside, walk
    from simulation.backtest.roll_calls import from_file, shipped

    if votes is None and meta is None:
        return walk(shipped()), forward(shipped(), dt.date(2019, 1, 1))
    if votes is None or meta is None:
        given, other = ("--meta", "--votes") if votes is None else ("--votes", "--meta")
        mend = "give the table of votes with --votes and what describes it with --meta"
        raise ScenarioError([Problem(given, None, "", f"{other} is missing", mend)])
    if declared is not None:
        mend = "leave out --declared or the files"
        raise ScenarioError(
            [Problem("--declared", None, "", "it goes with the shipped roll calls alone", mend)]
        )
    names = tuple(call.resolution.name for call in shipped())
    return outside(from_file(read_votes(votes, meta, names)), meta.name), None
