"""Who moved whom? Every change in the number of endorsements, accounted for to the last bit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.explanation import credit
from simulation.model import NegotiationModel

Floats = NDArray[np.floating]
APART = ("chance", "red line or temper", "tabling")
"""What an endorsement can be owed to besides delegations, in the order of the last columns of `shares`."""


class Flips(NamedTuple):
    """Every delegation that came to endorse a text or ceased to, in all replicates, in order of rounds (F,);
    observers are left out.

    `replicate`, `round` and `row` tell where; `change` is 1 or −1; `answered` is false where the stance came
    with the tabling of the text. Of an answer, in gain units: `others` (F, N) what each other delegation
    added to the appeal, 0 for the delegation itself; `own` what it added itself; `chance`; and the `cut`
    above which it endorses. All are 0 where nobody answered.
    """

    replicate: NDArray[np.intp]
    round: NDArray[np.intp]
    row: NDArray[np.intp]
    change: NDArray[np.int8]
    answered: NDArray[np.bool_]
    others: Floats
    own: Floats
    chance: Floats
    cut: Floats

    @property
    def margin(self) -> Floats:
        """By how much the appeal, chance included, lay above the cut-point (F,); the sum of all entries."""
        return self.others.sum(axis=1) + self.own + self.chance - self.cut


def flips(model: NegotiationModel, text: int) -> Flips:
    """The ledger of one text: the changes add up to the change in its endorsements, and the entries of each
    to its margin.

    The model must have kept everything (`in_full`) and run to its end.
    """
    room, record = model.room, model.record
    line = room.lines[room.line_of_text[text]].dense.astype(float)
    echo = line @ (room.part_weights[4][:, None].astype(float) * room.listening)
    pages = [_page(model, text, index, line, echo) for index in range(1, len(record.stance))]
    return Flips(*(np.concatenate(column) for column in zip(*pages, strict=True)))


def _page(model: NegotiationModel, text: int, index: int, line: Floats, echo: Floats) -> Flips:
    """The changes of one round: first those that came with the tabling, then the answers."""
    room, record = model.room, model.record
    last, before, after = (
        record.stance[index - 1, :, text],
        record.before[index, :, text],
        record.stance[index, :, text],
    )
    came = (before == 1).astype(np.int8) - (last == 1)
    moved = (after == 1).astype(np.int8) - (before == 1)
    came[room.observing] = moved[room.observing] = 0
    tabled, answers = np.nonzero(came), np.nonzero(moved)
    row, replicate = answers
    early = np.isin(row, room.first)
    seen = before.copy()
    seen[room.first] = after[room.first]
    heard = np.where(early, before[:, replicate], seen[:, replicate]).T
    own = record.part[:4, index, :, text].sum(axis=0)[:, replicate].T
    itself = np.arange(len(row)), row
    entries = (
        credit(row, echo, line, heard, own),
        line[row, row] * own[itself] + echo[row, row] * heard[itself],
        model.draws.chance[index - 1, row, text, replicate].astype(float),
        record.upper[index, row, text, replicate].astype(float),
    )
    rows, replicates = (np.concatenate(pair) for pair in zip(tabled, answers, strict=True))
    return Flips(
        replicates,
        np.full(len(rows), index),
        rows,
        np.concatenate([came[tabled], moved[answers]]),
        np.arange(len(rows)) >= len(tabled[0]),
        *(np.concatenate([np.zeros((len(tabled[0]), *one.shape[1:])), one]) for one in entries),
    )


def shares(found: Flips) -> Floats:
    """To whom each change is owed, in endorsements: (F, N + 3), rows that add up to exactly 1 or −1.

    All entries that push the way the delegation went share the change in proportion to their size; the
    delegation itself has its own part and its bar. The last three columns are those of `APART`: chance; a red
    line or temper, where the appeal points the other way; and the tabling of the text. A house rule: entries
    that held back have no share, so that no two of them are set off against each other.
    """
    count, countries = found.others.shape
    out = np.zeros((count, countries + len(APART)))
    pushes = found.change[:, None] * np.column_stack([found.others, found.own, -found.cut, found.chance])
    pushes = np.maximum(pushes, 0)
    total = pushes.sum(axis=1, keepdims=True)
    led = found.answered & (found.change * found.margin >= -1e-5) & (total[:, 0] > 0)
    parts = found.change[:, None] * np.divide(pushes, total, out=np.zeros_like(pushes), where=total > 0)
    out[:, :countries] = parts[:, :countries]
    out[np.arange(count), found.row] = parts[:, countries] + parts[:, countries + 1]
    out[:, countries] = parts[:, countries + 2]
    out[~led] = 0
    out[found.answered & ~led, countries + 1] = found.change[found.answered & ~led]
    out[~found.answered, countries + 2] = found.change[~found.answered]
    return out


def ledgers(model: NegotiationModel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The influence ledger of a model that kept everything (`in_full`) and ran to its end: the mean over its
    replicates.

    1. Credit (country, other, text), in gain units: what `other` added to the appeal of `country` at the
       moment it came to endorse, summed over its endorsements. A sponsor's endorsement of its own text on the
       day it is tabled is owed to nobody.
    2. What the change in support is owed to (N + 3, text), in endorsements: each delegation, then `APART`. It
       adds up to the change in the number of endorsements from the opening to the end.

    This is bookkeeping, not causation: for that, silence a delegation and compare.
    """
    room, replicates = model.room, model.record.stance.shape[-1]
    credited = np.zeros((len(room.countries), len(room.countries), len(room.texts)))
    owed = np.zeros((len(room.countries) + len(APART), len(room.texts)))
    for text in range(len(room.texts)):
        found = flips(model, text)
        joined = found.answered & (found.change == 1)
        np.add.at(credited[:, :, text], found.row[joined], found.others[joined])
        owed[:, text] = shares(found).sum(axis=0)
    return credited / replicates, owed / replicates
