"""Words in Markdown and back, letter for letter."""

from __future__ import annotations

import re
import unicodedata

SPECIAL = re.compile(r"[\\\[\]*<~`]|&(?=#)")
AT_LINE_START = re.compile(r"(?<=\n)(?:[#>+=-]|\d+(?=[.)]))")
MARK = re.compile(r"\\(.)|&#(\d{1,7});", re.DOTALL)


def escaped(words: str, left: bool = True, right: bool = True) -> str:
    """Words as Markdown shows them and `plain` reads them back.

    A line break is a backslash at the end of the line. Blanks that a reader of lines would lose are written
    by number: beside line breaks and, if it is the `left` or `right` end of a paragraph or bracket, there.

    >>> escaped("a [b]\\n- c ")
    'a \\\\[b\\\\]\\\\\\n\\\\- c&#32;'
    """
    start = len(words) - len(words.lstrip()) if left else 0
    end = len(words.rstrip()) if right else len(words)
    head, middle, tail = words[:start], words[start:end], words[max(start, end) :]
    middle = SPECIAL.sub(lambda found: "\\" + found[0], middle)
    middle = AT_LINE_START.sub(_not_a_list, middle)
    middle = re.sub(r"[^\S\n]+(?=\n)|(?<=\n)[^\S\n]+", lambda found: _numbered(found[0]), middle)
    middle = "".join(_numbered(one) if _unseen(one) else one for one in middle)
    return _numbered(head) + middle.replace("\n", "\\\n") + _numbered(tail)


def plain(words: str) -> str:
    """The words that `escaped` wrote.

    >>> plain(escaped("[a] *b*\\n\\n # c ")) == "[a] *b*\\n\\n # c "
    True
    """
    return MARK.sub(lambda found: found[1] if found[1] else _letter(found[0], int(found[2])), words)


def _not_a_list(found: re.Match[str]) -> str:
    """The start of a line that Markdown would take for a heading, a quotation or a list."""
    return found[0] + "\\" if found[0].isdigit() else "\\" + found[0]


def _unseen(letter: str) -> bool:
    """Whether a letter is a control character, which editors lose; a line break is none here."""
    return letter != "\n" and unicodedata.category(letter) == "Cc"


def _numbered(letters: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in letters)


def _letter(written: str, number: int) -> str:
    return chr(number) if number < 0x110000 else written
