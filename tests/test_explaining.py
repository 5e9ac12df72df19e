"""Every change of stance in a run is explained, and the reasons add up to the margin."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import load
from simulation.explaining import change, explain
from simulation.model import NegotiationModel
from simulation.opening import open_room
from tests.generators import lively_room


@pytest.mark.parametrize("seed", range(4))
def test_the_reasons_of_every_change_add_up_and_agree_with_what_happened(seed):
    room = open_room(lively_room(seed, countries=12, issues=4, texts=3, rounds=12))
    model = NegotiationModel(room, [seed], run_seed=1, in_full=True)
    model.run_model()
    stance, seen = model.record.stance[..., 0], 0
    tempers = [one.strategy for one in room.scenario.delegations.values()]
    for index in range(1, len(stance)):
        before = model.record.before[index, ..., 0]
        for row, text in zip(*np.nonzero(stance[index] != before), strict=True):
            found = change(model, int(row), int(text), index)
            assert found.total == pytest.approx(found.margin, abs=1e-14)
            recorded = model.record.appeal[index, row, text, 0] + model.draws.chance[index - 1, row, text, 0]
            assert found.margin + found.cut == pytest.approx(float(recorded), abs=2e-6)
            lined = model.chamber.forbidden[row, text, 0] or model.chamber.unmet[row, text, 0]
            if not lined and tempers[row] != "fixed":
                assert found.direction * found.margin >= -2e-6
            seen += 1
    assert seen > 5


def test_a_stance_of_the_launch_is_explained_in_words():
    scenario = load("launch-2020")
    found = next(
        one
        for iso3 in ("PAK", "RUS", "CUB", "LAO")
        for one in explain(scenario, 1, iso3, "global-initiative")
    )
    assert found.sentences()
    assert found.round >= 1


def test_an_unknown_country_is_refused_in_words():
    with pytest.raises(ValueError, match="'XXX' is not in"):
        explain(lively_room(1), 1, "XXX", "text-0")
