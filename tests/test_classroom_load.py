"""The classroom under load: what changes, who is told, and how fast, on a real server."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.classroom import measure, slack
from dashboards.classroom.changes import change, merged
from dashboards.classroom.channel import Channel
from tests.classes import running

values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)
shown = st.dictionaries(st.sampled_from(["seats", "drafts", "votes"]), values, min_size=3, max_size=3)


@given(values, values)
def test_a_change_leads_from_what_was_to_what_is(old, new):
    found = change(old, new)
    if found is not None:
        assert merged(old, found) == new


@given(st.lists(shown, min_size=2, max_size=8), st.data())
def test_a_page_that_is_behind_gets_to_what_is(states, data):
    channel, versions = Channel(), []
    for number, state in enumerate(states):
        channel.take(state, number, 0.0)
        versions.append(channel.version)
    behind = data.draw(st.integers(0, len(states) - 1))
    whole, changes = channel.since(versions[behind])
    page = states[behind] | json.loads("{" + whole + "}")
    for name, one in json.loads("{" + changes + "}").items():
        page[name] = merged(page[name], one)
    assert page == states[-1]
    assert json.loads("{" + channel.since(0)[0] + "}") == states[-1]


def test_a_page_that_is_too_far_behind_gets_everything():
    channel = Channel()
    for number in range(100):
        channel.take({"lines": [number], "drafts": {"a": number, "b": 1}}, number, 0.0)
    assert channel.since(99) == ('"lines":[99]', '"drafts":{"a":99}')
    assert json.loads("{" + channel.since(5)[0] + "}") == {"lines": [99], "drafts": {"a": 99, "b": 1}}
    assert channel.since(100) == ("", "")


def test_sixty_clients_act_within_a_blink_and_all_hear_of_it(tmp_path):
    found = measure(tmp_path, clients=60, seconds=2.0)
    assert found.within(0.95) <= 0.3 * slack()  # short, so that one slow moment counts much
    assert found.confirmed <= found.heard <= 2.5


@pytest.mark.long
def test_two_hundred_clients_in_a_room_of_193_seats(tmp_path):
    found = measure(tmp_path, clients=200, seconds=15.0)
    assert found.within(0.95) <= 0.15 * slack()
    assert found.confirmed <= found.heard <= 2.5
    assert found.sent <= 60_000  # bytes a second for a phone


def test_a_seat_sees_its_last_notes_and_every_offer_that_waits(tmp_path):
    with running(tmp_path / "rooms.sqlite") as lesson:
        china, kenya = lesson.sit("CHN"), lesson.sit("KEN")
        for number in range(20):
            assert lesson.act(china, "offer", {"to": "KEN", "gives": f"gift {number}", "asks": "x"})[0] == 200
        status, found = lesson.act(china, "offer", {"to": "KEN", "gives": "more", "asks": "x"})
        assert status == 409 and "wait for an answer" in found["problem"]
        assert len(lesson.seen(kenya)["trades"]) == 20
