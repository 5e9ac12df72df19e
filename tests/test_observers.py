"""Observers sit in the room, listen and are heard, and are never counted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboards.cli import build
from scenarios import ScenarioError, from_document, load, to_document, write
from scenarios.schema import Rule, Scenario
from scenarios.workbook import from_workbook, to_workbook
from simulation import rules, run
from simulation.analyses.fairness import of_results
from simulation.compare import MEASURES, measures
from simulation.credit import ledgers
from simulation.guards import guards
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.proceedings import negotiate, of_model
from simulation.results import counted, observing
from simulation.rules._carrying import carries
from simulation.rules._house import house_of
from simulation.voting import votes
from tests.generators import LIVELY, lively_room, observed
from tests.rooms import chamber_of

PROCEDURE = {"no_action": True, "quorum": 0.5, "amendments": 4, "cosponsors": 1, "by": "article"}


def room_of(observers, seats=5, **more):
    """A quiet room in which some delegations are observers."""
    delegations = [{"observer": row in observers, **more} for row in range(seats)]
    return open_room(chamber_of(np.full((seats, 1), 60.0), delegations=delegations))


def ballots(*votes):
    return np.array(votes, dtype=np.int8)[:, None, None]


def carried(room, rule, *votes, **more):
    return bool(carries(room, Rule(name=rule, **more), ballots(*votes))[0, 0])


def test_an_observer_breaks_no_tie():
    for voted in (1, 0, -1, -2):
        assert not carried(room_of({4}), "simple-majority", 1, 1, -1, -1, voted)
        assert carried(room_of({4}), "simple-majority", 1, 1, -1, 0, voted)
    assert carried(room_of({}), "simple-majority", 1, 1, -1, -1, 1)


def test_unanimity_and_consensus_are_among_those_who_count():
    for voted in (1, 0, -1, -2):
        assert carried(room_of({0}), "unanimity", voted, 1, 1, 1, 1)
        assert carried(room_of({0}), "consensus", voted, 0, 0, 0, 1)
    assert not carried(room_of({0}), "consensus", 1, 0, 0, 0, 0)
    assert not carried(room_of({0}), "unanimity", 1, 1, 1, 1, 0)


def test_observers_are_not_part_of_a_quorum_or_of_shares_of_the_room():
    assert not carried(room_of({3, 4}), "simple-majority", 1, -2, -2, 1, 1, quorum=0.5)
    assert carried(room_of({3, 4}), "simple-majority", 1, 0, -2, -2, -2, quorum=0.5)
    assert carried(room_of({3, 4}), "absolute-majority", 1, 1, 0, -2, -2)
    assert carried(room_of({3, 4}), "endorsement-count", 1, 1, 0, 0, 0, quota=0.6)
    assert not carried(room_of({}), "endorsement-count", 1, 1, 0, 0, 0, quota=0.6)
    assert not carried(room_of({4}), "simple-majority", 1, 1, -1, -1, 1, no_action=True)


def test_weight_and_vetoes_are_those_of_the_delegations_that_count():
    room = room_of({0, 2}, capability=30.0)
    house = house_of(room, Rule(name="security-council", vetoes=("D001", "D003")))
    assert house.seats == 3 and house.vetoes.tolist() == [True, True, False]
    assert house.weights.tolist() == [30.0] * 3


def test_what_an_observer_says_moves_those_who_listen():
    """The member hears the observer alone, and goes where it stands."""
    stances = {}
    for stance in (1, -1):
        scenario = chamber_of(
            [[50.0], [50.0]],
            texts=[[50.0]],
            reversion=50.0,
            ties=[[0, 1], [0, 0]],
            delegations=[{}, {"observer": True, "stance": stance, "strategy": "fixed"}],
            dynamics={"peer_weight": 1.0},
        )
        model = NegotiationModel(scenario)
        model.run_model()
        stances[stance] = model.chamber.stance[0, 0, 0]
    assert stances == {1: 1, -1: -1}


def test_an_observer_listens_too():
    scenario = chamber_of(
        [[90.0], [10.0]],
        ties=[[0, 0], [1, 0]],
        delegations=[{}, {"observer": True}],
        dynamics={"openness": 0.5},
        rounds=3,
    )
    model = NegotiationModel(scenario)
    model.run_model()
    assert model.chamber.position[1, 0, 0] > 10


def ended(**more):
    """A quiet room in which two observers want nothing and one delegation wants as much as it can get."""
    delegations = [{"observer": True}, {"observer": True}, {}]
    scenario = chamber_of([[0.0], [0.0], [90.0]], delegations=delegations, rounds=3, **more)
    model = NegotiationModel(scenario)
    model.run_model()
    return model


def test_a_silence_over_paragraphs_is_not_broken_by_observers():
    model = ended(texts=[[60.0]], rule={"name": "silence-procedure", "by": "article", "days": 1})
    assert (model.chamber.adopted_round >= 0).all()


def test_observers_have_no_say_on_whether_to_go_on_voting():
    model = ended(texts=[[60.0], [90.0]], final_vote={"name": "simple-majority", "go_on": "if wanted"})
    assert model.ballots[2, :, 0].tolist() == [1, 1]


def with_newcomer(scenario: Scenario) -> Scenario:
    """An observer more, to whom nobody listens and whom nothing suits."""
    document = to_document(scenario)
    newcomer = {**document["delegations"]["USA"], "name": "Newcomer", "observer": True, "capability": 90}
    newcomer["positions"] = dict.fromkeys(document["issues"], 0.0)
    newcomer["salience"] = {**dict.fromkeys(document["issues"], 0.0), "issue-0": 100.0}
    document["delegations"] = {"VUT": newcomer, **document["delegations"]}
    line = {"delegation": "VUT", "issue": "issue-1", "min": 0, "max": 1, "kind": "forbids"}
    document["red_lines"] = [*document["red_lines"], line]
    return from_document(document)


def same_for_everybody_else(scenario: Scenario) -> None:
    """A newcomer that observes and is not heard changes no outcome for the others, and wins nothing."""
    plain, more = (
        NegotiationModel(one, range(6), run_seed=2, dtype=np.float64)
        for one in (scenario, with_newcomer(scenario))
    )
    for model in (plain, more):
        model.run_model()
    asked, asked_of = ([one.asked_by for one in model.record.revisions] for model in (plain, more))
    assert np.array_equal(np.array(asked), np.where(np.array(asked_of) > 0, np.array(asked_of) - 1, -1))
    assert not any((one == 0).any() for one in asked_of)
    plain, more = of_model(plain), of_model(more)
    for name in ("stance", "lean"):
        assert np.array_equal(getattr(plain, name), getattr(more, name)[:, :, 1:]), name
    for name in ("ballots", "calls", "dissociated"):
        assert np.array_equal(getattr(plain, name), getattr(more, name)[:, 1:]), name
    for name in ("chosen", "adopted_round", "at_vote", "amendments"):
        assert np.array_equal(getattr(plain, name), getattr(more, name)), name
    assert not more.offered[:, 0].any() and not more.calls[:, 0].any()


@pytest.mark.parametrize("drafting", ["off", "sponsor-led", "line-by-line", "chair"])
@pytest.mark.parametrize("rule", rules.names())
def test_an_observer_that_nobody_hears_changes_nothing_for_anybody(rule, drafting):
    """Nor does it for those who draft: they have nothing to win with it."""
    decided = {"name": rule, **({"vetoes": ["USA"]} if rule == "security-council" else {})}
    scenario = lively_room(
        3,
        rule=decided,
        final_vote={**decided, **PROCEDURE},
        dynamics={**LIVELY, "drafting": drafting, "lobbying_weight": 0.05},
    )
    text = scenario.texts["text-0"].model_copy(update={"budget": 0.5, "effort": 1})
    same_for_everybody_else(scenario.model_copy(update={"texts": {**scenario.texts, "text-0": text}}))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "settings",
    [
        {"final_vote": {"name": "consensus", "otherwise": "two-thirds"}, "blocs": {}, "red_lines": []},
        {"final_vote": {"name": "three-fifths", "go_on": "if wanted", "order": ["text-1"]}},
        {"final_vote": {"name": "simple-majority", "by": "article", "division": "opposed"}},
        {
            "rule": {"name": "silence-procedure", "by": "article", "days": 1},
            "dynamics": {**LIVELY, "block_cost": 0.0, "drafting": "chair"},
            "blocs": {},
            "rounds": 8,
        },
        {"dynamics": {**LIVELY, "drafting": "line-by-line"}},
        {"dynamics": {**LIVELY, "drafting": "line-by-line", "precision": float("inf")}},
    ],
)
def test_nor_does_it_in_any_other_way_to_decide(settings, seed):
    same_for_everybody_else(lively_room(seed, **settings))


def test_brokers_look_at_the_camps_of_those_who_count():
    document = to_document(lively_room(3, rounds=8))
    for one in list(document["delegations"].values())[1:]:
        one["strategy"] = "broker"
    same_for_everybody_else(from_document(document))


@settings(max_examples=10)
@given(seed=st.integers(0, 2**31), who=st.sets(st.sampled_from(["RUS", "DEU", "IDN", "BRA"]), min_size=1))
def test_counts_never_exceed_the_delegations_that_count(seed, who):
    scenario = observed(lively_room(seed, final_vote={"name": "consensus"}), *who)
    data = run(scenario, replicates=3, seed=1).data
    seats = len(scenario.delegations) - len(who)
    assert (data.endorsing + data.studying + data.opposing == seats).all()
    assert (data.endorsing_by_capability <= 1 + 1e-6).all()
    assert (data.vote.sel(country=sorted(who)) == -2).all()
    assert not data.dissociated.sel(country=sorted(who)).any()
    last = counted(data).stance.isel(round=-1)
    assert np.array_equal((last == 1).sum("country"), data.endorsing.isel(round=-1))
    moved = data.endorsing.isel(round=-1).mean("replicate") - data.endorsing.isel(round=0).mean("replicate")
    owed = data.owed.sum("other") + data.owed_apart.sum("apart")
    np.testing.assert_allclose(owed, moved, atol=1e-5)


@settings(max_examples=10)
@given(seed=st.integers(0, 2**31), order=st.permutations(range(8)))
def test_relabelling_a_room_with_observers_relabels_the_results(seed, order):
    scenario = observed(lively_room(seed), "RUS", "IND")
    names = list(scenario.delegations)
    seats = {names[row]: scenario.delegations[names[row]] for row in order}
    shuffled = scenario.model_copy(update={"delegations": seats})
    plain, moved = (negotiate(open_room(one, np.float64), range(3), 5) for one in (scenario, shuffled))
    assert np.array_equal(plain.stance[:, :, list(order)], moved.stance)
    assert np.array_equal(plain.ballots[:, list(order)], moved.ballots)
    assert np.array_equal(plain.adopted_round, moved.adopted_round)


def test_making_a_delegation_an_observer_moves_nobodys_luck():
    scenario = lively_room(4)
    plain, other = (NegotiationModel(one, range(3)) for one in (scenario, observed(scenario, "DEU")))
    assert np.array_equal(plain.draws.chance, other.draws.chance)
    assert np.array_equal(plain.draws.instructed, other.draws.instructed)
    assert other.draws.absent[3].all()


def test_an_observer_in_a_bloc_that_tables_a_text_does_not_sponsor_it():
    scenario = lively_room(4)
    text = scenario.texts["text-1"].model_copy(update={"sponsors": ("NORTH",)})
    scenario = observed(scenario.model_copy(update={"texts": {**scenario.texts, "text-1": text}}), "RUS")
    room = open_room(scenario)
    assert room.sponsoring[:, 1].tolist() == [True, True, False, True] + [False] * 4


def test_an_observer_moves_no_amendment_though_it_proposed_the_option():
    moved = []
    for observers in ([], ["RUS"]):
        document = to_document(
            lively_room(5, final_vote={"name": "simple-majority", "amendments": 50, "cosponsors": 99})
        )
        options = document["texts"]["text-1"]["articles"]["0"]["options"]
        options["option-0"]["proposed_by"] = ["RUS"]
        done = negotiate(open_room(observed(from_document(document), *observers)), range(8), 1)
        moved.append(done.movers[:, 1])
    assert (moved[0] == 2).any()
    assert (moved[1] == -1).all()


def test_measures_ledgers_and_explanations_leave_observers_out():
    scenario = observed(lively_room(6), "DEU", "USA")
    model = NegotiationModel(scenario, range(4), in_full=True)
    model.run_model()
    found = dict(zip(MEASURES, measures(model.room, of_model(model), model.room.texts), strict=True))
    members = np.delete(model.chamber.stance, [1, 3], axis=0)
    assert np.array_equal(found["endorsing"], (members == 1).sum(axis=0).T)
    credited, _ = ledgers(model)
    assert not credited[[1, 3]].any()
    assert {row for row, _, _ in votes(model)} == {0, 2, 4, 5, 6, 7}


def test_results_mark_observers_and_leave_them_alone_in_coalitions():
    scenario = observed(lively_room(6), "DEU")
    found = run(scenario, replicates=4, seed=1)
    data = found.data
    assert observing(data).tolist() == [False] * 3 + [True] + [False] * 4
    assert data.name.values[3] == "DEU (observer)"
    assert (data.together.values[3] == np.eye(8)[3]).all()
    assert np.isfinite(of_results(found, "text-0").smallest).all()
    assert isinstance(guards(found), list)


def test_without_observers_nothing_is_added_to_the_results():
    data = run(lively_room(6), replicates=2, seed=1).data
    assert "observer" not in data.coords
    assert counted(data) is data
    assert not observing(data).any()


@pytest.mark.parametrize("seed", range(3))
def test_observers_come_back_from_a_folder_and_from_a_workbook(tmp_path, seed):
    scenario = load(write(observed(lively_room(seed), "RUS", "BRA"), tmp_path / "room"))
    assert [key for key, one in scenario.delegations.items() if one.observer] == ["RUS", "BRA"]
    to_workbook(scenario, tmp_path / "room.xlsx")
    assert from_workbook(tmp_path / "room.xlsx", tmp_path / "again" / "room") == scenario


@pytest.mark.parametrize(
    ("patch", "where", "words"),
    [
        ({"texts": {"text-0": {"sponsors": ["DEU"]}}}, "sponsors", "sponsor a text"),
        ({"blocs": {"NORTH": {"coordinator": "DEU"}}}, "coordinator", "speak for a bloc"),
        ({"blocs": {"NORTH": {"coordinator_for": {"USA": "DEU"}}}}, "coordinator_for", "speak for a bloc"),
        ({"rule": {"name": "security-council", "vetoes": ["DEU"]}}, "vetoes", "hold a veto"),
        ({"final_vote": {"name": "security-council", "vetoes": ["DEU"]}}, "vetoes", "hold a veto"),
    ],
)
def test_what_an_observer_cannot_be_is_told_in_words(patch, where, words):
    from scenarios import apply_patch

    scenario = observed(lively_room(1), "DEU")
    with pytest.raises(ScenarioError) as caught:
        apply_patch(scenario, patch)
    (problem,) = caught.value.problems
    assert words in problem.message and "DEU" in problem.message
    assert "observer = true" in problem.mend and where in str(problem)


def test_a_room_of_observers_alone_is_refused(tmp_path):
    scenario = lively_room(1, texts=1)
    text = scenario.texts["text-0"].model_copy(update={"sponsors": ()})
    empty = scenario.model_copy(update={"texts": {"text-0": text}, "blocs": {}})
    with pytest.raises(ScenarioError, match="all delegations are observers"):
        load(write(observed(empty, *scenario.delegations), tmp_path / "room"))


def test_every_command_can_look_at_a_room_with_observers(tmp_path):
    folder = write(observed(lively_room(6), "RUS", "DEU"), tmp_path / "room")
    out = tmp_path / "run"

    def said(*words):
        result = CliRunner().invoke(build(), [str(word) for word in words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return " ".join(result.output.split())

    assert "of 6 delegations and 2 observers" in said("run", folder, "--out", out, "--replicates", 4)
    assert "6 delegations and 2 observers (RUS, DEU)" in said("show", folder)
    assert "DEU (observer)" in said("explain", out, "--country", "DEU")
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "6 delegations and 2 observers" in page and "DEU (observer)" in page
    assert "DEU (observer)" in (out / "tables" / "delegations.csv").read_text(encoding="utf-8")
    said("drafting", folder, "--replicates", 2)
    said("fairness", out)
    said("show", folder, "--format", "html", "--out", tmp_path / "brief.html")
    assert "observers (RUS, DEU)" in (tmp_path / "brief.html").read_text(encoding="utf-8")
