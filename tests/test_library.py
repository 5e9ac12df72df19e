"""The shipped scenarios: complete, documented, and true to the record of September 2020."""

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

from scenarios import apply_patch, load, names, reference
from scenarios.loading import LIBRARY


@pytest.fixture(scope="module")
def launch():
    return load("launch-2020")


@pytest.fixture(scope="module")
def world():
    return load("launch-2020-world")


@pytest.mark.parametrize("name", names())
def test_every_scenario_loads_under_its_own_name_and_explains_itself(name):
    scenario = load(name)
    assert scenario.name == name
    for part in (
        "title",
        "question",
        "story",
        "look_for",
        "teacher_notes",
        "objectives",
        "sources",
        "limits",
    ):
        assert getattr(scenario, part).strip(), part


@pytest.mark.parametrize("name", names())
def test_every_row_says_where_it_comes_from(name):
    scenario = load(name)
    for table in (scenario.delegations, scenario.issues, scenario.texts, scenario.blocs, scenario.events):
        for key, part in table.items():
            assert part.provenance, key
    for text in scenario.texts.values():
        for article in text.articles.values():
            assert article.provenance
            assert all("invented" in option.provenance for option in article.options.values())
    assert all("invented" in line.provenance for line in scenario.red_lines)


@pytest.mark.parametrize("name", names())
def test_statements_have_a_rung_and_are_outcomes_unless_they_are_invented(name):
    for event in load(name).events.values():
        if event.nature == "outcome":
            assert event.reported_by, event.sentence
            assert event.type in ("statement", "note")
        if event.type == "statement":
            assert event.wording
            assert event.nature == "outcome" or event.provenance.startswith("invented")


@pytest.mark.parametrize("name", names())
def test_whoever_speaks_for_a_bloc_belongs_to_it(name):
    for key, bloc in load(name).blocs.items():
        speakers = [bloc.coordinator, *bloc.coordinator_for.values()]
        assert all(speaker in bloc.members for speaker in speakers if speaker), key


def test_the_launch_has_all_coded_states_issues_and_texts(launch):
    assert len(launch.delegations) == 111
    assert len(launch.issues) == 11
    assert list(launch.texts) == ["global-initiative", "clean-network", "rights-based", "un-text"]
    assert len(launch.texts["global-initiative"].articles) == 12
    assert {key: text.sponsorship for key, text in launch.texts.items()} == {
        "global-initiative": 1.0,
        "clean-network": 1.0,
        "rights-based": 0.6,
        "un-text": 0.0,
    }
    assert [launch.texts[key].sponsors for key in launch.texts] == [("CHN",), ("USA",), ("EU",), ()]
    assert {key for key, issue in launch.issues.items() if issue.kind == "procedure"} == {"binding", "forum"}


def test_every_delegation_of_the_launch_is_coded_in_full(launch):
    for iso3, seat in launch.delegations.items():
        assert set(seat.positions) == set(seat.salience) == set(launch.issues), iso3
        assert set(seat.trust) == {"CHN", "USA", "EU"}, iso3
        assert seat.name == reference.states()[iso3].name
        assert seat.region == reference.states()[iso3].subregion
        assert seat.absence == reference.states()[iso3].absence


def test_the_philippines_speaks_for_asean_towards_china_and_viet_nam_in_general(launch):
    asean = launch.blocs["ASEAN"]
    assert asean.coordinator_for == {"CHN": "PHL"}
    assert asean.coordinator == "VNM"


def test_germany_stands_in_for_the_union_and_the_african_group_has_no_speaker(launch):
    assert launch.blocs["EU"].coordinator == "DEU"
    assert launch.blocs["EU"].note
    assert launch.blocs["AFRICAN_GROUP"].coordinator is None
    assert launch.blocs["AU"].discipline == 0


def test_the_calendar_runs_by_days_fortnights_and_months(launch):
    stretches = [(part.start.isoformat(), part.length, part.rounds) for part in launch.calendar]
    assert stretches == [
        ("2020-09-08", "day", 11),
        ("2020-09-19", "fortnight", 6),
        ("2020-12-12", "month", 18),
    ]


@pytest.mark.parametrize(
    "key, day, speaker, bloc, wording, reporter",
    [
        (
            "asean-coordinator",
            "2020-09-09",
            "PHL",
            "ASEAN",
            "attaches importance",
            "China's foreign ministry",
        ),
        ("russia-welcomes", "2020-09-11", "RUS", None, "welcomes", "China's foreign ministry"),
        ("pakistan-welcomes", "2020-09-14", "PAK", None, "welcomes", "Pakistan's foreign ministry"),
        ("laos-supports", "2020-09-15", "LAO", None, "supports", "Open Development Mekong"),
    ],
)
def test_what_was_said_in_the_first_week(launch, key, day, speaker, bloc, wording, reporter):
    event = launch.events[key]
    assert event.date == dt.date.fromisoformat(day)
    assert (event.speaker, event.on_behalf_of, event.wording) == (speaker, bloc, wording)
    assert event.reported_by.startswith(reporter)
    assert event.nature == "outcome"
    assert event.text == "global-initiative"


def test_nothing_after_the_middle_of_2022_is_told(launch):
    assert max(event.date for event in launch.events.values()) < dt.date(2022, 7, 1)


def test_only_exogenous_events_inside_the_calendar_act(launch):
    acting = {
        key for key, event in launch.events.items() if event.nature == "exogenous" and event.type != "note"
    }
    assert acting == {
        "initiative-tabled",
        "clean-network-fifty",
        "solarwinds",
        "pipeline-ransomware",
        "spyware-monitoring",
        "spyware-oversight",
        "data-security-law",
        "invasion",
        "satellite-attack",
    }


def test_rows_coded_by_rule_follow_their_formula(launch):
    """The `rule` column is arithmetic over the group templates: weights, then deviations, rounded."""
    for iso3, seat in launch.delegations.items():
        if seat.basis != "rule":
            continue
        mix, *deviations = seat.rule.split()
        expected = dict.fromkeys(launch.issues, 0.0)
        for part in mix.split("+"):
            weight, template = part.split("*")
            for issue, place in reference.templates()[template, "position"].items():
                expected[issue] += float(weight) * place
        for word in deviations:
            issue, shift = re.fullmatch(r"([a-z]+)([+-]\d+)", word).groups()
            expected[issue] += float(shift)
        for issue, place in expected.items():
            assert seat.positions[issue] == pytest.approx(min(max(place, 0), 100), abs=0.51), (iso3, issue)


def test_fifty_delegations_are_coded_by_hand_with_a_reason(launch):
    by_hand = [seat for seat in launch.delegations.values() if seat.basis == "hand"]
    assert len(by_hand) == 50
    assert all(seat.rationale and seat.evidence_until for seat in by_hand)


def test_the_world_has_all_193_states_and_changes_none_that_is_coded(launch, world):
    assert set(world.delegations) == set(reference.states())
    for iso3, seat in launch.delegations.items():
        assert world.delegations[iso3] == seat
    assert world.texts == launch.texts
    assert world.issues == launch.issues
    assert world.red_lines == launch.red_lines


def test_estimated_rows_say_so_and_are_less_certain(launch, world):
    widest = max(seat.position_sd for seat in launch.delegations.values())
    for iso3 in set(world.delegations) - set(launch.delegations):
        seat = world.delegations[iso3]
        assert seat.basis == "estimate"
        assert "estimate" in seat.provenance
        assert seat.position_sd > widest


@pytest.mark.parametrize(
    "bloc, group",
    [("EU", "EU"), ("AU", "AU"), ("AFRICAN_GROUP", "AU"), ("ASEAN", "ASEAN"), ("G77_CHINA", "G77")]
    + [("NON-ALIGNED", "NAM"), ("NATO", "NATO"), ("OECD", "OECD"), ("OIC", "OIC"), ("PIF", "PIF")]
    + [("CSTO", "CSTO"), ("SCO", "SCO"), ("GCC", "GCC"), ("BRICS", "BRICS"), ("FVEY", "FIVE_EYES")]
    + [("G7", "G7"), ("G20", "G20"), ("P5", "P5"), ("APEC", "APEC"), ("QUAD", "QUAD"), ("3SI", "THREE_SEAS")]
    + [("GRULAC", "GRULAC"), ("CARICOM", "CARICOM"), ("ALBA", "ALBA"), ("ECOWAS", "ECOWAS"), ("EAC", "EAC")],
)
def test_blocs_of_the_world_have_all_their_members(world, bloc, group):
    assert set(world.blocs[bloc].members) == set(reference.groups()[group])


def test_syria_was_suspended_from_the_league(launch, world):
    league = set(reference.groups()["ARAB_LEAGUE"])
    assert set(world.blocs["LAS"].members) == league - {"SYR"}
    assert set(launch.blocs["LAS"].members) == (league - {"SYR"}) & set(launch.delegations)


def test_a_seat_can_be_left_empty(world):
    room = apply_patch(world, {"delegations": {"PHL": None}})
    assert "PHL" not in room.blocs["ASEAN"].members
    assert room.blocs["ASEAN"].coordinator_for == {}


def test_the_page_of_the_library_lists_every_scenario_with_its_seats():
    page = (Path(__file__).parent.parent / "docs" / "library.md").read_text(encoding="utf-8")
    for name in names():
        (line,) = (line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        assert line.split("|")[2].strip() == str(len(load(name).delegations))


def test_the_declaration_of_osaka_is_worded_alike_wherever_it_lies_on_the_table():
    osaka, caucus = (load(name).texts["free-flow-with-trust"] for name in ("osaka-to-geneva", "asean-caucus"))
    assert osaka.articles == caucus.articles


def test_every_row_of_every_table_of_positions_says_where_it_comes_from():
    tables = sorted(LIBRARY.glob("*/positions.csv"))
    assert len(tables) >= 3
    for table in tables:
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["provenance"].strip(), f"{table.parent.name}: {row['iso3']}"
