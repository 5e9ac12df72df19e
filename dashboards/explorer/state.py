"""What is chosen on a page, as it stands in its address: text, delegation, coalition, round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from agents.registry import UnknownEntry
from dashboards.groups import consensus_groups
from dashboards.words import letter


class State(NamedTuple):
    """A text and a delegation by their keys, and a round: 0 is the opening, the highest the end. `coalition`
    is the letter of one over all replicates, or an empty word."""

    text: str
    country: str
    round: int
    coalition: str = ""

    def address(self) -> str:
        """The state as the end of an address."""
        return urlencode({name: one for name, one in self._asdict().items() if one != ""})


def coalitions(data: Any) -> dict[str, list[str]]:
    """The members of the coalitions over all replicates, by letter."""
    countries = data.country.values
    return {letter(place): countries[rows].tolist() for place, rows in enumerate(consensus_groups(data))}


def state_of(query: Mapping[str, str], results: Any) -> State:
    """The state that an address asks for; by default the first text, its weightiest delegation, the end,
    and no coalition.

    Raises UnknownEntry for a text, a delegation, a round or a coalition that the run does not have.
    """
    data = results.data
    texts, countries = data.text.values.tolist(), data.country.values.tolist()
    rounds = [str(number) for number in range(data.sizes["round"])]
    weightiest = countries[int(data.capability.values.argmax())]
    return State(
        _known("text", query.get("text", texts[0]), texts),
        _known("delegation", query.get("country", weightiest), countries),
        int(_known("round", query.get("round", rounds[-1]), rounds)),
        _known("coalition", query.get("coalition", ""), ["", *coalitions(data)]),
    )


def _known(what: str, name: str, known: list[str]) -> str:
    if name not in known:
        raise UnknownEntry(what, name, known)
    return name
