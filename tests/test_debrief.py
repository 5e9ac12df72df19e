"""The look back: scores against the model, secrets at their time, and files that tell no names."""

import csv
import io
import json

import numpy as np
import pytest
from markupsafe import escape
from typer.testing import CliRunner

from dashboards.classroom import counting
from dashboards.classroom.act import Act
from dashboards.classroom.cards import card
from dashboards.classroom.debrief.course import course, turning_points
from dashboards.classroom.debrief.deals import deals, moved
from dashboards.classroom.debrief.ensemble import ensemble
from dashboards.classroom.debrief.exports import acts_csv, acts_jsonl
from dashboards.classroom.debrief.look import Look
from dashboards.classroom.debrief.missed import missed_deals
from dashboards.classroom.debrief.outcome import outcome
from dashboards.classroom.debrief.scoring import Ended, ambition, marks, percentile
from dashboards.classroom.debrief.under_rules import under_rules
from dashboards.classroom.room import opened
from scenarios import apply_patch, load
from simulation import rules, run
from simulation.analyses.articles import wording_of
from simulation.analyses.rule_swap import rule_of
from tests.classes import running
from tests.pages import within

INITIATIVE, UN = "global-initiative", "un-text"
SCENARIO = load("launch-2020-class")
MODEL = ensemble(SCENARIO, 1, replicates=40)
NAME = "Quetzalcoatl Ünsöld"


def log(*acts):
    """A log of acts given as (clock, seat, by, kind, payload)."""
    return [
        Act(number, float(clock), "2026-01-01", seat, by, kind, payload, f"{seat}/key-{number}")
        for number, (clock, seat, by, kind, payload) in enumerate(acts, start=1)
    ]


def looked(*acts):
    """The look back on a log."""
    return Look(course(SCENARIO, 75, log(*acts)))


def stance(clock, seat, text, word, by="people", reason=""):
    """An act that takes a stance."""
    return clock, seat, by, "stance", {"text": text, "stance": word, "reason": reason}


def as_played(model, replicate):
    """A room that ends like one repetition of the model."""
    room = opened(SCENARIO)
    for text, draft in room.drafts.items():
        wording = wording_of(SCENARIO, text)
        for place, number in enumerate(wording.articles):
            draft.articles[number].standing = wording.options[place][
                model.ended.chosen[text][replicate, place]
            ]
        draft.outcome = "adopted" if model.ended.adopted[text][replicate] else "not adopted"
    return room


@pytest.mark.parametrize("replicate", [0, 7, 39])
def test_a_class_that_ends_like_a_repetition_has_its_marks(replicate):
    found = outcome(as_played(MODEL, replicate))
    assert found.marks.score[0] == pytest.approx(MODEL.marks.score[replicate], abs=1e-12)
    assert found.texts[INITIATIVE].ambition == pytest.approx(MODEL.ambition[INITIATIVE][replicate])
    for column, own in enumerate(found.marks.score[0]):
        others = MODEL.marks.score[:, column]
        below, above = (others < own - 1e-9).mean(), (others > own + 1e-9).mean()
        assert 100 * below < percentile(others, own) < 100 * (1 - above)


def test_percentiles_of_the_model_against_itself_have_the_mean_of_a_half():
    for column in range(len(MODEL.marks.seats)):
        others = MODEL.marks.score[:, column]
        assert np.mean([percentile(others, own) for own in others]) == pytest.approx(50)


def test_the_model_beside_the_class_is_the_run_that_anybody_can_make():
    data = run(SCENARIO, replicates=40, seed=1).data
    for text in SCENARIO.texts:
        assert MODEL.endorsing[text].tolist() == data.endorsing.sel(text=text).values.tolist()
        passed = (data.adopted | data.vote_passed).sel(text=text).values
        assert MODEL.ended.adopted[text].tolist() == passed.tolist()


def test_names_and_orders_of_delegations_move_no_score():
    renamed = apply_patch(SCENARIO, {"delegations": {"KEN": {"name": "Atlantis"}}})
    found = marks(renamed, MODEL.ended)
    assert found.score.tolist() == MODEL.marks.score.tolist()


def test_a_goal_counts_where_the_article_ends_near_and_a_red_line_where_a_text_is_adopted():
    start = {text: wording_of(SCENARIO, text).start[None].astype(int) for text in SCENARIO.texts}
    neither = Ended(start, {text: np.array([False]) for text in start})
    both = Ended(start, {text: np.array([True]) for text in start})
    tabled, adopted = marks(SCENARIO, neither), marks(SCENARIO, both)
    assert not tabled.gains.any() and adopted.gains.any()
    for seat in tabled.seats:
        goals = card(SCENARIO, seat).goals
        assert tabled.met[seat][-1, 0]  # nothing is adopted, so nothing breaks a red line
        for place, goal in enumerate(goals[:-1]):
            article = SCENARIO.texts[goal.text].articles[goal.article]
            chosen = article.places if article.chosen == "tabled" else article.options[article.chosen].places
            near = goal.kind in chosen and abs(chosen[goal.kind] - goal.target) <= 10
            assert tabled.met[seat][place, 0] == near
    lined = {line.delegation for line in SCENARIO.red_lines}
    assert {seat for seat in adopted.seats if not adopted.met[seat][-1, 0]} <= lined


def test_the_tabled_wording_keeps_all_of_its_ambition_and_a_text_without_sponsors_has_none():
    start = wording_of(SCENARIO, INITIATIVE).start[None].astype(int)
    assert ambition(SCENARIO, INITIATIVE, start) == pytest.approx([1.0])
    assert np.isnan(ambition(SCENARIO, UN, wording_of(SCENARIO, UN).start[None].astype(int))).all()


def test_words_of_the_class_count_where_they_were_placed():
    propose = {"text": UN, "article": "10", "words": "=1 <b>", "places": {"capacity": 90.0}}
    where = {"text": UN, "article": "10", "wording": "proposal-1"}
    look = looked(
        (1, "KEN", "people", "propose", propose),
        (2, "desk", "desk", "confirm", {**where, "places": {}, "accept": True}),
        (3, "desk", "desk", "stand", where),
        (4, "desk", "desk", "open-silence", {"text": UN, "minutes": 1, "ends": 64.0}),
        (70, "desk", "desk", "close-silence", {}),
    )
    scenario = look.outcome.scenario
    assert scenario.texts[UN].articles["10"].options["proposal-1"].places == {"capacity": 90.0}
    quiet = looked(*[(act.clock, *act[3:7]) for act in look.course.acts[3:]])
    kenya = look.outcome.marks.seats.index("KEN")
    assert look.outcome.marks.gains[0, kenya] > quiet.outcome.marks.gains[0, kenya]


def test_what_follows_an_act_within_three_minutes_is_told_once():
    acts = [
        stance(100, "CHN", UN, "oppose"),
        stance(150, "EGY", UN, "oppose", by="model"),
        stance(160, "KAZ", UN, "oppose", by="model"),
        stance(900, "BRA", UN, "endorse"),
    ]
    found = course(SCENARIO, 75, log(*acts))
    (point,) = turning_points(found)
    assert point.act.number == 1 and [one.seat for one in point.changes] == ["EGY", "KAZ"]
    late = [
        acts[0],
        *(stance(clock, *act[1:2], UN, "oppose") for clock, act in ((281, acts[1]), (300, acts[2]))),
    ]
    assert [one for one in turning_points(course(SCENARIO, 75, log(*late))) if one.act.number == 1] == []


def offer(*then):
    """China makes Kenya an offer, Kenya accepts, and something happens then."""
    return course(
        SCENARIO,
        75,
        log(
            (10, "CHN", "people", "offer", {"to": "KEN", "gives": "a fund", "asks": "a yes"}),
            (20, "KEN", "people", "answer", {"number": 1, "accept": True}),
            *then,
        ),
    )


@pytest.mark.parametrize(("word", "verdict"), [("endorse", "kept"), ("oppose", "broken"), ("study", "open")])
def test_a_deal_is_judged_by_the_rule_that_the_page_states(word, verdict):
    found = offer(stance(30, "KEN", INITIATIVE, word))
    assert [one.verdict for one in deals(found)] == [verdict]
    assert [(one.mover, one.change.seat) for one in moved(found)] == ([("CHN", "KEN")] * (word == "endorse"))


def test_an_act_that_was_undone_tells_nothing():
    found = offer(stance(30, "KEN", INITIATIVE, "endorse"), (40, "desk", "desk", "undo", {"number": 2}))
    assert deals(found) == [] and moved(found) == []
    assert len(found.changes) == 1


def test_the_same_votes_under_every_rule():
    ballots = dict.fromkeys(SCENARIO.delegations, "yes") | {"USA": "no", "JPN": "no", "IND": "abstain"}
    lines = under_rules(SCENARIO, ballots)
    assert {one.rule for one in lines} == set(rules.names()) and lines[0].own
    for one in lines:
        rule = counting.deciding(SCENARIO) if one.own else rule_of(SCENARIO, one.rule)
        assert one.carried == counting.carried(SCENARIO, rule, ballots)
    by_rule = {one.rule: one for one in lines}
    assert by_rule["consensus"].turn == 2  # two objections have to go
    assert by_rule["two-thirds"].turn == 3  # 12 to 2; 9 to 5 is no longer two yes for each no


def test_missed_deals_are_better_by_their_own_measure():
    look = looked(stance(5, "KEN", INITIATIVE, "endorse"))
    found = missed_deals(look.room, look.outcome)
    assert found
    for one in found:
        assert one.words and not set(one.better) & set(one.worse)
        if one.unhurt:
            backs = {seat for seat, stand in look.room.stands[one.text].items() if stand.stance == "endorse"}
            assert one.better and not backs & set(one.worse)
        else:
            assert one.gaining > one.gaining_now


def test_no_cell_of_the_table_runs_in_a_spreadsheet_and_no_line_is_lost():
    acts = log(
        (1, "KEN", "people", "note", {"to": "CHN", "words": '=cmd|" /C calc"!A0'}),
        (2, "KEN", "people", "note", {"to": "CHN", "words": "+1\r\n-2"}),
        (3, "CHN", "people", "offer", {"to": "KEN", "gives": "@SUM(A1)", "asks": "\tx"}),
    )
    rows = list(csv.DictReader(io.StringIO(acts_csv(acts), newline="")))
    assert [row["words"] for row in rows[:2]] == ['\'=cmd|" /C calc"!A0', "'+1\r\n-2"]
    assert (rows[2]["gives"], rows[2]["asks"]) == ("'@SUM(A1)", "'\tx")
    assert [json.loads(line)["payload"] for line in acts_jsonl(acts).splitlines()] == [
        act.payload for act in acts
    ]


@pytest.fixture
def lesson(tmp_path):
    """A class of fifteen seats in which somebody typed a name and rubbish wherever one can type."""
    with running(tmp_path / "rooms.sqlite") as one:
        kenya, china, desk = one.sit("KEN", NAME), one.sit("CHN"), one.desk()
        rubbish = f"<script>alert(1)</script> {NAME} \u202e{{{{7*7}}}} </textarea>"
        act = one.act
        act(desk, "part", {"part": 1})
        act(kenya, "stance", {"text": INITIATIVE, "stance": "oppose", "reason": rubbish})
        place = {"text": UN, "article": "10"}
        number = act(kenya, "propose", {**place, "words": rubbish, "places": {"capacity": 80}})[1]["number"]
        wording = {**place, "wording": f"proposal-{number}"}
        act(desk, "confirm", {**wording, "places": {}, "accept": True})
        number = act(kenya, "offer", {"to": "CHN", "gives": rubbish, "asks": rubbish})[1]["number"]
        act(china, "answer", {"number": number, "accept": True})
        act(china, "reply", {**wording, "reply": "accept"})
        act(china, "stance", {"text": UN, "stance": "endorse"})
        act(kenya, "note", {"to": "CHN", "words": rubbish})
        act(desk, "chair", {"words": rubbish})
        act(desk, "event", {"words": rubbish})
        one.kenya, one.china, one.desk_cookie = kenya, china, desk
        yield one


def opened_debrief(lesson):
    """Begin the last part."""
    last = len(opened(SCENARIO).programme) - 1
    assert lesson.act(lesson.desk_cookie, "part", {"part": last})[0] == 200


def test_nothing_secret_is_on_the_wire_before_the_last_part_begins(lesson):
    seats = opened(SCENARIO).seats
    secrets = {str(escape(goal.words)) for seat in seats for goal in card(SCENARIO, seat).goals}
    status, page, _ = lesson.ask(f"/room/{lesson.code}/mine", cookie=lesson.kenya)
    assert status == 403 and "Looking back" in page
    assert lesson.ask(f"/screen/{lesson.code}/debrief")[0] == 403
    for cookie in ("", lesson.kenya):
        for name in ("debrief", "debrief.html", "acts.csv", "acts.jsonl"):
            status, page, _ = lesson.ask(f"/desk/{lesson.code}/{name}", cookie=cookie)
            assert status == 403 and NAME not in page
    assert lesson.ask(f"/desk/{lesson.code}/debrief/KEN", cookie=lesson.desk_cookie)[0] == 403
    for name in ("debrief", "debrief.html"):
        file = within(lambda name=name: ready(lesson, name))
        assert not [one for one in secrets if one in file] and ": percentile" not in file
    opened_debrief(lesson)
    page = within(lambda: ready(lesson, f"/screen/{lesson.code}/debrief", ""))
    assert all(one in page for one in secrets) and ": percentile" in page
    lesson.act(lesson.desk_cookie, "part", {"part": 2})  # the chair goes back to the talks
    assert lesson.ask(f"/screen/{lesson.code}/debrief")[0] == 403


def ready(lesson, name, cookie=None):
    """A page of the desk as soon as it has the model in it."""
    cookie = lesson.desk_cookie if cookie is None else cookie
    status, page, _ = lesson.ask(name if name[0] == "/" else f"/desk/{lesson.code}/{name}", cookie=cookie)
    return page if status == 200 and "being worked out" not in page else None


def test_each_student_reads_the_own_card_and_what_others_replied(lesson):
    opened_debrief(lesson)
    page = within(lambda: ready(lesson, f"/room/{lesson.code}/mine", lesson.kenya))
    assert "Kenya, looking back" in page and "China accepts the offer of Kenya." in page
    assert "China accepts the wording of Kenya" in page and "not a prediction" in page
    assert "percentile of this seat" in page
    assert lesson.ask(f"/room/{lesson.code}/mine")[0] == 303
    assert NAME in page  # its own words
    same = within(lambda: ready(lesson, "debrief/KEN"))
    assert same.partition("<section")[2] == page.partition("<section")[2]
    assert lesson.ask(f"/desk/{lesson.code}/debrief/KEN", cookie=lesson.kenya)[0] == 403
    assert lesson.ask(f"/desk/{lesson.code}/debrief/ZZZ", cookie=lesson.desk_cookie)[0] == 404
    press = lesson.sit("press")
    assert lesson.ask(f"/room/{lesson.code}/mine", cookie=press)[0] == 403


def test_rubbish_that_people_typed_is_shown_as_words(lesson):
    opened_debrief(lesson)
    pages = [
        within(lambda: ready(lesson, "debrief")),
        within(lambda: ready(lesson, f"/screen/{lesson.code}/debrief", "")),
        within(lambda: ready(lesson, f"/room/{lesson.code}/mine", lesson.kenya)),
        within(lambda: ready(lesson, "debrief.html")),
    ]
    for page in pages:
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page
        assert "49 &lt;" not in page and "\u202e" not in page
        assert "not a prediction" in page
    names = [f"({NAME})" in page for page in pages]
    assert names == [True, False, False, True]  # who sat where is for the desk alone


def test_anonymous_files_tell_nothing_that_anybody_typed(lesson):
    opened_debrief(lesson)
    whole = {name: within(lambda name=name: ready(lesson, name)) for name in ("debrief.html", "acts.csv")}
    assert all(NAME in file for file in whole.values())
    for name in ("debrief.html", "acts.csv", "acts.jsonl"):
        file = within(lambda name=name: ready(lesson, f"{name}?anonymous=1"))
        assert "Quetzalcoatl" not in file and "alert(1)" not in file and "left out" in file.lower()
        assert "KEN" in file or "Kenya" in file
    acts = lesson.store.acts(lesson.code)
    lines = ready(lesson, "acts.jsonl?anonymous=1").splitlines()  # the model may have acted in between
    assert [json.loads(line)["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert len(lines) >= len(acts)
    assert not {"at", "key"} & set(json.loads(lines[0]))


def test_files_have_names_and_the_report_needs_no_network(lesson):
    opened_debrief(lesson)
    file = within(lambda: ready(lesson, "debrief.html"))
    assert "Plotly.newPlot" in file and '<script src="/' not in file and 'rel="stylesheet"' not in file


def test_a_room_is_written_into_a_folder_from_the_command_line(lesson, tmp_path, monkeypatch):
    from dashboards.classroom import server
    from dashboards.cli import build

    opened_debrief(lesson)
    monkeypatch.setattr(server, "data_file", lambda: tmp_path / "rooms.sqlite")
    asked = ["classroom", "--export", lesson.code.lower(), "--to", str(tmp_path / "out"), "--anonymous"]
    told = CliRunner().invoke(build(), asked)
    assert told.exit_code == 0, told.output
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "acts.csv",
        "acts.jsonl",
        "debrief.html",
    ]
    assert all(NAME not in file.read_text("utf-8") for file in (tmp_path / "out").iterdir())
    wrong = CliRunner().invoke(build(), ["classroom", "--export", "ZZZZZ"])
    assert wrong.exit_code == 2 and "there is no room ZZZZZ" in wrong.output
