"""Facts about states, groups and votes, and the rule that estimates the states nobody coded."""

import csv

import numpy as np
import pytest

from scenarios import load, reference
from scenarios.loading import LIBRARY
from scenarios.reference import estimating


@pytest.mark.parametrize(
    "resolution, yes, no, abstain",
    [
        ("73/27", 119, 46, 14),
        ("73/187", 94, 59, 33),
        ("73/266", 138, 12, 16),
        ("74/28", 163, 10, 6),
        ("74/29", 129, 6, 45),
        ("74/247", 79, 60, 33),
    ],
)
def test_recorded_votes_add_up_to_the_official_totals(resolution, yes, no, abstain):
    cast = list(reference.recorded_votes()[resolution].values())
    assert (cast.count("yes"), cast.count("no"), cast.count("abstain")) == (yes, no, abstain)
    assert cast.count("absent") == 193 - yes - no - abstain


def test_every_roll_call_agrees_with_its_own_totals():
    for resolution, call in reference.roll_calls().items():
        cast = list(reference.recorded_votes()[resolution].values())
        found = tuple(cast.count(vote) for vote in ("yes", "no", "abstain", "absent"))
        assert found == (call.yes, call.no, call.abstain, call.absent), resolution


def test_there_are_193_states_and_one_of_them_is_namibia():
    assert len(reference.states()) == 193
    assert reference.states()["NAM"].name == "Namibia"
    assert list(reference.slots().values()) == list(range(193))
    assert list(reference.slots()) == sorted(reference.states())


@pytest.mark.parametrize(
    "treaty, parties, signatories",
    [("Budapest Convention", 65, 3), ("Convention 108", 55, 0), ("Malabo Convention", 8, 0)],
)
def test_treaties_have_the_parties_they_had_in_september_2020(treaty, parties, signatories):
    joined = reference.treaties()[treaty]
    status = [state for state, _ in joined.values()]
    assert (status.count("party"), status.count("signatory")) == (parties, signatories)
    assert set(joined) <= set(reference.states())
    years = [year for _, year in joined.values() if year is not None]
    assert all(2001 <= year <= 2020 for year in years)
    assert len(years) == (0 if treaty == "Convention 108" else parties)


def test_the_clean_network_says_how_sure_each_row_is():
    rows = reference.clean_network()
    assert len(rows) == 41 and set(rows) <= set(reference.states())
    assert {row["confidence"] for row in rows.values()} == {"high", "medium", "low"}
    assert {row["by_8_september_2020"] for row in rows.values()} == {"yes", "no", "unclear"}
    assert rows["USA"]["basis"] == "initiator"


def test_the_timeline_is_in_order_and_names_its_sources():
    moments = reference.timeline()
    assert len(moments) == 44
    assert [moment.date for moment in moments] == sorted(moment.date for moment in moments)
    assert all(moment.sentence.endswith(".") and moment.source for moment in moments)
    told = [moment for moment in moments if moment.nature == "outcome"]
    assert len(told) == 7 and all(moment.reported_by and moment.wording for moment in told)
    assert {moment.date for moment in moments} >= {"2020-09-08", "2020-09-09", "2020-09-11"}


@pytest.mark.parametrize(
    "group, members",
    [("EU", 27), ("ASEAN", 10), ("NATO", 30), ("AU", 54), ("NAM", 119), ("P5", 5), ("ARAB_LEAGUE", 21)]
    + [("G20", 19), ("SCO", 8), ("OECD", 37), ("GRULAC", 33), ("APEC", 19), ("SADC", 16), ("ECOWAS", 15)],
)
def test_groups_have_the_size_they_had_in_september_2020(group, members):
    assert len(reference.groups()[group]) == members


SIZES = {
    "AU": 54, "ASEAN": 10, "EU": 27, "ARAB_LEAGUE": 21, "G77": 133, "NAM": 119, "SCO": 8, "BRICS": 5,
    "FIVE_EYES": 5, "OECD": 37, "CSTO": 6, "CIS": 9, "EAEU": 5, "GCC": 6, "MERCOSUR": 4, "NATO": 30, "P5": 5,
    "G7": 7, "G20": 19, "CPTPP": 11, "DEPA": 3, "APEC_CBPR": 8, "CARICOM": 14, "PIF": 14, "SAARC": 8,
    "PACIFIC_ALLIANCE": 4, "COE": 47, "OIC": 56, "FREEDOM_ONLINE_COALITION": 31, "UN_GGE_2019_2021": 25,
    "ICOC_SPONSORS_2015": 6,
}  # fmt: skip
TREATIES = {"BUDAPEST": "Budapest Convention", "MALABO": "Malabo Convention", "COE_CONV108": "Convention 108"}


def test_groups_have_the_sizes_of_their_source_and_parties_to_treaties_are_the_last_three():
    assert {group: len(reference.groups()[group]) for group in SIZES} == SIZES
    with (reference.FOLDER / "group_list.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["group"]: int(row["members"]) for row in csv.DictReader(file)}
    parties = {
        group: sum(status == "party" for status, _ in reference.treaties()[treaty].values())
        for group, treaty in TREATIES.items()
    }
    assert listed == SIZES | parties


def test_groups_are_made_of_states_and_as_large_as_their_list_says():
    with (reference.FOLDER / "group_list.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["group"]: int(row["members"]) for row in csv.DictReader(file)}
    assert len(listed) == 34
    for group, members in reference.groups().items():
        assert len(set(members)) == len(members)
        assert set(members) <= set(reference.states())
        assert len(members) == listed.get(group, len(members)), group


def test_the_united_kingdom_left_the_union_before_september_2020():
    assert "GBR" not in reference.groups()["EU"]
    assert "GBR" in reference.groups()["FIVE_EYES"]


def test_absence_follows_its_stated_rule():
    votes = [reference.recorded_votes()[name] for name in reference.VOTES_2018_2019]
    missed = {iso3: sum(call[iso3] == "absent" for call in votes) for iso3 in reference.states()}
    mean = sum(missed.values()) / (6 * 193)
    for iso3, state in reference.states().items():
        assert state.absence == pytest.approx((missed[iso3] + 6 * mean) / 12, abs=6e-4)


def test_agreement_is_mutual_and_between_0_and_1():
    table = reference.agreement()
    assert table.shape == (193, 193)
    assert np.isnan(np.diag(table)).all()
    off = ~np.eye(193, dtype=bool)
    assert np.array_equal(table[off], table.T[off])
    assert table[off].min() >= 0
    assert table[off].max() <= 1


def test_the_united_states_votes_with_israel_and_seldom_with_cuba():
    place, table = reference.slots(), reference.agreement()
    assert table[place["USA"], place["ISR"]] > 0.9
    assert table[place["USA"], place["CUB"]] < 0.4


def test_voting_space_points_to_the_united_states_and_to_china():
    space = reference.voting_space()
    assert set(space) == set(reference.states())
    assert space["USA"][0] > space["FRA"][0] > space["CHN"][0]
    assert space["CHN"][1] > space["USA"][1]


def test_ideal_points_and_indicators_cover_the_states():
    assert {session for _, session in reference.ideal_points()} == set(range(65, 75))
    assert reference.ideal_points()["USA", 74] > reference.ideal_points()["CUB", 74]
    assert set(reference.indicators()) == set(reference.states())
    assert reference.indicators()["USA"]["cybersecurity_index_2020"] == "100.0"


def test_ridge_without_penalty_is_least_squares():
    rng = np.random.default_rng(3)
    x, values = rng.normal(size=(40, 3)), rng.normal(size=(40, 2))
    new = rng.normal(size=(5, 3))
    slopes = np.linalg.lstsq(np.c_[np.ones(40), x], values, rcond=None)[0]
    fit = estimating.ridge(x, values, new, 0.0)
    assert fit.estimate == pytest.approx(np.c_[np.ones(5), new] @ slopes)


def test_leave_one_out_error_is_that_of_refitting_without_each_row():
    """With the scaling of columns held fixed, the formula and forty refits agree."""
    rng = np.random.default_rng(4)
    x = rng.normal(size=(40, 3))
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    values = x @ rng.normal(size=(3, 2)) + rng.normal(size=(40, 2))
    penalty = np.diag([0.0, 5, 5, 5])
    design = np.c_[np.ones(40), x]
    missed = []
    for row in range(40):
        rest = np.arange(40) != row
        a, b = design[rest], values[rest]
        slopes = np.linalg.solve(a.T @ a + penalty, a.T @ b)
        missed.append(values[row] - design[row] @ slopes)
    assert estimating.ridge(x, values, x[:1], 5.0).error == pytest.approx(
        np.sqrt(np.mean(np.square(missed), axis=0))
    )


def test_the_shipped_estimates_are_what_the_rule_gives():
    for name, text in estimating.tables(load("launch-2020")).items():
        shipped = (LIBRARY / "launch-2020-world" / name).read_text(encoding="utf-8")
        assert text == shipped, f"{name}: run python -m scenarios.reference.estimating"


def test_estimates_are_wider_than_any_coded_row():
    coded = load("launch-2020")
    widest = max(seat.position_sd or 0 for seat in coded.delegations.values())
    found = estimating.estimate(coded)
    assert found.position_sd > widest
    assert np.sqrt((found.positions.error**2).mean()) == pytest.approx(9.45, abs=0.01)
