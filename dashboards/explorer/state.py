"""What is chosen on a page, as it stands in its address: text, country, round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from agents.registry import UnknownEntry


class State(NamedTuple):
    """A text and a delegation by their keys, and a round: 0 is the opening, the highest the end."""

    text: str
    country: str
    round: int

    def address(self) -> str:
        """The state as the end of an address."""
        return urlencode(self._asdict())


def state_of(query: Mapping[str, str], results: Any) -> State:
    """The state that an address asks for; by default the first text, its weightiest delegation, the end.

    Raises UnknownEntry for a text, a delegation or a round that the run does not have.
    """
    data = results.data
    texts, countries = data.text.values.tolist(), data.country.values.tolist()
    rounds = [str(number) for number in range(data.sizes["round"])]
    weightiest = countries[int(data.capability.values.argmax())]
    return State(
        _known("text", query.get("text", texts[0]), texts),
        _known("delegation", query.get("country", weightiest), countries),
        int(_known("round", query.get("round", rounds[-1]), rounds)),
    )


def _known(what: str, name: str, known: list[str]) -> str:
    if name not in known:
        raise UnknownEntry(what, name, known)
    return name
