"""How firm the groups of a run are: its supporters, its coalitions and its blocs, text by text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards.groups import labels_by_round
from dashboards.words import letter
from simulation.analyses.coalitions import likeness
from simulation.analyses.landscape import Move, descend, energy, lowest_found
from simulation.analyses.stability import Stability, stability
from simulation.opening import open_room
from simulation.results import observing

LINES = {1: "endorses", 0: "studies", -1: "opposes"}


class Circle(NamedTuple):
    """A group of delegations: its kind (supporters, coalition or bloc), key, name, and members (country,)."""

    kind: str
    key: str
    name: str
    members: NDArray[np.bool_]


class Firmness(NamedTuple):
    """The groups on a text, and how firm each of them is in the order of the groups."""

    circles: list[Circle]
    found: Stability


class Landscape(NamedTuple):
    """The energy of the coalitions found, the lowest energy found, and the moves down from the coalitions.

    Energies are divided by the weight of all pairs, so that they are the likeness of those who stand apart,
    −1 to 1, on the weighted average over pairs. Sides are the coalitions' letters by number, then one that is
    still empty, then one for each delegation that stands alone.
    """

    energy: float
    lowest: float
    moves: list[Move]
    coalitions: int


def firmness(results: Any, text: str, when: int = -1) -> Firmness:
    """How firm the supporters of a text, the coalitions and the blocs are in a round of the first replicate.

    Appeals and cut-points are those of that round, by default the last one, as each delegation met them,
    without chance; observers and groups without members are left out.
    """
    data = results.data
    here = data.sel(text=text).isel(round=when)
    stance, counting = here.stance.values[0], ~observing(data)
    groups = [_supporters(stance), *_coalitions(data, when), *_blocs(data)]
    circles = [one._replace(members=one.members & counting) for one in groups]
    circles = [one for one in circles if one.members.any()]
    found = stability(
        here.appeal.values,
        here.oppose_cut.values,
        here.endorse_cut.values,
        stance,
        np.array([one.members for one in circles]).reshape(len(circles), len(stance)),
        results.scenario.dynamics.precision,
    )
    return Firmness(circles, found._replace(would_join=found.would_join & counting))


def landscape(results: Any) -> Landscape:
    """How near the coalitions at the end of the first replicate are to the lowest energy found.

    Sizes are capabilities, 0 for observers; propensities the likeness that the coalitions are found by, −1 to
    1, half of stances and half of coded positions. Modularity sees only likeness above 0, the energy sees
    both.
    """
    data = results.data
    alike = likeness(open_room(results.scenario), data.stance.values[:1, -1])[0].astype(np.float64)
    propensity = (alike + alike.T) / 2
    sizes = np.where(observing(data), 0.0, data.capability.values.astype(np.float64))
    labels = labels_by_round(data)[-1]
    coalitions, alone = int(labels.max()) + 1, np.flatnonzero(labels < 0)
    sides = labels.copy()
    sides[alone] = coalitions + 1 + np.arange(len(alone))
    _, moves = descend(sides, sizes, propensity, coalitions + 1 + len(alone))
    _, lowest = lowest_found(sizes, propensity, [sides])
    pairs = float(sizes.sum() ** 2 - (sizes**2).sum()) or 1.0
    return Landscape(
        energy(sides, sizes, propensity) / pairs,
        lowest / pairs,
        [move._replace(change=move.change / pairs) for move in moves],
        coalitions,
    )


def on_the_line(results: Any, text: str, lines: NDArray[np.int8]) -> NDArray[np.float64]:
    """The share of replicates in which each delegation ends on each group's line (group, country)."""
    stance = results.data.sel(text=text).isel(round=-1).stance.values
    return np.array([(stance == line).mean(axis=0) for line in lines]).reshape(len(lines), stance.shape[1])


def side_name(found: Landscape, side: int) -> str:
    """A coalition's letter; a dash for a delegation alone; in words for one that is still empty."""
    return "a new one" if side == found.coalitions else letter(side if side < found.coalitions else -1)


def stability_rows(results: Any, firm: Mapping[str, Firmness]) -> tuple[list[str], list[list]]:
    """A row a text, group and member, weakest member first: how firm the group is, and the member in it.

    `firm` is how firm the groups on each text are: `firmness`.
    """
    data = results.data
    head = [
        *("text", "kind", "group", "line", "internally_stable", "externally_stable"),
        *("expected_defections", "outsiders_who_would_join", "iso3", "name", "stance", "margin"),
        *("chance_to_leave", "replicates_on_the_line"),
    ]
    rows = []
    countries, names = data.country.values.tolist(), data.name.values.tolist()
    for text in data.text.values.tolist():
        circles, found = firm[text]
        stance = data.stance.sel(text=text).values[0, -1].tolist()
        share = on_the_line(results, text, found.line).tolist()
        margin, chance = found.margin.tolist(), found.chance_to_leave.tolist()
        internal, external = found.internal.tolist(), found.external.tolist()
        defections, joining = found.expected_defections.tolist(), found.would_join.sum(axis=1).tolist()
        for place, circle in enumerate(circles):
            group = [
                *(text, circle.kind, circle.key, LINES[int(found.line[place])]),
                *(internal[place], external[place], round(defections[place], 4), joining[place]),
            ]
            for row in found.weakest_first(place):
                member = [countries[row], names[row], LINES[stance[row]]]
                numbers = (margin[place][row], chance[place][row], share[place][row])
                rows.append([*group, *member, *(round(value, 4) for value in numbers)])
    return head, rows


def _supporters(stance: NDArray[np.int8]) -> Circle:
    return Circle("supporters", "endorsing", "all who endorse", stance == 1)


def _coalitions(data: Any, when: int) -> list[Circle]:
    labels = labels_by_round(data)[when]
    return [
        Circle("coalition", letter(label), f"coalition {letter(label)}", labels == label)
        for label in range(int(labels.max()) + 1)
    ]


def _blocs(data: Any) -> list[Circle]:
    columns = zip(data.bloc.values.tolist(), data.bloc_name.values.tolist(), data.member.values, strict=True)
    return [Circle("bloc", key, name, inside.astype(bool)) for key, name, inside in columns]
