"""A delegate in the engine: asked for one delegation and one replicate at a time."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

import numpy as np
from numpy.typing import NDArray

from agents.delegate import Delegate, DelegateError, ask
from agents.response import stance_of
from agents.strategies._base import Floats, Moment, Strategy


class Delegated(Strategy):
    """Answers as a delegate of somebody's own says, in every round and within the scenario's red lines.

    Asked again about the same state, as those who speak first are, it repeats its answer.
    """

    name = "delegate"
    source = "whoever wrote the delegate"
    looks_at = ("views", "room_stance")
    waits_for_instructions = False

    def __init__(self, delegate: Delegate, texts: Sequence[str]) -> None:
        self._original, self._texts = delegate, tuple(texts)
        self._copies: list[Delegate] = []
        self._before: tuple[float, Floats, NDArray[np.int8]] | None = None

    def answer(self, pull: Floats, lower: Floats, upper: Floats, moment: Moment) -> NDArray[np.int8]:
        assert moment.room_stance is not None
        if self._before is not None:
            progress, room_stance, said = self._before
            if progress == moment.progress and np.array_equal(room_stance, moment.room_stance):
                return said.copy()
        said = moment.stance.astype(np.int8)
        for replicate in range(said.shape[2]):
            said[0, :, replicate] = self._ask(replicate, moment, said[0, :, replicate])
        self._before = moment.progress, moment.room_stance.copy(), said
        return said.copy()

    def _ask(self, replicate: int, moment: Moment, stance: NDArray[np.int8]) -> NDArray[np.int8]:
        """The stances (text,) of one replicate after its delegate has spoken."""
        while len(self._copies) <= replicate:
            self._copies.append(deepcopy(self._original))
        assert moment.views is not None
        me, room = moment.views(0, replicate)
        stance = stance.copy()
        for text, word in ask(self._copies[replicate], me, room, self._texts).items():
            try:
                stance[self._texts.index(text)] = stance_of(word)
            except ValueError as error:
                raise DelegateError(
                    f"the delegate of {me.iso3} answered on {text} in round {room.round}: {error}"
                ) from None
        return stance
