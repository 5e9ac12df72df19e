"""What is open in the texts, whatever stands? Their single changes, what these touch, and whose red lines.

The texts of a room lie side by side: tables are padded to the longest text, with articles and changes that
say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from agents.preferences import RedLines
from simulation.grid import NOBODY, Grid, Touch
from simulation.wording import Wording

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.intp]
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class OpenPoints:
    """Single changes put another option in the place of the one that stands: `article` (text, single) tells
    where; `exists` (text, single).

    `says` (2, wording, issue) is what wordings say, first places and then whether they speak, 1 or 0, and
    `code` (wording,) the numbers that identify them; `shape` is (text, article, option), which `wording`
    turns into rows.

    What a single change does depends on the option that stands: `option` (text, single, option) is the one
    that it puts there instead, `adds` (2, text · single · option, issue) what that adds to what is said, a
    last row adding nothing, and `turns` (text · single · option,) how it turns the number that identifies the
    whole wording.

    `touches` (text, single, issue); `issues` lists the same, tables (text, single): first issues, then second
    ones…, −1 where there are no more.

    A change can break or mend red lines on the issues it touches: `single` and `line` (text, pair) list
    which, `owner` (text, concern) whom they concern. `counted` (text, pair, 2·concern) adds pairs up by
    concern, lines that forbid first; `gathered` (text, concern, single) adds concerns up by single change.
    `content` (issue,) tells content from procedure, `lines` are the red lines, `grids` what `grid` found.
    """

    says: Floats
    code: NDArray[np.uint64]
    shape: tuple[int, int, int]
    article: Numbers
    option: Numbers
    adds: Floats
    turns: NDArray[np.uint64]
    exists: Flags
    touches: Flags
    issues: tuple[Numbers, ...]
    single: Numbers
    line: Numbers
    owner: Numbers
    counted: Floats
    gathered: Floats
    content: Flags
    lines: RedLines
    grids: dict[tuple[tuple[int, ...], int], Grid] = field(default_factory=dict, repr=False)

    def grid(self, texts: Sequence[int], replicates: int) -> Grid:
        """Where the single changes of some texts lie in so many replicates; worked out once."""
        key = tuple(texts), replicates
        if key not in self.grids:
            self.grids[key] = self._lay_out(*key)
        return self.grids[key]

    def _lay_out(self, texts: tuple[int, ...], replicates: int) -> Grid:
        due, (_, articles, options) = list(texts), self.shape
        (_, singles), issues, lines = self.article.shape, len(self.content), len(self.lines.issue)
        text = np.repeat(np.array(due, dtype=np.intp), replicates)
        every = np.arange(len(text))
        row, number = np.divmod(np.arange(len(text) * singles), singles)
        article = self.article[text]
        block = every.reshape(len(due), replicates, 1)
        line, owner = self.line[due][:, None], self.owner[due][:, None]
        owners = len(self.lines.owners)
        return Grid(
            texts=texts,
            replicates=replicates,
            text=text,
            replicate=every % replicates,
            article=article,
            row=row,
            number=number,
            second=np.full(len(row), NOBODY),
            wording=self.wording(text[:, None], np.arange(articles), np.zeros(1, dtype=np.intp)),
            change=(text[:, None] * singles + np.arange(singles)) * options,
            stands=every[:, None] * articles + article,
            touches=tuple(self.touch(table[text].ravel(), every[row] % replicates) for table in self.issues),
            touched=self.touches[due],
            pair=(block * singles + self.single[due][:, None]) * issues + self.lines.issue[line],
            line=block * lines + line,
            lowest=self.lines.lowest[line],
            highest=self.lines.highest[line],
            owner=block * owners + owner,
            held=block * (2 * owners) + np.concatenate([owner, owner + owners], axis=2),
            counted=self.counted[due],
            gathered=self.gathered[due],
        )

    def touch(self, on: Numbers, replicate: Numbers) -> Touch:
        """Changes that touch an issue each, or none, `NOBODY`, in some replicates; both (case,)."""
        case, issues = np.flatnonzero(on != NOBODY), len(self.content)
        on = on.take(case)
        seat = replicate.take(case) * issues + on
        return Touch(case, on, case * issues + on, seat, self.content.take(on))

    def wording(
        self, text: NDArray[np.integer], article: NDArray[np.integer], option: NDArray[np.integer]
    ) -> NDArray[np.integer]:
        """Rows of `says` and `code`."""
        _, articles, options = self.shape
        return (text * articles + article) * options + option


def open_points(wordings: Sequence[Wording], lines: RedLines, content: Flags) -> OpenPoints:
    """What is open in texts before delegations with red lines; `content` (issue,) tells it from procedure."""
    issues = len(content)
    alternatives = [one.alternatives for one in wordings]
    article, alternative = (padded([of[n] for of in alternatives]) for n in (0, 1))
    exists = padded([np.ones(len(of[0]), dtype=bool) for of in alternatives])
    moves = padded([one.moves for one in wordings], issues)
    touches = np.take_along_axis(moves, article[..., None], axis=1) & exists[..., None]
    concerns = [_concerns(one, lines) for one in touches]
    single, line, owner = (padded([of[n] for of in concerns]) for n in range(3))
    most = single.shape[1], owner.shape[1]
    counted = np.zeros((len(wordings), most[0], 2, most[1]), dtype=lines.held.dtype)
    gathered = np.zeros((len(wordings), most[1], article.shape[1]), dtype=lines.held.dtype)
    for text, (of_single, _, _, concern, kind) in enumerate(concerns):
        counted[text, np.arange(len(of_single)), kind, concern] = 1
        gathered[text, concern, of_single] = 1
    articles, options = (max(one.exists.shape[axis] for one in wordings) for axis in (0, 1))
    shape = len(wordings), articles, options
    says = np.zeros((2, *shape, issues), dtype=lines.held.dtype)
    code = np.zeros(shape, dtype=np.uint64)
    for text, one in enumerate(wordings):
        here = text, slice(one.exists.shape[0]), slice(one.exists.shape[1])
        says[0][here], says[1][here], code[here] = one.place, one.speaks, one.code
    says, code = says.reshape(2, -1, issues), code.reshape(-1)
    stands = np.arange(options)
    option = alternative[..., None] + (alternative[..., None] >= stands)
    first = (np.arange(len(wordings))[:, None] * articles + article)[..., None] * options
    gone, new = (first + stands).ravel(), (first + np.minimum(option, options - 1)).ravel()
    return OpenPoints(
        says,
        code,
        shape,
        article,
        option,
        np.concatenate([says[:, new] - says[:, gone], np.zeros_like(says[:, :1])], axis=1),
        code[new] ^ code[gone],
        exists,
        touches,
        _issues(touches),
        single,
        line,
        owner,
        counted.reshape(len(wordings), most[0], 2 * most[1]),
        gathered,
        content,
        lines,
    )


def padded(rows: Sequence[NDArray[Number]], *rest: int) -> NDArray[Number]:
    """Arrays of different lengths as one, filled up with zeros."""
    most = max(map(len, rows), default=0)
    out = np.zeros((len(rows), most, *rest), dtype=rows[0].dtype)
    for place, row in zip(out, rows, strict=True):
        place[: len(row)] = row
    return out


def _concerns(touches: Flags, lines: RedLines) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """Which single change touches which red line (pair,), whom that concerns (concern,), and which of these
    every pair belongs to and whether its line forbids, 0, or requires, 1 (pair,)."""
    owners = max(len(lines.owners), 1)
    single, line = np.nonzero(touches[:, lines.issue])
    holder = lines.held.argmax(axis=1)[line] if len(line) else np.zeros(0, dtype=np.intp)
    concern, place = np.unique(single * owners + holder % owners, return_inverse=True)
    return single, line, concern % owners, place, holder // owners


def _issues(touches: Flags) -> tuple[Numbers, ...]:
    """The first issues that single changes touch, their second ones… (text, single), −1 where there are no
    more."""
    turn = np.cumsum(touches, axis=2) * touches
    tables = []
    for number in range(1, int(turn.max(initial=0)) + 1):
        now = turn == number
        tables.append(np.where(now.any(axis=2), now.argmax(axis=2), -1))
    return tuple(tables)
