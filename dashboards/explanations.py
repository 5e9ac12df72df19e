"""Every change of a public stance in the first replicate, in plain sentences."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.analyses.wording import day
from simulation.explaining import change
from simulation.model import NegotiationModel
from simulation.room import open_room


def changes_of_stance(results: Any) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """By delegation and text: the day of each change of stance, and the sentences that explain it exactly.

    The first replicate is run once more with everything kept; its streams make it equal to the recorded one.
    """
    model = NegotiationModel(open_room(results.scenario), [0], results.manifest["seed"], in_full=True)
    model.run_model()
    dates = [str(date) for date in results.data.date.values]
    stance = model.record.stance[..., 0]
    told: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for index, row, text in zip(*np.nonzero(np.diff(stance, axis=0)), strict=True):
        if not model.draws.instructed[index, row, 0]:
            continue  # a sponsor endorses its own text on the day it is tabled; nothing is weighed
        explanation = change(model, int(row), int(text), int(index) + 1)
        entry = {"date": day(dates[index + 1]), "sentences": explanation.sentences()}
        told.setdefault(model.room.countries[row], {}).setdefault(model.room.texts[text], []).append(entry)
    return told
