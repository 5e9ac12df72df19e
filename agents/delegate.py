"""A delegation played by a few lines of Python: the base class, what it sees, and how its file is found.

from agents.delegate import Delegate

class Cautious(Delegate):
    def stance(self, me, room):
        return "endorse" if me.gain["global-initiative"] > 0.1 else "study"
"""

from __future__ import annotations

import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from agents.registry import UnknownEntry

Value = TypeVar("Value")
Answer = str | Mapping[str, str] | None


class DelegateError(ValueError):
    """A delegate could not be found, failed, or gave an answer that is none; the message says so in words."""


class Delegate:
    """A delegation of your own: override `stance`.

    It is asked in every round, for each replicate, and again when the chamber votes or asks for objections. A
    word, "endorse", "study" or "oppose", is its stance on `text` (the scenario's first text, if that is
    None); a mapping gives a word for each text that it names; None changes nothing. On texts it says nothing
    about, it keeps its stance. Every replicate has a copy of its own, so what it notes on itself does not
    leak into another.
    """

    text: ClassVar[str | None] = None

    def stance(self, me: Own, room: Surroundings) -> Answer:
        """Where the delegation stands now, from what it sees of itself and of the room."""
        raise NotImplementedError("write a method stance(self, me, room)")


class Named(Mapping[str, Value], Generic[Value]):
    """Values by name, to be read only; a name that is not there is answered with the nearest one."""

    def __init__(self, what: str, names: Sequence[str], value: Callable[[int], Value]) -> None:
        self._what, self._names, self._value = what, names, value

    def __getitem__(self, name: str) -> Value:
        if name not in self._names:
            raise KeyError(str(UnknownEntry(self._what, str(name), list(self._names))))
        return self._value(self._names.index(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True)
class Own:
    """What a delegation knows of itself.

    - `iso3`, `name`
    - `gain`: what each text brings it against the reversion point, in gain units
    - `offers`: what it has been offered for its support of each text, in gain units
    - `stance`: where it stands on each text: "endorse", "study" or "oppose"
    - `trust`: its trust in each sponsor, −1 to 1
    - `position`: where it stands on each issue after the round's consultations, 0–100
    """

    iso3: str
    name: str
    gain: Mapping[str, float]
    offers: Mapping[str, float]
    stance: Mapping[str, str]
    trust: Mapping[str, float]
    position: Mapping[str, float]


@dataclass(frozen=True)
class Surroundings:
    """What a delegation sees of the room, as it stood when the answers of the round began.

    - `round`: 1 in the first round; `days_left`: how long the negotiation still goes on after this round
    - `share_endorsing`, `share_opposing`: of all delegations in the room but observers, 0–1, for each text
    - `peers`: the stances on each text of those to whom it listens, by their keys
    """

    round: int
    days_left: int
    share_endorsing: Mapping[str, float]
    share_opposing: Mapping[str, float]
    peers: Mapping[str, Mapping[str, str]]


def resolve(given: object, iso3: str) -> Delegate:
    """The delegate that somebody gave for a delegation: itself, or the one in the file at a path.

    Raises DelegateError for anything else.
    """
    if isinstance(given, str | Path):
        return from_file(given)
    if isinstance(given, type) and issubclass(given, Delegate):
        raise DelegateError(f"{iso3} was given the class {given.__name__}; write {given.__name__}()")
    if not isinstance(given, Delegate):
        raise DelegateError(
            f"{iso3} was given {given!r}, of type {type(given).__name__}; "
            "give a Delegate or the path of a Python file with one"
        )
    return given


def from_file(path: str | Path) -> Delegate:
    """The one subclass of `Delegate` that a plain Python file defines, ready to sit down.

    The file is executed: give only files that you trust. Raises DelegateError if it cannot be read or run,
    or does not define exactly one delegate.
    """
    file = Path(path)
    name = f"delegate_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if not file.is_file() or spec is None or spec.loader is None:
        raise DelegateError(f"there is no Python file {file}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        found = [one for one in vars(module).values() if _is_delegate_of(one, name)]
        if len(found) != 1:
            raise DelegateError(f"{file} defines {len(found)} delegates; one class must extend Delegate")
        return found[0]()
    except DelegateError:
        raise
    except Exception as error:
        raise DelegateError(f"{file} cannot be run: {_in_words(error, str(file))}") from error


def ask(delegate: Delegate, me: Own, room: Surroundings, texts: Sequence[str]) -> dict[str, str]:
    """What a delegate answers, as a word for each text it speaks about.

    Raises DelegateError, naming delegation, round and line, if it fails or speaks about a text that is not
    there.
    """
    try:
        answer = delegate.stance(me, room)
    except Exception as error:
        code = getattr(type(delegate).stance, "__code__", None)
        words = _in_words(error, code.co_filename if code else "")
        raise DelegateError(f"the delegate of {me.iso3} failed in round {room.round}: {words}") from error
    if answer is None:
        return {}
    spoken = dict(answer) if isinstance(answer, Mapping) else {delegate.text or texts[0]: answer}
    for text in spoken:
        if text not in texts:
            nearest = UnknownEntry("text", str(text), list(texts))
            raise DelegateError(f"the delegate of {me.iso3} spoke in round {room.round}: {nearest}")
    return spoken


def _is_delegate_of(value: object, module: str) -> bool:
    return isinstance(value, type) and issubclass(value, Delegate) and value.__module__ == module


def _in_words(error: Exception, file: str) -> str:
    """An error with the last line of the delegate's own file that led to it."""
    what = error.args[0] if isinstance(error, KeyError) and error.args else error
    lines = [one.lineno for one in traceback.extract_tb(error.__traceback__) if one.filename == file]
    lines += [error.lineno] if isinstance(error, SyntaxError) else []
    kind = "" if isinstance(error, KeyError) else f"{type(error).__name__}: "
    return f"{kind}{what}" + (f" (line {lines[-1]} of {Path(file).name})" if lines else "")
