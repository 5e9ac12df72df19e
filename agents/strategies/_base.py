"""What a strategy may decide, and what it may ask to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import response

if TYPE_CHECKING:
    from agents.delegate import Own, Surroundings

Floats = NDArray[np.floating]

LATE = 0.75  # share of the rounds gone by from which a negotiation is in its last phase
UNSAID = 2  # on record: nothing has been said yet


class PartWeights(NamedTuple):
    """How much each part of an appeal weighs for a delegation, in the order of the parts."""

    content: float
    trust: float
    inducements: float
    events: float
    peers: float


class Moment(NamedTuple):
    """What a group of delegations sees when it answers.

    - `progress`: share of the rounds gone by, 0–1; 1 in the last round and in the vote
    - `stance` (country, text, replicate): where they stand
    - `wording` (text, article, replicate): what stood at the start of the round; none where nothing but the
      present wording counts

    The rest is filled in for strategies that name it in `looks_at`:

    - `room_stance` (country, text, replicate): where everybody whose stance counts stands
    - `conditions_met` (country, text, replicate): whether the wording carries what the delegation asks for
    - `on_record` (country, text): the stance that history has the delegation take by now, or `UNSAID`
    - `views(country, replicate)`: the moment as one delegation in one replicate sees it
    """

    progress: float
    stance: Floats
    wording: NDArray[np.integer] | None = None
    room_stance: Floats | None = None
    conditions_met: NDArray[np.bool_] | None = None
    on_record: NDArray[np.int8] | None = None
    views: Callable[[int, int], tuple[Own, Surroundings]] | None = None


class Strategy:
    """A temperament. The default answers by interest alone; subclasses override what is different.

    `salience_factors` says how many times as much issues weigh as coded, by their keys; `looks_at` which
    parts of a moment it needs beyond the first three; `speaks_first` whether it answers with the coordinators
    and sponsors; `waits_for_instructions` whether it answers only when its capital has instructed it;
    `keeps_red_lines` whether the scenario's red lines bind it.
    """

    name: ClassVar[str]
    source: ClassVar[str]
    salience_factors: ClassVar[Mapping[str, float]] = {}
    looks_at: ClassVar[tuple[str, ...]] = ()
    speaks_first: ClassVar[bool] = False
    waits_for_instructions: ClassVar[bool] = True
    keeps_red_lines: ClassVar[bool] = True

    def part_weights(self, usual: PartWeights) -> PartWeights:
        """Weights of the parts of its appeal; `usual` holds the scenario's dynamics."""
        return usual

    def discipline(self) -> float | None:
        """How far it follows its blocs, 0–1; None leaves it to the blocs."""
        return None

    def cut_points(self, lower: Floats, upper: Floats, moment: Moment) -> tuple[Floats, Floats]:
        """Its cut-points, from the usual ones (country, text, replicate)."""
        return lower, upper

    def answer(self, pull: Floats, lower: Floats, upper: Floats, moment: Moment) -> NDArray[np.int8]:
        """Its stance (country, text, replicate) given appeal plus chance."""
        return response.choose(pull, lower, upper)
