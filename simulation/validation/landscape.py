"""Landscape theory: energies and stable divisions, alone and as a special case of the model.

Sides before the Second World War are not replicated: the propensities of 1936 were never printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.analyses.landscape import changes, descend, energy, frustration
from simulation.draws import Draws
from simulation.model import NegotiationModel
from simulation.phases.consultations import consult
from simulation.validation._cases import case
from simulation.validation._rooms import chamber_of, finished
from simulation.validation._row import Row, each

TITLE, PLACE = "Landscape theory", 80
PAPER = (
    "Axelrod & Bennett (1993), A landscape theory of aggregation, British Journal of Political Science 23, "
    "211–233"
)
FIRMS = f"{PAPER}: nine computer firms, 1988, table 2"
POWERS = f"{PAPER}: five great powers with sizes of 1936, all propensities −1"
DRAWN = f"{PAPER}: the model itself with signed ties, in drawn landscapes"
MIDDLE_EAST = "Eleven actors in the Middle East, 2016: tables of github.com/alexanderfurnas/Landscape_Theory"
FLAT = 1e-9
Floats = NDArray[np.float64]


def rows() -> list[Row]:
    """Firms, powers, the Middle East and the model itself."""
    return _firms() + _powers() + _middle_east() + _model_itself()


def divisions(actors: int) -> Iterator[NDArray[np.int64]]:
    """Every way of dividing actors between two sides, the first actor always on side 0."""
    for number in range(2 ** (actors - 1)):
        yield np.array([0, *(number >> bit & 1 for bit in range(actors - 1))])


def minima(sizes: Floats, propensity: Floats) -> dict[frozenset[int], float]:
    """The first actor's side and the energy of each division that no single switch lowers."""
    return {
        frozenset(np.flatnonzero(sides == 0).tolist()): energy(sides, sizes, propensity)
        for sides in divisions(len(sizes))
        if changes(sides, sizes, propensity, 2).min() >= -FLAT
    }


def repelling(kinds: list[str]) -> Floats:
    """Propensity −1 between those of one kind, 0 between the others."""
    kind = np.array(kinds)
    return -1.0 * ((kind[:, None] == kind) & ~np.eye(len(kinds), dtype=bool))


def _named(found: dict[str, Any], side: frozenset[int]) -> str:
    return ", ".join(found["actors"][row] for row in sorted(side))


def _stable(found: dict[str, Any], propensity: Floats) -> dict[str, float]:
    """Stable divisions by the names on the first actor's side, with their energies."""
    stable = minima(np.array(found["sizes"]), propensity)
    return {_named(found, side): value for side, value in stable.items()}


def _firms() -> list[Row]:
    found = case("unix_1988")
    names, sizes, propensity = found["actors"], np.array(found["sizes"]), repelling(found["kinds"])
    stable = _stable(found, propensity)
    ends = Counter(
        frozenset(np.flatnonzero(end == end[0]).tolist())
        for end, _ in (descend(sides, sizes, propensity, 2) for sides in divisions(len(names)))
    )
    basins = {_named(found, side): count for side, count in ends.items()}
    made = [
        Row("divisions of nine", 256, sum(basins.values()), 0.0, FIRMS, "published"),
        Row("of them stable", 2, len(stable), 0.0, FIRMS, "published"),
    ]
    for wanted in found["minima"]:
        side = ", ".join(wanted["side"])
        told = side if side in stable else "not stable"
        made.append(Row(f"stable: {side}", side, told, 0.0, FIRMS, "published"))
        ours = stable.get(side, np.nan)
        made.append(Row(f"energy of {side}", wanted["energy"], ours, FLAT, FIRMS, "exact"))
        basin = basins.get(side, 0)
        made.append(Row(f"basin of {side}", wanted["basin"], basin, 0.0, FIRMS, "published"))
    # Nearest to what happened: the stable division in which least size stands on the wrong side.
    joined = np.array(found["joined"]) == found["joined"][0]
    wrong = [np.isin(names, side.split(", ")) != joined for side in stable]
    nearest = min(wrong, key=lambda astray: float(sizes[astray].sum()))
    astray = ", ".join(np.array(names)[nearest])
    share = float(1 - sizes[nearest].sum() / sizes.sum())
    made.append(Row("misplaced firms", ", ".join(found["misplaced"]), astray, 0.0, FIRMS, "published"))
    made.append(Row("share of size placed right", found["share_correct"], share, 0.005, FIRMS, "published"))
    return made


def _powers() -> list[Row]:
    found = case("great_powers_1936")
    stable = _stable(found, repelling(["power"] * 5))
    made = [Row("stable divisions", 4, len(stable), 0.0, POWERS, "exact")]
    for wanted in found["minima"]:
        side = ", ".join(name for name in found["actors"] if name in wanted["side"])
        ours = stable.get(side, np.nan)
        made.append(Row(f"energy of {side}", wanted["energy"], ours, FLAT, POWERS, "exact"))
    return made


def _middle_east() -> list[Row]:
    found = case("middle_east_2016")
    names, sizes, propensity = found["actors"], np.array(found["sizes"]), np.array(found["propensity"])
    every = list(divisions(len(names)))
    energies = [energy(sides, sizes, propensity) for sides in every]
    wanted = found["minimum"]
    side = np.isin(names, wanted["side"]).astype(int)
    stable = minima(sizes, propensity)
    ends = Counter(tuple(descend(sides, sizes, propensity, 2)[0] == side) for sides in every)
    basin = sum(count for same, count in ends.items() if all(same) or not any(same))
    told = "; ".join(_named(found, frozenset(range(len(names))) - one) for one in stable)
    source = MIDDLE_EAST
    made = [
        Row("divisions", 1024, len(every), 0.0, source, "published"),
        Row("stable divisions", 1, len(stable), 0.0, source, "exact"),
        Row("second side of the stable one", ", ".join(wanted["side"]), told, 0.0, source, "exact"),
        Row("lowest energy", wanted["energy"], min(energies), 1e-6, source, "published"),
        Row("basin of the stable one", wanted["basin"], basin, 0.0, source, "exact"),
        Row("sum of all energies", found["sum"], sum(energies), 1e-6, source, "published"),
    ]
    suffered = sizes * frustration(side, sizes, propensity)
    titles = [f"frustration at the lowest, {name}" for name in names]
    made += each(titles, found["suffered"], suffered, 1e-6, source, "exact")
    for one in found["energies"]:
        ours = energy(np.isin(names, one["side"]).astype(int), sizes, propensity)
        title = f"energy of {', '.join(one['side'])}"
        made.append(Row(title, one["energy"], ours, 1e-6, source, "published"))
    return made


def drawn(seed: int, actors: int) -> tuple[Floats, Floats, np.random.Generator]:
    """Sizes and symmetric propensities as drawn, and the generator that drew them."""
    generator = np.random.default_rng(seed)
    propensity = generator.normal(size=(actors, actors))
    propensity = (propensity + propensity.T) / 2
    np.fill_diagonal(propensity, 0)
    return generator.uniform(1, 10, actors), propensity, generator


def _room(sizes: Floats, propensity: Floats, **more: Any) -> Any:
    """A chamber whose only force is what each hears from the others, signed and weighed by size."""
    return chamber_of(
        np.full((len(sizes), 1), 50.0),
        texts=[[50.0]],
        reversion=50.0,
        ties=propensity * sizes[None, :],
        dynamics={"peer_weight": 1.0, "endorse_threshold": 0.0, "oppose_threshold": 0.0},
        **more,
    )


def _model_itself() -> list[Row]:
    made = []
    for seed in range(5):
        sizes, propensity, _ = drawn(seed, 8)
        expected = minima(sizes, propensity)
        differing = len(_left_alone(sizes, propensity) ^ set(expected))
        title = f"landscape {seed + 1}: stances that stay and are no minimum, or the reverse"
        made.append(Row(title, 0, differing, 0.0, DRAWN, "exact"))
    rises = int((np.diff(walk()) > FLAT).sum())
    made.append(Row("moves one at a time that raise the energy", 0, rises, 0.0, DRAWN, "exact"))
    return made


def _left_alone(sizes: Floats, propensity: Floats) -> set[frozenset[int]]:
    """The divisions that the model leaves as they are, by the first actor's side."""
    actors = len(sizes)
    stances = np.array([1 - 2 * sides for sides in divisions(actors)]).T
    model = NegotiationModel(_room(sizes, propensity), range(stances.shape[1]), dtype=np.float64)
    model.chamber.stance[:, 0] = stances
    consult(model)
    pull = model.chamber.heard[:, 0]
    stays = (np.where(pull == 0, stances, np.sign(pull)) == stances).all(axis=0)
    return {frozenset(np.flatnonzero(one == 1).tolist()) for one in stances[:, stays].T}


def walk(actors: int = 9, rounds: int = 90) -> list[float]:
    """The energy by round if one delegation is instructed a round."""
    sizes, propensity, generator = drawn(3, actors)
    opening = [{"stance": int(stance)} for stance in generator.choice([-1, 1], actors)]
    turns = np.zeros((rounds, actors, 1), dtype=bool)
    turns[np.arange(rounds), np.arange(rounds) % actors] = True
    draws = Draws(
        chance=np.zeros((rounds, actors, 1, 1)),
        instructed=turns,
        vote_chance=np.zeros((actors, 1, 1)),
        absent=np.zeros((actors, 1), dtype=bool),
    )
    model = finished(_room(sizes, propensity, rounds=rounds, delegations=opening), draws=draws)
    return [energy(stances, sizes, propensity) for stances in model.record.stance[:, :, 0, 0]]
