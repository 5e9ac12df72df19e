"""Who gains from what was agreed, and who paid for the agreement?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenarios.reference import development, groups
from simulation.analyses.fairness import counted_gains
from simulation.results import counted

if TYPE_CHECKING:
    from simulation.results import Results

Floats = NDArray[np.floating]
LEAST_MEMBERS = 3


class Burden(NamedTuple):
    """Gains over the reversion point in gain units, by replicate and delegation (R, N), observers left out:
    of the text as it was `tabled` and as it stands at the `end`; on the coded positions."""

    tabled: Floats
    end: Floats

    @property
    def change(self) -> Floats:
        """What redrafting brought each delegation; who lost by it paid for the agreement."""
        return self.end - self.tabled


class Group(NamedTuple):
    """Some delegations of a room: a word for them, of what `kind` they are (region, development, bloc), who
    belongs (N,), and how far members follow the line of a bloc (0–1)."""

    name: str
    kind: str
    members: NDArray[np.bool_]
    discipline: float = 0.0


def burden(results: Results, text: str) -> Burden:
    """What a text brings each delegation as tabled and at the end of every replicate; see `Burden`."""
    places = results.data.place.sel(text=text).values
    return Burden(*(counted_gains(results.scenario, places[:, when]) for when in (0, -1)))


def envy(gains: ArrayLike) -> Floats:
    """How much more others gain: e_i = Σ_j max(0, g_j − g_i) / N, for gains (…, N), in gain units.

    The degree of envy of Feldman & Kirman (1974), Fairness and envy, American Economic Review 64, with the
    gains from the one text that all share in the place of bundles. Its mean over delegations is the Gini of
    the gains times their mean, where nobody loses.
    """
    values = np.asarray(gains, dtype=np.float64)
    count = values.shape[-1]
    order = np.argsort(values, axis=-1, kind="stable")
    ranked = np.take_along_axis(values, order, axis=-1)
    above = np.cumsum(ranked[..., ::-1], axis=-1)[..., ::-1] - ranked
    more = np.arange(count - 1, -1, -1)
    found = np.empty_like(values)
    np.put_along_axis(found, order, (above - more * ranked) / count, axis=-1)
    return found


def groups_in(results: Results) -> list[Group]:
    """Regions, states by development, and blocs with three delegations or more in the room, in that order."""
    data = counted(results.data)
    countries, regions = data.country.values.tolist(), data.region.values
    named = [
        Group(str(region), "region", regions == region)
        for region in dict.fromkeys(regions.tolist())
        if region
    ]
    by_development = {**development(), "members of the OECD": groups()["OECD"]}
    named += [
        Group(word, "development", np.isin(countries, members)) for word, members in by_development.items()
    ]
    taken = {group.name for group in named}
    named += [
        Group(
            f"{bloc.name} (bloc)" if bloc.name in taken else bloc.name,
            "bloc",
            np.isin(countries, bloc.members),
            bloc.discipline,
        )
        for bloc in results.scenario.blocs.values()
    ]
    return [group for group in named if group.members.sum() >= LEAST_MEMBERS]
