"""All wordings of a text: what the engine says of each, the best, the frontier, the missed deals."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.response import choose
from scenarios import apply_patch, parse_assignments
from simulation import run
from simulation.analyses import solutions
from simulation.analyses.best_wording import best_wording
from simulation.analyses.bracket_prices import confirm, dearest, prices
from simulation.analyses.deals import agreed, deals, run_again
from simulation.analyses.prospects import prospects
from simulation.analyses.replies import replies
from simulation.analyses.survey import survey
from simulation.analyses.wordings import Sweep
from simulation.appeals import gains_at
from simulation.ending import ending_of
from simulation.model import NegotiationModel
from tests.generators import LIVELY, lively_room, rooms
from tests.rooms import chamber_of

TEXT = "text-0"
SMALL = {"countries": 6, "rounds": 2}
OPEN_MINDED = {"drafting": "off", "endorse_threshold": 0.05}


def ended(scenario, replicates=3, seed=1):
    results = run(scenario, replicates=replicates, seed=seed)
    return results, run_again(results)


def every(places):
    return places.choices(np.arange(places.count))


@given(st.integers(0, 2**31), st.booleans())
def test_gains_of_wordings_are_the_engine_s(number, forceful):
    scenario = lively_room(number, **SMALL, **({"force_issue": "issue-1"} if forceful else {}))
    _, end = ended(scenario, 2)
    model = NegotiationModel(scenario, range(2), 1)
    model.run_model()
    found = prospects(ending_of(end, TEXT))
    choices = every(found.places)
    model.chamber.chosen[0] = choices[number % len(choices)][:, None]
    model.chamber.place(0, model.room)
    expected = gains_at(model.room, model.chamber, model.chamber.places[:1])[:, 0].mean(axis=1)
    np.testing.assert_allclose(found.gain.at(choices)[number % len(choices)], expected, atol=1e-5)


@given(rooms(**SMALL, dynamics={**LIVELY, "peer_weight": 0.0}))
def test_at_the_wording_that_stands_the_appeal_is_the_one_of_the_last_answers(scenario):
    # nobody listens, so that who answers first has seen no less than the others
    scenario = apply_patch(scenario, parse_assignments(['delegations.*.strategy="interest-driven"']))
    results, end = ended(scenario, 1)
    here = results.data.sel(text=TEXT)
    found = prospects(ending_of(end, TEXT))
    standing = here.wording.values[0, -1][None, : len(found.places.start)]
    margin = here.appeal.values[-1] - here.endorse_cut.values[-1]
    np.testing.assert_allclose(found.lead.at(standing)[0] - found.short, margin, atol=1e-5)
    assert found.ambition(standing)[0] == pytest.approx(
        float(here.ambition.values[0, -1]), rel=1e-4, abs=1e-4, nan_ok=True
    )


@given(rooms(**SMALL))
def test_every_number_is_a_wording_of_its_own(scenario):
    _, end = ended(scenario, 1)
    places = prospects(ending_of(end, TEXT)).places
    choices = every(places)
    assert len(np.unique(choices, axis=0)) == places.count == 3**3
    np.testing.assert_array_equal(places.numbers(choices), np.arange(places.count))


@given(rooms(**SMALL, force_issue="issue-2"))
def test_a_sweep_gives_what_each_wording_gives_alone(scenario):
    _, end = ended(scenario, 1)
    found = prospects(ending_of(end, TEXT))
    for amount in (found.lead, found.gain, found.sponsors):
        for width in (1, 4, 10**6):
            swept = np.concatenate(list(Sweep(amount, width * 8)))
            np.testing.assert_allclose(swept, amount.at(every(found.places)), atol=1e-12)


@given(
    rooms(**SMALL, force_issue="issue-2"),
    st.sampled_from([-np.inf, 0.0, 0.5, 0.9, 3.0]),
    st.sampled_from([1, 4]),
)
def test_branch_and_bound_finds_what_looking_at_all_finds(scenario, least, leaves):
    _, end = ended(scenario, 2)
    found = prospects(ending_of(end, TEXT))
    choices = every(found.places)
    support, ambition = found.support(choices), found.ambition(choices)
    enough = ambition >= least if least > -np.inf else np.ones(len(support), dtype=bool)
    best = best_wording(found, found.places.start, least, leaves=leaves)
    assert best.proven
    if enough.any():
        assert best.support == pytest.approx(support[enough].max(), abs=1e-5)
        assert found.support(best.choice[None])[0] == pytest.approx(best.support)
    else:
        assert best.choice is None


@given(rooms(**SMALL))
def test_branch_and_bound_without_chance(scenario):
    _, end = ended(scenario, 2)
    found = replace(prospects(ending_of(end, TEXT)), precision=float("inf"))
    best = best_wording(found, found.places.start, leaves=1)
    assert best.proven and best.support == found.support(every(found.places)).max()


@given(rooms(**SMALL, force_issue="issue-2"))
def test_the_survey_is_what_looking_at_every_wording_says(scenario):
    results, end = ended(scenario)
    looked = deals(results, agreed(results, TEXT, end))
    found, seen = looked.agreed.prospects, looked.survey
    choices, now = every(found.places), looked.agreed.wording[None]
    support, gains = found.support(choices), found.gain.at(choices)
    np.testing.assert_allclose(seen.support, support, atol=1e-9)
    np.testing.assert_allclose(seen.ambition, found.ambition(choices), atol=1e-9)
    assert support[seen.best] == pytest.approx(support.max(), abs=1e-5)
    mine = gains[:, looked.parties]
    for name, row in seen.points.items():
        theory = getattr(solutions, name.replace("-", "_"))
        np.testing.assert_allclose(mine[row], mine[theory(mine)], atol=1e-9)
    assert seen.everybody_can == bool((mine >= -1e-9).all(axis=1).any())
    change = (gains - found.gain.at(now))[:, looked.agreed.supporters]
    better = (change.min(axis=1, initial=0) >= -1e-6) & (change.max(axis=1, initial=0) > 1e-6)
    np.testing.assert_array_equal(seen.better, np.flatnonzero(better))
    own = found.sponsors.at(choices) - found.sponsors.at(now)
    better = (own.min(axis=1) >= -1e-6) & (own.max(axis=1) > 1e-6)
    better &= support >= found.support(now) - 1e-6
    np.testing.assert_array_equal(seen.better_for_sponsors, np.flatnonzero(better))


@given(rooms(**SMALL))
def test_a_missed_deal_was_never_tabled(scenario):
    results, end = ended(scenario)
    looked = deals(results, agreed(results, TEXT, end))
    stood = {tuple(row) for path in results.data.wording.sel(text=TEXT).values for row in path.tolist()}
    for number in (*looked.missed, *looked.missed_for_sponsors):
        assert tuple(looked.agreed.prospects.places.choices([number])[0].tolist()) not in stood
    assert len(looked.tabled) == len(stood)


def test_a_broken_red_line_keeps_its_owner_from_endorsing():
    scenario = chamber_of(
        [[90.0], [90.0]],
        texts=[[50.0]],
        options=lambda text, issue: [{"issue-0": 90.0}],
        names=["CHN", "USA"],
        red_lines=[{"delegation": "USA", "issue": "issue-0", "min": 0, "max": 60, "kind": "requires"}],
    )
    _, end = ended(scenario, 1)
    assert prospects(ending_of(end, TEXT)).chances([[0], [1]]).tolist() == [[1, 1], [1, 0]]


def test_observers_have_no_part_in_it():
    scenario = lively_room(11)
    patch = parse_assignments(["delegations.DEU.observer=true"])
    line = scenario.red_lines[0].model_copy(update={"delegation": "IDN"})
    watched = apply_patch(scenario.model_copy(update={"red_lines": (line,)}), patch)
    results, end = ended(watched)
    looked = agreed(results, TEXT, end)
    assert "DEU" not in looked.prospects.countries
    assert looked.prospects.chances(every(looked.prospects.places)).shape[1] == len(looked.supporters) == 7
    places, issue = looked.prospects.places, watched.issues
    where = places.among(every(places))[:, list(issue).index("issue-0")]
    over = places.place[0][where] > 90
    chances = looked.prospects.chances(every(places))[:, looked.prospects.countries.index("IDN")]
    assert (chances[over] == 0).all() and (chances[~over] > 0).all()
    found = prices(watched, TEXT, looked, replies(watched, TEXT))
    assert all("DEU" not in (*one.asks, *one.objects) for one in found)


def test_counterparts_narrow_the_parties_to_the_sponsors_and_them():
    results, end = ended(lively_room(3))
    looked = deals(results, agreed(results, TEXT, end), counterparts=["USA"])
    assert [one for one, party in zip(end.room.countries, looked.parties, strict=True) if party] == [
        "CHN",
        "USA",
    ]


def small_bargain():
    """Three delegations at 20, 60 and 100 on one issue and at 0, 100 and 0 on another, the reversion at 0."""
    return chamber_of(
        [[20.0, 0.0], [60.0, 100.0], [100.0, 0.0]],
        texts=[[20.0, 0.0]],
        options=lambda text, issue: [{f"issue-{issue}": 60.0 if issue == 0 else 80.0}],
        dynamics=OPEN_MINDED,
    )


def test_prices_are_confirmed_where_nothing_feeds_back():
    scenario = small_bargain()
    results, end = ended(scenario, 2)
    looked = agreed(results, TEXT, end)
    found = prices(scenario, TEXT, looked, replies(scenario, TEXT))
    assert [(one.article, one.option, one.stands) for one in found] == [
        ("0", "tabled", True),
        ("0", "option-0", False),
        ("1", "tabled", True),
        ("1", "option-0", False),
    ]
    # the text brings each 0.1; 60 on the first issue makes it -0.1, 0.3, 0.3; 80 on the other -0.3, 0.5, -0.3
    assert [one.support for one in found] == [3, 2, 3, 1]
    assert [one.price for one in found] == [-1, 1, -2, 2]
    for one in confirm(scenario, TEXT, looked, dearest(found, 2), replicates=2):
        assert one.change == one.low == one.high == one.expected


def test_who_asks_and_who_objects_to_an_option():
    scenario = small_bargain()
    results, end = ended(scenario, 1)
    found = prices(scenario, TEXT, agreed(results, TEXT, end), replies(scenario, TEXT))
    _, sixty, _, eighty = found
    assert set(sixty.asks) == {"D001", "D002"} and sixty.objects == ("D000",)
    assert eighty.asks == ("D001",) and set(eighty.objects) == {"D000", "D002"}


def test_a_trade_makes_up_for_an_option():
    # the first delegation loses 0.2 by 60 on the first issue and gains 0.4 by 80 on the other
    scenario = chamber_of(
        [[20.0, 80.0], [100.0, 80.0]],
        texts=[[20.0, 0.0]],
        options=lambda text, issue: [{f"issue-{issue}": 60.0 if issue == 0 else 80.0}],
        dynamics=OPEN_MINDED,
    )
    results, end = ended(scenario, 1)
    found = prices(scenario, TEXT, agreed(results, TEXT, end), replies(scenario, TEXT))
    trade = found[1].trade
    assert found[1].lose == 1
    assert (trade.article, trade.option, trade.still_lose, trade.support) == ("1", "option-0", 0, 2)
    assert found[3].lose == 0 and found[3].trade is None


def test_expected_support_without_chance_counts_those_above_their_bar():
    results, end = ended(small_bargain(), 1)
    found = prospects(ending_of(end, TEXT))
    here = results.data.sel(text=TEXT)
    counted = choose(here.appeal.values[-1], here.oppose_cut.values[-1], here.endorse_cut.values[-1])
    assert found.support([[0, 0]])[0] == (counted == 1).sum()


def test_too_many_wordings_are_searched_by_branches(monkeypatch):
    from simulation.analyses import deals as module

    results, end = ended(lively_room(5))
    all_of_them = deals(results, agreed(results, TEXT, end))
    monkeypatch.setattr(module, "MOST", 1)
    few = deals(results, agreed(results, TEXT, end))
    best = few.best[-np.inf]
    assert few.survey is None and best.proven
    assert best.support == pytest.approx(all_of_them.survey.support.max(), abs=1e-5)
    assert not len(few.missed)
    supports = [one.support for one in few.best.values()]
    assert supports == sorted(supports, reverse=True)


@pytest.mark.parametrize(("text", "least"), [("un-text", -np.inf), ("rights-based", 0.9)])
def test_branch_and_bound_proves_what_a_survey_of_a_real_text_finds(launch, text, least):
    looked = agreed(launch, text, run_again(launch, 2))
    seen = survey(looked.prospects, looked.wording, looked.supporters, looked.supporters)
    best = best_wording(looked.prospects, looked.wording, least)
    enough = seen.ambition >= least if least > -np.inf else np.ones(len(seen.support), dtype=bool)
    assert best.proven and best.branches < len(seen.support) / 100
    assert best.support == pytest.approx(seen.support[enough].max(), abs=1e-5)


def test_a_search_that_gives_up_says_what_no_wording_exceeds(launch):
    looked = agreed(launch, "clean-network", run_again(launch, 2))
    short = best_wording(looked.prospects, looked.wording, branches=1, leaves=1)
    best = best_wording(looked.prospects, looked.wording)
    assert not short.proven and short.support <= best.support <= short.bound


def test_survey_of_one_wording_finds_itself():
    results, end = ended(chamber_of([[20.0], [60.0]], dynamics={"drafting": "off"}), 1)
    found = prospects(ending_of(end, TEXT))
    everybody = np.ones(2, dtype=bool)
    seen = survey(found, found.places.start, everybody, everybody)
    assert len(seen.support) == 1 and set(seen.points.values()) == {0} and not len(seen.better)
