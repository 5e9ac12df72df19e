"""Every vote is explained: its parts add up, and its words say what the vote means under the rule."""

import datetime as dt

import numpy as np
import pytest

from agents import strategies
from scenarios import load
from simulation.analyses.explanation import Explanation
from simulation.analyses.explanation_of_vote import CHOICES, Vote, Wish
from simulation.analyses.reasons import parts, reasons
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.voting import votes
from tests.generators import lively_room
from tests.rooms import chamber_of

RULES = (
    {"name": "simple-majority"},
    {"name": "consensus"},
    {"name": "consensus-minus-n", "tolerated": 6},
    {"name": "simple-majority", "by": "article"},
)


def negotiated(scenario, replicate=0):
    model = NegotiationModel(open_room(scenario), [replicate], run_seed=1, in_full=True)
    model.run_model()
    return model


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "-by-".join(map(str, rule.values())))
@pytest.mark.parametrize("seed", range(3))
def test_the_parts_of_every_vote_add_up_to_its_margin_and_agree_with_the_ballot(seed, rule):
    scenario = lively_room(seed, countries=12, issues=4, texts=3, final_vote=rule)
    model = negotiated(scenario)
    found = list(votes(model))
    assert found
    for row, text, vote in found:
        account = vote.account
        assert account.total == pytest.approx(account.margin, abs=1e-12)
        assert sum(parts(account).values()) == pytest.approx(account.margin, abs=1e-12)
        pulled = sum(reason.value for reason in reasons(account))
        assert pulled - account.cut == pytest.approx(account.margin, abs=1e-12)
        content = sum(account.content_by_issue.values())
        assert sum(vote.by_article.values()) == pytest.approx(content, abs=1e-6)
        assert vote.choice == CHOICES[int(model.ballots[row, text, 0])]
        if not (vote.red_line or vote.own_way):
            fits = {"yes": account.margin >= -2e-6, "no": account.margin < 2e-6}
            assert fits.get(vote.choice, vote.choice == "absent" or account.margin < 2e-6)


@pytest.mark.parametrize("seed", range(3))
def test_votes_of_every_temper_agree_with_the_ballots(seed):
    tempers = strategies.names()
    scenario = lively_room(seed, countries=12, issues=4, texts=3, final_vote=RULES[seed])
    seats = {
        iso3: one.model_copy(update={"strategy": tempers[(4 * seed + place) % len(tempers)]})
        for place, (iso3, one) in enumerate(scenario.delegations.items())
    }
    model = negotiated(scenario.model_copy(update={"delegations": seats}))
    for row, text, vote in votes(model):
        assert vote.choice == CHOICES[int(model.ballots[row, text, 0])]
        assert vote.account.total == pytest.approx(vote.account.margin, abs=1e-12)
        if vote.choice == "yes" and not vote.own_way:
            assert vote.account.margin >= -2e-6
        if vote.choice == "no" and not (vote.own_way or vote.red_line):
            assert vote.account.margin < 2e-6


def test_every_vote_of_the_launch_agrees_with_the_ballots():
    model = negotiated(load("launch-2020"))
    found = list(votes(model))
    assert len(found) == model.ballots[:, :, 0].size
    bound = [vote for *_, vote in found if vote.red_line or vote.own_way]
    assert 0 < len(bound) < 0.1 * len(found)
    for *_, vote in found:
        assert 1 <= len(vote.sentences()) <= 3
        assert all(line[0].isupper() and line.endswith(".") for line in vote.sentences())


def test_a_text_that_was_never_tabled_has_no_votes_to_explain():
    scenario = chamber_of([[50.0], [60.0]], texts=[[55.0], [45.0]])
    late = scenario.texts["text-1"].model_copy(update={"tabled": dt.date(2030, 1, 1)})
    scenario = scenario.model_copy(update={"texts": {**scenario.texts, "text-1": late}})
    assert {text for _, text, _ in votes(negotiated(scenario))} == {0}


def test_a_wording_nearer_to_a_delegation_is_what_it_wishes_for():
    scenario = chamber_of(
        [[100.0], [30.0]], texts=[[50.0]], options=lambda text, issue: [{"issue-0": 90.0}, {"issue-0": 20.0}]
    )
    wishes = {row: vote.wish for row, _, vote in votes(negotiated(scenario))}
    assert wishes[0] == Wish("0", "…", pytest.approx(0.4))
    assert wishes[1].worth == pytest.approx(0.1)


def test_who_would_say_no_but_not_stand_alone_dissociates_itself():
    def said(position, rule, cost=0.1):
        scenario = chamber_of(
            [[80.0], [position]],
            texts=[[80.0]],
            reversion=50.0,
            dynamics={"vote_oppose_threshold": 0.1, "block_cost": cost},
            final_vote={"name": rule},
        )
        (vote,) = (vote for row, _, vote in votes(negotiated(scenario)) if row == 1)
        return vote

    # A loss of 0.15 lies between the cut-point of a no (−0.10) and that of an objection (−0.20).
    assert said(57.5, "simple-majority").choice == "no"
    mild = said(57.5, "consensus")
    assert (mild.choice, mild.dissociates, mild.adopted) == ("abstain", True, True)
    assert mild.what == "explanation of position"
    assert "dissociates itself from article 0 of the Text 0" in mild.sentences()[0]
    strong = said(40.0, "consensus")
    assert (strong.choice, strong.dissociates, strong.adopted) == ("no", False, False)
    assert strong.what == "explanation of vote"
    assert "blocks the consensus" in strong.sentences()[0]
    assert strong.sentences()[1] == "Article 0 weighs most against it (−0.30)."


def a_vote(choice, margin, **more):
    account = Explanation(
        "Russian Federation", "Initiative", 3, 0, 1, margin, {"privacy": margin + 0.1}, {}, 0.0, 0.0, {}, {},
        0.0, 0.1,
    )  # fmt: skip
    return Vote("Russian Federation", "Initiative", choice, account, {"3": margin + 0.1}, **more)


def test_an_abstention_says_what_was_missing():
    first, wish = a_vote("abstain", -0.04, wish=Wish("4", "with safeguards", 0.05)).sentences()
    assert first.startswith("The Russian Federation abstained on the Initiative: it lacked 0.04 for a yes")
    assert "would then have voted in favour" in wish
    (*_, wish) = a_vote("abstain", -0.04, wish=Wish("4", "with safeguards", 0.03)).sentences()
    assert wish == "It would have preferred article 4 to say “with safeguards” (+0.03)."


def test_a_yes_names_what_it_gains_and_a_sponsor_does_not_explain_itself():
    assert "because of its own gain, above all on privacy (+0.15)" in a_vote("yes", 0.05).sentences()[0]
    assert "does not explain its vote" in a_vote("yes", 0.05, sponsor=True).sentences()[0]


def test_red_lines_tempers_and_absence_are_told_as_such():
    assert (
        "its red line on privacy left it no other choice"
        in a_vote("no", 0.2, red_line="its red line on privacy").sentences()[0]
    )
    assert "its temper decided" in a_vote("no", 0.2, own_way=True).sentences()[0]
    assert a_vote("absent", 0.0).sentences() == [
        "The Russian Federation did not take part in the decision on the Initiative."
    ]


def test_the_reasons_of_the_launch_name_blocs_once_each():
    model = negotiated(load("launch-2020"))
    by_bloc = [vote.account for *_, vote in votes(model) if vote.account.by_bloc]
    assert by_bloc
    for account in by_bloc:
        passed_on = sum(account.by_bloc.values())
        assert passed_on == pytest.approx(sum(account.bloc_by_member.values()), abs=1e-9)
        assert np.isfinite(passed_on)
