"""`plenary text`: a text written out with its brackets, compared between revisions, or read from a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboards.options import Json

if TYPE_CHECKING:
    import datetime as dt

    from dashboards.texts.revisions import Revision
    from scenarios.schema import Scenario, Text
    from simulation import Results

ONE_REVISION = "a scenario has one revision of each text"


class Format(StrEnum):
    """How a text is written: Markdown, or a page to print."""

    md = "md"
    html = "html"


Source = Annotated[
    str, typer.Argument(metavar="NAME|PATH|RUN", help="A scenario, or a run folder for its revisions.")
]
Key = Annotated[str, typer.Argument(metavar="TEXT", help="The text, by its key.")]
Number = Annotated[
    int | None, typer.Option("--revision", min=0, help="Which revision of a run; the last if not given.")
]
Pair = Annotated[
    tuple[int, int] | None,
    typer.Option("--redline", metavar="A B", help="Mark what changed between two revisions of a run."),
]
Replicate = Annotated[
    int | None,
    typer.Option(
        "--replicate", min=0, help="The replicate to follow; without it what stands in most of them."
    ),
]
Replies = Annotated[
    bool, typer.Option("--replies", help="Say how each delegation would reply to each open bracket.")
]
As = Annotated[Format | None, typer.Option("--format", help="Markdown (md) or a page to print (html).")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it there.")]
Read = Annotated[
    Path | None, typer.Option("--read", metavar="FILE.md", help="Take the text from this Markdown file.")
]
Into = Annotated[
    Path | None, typer.Option("--into", metavar="FOLDER", help="With --read: the scenario folder to make.")
]


def command(
    name: Source,
    text: Key,
    revision: Number = None,
    redline: Pair = None,
    replicate: Replicate = None,
    replies: Replies = False,
    format: As = None,
    out: Out = None,
    read: Read = None,
    into: Into = None,
    json: Json = False,
) -> None:
    """Write a text out with its brackets and who holds them, or read one in.

    From a run, any of its revisions, or what changed between two of them. With --replies who holds which
    bracket, and why. With --read and --into a text in Markdown is put into a copy of the scenario.
    """
    from dashboards.terminal import print_json

    if read is not None or into is not None:
        document, words = _read(name, text, read, into)
    else:
        if replies:
            document, words = _replies(name, text, revision, replicate)
        else:
            document, words = _written(name, text, revision, redline, replicate, _format(format, out))
        if out is not None:
            out.write_text(words, encoding="utf-8")
            document, words = {"file": str(out), **document}, f"{out} is written.\n"
    if json:
        print_json(document)
    else:
        print(words, end="")


def _format(format: Format | None, out: Path | None) -> Format:
    """The format that was asked for, or the one that the file's name says."""
    named = Format.html if out is not None and out.suffix in (".html", ".htm") else Format.md
    return format or named


def _read(name: str, key: str, file: Path | None, folder: Path | None) -> tuple[dict[str, Any], str]:
    """Put a text from a file into a copy of the scenario."""
    from dashboards.texts.reading import with_markdown
    from scenarios import load, write
    from scenarios.files import SIZE_LIMIT
    from scenarios.loading import name_of

    if file is None or folder is None:
        raise _wrong("--read", "it goes together with --into", "give the file to read and the folder to make")
    if not file.is_file():
        raise _wrong(str(file), "there is no such file", "give the path of a Markdown file")
    with file.open("rb") as opened:
        content = opened.read(SIZE_LIMIT + 1)
    scenario = with_markdown(load(name), key, content, file.name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _wrong(str(folder), "there is something already", "choose a new folder, or empty this one")
    write(scenario.model_copy(update={"name": name_of(folder)}), folder)
    document = {
        "folder": str(folder),
        "from": name,
        "text": key,
        "articles": len(scenario.texts[key].articles),
    }
    return document, f"{folder}: {name} with the text {key} from {file.name}.\nRun it: plenary run {folder}\n"


def _written(
    name: str,
    key: str,
    number: int | None,
    pair: tuple[int, int] | None,
    replicate: int | None,
    format: Format,
) -> tuple[dict[str, Any], str]:
    """A text or a redline as a document and in words."""
    from dashboards.texts.answers import redline_document, text_document
    from dashboards.texts.html import redline_html, to_html
    from dashboards.texts.layout import status_line
    from dashboards.texts.markdown import to_markdown
    from dashboards.texts.redline import redline, redline_markdown

    html = format is Format.html
    if pair is None:
        scenario, text, as_of = _found(name, key, number, replicate)
        words = to_html(scenario, text, as_of) if html else to_markdown(text, as_of)
        return text_document(key, text, as_of), words
    results = _run_at(name)
    if results is None:
        raise _wrong(name, ONE_REVISION, "give a run folder to compare its revisions")
    _known(results.scenario, key)
    found = _revisions(results, key, replicate)
    (first, old), (last, new) = (_chosen(results, key, found, place, replicate) for place in pair)
    changes = redline(old, new)
    heading = f"{status_line(new, last.date)}, against {status_line(old, first.date)}"
    if html:
        words = redline_html(new.title, heading, changes)
    else:
        words = redline_markdown(f"{new.title}: {heading}", changes)
    return redline_document(key, first, last, changes), words


def _replies(name: str, key: str, number: int | None, replicate: int | None) -> tuple[dict[str, Any], str]:
    """How the room replies to what is open in a text, as a document and in words."""
    from dashboards.texts.holders import ANSWERS, REPLY_HEAD, held_words, replies_by_article, reply_rows
    from simulation.analyses.replies import replies

    scenario, text, _ = _found(name, key, number, replicate)
    scenario = scenario.model_copy(update={"texts": {**scenario.texts, key: text}})
    found = replies(scenario, key)
    articles = replies_by_article(scenario, key, found)
    lines = []
    for one in articles:
        counts = ", ".join(f"{one['counts'][answer]} {answer}" for answer in ANSWERS if one["counts"][answer])
        lines.append(f"{one['label']} {one['title']}".rstrip() + f": {counts}")
        lines += [f"    {held_words(held)}: {held['names']}" for held in one["held"]]
    rows = [dict(zip(REPLY_HEAD, row, strict=True)) for row in reply_rows(scenario, key, found)]
    nothing = "Nothing is open in this text."
    return {"text": key, "articles": articles, "replies": rows}, "\n".join(lines or [nothing]) + "\n"


def _found(
    name: str, key: str, number: int | None, replicate: int | None
) -> tuple[Scenario, Text, dt.date | None]:
    """The scenario, the text in the revision asked for, and its day if it comes from a run."""
    results = _run_at(name)
    if results is None:
        scenario = _scenario(name)
        _known(scenario, key)
        if number is not None or replicate is not None:
            raise _wrong(name, ONE_REVISION, "give a run folder to choose among its revisions")
        return scenario, scenario.texts[key], None
    _known(results.scenario, key)
    one, text = _chosen(results, key, _revisions(results, key, replicate), number, replicate)
    return results.scenario, text, one.date


def _run_at(name: str) -> Results | None:
    """The run in a folder, none if it is no run folder. Raises RunError if it cannot be read."""
    from simulation import open_run
    from simulation.results import MANIFEST, MARK

    folder = Path(name)
    return open_run(folder) if (folder / MANIFEST).exists() or (folder / MARK).exists() else None


def _scenario(name: str) -> Scenario:
    from scenarios import load

    return load(name)


def _known(scenario: Scenario, key: str) -> None:
    from scenarios.problems import suggest

    if key not in scenario.texts:
        raise _wrong(scenario.name, f"there is no text {key}", suggest(key, scenario.texts))


def _revisions(results: Results, key: str, replicate: int | None) -> list[Revision]:
    from dashboards.texts.revisions import revisions

    return revisions(results, key, replicate)


def _chosen(
    results: Results, key: str, found: list[Revision], number: int | None, replicate: int | None
) -> tuple[Revision, Text]:
    """The revision with a number, the last one without, and the text as it stands there."""
    from dashboards.texts.revisions import revised

    if number is not None and not 0 <= number < len(found):
        where = "most replicates" if replicate is None else f"replicate {replicate}"
        mend = f"there are 0 to {len(found) - 1}" if len(found) > 1 else "there is 0 alone"
        raise _wrong("--revision", f"in {where} {key} has no revision {number}", mend)
    one = found[-1 if number is None else number]
    return one, revised(results, key, one, replicate)


def _wrong(where: str, message: str, mend: str) -> Exception:
    from scenarios import Problem, ScenarioError

    return ScenarioError([Problem(where, None, "", message, mend)])
