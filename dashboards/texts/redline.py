"""What changed between two revisions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from dashboards.texts.layout import paragraphs, standing
from dashboards.texts.markup import escaped
from scenarios.schema import Text

ALIKE = 0.3  # wordings that share less of their letters are struck out and written anew
Kind = Literal["same", "deleted", "inserted"]


class Piece(NamedTuple):
    """Some words and whether they stayed, went or came."""

    kind: Kind
    words: str


class Changed(NamedTuple):
    """A paragraph with what changed in the words that stand in it."""

    label: str
    title: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything did."""
        return any(piece.kind != "same" for piece in self.pieces)


def redline(first: Text, second: Text) -> list[Changed]:
    """Every paragraph of two revisions, matched by its key: those of the second in its order, then those that
    only the first had. Only the words that stand are compared."""
    ahead = {one.key: one for one in paragraphs(second)}
    behind = {one.key: one for one in paragraphs(first)}
    found = []
    for key in [*ahead, *(key for key in behind if key not in ahead)]:
        shown = ahead.get(key) or behind[key]
        pieces = compare(_words(first, key), _words(second, key))
        found.append(Changed(shown.label, shown.title, tuple(pieces)))
    return found


def _words(text: Text, key: str) -> str:
    """What stands in an article; nothing if there is no such article, or if it is deleted."""
    return standing(text.articles[key]) or "" if key in text.articles else ""


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of which two wordings are made: without the insertions they are the first, without the
    deletions the second. Wordings that have next to nothing in common are replaced as a whole.

    >>> [tuple(piece) for piece in compare("States shall act.", "States should act.")]
    [('same', 'States '), ('deleted', 'shall'), ('inserted', 'should'), ('same', ' act.')]
    """
    old, new = (re.findall(r"\s+|\S+", words) for words in (before, after))
    pieces: list[Piece] = []
    gone, come = "", ""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        words = "".join(new[first:last])
        between = bool(gone or come) and end < len(old) and last < len(new)
        if kind == "equal" and not (between and words.isspace()):
            pieces += _changes(gone, come)
            gone, come = "", ""
            pieces.append(Piece("same", words))
        else:
            gone, come = gone + "".join(old[start:end]), come + words
    pieces += _changes(gone, come)
    kept = sum(len(piece.words) for piece in pieces if piece.kind == "same")
    return pieces if kept >= ALIKE * max(len(before), len(after)) else list(_changes(before, after))


def _changes(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("deleted", gone)
    if come:
        yield Piece("inserted", come)


def redline_markdown(heading: str, changes: list[Changed]) -> str:
    """A redline as Markdown: ~~deleted~~ and **inserted** words."""
    blocks = [f"# {escaped(heading)}"]
    for one in changes:
        title = f" {escaped(one.title)}" if one.title else ""
        words = "".join(_marked(piece) for piece in one.pieces)
        blocks.append(f"*{one.label}.{title}* {words}".rstrip())
    return "\n\n".join(blocks) + "\n"


def _marked(piece: Piece) -> str:
    """The words between their marks, blanks outside, where Markdown wants them."""
    words = piece.words.strip()
    mark = {"same": "", "deleted": "~~", "inserted": "**"}[piece.kind]
    if not words:
        return piece.words
    head, tail = piece.words.split(words)[0], piece.words[len(piece.words.rstrip()) :]
    return f"{head}{mark}{escaped(words)}{mark}{tail}"
