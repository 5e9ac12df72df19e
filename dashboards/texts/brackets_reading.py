"""The words of one paragraph in Markdown → its alternatives, with those who hold them."""

from __future__ import annotations

import re
from typing import NamedTuple

from dashboards.texts.markup import plain

TOKEN = re.compile(r"\\.|&#\d{1,7};|\*\*\[|\[|\]\*\*|\]|[^\\&*\[\]]+|.", re.DOTALL)
LEAD = re.compile(r"\*((?:\\.|[^*\\\n])+)\*(?!\*)")
HELD = re.compile(r"((?:\\.|[^\\:])*):\s?(.*)", re.DOTALL)
DELETION = re.compile(r"del\.(?:\s+(.*))?", re.DOTALL)
MOST = 50


class Alternative(NamedTuple):
    """What one bracket says: the whole wording (none: the article is deleted), who holds it, whether it
    stands."""

    wording: str | None
    held_by: tuple[str, ...]
    stands: bool


class Malformed(ValueError):
    """Words that cannot be read: what is wrong, and how to mend it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message, self.mend = message, mend


def alternatives(body: str) -> tuple[str | None, list[Alternative]]:
    """The words of a paragraph without brackets (none if it has some), and what its brackets say: first the
    wording as tabled, last the deletions. Raises Malformed.

    >>> alternatives("States [shall] **[EU: should]** protect data [del. G77]")[1]
    [Alternative(wording='States shall protect data', held_by=(), stands=False),
     Alternative(wording='States should protect data', held_by=('EU',), stands=True),
     Alternative(wording=None, held_by=('G77',), stands=False)]
    """
    outside, inside = _split(LEAD.sub(r"\1", body, count=1) if LEAD.match(body) else body)
    deletes = [DELETION.fullmatch(words) for words, _ in inside]
    last = len(inside)
    while last and deletes[last - 1]:
        last -= 1
    if any(deletes[:last]):
        raise Malformed("a bracket that deletes stands before others", "move [del. …] to the end")
    if any(words.strip() for words in (*outside[1:last], *outside[last + 1 :])):
        raise Malformed("words stand between brackets", "bracket the whole of each alternative")
    gone = [
        Alternative(None, _names(found[1] or ""), stands)
        for found, (_, stands) in zip(deletes[last:], inside[last:], strict=True)
        if found
    ]
    around = [plain(words) for words in (outside[0], outside[last].rstrip() if gone else outside[last])]
    if not inside:
        return around[0], []
    if not last:
        return None, [Alternative(around[1], (), False), *gone] if around[1] else gone
    found = [_variant(words, stands, *around) for words, stands in inside[:last]]
    if found[0].held_by:
        raise Malformed(
            "the first bracket says who holds it",
            "put the wording as tabled first, without names; write \\: for a colon that belongs to it",
        )
    return None, found + gone


def _split(body: str) -> tuple[list[str], list[tuple[str, bool]]]:
    """What stands outside the brackets, before, between and after them, and what inside, with whether it is
    in bold. Raises Malformed."""
    outside, inside, within = [""], [], ""
    opened: str | None = None
    for token in TOKEN.findall(body):
        if token in ("[", "**["):
            if opened is not None:
                raise Malformed("a bracket opens inside another one", "write \\[ for one of the words' own")
            opened, within = token, ""
            outside.append("")
        elif token in ("]", "]**") and opened is None:
            raise Malformed("a bracket closes that was not opened", "write \\] for one of the words' own")
        elif token in ("]", "]**"):
            if (token == "]**") != (opened == "**["):
                raise Malformed("bold begins or ends inside a bracket", "write **[…]** for what stands")
            inside.append((within.strip(), opened == "**["))
            opened = None
        elif opened is not None:
            within += token
        else:
            outside[-1] += token
    if opened is not None:
        raise Malformed("a bracket is not closed", "add ] at its end")
    if len(inside) > MOST:
        raise Malformed(f"{len(inside)} brackets are too many", f"keep to {MOST}")
    return outside, inside


def _variant(inside: str, stands: bool, before: str, after: str) -> Alternative:
    held = HELD.fullmatch(inside)
    words = held[2] if held else inside
    return Alternative(before + plain(words) + after, _names(held[1]) if held else (), stands)


def _names(words: str) -> tuple[str, ...]:
    return tuple(name for part in words.split(",") if (name := plain(part.strip())))
