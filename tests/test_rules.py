"""Decision rules: what all rules promise, and how near is near.

What treaties and rules of procedure say of single ballots are rows of `test_validation.py`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import load
from scenarios.schema import Rule
from simulation import rules
from simulation.analyses import rule_properties
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.outlook import Outlook
from simulation.phases.paragraphs import divide
from simulation.rules import find
from simulation.rules._carrying import carries
from simulation.rules._house import House, equals
from simulation.validation.rules import COUNCIL, PEOPLE, UNION, ballots, carried, tally
from tests.generators import lively_room
from tests.rooms import chamber_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"


def test_shares_of_the_people_in_the_council_are_those_the_rows_need():
    """The 15 most populous members hold enough people, the 15 least populous do not."""
    assert PEOPLE[:15].sum() / PEOPLE.sum() > 0.65
    assert PEOPLE[12:].sum() / PEOPLE.sum() < 0.65
    outside = sum(PEOPLE[UNION.index(iso3)] for iso3 in ("DEU", "FRA", "ITA")) / PEOPLE.sum()
    assert outside == pytest.approx(0.47, abs=0.005)


def test_more_than_half_of_the_weight_carries_and_half_does_not():
    house = replace(equals(4), weights=np.array([50.0, 30.0, 10.0, 10.0]))
    assert not carried("weighted-majority", ballots(1, 0, 0, 0), house)
    assert carried("weighted-majority", ballots(1, 0, 0, 1), house)
    assert not carried("weighted-majority", ballots(-2, 1, 1, 1), house)


def test_a_share_is_reached_whatever_the_rounding():
    """0.55 × 100 is 55.000000000000007 for a computer; fifty-five of a hundred still reach it."""
    house = replace(equals(100), quota=0.55)
    assert carried("endorsement-count", tally(55, 0, 45), house)
    assert not carried("endorsement-count", tally(54, 0, 46), house)


def in_a_room(rule: dict, votes: np.ndarray) -> bool:
    room = open_room(chamber_of(np.full((len(votes), 1), 50.0)))
    return bool(carries(room, Rule.model_validate(rule), votes)[0, 0])


def test_without_a_quorum_nothing_is_decided():
    """General Assembly, rule 67: a majority has to be present; who abstains is, who is absent is not."""
    assembly = {"name": "simple-majority", "quorum": 0.5}
    assert in_a_room(assembly, tally(1, 0, 96, 96))
    assert not in_a_room(assembly, tally(96, 0, 0, 97))
    assert in_a_room({**assembly, "quorum": 0.25}, tally(49, 0, 0, 144))
    assert not in_a_room({**assembly, "quorum": 0.25}, tally(48, 0, 0, 145))
    assert in_a_room({"name": "simple-majority"}, tally(1, 0, 0, 192))


def test_a_motion_to_take_no_action_saves_a_majority_from_a_few_with_much_weight():
    """General Assembly, rule 74: adjournment of debate, by simple majority, before anything is decided."""
    house = chamber_of(np.full((5, 1), 50.0), delegations=[{"capability": 90.0}, *[{"capability": 5.0}] * 4])
    room = open_room(house)
    for no_action in (False, True):
        rule = Rule(name="weighted-majority", no_action=no_action)
        assert carries(room, rule, ballots(1, -1, -1, -1, 0))[0, 0] == (not no_action)
        assert carries(room, rule, ballots(1, -1, 0, 0, 0))[0, 0]


# Properties.


@pytest.mark.parametrize("name", rules.names())
@pytest.mark.parametrize("title", rule_properties.CHECKS)
def test_a_property_holds_in_every_house_where_the_page_says_so(name, title):
    """Everything that says yes is tried on more houses; everything that says no has a counterexample."""
    check = rule_properties.CHECKS[title]
    if not rule_properties.holds(name, check):
        return

    @settings(max_examples=15, deadline=None)
    @given(seed=st.integers(0, 2**32))
    def tried(seed: int) -> None:
        generator = np.random.default_rng(seed)
        votes, house = rule_properties.drawn(generator)
        assert check(find(name), votes, house, generator)

    tried()


ALWAYS = ("equal treatment", "neutrality", "monotonicity", "resoluteness", "unanimity")


@pytest.mark.parametrize("name", rules.names())
@pytest.mark.parametrize("title", ALWAYS)
@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    quota=st.none() | st.floats(0, 1),
    weight_quota=st.none() | st.floats(0, 1),
    tolerated=st.integers(0, 6),
    parties=st.none() | st.integers(1, 30),
)
def test_what_every_rule_promises_holds_for_any_quota(name, title, seed, **left_open):
    generator = np.random.default_rng(seed)
    votes, house = rule_properties.drawn(generator)
    assert rule_properties.CHECKS[title](find(name), votes, replace(house, **left_open), generator)


def test_only_rules_that_weigh_or_give_a_veto_ask_who_votes():
    found = rule_properties.properties()
    weighing = {"qualified-majority", "weighted-majority", "entry-into-force", "security-council"}
    assert {name for name, held in found.items() if not held["anonymity"]} == weighing
    assert all(held[title] for held in found.values() for title in ALWAYS)


def test_the_page_holds_the_table_of_properties():
    assert rule_properties.markdown() in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", rules.names())
def test_the_page_tells_of_every_rule_its_source_and_what_abstaining_does(name):
    assert f"| `{name}` |" in PAGE.read_text(encoding="utf-8").split("## Properties")[0]


# Scores.


def council(generator: np.random.Generator, seats: int = 60) -> House:
    """A house with weights as unequal as states are."""
    weights = np.ceil(10 * generator.pareto(1.2, seats) + 1)
    return House(weights, weights, np.arange(seats) < 5, parties=seats // 2)


def exact_chance(rule: str, yes: np.ndarray, no: np.ndarray, house: House) -> float:
    """The chance that a text carries, by adding up the distribution of votes one delegation at a time."""
    if rule in ("qualified-majority", "weighted-majority", "entry-into-force"):
        weights = house.weights.astype(int)
        chance = np.zeros((len(yes) + 1, weights.sum() + 1))
        chance[0, 0] = 1
        for row, weight in enumerate(weights):
            joined = np.zeros_like(chance)
            joined[1:, weight:] = chance[:-1, : chance.shape[1] - weight]
            chance = chance * (1 - yes[row]) + joined * yes[row]
        ayes, held = np.indices(chance.shape)
        held = held / weights.sum()
        good = {
            "weighted-majority": held > 0.5,
            "entry-into-force": (ayes >= (house.parties or 55)) & (held >= 0.55),
            "qualified-majority": (20 * ayes >= 11 * len(yes)) & ((held >= 0.65) | (len(yes) - ayes < 4)),
        }[rule]
        return float(chance[good].sum())
    seats, chances = len(yes), {(0, 0, False): 1.0}
    for row in range(seats):
        grown: dict = {}
        for (ayes, noes, vetoed), chance in chances.items():
            for vote, share in ((1, yes[row]), (0, 1 - yes[row] - no[row]), (-1, no[row])):
                veto = vetoed or bool(vote == -1 and house.vetoes[row])
                key = (ayes + (vote == 1), noes + (vote == -1), veto)
                grown[key] = grown.get(key, 0.0) + chance * float(share)
        chances = grown
    carried = {
        "simple-majority": lambda a, n, v: a > n,
        "absolute-majority": lambda a, n, v: 2 * a > seats,
        "two-thirds": lambda a, n, v: a > 0 and a >= 2 * n,
        "three-fifths": lambda a, n, v: a > 0 and 2 * a >= 3 * n,
        "security-council": lambda a, n, v: 5 * a >= 3 * seats and not v,
        "consensus": lambda a, n, v: n == 0,
        "silence-procedure": lambda a, n, v: n == 0,
        "consensus-minus-n": lambda a, n, v: n <= house.tolerated,
        "unanimity": lambda a, n, v: a == seats,
    }[rule]
    return sum(chance for state, chance in chances.items() if carried(*state))


IN_LOGARITHMS = ("consensus", "silence-procedure", "consensus-minus-n", "unanimity")
CHANCES = [name for name in rules.names() if name != "endorsement-count"]


def some_chances(rule: str, generator: np.random.Generator, seats: int) -> tuple[np.ndarray, np.ndarray]:
    """Chances of yes and no (1, country), such that the outcome is open."""
    yes = generator.uniform(0.3, 0.9, (1, seats))
    no = (1 - yes) * generator.uniform(0.1, 0.9, yes.shape)
    if rule == "unanimity":
        yes = generator.uniform(0.97, 1, yes.shape)
    return yes, no * (0.08 if rule in IN_LOGARITHMS else 1)


@pytest.mark.parametrize("rule", CHANCES)
@pytest.mark.parametrize("seats", [8, 15, 27, 60])
def test_scores_are_the_chance_that_the_text_carries(rule, seats):
    """Within .003 of the exact chance in rooms from the size of the Union on, within .01 in smaller ones."""
    generator = np.random.default_rng(5)
    house = council(generator, seats)
    yes, no = some_chances(rule, generator, seats)
    value = float(find(rule).score(yes, no, house).value[0])
    value = np.exp(value) if rule in IN_LOGARITHMS else value
    assert value == pytest.approx(exact_chance(rule, yes[0], no[0], house), abs=tolerance(seats))


def tolerance(seats: int) -> float:
    return 0.003 if seats >= 27 else 0.01


def test_the_score_of_a_qualified_majority_knows_that_three_do_not_block():
    """All but the three largest are sure: they may all stay outside, and it carries."""
    yes = np.where(np.arange(27) < 3, 0.5, 1.0)[None]
    assert float(find("qualified-majority").score(yes, 0 * yes, COUNCIL).value[0]) == pytest.approx(1)
    yes[0, 3] = 0.0
    exact = exact_chance("qualified-majority", yes[0], 0 * yes[0], in_thousands(COUNCIL))
    assert float(find("qualified-majority").score(yes, 0 * yes, COUNCIL).value[0]) == pytest.approx(
        exact, abs=0.003
    )


def in_thousands(house: House) -> House:
    people = np.round(house.population / house.population.sum() * 1000)
    return House(people, people, house.vetoes)


def test_an_endorsement_count_scores_the_expected_share():
    yes = np.array([[0.2, 0.4, 0.9]])
    assert find("endorsement-count").score(yes, 1 - yes, equals(3)).value[0] == pytest.approx(0.5)


@pytest.mark.parametrize("rule", rules.names())
@pytest.mark.parametrize("seed", range(5))
def test_slopes_point_where_the_score_rises(rule, seed):
    """Slopes and finite differences of the score point the same way: their cosine is near 1."""
    generator = np.random.default_rng(seed)
    seats = 30
    house = council(generator, seats)
    yes, no = some_chances(rule, generator, seats)
    score = find(rule).score
    found, step = score(yes, no, house), 1e-5
    given_, measured = [], []
    for by, chances in (("by_yes", yes), ("by_no", no)):
        given_.append(np.broadcast_to(getattr(found, by), yes.shape)[0])
        slopes = []
        for row in range(seats):
            values = []
            for sign in (1, -1):
                moved = chances.copy()
                moved[0, row] += sign * step
                pair = (moved, no) if by == "by_yes" else (yes, moved)
                values.append(float(score(*pair, house).value[0]))
            slopes.append((values[0] - values[1]) / (2 * step))
        measured.append(np.array(slopes))
    here, there = np.concatenate(given_), np.concatenate(measured)
    assert here @ there / np.linalg.norm(here) / np.linalg.norm(there) > 0.995


@pytest.mark.parametrize("rule", rules.names())
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_more_yes_never_lowers_a_score_and_more_no_never_raises_it(rule, seed):
    generator = np.random.default_rng(seed)
    seats = 20
    house = council(generator, seats)
    yes = generator.uniform(0.05, 0.6, (1, seats))
    no = generator.uniform(0.0, 0.3, yes.shape)
    score = find(rule).score
    base = score(yes, no, house).value
    row = int(generator.integers(seats))
    up, down = yes.copy(), no.copy()
    up[0, row] += 0.1
    down[0, row] += 0.05
    assert score(up, no, house).value >= base - 1e-9
    assert score(yes, down, house).value <= base + 1e-9


@pytest.mark.parametrize("rule", rules.names())
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_without_chance_a_score_is_highest_exactly_where_the_text_carries(rule, seed):
    """The score of sure votes tells what the rule decides: decision and score agree."""
    generator = np.random.default_rng(seed)
    votes, house = rule_properties.drawn(generator)
    votes = np.maximum(votes, -1)
    votes[0] = 1
    yes, no = ((votes[:, 0] == way).T.astype(np.float32) for way in (1, -1))
    value = find(rule).score(yes, no, house).value
    if rule == "endorsement-count":
        value = value > 0.5
    elif rule in IN_LOGARITHMS:
        value = np.exp(value)
    np.testing.assert_allclose(value, find(rule).decide(votes, house)[0], atol=1e-3)


@pytest.mark.parametrize("rule", [name for name in rules.names() if name != "endorsement-count"])
def test_a_text_far_from_carrying_still_knows_which_way_is_up(rule):
    """With hardly a chance in numbers, slopes are finite and a yes still helps."""
    generator = np.random.default_rng(2)
    yes = np.full((1, 40), 0.01, dtype=np.float32)
    no = np.full_like(yes, 0.98)
    found = find(rule).score(yes, no, council(generator, 40))
    slopes = np.broadcast_to(found.by_yes, yes.shape) - np.broadcast_to(found.by_no, yes.shape)
    assert np.isfinite(slopes).all()
    assert (slopes > 0).any()
    assert (slopes >= 0).all()


# Rules at work.


def opposed(position: float, rule: dict, **dynamics) -> NegotiationModel:
    """Three delegations want the text at 60, one stands at `position` and loses by it; 20 holds without it.

    What the fourth gains is (|position − 20| − |position − 60|) / 100.
    """
    scenario = chamber_of(
        [[60.0], [60.0], [60.0], [position]],
        texts=[[60.0]],
        reversion=20.0,
        rounds=6,
        rule=rule,
        final_vote=rule,
        dynamics={"oppose_threshold": 0.05, "block_cost": 0.1, "vote_oppose_threshold": 0.05, **dynamics},
    )
    model = NegotiationModel(scenario, dtype=np.float64)
    model.run_model()
    return model


@pytest.mark.parametrize("name", ["consensus", "silence-procedure"])
@pytest.mark.parametrize(("position", "blocks"), [(30.0, True), (34.0, False)])
def test_opposing_is_not_blocking(name, position, blocks):
    """A loss of .12 is opposed in public and stands aside; a loss of .20 is worth standing alone."""
    model = opposed(position, {"name": name})
    assert model.chamber.stance[3, 0, 0] == -1
    assert (model.chamber.adopted_round[0, 0] < 0) == blocks
    assert model.ballots is not None
    assert model.ballots[3, 0, 0] == (-1 if blocks else 0)
    rule, house = find(name), equals(4)
    assert bool(rule.decide(model.ballots, house)[0, 0]) != blocks
    outlook = Outlook(model.room, model.chamber, [0], np.array([[0.4]] * 3 + [[gain_at(position)]])[:, None])
    assert (float(outlook.now[0]) < -1) == blocks


def gain_at(position: float) -> float:
    return (abs(position - 20) - abs(position - 60)) / 100


def test_one_more_than_tolerated_blocks():
    for tolerated, adopted in ((0, False), (1, True)):
        model = opposed(20.0, {"name": "consensus-minus-n", "tolerated": tolerated})
        assert (model.chamber.adopted_round[0, 0] > 0) == adopted


@pytest.mark.parametrize(("days", "adopted"), [(None, 3), (1, 1), (5, 5), (7, -1)])
def test_a_silence_lasts_its_days(days, adopted):
    """Six daily rounds: adopted on the day on which the silence has lasted long enough, unbroken."""
    rule = {"name": "silence-procedure"} | ({} if days is None else {"days": days})
    assert opposed(60.0, rule).chamber.adopted_round[0, 0] == adopted


def test_a_silence_starts_anew_after_a_break():
    """A delegation objects in the second round, withdraws in the fourth; three days later it is adopted."""
    scenario = chamber_of(
        [[60.0], [60.0]],
        texts=[[60.0]],
        reversion=20.0,
        rounds=9,
        rule={"name": "silence-procedure"},
        events={
            "loses": statement("2020-09-09", -1.0),
            "returns": statement("2020-09-11", 1.0),
        },
        dynamics={"block_cost": 0.0},
    )
    model = NegotiationModel(scenario, dtype=np.float64)
    model.run_model()
    assert model.record.stance[:6, 1, 0, 0].tolist() == [0, 1, -1, -1, 1, 1]
    assert model.chamber.adopted_round[0, 0] == 6


def statement(date: str, delta: float) -> dict:
    return {
        "date": date,
        "type": "statement",
        "nature": "exogenous",
        "sentence": "A word.",
        "targets": ["D001"],
        "text": "text-0",
        "delta": delta,
    }


def test_another_wording_starts_the_silence_anew():
    scenario = chamber_of(
        [[60.0], [60.0], [70.0]],
        texts=[[90.0]],
        reversion=20.0,
        rounds=8,
        rule={"name": "silence-procedure", "days": 4},
        options=lambda text, issue: [{"issue-0": 60.0}],
        dynamics={"drafting": "line-by-line", "redraft_days": 3, "endorse_threshold": 0.0},
    )
    model = NegotiationModel(scenario, dtype=np.float64)
    model.run_model()
    assert [revision.round for revision in model.record.revisions] == [3]
    assert model.chamber.adopted_round[0, 0] == 3 + 4


def divided(rule: str) -> NegotiationModel:
    """All want the first article, two of three lose more by the second than they gain by the first."""
    scenario = chamber_of(
        [[80.0, 0.0], [80.0, 0.0], [80.0, 100.0]],
        texts=[[60.0, 100.0]],
        reversion=[20.0, 20.0],
        final_vote={"name": rule, "by": "article"},
    )
    model = NegotiationModel(scenario, dtype=np.float64)
    model.run_model()
    return model


def test_article_by_article_a_majority_keeps_what_it_likes_and_carries_the_rest():
    """General Assembly, rule 89: parts are voted on apart, then the whole of what was kept."""
    model = divided("simple-majority")
    final = model.room.scenario.final_vote
    assert final is not None and model.ballots is not None
    assert divide(model, model.chamber, final)[0, :, 0].tolist() == [True, False]
    assert model.ballots[:, 0, 0].tolist() == [1, 1, 1]
    whole = final.model_copy(update={"by": "text"})
    scenario = model.room.scenario.model_copy(update={"final_vote": whole})
    as_one = NegotiationModel(scenario, dtype=np.float64)
    as_one.run_model()
    assert as_one.ballots is not None
    assert as_one.ballots[:, 0, 0].tolist() == [-1, -1, 1]


def test_a_text_of_which_no_article_is_kept_is_not_put_to_the_vote():
    """General Assembly, rule 89: if all parts are rejected, so is the whole."""
    scenario = chamber_of(
        [[0.0, 0.0]] * 3, texts=[[60.0, 100.0]], reversion=[20.0, 20.0], final_vote=by_article("consensus")
    )
    model = NegotiationModel(scenario, dtype=np.float64)
    model.run_model()
    assert model.ballots is not None
    assert model.ballots[:, 0, 0].tolist() == [0, 0, 0]
    assert scenario.final_vote is not None
    assert not carries(model.room, scenario.final_vote, model.ballots).any()


def by_article(name: str) -> dict:
    return {"name": name, "by": "article"}


@pytest.mark.parametrize("name", rules.names())
def test_every_rule_decides_and_drafts_in_a_lively_room(name):
    """Every rule as the rule of the rounds and of the final vote, whole and article by article."""
    for by in ("text", "article"):
        scenario = lively_room(4, rule={"name": name}, final_vote={"name": name, "by": by, "quorum": 0.5})
        model = NegotiationModel(scenario, range(8))
        model.run_model()
        assert model.ballots is not None and scenario.final_vote is not None
        found = carries(model.room, scenario.final_vote, model.ballots)
        assert found.shape == (2, 8) and found.dtype == bool


@pytest.mark.parametrize("name", rules.names())
def test_every_rule_can_be_set_for_the_launch(name):
    scenario = load("launch-2020", [{"rule": {"name": name}}])
    assert open_room(scenario).scenario.rule.name == name
