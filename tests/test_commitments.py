"""Promises that wait for one another come into force together or not at all, and end when they are broken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.agreements import come_into_force
from scenarios import ScenarioError, apply_patch, load, write
from scenarios.schema import Scenario
from simulation import run
from simulation.minutes import minutes
from simulation.model import NegotiationModel
from tests.generators import lively_room
from tests.rooms import chamber_of


def promise(*parties: str, conditions=(), **more) -> dict:
    made = {"parties": parties, "text": "text-0", "conditions": list(conditions)}
    return {**made, **(more or {"at_least": "endorse"})}


def waits_for(delegation: str, text: str = "text-0", **where) -> dict:
    return {"delegation": delegation, "text": text, **(where or {"at_least": "endorse"})}


def room_with(countries: int = 3, texts: int = 1, rounds: int = 3, **more) -> Scenario:
    """Delegations that gain nothing from any text, so that only promises move them."""
    return chamber_of(
        [[50.0]] * countries,
        texts=[[50.0]] * texts,
        reversion=50.0,
        rounds=rounds,
        options=lambda text, issue: [{"issue-0": 50.0}],
        dynamics={"drafting": "off", **more.pop("dynamics", {})},
        **more,
    )


def negotiated(scenario: Scenario, **options) -> NegotiationModel:
    model = NegotiationModel(scenario, **options)
    model.run_model()
    return model


def stances(model: NegotiationModel, text: int = 0) -> list[int]:
    return model.chamber.stance[:, text, 0].astype(int).tolist()


def test_two_that_wait_for_each_other_both_come_into_force():
    made = {
        "one": promise("D000", conditions=[waits_for("D001")]),
        "other": promise("D001", conditions=[waits_for("D000")]),
    }
    model = negotiated(room_with(commitments=made))
    assert stances(model) == [1, 1, 0]
    assert np.array(model.record.in_force)[..., 0].all()
    assert model.ballots[:, 0, 0].tolist()[:2] == [1, 1]


def test_a_circle_with_one_that_cannot_be_met_holds_not_at_all():
    """D000 waits for D001, D001 for D002, D002 for D000 and for a wording that nobody has chosen."""
    wording = {"article": "0", "options": ["option-0"]}
    made = {
        "one": promise("D000", conditions=[waits_for("D001")]),
        "two": promise("D001", conditions=[waits_for("D002")]),
        "three": promise("D002", conditions=[waits_for("D000"), wording]),
    }
    model = negotiated(room_with(commitments=made))
    assert stances(model) == [0, 0, 0]
    assert not np.array(model.record.in_force).any()
    met = apply_patch(model.room.scenario, {"texts": {"text-0": {"articles": {"0": {"chosen": "option-0"}}}}})
    assert stances(negotiated(met)) == [1, 1, 1]


def test_a_red_line_makes_a_promise_one_that_cannot_be_kept():
    line = {"delegation": "D001", "issue": "issue-0", "min": 0, "max": 40, "kind": "requires"}
    made = {
        "one": promise("D000", conditions=[waits_for("D001")]),
        "other": promise("D001", conditions=[waits_for("D000")]),
    }
    assert stances(negotiated(room_with(commitments=made, red_lines=[line]))) == [0, 0, 0]


@pytest.mark.parametrize("links, expected", [({0: 1, 1: 0, 2: 1}, [1, 1, 1]), ({0: 1, 1: 2}, [1, 1, 1])])
def test_chains_of_promises_hold_as_far_as_somebody_starts_them(links, expected):
    """Whoever waits for nobody starts a chain; without that, only whole circles hold."""
    made = {f"c{one}": promise(f"D00{one}", conditions=[waits_for(f"D00{of}")]) for one, of in links.items()}
    made |= {f"c{one}": promise(f"D00{one}") for one in range(3) if one not in links}
    assert stances(negotiated(room_with(commitments=made))) == expected


def test_only_if_article_four_says_so_and_withdrawn_once_it_no_longer_does():
    """The chair finds another wording in the second round, and the supporter is gone."""
    scenario = chamber_of(
        [[90.0], [50.0]],
        texts=[[50.0]],
        reversion=50.0,
        rounds=4,
        options=lambda text, issue: [{"issue-0": 95.0}],
        dynamics={"redraft_days": 2, "drafting": "chair", "min_improvement": 0.0},
        delegations=[{"capability": 100.0}, {"capability": 1.0}],
        commitments={"only-if": promise("D001", conditions=[{"article": "0", "options": ["tabled"]}])},
    )
    model = negotiated(scenario)
    assert model.record.stance[:, 1, 0, 0].tolist() == [0, 1, 1, -1, -1]
    assert np.array(model.record.in_force)[:, 0, 0].tolist() == [True, True, False, False]
    told = [(act.kind, act.round) for act in minutes(scenario, 0) if act.kind in ("committed", "withdrew")]
    assert told == [("committed", 1), ("withdrew", 3)]
    words = [act.sentence for act in minutes(scenario, 0) if act.kind in ("committed", "withdrew")]
    assert (
        words[0]
        == "D001 committed itself to endorse the Text 0, as article 0 of the Text 0 says “what was tabled”."
    )
    assert words[1].endswith("article 0 of the Text 0 no longer says “what was tabled”.")


def test_a_promise_that_was_broken_is_not_made_again():
    made = {"one": promise("D000", conditions=[waits_for("D001", at_most="study")])}
    scenario = room_with(commitments=made, rounds=4, delegations=[{}, {"strategy": "human"}, {}])
    model = NegotiationModel(scenario)
    model.step()
    assert stances(model) == [1, 0, 0]
    model.take_stance("D001", "text-0", "endorse")
    model.step()
    assert stances(model) == [0, 1, 0]
    model.take_stance("D001", "text-0", "study")
    model.run_model()
    assert stances(model) == [0, 0, 0]
    assert model.chamber.withdrawn.all()


def test_a_ceiling_holds_a_supporter_back():
    """D000 gains ten points and would endorse; it has promised not to as long as D001 does not."""
    scenario = chamber_of(
        [[62.0], [50.0]],
        texts=[[62.0]],
        reversion=50.0,
        rounds=2,
        commitments={
            "hold-back": promise("D000", at_most="study", conditions=[waits_for("D001", at_most="study")])
        },
    )
    assert stances(negotiated(scenario)) == [0, 0]
    assert stances(negotiated(apply_patch(scenario, {"commitments": {"hold-back": None}}))) == [1, 0]


def test_two_files_are_linked_by_a_promise_on_each():
    made = {
        "one": promise("D000", conditions=[waits_for("D001", "text-1")]),
        "other": {**promise("D001", conditions=[waits_for("D000")]), "text": "text-1"},
    }
    model = negotiated(room_with(texts=2, commitments=made))
    assert (stances(model, 0), stances(model, 1)) == ([1, 0, 0], [0, 1, 0])


def test_an_inducement_is_given_for_a_promise_and_taken_back_with_it():
    """D000 pays if D001 endorses, D001 endorses if D000 pays; without the payment nothing is given."""
    made = {
        "pays": promise("D000", inducement=0.07, to=["D001"], conditions=[waits_for("D001")]),
        "endorses": promise("D001", at_least="endorse", conditions=[{"commitment": "pays"}]),
    }
    model = negotiated(room_with(commitments=made), in_full=True)
    assert stances(model) == [0, 1, 0]
    assert model.record.part[2, -1, :, 0, 0].tolist() == pytest.approx([0, 0.07, 0])
    line = {"delegation": "D001", "issue": "issue-0", "min": 0, "max": 40, "kind": "forbids"}
    bound = negotiated(room_with(commitments=made, red_lines=[line]), in_full=True)
    assert not bound.record.part[2, -1].any()


def test_who_keeps_its_word_waits_for_no_instructions():
    made = {"word": promise("D000", "D001")}
    scenario = room_with(commitments=made, dynamics={"instruction_rate": 1e-9})
    assert stances(negotiated(scenario)) == [1, 1, 0]


@given(seed=st.integers(0, 10_000))
def test_what_holds_is_the_largest_set_that_holds_when_it_is_assumed(seed):
    """Against all subsets of five commitments."""
    draw = np.random.default_rng(seed)
    possible, anyway = draw.random((5, 1)) < 0.9, draw.random((8, 1)) < 0.3
    belongs, brings = draw.integers(0, 5, 8), draw.random((8, 5)) < 0.3

    def holds(chosen: np.ndarray) -> bool:
        met = anyway[:, 0] | (brings & chosen).any(axis=1)
        return bool((possible[:, 0] | ~chosen).all() and all(met[c] for c in range(8) if chosen[belongs[c]]))

    subsets = [np.array([number >> bit & 1 for bit in range(5)], dtype=bool) for number in range(32)]
    consistent = [one for one in subsets if holds(one)]
    found = come_into_force(possible, anyway, belongs, brings)[:, 0]
    assert (found == np.logical_or.reduce(consistent)).all()
    assert holds(found)


def test_without_commitments_every_bit_stays_and_with_them_no_draw_moves():
    plain = lively_room(4, rounds=6)
    idle = {"never": promise("USA", conditions=[waits_for("CHN", at_most="oppose")])}
    names = list(plain.delegations)
    idle["never"]["parties"] = [names[1]]
    idle["never"]["conditions"] = [waits_for(names[0], at_most="oppose", at_least="oppose")]
    idle["never"]["conditions"] += [waits_for(names[0], at_least="endorse")]
    with_idle = apply_patch(plain, {"commitments": idle})
    one, other = run(plain, replicates=3, seed=1).data, run(with_idle, replicates=3, seed=1).data
    for name in ("stance", "lean", "place", "vote", "appeal"):
        assert (one[name].values == other[name].values)[~np.isnan(one[name].values)].all(), name


def test_commitments_have_the_same_bits_in_every_batch():
    plain = lively_room(7, rounds=6)
    names = list(plain.delegations)
    made = {
        "one": promise(names[2], conditions=[waits_for(names[3])]),
        "pays": promise(names[0], inducement=0.1, to=[names[4]], conditions=[waits_for(names[2])]),
    }
    scenario = apply_patch(plain, {"commitments": made})
    many = NegotiationModel(scenario, range(70), 3)
    many.run_model()
    for replicate in (0, 37, 69):
        alone = negotiated(scenario, replicates=[replicate], run_seed=3)
        assert (alone.record.stance[..., 0] == many.record.stance[..., replicate]).all()
        assert (alone.chamber.pledged[..., 0] == many.chamber.pledged[..., replicate]).all()


def test_a_mutual_promise_is_told_with_what_it_rested_on():
    made = {
        "one": promise("D000", conditions=[waits_for("D001")]),
        "other": promise(
            "D001", at_least="endorse", inducement=0.05, to=["D002"], conditions=[waits_for("D000")]
        ),
    }
    acts = [act for act in minutes(room_with(commitments=made), 0) if act.kind == "committed"]
    assert [act.sentence for act in acts] == [
        "D000 committed itself to endorse the Text 0, as D001 has promised to endorse the Text 0.",
        "D001 committed itself to endorse the Text 0 and to give D002 inducements worth 0.05 on the Text 0, "
        "as D000 has promised to endorse the Text 0.",
    ]
    assert acts[1].concerns("D002") and acts[1].parts == {"inducements": 0.05}


BAD = {
    "nobody": ({"parties": ["D009"]}, "commitments.word.parties.0: there is no delegation D009"),
    "no text": ({"text": "tex-0"}, "commitments.word.text: there is no text tex-0; did you mean text-0?"),
    "nothing": ({"at_least": None}, "commitments.word: the commitment promises nothing"),
    "order": ({"at_most": "study"}, "commitments.word.at_least: at_least endorse is above at_most study"),
    "to whom": ({"inducement": 0.1}, "commitments.word.to: an inducement must say to whom"),
    "how much": ({"to": ["D001"]}, "commitments.word.inducement: it does not say how much is given"),
    "parties": ({"parties": []}, "commitments.word.parties: nobody commits itself"),
    "two things": (
        {"conditions": [{"article": "0", "options": ["tabled"], "delegation": "D001"}]},
        "commitments.word.conditions.0: a condition is about one thing, and it names article and delegation",
    ),
    "no thing": (
        {"conditions": [{}]},
        "commitments.word.conditions.0: a condition is about one thing, and it",
    ),
    "itself": (
        {"conditions": [{"commitment": "word"}]},
        "commitments.word.conditions.0.commitment: a commitment cannot wait for itself",
    ),
    "article": (
        {"conditions": [{"article": "4", "options": ["tabled"]}]},
        "commitments.word.conditions.0.article: there is no article 4",
    ),
    "option": (
        {"conditions": [{"article": "0", "options": ["option-7"]}]},
        "commitments.word.conditions.0.options.0: there is no option option-7; did you mean option-0?",
    ),
    "options": (
        {"conditions": [{"article": "0"}]},
        "commitments.word.conditions.0.options: it does not say which wordings may stand there",
    ),
    "where": (
        {"conditions": [{"delegation": "D001"}]},
        "commitments.word.conditions.0: it does not say where the delegation has to stand",
    ),
    "word": ({"at_least": "welcome"}, "commitments.word.at_least: 'welcome' cannot stand here; give one of"),
}


@pytest.mark.parametrize("changes, message", BAD.values(), ids=BAD)
def test_a_commitment_that_does_not_fit_is_told_in_one_message(changes, message):
    scenario = room_with(commitments={"word": promise("D000")})
    with pytest.raises(ScenarioError) as caught:
        apply_patch(scenario, {"commitments": {"word": changes}})
    assert len(caught.value.problems) == 1
    assert f"patch, {message}" in str(caught.value)


def test_a_mistake_in_a_folder_is_told_with_its_line(tmp_path):
    folder = write(
        room_with(commitments={"word": promise("D000", conditions=[waits_for("D001")])}), tmp_path / "a"
    )
    assert load(folder).commitments == load(write(load(folder), tmp_path / "b")).commitments
    path = folder / "scenario.toml"
    path.write_text(path.read_text().replace('parties = [\n    "D000"', 'parties = [\n    "D0000"'))
    number = next(n for n, line in enumerate(path.read_text().splitlines(), 1) if line.startswith("parties"))
    with pytest.raises(
        ScenarioError, match=f"scenario.toml, line {number}, commitments.word.parties.0: there is no"
    ):
        load(folder)


@pytest.mark.parametrize("patch", [{"delegations": {"D001": None}}, {"texts": {"text-1": None}}])
def test_whoever_leaves_takes_the_promises_that_hang_on_it_along(patch):
    made = {
        "one": promise("D000", conditions=[waits_for("D001", "text-1")]),
        "two": promise("D002", conditions=[{"commitment": "one"}]),
        "three": promise("D000", "D002"),
    }
    left = apply_patch(room_with(texts=2, commitments=made), patch)
    assert "one" not in left.commitments and "three" in left.commitments
