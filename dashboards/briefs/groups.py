"""Which delegations look alike on the scales: a shape, a colour and a name for each region of the world."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from scenarios.reference import states
from scenarios.schema import Scenario

SHAPES = 6  # the last of them is for all smaller groups together
OTHERS = "other delegations"


class Group(NamedTuple):
    """A region with the number of its shape and colour, and its delegations."""

    name: str
    shape: int
    members: tuple[str, ...]


def grouped(scenario: Scenario) -> list[Group]:
    """The delegations by M49 region of the world, or for those that are no state by their own region.

    Largest group first; all beyond the fifth are one, if there are more than six.
    """
    region = {name: region_of(scenario, name) for name in scenario.delegations}
    order = [name for name, _ in Counter(region.values()).most_common()]
    if len(order) > SHAPES:
        kept = order[: SHAPES - 1]
        region = {name: where if where in kept else OTHERS for name, where in region.items()}
        order = [*kept, OTHERS]
    return [
        Group(where, shape, tuple(name for name, its in region.items() if its == where))
        for shape, where in enumerate(order)
    ]


def region_of(scenario: Scenario, name: str) -> str:
    """The region of the world in which a delegation counts."""
    known = states()
    return known[name].region if name in known else scenario.delegations[name].region or OTHERS
