"""How a text is laid out in the United Nations manner: status line, numbered paragraphs, brackets.

Preambular paragraphs are PP1, PP2 …, operative ones OP1, OP2 …. Wordings that share their first or last words
are bracketed only where they differ: States [shall] [EU: should] protect data [del. G77].
"""

from __future__ import annotations

import datetime as dt
import re
from os.path import commonprefix
from typing import NamedTuple

from scenarios.schema import Text
from scenarios.schema_texts import Article
from simulation.analyses.wording import day, sentence_case
from simulation.wording import is_open

ADVERBS = r"(?:\w+ly )?"
PREAMBULAR = re.compile(
    rf"{ADVERBS}(?:bearing in mind|taking (?:note|into account)|having \w+|"
    r"\w+(?: also| further| with \w+)?)\b",
    re.IGNORECASE,
)
OPERATIVE = re.compile(
    rf"{ADVERBS}(?:affirms|appeals to|approves|calls (?:up)?on|condemns|decides|declares|emphasi[sz]es|"
    r"encourages|endorses|expresses|invites|notes|reaffirms|recogni[sz]es|recommends|requests|stresses|"
    r"supports|takes note|underlines|urges|welcomes)\b",
    re.IGNORECASE,
)
WITHOUT_PREJUDICE = "without prejudice to the position of any delegation"


class Bracket(NamedTuple):
    """One alternative in brackets: the key of its option, its words, who holds it, whether it stands, and
    whether it deletes the article."""

    option: str
    words: str
    held_by: tuple[str, ...]
    stands: bool
    deletes: bool


class Paragraph(NamedTuple):
    """An article on the page. `before` and `after` are the words that all alternatives share around the
    `brackets`; without brackets `before` is the whole wording. `agreed` marks it as agreed ad referendum."""

    key: str
    label: str
    title: str
    before: str
    brackets: tuple[Bracket, ...]
    after: str
    agreed: bool

    @property
    def lead(self) -> int:
        """How many letters of `before` are the verb that opens the paragraph and is set in italics."""
        found = (PREAMBULAR if self.label.startswith("PP") else OPERATIVE).match(self.before)
        return found.end() if found else 0


def paragraphs(text: Text) -> list[Paragraph]:
    """The paragraphs of a text in the order of the page: the preamble, then what it decides."""
    found = []
    for part, name in (("preambular", "PP"), ("operative", "OP")):
        here = [(key, one) for key, one in text.articles.items() if one.part == part]
        found += [
            _paragraph(text, key, article, f"{name}{number}")
            for number, (key, article) in enumerate(here, start=1)
        ]
    return found


def standing(article: Article) -> str | None:
    """The words that stand in an article, none if it is deleted."""
    if article.chosen == "tabled":
        return article.wording
    option = article.options[article.chosen]
    return None if option.delete else option.wording


def _paragraph(text: Text, key: str, article: Article, label: str) -> Paragraph:
    opened, words = is_open(text, article), standing(article)
    agreed = article.agreed and not opened and text.status not in ("adopted", "lapsed", "withdrawn")
    if not opened:
        gone = () if words is not None else (Bracket(article.chosen, "", (), True, True),)
        return Paragraph(key, label, article.title, words or "", gone, "", agreed)
    kept = {"tabled": article.wording}
    kept |= {name: one.wording for name, one in article.options.items() if not one.delete}
    before, after = shared(list(kept.values()))
    brackets = [
        Bracket(
            name,
            wording[len(before) : len(wording) - len(after)],
            article.options[name].proposed_by if name in article.options else (),
            name == article.chosen,
            False,
        )
        for name, wording in kept.items()
    ]
    brackets += [
        Bracket(name, "", one.proposed_by, name == article.chosen, True)
        for name, one in article.options.items()
        if one.delete
    ]
    return Paragraph(key, label, article.title, before, tuple(brackets), after, agreed)


def shared(wordings: list[str]) -> tuple[str, str]:
    """The whole words with which all of these wordings begin and end; none if one of them would be empty.

    >>> shared(["States shall protect data.", "States should protect data."])
    ('States ', ' protect data.')
    >>> shared(["Data flow freely.", "No data flow."])
    ('', '')
    """
    if len(wordings) < 2:
        return "", ""
    split = [re.findall(r"\s+|\S+", wording) for wording in wordings]
    first = len(commonprefix(split))
    last = len(commonprefix([words[first:][::-1] for words in split]))
    before, after = split[0][:first], split[0][len(split[0]) - last :]
    while before and not before[-1].isspace():
        before.pop()
    while after and not after[0].isspace():
        after.pop(0)
    around = "".join(before), "".join(after)
    long = all(len(wording) > len(around[0]) + len(around[1]) for wording in wordings)
    return around if long and any(word.strip() for word in (*before, *after)) else ("", "")


def status_line(text: Text, as_of: dt.date | None = None) -> str:
    """What kind of text this is and of which day: "Rolling text, Rev.2, as of 3 October 2020"."""
    when = as_of or text.tabled
    parts = [sentence_case(text.status)]
    if text.revision:
        parts.append(f"Rev.{text.revision}")
    if when:
        parts.append(f"as of {day(when.isoformat())}")
    if text.status == "chair's text":
        parts.append(WITHOUT_PREJUDICE)
    return ", ".join(parts)
