"""Who moved whom? The credit each delegation earned for the endorsements of the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.model import NegotiationModel

Floats = NDArray[np.floating]


def influence_ledger(model: NegotiationModel) -> NDArray[np.float64]:
    """Expected credit for endorsements, (country, other, text): what `other` added to the appeal of `country`
    at the moment it came to endorse, in gain units, summed over its endorsements, mean over replicates.

    The appeal is A = D·o with o = own parts + λ·W·S. The credit of j ≠ i at an endorsement by i is
    Σ_l D_il λ_l W_lj S_j (what i and its bloc partners hear from j) + D_ij·(own parts of j without peers).
    Together with the own part of i these entries add up exactly to A_i. The model must have kept everything
    (`in_full`) and run to its end. This is bookkeeping, not causation: for that, silence j and compare.
    """
    room, record = model.room, model.record
    countries, replicates = len(room.countries), record.stance.shape[-1]
    ledger = np.zeros((countries, countries, len(room.texts)))
    listening = room.part_weights[4][:, None].astype(float) * room.listening
    for text, line in enumerate(room.line_of_text):
        follows = room.lines[line].astype(float)
        echo = follows @ listening
        stance = record.stance[:, :, text].astype(float)
        for index in range(1, len(stance)):
            heard_first, heard = stance[index - 1], stance[index - 1].copy()
            heard[room.first] = stance[index][room.first]
            joined = (
                (stance[index] == 1) & (stance[index - 1] != 1) & ~np.isnan(record.appeal[index, :, text])
            )
            row, replicate = np.nonzero(joined)
            if not len(row):
                continue
            said = np.where(np.isin(row, room.first), heard_first[:, replicate], heard[:, replicate])
            alone = record.part[:4, index, :, text].sum(axis=0)[:, replicate]
            earned = echo[row] * said.T + follows[row] * alone.T
            earned[np.arange(len(row)), row] = 0
            np.add.at(ledger[:, :, text], row, earned)
    return ledger / replicates
