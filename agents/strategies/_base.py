"""What a strategy may decide."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents import response

Floats = NDArray[np.floating]


class PartWeights(NamedTuple):
    """How much each part of an appeal weighs for a delegation, in the order of the parts."""

    content: float
    trust: float
    inducements: float
    events: float
    peers: float


class Moment(NamedTuple):
    """What a group of delegations sees when it answers.

    `progress` is the share of the rounds gone by, 0–1; `stance` (country, text, replicate) where they stand.
    """

    progress: float
    stance: Floats


class Strategy:
    """A temperament. The default answers by interest alone; subclasses override what is different."""

    name: ClassVar[str]
    source: ClassVar[str]

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
