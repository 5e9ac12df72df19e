"""The order of endorsement on record, and what a ranking has right of it."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboards import figures
from dashboards.cli import build
from dashboards.order_table import SHORT, all_scores, difference_rows, pair_rows, score_rows
from dashboards.sections.order_of_endorsement import section
from scenarios import apply_patch, load
from scenarios.reference import endorsements, groups, mix_of, states, template_rows, templates, timeline
from simulation import run
from simulation.analyses.ladder import RUNGS
from simulation.backtest.endorsement_order import (
    BASELINES,
    PLENARY,
    baselines,
    concordance,
    draws,
    expected,
    score,
    scored_rows,
    verdict,
)
from simulation.backtest.endorsement_record import READINGS, Record, before, record
from simulation.backtest.hindsight import CODINGS, in_doubt, is_template, templates_only, without_hindsight
from simulation.backtest.scored_order import order_of
from tests.test_docs import DOCS

OPENING, END = dt.date(2020, 9, 8), dt.date(2022, 6, 11)
LAUNCH = load("launch-2020")
ROWS = scored_rows(LAUNCH)
PAGE = (DOCS / "analyses" / "order-of-endorsement.md").read_text(encoding="utf-8")


def spoken_on(days, end=1000.0):
    """A record of statements made on known days, inf for who never spoke."""
    times = np.array(days, dtype=np.float64)
    return Record(times, times, (None,) * times.size, end)


def of(countries, found):
    """Who spoke, by code."""
    return {key for key, spoke in zip(countries, found.spoke, strict=True) if spoke}


orders = st.lists(st.integers(0, 6) | st.just(float("inf")), min_size=2, max_size=12)


@given(orders)
def test_an_order_agrees_with_itself_and_not_at_all_with_its_reverse(days):
    pairs, times = before(spoken_on(days)), np.minimum(days, 1e6)
    if pairs.any():
        assert concordance(pairs, times)[0] == 1
        assert concordance(pairs, -times)[0] == 0
        assert concordance(pairs, np.zeros(len(days)))[0] == 0.5
    else:
        assert np.isnan(concordance(pairs, times)[0])


@given(orders, st.integers(0, 99))
def test_a_ranking_and_its_reverse_share_all_pairs_whatever_is_drawn(days, seed):
    rng = np.random.default_rng(seed)
    pairs, times = before(spoken_on(days)), rng.integers(0, 4, len(days))
    drawn = rng.multinomial(len(days), np.full(len(days), 1 / len(days)), 20)
    both = concordance(pairs, times, drawn) + concordance(pairs, -times, drawn)
    assert np.allclose(both[~np.isnan(both)], 1)


def test_drawing_everybody_once_changes_nothing_and_drawing_one_twice_counts_its_pairs_twice():
    pairs = before(spoken_on([0, 1, np.inf]))
    assert concordance(pairs, [1, 0, 2], [[1, 1, 1]]) == concordance(pairs, [1, 0, 2])
    assert concordance(pairs, [1, 0, 2], [[1, 1, 2]])[0] == pytest.approx(4 / 5)


def test_who_never_spoke_comes_after_who_did_and_is_no_pair_with_another():
    assert before(spoken_on([3, np.inf, np.inf])).tolist() == [
        [False, True, True],
        [False, False, False],
        [False, False, False],
    ]


def test_the_same_day_and_days_that_overlap_are_no_pair():
    found = Record(np.array([3.0, 3.0, 0.0, 9.0]), np.array([3.0, 3.0, 5.0, 9.0]), (None,) * 4, 100.0)
    assert np.argwhere(before(found)).tolist() == [[0, 3], [1, 3], [2, 3]]


def test_who_may_have_spoken_after_the_end_is_not_known_to_come_before_the_silent():
    found = record(["RUS", "TZA", "PER"], OPENING, dt.date(2020, 12, 31))
    assert np.argwhere(before(found)).tolist() == [[0, 2]]


def test_a_record_watched_for_three_days_knows_only_russia_by_own_name():
    found = record(["RUS", "PAK", "KAZ"], OPENING, dt.date(2020, 9, 11))
    assert of(["RUS", "PAK", "KAZ"], found) == {"RUS"}


def test_every_statement_is_told_by_the_timeline_with_its_reporter_and_its_rung():
    told = {(one.date, one.reported_by, one.wording) for one in timeline()}
    for one in endorsements():
        assert one.earliest <= one.latest and one.wording in RUNGS and one.source
        assert one.confidence in ("high", "medium", "low")
        assert set(one.covers) <= set(states())
        days = {date for date, reporter, rung in told if (reporter, rung) == (one.reported_by, one.wording)}
        if one.covers:
            assert any(one.earliest <= date <= one.latest for date in days), one


def test_groups_are_covered_in_full():
    covered = {one.on_behalf_of: set(one.covers) for one in endorsements() if one.on_behalf_of}
    assert covered["ASEAN"] == set(groups()["ASEAN"])
    assert covered["LAS"] == set(groups()["ARAB_LEAGUE"]) - {"SYR"}
    assert covered["C5"] == set(LAUNCH.blocs["C5"].members)


def test_readings_widen_and_own_names_are_five():
    found = {reading: of(ROWS, record(ROWS, OPENING, END, reading)) for reading in READINGS}
    assert found["own"] == {"RUS", "PAK", "LAO", "TZA", "ECU"}
    assert found["own"] < found["groups"] < found["any"]
    assert found["groups"] - found["own"] == set(LAUNCH.blocs["LAS"].members) | set(
        LAUNCH.blocs["C5"].members
    )
    assert found["any"] - found["groups"] == set(LAUNCH.blocs["ASEAN"].members) - {"LAO"}
    assert "CHN" not in ROWS


def test_the_rows_in_doubt_are_those_of_which_the_coding_says_so():
    doubt = {key for key, one in LAUNCH.delegations.items() if "hindsight" in one.provenance}
    assert doubt == set(in_doubt(LAUNCH)) and len(doubt) == 13


def test_rows_in_doubt_are_templates_in_the_run_that_is_scored_and_the_others_stay():
    found, known = without_hindsight(LAUNCH), templates()
    for key, row in found.delegations.items():
        if key not in in_doubt(LAUNCH):
            assert row == LAUNCH.delegations[key]
            continue
        mix = template_rows()[key].mix
        for issue in found.issues:
            for values, kind in ((row.positions, "position"), (row.salience, "salience")):
                blend = sum(weight * known[name, kind][issue] for name, weight in mix.items())
                assert values[issue] == pytest.approx(blend)
        assert is_template(found, key)
        assert not any(line.delegation == key for line in found.red_lines)
    assert not is_template(LAUNCH, "PAK")


def test_what_is_known_of_a_row_in_doubt_does_not_reach_the_run_that_is_scored():
    strange = {"PAK": {"positions": {"forum": 0}, "trust": {"CHN": -1}, "position_sd": 1}}
    assert without_hindsight(apply_patch(LAUNCH, {"delegations": strange})) == without_hindsight(LAUNCH)


def test_with_templates_alone_states_of_one_template_differ_in_nothing_that_was_coded():
    found = templates_only(LAUNCH).delegations
    one, other = found["JPN"], found["CAN"]
    assert (one.positions, one.salience, one.position_sd) == (
        other.positions,
        other.salience,
        other.position_sd,
    )
    assert found["CHN"] == LAUNCH.delegations["CHN"]


def test_templates_stand_ready_for_every_row_coded_by_hand():
    by_hand = {key for key, one in LAUNCH.delegations.items() if one.basis == "hand"}
    assert by_hand <= template_rows().keys()
    for row in template_rows().values():
        assert sum(row.mix.values()) == 1 and row.because
        assert {(name, "position") for name in row.mix} <= templates().keys()


def test_a_rule_of_another_kind_has_no_templates():
    assert mix_of("ridge regression on groups, subregion and two voting dimensions") == {} == mix_of("")


@pytest.mark.parametrize("coding", CODINGS)
def test_no_outcome_is_in_a_run(coding):
    found = CODINGS[coding](LAUNCH)
    assert {event.nature for event in found.events.values()} == {"exogenous"}


def test_outcomes_changed_nothing_before_either(launch):
    without = run(CODINGS["coded"](LAUNCH), replicates=6, seed=1)
    assert (without.data.first_endorsed == launch.data.first_endorsed).all()


@pytest.mark.parametrize("reading", READINGS)
def test_against_a_shuffled_record_the_baselines_are_at_one_half(reading):
    found, rng = record(ROWS, OPENING, END, reading), np.random.default_rng(3)
    values = {name: [] for name in BASELINES}
    for _ in range(300):
        turn = rng.permutation(len(ROWS))
        pairs = before(found._replace(earliest=found.earliest[turn], latest=found.latest[turn]))
        for name, times in baselines(LAUNCH, ROWS).items():
            values[name].append(concordance(pairs, times)[0])
    for drawn in values.values():
        low, high = np.quantile(drawn, (0.025, 0.975))
        assert low < 0.5 < high
        assert np.mean(drawn) == pytest.approx(0.5, abs=0.03)


def test_baselines_put_the_close_first():
    found = {name: dict(zip(ROWS, times, strict=True)) for name, times in baselines(LAUNCH, ROWS).items()}
    assert all(times["RUS"] < times["GBR"] < times["USA"] for times in (found["agreement"], found["forum"]))
    assert found["groups"]["RUS"] < found["groups"]["PLW"] == 0


def test_blocs_are_drawn_whole():
    place = {key: row for row, key in enumerate(ROWS)}
    drawn = draws(ROWS, seed=1)
    together = drawn["blocs"]
    assert (together[:, place["EGY"]] == together[:, place["IRQ"]]).all()
    assert (together[:, place["EGY"]] != together[:, place["IND"]]).any()
    assert (drawn["delegations"].sum(axis=1) == len(ROWS)).all()


def test_the_model_is_expected_where_its_replicates_are():
    model = expected([[1, -1, 2], [1, -1, -1]], [0, 1, 8, 100])
    assert model.day.tolist() == [1, 100, 54] and model.place.tolist() == [1, 3, 2]
    assert model.band[1].tolist() == [1, np.inf, 8]
    assert set(np.unique(model.again[:, 2])) <= {8, 54, 100} and (model.again[:, 1] == 100).all()


def test_a_model_that_is_the_record_beats_everything_and_a_baseline_nothing():
    found, others = record(ROWS, OPENING, END, "groups"), baselines(LAUNCH, ROWS)
    rounds = np.where(found.spoke, np.minimum(found.latest, 900), -1).astype(int)[None, :]
    best = score(found, expected(rounds, np.arange(902)), others, ROWS, seed=1)
    assert best.scores[PLENARY].value == 1
    assert {one.verdict for one in best.differences.values()} == {"better"}
    place = np.unique(others["forum"], return_inverse=True)[1][None, :]
    same = score(found, expected(place, np.arange(902)), others, ROWS, seed=1)
    assert same.differences["forum"].intervals == dict.fromkeys(same.differences["forum"].intervals, (0, 0))
    assert same.differences["forum"].verdict == "open"


def test_a_claim_needs_every_interval_and_five_states():
    ends = {"delegations": (0.1, 0.2), "blocs": (0.01, 0.3)}
    assert verdict(ends, 5) == "better" and verdict(ends, 4) == "few"
    assert verdict({**ends, "replicates": (-0.1, 0.1)}, 5) == "open"
    assert verdict({"blocs": (-0.2, -0.1)}, 9) == "worse"


def test_a_run_without_the_initiative_or_before_it_has_no_order():
    without = load("osaka-to-geneva")
    assert "global-initiative" not in without.texts and order_of(run(without, 2, 1)) is None
    calendar = [{"start": "2021-01-01", "length": "month", "rounds": 2}]
    late = {"calendar": calendar, "events": dict.fromkeys(LAUNCH.events)}
    assert order_of(run(apply_patch(LAUNCH, late), 2, 1)) is None


def test_the_section_says_what_was_told_and_claims_nothing_from_rows_in_doubt(launch):
    found = section(launch, None)
    words = " ".join(found.sentences)
    assert "Five states are on record" in words and "Nothing is claimed from this run" in words
    as_coded = found.tables[-1].rows[0]
    assert "Pakistan" in as_coded[2] and "Zambia" in found.tables[-1].rows[1][2]
    replay = apply_patch(LAUNCH, {"delegations": {"PAK": {"strategy": "scripted"}}})
    assert "Pakistan replay" in " ".join(section(run(replay, 2, 1), None).sentences)
    assert "no difference is sure" in " ".join(section(run(without_hindsight(LAUNCH), 2, 1), None).sentences)


def test_the_picture_has_a_diamond_on_the_round_of_each_statement(launch):
    drawn = figures.order_of_endorsement(launch, "own")
    said = next(trace for trace in drawn.data if trace.name == "the record")
    assert list(said.x[:2]) == [4, 7]  # ends of 11 and 14 September, days from the 8th on
    assert len(said.x) == 5


def test_the_command_prints_one_document_with_its_seed_and_no_row_in_doubt():
    told = CliRunner().invoke(build(), ["order", "--replicates", "4", "--seed", "7", "--json"])
    found = json.loads(told.stdout)
    assert (found["seed"], found["replicates"], found["delegations"]) == (7, 4, 110)
    assert len(found["templates_for"]) == 13
    for one in found["readings"].values():
        assert set(one["codings"]) == set(CODINGS)
    words = CliRunner().invoke(build(), ["order", "--replicates", "4", "--quiet"]).stdout
    assert "seed 1" in words and "not a prediction" in " ".join(words.split())


def test_a_scenario_without_the_initiative_is_refused_in_words():
    told = CliRunner().invoke(build(), ["order", "osaka-to-geneva", "--replicates", "2"])
    assert told.exit_code == 2 and "global-initiative" in told.stderr and "Traceback" not in told.stderr


def cells(row):
    return f"| {' | '.join(row)} |"


def test_the_page_has_the_record_and_the_baselines_as_they_are():
    few = run(without_hindsight(LAUNCH), replicates=2, seed=1)
    order = order_of(few)
    for row in pair_rows(order)[1]:
        line = next(
            one for one in PAGE.splitlines() if one.startswith(f"| {row[0]} | a") or row[0] in one[:20]
        )
        assert line.endswith(cells(row[1:]))
    for reading, one in order.scored.items():
        table = {SHORT[name]: one.scores[name] for name in BASELINES}
        for row in score_rows(table)[1]:
            assert cells([READINGS[reading].name, *row]) in PAGE


@pytest.mark.long
def test_the_page_has_what_the_command_finds():
    found = {coding: order_of(run(change(LAUNCH), 1000, 1)) for coding, change in CODINGS.items()}
    main = found["replaced"]
    for reading, one in main.scored.items():
        for row in score_rows(all_scores(found, reading))[1]:
            assert cells([READINGS[reading].name, *row]) in PAGE
        gaps = {SHORT[name]: gap for name, gap in one.differences.items()}
        for row in difference_rows(gaps)[1]:
            assert cells([READINGS[reading].name, *row]) in PAGE
