"""Paths to yes: the smallest change is the one that arithmetic asks for, and re-runs say what it does."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from typer.testing import CliRunner

from agents.registry import UnknownEntry
from dashboards.cli import build
from dashboards.figures.paths import nearest
from dashboards.paths_table import document, sentences
from scenarios import apply_patch, load
from simulation.analyses.confirming import wilson
from simulation.analyses.levers import chance_of
from simulation.analyses.levers_of_trust import moment
from simulation.analyses.packages import passage
from simulation.analyses.paths import changes, holdouts, of_bloc, of_delegation, paths, paths_of
from simulation.compare import effect
from simulation.ending import ending
from tests.rooms import chamber_of

TEXT = "text-0"


def room(positions=(90.0, 27.26), options=(), patch=None, **more):
    """A text at 50 by the first delegation, over a reversion point at 0; nothing is left to chance.

    A delegation at x gains (x − |x − 50|)/100 and endorses from 0.1 on: one at 27.26 lacks 0.0548.
    """
    more["dynamics"] = {"drafting": "off", **more.get("dynamics", {})}
    made = chamber_of(
        [[one] for one in positions], options=lambda *_: [{"issue-0": place} for place in options], **more
    )
    return apply_patch(apply_patch(made, {"texts": {TEXT: {"sponsors": ["D000"]}}}), patch or {})


def found(scenario, iso3="D001", **more):
    """The sizes of the sufficient paths by kind, and all there is to know."""
    about = paths(scenario, TEXT, iso3, replicates=2, **more)
    return {path.change.lever.kind: path.change.size for path in about.sufficient}, about


def test_the_smallest_offer_and_the_smallest_assurance_are_what_is_lacking():
    sizes, about = found(room(dynamics={"trust_weight": 0.1}))
    assert about.lacks == pytest.approx(0.0548, abs=1e-6)
    assert sizes == {"offer": 0.055, "assurance": 0.55}
    assert [path.outcome.after[1] for path in about.sufficient] == [1.0, 1.0]
    assert about.chance[1] == 0


def test_a_step_less_than_the_smallest_offer_does_not_do():
    scenario = room()
    (path,) = found(scenario)[1].sufficient
    for less, expected in ((0.0, 1.0), (0.005, 0.0)):
        patch = path.change.lever.patch(path.change.size - less)
        after = effect(scenario, {"it": patch}, 2).country_difference
        assert after.sel(variant="it", country="D001", text=TEXT) == expected


def test_wordings_rank_by_how_far_the_text_moves_and_those_too_near_do_not_do():
    """At 44 it gains 0.1052, at 40 more; at 45 it gains 0.0952, which is too little."""
    about = found(room(options=(40.0, 44.0, 45.0)))[1]
    wordings = [path for path in about.sufficient if path.change.lever.kind == "wording"]
    assert [path.change.size for path in wordings] == pytest.approx([6.0, 10.0])
    assert wordings[0].change.patch["texts"][TEXT]["articles"]["0"] == {"chosen": "option-1", "agreed": True}
    assert [path.change.share for path in about.sufficient] == pytest.approx([0.055, 0.06, 0.1])


def test_a_neighbour_that_is_listened_to_suffices_if_it_weighs_enough():
    ties = np.zeros((3, 3))
    ties[1, 2] = 1
    for weight, enough in ((0.06, True), (0.05, False)):
        scenario = room((90.0, 27.26, 0.0), ties=ties, rounds=3, dynamics={"peer_weight": weight})
        sizes, about = found(scenario)
        assert about.lacks == pytest.approx(0.0548 + weight, abs=1e-6)
        assert ("company" in sizes) is enough
        if enough:
            assert sizes["company"] == 2  # from opposing to endorsing


def test_a_red_line_is_named_and_not_for_sale():
    line = {"delegation": "D001", "issue": "issue-0", "max": 47.0, "kind": "forbids"}
    scenario = room(options=(44.0, 49.0), patch={"red_lines": [line]}, dynamics={"trust_weight": 0.1})
    sizes, about = found(scenario)
    assert sizes == {"wording": pytest.approx(6.0)}
    (crossed,) = about.lines
    assert (crossed.forbids, crossed.high, crossed.place, crossed.share) == (True, 47.0, 50.0, 1.0)
    assert crossed.articles == ("0",)


def test_who_endorses_already_is_told_its_margin_and_what_would_lose_it():
    """At 31 it gains 0.12, and keeps its stance at 0.05: trust has to fall by more than 0.7."""
    scenario = room((90.0, 31.0), rounds=2, dynamics={"trust_weight": 0.1, "commitment": 0.05})
    sizes, about = found(scenario)
    assert about.target.direction == -1
    assert about.lacks == pytest.approx(-0.07, abs=1e-6)
    assert sizes["loss of trust"] == pytest.approx(0.71, abs=0.011)


def test_a_bloc_says_yes_with_more_than_half_of_its_members():
    """Two of three have to come: the nearer two lack 0.0548 and 0.0748."""
    bloc = {"name": "The three", "members": ["D001", "D002", "D003"]}
    scenario = room((90.0, 27.26, 26.26, 5.0), patch={"blocs": {"THREE": bloc}})
    about = paths(scenario, TEXT, bloc="THREE", replicates=2)
    assert about.target.quorum == 2
    assert about.lacks == pytest.approx(0.0748, abs=1e-6)
    (path,) = about.sufficient
    assert (path.change.lever.kind, path.change.size) == ("offer", 0.075)
    assert path.outcome.endorsing[1] == 2


def test_observers_make_no_majority_and_are_no_holdouts():
    """Of three members one observes: two count, and both have to come."""
    bloc = {"name": "The three", "members": ["D001", "D002", "D003"]}
    patch = {"blocs": {"THREE": bloc}, "delegations": {"D003": {"observer": True}}}
    end = ending(room((90.0, 27.26, 26.26, 29.0), patch=patch), TEXT, 2)
    assert of_bloc(end, "THREE").rows == (1, 2)
    assert of_bloc(end, "THREE").quorum == 2
    assert [one.addressed for one in holdouts(end)] == [("D001",), ("D002",)]


@pytest.fixture(scope="module")
def launch_paths():
    """Paths of a delegation and a bloc in the launch, from a few replicates."""
    end = ending(load("launch-2020"), "global-initiative", 8, 3)
    return end, paths_of(end, [of_delegation(end, "TUR"), of_bloc(end, "EU")], 3, most=3)


def test_a_confirmed_chance_is_that_of_a_comparison_of_its_own(launch_paths):
    end, (about, _) = launch_paths
    for path in about.paths:
        again = effect(end.scenario, {"it": path.change.patch}, 8, 3).sel(text=end.key, variant="it")
        gap = float(again.country_difference.sel(country="TUR"))
        assert path.outcome.after[1] - path.outcome.before[1] == pytest.approx(gap)
        assert path.outcome.difference[1] == pytest.approx(gap)
        assert path.outcome.endorsing[1] == pytest.approx(float(again.difference.sel(measure="endorsing")))
        assert path.outcome.before == about.chance


def test_wins_and_losses_add_up_to_the_change_in_endorsements(launch_paths):
    for about in launch_paths[1]:
        assert about.paths
        for path in about.paths:
            assert sum(path.outcome.moved.values()) == pytest.approx(path.outcome.endorsing[1])


def test_parts_add_up_to_the_appeal(launch_paths):
    end, found = launch_paths
    for about in found:
        appeal = end.appeal[list(about.target.rows)].mean()
        assert sum(about.parts.values()) == pytest.approx(appeal, abs=1e-9)


def test_what_is_answered_at_the_end_is_the_stance_where_everybody_is_instructed():
    scenario = apply_patch(load("launch-2020"), {"dynamics": {"instruction_rate": float("inf")}})
    end = ending(scenario, "global-initiative", 4, 1)
    np.testing.assert_array_equal(end.answers(), end.stance)


@pytest.mark.parametrize("iso3", ["TUR", "IDN"])
def test_what_a_change_adds_to_appeals_is_what_a_run_finds_where_nobody_looks_at_peers(iso3):
    """Without peers appeals depend on nobody's stance, so the estimate is exact for all but company."""
    patch = {"dynamics": {"peer_weight": 0.0, "drafting": "off"}}
    scenario = apply_patch(load("launch-2020"), patch)
    end = ending(scenario, "global-initiative", 2, 1)
    kinds = set()
    for one in changes(end, of_delegation(end, iso3)):
        if one.lever.kind in kinds:
            continue
        kinds.add(one.lever.kind)
        after = ending(apply_patch(scenario, one.patch), "global-initiative", 2, 1)
        np.testing.assert_allclose(after.appeal - end.appeal, one.lever.moved(one.size), atol=2e-6)
    assert {"wording", "legal form"} < kinds
    assert kinds & {"assurance", "loss of trust"}


def test_a_text_without_brackets_on_its_force_can_become_a_declaration_or_a_treaty():
    launch = load("launch-2020")
    silent = apply_patch(launch, {"texts": {"global-initiative": {"articles": {"10": None}}}})
    bare = apply_patch(launch, {"texts": {"global-initiative": {"articles": {"10": {"options": None}}}}})
    for scenario in (silent, bare):
        end = ending(scenario, "global-initiative", 2, 1)
        forms = [one for one in changes(end, of_delegation(end, "TUR")) if one.lever.kind == "legal form"]
        assert {one.lever.words for one in forms} == {
            f"the text becomes a {it}" for it in ("declaration", "treaty")
        }
        for one in forms:
            after = ending(apply_patch(scenario, one.patch), "global-initiative", 2, 1)
            place = 20 if "declaration" in one.lever.words else 90
            assert (after.chamber.places[after.text, after.room.force_issue] == place).all()


def test_a_solved_size_suffices_on_paper_and_one_step_less_does_not(launch_paths):
    end, _ = launch_paths
    for target in (of_delegation(end, "TUR"), of_delegation(end, "IND"), of_bloc(end, "EU")):
        for one in changes(end, target):
            if one.lever.sized and target.suffices(one.expected):
                place = int(np.searchsorted(one.lever.sizes, one.size))
                less = one.lever.sizes[place - 1] if place else 0.0
                assert not target.suffices(chance_of(end, target, one.lever, less))


def test_a_word_comes_when_all_but_one_in_twenty_are_instructed_once_more():
    end = ending(load("launch-2020"), "global-initiative", 2, 1)
    day, left = moment(end)
    last = end.room.rounds[-1]
    days = (last.end - day).days
    assert np.exp(-0.023 * days) <= 0.05 < np.exp(-0.023 * (days - 31))
    assert left == pytest.approx(np.exp(-0.002 * (last.start - day).days))


def test_the_chamber_needs_the_offer_that_the_nearest_delegation_needs():
    """Two of four make half: the sponsor and one more, the one at 27.26."""
    scenario = room((90.0, 27.26, 20.0, 0.0))
    about = passage(scenario, TEXT, replicates=2)
    assert not about.carries
    (one,) = about.package.changes
    assert (one.lever.kind, one.size, one.lever.words) == ("offer", 0.055, "an offer by D000 to D001")
    assert about.package.outcome.before[1] == 0
    assert about.package.outcome.after[1] == 1
    assert sum(about.package.outcome.moved.values()) == about.package.outcome.endorsing[1] == 1


def test_a_text_that_is_adopted_anyway_needs_no_package():
    about = passage(room((90.0, 80.0, 0.0)), TEXT, replicates=2)
    assert about.carries and about.package is None


@pytest.mark.parametrize(("text", "country"), [("global-initiativ", "TUR"), ("global-initiative", "XYZ")])
def test_who_or_what_is_not_there_is_refused_in_one_sentence(text, country):
    with pytest.raises(UnknownEntry, match="there is no (text|delegation)"):
        paths(load("launch-2020"), text, country, replicates=2)


def test_a_text_that_never_comes_is_refused():
    scenario = room(patch={"texts": {TEXT: {"status": "withdrawn"}}})
    with pytest.raises(ValueError, match="does not lie on the table"):
        paths(scenario, TEXT, "D001", replicates=2)
    with pytest.raises(ValueError, match="one of the two"):
        paths(room(), TEXT, replicates=2)


def test_wilson_matches_his_formula_by_another_way():
    from scipy.stats import binomtest

    for count, hits in ((64, 0), (64, 40), (5, 5)):
        interval = binomtest(hits, count).proportion_ci(method="wilson")
        assert wilson(hits / count, count) == pytest.approx((interval.low, hits / count, interval.high))


def plenary(*words):
    """Run `plenary paths launch-2020` with these words."""
    return CliRunner().invoke(build(), ["paths", "launch-2020", "--replicates", "3", "--quiet", *words])


def test_the_command_answers_in_words_and_then_in_a_table():
    done = plenary("--country", "tur", "--text", "global-initiative")
    assert done.exit_code == 0, done.stderr
    words, table = done.stdout.split("\n\n")[:2]
    assert words.startswith("Türkiye endorses the Global Initiative on Data Security in ")
    assert table.startswith("change ")
    assert "not a prediction" in " ".join(done.stdout.split())


def test_the_document_holds_patches_that_do_what_it_says():
    done = plenary("--country", "TUR", "--json")
    told = json.loads(done.stdout)
    assert told["target"] == ["TUR"] and told["paths"]
    launch = load("launch-2020")
    for path in told["paths"][:2]:
        gap = effect(launch, {"it": path["patch"]}, 3, 1).country_difference
        found = float(gap.sel(variant="it", country="TUR", text="global-initiative"))
        assert path["after"][1] - path["before"][1] == pytest.approx(found)


def test_the_document_of_the_chamber_says_that_nothing_is_proven():
    told = json.loads(plenary("--chamber", "--text", "clean-network", "--json").stdout)
    assert told["proven_smallest"] is False
    assert told["changes"] and told["outcome"]["after"][1] >= told["adopted"][1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--country", "XYZ"), "there is no delegation 'XYZ'"),
        (("--bloc", "ASIAN"), "there is no bloc 'ASIAN'; did you mean 'ASEAN'?"),
        (("--country", "TUR", "--text", "initiative"), "there is no text 'initiative'"),
        ((), "whose yes"),
        (("--country", "TUR", "--chamber"), "whose yes"),
        (
            ("--country", "TUR", "--set", "texts.global-initiative.status=withdrawn"),
            "does not lie on the table",
        ),
    ],
)
def test_bad_input_gets_one_clear_message(words, told):
    done = plenary(*words)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_words_say_what_blocks_and_what_keeps():
    line = {"delegation": "D001", "issue": "issue-0", "max": 47.0, "kind": "forbids"}
    blocked, kept = room(patch={"red_lines": [line]}), room((90.0, 31.0))
    told = " ".join(sentences(found(blocked)[1], blocked, TEXT))
    assert "A red line has it oppose a text above 47 on “issue-0”, and this one lies at 50: article 0" in told
    assert "none brings that any nearer" in told
    told = " ".join(sentences(found(kept)[1], kept, TEXT))
    assert "lies 0.020 gain units above what endorsing takes" in told
    assert "kept there by what the text says (+0.120)" in told
    assert "There is no single change to look at." in told


def test_the_answer_in_words_needs_no_picture():
    """A command that draws nothing does not wait for Plotly."""
    code = "import sys, dashboards.paths_table; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_unknown_numbers_are_null_in_the_document():
    scenario = room()
    told = document(paths(scenario, TEXT, "D001", replicates=1), scenario, TEXT)
    assert told["paths"][0]["difference"] == [None, 1.0, None]
    json.dumps(told, allow_nan=False)


def test_the_report_looks_at_those_nearest_to_yes(launch):
    near = nearest(launch)
    end = ending(launch.scenario, near.text, near.replicates, launch.manifest["seed"])
    lacks = [one.lacks for one in near.holdouts]
    assert lacks == sorted(lacks)
    assert [one.target for one in near.holdouts] == holdouts(end)
    assert all(one.chance[1] < 0.5 for one in near.holdouts)
    assert all((end.forbidden | end.unmet)[one.target.rows[0]].mean() < 0.5 for one in near.holdouts)
