"""Explanations add up exactly, name the strongest reasons first, and say when chance decided."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analyses.explanation import Explanation, content_by_issue, credit, decompose
from simulation.analyses.ladder import RUNGS, rung
from simulation.analyses.wording import spoken

NAMES = ["Pakistan", "Russian Federation", "China", "Philippines", "Cuba", "Egypt", "Laos", "Kenya"]
ISSUES = ["flow", "privacy", "binding"]


def a_moment(seed):
    """Random arrays of one moment: own parts, ties, bloc lines, stances, cut-point and chance."""
    rng = np.random.default_rng(seed)
    countries = len(NAMES)
    parts = {
        "content": 0.2 * rng.standard_normal((countries, len(ISSUES))),
        "trust": 0.1 * rng.standard_normal((countries, 2)),
        "inducements": 0.1 * rng.random(countries),
        "events": 0.05 * rng.standard_normal(countries),
    }
    own = sum(part.reshape(countries, -1).sum(axis=1) for part in parts.values())
    lines = rng.random((countries, countries)) * (rng.random((countries, countries)) < 0.5)
    lines += np.eye(countries)
    return {
        "parts": parts,
        "own": own,
        "ties": rng.standard_normal((countries, countries)) * (1 - np.eye(countries)),
        "lines": lines / lines.sum(axis=1, keepdims=True),
        "heard": rng.integers(-1, 2, countries).astype(float),
        "peer_weight": 0.1 * rng.random(countries),
        "chance": 0.1 * rng.standard_normal(),
        "cut": 0.1,
    }


def explain(moment, place):
    parts = moment["parts"]
    return decompose(
        NAMES[place],
        NAMES,
        "Global Initiative",
        4,
        1,
        1,
        content_by_issue=dict(zip(ISSUES, parts["content"][place], strict=True)),
        trust_by_sponsor=dict(zip(["China", "Egypt"], parts["trust"][place], strict=True)),
        inducements=parts["inducements"][place],
        events=parts["events"][place],
        own=moment["own"],
        peer_weight=moment["peer_weight"],
        ties=moment["ties"],
        bloc_line=moment["lines"][place],
        heard=moment["heard"],
        chance=moment["chance"],
        cut=moment["cut"],
    )


def an_explanation(**changes):
    plain = {
        "country": "Russian Federation",
        "text": "Global Initiative",
        "round": 3,
        "stance": 1,
        "direction": 1,
        "margin": 0.05,
        "content_by_issue": {"data sovereignty": 0.12, "privacy": -0.03},
        "trust_by_sponsor": {"China": 0.05},
        "inducements": 0.0,
        "events": 0.0,
        "peers_by_name": {"Philippines": 0.01},
        "bloc_by_member": {},
        "chance": 0.0,
        "cut": 0.1,
    }
    return Explanation(**(plain | changes))


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 100_000), place=st.integers(0, len(NAMES) - 1))
def test_the_parts_add_up_to_the_margin(seed, place):
    moment = a_moment(seed)
    explanation = explain(moment, place)
    appeal = moment["own"] + moment["peer_weight"] * (moment["ties"] @ moment["heard"])
    margin = moment["lines"][place] @ appeal + moment["chance"] - moment["cut"]
    assert explanation.margin == pytest.approx(margin, abs=1e-12)
    assert explanation.total == pytest.approx(explanation.margin, abs=1e-12)


def test_a_delegation_on_its_own_is_explained_by_its_own_parts():
    moment = a_moment(1) | {"lines": np.eye(len(NAMES)), "peer_weight": np.zeros(len(NAMES))}
    explanation = explain(moment, 0)
    assert explanation.peers_by_name == {} and explanation.bloc_by_member == {}
    assert list(explanation.content_by_issue.values()) == moment["parts"]["content"][0].tolist()


def test_a_peer_that_studies_adds_nothing():
    moment = a_moment(2)
    moment["heard"][3] = 0
    assert "Philippines" not in explain(moment, 0).peers_by_name


@pytest.mark.parametrize("name, count", [("Korea", 2), ("Atlantis", 0)])
def test_who_is_explained_must_be_clear(name, count):
    with pytest.raises(ValueError, match=f"one delegation named {name}, not {count}"):
        decompose(
            name, ["Korea", "Korea"], "text", 1, 1, 1, content_by_issue={}, trust_by_sponsor={},
            inducements=0, events=0, own=[0, 0], peer_weight=0, ties=np.eye(2), bloc_line=[1, 0],
            heard=[0, 0], chance=0, cut=0,
        )  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_credit_and_own_part_add_up_to_the_appeal(seed):
    rng = np.random.default_rng(seed)
    countries = 12
    ties, lines = rng.standard_normal((countries, countries)), rng.random((countries, countries))
    weight = rng.random(countries)
    who = np.flatnonzero(rng.random(countries) < 0.5)
    own = rng.standard_normal((len(who), countries))
    heard = rng.integers(-1, 2, (len(who), countries)).astype(float)
    earned = credit(who, lines @ (weight[:, None] * ties), lines, heard, own)
    for i, row, said, alone in zip(who, earned, heard, own, strict=True):
        own_part = lines[i, i] * alone[i] + (lines[i] * weight * ties[:, i]).sum() * said[i]
        appeal = lines[i] @ (alone + weight * (ties @ said))
        assert row.sum() + own_part == pytest.approx(appeal, abs=1e-12 * countries**2)
        assert row[i] == 0


@given(seed=st.integers(0, 100_000), place=st.integers(0, len(NAMES) - 1))
def test_credit_is_what_explanations_name(seed, place):
    moment = a_moment(seed)
    explanation = explain(moment, place)
    listening = moment["peer_weight"][:, None] * moment["ties"]
    echo = moment["lines"] @ listening
    earned = credit([place], echo, moment["lines"], moment["heard"][None], moment["own"][None])[0]
    for other, name in enumerate(NAMES):
        named = explanation.peers_by_name.get(name, 0.0) + explanation.bloc_by_member.get(name, 0.0)
        assert earned[other] == pytest.approx(0.0 if other == place else named, abs=1e-12)


def test_no_change_of_stance_earns_no_credit():
    nobody = np.ones((0, 3))
    assert credit([], np.eye(3), np.eye(3), nobody, nobody).shape == (0, 3)


def test_content_by_issue_weighs_content_by_legal_force():
    # Ten points nearer on an issue of half the salience, in a text of force 1.2; silent on the second issue.
    parts = content_by_issue([70, 40, 90], [0.5, 0.25, 0.25], [70, 20, 80], [60, 20, 0], [1, 1, 0], force=1.2)
    assert parts == pytest.approx([1.2 * 0.5 * 0.1, 0, 0.25 * 0.8])


def test_the_strongest_reasons_come_first():
    first, reasons, against = an_explanation().sentences()
    assert first.startswith("The Russian Federation endorsed the Global Initiative in round 3")
    assert (
        reasons.index("data sovereignty") < reasons.index("trust in China") < reasons.index("the Philippines")
    )
    assert "privacy (−0.030)" in against


def test_chance_that_decided_is_named():
    lines = an_explanation(margin=0.02, chance=0.05).sentences()
    assert lines[-1] == "It would have stayed undecided without factors outside the model."
    lines = an_explanation(stance=0, direction=-1, margin=-0.02, chance=-0.05).sentences()
    assert lines[-1] == "It would have kept endorsing without factors outside the model."
    assert not any("outside the model" in line for line in an_explanation(chance=0.01).sentences())


def test_a_stance_against_the_appeal_is_not_explained_away():
    lines = an_explanation(stance=-1, direction=-1, margin=0.05).sentences()
    assert "a red line or its own temper decided" in lines[-1]


def test_the_ladder_rises_with_the_appeal():
    appeals = np.linspace(-0.5, 0.5, 1001)
    studying = rung(appeals, 0, 0.15, lean_band=0.05)
    assert (np.diff(studying) >= 0).all()
    words = [RUNGS[place] for place in np.unique(studying)]
    assert words == [
        "unfavourable, silent",
        "takes note",
        "will carefully study",
        "attaches importance",
        "constructive",
    ]
    assert {RUNGS[place] for place in rung(appeals, 1, 0.15, lean_band=0.05)} == {"welcomes", "supports"}


def test_what_is_said_in_public_goes_before_the_appeal():
    places = rung([0.4, 0.4, -0.4], [-1, 1, 1], 0.1, 0.05, sponsors=[False, True, False])
    assert [RUNGS[place] for place in places] == ["opposes in public", "co-sponsors", "welcomes"]


@pytest.mark.parametrize(
    "name, said",
    [
        ("Russian Federation", "the Russian Federation"),
        ("United States of America", "the United States"),
        ("Netherlands (Kingdom of the)", "the Kingdom of the Netherlands"),
        ("Lao People's Democratic Republic", "the Lao People's Democratic Republic"),
        ("South Sudan", "South Sudan"),
        ("Brazil", "Brazil"),
    ],
)
def test_names_carry_their_article(name, said):
    assert spoken(name) == said
