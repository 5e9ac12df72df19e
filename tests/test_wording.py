"""Articles and options as arrays: deletions, words of obligation, agreement ad referendum, ends of a text."""

import numpy as np
import pytest

from scenarios import apply_patch
from simulation import run
from simulation.wording import places, tabulate
from tests.generators import lively_room
from tests.rooms import chamber_of

REVERSION = np.array([30.0, 40.0])


def talks(article=None, text=None, **more):
    """Two delegations, two issues, a text with an article on each; the first article has two options."""
    room = chamber_of([[80, 50], [20, 50]], texts=[[60, 70]], reversion=REVERSION, rounds=4, **more)
    options = {"stronger": {"wording": "more", "places": {"issue-0": 90}}, "none": {"delete": True}}
    first = {"options": options, **(article or {})}
    return apply_patch(room, {"texts": {"text-0": {"articles": {"0": first}, **(text or {})}}})


def lies(scenario, *chosen):
    """Where the text lies with these wordings, and where it is silent."""
    found, silent = places(tabulate(scenario, "text-0", np.float64), np.array(chosen), REVERSION)
    return found.tolist(), silent.tolist()


def test_an_article_that_falls_away_leaves_the_reversion_point():
    assert lies(talks(), 0, 0) == ([60, 70], [False, False])
    assert lies(talks(), 2, 0) == ([30, 70], [True, False])


def test_of_two_articles_on_one_issue_the_other_remains_when_one_is_deleted():
    other = {"places": {"issue-0": 10}}
    scenario = apply_patch(talks(), {"texts": {"text-0": {"articles": {"1": other}}}})
    assert lies(scenario, 0, 0)[0][0] == 35
    assert lies(scenario, 2, 0)[0][0] == 10


@pytest.mark.parametrize(("word", "place"), [("shall", 90), ("should", 50), ("may", 20)])
def test_a_word_of_obligation_has_a_place_on_the_force_issue(word, place):
    scenario = talks({"strength": word}, force_issue="issue-1")
    assert lies(scenario, 0, 0)[0][1] == (place + 70) / 2
    assert lies(talks({"strength": word}), 0, 0)[0][1] == 70


def test_a_place_that_the_wording_names_goes_before_its_word_of_obligation():
    scenario = talks({"strength": "shall", "places": {"issue-0": 60, "issue-1": 10}}, force_issue="issue-1")
    assert lies(scenario, 0, 0)[0][1] == (10 + 70) / 2


def test_an_option_has_its_articles_word_unless_it_has_its_own_and_a_deletion_has_none():
    inherited = talks({"strength": "shall"}, force_issue="issue-1")
    softer = {"options": {"stronger": {"strength": "may"}}}
    own = apply_patch(inherited, {"texts": {"text-0": {"articles": {"0": softer}}}})
    assert lies(inherited, 1, 0)[0][1] == (90 + 70) / 2
    assert lies(own, 1, 0)[0][1] == (20 + 70) / 2
    assert lies(own, 2, 0)[0][1] == 70


def test_a_scenario_may_say_how_binding_its_words_are():
    scenario = apply_patch(talks({"strength": "shall"}, force_issue="issue-1"), {"strength": {"shall": 100}})
    assert lies(scenario, 0, 0)[0][1] == (100 + 70) / 2


def test_softer_words_make_the_same_content_weigh_less():
    def gain(word):
        scenario = talks({"strength": word}, force_issue="issue-1")
        care = {"D000": {"salience": {"issue-1": 0}}}
        scenario = apply_patch(scenario, {"delegations": care})
        return float(run(scenario, replicates=1, seed=1).data.start_gain[0, 0])

    assert gain("shall") == pytest.approx((0.6 + 1.2 * 0.80) * 0.3)
    assert gain("should") == pytest.approx((0.6 + 1.2 * 0.60) * 0.3)
    assert gain("may") == pytest.approx((0.6 + 1.2 * 0.45) * 0.3)


def test_what_is_agreed_ad_referendum_stands_through_a_whole_negotiation():
    scenario = lively_room(3, rounds=8)
    free = run(scenario, replicates=8, seed=1).data.wording.sel(text="text-0")
    moved = [a for a in range(3) if (free[:, -1, a] != free[:, 0, a]).any()]
    assert moved
    agreed = {str(moved[0]): {"agreed": True, "chosen": "option-1"}}
    scenario = apply_patch(scenario, {"texts": {"text-0": {"articles": agreed}}})
    kept = run(scenario, replicates=8, seed=1).data.wording.sel(text="text-0")
    assert (kept[:, :, moved[0]] == 2).all()


def test_an_adopted_text_is_not_redrafted():
    scenario = apply_patch(lively_room(3, rounds=8), {"texts": {"text-0": {"status": "adopted"}}})
    stood = run(scenario, replicates=4, seed=1).data.wording.sel(text="text-0")
    assert (stood == stood[:, :1]).all()


@pytest.mark.parametrize("status", ["lapsed", "withdrawn"])
def test_a_text_that_is_gone_is_before_nobody(status):
    scenario = apply_patch(lively_room(3), {"texts": {"text-0": {"status": status}}})
    data = run(scenario, replicates=4, seed=1).data.sel(text="text-0")
    assert (data.stance == 0).all()
    assert not data.adopted.any()
    assert not data.vote_passed.any()


def test_deletion_is_drafted_like_any_other_option():
    """Nobody gains from the first article, so that its own sponsor lets it fall."""
    scenario = talks(text={"sponsors": ["D000"]}, dynamics={"redraft_days": 1, "min_improvement": 0.0})
    wanting = {name: {"positions": {"issue-0": 25.0, "issue-1": 75.0}} for name in scenario.delegations}
    data = run(apply_patch(scenario, {"delegations": wanting}), replicates=1, seed=1).data
    assert data.wording.values[0, -1, 0].tolist() == [2, 0]
    assert data.place.values[0, -1, 0].tolist() == [30, 70]


@pytest.mark.parametrize("drafting", ["sponsor-led", "line-by-line", "chair"])
def test_every_way_of_drafting_copes_with_preambles_deletions_and_what_is_agreed(drafting):
    preamble = {"part": "preambular", "options": {"shorter": {"wording": "Recalling", "places": {}}}}
    articles = {"pp1": preamble, "0": {"options": {"none": {"delete": True}}}, "2": {"agreed": True}}
    changes = {"texts": {"text-0": {"articles": articles}}, "dynamics": {"drafting": drafting}}
    data = run(apply_patch(lively_room(3, rounds=8), changes), replicates=8, seed=1).data
    ends = dict(zip(("0", "1", "2", "pp1"), data.wording.sel(text="text-0").values[:, -1].T, strict=True))
    assert ends["0"].any()
    assert not ends["2"].any()
    assert not ends["pp1"].any()
