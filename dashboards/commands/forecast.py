"""`plenary forecast`: what classic models foresee for a scenario or a table of positions, beside Plenary."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten, wrap
from typing import Annotated, Any

import typer

from dashboards.options import Json, Quiet, Replicates, Seed, Set, With

ABOUT = "\nPlaces from 0 to 100. Models' outputs, not predictions of what states will do."
FILES = (".csv", ".tsv", ".txt")
AT_ONCE, WIDTH = 4, 24  # models in a table of the terminal, characters of an issue's title there
Where = Annotated[
    str,
    typer.Argument(
        metavar="RUN|NAME|FILE",
        help="A run folder, a scenario to run now, or a table FILE.csv or marked lines FILE.tsv.",
    ),
]
Scale = Annotated[
    tuple[float, float] | None,
    typer.Option("--scale", metavar="LOW HIGH", help="The ends of the scale of positions in a FILE."),
]


def command(
    where: Where,
    scale: Scale = None,
    replicates: Replicates = 100,
    seed: Seed = 1,
    set_: Set = None,
    with_: With = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say what classic models foresee on every issue, beside naive baselines and Plenary itself.

    Compromise, medians, bargaining solutions, the challenge and the exchange of positions and others, how far
    they disagree, and which lies nearest to where each text ends. A FILE as `plenary import` reads it has no
    text to negotiate, so that Plenary says nothing there.
    """
    from dashboards.asked import results_of
    from dashboards.sections.forecast import notes, sentences
    from dashboards.terminal import answers, print_json, table, working
    from simulation.analyses.forecast import ended, forecasts

    results = None
    if Path(where).suffix.lower() in FILES:
        room = _read(Path(where), scale, with_, set_)
    else:
        _no_scale(where, scale)
        results = results_of(where, None, replicates, seed, with_, set_, quiet or json)
        room = results.scenario
    _refuse_large(where, room)
    with working("asking the models", quiet or json):
        told = forecasts(room, costly=True)
    own = None if results is None else ended(results)
    issues = [issue.title for issue in room.issues.values()]
    texts = {} if results is None else _texts(results)
    answer = sentences(issues, told, own, list(texts.values()))
    if json:
        print_json({"answer": answer, **_document(room, told, own, texts)})
        return
    console = answers()
    for sentence in answer:
        console.print(sentence, markup=False)
    for head, rows in _tables(issues, told, own, list(texts.values())):
        console.print()
        console.print(table(head, rows))
    console.print()
    for title, note in notes(told).rows:
        console.print(f"{title}: {note}.", markup=False)
    console.print(ABOUT, style="dim", markup=False)


def _tables(
    issues: list[str], told: Any, own: Any, texts: list[str]
) -> list[tuple[list[str], list[list[str]]]]:
    """Tables narrow enough for a terminal: models, so many at once; baselines beside Plenary; and texts."""
    from dashboards.sections.forecast import issue_head, issue_rows, nearness, speaking

    head = [_broken(cell.replace("–", "– "), 10) for cell in issue_head(told, own is not None)]
    rows = issue_rows([shorten(issue, WIDTH, placeholder=" …") for issue in issues], told, own)
    spoken = [told.models[place].baseline for place in speaking(told)]
    naive, last = sum(spoken), len(spoken) + 1
    starts = range(naive + 1, last, AT_ONCE)
    columns = [[0, *range(start, min(start + AT_ONCE, last))] for start in starts]
    columns.append([0, *range(1, naive + 1), *range(last, len(head))])
    made = [([head[k] for k in some], [[row[k] for k in some] for row in rows]) for some in columns]
    if own is not None:
        near = nearness(told, own, texts)
        titles = ["points to where it ends", *(_broken(title, 11) for title in near.head[1:])]
        made.append((titles, [list(row) for row in near.rows]))
    return made


def _broken(words: str, width: int) -> str:
    """A heading in lines of at most so many characters; a longer word has a line of its own."""
    return "\n".join(wrap(words, width, break_long_words=False))


def _read(file: Path, scale: tuple[float, float] | None, with_: Any, set_: Any) -> Any:
    """The scenario of a table or of marked lines. Raises ScenarioError where patches are asked for."""
    from scenarios import Problem, ScenarioError
    from scenarios.exchange_format import from_exchange
    from scenarios.field_format import from_table
    from scenarios.marked_lines import is_exchange

    if with_ or set_:
        mend = "make a scenario of it with `plenary import` first"
        raise ScenarioError([Problem(file.name, None, "", "a table cannot be patched", mend)])
    return from_exchange(file, scale) if is_exchange(file) else from_table(file, scale)


def _refuse_large(where: str, room: Any) -> None:
    from scenarios import Problem, ScenarioError
    from simulation.analyses.forecast import MOST, MOST_CELLS, too_large

    if too_large(room):
        cells = len(room.delegations) * len(room.issues)
        message = f"{len(room.delegations):,} actors with {cells:,} positions are too many"
        mend = f"keep {MOST:,} actors and {MOST_CELLS:,} positions at most"
        raise ScenarioError([Problem(where, None, "", message, mend)])


def _no_scale(where: str, scale: tuple[float, float] | None) -> None:
    from scenarios import Problem, ScenarioError

    if scale is not None:
        mend = "leave out --scale"
        raise ScenarioError([Problem(where, None, "", "a scenario has its scales already", mend)])


def _texts(results: Any) -> dict[str, str]:
    """The titles of a run's texts by key."""
    data = results.data
    return dict(zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True))


def _document(room: Any, told: Any, own: Any, titles: dict[str, str]) -> dict[str, Any]:
    """Everything for JSON: models, issues and texts by key, null where a model says nothing."""
    from simulation.analyses.forecast import apart, disagreement

    def plain(value: float) -> float | None:
        return None if value != value else round(float(value), 6)

    names = [model.name for model in told.models]
    low, high, width = disagreement(told.others)
    issues = {
        key: {
            "title": issue.title,
            "models": {name: plain(value) for name, value in zip(names, told.outcomes[:, k], strict=True)},
            "lowest": plain(low[k]),
            "highest": plain(high[k]),
            "apart": plain(width[k]),
            "plenary": None
            if own is None
            else dict(zip(("low", "median", "high"), map(plain, own.band[:, k]), strict=True)),
        }
        for k, (key, issue) in enumerate(room.issues.items())
    }
    texts = {}
    if own is not None:
        away = apart(own.texts, told.outcomes)
        for place, (key, title) in enumerate(titles.items()):
            texts[key] = {
                "title": title,
                "most_supported": plain(own.share[place]),
                "points_apart": {name: plain(value) for name, value in zip(names, away[place], strict=True)},
            }
    models = [
        {"name": model.name, "title": model.title, "baseline": model.baseline, "notes": list(said)}
        for model, said in zip(told.models, told.notes, strict=True)
    ]
    return {"models": models, "issues": issues, "texts": texts}
