"""The negotiation as a Mesa model: its agenda, its agents, its collectors, and Mesa's own runner."""

from __future__ import annotations

import datetime as dt
import gc
import warnings

import mesa
import numpy as np
import pytest

from agents import strategies
from agents.registry import UnknownEntry
from agents.response import logistic
from scenarios.schema import Stretch
from simulation import rules
from simulation.calendar import round_of, rounds
from simulation.draws import prepare
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.proceedings import negotiate
from tests.generators import LIVELY, lively_room
from tests.rooms import chamber_of


def test_a_run_under_mesa_raises_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = NegotiationModel(lively_room(1), replicates=range(3), run_seed=7)
        model.run_model()
    assert model.running is False
    assert model.steps == len(model.room.rounds) == model.round


def test_mesas_own_batch_runner_seeds_through_run_seed():
    scenario = lively_room(1)
    rows = mesa.batch_run(
        NegotiationModel,
        parameters={"case": [scenario], "run_seed": [1, 2, 1]},
        number_processes=1,
        display_progress=False,
        max_steps=100,
    )
    ends = [(row["text-0"], row["text-1"]) for row in rows]
    assert len(ends) == 3
    for seed, end in zip((1, 2, 1), ends, strict=True):
        model = NegotiationModel(scenario, run_seed=seed)
        model.run_model()
        assert end == tuple((model.chamber.stance[:, :, 0] == 1).sum(axis=0))


def test_delegations_are_mesa_agents_that_read_their_row():
    model = NegotiationModel("launch-2020")
    china = next(agent for agent in model.agents if agent.iso3 == "CHN")
    assert len(model.agents) == 111
    assert china.stance["global-initiative"] == 0
    assert set(china.position) == set(model.room.issues)
    model.step()
    assert china.stance["global-initiative"] == 1
    by_strategy = model.agents.groupby("strategy").count()
    assert sum(by_strategy.values()) == 111


def test_the_collector_counts_the_endorsements_of_a_single_run():
    model = NegotiationModel(lively_room(3))
    model.run_model()
    table = model.datacollector.get_model_vars_dataframe()
    assert len(table) == len(model.room.rounds)
    counted = (model.record.stance[1:, :, 0, 0] == 1).sum(axis=1)
    assert table["text-0"].tolist() == counted.tolist()


def test_the_agenda_names_the_phases_in_order_with_the_parameters_in_force():
    text = NegotiationModel(lively_room(1)).agenda()
    phases = [line.split(":")[0] for line in text.splitlines()[:-1]]
    names = ["open round", "settle commitments", "consult", "meet apart", "redraft", "lobby"]
    names += ["make offers", "endorse", "mend trust", "decide"]
    assert phases == [f"{number}. {name}" for number, name in enumerate(names, start=1)]
    assert "peer_weight = 0.12" in text


def test_an_unknown_temper_or_rule_offers_the_nearest_one():
    with pytest.raises(UnknownEntry, match="did you mean 'hedger'"):
        open_room(chamber_of([[50.0]], delegations=[{"strategy": "hedgr"}]))
    with pytest.raises(UnknownEntry, match="did you mean 'consensus'"):
        open_room(chamber_of([[50.0]], rule={"name": "concensus"}))


@pytest.mark.parametrize("name", strategies.names())
def test_every_strategy_tells_what_it_does_and_where_it_comes_from_and_runs(name):
    strategy = strategies.find(name)
    assert (type(strategy).__doc__ or "").strip()
    assert strategy.source
    scenario = lively_room(5)
    document = scenario.model_dump()
    document["delegations"]["RUS"]["strategy"] = name
    model = NegotiationModel(type(scenario).model_validate(document))
    model.run_model()
    assert set(np.unique(model.record.stance)) <= {-1, 0, 1}


@pytest.mark.parametrize("name", rules.names())
def test_every_rule_names_its_source(name):
    described = rules.find(name).decide.__doc__ or ""
    assert "Source:" in described or "house rule" in described


def test_a_fixed_delegation_keeps_its_stance_and_votes_by_it():
    scenario = lively_room(5)
    document = scenario.model_dump()
    for iso3, stance in (("RUS", -1), ("DEU", 1)):
        document["delegations"][iso3].update(strategy="fixed", stance=stance, absence=0)
    document["red_lines"] = []
    model = NegotiationModel(type(scenario).model_validate(document), range(5))
    model.run_model()
    rows = list(document["delegations"])
    assert (model.record.stance[:, rows.index("RUS")] == -1).all()
    assert (model.ballots[rows.index("DEU")] == 1).all()


def test_a_hedger_speaks_later_than_the_same_delegation_without_hedging():
    def first_spoken(strategy: str) -> float:
        scenario = chamber_of(
            [[80.0]],
            texts=[[80.0]],
            reversion=62.0,
            rounds=20,
            delegations=[{"strategy": strategy}],
        )
        model = NegotiationModel(scenario)
        model.run_model()
        return int((model.record.stance[:, 0, 0, 0] == 1).argmax())

    assert 1 == first_spoken("interest-driven") < first_spoken("hedger")


def test_a_loyalist_takes_the_line_of_its_bloc_against_its_own_interest():
    def ends(strategy: str) -> int:
        bloc = {"name": "Bloc", "members": ["D000", "D001", "D002"], "discipline": 0.1}
        scenario = chamber_of(
            [[90.0], [90.0], [0.0]],
            texts=[[90.0]],
            reversion=45.0,
            delegations=[{}, {}, {"strategy": strategy}],
            blocs={"BLOC": bloc},
        )
        model = NegotiationModel(scenario)
        model.run_model()
        return int(model.chamber.stance[2, 0, 0])

    assert (ends("interest-driven"), ends("bloc-loyalist")) == (-1, 1)


def test_coordinators_speak_first_and_members_see_them_in_the_same_round():
    """A member that listens to its coordinator alone endorses in the round in which the coordinator does."""
    bloc = {"name": "Bloc", "members": ["D000", "D001"], "coordinator": "D000", "speaks_first": True}
    options = {
        "texts": [[60.0]],
        "reversion": [30.0],
        "ties": [[0, 0], [1, 0]],
        "delegations": [{}, {"strategy": "bandwagon", "endorse_threshold": 0.5}],
    }
    led = NegotiationModel(chamber_of([[60.0], [0.0]], blocs={"BLOC": bloc}, **options))
    unled = NegotiationModel(chamber_of([[60.0], [0.0]], **options))
    led.run_model(), unled.run_model()
    assert led.chamber.stance[:, 0, 0].tolist() == [1, 1]
    assert unled.chamber.stance[:, 0, 0].tolist() == [1, 0]


def test_the_coordinator_towards_a_partner_speaks_only_on_the_partners_text():
    room = open_room(NegotiationModel("launch-2020").room.scenario)
    philippines, viet_nam = (room.countries.index(one) for one in ("PHL", "VNM"))
    indonesia = room.countries.index("IDN")
    initiative = room.lines[room.line_of_text[room.texts.index("global-initiative")]].dense
    un_text = room.lines[room.line_of_text[room.texts.index("un-text")]].dense
    assert initiative[indonesia, philippines] > initiative[indonesia, viet_nam]
    assert un_text[indonesia, philippines] < un_text[indonesia, viet_nam]


def test_trust_shocks_fade_and_outcome_events_never_act():
    shock = {
        "date": dt.date(2020, 9, 9),
        "type": "trust_shock",
        "nature": "exogenous",
        "sentence": "A leak raises doubts.",
        "targets": ["bloc:NORTH"],
        "sponsor": "CHN",
        "delta": -0.4,
    }
    scenario = lively_room(1, dynamics={**LIVELY, "drafting": "off"})
    document = {**scenario.model_dump(), "calendar": [Stretch(start="2020-09-08", length="month", rounds=6)]}

    def trust(nature: str) -> list[float]:
        case = type(scenario).model_validate({**document, "events": {"leak": {**shock, "nature": nature}}})
        model = NegotiationModel(case, dtype=np.float64)
        found = [float(model.chamber.trust[0, 1, 0])]
        while model.running:
            model.step()
            found.append(float(model.chamber.trust[0, 1, 0]))
        return found

    acting, shown = trust("exogenous"), trust("outcome")
    assert len(set(shown)) == 1
    start = acting[0]
    first = max(-1, start - 0.4)
    expected = start + (first - start) * np.exp(-0.002 * 30)
    assert acting[1] == pytest.approx(expected)
    assert acting[1] < acting[3] < acting[6] < start


def test_rounds_are_dated_and_a_day_in_a_gap_belongs_to_the_next_round():
    calendar = rounds(
        [
            Stretch(start=dt.date(2020, 9, 8), length="day", rounds=2),
            Stretch(start=dt.date(2020, 10, 31), length="month", rounds=2),
        ]
    )
    assert [one.days for one in calendar] == [1, 1, 30, 31]
    assert calendar[2].end == dt.date(2020, 11, 30)
    assert round_of(dt.date(2020, 9, 8), calendar) == 0
    assert round_of(dt.date(2020, 10, 1), calendar) == 2
    assert round_of(dt.date(2020, 9, 7), calendar) is None
    assert round_of(dt.date(2021, 1, 1), calendar) is None


def test_noise_is_logistic_with_the_stated_spread_and_persists():
    """ε/β has standard deviation π/(√3·β); tastes correlate over rounds by about ϱ."""
    scenario = lively_room(1, dynamics={"precision": 30.0, "noise_persistence": 0.8}, rounds=2)
    chance = prepare(open_room(scenario, np.float64), 3, range(400)).chance
    assert chance.std() == pytest.approx(np.pi / np.sqrt(3) / 30, rel=0.03)
    assert np.corrcoef(chance[0].ravel(), chance[1].ravel())[0, 1] == pytest.approx(0.8, abs=0.03)
    assert logistic(np.array([-1.5, 1.5])).sum() == pytest.approx(0, abs=1e-12)


def test_an_unknown_position_is_drawn_from_the_blocs_distribution():
    positions = np.array([[20.0], [40.0], [90.0], [50.0]])
    bloc = {"name": "Bloc", "members": ["D000", "D001", "D003"]}
    document = chamber_of(positions, blocs={"BLOC": bloc}).model_dump()
    document["delegations"]["D003"]["positions"]["issue-0"] = None
    model = NegotiationModel(type(chamber_of([[1.0]])).model_validate(document), range(500))
    drawn = model.chamber.instruction[3, 0]
    assert drawn.mean() == pytest.approx(30, abs=2)
    assert drawn.std() == pytest.approx(10, abs=1.5)
    assert model.chamber.instruction[0, 0].std() == 0


def test_unknown_salience_is_drawn_from_the_bloc_too():
    bloc = {"name": "Bloc", "members": ["D000", "D001", "D002"]}
    salience = np.array([[20.0, 50.0], [40.0, 50.0], [50.0, 50.0]])
    document = chamber_of(np.full((3, 2), 50.0), salience=salience, blocs={"BLOC": bloc}).model_dump()
    del document["delegations"]["D002"]["salience"]["issue-0"]
    model = NegotiationModel(type(chamber_of([[1.0]])).model_validate(document), range(500))
    assert model.chamber.coded_salience[2, 0].mean() == pytest.approx(30, abs=2)


def test_nobody_is_persuaded_through_a_negative_tie_and_positions_stay_on_the_scale():
    scenario = chamber_of(
        [[90.0], [50.0], [95.0]],
        ties=[[0, -1, 1], [-1, 0, 0], [0, 0, 0]],
        rounds=10,
        dynamics={"openness": 1.0},
    )
    model = NegotiationModel(scenario, dtype=np.float64)
    model.run_model()
    assert model.chamber.position[:, 0, 0].tolist() == [95.0, 50.0, 95.0]
    assert model.chamber.heard.shape == (3, 1, 1)


def test_nobody_hears_a_silent_delegation():
    document = chamber_of(
        [[90.0], [50.0], [10.0]],
        ties=[[0, 0, 0], [1, 0, 1], [0, 0, 0]],
        rounds=5,
        dynamics={"openness": 0.5},
    ).model_dump()
    document["delegations"]["D000"]["silent"] = True
    model = NegotiationModel(type(chamber_of([[1.0]])).model_validate(document), dtype=np.float64)
    model.run_model()
    assert model.chamber.position[1, 0, 0] == pytest.approx(30)


def test_coded_positions_are_drawn_with_their_own_spread_and_stay_on_the_scale():
    scenario = chamber_of(
        [[50.0], [99.0]],
        delegations=[{"position_sd": 6.0}, {}],
        uncertainty={"position_sd": 12.0},
    )
    drawn = NegotiationModel(scenario, range(2000)).chamber.instruction[:, 0]
    assert drawn[0].std() == pytest.approx(6, rel=0.06)
    assert drawn.min() >= 0 and drawn.max() <= 100
    assert (drawn[1] == 100).mean() == pytest.approx(0.467, abs=0.04)


def test_a_finished_negotiation_leaves_no_model_behind():
    """Long ensembles and comparisons make many of them."""

    def alive() -> int:
        gc.collect()
        return sum(isinstance(one, NegotiationModel) for one in gc.get_objects())

    before = alive()
    negotiate(open_room(lively_room(1)), range(4), seed=1, batch=2)
    NegotiationModel(lively_room(2)).run_model()
    assert alive() == before
