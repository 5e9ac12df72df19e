"""Delegates that people write in Python: what they see, say and change, and how their mistakes are told."""

from __future__ import annotations

import re

import numpy as np
import pytest

from agents.delegate import Delegate, DelegateError, from_file
from agents.registry import UnknownEntry
from agents.response import STANCES
from simulation.model import NegotiationModel
from tests.generators import LIVELY, STATES, lively_room
from tests.seats import PAGE, changed, path_of, played


def answering(function, about: str | None = None) -> Delegate:
    """A delegate whose `stance` is a function of what it sees."""

    class Own(Delegate):
        text = about

        def stance(self, me, room):
            return function(me, room)

    return Own()


def test_the_examples_of_the_strategies_page_run_as_printed():
    names: dict[str, object] = {}
    for example in re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE):
        exec(compile(example, "docs/strategies.md", "exec"), names)
    model = names["negotiation"]
    assert isinstance(model, NegotiationModel)
    indonesia = model.room.countries.index("IDN")
    share = (model.record.stance[:, :, 0, 0] == 1).mean(axis=1)
    endorses = model.record.stance[1:, indonesia, 0, 0] == 1
    assert endorses.any() and not endorses[share[:-1] < 0.19].any()
    assert next(agent for agent in model.agents if agent.iso3 == "IDN").strategy == "delegate"


def test_a_delegate_sees_itself_and_the_room_and_changes_nothing():
    seen = []

    def look(me, room):
        seen.append((me, room))
        with pytest.raises(TypeError):
            me.gain["text-0"] = 9
        with pytest.raises(AttributeError):
            room.round = 9
        return None

    scenario = lively_room(3, dynamics={**LIVELY, "drafting": "off"})
    model = NegotiationModel(scenario, delegates={"BRA": answering(look)}, in_full=True)
    model.run_model()
    assert [room.round for _, room in seen] == [1, 2, 3, 4, 5, 5]
    assert [room.days_left for _, room in seen] == [4, 3, 2, 1, 0, 0]
    me, room = seen[2]
    row = model.room.countries.index("BRA")
    assert (me.iso3, me.name, dict(me.stance)) == ("BRA", "BRA", {"text-0": "study", "text-1": "study"})
    assert me.gain["text-0"] == pytest.approx(float(model.record.part[0, 3, row, 0, 0]))
    assert me.offers == {"text-0": 0, "text-1": 0}
    assert me.trust["CHN"] == pytest.approx(scenario.delegations["BRA"].trust["CHN"], abs=1e-6)
    assert set(me.position) == set(scenario.issues)
    before = model.record.before[3, :, :, 0]
    assert room.share_endorsing["text-1"] == (before[:, 1] == 1).mean()
    assert room.share_opposing["text-0"] == (before[:, 0] == -1).mean()
    listens_to = [STATES[peer] for peer in np.flatnonzero(model.room.listening[row])]
    assert list(room.peers) == listens_to
    for peer in listens_to:
        assert STANCES[room.peers[peer]["text-0"]] == before[STATES.index(peer), 0]


def test_a_delegate_speaks_about_the_first_text_the_one_it_names_or_several():
    scenario = changed(lively_room(3, red_lines=[]), BRA={"stance": -1})

    def ends(delegate: Delegate) -> list[str]:
        model = played(scenario, delegates={"BRA": delegate})
        return [path_of(model, "BRA", text)[-1] for text in (0, 1)]

    assert ends(answering(lambda me, room: "endorse")) == ["endorse", "oppose"]
    assert ends(answering(lambda me, room: "endorse", about="text-1")) == ["oppose", "endorse"]
    both = {"text-0": "study", "text-1": "endorse"}
    assert ends(answering(lambda me, room: both)) == ["study", "endorse"]


def test_red_lines_bind_a_delegate():
    line = {"delegation": "BRA", "issue": "issue-0", "min": 0, "max": 0.001, "kind": "forbids"}
    model = played(lively_room(3, red_lines=[line]), delegates={"BRA": answering(lambda me, room: "endorse")})
    assert path_of(model, "BRA")[1:] == ["oppose"] * 5


def test_every_replicate_has_a_delegate_of_its_own_that_is_asked_once_a_round():
    class Counting(Delegate):
        asked = 0

        def stance(self, me, room):
            self.asked += 1
            assert self.asked == room.round or room.days_left == 0
            return "endorse" if self.asked >= 3 else "study"

    seat = Counting()
    model = played(lively_room(3, red_lines=[]), replicates=range(4), delegates={"CHN": seat, "BRA": seat})
    row = model.room.countries.index("BRA")
    assert (model.record.stance[1:, row, 0] == np.array([0, 0, 1, 1, 1])[:, None]).all()
    assert seat.asked == 0


def test_a_delegate_is_found_in_a_plain_file(tmp_path):
    file = tmp_path / "my_delegate.py"
    file.write_text(
        "from agents.delegate import Delegate\n\n\n"
        "class Stern(Delegate):\n    def stance(self, me, room):\n        return 'oppose'\n",
        encoding="utf-8",
    )
    assert isinstance(from_file(file), Delegate)
    model = played(lively_room(3), delegates={"BRA": file, "DEU": str(file)})
    assert path_of(model, "BRA")[1:] == path_of(model, "DEU")[1:] == ["oppose"] * 5


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "defines 0 delegates"),
        ("from agents.delegate import Delegate\nclass A(Delegate): ...\nclass B(Delegate): ...", "defines 2"),
        ("class", r"cannot be run: SyntaxError: invalid syntax.*\(line 1 of broken.py\)"),
        ("\n1 / 0", r"cannot be run: ZeroDivisionError: division by zero \(line 2 of broken.py\)"),
    ],
)
def test_a_file_without_a_delegate_is_refused_in_words(tmp_path, content, message):
    file = tmp_path / "broken.py"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DelegateError, match=message):
        from_file(file)
    with pytest.raises(DelegateError, match="there is no Python file"):
        from_file(tmp_path / "missing.py")


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (
            lambda me, room: me.gain["txt-0"],
            "the delegate of BRA failed in round 1: there is no text 'txt-0'; did you mean 'text-0'?",
        ),
        (lambda me, room: me.trust["CHA"], "there is no sponsor 'CHA'; did you mean 'CHN'?"),
        (lambda me, room: room.peers["XXX"], "there is no peer 'XXX'"),
        (lambda me, room: 1 / 0, "failed in round 1: ZeroDivisionError: division by zero (line"),
        (
            lambda me, room: "yes",
            "the delegate of BRA answered on text-0 in round 1: 'yes' is no stance",
        ),
        (lambda me, room: {"text-7": "study"}, "spoke in round 1: there is no text 'text-7'"),
        (lambda me, room: 1, "1 is no stance; say endorse, study or oppose"),
    ],
)
def test_a_delegates_mistake_is_told_in_words(function, message):
    model = NegotiationModel(lively_room(3), delegates={"BRA": answering(function)})
    with pytest.raises(DelegateError, match=re.escape(message)):
        model.run_model()


def test_a_seat_that_is_not_there_or_not_filled_is_told_in_words():
    scenario = lively_room(3)
    with pytest.raises(UnknownEntry, match="there is no delegation 'BRZ'; did you mean 'BRA'"):
        NegotiationModel(scenario, delegates={"BRZ": answering(lambda me, room: None)})
    with pytest.raises(DelegateError, match=r"BRA was given the class Delegate; write Delegate\(\)"):
        NegotiationModel(scenario, delegates={"BRA": Delegate})
    with pytest.raises(DelegateError, match="BRA was given 3, of type int; give a Delegate or the path"):
        NegotiationModel(scenario, delegates={"BRA": 3})
    with pytest.raises(DelegateError, match=r"write a method stance\(self, me, room\)"):
        played(scenario, delegates={"BRA": Delegate()})
