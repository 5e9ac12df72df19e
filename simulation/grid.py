"""Where do single changes of wording lie in flat arrays? Numbers that stay the same from round to round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.intp]
NOBODY = -1


class Touch(NamedTuple):
    """Issues that changes touch (touch,), at most one a change: in which `case`, `on` which issue, `where`
    that lies among all issues of all cases and `seat` among those of all replicates, and whether it is one of
    `content`."""

    case: Numbers
    on: Numbers
    where: Numbers
    seat: Numbers
    content: Flags


@dataclass(frozen=True)
class Grid:
    """Where the single changes of some `texts` lie in so many `replicates`: what is the same in every round.

    A *row* is a text in a replicate, text after text; singles stand side by side, row after row. `text` and
    `replicate` (row,); `article` (row, single); `row` and `number` (single case,), `second` nobody. What
    stands is found by numbers: `wording` (row, article) and `change` (row, single) are rows of `says` and
    `adds` for the first option, `stands` (row, single) places among all articles of all rows.

    `touches` and `touched` (text, single, issue) tell which issues singles touch. Of red lines, for every
    pair of a change and a line (text, replicate, pair): `pair` is its place among the issues of all singles,
    `line` among the lines of all rows; `lowest` and `highest` (text, 1, pair). `owner` (text, replicate,
    concern) is a place among the owners of all rows, `held` (text, replicate, 2·concern) the same by kind;
    `counted` and `gathered` are those of the texts.
    """

    texts: tuple[int, ...]
    replicates: int
    text: Numbers
    replicate: Numbers
    article: Numbers
    row: Numbers
    number: Numbers
    second: Numbers
    wording: NDArray[np.integer]
    change: Numbers
    stands: Numbers
    touches: tuple[Touch, ...]
    touched: Flags
    pair: Numbers
    line: Numbers
    lowest: Floats
    highest: Floats
    owner: Numbers
    held: Numbers
    counted: Floats
    gathered: Floats
