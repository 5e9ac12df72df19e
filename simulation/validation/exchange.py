"""The exchange of voting positions, as far as two independent programs agree on it.

Outcomes at the start, how many exchanges are possible, the first ones that come about and where the next
round starts. After the first exchanges programs differ by ties, and nothing is claimed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.reference_models import exchange
from simulation.reference_models._base import Held, held, weighted_mean
from simulation.reference_models._offers import opening, stakes, terms
from simulation.validation._cases import case
from simulation.validation._row import Kind, Row, each

TITLE, PLACE = "Exchange of positions", 70
PROGRAM = "github.com/foarsitter/decide-exchange-model at 51dee66, equal gain, and an independent program"
SOURCES = {
    "toll": f"City toll, ten actors and six issues: run of {PROGRAM}",
    "copenhagen_2009": f"Copenhagen 2009, eleven actors and seven issues: run of {PROGRAM}",
}
KIND: Kind = "third-party run"


def room_of(name: str) -> tuple[dict[str, Any], Held]:
    """A case and its inputs; unknown cells are NaN."""
    found = case(name)
    positions, salience = (np.array(found[key], dtype=float) for key in ("positions", "salience"))
    return found, held(positions, salience, found["capability"], np.zeros(len(found["issues"])))


def rows() -> list[Row]:
    """The rows of both cases."""
    return [row for name, source in SOURCES.items() for row in _case(name, source)]


def _case(name: str, source: str) -> list[Row]:
    found, room = room_of(name)
    outcome = weighted_mean(room.positions, room.weight)
    names = [f"outcome at the start, {issue}" for issue in found["issues"]]
    made = each(names, found["outcome"], outcome, 1e-9, source, KIND)
    gains, _ = terms(opening(room), stakes(room), room.positions.ravel(), np.zeros(room.positions.size))
    made.append(Row("exchanges that are possible", found["offers"], len(gains), 0.0, source, KIND))
    made.append(Row("of them with a gain", found["valid"], int((gains > 0).sum()), 0.0, source, KIND))
    return made + _trades(found, room, source) + [_next(found, room, source)]


def _trades(found: dict[str, Any], room: Held, source: str) -> list[Row]:
    """Who trades what, what each gains and where both end, in the first exchanges that come about."""
    made = []
    trades = exchange.exchange(room)[1]
    for number, (wanted, trade) in enumerate(zip(found["trades"], trades, strict=False), start=1):
        title = f"exchange {number}"
        told = [_told(found, *map(int, one[:4])) for one in (wanted, trade)]
        made.append(Row(f"{title}, who gives what", told[0], told[1], 0.0, source, KIND))
        made.append(Row(f"{title}, gain", wanted[4], trade.gain, 1e-9, source, KIND))
        ends = [f"{title}, {which} ends at" for which in ("first", "second")]
        made += each(ends, wanted[6::2], (trade.first_to, trade.second_to), 1e-7, source, KIND)
    return made


def _told(found: dict[str, Any], first: int, gives: int, second: int, returns: int) -> str:
    actors, issues = found["actors"], found["issues"]
    return f"{actors[first]}: {issues[gives]}; {actors[second]}: {issues[returns]}"


def _next(found: dict[str, Any], room: Held, source: str) -> Row:
    """How far the start of the next round lies from that of the other program, at the worst of all cells."""
    start = exchange.next_start(room, np.array(found["next"]["voted"], dtype=float))
    apart = np.abs(start - np.array(found["next"]["start"], dtype=float))
    unknown = np.isnan(room.positions)
    worst = float(apart[~unknown].max()) if np.isnan(apart[unknown]).all() else np.nan
    return Row("start of the next round, farthest from theirs", 0.0, worst, 1e-9, source, KIND)
