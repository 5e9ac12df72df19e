"""A text as Markdown in the United Nations manner; `reading.py` reads it back, letter for letter.

Words stand in the open, with brackets and those who hold them; places, provenance and what else the model
needs stand in a comment below each paragraph, which Markdown does not show.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import tomli_w

from dashboards.texts.layout import Bracket, Paragraph, paragraphs, status_line
from dashboards.texts.markup import escaped
from scenarios.schema import Text
from scenarios.writing import text_document

AGREED = "*(agreed ad ref.)*"


def to_markdown(text: Text, as_of: dt.date | None = None) -> str:
    """The text as Markdown. `as_of` is the day of its status line, the day it was tabled unless given."""
    document = text_document(text)
    articles = document.pop("articles")
    for shown in ("title", "status", "revision", "sponsors"):
        document.pop(shown, None)
    blocks = [f"# {one_line(text.title)}", f"**{status_line(text, as_of)}**"]
    if text.sponsors:
        blocks.append(f"Tabled by {', '.join(text.sponsors)}")
    blocks += [comment("text", document)] if document else []
    for one in paragraphs(text):
        blocks.append(f"**{one.label}.{title(one)}** {body(one)}".rstrip())
        codes = _codes(text, one, articles[one.key])
        blocks += [comment(one.label, codes)] if codes else []
    return "\n\n".join(blocks) + "\n"


def one_line(words: str) -> str:
    """Words for a line of their own."""
    return escaped(words).replace("\\\n", "&#10;")


def title(one: Paragraph) -> str:
    """The title of a paragraph as it follows its label, with a blank before it."""
    return f" {one_line(one.title)}" if one.title else ""


def body(one: Paragraph) -> str:
    """The words of a paragraph with its brackets."""
    variants = [bracket(each) for each in one.brackets if not each.deletes]
    deletions = [bracket(each) for each in one.brackets if each.deletes]
    before = escaped(one.before, right=not one.brackets)
    lead = len(escaped(one.before[: one.lead], right=False))
    if lead:
        before = f"*{before[:lead]}*{before[lead:]}"
    written = before + " ".join(variants) + escaped(one.after, left=False)
    marks = [*deletions, AGREED] if one.agreed else deletions
    return " ".join([written, *marks] if written else marks)


def bracket(one: Bracket) -> str:
    """An alternative in brackets, in bold if it stands: [EU, USA: should], [del. G77]."""
    held = ", ".join(one.held_by)
    if one.deletes:
        inside = f"del. {held}".rstrip()
    else:
        words = escaped(one.words)
        if not held:
            words = words.replace(":", "\\:")
        if words.startswith("del."):
            words = "del\\." + words[4:]
        inside = f"{held}: {words}" if held else words
    return f"**[{inside}]**" if one.stands else f"[{inside}]"


def comment(label: str, content: dict[str, Any]) -> str:
    """Tables in a comment, as TOML; no string in them can end it."""
    written = _table(content).replace("-->", "--\\u003E").strip()
    return f"<!-- {label}\n{written}\n-->"


def _table(content: dict[str, Any]) -> str:
    """A table with its values first, places on one line, and the tables of options below."""
    values = {name: value for name, value in content.items() if name not in ("places", "options")}
    lines = [tomli_w.dumps(values)] if values else []
    if "places" in content:
        pairs = [tomli_w.dumps({issue: _short(place)}).strip() for issue, place in content["places"].items()]
        lines.append(f"places = {{ {', '.join(pairs)} }}\n" if pairs else "places = {}\n")
    for name, option in content.get("options", {}).items():
        lines.append(f"[options.{name}]\n{_table(option)}")
    return "".join(lines)


def _short(place: float) -> float:
    return int(place) if place.is_integer() else place


def default_key(label: str) -> str:
    """The key of an article that its label implies: OP3 is article 3, PP1 is article pp1.

    >>> default_key("OP3"), default_key("PP1")
    ('3', 'pp1')
    """
    return label[2:] if label.startswith("OP") else label.lower()


def _codes(text: Text, one: Paragraph, article: dict[str, Any]) -> dict[str, Any]:
    """What the paragraph does not show of its article."""
    codes = {name: value for name, value in article.items() if name not in ("part", "title", "options")}
    if one.key != default_key(one.label):
        codes = {"key": one.key, **codes}
    options = {name: dict(option) for name, option in article.get("options", {}).items()}
    shown = {each.option for each in one.brackets}
    chosen = text.articles[one.key].chosen
    if len(shown) > 1 or not options:
        codes.pop("wording", None)
        codes.pop("chosen", None)
        for option in options.values():
            option.pop("wording", None)
            option.pop("proposed_by", None)
    elif chosen == "tabled":
        codes.pop("wording", None)
    else:
        options[chosen].pop("wording", None)
    if one.agreed:
        codes.pop("agreed", None)
    return codes | ({"options": options} if options else {})
