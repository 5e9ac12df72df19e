"""Markdown → a text of a scenario: what `markdown.py` wrote, and what people wrote after its model.

A text from elsewhere is untrusted: it is bounded, nothing in it is run, and every mistake is told with file,
line and mend.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, get_args

from dashboards.texts.brackets_reading import Alternative, Malformed, alternatives
from dashboards.texts.markdown import AGREED, default_key
from dashboards.texts.markup import plain
from scenarios import to_document
from scenarios.files import decode, parse_toml
from scenarios.places import Origin, Places
from scenarios.problems import Problem, ScenarioError, shorten
from scenarios.schema import Scenario
from scenarios.schema_texts import Status
from scenarios.validating import validate

LABEL = re.compile(r"\*\*(PP|OP)(\d{1,4})\.((?:\\.|[^*\\])*)\*\*(?: (.*))?")
STATUS = re.compile(rf"\*\*({'|'.join(get_args(Status))})(?:, Rev\.(\d{{1,3}}))?(?:, .*)?\*\*", re.IGNORECASE)
COMMENT = re.compile(r"<!-- (text|(?:PP|OP)\d{1,4})")
BROKEN = re.compile(r"(?<!\\)(?:\\\\)*\\$")
PARAGRAPHS = 500


@dataclass
class Block:
    """A paragraph as it stands in the file: its label, the line it begins on, title, words, and the tables of
    the comment below it."""

    label: str
    line: int
    title: str
    body: str
    codes: dict[str, Any] | None = None


@dataclass
class Page:
    """What was found so far: the text's own tables, its paragraphs, and what is wrong."""

    file: str
    head: dict[str, Any] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, line: int, message: str, mend: str) -> None:
        """Note a mistake on a line."""
        self.problems.append(Problem(self.file, line, "", message, mend))


def with_markdown(scenario: Scenario, key: str, content: bytes, file: str) -> Scenario:
    """The scenario with the text under `key` as Markdown has it, put in place of the one that is there.

    Raises ScenarioError with all problems, each with its line in `file`.
    """
    problems: list[Problem] = []
    words = decode(file, content, problems)
    if words is None:
        raise ScenarioError(problems)
    page = read_page(words, file)
    places = Places({(): Origin(file), ("texts", key): Origin(file, row=1)})
    text = {**page.head, "articles": {}}
    for block in page.blocks:
        try:
            name, article = _article(block)
        except Malformed as problem:
            page.wrong(block.line, problem.message, problem.mend)
            continue
        if name in text["articles"]:
            page.wrong(block.line, f"there are two paragraphs {name}", "give one of them a key of its own")
        text["articles"][name] = article
        places.note(("texts", key, "articles", name), Origin(file, row=block.line))
    if page.problems:
        raise ScenarioError(page.problems)
    document = to_document(scenario)
    document["texts"] = {**document["texts"], key: text}
    return validate(document, places)


def read_page(words: str, file: str) -> Page:
    """The lines of a file sorted into title, status, sponsors, paragraphs and the codes in comments."""
    page = Page(file)
    block: Block | None = None
    comment: list[str] | None = None
    label, started = "", 0
    for number, raw in enumerate(words.replace("\r\n", "\n").split("\n"), start=1):
        line = raw.strip()
        if comment is not None:
            if line == "-->":
                _codes(page, label, "\n".join(comment), started)
                comment = None
            else:
                comment.append(raw)
        elif found := COMMENT.fullmatch(line):
            comment, label, started, block = [], found[1], number, None
        elif found := LABEL.fullmatch(line):
            block = Block(found[1] + found[2], number, plain(found[3].strip()), found[4] or "")
            page.blocks.append(block)
        elif not line:
            block = None
        elif block is not None and not line.startswith(("#", "<!--")):
            block.body += ("\n" if BROKEN.search(block.body) else " ") + line
        else:
            _head(page, line, number)
    if comment is not None:
        page.wrong(started, "the comment is not closed", "end it with a line -->")
    if "title" not in page.head:
        page.wrong(1, "there is no title", "begin with a line # and the title of the text")
    if len(page.blocks) > PARAGRAPHS:
        message = f"{len(page.blocks):,} paragraphs are too many"
        page.wrong(page.blocks[PARAGRAPHS].line, message, f"keep to {PARAGRAPHS} at most")
        del page.blocks[PARAGRAPHS:]
    return page


def _codes(page: Page, label: str, words: str, line: int) -> None:
    """At the end of a comment: take its tables into the text or the paragraph above it."""
    tables: dict[str, Any] = {}
    if words.strip():
        problems: list[Problem] = []
        tables = parse_toml(page.file, words, problems) or {}
        page.problems += [problem._replace(row=line + (problem.row or 0)) for problem in problems]
    above = page.blocks[-1] if page.blocks else None
    if label == "text" and above is None:
        page.head = {**tables, **page.head}
    elif above is not None and above.label == label and above.codes is None:
        above.codes = tables
    else:
        page.wrong(line, f"these codes do not follow {label}", "put each comment below what it is about")


def _head(page: Page, line: str, number: int) -> None:
    """A line outside all paragraphs: title, status or sponsors."""
    top = not page.blocks
    if top and re.match(r"#(?!\S)", line) and "title" not in page.head:
        page.head["title"] = plain(line[1:].strip())
    elif top and (found := STATUS.fullmatch(line)):
        page.head |= {"status": found[1].lower(), "revision": int(found[2] or 0)}
    elif top and line.startswith("Tabled by "):
        page.head["sponsors"] = [name.strip() for name in line.removeprefix("Tabled by ").split(",")]
    else:
        mend = "begin a paragraph with **PP1.** or **OP1.**, and leave no empty line inside it"
        page.wrong(number, f"{shorten(line)!r} belongs to no paragraph", mend)


def _article(block: Block) -> tuple[str, dict[str, Any]]:
    """The key and the document of an article. Raises Malformed."""
    codes = dict(block.codes or {})
    options = {str(name): dict(_table(one)) for name, one in _table(codes.pop("options", {})).items()}
    body = block.body.strip()
    agreed = body.endswith(AGREED)
    words, found = alternatives(body.removesuffix(AGREED).rstrip() if agreed else body)
    article: dict[str, Any] = {"part": "preambular" if block.label.startswith("PP") else "operative"}
    article |= codes | ({"title": block.title} if block.title else {}) | ({"agreed": True} if agreed else {})
    key = str(article.pop("key", default_key(block.label)))
    if words is not None:
        options.get(str(article.get("chosen")), article)["wording"] = words
    elif found[0].wording is not None:
        options, chosen = _options(options, found)
        article |= {"wording": found[0].wording, "chosen": chosen}
    elif len(found) > 1 or article.get("chosen", "tabled") not in options:
        raise Malformed("the paragraph has nothing but its deletion", "write the wording as tabled first")
    return key, article | ({"options": options} if options else {})


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed("the codes of the options are no tables", "write [options.alternative-1] above them")
    return value


def _options(
    coded: dict[str, dict[str, Any]], found: list[Alternative]
) -> tuple[dict[str, dict[str, Any]], str]:
    """The options of an article and the one that stands: coded ones take the words of the brackets in order,
    brackets without codes get names of their own. Raises Malformed."""
    left = {gone: [one for one in found[1:] if (one.wording is None) == gone] for gone in (True, False)}
    options, chosen = dict(coded), ["tabled"] if found[0].stands else []
    for name in coded:
        waiting = left[coded[name].get("delete") is True]
        if not waiting:
            raise Malformed(f"the codes name an option {name} without a bracket", f"delete [options.{name}]")
        options[name] = coded[name] | _said(waiting[0])
        chosen += [name] if waiting.pop(0).stands else []
    for one in left[False] + left[True]:
        stem = "deletion" if one.wording is None else "alternative"
        name = next(f"{stem}-{number}" for number in range(1, 1000) if f"{stem}-{number}" not in options)
        options[name] = _said(one)
        chosen += [name] if one.stands else []
    if len(chosen) > 1:
        raise Malformed("two wordings are in bold", "only one of them can stand")
    return options, (chosen or ["tabled"])[0]


def _said(one: Alternative) -> dict[str, Any]:
    """What a bracket says, as an option has it."""
    held = {"proposed_by": list(one.held_by)} if one.held_by else {}
    return held | ({"delete": True} if one.wording is None else {"wording": one.wording})
