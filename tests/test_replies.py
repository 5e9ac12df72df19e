"""How delegations reply to a bracket: facts about interests, red lines, doubt and agreement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import apply_patch, load
from simulation.analyses.replies import BAND, reason, replies
from tests.generators import rooms
from tests.rooms import chamber_of

TABLED, SOFTER, NOTHING = 80, 50, 20  # the wording as tabled, the alternative, the reversion point


def talks(*positions, **more):
    """Delegations with these positions on one issue, and a text with one article and one alternative."""
    room = chamber_of([[one] for one in positions], texts=[[TABLED]], reversion=NOTHING, **more)
    options = {"softer": {"wording": "should", "places": {"issue-0": SOFTER}}}
    return apply_patch(room, {"texts": {"text-0": {"articles": {"0": {"options": options}}}}})


def answers(scenario):
    """Who replies how."""
    return {one.country: one.answer for one in replies(scenario, "text-0")}


def test_each_takes_what_serves_it_best_on_the_list_or_would_rather_have_no_article():
    assert answers(talks(90, 55, 10)) == {"D000": "accept", "D001": "alternative", "D002": "delete"}


def test_the_alternative_that_is_asked_for_is_the_one_that_serves_best():
    (reply,) = replies(talks(55), "text-0")
    assert (reply.prefers, reply.gain) == ("softer", pytest.approx((25 - 5) / 100))
    scenario = talks(55)
    assert reason(scenario, "text-0", reply).startswith("“should” would serve D000 better by 0.200")


def test_a_small_disadvantage_is_accepted_ad_referendum():
    """Half way between two wordings they are worth the same; a little on the other side is too little."""
    assert answers(talks(65, 65 - 49 * BAND, 65 - 51 * BAND)) == {
        "D000": "accept",
        "D001": "accept ad referendum",
        "D002": "alternative",
    }


def test_whoever_does_not_care_accepts():
    room = chamber_of([[10, 50]], texts=[[TABLED, 50]], reversion=NOTHING, salience=[[0, 50]])
    options = {"softer": {"wording": "should", "places": {"issue-0": SOFTER}}}
    scenario = apply_patch(room, {"texts": {"text-0": {"articles": {"0": {"options": options}}}}})
    assert answers(scenario) == {"D000": "accept"}


def test_a_red_line_is_reserved_on_whatever_else_it_gains():
    line = {"delegation": "D000", "issue": "issue-0", "min": 0, "max": 70, "kind": "forbids"}
    scenario = talks(90, 90, red_lines=[line])
    assert answers(scenario) == {"D000": "reserve", "D001": "accept"}
    kept = apply_patch(scenario, {"texts": {"text-0": {"articles": {"0": {"chosen": "softer"}}}}})
    assert answers(kept)["D000"] == "alternative"
    assert "red line" in reason(scenario, "text-0", replies(scenario, "text-0")[0])


def test_whoever_cannot_tell_which_side_it_is_on_seeks_instructions():
    assert answers(talks(64, uncertainty={"position_sd": 12}))["D000"] == "seek instructions"
    assert answers(talks(95, uncertainty={"position_sd": 12}))["D000"] == "accept"
    assert answers(talks(64, uncertainty={"position_sd": 0}))["D000"] == "alternative"


def test_a_proposal_to_delete_counts_like_no_article_at_all():
    gone = {"options": {"gone": {"delete": True}}}
    scenario = apply_patch(talks(10), {"texts": {"text-0": {"articles": {"0": gone}}}})
    (reply,) = replies(scenario, "text-0")
    assert (reply.answer, reply.prefers) == ("delete", None)
    fallen = apply_patch(scenario, {"texts": {"text-0": {"articles": {"0": {"chosen": "gone"}}}}})
    assert answers(fallen) == {"D000": "accept"}


@pytest.mark.parametrize("closed", [{"articles": {"0": {"agreed": True}}}, {"status": "adopted"}])
def test_nobody_is_asked_about_what_is_closed(closed):
    assert replies(apply_patch(talks(90, 10), {"texts": {"text-0": closed}}), "text-0") == []


@given(rooms())
def test_everybody_replies_once_to_every_open_bracket_and_seeks_instructions_at_most_once(scenario):
    found = replies(scenario, "text-0")
    opened = [key for key, article in scenario.texts["text-0"].articles.items() if article.options]
    assert [(one.article, one.country) for one in found] == [
        (article, country) for article in opened for country in scenario.delegations
    ]
    seeking = [one.country for one in found if one.answer == "seek instructions"]
    assert len(seeking) == len(set(seeking))
    assert all(reason(scenario, "text-0", one).count(".") >= 1 for one in found)


@given(rooms(uncertainty={}, red_lines=[]), st.integers(0, 100))
def test_who_asks_for_a_wording_accepts_it_once_it_stands(scenario, pick):
    asking = [one for one in replies(scenario, "text-0") if one.answer == "alternative"]
    if not asking:
        return
    one = asking[pick % len(asking)]
    changes = {"articles": {one.article: {"chosen": one.prefers}}}
    after = replies(apply_patch(scenario, {"texts": {"text-0": changes}}), "text-0")
    (reply,) = [each for each in after if (each.article, each.country) == (one.article, one.country)]
    assert reply.answer == "accept"


@given(rooms(red_lines=[]))
def test_the_order_of_the_delegations_changes_no_reply(scenario):
    turned = scenario.model_copy(update={"delegations": dict(reversed(scenario.delegations.items()))})
    one, other = (
        {(each.article, each.country): each.answer for each in replies(room, "text-0")}
        for room in (scenario, turned)
    )
    assert one == other


def test_sponsors_hold_their_own_text_and_its_rivals_ask_for_something_else():
    launch = load("launch-2020")
    found = replies(launch, "global-initiative")
    taken = ("accept", "accept ad referendum")
    share = {
        country: sum(one.answer in taken for one in found if one.country == country) / 12
        for country in ("CHN", "RUS", "USA")
    }
    assert share["CHN"] > share["USA"]
    assert share["RUS"] > share["USA"]
