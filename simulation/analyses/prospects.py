"""What would each wording of a text bring? Gains, expected support, ambition, all else as it ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import bargaining, preferences
from simulation.analyses.wordings import Amount, Places, places_of
from simulation.ending import Ending
from simulation.sheets import mix_rows
from simulation.wording import tabulate

Floats = NDArray[np.floating]
Barred = tuple[tuple[int, NDArray[np.bool_]], ...]
SOMETHING = 1e-6  # gain units; sponsors whom the tabled text brings less have nothing to retain


@dataclass(frozen=True)
class Prospects:
    """What the wordings of a text would bring the delegations that count, by key the `countries`; observers
    have no part in it.

    `gain` is what they bring each delegation over the reversion point, the mean over replicates of E2 of
    docs/model.md. `lead` less `short` (country,) is how far its appeal, after the bloc step, lies beyond its
    bar. `barred` tells, for each issue with red lines, at which places (place, owner) they keep the `owners`
    from endorsing. `sponsors` is what each sponsor gains on its first instructions.
    """

    countries: tuple[str, ...]
    places: Places
    gain: Amount
    lead: Amount
    short: Floats
    owners: NDArray[np.intp]
    barred: Barred
    sponsors: Amount
    precision: float

    def chances(self, choices: ArrayLike) -> Floats:
        """Each delegation's chance to endorse at some wordings (wording, country)."""
        return self.chances_of(self.lead.at(choices), self.places.among(choices))

    def chances_of(self, lead: Floats, number: NDArray[np.integer]) -> Floats:
        """The same from leads (wording, country), overwritten, and numbers of places (wording, issue)."""
        lead -= self.short
        found = bargaining.chance(lead, self.precision)
        for issue, barred in self.barred:
            where = barred[number[:, issue]]
            if where.any():
                found[:, self.owners] *= ~where
        return found

    def support(self, choices: ArrayLike) -> Floats:
        """The expected number of delegations that endorse at some wordings (wording,)."""
        return self.chances(choices).sum(axis=1)

    def ambition(self, choices: ArrayLike) -> Floats:
        """What share of their initial gain the sponsors retain (wording,); NaN where they had none."""
        return self.retained(self.sponsors.at(choices).sum(axis=1))

    def retained(self, gained: Floats) -> Floats:
        """The same from what sponsors gain together (wording,)."""
        initial = float(self.sponsors.at(self.places.start[None]).sum())
        return gained / initial if initial > SOMETHING else np.full(len(gained), np.nan)


def prospects(end: Ending) -> Prospects:
    """What the wordings of a text would bring, everything else held as the talks ended.

    Held are expressed positions and salience, trust, offers, what events add, whom a delegation hears
    endorsing, its bar with the cost of going back on a stance, and its blocs. The chance is that of E6 of
    docs/model.md, σ(β(A − c2)), at the mean appeal over replicates. A delegation whose red line a wording
    breaks does not endorse it. Temper beyond part weights and bars, and promises given, are left out.
    """
    room, chamber, scenario = end.room, end.chamber, end.scenario
    reversion, exponent = room.reversion.astype(np.float64), scenario.dynamics.loss_exponent
    places = places_of(tabulate(scenario, end.key, np.float64), reversion)
    force = None
    if room.force_issue is not None:
        dynamics, binding = scenario.dynamics, places.place[room.force_issue]
        strength = preferences.legal_force(binding, dynamics.force_base, dynamics.force_slope)
        force = (room.force_issue, np.asarray(strength))

    def amount(tables: list[Floats]) -> Amount:
        return Amount(places, tuple(tables), room.content, force)

    line = room.lines[room.line_of_text[end.text]].astype(np.float64)
    weight = room.part_weights[0].astype(np.float64)
    gain = _nearer(places, chamber.position, chamber.per_point, reversion, exponent)
    tabled = chamber.sponsors[end.text]
    said, care = (of.reshape(tabled.shape).swapaxes(1, 2) for of in (tabled.said, tabled.care))
    sponsors = _nearer(places, said, care, reversion, exponent)
    beside = end.parts[1:].sum(axis=0).mean(axis=1)
    owners, barred = _barred(end, places)
    counted = room.counted
    return Prospects(
        tuple(np.array(room.countries)[counted].tolist()),
        places,
        amount([one[:, counted] for one in gain]),
        amount([mix_rows(line, one * weight)[:, counted] for one in gain]),
        (end.upper.mean(axis=1) - mix_rows(line, beside[None])[0])[counted],
        owners,
        barred,
        amount(sponsors),
        room.dynamics.precision,
    )


def _nearer(
    places: Places, positions: Floats, per_point: Floats, reversion: Floats, exponent: int
) -> list[Floats]:
    """How much each place of each issue brings, before legal force (place, country), mean over replicates.

    `positions` and salience `per_point` of loss (country, issue, replicate), the latter also with one.
    """
    found = []
    for issue, place in enumerate(places.place):
        said, care = (of[:, issue].astype(np.float64) for of in (positions, per_point))
        lost = preferences.loss(said, reversion[issue], exponent)
        nearer = preferences.advantage(said, lost, place[:, None, None], exponent)
        found.append((nearer * care).mean(axis=2))
    return found


def _barred(end: Ending, places: Places) -> tuple[NDArray[np.intp], Barred]:
    """Who has red lines, among those who count, and where they keep the owner from endorsing, on each issue
    that has any."""
    lines, room = end.room.red_lines, end.room
    bound = ~(room.unbound | room.observing)[lines.owners]
    owns = (lines.held[:, : len(lines.owners)] + lines.held[:, len(lines.owners) :])[:, bound] > 0
    found = []
    for issue in np.unique(lines.issue).tolist():
        here = np.flatnonzero(lines.issue == issue)
        place = places.place[issue][:, None]
        outside = (place < lines.lowest[here]) | (place > lines.highest[here])
        outside &= ~places.silent[issue][:, None]
        found.append((issue, outside.astype(np.int64) @ owns[here] > 0))
    return (np.cumsum(~room.observing) - 1)[lines.owners[bound]], tuple(found)
