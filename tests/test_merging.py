"""Texts that are merged, and a chair's text beside texts that their sponsors draft."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from scenarios import ScenarioError, apply_patch, load, write
from simulation import run
from simulation.model import NegotiationModel
from simulation.wording import codes
from tests.rooms import chamber_of

CALENDAR = [{"start": dt.date(2020, 9, 1), "length": "day", "rounds": 6}]
SINGLE = {
    "title": "Single negotiating text",
    "status": "chair's text",
    "sponsorship": 0.0,
    "tabled": "2020-12-12",
    "drafting": "chair",
    "merges": ["global-initiative", "rights-based"],
}


@pytest.fixture(scope="module")
def merged():
    return apply_patch(load("launch-2020"), {"texts": {"single-text": SINGLE}})


def test_a_merged_text_has_the_articles_of_both_as_they_stand_that_day(merged):
    model = NegotiationModel(merged, range(4), 1)
    room, chamber, new = model.room, model.chamber, list(merged.texts).index("single-text")
    while not chamber.on_table[new]:
        before = chamber.chosen.copy()
        model.step()
    wording = room.wordings[new]
    together = np.zeros((len(wording.articles), 4), dtype=np.int16)
    for article, (source, there) in room.merges[new].items():
        together[article] = before[source, there]
    assert (together > 0).any()
    assert np.array_equal(chamber.visited[new][0], codes(wording, together))
    assert len(room.merges[new]) == len(wording.articles) == 12 + 11


def test_the_texts_that_were_merged_leave_the_table(merged):
    data = run(merged, 4, seed=1).data
    day = int(np.flatnonzero(data.date.values >= "2020-12-12")[0])
    for source in SINGLE["merges"]:
        stance = data.stance.sel(text=source).values
        assert (stance[:, day:] == stance[:, day : day + 1]).all()
        assert (data.vote.sel(text=source) <= 0).all()
    assert int(data.endorsing.sel(text="single-text").isel(round=-1).max()) > 0


def test_a_change_of_a_source_carries_over_to_the_merged_text(merged):
    option = {"articles": {"1": {"options": {"alternative-1": {"places": {"supply": 99.0}}}}}}
    changed = apply_patch(merged, {"texts": {"global-initiative": option}})
    there = changed.texts["single-text"].articles["global-initiative-1"]
    assert there.options["alternative-1"].places == {"supply": 99.0}


def test_a_merged_text_is_written_and_read_back(merged, tmp_path):
    again = load(write(merged, tmp_path / "merged"))
    assert again.texts == merged.texts


def test_what_sponsors_of_a_merged_text_retain_is_measured_from_the_day_of_the_merger():
    texts = {
        "text-2": {
            "title": "Both",
            "sponsors": ["D000"],
            "tabled": "2020-09-03",
            "merges": ["text-0", "text-1"],
        }
    }
    scenario = chamber_of(
        [[100.0], [0.0]], texts=[[100.0], [20.0]], calendar=CALENDAR, dynamics={"drafting": "off"}
    )
    model = NegotiationModel(apply_patch(scenario, {"texts": texts}), dtype=np.float64)
    model.run_model()
    assert model.chamber.places[2, 0, 0] == 60
    assert model.chamber.ambition[2, 0] == 1
    assert model.chamber.on_table.tolist() == [False, False, True]


def test_a_chair_drafts_its_own_text_while_sponsors_draft_theirs():
    """The chair's text ends at the median, the other where the red line of its sponsor keeps it."""
    scenario = chamber_of(
        [[0.0], [40.0], [60.0]],
        texts=[[0.0], [90.0]],
        reversion=100.0,
        calendar=CALENDAR,
        options=lambda text, issue: [{"issue-0": float(place)} for place in (20, 40, 60, 80)],
        red_lines=[{"delegation": "D000", "issue": "issue-0", "max": 10, "kind": "forbids"}],
        dynamics={"redraft_days": 0, "min_improvement": 0.0},
    )
    mine = {"text-0": {"sponsors": ["D000"]}, "text-1": {"drafting": "chair"}}
    model = NegotiationModel(apply_patch(scenario, {"texts": mine}), dtype=np.float64)
    model.run_model()
    assert model.chamber.places[:, 0, 0].tolist() == [0.0, 40.0]
    off = apply_patch(scenario, {"texts": mine, "dynamics": {"drafting": "off"}})
    still = NegotiationModel(off, dtype=np.float64)
    still.run_model()
    assert still.chamber.places[:, 0, 0].tolist() == [0.0, 90.0]


def test_merging_has_the_same_bits_in_every_batch(merged):
    small, large = (run(merged, 12, seed=2, batch=batch).data for batch in (5, 64))
    for name in ("stance", "wording", "vote"):
        assert np.array_equal(small[name].values, large[name].values)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"merges": ["global-initiative"]}, "two texts"),
        ({"merges": ["global-initiative", "nowhere"]}, "no other text nowhere"),
        ({"tabled": None}, "when they are merged"),
    ],
)
def test_what_cannot_be_merged_is_told(change, message):
    with pytest.raises(ScenarioError, match=message):
        apply_patch(load("launch-2020"), {"texts": {"single-text": {**SINGLE, **change}}})
