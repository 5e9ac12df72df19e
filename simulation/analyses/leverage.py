"""On whom does it turn? Power, the cheapest coalition and who can block, from the results of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.preferences import outside, whose
from agents.response import ENDORSE, OPPOSE
from simulation import rules
from simulation.analyses.bargains import Bargain, cheapest, smallest_block
from simulation.analyses.unions import partition
from simulation.analyses.voting_game import Power, power_of
from simulation.opening import open_room
from simulation.results import Results, counted
from simulation.room import Room
from simulation.rules._carrying import needs
from simulation.rules._needs import Needs, carried
from simulation.wording import places

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
UNMOVED = ("fixed", "human", "scripted")  # strategies that answer without looking at their appeal


class OnText(NamedTuple):
    """Who can carry or stop a text at the end of the first replicate.

    `to_yes` and `to_neither` (country,) are the prices of concession; `bargain` is the cheapest coalition
    that carries, None if no concession does; `opposed` (country,) who opposes in public or leans against it;
    `block` (country,) the smallest blocking minority among these, None if they cannot block.
    """

    to_yes: Floats
    to_neither: Floats
    bargain: Bargain | None
    opposed: Flags
    block: Flags | None


class Leverage(NamedTuple):
    """What delegations could do under the rule, observers left out: their keys and names, each one's `union`
    by key (country,), the `power` of all, how many suffice to stop a text if anybody takes part, `fewest` (0:
    nobody can), who can stop it all alone, `alone` (country,), and what holds `by_text`."""

    countries: Sequence[str]
    names: Sequence[str]
    union: Sequence[str]
    power: Power
    fewest: int
    alone: Flags
    by_text: Mapping[str, OnText]


def leverage(results: Results) -> Leverage:
    """Power under the rule of a run, and on each text the cheapest winning coalition and blocking minority.

    Nothing is run again. Power knows no preferences (`voting_game.power_of`), and takes blocs as unions
    (`unions.partition`). Prices are those of `prices`; coalitions those of `bargains.cheapest` and
    `bargains.smallest_block`, where those opposed who lack most for a yes are taken first. Texts that never
    came to the table are left out.
    """
    scenario = results.scenario
    room = open_room(scenario)
    asked = needs(room, scenario.rule)
    data = counted(results.data)
    countries, names = data.country.values.tolist(), data.name.values.tolist()
    union = partition(countries, scenario.blocs)
    fewest = smallest_block(asked, np.ones(len(union), dtype=bool))
    return Leverage(
        countries,
        names,
        union,
        power_of(asked, union),
        0 if fewest is None else int(fewest.sum()),
        ~carried(asked, ~np.eye(len(union), dtype=bool)),
        {
            text: _on(results.data, room, asked, text)
            for text in room.texts
            if np.isfinite(results.data.appeal.sel(text=text).values[-1]).all()
        },
    )


def prices(data: Any, room: Room, text: str) -> tuple[Floats, Floats]:
    """What it takes to bring each delegation to yes, and to neither yes nor no (country,), in gain units.

    How far its appeal A lies below the cut-points c2 of endorsing and c1 of opposing, as it met them in the
    last round of the first replicate, chance left out: max(0, c2 − A) and max(0, c1 − A). Where one no
    blocks, c1 lies lower by the cost of standing alone. A broken red line is not for sale: who forbids the
    text stays with no, who misses a requirement comes no further than neither. Strategies that do not look at
    their appeal stay where they are.
    """
    here = data.sel(text=text).isel(round=-1)
    appeal, lower, upper = (
        here[name].values.astype(np.float64) for name in ("appeal", "oppose_cut", "endorse_cut")
    )
    if rules.find(room.scenario.rule.name).one_no_blocks:
        lower = lower - room.dynamics.block_cost
    to_yes, to_neither = np.maximum(upper - appeal, 0), np.maximum(lower - appeal, 0)
    forbidden, unmet = _broken(data, room, text)
    to_yes[forbidden | unmet] = np.inf
    to_neither[forbidden] = np.inf
    unmoved = np.isin([one.strategy for one in room.scenario.delegations.values()], UNMOVED)
    stance = here.stance.values[0]
    to_yes[unmoved] = np.where(stance == ENDORSE, 0, np.inf)[unmoved]
    to_neither[unmoved] = np.where(stance == OPPOSE, np.inf, 0)[unmoved]
    return to_yes, to_neither


def _on(data: Any, room: Room, asked: Needs, text: str) -> OnText:
    """Who can carry or stop one text."""
    to_yes, to_neither = (price[room.counted] for price in prices(data, room, text))
    here = counted(data).sel(text=text).isel(round=-1)
    opposed = (here.stance.values[0] == OPPOSE) | (here.lean.values[0] == OPPOSE)
    lacking = (here.endorse_cut.values - here.appeal.values).astype(np.float64)
    return OnText(
        to_yes,
        to_neither,
        cheapest(asked, to_yes, to_neither),
        opposed,
        smallest_block(asked, opposed, lacking),
    )


def _broken(data: Any, room: Room, text: str) -> tuple[Flags, Flags]:
    """Of whom the text's last wording in the first replicate breaks a red line that forbids, and of whom one
    that requires (country,)."""
    wording = room.wordings[room.texts.index(text)]
    chosen = data.wording.sel(text=text).values[0, -1, : len(wording.articles)]
    place, silent = places(wording, chosen, room.reversion)
    found = np.zeros((2, len(room.countries)), dtype=bool)
    found[:, room.red_lines.owners] = whose(outside(place, silent, room.red_lines), room.red_lines)
    found[:, room.unbound] = False
    return found[0], found[1]
