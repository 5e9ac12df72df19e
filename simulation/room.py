"""What stays the same through a negotiation and in every replicate: a scenario as arrays.

The room is built once for a scenario and shared by all batches of replicates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.influence import BlocLine
from agents.preferences import RedLines, legal_force
from agents.strategies import PartWeights, Strategy
from scenarios.schema import Dynamics, Event, Scenario
from simulation.calendar import Round
from simulation.commitments import Commitments
from simulation.contraction import ties_of
from simulation.meetings import Meeting
from simulation.open_points import OpenPoints
from simulation.rules._house import House, house_of
from simulation.streams import Seats
from simulation.temperaments import Condition
from simulation.wording import Wording

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.floating]
Precision = type[np.float32] | type[np.float64]
PARTS = PartWeights._fields


class AtPlay(NamedTuple):
    """Which mechanisms a room has: `offers` from funds, `pledges` of inducements under commitments,
    `meetings` apart, `calls` on delegations, `isolation` of who listens to nobody, `free_hands` of those whom
    no red line holds, an `own_measure` of strategies for what a text brings."""

    offers: bool
    pledges: bool
    meetings: bool
    calls: bool
    isolation: bool
    free_hands: bool
    own_measure: bool


@dataclass(frozen=True)
class Room:
    """A scenario as arrays, axes in the order country, issue or text.

    `listening` has listeners as rows, `persuasion` is the same matrix or, where there are negative ties, the
    positive ones alone; `isolated` marks who has none. `lines` and `vote_lines` hold one bloc line for each
    distinct set of coordinators, `line_of_text` tells which one a text uses. `part_weights` (part, country);
    `pursued` (round, text) when sponsors still work for a text; `first` the rows of coordinators and
    sponsors, `listening_to_first` the ties to them; `authorship` (text, sponsor) is what share of a text's
    sponsorship each sponsor carries, `limits_of_sponsors`, text by text, their red lines; `kinds` the issues
    of content and of procedure, or all of them where no text has legal force. `shared_errors` (country, bloc)
    is how much of the error in coded values delegations have from their blocs.

    Only where a strategy asks for it: `emphasis` (country, issue) how many times as much issues weigh as
    coded; `conditions` by row what delegations ask of the wording; `script` (round, country, text) what
    history has them say. `at_will` and `unbound` (country,) mark who waits for no instructions and whom no
    red line binds.

    `observing` (country,) marks observers, whose stances are never counted.
    """

    scenario: Scenario
    dynamics: Dynamics
    dtype: Precision
    countries: tuple[str, ...]
    issues: tuple[str, ...]
    texts: tuple[str, ...]
    sponsors: tuple[str, ...]
    seats: Seats
    rounds: tuple[Round, ...]
    events: tuple[tuple[Event, ...], ...]
    tabling: tuple[tuple[int, ...], ...]
    tabled_from_start: NDArray[np.bool_]
    pursued: NDArray[np.bool_]
    positions: NDArray[np.float64]
    position_sd: NDArray[np.float64]
    salience: NDArray[np.float64]
    salience_sd: NDArray[np.float64]
    shared_errors: NDArray[np.float64]
    trust: NDArray[np.float64]
    authorship: Floats
    sponsoring: NDArray[np.bool_]
    opening_stance: NDArray[np.int8]
    openness: Floats
    endorse_threshold: Floats
    oppose_threshold: Floats
    budgets: Floats
    effort: Floats
    prices: Floats
    capability: Floats
    population: Floats
    absence: Floats
    listening: Floats
    persuasion: Floats
    listening_to_first: Floats
    isolated: NDArray[np.bool_]
    lines: tuple[BlocLine, ...]
    vote_lines: tuple[BlocLine, ...]
    line_of_text: tuple[int, ...]
    part_weights: Floats
    groups: tuple[tuple[Strategy, NDArray[np.intp]], ...]
    emphasis: Floats | None
    conditions: Mapping[int, tuple[Condition, ...]]
    script: NDArray[np.int8] | None
    at_will: NDArray[np.bool_]
    unbound: NDArray[np.bool_]
    observing: NDArray[np.bool_]
    first: NDArray[np.intp]
    content: NDArray[np.bool_]
    kinds: tuple[NDArray[np.intp], ...]
    force_issue: int | None
    reversion: Floats
    wordings: tuple[Wording, ...]
    merges: tuple[dict[int, tuple[int, int]], ...]
    drafting: tuple[str, ...]
    red_lines: RedLines
    limits_of_sponsors: tuple[tuple[tuple[int, float, float], ...], ...]
    open_points: OpenPoints
    blocs: tuple[str, ...]
    members: NDArray[np.bool_]
    commitments: Commitments
    meetings: tuple[tuple[Meeting, ...], ...]

    @cached_property
    def hearing(self) -> Floats | csr_array:
        """`listening` as it is summed over: only the ties where these are few."""
        return ties_of(self.listening)

    @cached_property
    def persuading(self) -> Floats | csr_array:
        """`persuasion` as it is summed over: only the ties where these are few."""
        return ties_of(self.persuasion)

    def force(self, places: Floats) -> Floats:
        """The legal force of wordings at some places (issue, …): F of shape (…), 1 without a force issue."""
        if self.force_issue is None:
            return np.ones((), dtype=self.dtype)
        dynamics = self.dynamics
        return legal_force(places[self.force_issue], dynamics.force_base, dynamics.force_slope)

    @cached_property
    def at_play(self) -> AtPlay:
        """What happens in this room, and what never can."""
        return AtPlay(
            offers=bool(self.budgets.any()),
            pledges=bool(self.commitments.inducement.any()),
            meetings=any(self.meetings),
            calls=bool(self.dynamics.lobbying_weight and self.effort.any()),
            isolation=bool(self.isolated.any()),
            free_hands=bool(self.unbound.any()),
            own_measure=bool((self.part_weights[0] != 1).any()),
        )

    @cached_property
    def authors(self) -> tuple[tuple[tuple[int, Floats], ...], ...]:
        """Whose sponsorship colours each text: the sponsor's number, and how much trust in it weighs with
        each delegation (country, 1)."""
        weights = self.part_weights[1, :, None]
        return tuple(
            tuple((sponsor, shares[sponsor] * weights) for sponsor in np.flatnonzero(shares).tolist())
            for shares in self.authorship
        )

    @cached_property
    def texts_by_line(self) -> tuple[NDArray[np.intp] | slice, ...]:
        """The texts on which each of `lines` speaks; a slice where they lie side by side, which copies
        nothing."""
        found = []
        for which in range(len(self.lines)):
            texts = np.flatnonzero(np.equal(self.line_of_text, which))
            side_by_side = texts[-1] - texts[0] + 1 == len(texts)
            found.append(slice(texts[0], texts[-1] + 1) if side_by_side else texts)
        return tuple(found)

    @cached_property
    def counted(self) -> NDArray[np.intp] | slice:
        """The rows of the delegations whose stances and votes count: all but observers."""
        return np.flatnonzero(~self.observing) if self.observing.any() else slice(None)

    @cached_property
    def house(self) -> House:
        """The house that decides by the scenario's rule."""
        return house_of(self, self.scenario.rule)

    def rows(self, targets: Sequence[str]) -> NDArray[np.intp]:
        """Rows of the delegations meant by an event's targets: keys, `bloc:KEY` or `all`."""
        chosen = np.zeros(len(self.countries), dtype=bool)
        for target in targets:
            if target == "all":
                chosen[:] = True
            elif target.startswith("bloc:"):
                chosen |= self.members[self.blocs.index(target.removeprefix("bloc:"))]
            else:
                chosen[self.countries.index(target)] = True
        return np.flatnonzero(chosen)
