"""The classroom: a real server, people at seats, and a desk."""

import pytest

from dashboards.classroom import model_seats
from dashboards.classroom.room import folded, opened
from dashboards.classroom.server import open_room
from dashboards.classroom.store import Store
from scenarios import load
from tests.classes import running
from tests.pages import within

TEXT = "un-text"


@pytest.fixture
def lesson(tmp_path):
    """A class of fifteen seats."""
    with running(tmp_path / "rooms.sqlite") as one:
        yield one


def stances(parts, text=TEXT):
    """Who stands where on a text, as pages see it."""
    return {seat: stance for stance, who in parts["support"][text].items() for seat, _ in who}


def test_what_a_delegation_does_is_on_disk_when_it_is_confirmed_and_seen_by_all(lesson):
    kenya = lesson.sit("KEN")
    status, found = lesson.act(kenya, "stance", {"text": TEXT, "stance": "endorse", "reason": "It is fair."})
    assert status == 200
    on_disk = {act.number: act for act in lesson.store.acts(lesson.code)}[found["number"]]
    assert (on_disk.seat, on_disk.by, on_disk.kind) == ("KEN", "people", "stance")
    seen = lesson.seen(enough=lambda parts: stances(parts)["KEN"] == "endorse")
    assert ["KEN", "It is fair."] in seen["support"][TEXT]["endorse"]
    assert seen["lines"][-1][3].startswith("Kenya endorses the ")


def test_the_same_question_twice_is_one_act(lesson):
    kenya = lesson.sit("KEN")
    asked = ("stance", {"text": TEXT, "stance": "oppose"}, "the-same-key")
    assert lesson.act(kenya, *asked) == lesson.act(kenya, *asked)
    assert [act.kind for act in lesson.store.acts(lesson.code)].count("stance") == 1
    france = lesson.sit("FRA")
    assert lesson.act(france, *asked)[0] == 200  # a key belongs to its seat
    assert [act.kind for act in lesson.store.acts(lesson.code)].count("stance") == 2


def test_three_share_a_seat_and_a_fourth_is_told_so(lesson):
    cookies = [lesson.sit("BRA", name) for name in "abc"]
    assert len(set(cookies)) == 3
    status, found, _ = lesson.ask(f"/join/{lesson.code}", {"seat": "BRA", "name": "d"})
    assert status == 409 and "three people already" in found["problem"]
    assert lesson.ask(f"/join/{lesson.code}", {"seat": "ZZZ", "name": ""})[0] == 422


def test_whoever_asks_for_any_seat_gets_an_empty_one(lesson):
    seats = len(opened(load("launch-2020-class")).seats)
    given = [lesson.ask(f"/join/{lesson.code}", {"seat": "", "name": ""})[1]["seat"] for _ in range(seats)]
    assert len(set(given)) == seats


def test_a_seat_moves_to_another_device_and_leaves_the_first(lesson):
    first = lesson.sit("IDN")
    code = lesson.ask(f"/room/{lesson.code}/move", {}, first)[1]["code"]
    status, found, cookies = lesson.ask(f"/join/{lesson.code}/moved", {"code": code.lower()})
    assert (status, found) == (200, {"seat": "IDN"})
    assert lesson.act(cookies[0], "stance", {"text": TEXT, "stance": "study"})[0] == 200
    assert lesson.act(first, "stance", {"text": TEXT, "stance": "study"})[0] == 401
    assert lesson.ask(f"/join/{lesson.code}/moved", {"code": code})[0] == 404  # a seat code works once


def test_delegations_do_nothing_that_is_for_the_desk(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    for kind, payload in [
        ("part", {"part": 1}),
        ("hand", {"seat": "FRA", "played": "model"}),
        ("undo", {"number": 1}),
    ]:
        assert lesson.act(kenya, kind, payload)[0] == 403
    assert lesson.act(desk, "vote", {"text": TEXT, "ballot": "yes"})[0] == 403
    assert lesson.ask(f"/desk/{lesson.code}/key", {"key": "guess"})[0] == 403
    page = lesson.ask(f"/desk/{lesson.code}/")[1]
    assert "The key that the terminal shows" in page and "Call the vote" not in page


def stance(**payload):
    """A question to take a stance."""
    return {"kind": "stance", "payload": payload, "key": "12345678"}


@pytest.mark.parametrize(
    ("document", "status"),
    [
        (b"\xff", 400),
        (b"[" * 5000, 400),
        (b"[1]", 400),
        ({"kind": "stance", "payload": {}, "key": "12345678"}, 422),
        ({"kind": "stance", "payload": {"text": TEXT, "stance": "maybe"}, "key": "12345678"}, 422),
        ({"kind": "nothing", "payload": {}, "key": "12345678"}, 422),
        ({"kind": "stance", "payload": {"text": TEXT, "stance": "study"}, "key": "short"}, 422),
        ({"kind": "stance", "payload": {"text": "none", "stance": "study"}, "key": "12345678"}, 409),
        (
            {
                "kind": "stance",
                "payload": {"text": TEXT, "stance": "study", "reason": "x" * 1001},
                "key": "12345678",
            },
            422,
        ),
        ({"kind": "stance", "payload": {"reason": "x" * 1_000_000}, "key": "12345678"}, 413),
    ],
)
def test_rubbish_is_refused_in_words_and_leaves_no_trace(lesson, document, status):
    kenya = lesson.sit("KEN")
    before = lesson.store.acts(lesson.code)
    got, found, _ = lesson.ask(f"/room/{lesson.code}/act", document, kenya)
    assert got == status and found["problem"]
    assert lesson.store.acts(lesson.code) == before


def test_requests_of_other_pages_are_refused(lesson):
    kenya = lesson.sit("KEN")
    asked = ("stance", {"text": TEXT, "stance": "study"})
    assert lesson.act(kenya, *asked, Origin="https://evil.example")[0] == 403
    assert lesson.act(kenya, *asked, Host="evil.example")[0] == 403
    assert lesson.act(kenya, *asked, X_Plenary="0")[0] == 403
    assert lesson.act("plenary-seat=guessed", *asked)[0] == 401


def test_ten_wrong_codes_a_minute_are_enough(lesson):
    assert [lesson.ask(f"/join/ZZZZ{number}")[0] for number in range(2, 10)] == [404] * 8
    assert [lesson.ask("/join/ZZZZZ")[0] for _ in range(3)] == [404, 404, 429]
    assert lesson.ask(f"/join/{lesson.code}")[0] == 429


def test_offers_and_notes_reach_their_two_sides_and_the_desk_alone(lesson):
    china, kenya, france, desk = lesson.sit("CHN"), lesson.sit("KEN"), lesson.sit("FRA"), lesson.desk()
    lesson.act(china, "offer", {"to": "KEN", "gives": "a fund in article 12", "asks": "your endorsement"})
    lesson.act(china, "note", {"to": "KEN", "words": "Shall we meet outside?"})
    for one in (china, kenya, desk):
        seen = lesson.seen(one, lambda parts: parts["notes"])
        assert seen["trades"][0]["gives"] == "a fund in article 12"
        assert seen["notes"][0]["words"] == "Shall we meet outside?"
    assert "fund in article 12" not in str(lesson.seen(france)) + str(lesson.seen())
    number = lesson.seen(kenya)["trades"][0]["number"]
    assert lesson.act(france, "answer", {"number": number, "accept": True})[0] == 409
    assert lesson.act(kenya, "answer", {"number": number, "accept": True})[0] == 200
    assert lesson.seen(china)["trades"][0]["answer"] == "accepted"


def test_words_in_a_bloc_are_for_its_members(lesson):
    indonesia, singapore, france = lesson.sit("IDN"), lesson.sit("SGP"), lesson.sit("FRA")
    assert lesson.act(france, "note", {"to": "bloc:ASEAN", "words": "hello"})[0] == 409
    lesson.act(indonesia, "note", {"to": "bloc:ASEAN", "words": "One voice?"})
    assert lesson.seen(singapore)["notes"][0]["words"] == "One voice?"
    assert lesson.seen(france)["notes"] == []


def test_own_words_go_into_brackets_and_the_chair_places_them(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    where = {"text": TEXT, "article": "10"}
    proposal = {**where, "words": "A fund of its own <b>", "places": {"capacity": 80}}
    number = lesson.act(kenya, "propose", proposal)[1]["number"]
    wording = {**where, "wording": f"proposal-{number}"}
    assert lesson.act(desk, "stand", wording)[0] == 409  # nobody has placed it yet
    assert lesson.act(desk, "confirm", {**wording, "places": {"capacity": 70}, "accept": True})[0] == 200
    assert lesson.act(desk, "stand", wording)[0] == 200
    article = lesson.seen()["drafts"][TEXT]["articles"]["10"]
    assert article["standing"] == wording["wording"]
    assert article["wordings"][wording["wording"]]["places"]["capacity"] == 70
    assert article["wordings"][wording["wording"]]["words"] == "A fund of its own <b>"


def test_silence_is_broken_by_one_objection(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    assert lesson.act(kenya, "object", {"words": "no"})[0] == 409
    assert lesson.act(desk, "open-silence", {"text": TEXT, "minutes": 2})[0] == 200
    assert lesson.act(kenya, "object", {"words": "Article 4."})[0] == 200
    lesson.act(desk, "close-silence")
    seen = lesson.seen()
    assert seen["drafts"][TEXT]["outcome"] == "" and seen["silence"]["objections"] == {"KEN": "Article 4."}
    lesson.act(desk, "open-silence", {"text": TEXT, "minutes": 2})
    lesson.act(desk, "close-silence")
    assert lesson.seen()["drafts"][TEXT]["outcome"] == "adopted"


def test_a_vote_counts_people_and_the_model_by_the_rule_of_the_scenario(lesson):
    seats = ("CHN", "KEN", "EGY")
    cookies, desk = [lesson.sit(seat) for seat in seats], lesson.desk()
    lesson.act(desk, "call-vote", {"text": TEXT})
    for cookie in cookies:
        assert lesson.act(cookie, "vote", {"text": TEXT, "ballot": "yes"})[0] == 200
    every = lesson.seen(enough=lambda parts: len(parts["votes"][TEXT]["ballots"]) >= 13)
    cast = every["votes"][TEXT]["ballots"]
    assert lesson.act(desk, "close-vote", {"text": TEXT})[0] == 200
    assert lesson.act(cookies[0], "vote", {"text": TEXT, "ballot": "no"})[0] == 409
    words = list(cast.values())
    assert lesson.seen()["votes"][TEXT]["carried"] == (words.count("yes") >= 2 * words.count("no"))


def test_the_desk_undoes_an_act_and_everything_is_as_if_it_had_not_been(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    before = lesson.seen()["support"]
    number = lesson.act(kenya, "stance", {"text": TEXT, "stance": "oppose"})[1]["number"]
    assert lesson.act(desk, "undo", {"number": number})[0] == 200
    assert lesson.seen()["support"] == before
    assert lesson.act(desk, "undo", {"number": number})[0] == 409


def test_muted_and_locked_rooms_say_so(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    lesson.act(desk, "mute", {"seat": "KEN", "muted": True})
    assert lesson.act(kenya, "ask-floor")[0] == 409
    lesson.act(desk, "mute", {"seat": "KEN", "muted": False})
    assert lesson.act(kenya, "ask-floor")[0] == 200
    lesson.act(desk, "lock", {"on": True})
    assert lesson.ask(f"/join/{lesson.code}", {"seat": "FRA", "name": ""})[0] == 423


def test_a_room_is_what_its_log_says_and_its_clock_goes_on(tmp_path):
    with running(tmp_path / "rooms.sqlite") as lesson:
        kenya, desk = lesson.sit("KEN"), lesson.desk()
        lesson.act(desk, "part", {"part": 0})
        lesson.act(kenya, "stance", {"text": TEXT, "stance": "oppose", "reason": "why"})
        lesson.act(desk, "pause")
        seen, code = lesson.seen(), lesson.code
    store = Store(tmp_path / "rooms.sqlite")
    (row,) = store.rooms()
    acts = store.acts(code)
    room = folded(load("launch-2020-class"), row.programme, acts)
    assert room.stands[TEXT]["KEN"].reason == "why" and room.paused
    assert room.ends == seen["programme"]["ends"]
    assert [act.number for act in acts] == list(range(1, len(acts) + 1))
    assert sorted(act.clock for act in acts) == [act.clock for act in acts]
    store.close()


def test_the_models_seats_hear_what_people_say():
    scenario = load("launch-2020-class")
    quiet, loud = opened(scenario), opened(scenario)
    for room in (quiet, loud):
        room.seats["CHN"].played = "people"
    for stand in loud.stands["global-initiative"].values():
        stand.stance = "oppose"
    for room in (quiet, loud):
        for _ in range(8):
            room.snapshots.append(room.snapshot())
    yes = [
        list(model_seats.ballots(room, 1, "global-initiative").values()).count("yes")
        for room in (quiet, loud)
    ]
    assert yes[1] < yes[0]
    assert "CHN" not in model_seats.ballots(quiet, 1, "global-initiative")


def test_the_model_plays_its_rounds_while_people_talk(tmp_path):
    with running(tmp_path / "rooms.sqlite") as lesson:
        desk = lesson.desk()
        lesson.act(desk, "part", {"part": 2})  # the opening statements are over: 2 of 8 rounds are due
        within(lambda: [act.kind for act in lesson.store.acts(lesson.code)].count("round") >= 2)
        model = [act for act in lesson.store.acts(lesson.code) if act.by == "model"]
        assert {act.kind for act in model} <= {"stance"}


def test_a_seat_learns_what_a_text_brings_it_and_the_models_advice_only_if_the_desk_shows_it(lesson):
    kenya, desk = lesson.sit("KEN"), lesson.desk()
    status, found, _ = lesson.ask(f"/room/{lesson.code}/why/{TEXT}", cookie=kenya)
    assert status == 200 and found["advice"] == "" and found["weighed"]
    gains = [abs(one["gain"]) for one in found["weighed"]]
    assert gains == sorted(gains, reverse=True)
    lesson.act(desk, "advice", {"on": True})
    assert lesson.ask(f"/room/{lesson.code}/why/{TEXT}", cookie=kenya)[1]["advice"] in (
        "endorse",
        "study",
        "oppose",
    )
    assert lesson.ask(f"/room/{lesson.code}/why/none", cookie=kenya)[0] == 404
    assert lesson.ask(f"/room/{lesson.code}/why/{TEXT}")[0] == 401


def test_one_server_keeps_several_rooms_apart(lesson):
    other, key = open_room(lesson.store, "launch-2020-class-12")
    kenya = lesson.sit("KEN")
    status, _, cookies = lesson.ask(f"/join/{other}", {"seat": "CHN", "name": ""})
    assert status == 200
    asked = {"kind": "stance", "payload": {"text": TEXT, "stance": "oppose"}, "key": "12345678"}
    assert lesson.ask(f"/room/{other}/act", asked, cookies[0])[0] == 200
    assert lesson.ask(f"/room/{other}/act", asked, kenya)[0] == 401  # a seat belongs to its room
    assert lesson.ask(f"/room/{lesson.code}/act", asked, cookies[0])[0] == 401
    assert lesson.ask(f"/desk/{other}/key", {"key": lesson.key})[0] == 403
    assert lesson.ask(f"/desk/{other}/key", {"key": key})[0] == 200
    assert [act.kind for act in lesson.store.acts(lesson.code)].count("stance") == 0
