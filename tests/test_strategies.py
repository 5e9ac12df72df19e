"""Strategies: what each says given appeals and rounds, and all of them in lively rooms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import numpy as np
import pytest

from agents import strategies
from agents.response import STANCES, cut_points
from agents.strategies import UNSAID, Moment, PartWeights
from scenarios import ScenarioError, apply_patch, load
from scenarios.schema import Scenario
from scenarios.writing import write
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.proceedings import negotiate
from tests.generators import LIVELY, STATES, lively_room
from tests.rooms import chamber_of
from tests.seats import PAGE, WORDS, changed, path_of, played


def says(
    strategy: str, appeals: Sequence[float], expected: str, start: str = "study", **seen: Sequence[object]
) -> None:
    """Assert what a strategy says about one text, round by round, given the text's appeal in each round.

    Endorse threshold 0.10, oppose threshold 0.15, commitment 0.05, instructed in every round. `expected` and
    `start` in words; `seen` holds what it looks at beyond its appeal, one entry a round.
    """
    temper, stance, said = strategies.find(strategy), float(STANCES[start]), []
    for number, appeal in enumerate(appeals):
        now = np.full((1, 1, 1), stance)
        moment = Moment((number + 1) / len(appeals), now)
        moment = moment._replace(**{name: np.asarray(values[number]) for name, values in seen.items()})
        usual = cut_points(now, np.full((1, 1, 1), 0.10), np.full((1, 1, 1), 0.15), 0.05)
        cuts = temper.cut_points(*usual, moment)
        stance = float(temper.answer(np.full((1, 1, 1), appeal), *cuts, moment)[0, 0, 0])
        said.append(WORDS[stance])
    assert said == expected.split()


# ── what each strategy says ────────────────────────────────────────────────────────────────────────────────


def test_an_interest_driven_delegation_needs_a_gain_and_takes_little_back():
    says("interest-driven", [0.09, 0.11, 0.06, 0.04, -0.16], "study endorse endorse study oppose")


def test_a_champion_is_content_with_half_and_leaves_only_what_it_would_oppose():
    says("champion", [0.04, 0.06, -0.14, -0.16], "study endorse endorse oppose")


def test_a_holdout_blocks_until_late_and_wants_more():
    says("holdout", [0.50, 0.50, 0.19, 0.21], "oppose oppose oppose endorse")
    says("holdout", [0.50, 0.50, 0.21, 0.11], "oppose oppose endorse endorse")
    says("holdout", [0.15] * 4, "endorse endorse endorse endorse", start="endorse")


def test_a_conditional_supporter_goes_with_the_wording():
    met = [np.full((1, 1, 1), value) for value in (False, True, True, False)]
    says("conditional-supporter", [0.5] * 4, "study endorse endorse study", conditions_met=met)
    says("conditional-supporter", [-0.5] * 4, "study oppose oppose study", conditions_met=met)


def test_a_broker_takes_sides_late_or_where_both_camps_can_live_with_the_text():
    room = {
        "quiet": np.zeros((20, 1, 1)),
        "split": np.array([1] * 5 + [-1] * 5 + [0] * 10)[:, None, None],
        "bridged": np.array([1] * 2 + [-1] + [0] * 17)[:, None, None],
    }
    says("broker", [0.5] * 4, "study study endorse endorse", room_stance=[room["quiet"]] * 4)
    says("broker", [0.5] * 4, "study study endorse endorse", room_stance=[room["split"]] * 4)
    says("broker", [0.5] * 2, "endorse endorse", room_stance=[room["bridged"], room["split"]])


def test_an_inducement_seeker_counts_what_it_is_offered_and_little_else():
    usual = PartWeights(1.0, 0.1, 1.0, 1.0, 0.05)
    weights = strategies.find("inducement-seeker").part_weights(usual)
    assert weights == PartWeights(content=0.2, trust=0, inducements=1, events=0, peers=0)


def test_a_scripted_delegation_says_what_is_on_record():
    record = [np.full((1, 1), value) for value in (UNSAID, 1, 1, -1, 0)]
    says("scripted", [-0.9] * 5, "study endorse endorse oppose study", on_record=record)
    says("scripted", [0.9] * 5, "oppose endorse endorse oppose study", start="oppose", on_record=record)


@pytest.mark.parametrize("strategy", ["fixed", "human"])
def test_who_is_told_what_to_say_is_not_moved_by_appeals(strategy):
    says(strategy, [0.9, -0.9], "oppose oppose", start="oppose")


# ── in the room ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_champion_is_heard_in_the_round_in_which_it_endorses():
    """A neighbour that listens to it alone endorses in the same round."""
    scenario = chamber_of(
        [[60.0], [0.0]],
        texts=[[60.0]],
        reversion=[30.0],
        ties=[[0, 0], [1, 0]],
        delegations=[{"strategy": "champion"}, {"strategy": "bandwagon", "endorse_threshold": 0.5}],
        dynamics={"instruction_rate": float("inf")},
    )
    assert played(scenario).chamber.stance[:, 0, 0].tolist() == [1, 1]


def test_a_champion_waits_for_no_instructions():
    def first_said(strategy: str) -> int:
        scenario = chamber_of(
            [[60.0]],
            texts=[[60.0]],
            reversion=[30.0],
            rounds=30,
            delegations=[{"strategy": strategy}],
            dynamics={"instruction_rate": 0.2},
        )
        return path_of(played(scenario), "D000").index("endorse")

    assert first_said("champion") == 1 < first_said("interest-driven")


def conditional_room(chosen: str, **more) -> Scenario:
    """A conditional supporter that gains from any wording, and one article with one alternative."""
    document = chamber_of(
        [[100.0], [100.0]],
        texts=[[80.0]],
        rounds=3,
        options=lambda text, issue: [{"issue-0": 90.0}],
        delegations=[
            {},
            {"strategy": "conditional-supporter", "conditions": {"text-0": {"0": ["option-0"]}}},
        ],
        **more,
    ).model_dump()
    document["texts"]["text-0"]["articles"]["0"]["chosen"] = chosen
    return Scenario.model_validate(document)


def test_conditions_are_read_from_the_scenario():
    without = {"dynamics": {"drafting": "off"}}
    assert path_of(played(conditional_room("tabled", **without)), "D001")[1:] == ["study"] * 3
    assert path_of(played(conditional_room("option-0", **without)), "D001")[1:] == ["endorse"] * 3


def test_conditions_go_by_the_wording_at_the_start_of_the_round_and_in_the_vote_by_the_last():
    scenario = conditional_room(
        "tabled", dynamics={"drafting": "chair", "redraft_days": 1, "min_improvement": 0}
    )
    model = played(scenario)
    when = int(model.record.revisions[0].round)
    path = path_of(model, "D001")
    assert path[when] == "study" and path[when + 1] == "endorse"
    assert model.ballots[1, 0, 0] == 1


def test_conditions_that_name_nothing_are_told_with_their_place():
    scenario = conditional_room("tabled")
    for conditions, message in (
        ({"text-9": {"0": ["option-0"]}}, "there is no text text-9"),
        ({"text-0": {"7": ["option-0"]}}, "there is no article 7"),
        ({"text-0": {"0": ["option-8"]}}, "there is no option option-8"),
    ):
        with pytest.raises(ScenarioError, match=message):
            apply_patch(scenario, {"delegations": {"D000": {"conditions": conditions}}})


def test_conditions_survive_writing_and_leave_with_their_text(tmp_path):
    scenario = conditional_room("tabled")
    again = load(write(scenario, tmp_path / "conditional"))
    assert list(again.delegations) == list(scenario.delegations)
    assert again.delegations == scenario.delegations
    two = apply_patch(
        scenario, {"texts": {"other": {"title": "Other", "articles": {"1": {"places": {"issue-0": 50}}}}}}
    )
    without = apply_patch(two, {"texts": {"text-0": None}})
    assert without.delegations["D001"].conditions == {}


@pytest.mark.parametrize(
    ("strategy", "issue"),
    [("rights-first", "privacy"), ("rights-first", "oversight"), ("sovereignty-first", "access")],
)
def test_what_comes_first_weighs_double(strategy, issue):
    document = chamber_of([[50.0, 50.0]], delegations=[{"strategy": strategy}]).model_dump()
    for part in (
        document["issues"],
        document["delegations"]["D000"]["positions"],
        document["delegations"]["D000"]["salience"],
        document["texts"]["text-0"]["articles"]["0"]["places"],
    ):
        part[issue] = part.pop("issue-0")
    salience = NegotiationModel(Scenario.model_validate(document)).chamber.salience
    issues = list(document["issues"])
    assert salience[0, issues.index(issue), 0] == pytest.approx(2 / 3)
    assert salience[0, issues.index("issue-1"), 0] == pytest.approx(1 / 3)


@pytest.mark.parametrize("strategy", ["rights-first", "sovereignty-first"])
def test_where_a_scenario_has_no_such_issue_nothing_differs(strategy):
    scenario = lively_room(3)
    plain = changed(scenario, BRA={"strategy": "interest-driven"})
    other = changed(scenario, BRA={"strategy": strategy})
    one, two = (negotiate(open_room(case), range(6), seed=2) for case in (plain, other))
    assert np.array_equal(one.stance, two.stance)
    assert np.array_equal(one.ballots, two.ballots)


def test_an_offer_moves_an_inducement_seeker_and_a_statement_does_not():
    def endorses(strategy: str, **fields) -> float:
        """In what share of replicates a delegation ends so that gains nothing and listens to nobody."""
        document = chamber_of(
            [[80.0], [20.0]],
            texts=[[40.0]],
            rounds=3,
            delegations=[{}, {"strategy": strategy}],
            dynamics={"drafting": "off", "precision": 100.0},
            **fields,
        ).model_dump()
        document["texts"]["text-0"].update(sponsors=["D000"], budget=0.0 if fields else 5.0)
        model = played(Scenario.model_validate(document), replicates=range(100))
        return float((model.chamber.stance[1, 0] == 1).mean())

    push = {
        "date": dt.date(2020, 9, 8),
        "type": "statement",
        "nature": "exogenous",
        "sentence": "Many speak in favour.",
        "targets": ["D001"],
        "text": "text-0",
        "delta": 0.5,
    }
    assert endorses("inducement-seeker") > 0.5
    assert endorses("inducement-seeker", events={"push": push}) < 0.1
    assert endorses("interest-driven", events={"push": push}) == 1


def test_the_record_of_the_launch_is_played_back_on_its_days():
    launch = load("launch-2020")
    scripted = {iso3: {"strategy": "scripted"} for iso3 in ("RUS", "PAK", "LAO", "TZA", "PHL", "KAZ")}
    model = played(apply_patch(launch, {"delegations": scripted}))
    days = ["", *(one.start.isoformat() for one in model.room.rounds)]

    def endorsed_on(iso3: str) -> str:
        path = path_of(model, iso3)
        return days[path.index("endorse")] if "endorse" in path else "never"

    assert endorsed_on("RUS") == "2020-09-11"
    assert endorsed_on("PAK") == "2020-09-14"
    assert endorsed_on("LAO") == "2020-09-15"
    assert endorsed_on("TZA") == "2022-03-12"
    # What the coordinator says for ASEAN, or five states say together, is nobody's national stance.
    assert endorsed_on("PHL") == endorsed_on("KAZ") == "never"


def test_red_lines_do_not_rewrite_the_record():
    statement = {
        "date": dt.date(2020, 9, 9),
        "type": "statement",
        "nature": "outcome",
        "sentence": "It supports the text.",
        "speaker": "RUS",
        "text": "text-0",
        "wording": "supports",
    }
    line = {"delegation": "RUS", "issue": "issue-0", "min": 0, "max": 0.001, "kind": "forbids"}
    scenario = lively_room(5, events={"support": statement}, red_lines=[line])
    assert path_of(played(changed(scenario, RUS={"strategy": "scripted"})), "RUS")[2:] == ["endorse"] * 4


# ── people ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_people_take_a_stance_that_stays_and_is_heard():
    scenario = chamber_of(
        [[50.0], [50.0]],
        ties=[[0, 0], [1, 0]],
        rounds=4,
        delegations=[{"strategy": "human"}, {"strategy": "bandwagon", "endorse_threshold": 0.5}],
    )
    model = NegotiationModel(scenario, replicates=range(3))
    model.step()
    model.take_stance("D000", "text-0", "endorse")
    model.step()
    model.step()
    model.take_stance("D000", "text-0", "oppose")
    model.run_model()
    assert path_of(model, "D000") == ["study", "study", "endorse", "endorse", "oppose"]
    assert path_of(model, "D001") == ["study", "study", "endorse", "endorse", "oppose"]
    assert (model.ballots[0] == -1).all()


def test_a_stance_that_cannot_be_taken_is_refused_in_words():
    document = changed(lively_room(5), RUS={"strategy": "human"}, CHN={"strategy": "hedger"}).model_dump()
    document["texts"]["text-1"]["tabled"] = dt.date(2020, 9, 10)
    model = NegotiationModel(Scenario.model_validate(document))
    for asked, message in (
        (("RUZ", "text-0", "endorse"), "there is no delegation 'RUZ'; did you mean 'RUS'"),
        (("RUS", "txt-0", "endorse"), "there is no text 'txt-0'; did you mean 'text-0'"),
        (("RUS", "text-0", "yes"), "'yes' is no stance; say endorse, study or oppose"),
        (("CHN", "text-0", "study"), "CHN is played by the strategy hedger"),
        (("RUS", "text-1", "endorse"), "text-1 does not lie on the table yet"),
    ):
        with pytest.raises(ValueError, match=re.escape(message)):
            model.take_stance(*asked)


def test_where_endorsements_bind_people_cannot_take_theirs_back():
    scenario = chamber_of([[50.0]], delegations=[{"strategy": "human"}], dynamics={"latch": True})
    model = NegotiationModel(scenario)
    model.take_stance("D000", "text-0", "endorse")
    with pytest.raises(ValueError, match="here an endorsement binds"):
        model.take_stance("D000", "text-0", "study")


# ── the whole registry ─────────────────────────────────────────────────────────────────────────────────────


def room_with(strategy: str) -> Scenario:
    """A lively room in which a sponsor, a coordinator and two others have one strategy."""
    statement = {
        "date": dt.date(2020, 9, 10),
        "type": "statement",
        "nature": "outcome",
        "sentence": "They welcome the text.",
        "targets": ["USA", "bloc:SOUTH"],
        "text": "text-1",
        "wording": "welcomes",
    }
    scenario = lively_room(7, issues=4, events={"welcome": statement})
    asked = {"conditions": {"text-0": {"0": ["option-0", "tabled"], "2": ["tabled"]}}}
    return changed(scenario, **{iso3: {"strategy": strategy, **asked} for iso3 in STATES[:4]})


@pytest.mark.parametrize("name", strategies.names())
def test_every_strategy_says_what_it_does_where_it_comes_from_and_in_one_row_of_the_page(name):
    strategy = strategies.find(name)
    assert len((type(strategy).__doc__ or "").split()) > 8
    assert strategy.name == name
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    authored = re.search(r"[A-Z][\w&,. -]+\(\d{4}\)", strategy.source)
    assert authored is None or authored[0].strip() in row or authored[0].split(": ")[-1] in row


def test_the_page_tells_of_no_strategy_that_is_not_there():
    table = PAGE[PAGE.index("| strategy |") : PAGE.index("The sources describe")]
    assert re.findall(r"^\| `([\w-]+)` \|", table, flags=re.MULTILINE) != []
    assert set(re.findall(r"^\| `([\w-]+)` \|", table, flags=re.MULTILINE)) == set(strategies.names())


@pytest.mark.parametrize("name", strategies.names())
def test_every_strategy_has_the_same_bits_in_every_batch(name):
    room = open_room(room_with(name))
    whole = negotiate(room, range(9), seed=3)
    other = negotiate(room, range(9), seed=3, batch=2)
    assert set(np.unique(whole.stance)) <= {-1, 0, 1}
    for array in ("stance", "lean", "places", "ballots"):
        assert np.array_equal(getattr(whole, array), getattr(other, array)), array


def test_all_strategies_in_one_room_have_the_same_bits_in_every_batch_and_order():
    scenario = lively_room(2, countries=12, dynamics={**LIVELY, "drafting": "off"})
    tempers = dict(zip(STATES, [*strategies.names()[:6], *strategies.names()[-6:]], strict=True))
    scenario = changed(scenario, **{iso3: {"strategy": temper} for iso3, temper in tempers.items()})
    room = open_room(scenario, np.float64)
    whole, other = (negotiate(room, range(8), 4, batch=batch) for batch in (64, 3))
    assert np.array_equal(whole.stance, other.stance)
    order = np.random.default_rng(1).permutation(12)
    document = scenario.model_dump()
    document["delegations"] = {STATES[row]: document["delegations"][STATES[row]] for row in order}
    shuffled = negotiate(open_room(Scenario.model_validate(document), np.float64), range(8), 4)
    assert np.array_equal(whole.stance[:, :, order], shuffled.stance)


def test_a_room_without_such_strategies_prepares_nothing_for_them():
    room = open_room(lively_room(1))
    assert room.emphasis is None and room.script is None and not room.conditions
    assert not room.at_will.any() and not room.unbound.any()
