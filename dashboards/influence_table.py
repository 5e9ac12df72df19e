"""The influence ledger of a text as tables that add up."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboards.words import signed
from simulation.analyses.influence import Arrows, strongest

NAMED = 15  # delegations with a line of their own among those to whom endorsements are owed
Line = tuple[str, float]


def arrows_of(data: Any, text: str) -> Arrows:
    """The strongest credits of a text, as the figure draws them."""
    return strongest(data.credit.sel(text=text).values)


def credit_rows(data: Any, text: str) -> tuple[list[str], list[list[str]]]:
    """Who added how much to whose appeal, strongest first; ends with all other pairs and all together."""
    found, names = arrows_of(data, text), data.name.values
    rows = [
        [str(names[giver]), str(names[receiver]), signed(credit, 3)]
        for giver, receiver, credit in zip(found.giver, found.receiver, found.credit.tolist(), strict=True)
    ]
    rows.append(["all other pairs", "", signed(found.rest, 3)])
    rows.append(["all together", "", signed(found.rest + float(found.credit.sum()), 3)])
    return ["who moved", "whom", "credit in gain units"], rows


def owed_lines(data: Any, text: str) -> list[Line]:
    """To whom or what the change in support is owed, in endorsements: delegations with most first, the others
    together, then what no delegation did, then the whole change; the lines before it add up to it."""
    owed = data.owed.sel(text=text).values
    order = np.argsort(-owed, kind="stable")
    lines = [(str(data.name.values[row]), float(owed[row])) for row in order[:NAMED]]
    if len(order) > NAMED:
        lines.append(("all other delegations", float(owed[order[NAMED:]].sum())))
    apart = data.owed_apart.sel(text=text)
    lines += list(zip(apart.apart.values.tolist(), apart.values.tolist(), strict=True))
    return [*lines, ("change in endorsements", sum(value for _, value in lines))]


def owed_rows(data: Any, text: str) -> list[list[str]]:
    """The same as cells."""
    return [[name, signed(value, 2)] for name, value in owed_lines(data, text)]
