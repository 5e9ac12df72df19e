"""Overlays: named patches that are laid over a scenario and combine."""

import json

import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from scenarios import ScenarioError, apply_patch, load, overlay, overlays

VALUES = {"coordinator": "VNM", "sponsor": "SGP", "unheard": "PHL", "rule": "consensus"}


@pytest.fixture(scope="module")
def launch():
    return load("launch-2020")


def word(name):
    return f"{name}={VALUES[name]}" if overlays()[name].value else name


@pytest.mark.parametrize("name", overlays())
def test_every_shipped_overlay_says_what_it_does_and_changes_the_launch(name, launch):
    assert overlays()[name].about.endswith(".")
    assert apply_patch(launch, overlay(word(name))) != launch


def test_viet_nam_speaks_for_asean_towards_every_partner(launch):
    bloc = apply_patch(launch, overlay("coordinator=VNM")).blocs["ASEAN"]
    assert bloc.coordinator == "VNM" and not bloc.coordinator_for
    assert bloc.members == launch.blocs["ASEAN"].members


def test_overlays_that_touch_different_things_combine_in_any_order(launch):
    one, other = overlay("doubts-about-motives"), overlay("coordinator=VNM")
    assert apply_patch(apply_patch(launch, one), other) == apply_patch(apply_patch(launch, other), one)


def test_a_scenario_brings_overlays_of_its_own(tmp_path, launch):
    home = tmp_path / "mine"
    (home / "overlays").mkdir(parents=True)
    (home / "scenario.toml").write_text('extends = "launch-2020"\n')
    (home / "overlays" / "quota.toml").write_text(
        'about = "Another share is needed."\nvalue = "a share, 0 to 1"\n[rule]\nquota = "$value"\n'
    )
    assert load(home, [overlay("quota=0.75", home)]).rule.quota == 0.75
    with pytest.raises(ScenarioError, match="there is no such overlay"):
        overlay("quota=0.75", "launch-2020")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("coordinatr=VNM", "there is no such overlay; did you mean coordinator?"),
        ("coordinator", "it needs a value"),
        ("no-peers=3", "it takes no value; write no-peers alone"),
        ("nowhere.toml", "there is no such patch file"),
    ],
)
def test_a_wrong_overlay_is_told_with_its_mend(asked, told):
    with pytest.raises(ScenarioError) as caught:
        overlay(asked)
    assert told in str(caught.value)


def test_doubts_about_motives_cost_the_initiative_support():
    words = ["compare", "launch-2020", "--with", "doubts-about-motives", "--replicates", "16", "--json"]
    done = CliRunner().invoke(build(), words)
    (variant,) = json.loads(done.stdout)["variants"].values()
    assert variant["global-initiative"]["endorsing"]["high"] < 0
