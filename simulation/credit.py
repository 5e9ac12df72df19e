"""Who moved whom? The credit each delegation earned for the endorsements of the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.explanation import credit
from simulation.model import NegotiationModel

Floats = NDArray[np.floating]


def influence_ledger(model: NegotiationModel) -> NDArray[np.float64]:
    """Expected credit for endorsements, (country, other, text): what `other` added to the appeal of `country`
    at the moment it came to endorse, in gain units, summed over its endorsements, mean over replicates.

    See `credit` for what is counted. A sponsor's endorsement of its own text on the day it is tabled is owed
    to nobody. The model must have kept everything (`in_full`) and run to its end. This is bookkeeping, not
    causation: for that, silence a delegation and compare.
    """
    room, record = model.room, model.record
    countries, replicates = len(room.countries), record.stance.shape[-1]
    ledger = np.zeros((countries, countries, len(room.texts)))
    listening = room.part_weights[4][:, None].astype(float) * room.listening
    for text, which in enumerate(room.line_of_text):
        line = room.lines[which].dense.astype(float)
        echo = line @ listening
        for index in range(1, len(record.stance)):
            before, after = record.before[index, :, text], record.stance[index, :, text]
            row, replicate = np.nonzero((after == 1) & (before != 1))
            early = np.isin(row, room.first)
            seen = before.copy()
            seen[room.first] = after[room.first]
            heard = np.where(early, before[:, replicate], seen[:, replicate]).T
            own = record.part[:4, index, :, text].sum(axis=0)[:, replicate].T
            np.add.at(ledger[:, :, text], row, credit(row, echo, line, heard, own))
    return ledger / replicates
