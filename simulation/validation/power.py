"""Power that weights and a quota give: exact fractions for councils and parliaments."""

from __future__ import annotations

from fractions import Fraction

from simulation.analyses import unions
from simulation.analyses.power import banzhaf, shapley_shubik
from simulation.validation._cases import case
from simulation.validation._row import Row, each

TITLE, PLACE = "Power indices", 50
COUNTED = "counted exactly in rational arithmetic by an independent program"
ALLIED = (
    "Giménez & Puente (2019), The Owen and the Owen–Banzhaf values applied to the study of the Madrid "
    "Assembly and the Andalusian Parliament, table 1: seats of 2015, 65 of 129 needed"
)
PARTIES = {"PP": 48, "PSOE": 37, "Podemos": 27, "C's": 17}
NEEDED = 65
STRUCTURES = {  # who is allied with whom, the Owen and the Banzhaf–Owen values of each party
    "nobody allied": ([0, 1, 2, 3], "1/2 1/6 1/6 1/6", "3/4 1/4 1/4 1/4"),
    "PP and C's allied": ([0, 1, 2, 0], "2/3 0 0 1/3", "3/4 0 0 1/4"),
    "all others allied against PP": ([0, 1, 1, 1], "0 1/3 1/3 1/3", "0 1/4 1/4 1/4"),
}


def rows() -> list[Row]:
    """Shapley–Shubik and Banzhaf by weight, and their versions for allied parties."""
    return [row for name in case("power")["games"] for row in _game(name)] + _parliament()


def _game(name: str) -> list[Row]:
    game = case("power")["games"][name]
    weights = [weight for weight, members in game["weights"] for _ in range(members)]
    power, swings = shapley_shubik(weights, game["quota"]), banzhaf(weights, game["quota"])
    others = 2 ** (len(weights) - 1)
    made = []
    for weight, (share, turned) in game["indices"].items():
        members = [place for place, one in enumerate(weights) if one == int(weight)]
        # Members of one weight are alike: one that differed would show as no single number.
        for title, theirs, ours in (
            ("Shapley–Shubik index", Fraction(share), {power[place] for place in members}),
            ("swings", Fraction(turned), {swings[place] * others for place in members}),
        ):
            own = ours.pop() if len(ours) == 1 else "not alike"
            named = f"{title} of a weight of {weight}"
            made.append(Row(named, theirs, own, 0.0, f"{name}: {COUNTED}", "exact"))
    return made


def _parliament() -> list[Row]:
    seats = list(PARTIES.values())
    made = []
    for title, (union, owen, both) in STRUCTURES.items():
        for value, theirs, ours in (
            ("Owen value", owen, unions.owen(seats, NEEDED, union)),
            ("Banzhaf–Owen value", both, unions.banzhaf_owen(seats, NEEDED, union)),
        ):
            names = [f"{title}, {value} of {party}" for party in PARTIES]
            made += each(names, map(Fraction, theirs.split()), ours, 0.0, ALLIED, "published")
    return made
