"""How far is everybody from endorsing a text at the end? Appeals, chance and cut-points in every replicate.

The talks are run once more with everything kept, like for an explanation: the random streams make that run
equal to the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents import preferences, response
from agents.registry import UnknownEntry
from scenarios.schema import Scenario
from simulation.appeals import gains_at
from simulation.chamber import Chamber
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.room import Room
from simulation.threads import one_thread

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Ending:
    """One text in its last round, arrays (country, replicate) in gain units.

    `appeal` after the bloc step and the `chance` beside it; the cut-points `lower` and `upper`, as commitment
    and temper have them; the public `stance` that was left; whose red lines `forbidden` or left `unmet`.
    `parts` (part, country, replicate) are what made up each own appeal, `line` (country, country) is D of
    docs/model.md, how own appeals mix in blocs, and `echo` is D·diag(λ)·W, how much the stance of each in a
    column counts for each in a row. `trust` is (sponsor, country, replicate).
    """

    room: Room
    chamber: Chamber
    text: int
    appeal: Floats
    chance: Floats
    lower: Floats
    upper: Floats
    stance: NDArray[np.int8]
    forbidden: Flags
    unmet: Flags
    parts: Floats
    trust: Floats
    line: Floats
    echo: Floats

    @property
    def scenario(self) -> Scenario:
        """The scenario that was negotiated."""
        return self.room.scenario

    @property
    def key(self) -> str:
        """The key of the text."""
        return self.room.texts[self.text]

    @property
    def lacking(self) -> Floats:
        """Cut-point less appeal and chance (country, replicate): what is lacking, negative where it is more
        than enough."""
        return self.upper - self.appeal - self.chance

    def answers(
        self,
        moved: Floats | float = 0.0,
        broken: tuple[Flags, Flags] | None = None,
        told: Mapping[int, int] | None = None,
    ) -> NDArray[np.int8]:
        """What everybody would answer (country, replicate) if all appeals had `moved` that far.

        `broken` are the red lines that forbid and that are unmet then; `told` names delegations, by row, that
        take a stance whatever they think.
        """
        forbidden, unmet = broken or (self.forbidden, self.unmet)
        pull = self.appeal + self.chance + moved
        choice = response.choose(pull, self.lower, self.upper)
        for row, stance in (told or {}).items():
            choice[row] = stance
        return response.respect_red_lines(choice, forbidden, unmet)

    def rewritten(self, places: Floats) -> Floats:
        """How far appeals move (country, column, replicate) if the text stands at other places (column,
        issue, replicate), exact at the positions that delegations hold at the end."""
        weight = self.room.part_weights[0][:, None, None]
        gained = gains_at(self.room, self.chamber, places) * weight - self.parts[0][:, None]
        return self.mixed(gained)

    def mixed(self, own: Floats) -> Floats:
        """How far appeals move if own appeals do (country, …)."""
        with one_thread():
            return np.tensordot(self.line, own, axes=1)

    def lines_broken(self, places: Floats, silent: Flags) -> tuple[Flags, Flags]:
        """Whose red lines forbid a wording at some places (issue, replicate), and whose it leaves unmet."""
        lines = self.room.red_lines
        outside = preferences.outside(places.T, silent.T, lines)
        found = np.zeros((2, *self.appeal.shape), dtype=bool)
        for kind, of in zip(found, preferences.whose(outside, lines), strict=True):
            kind[lines.owners] = of.T
        return found[0], found[1]


def ending(scenario: Scenario, text: str, replicates: int = 64, seed: int = 1) -> Ending:
    """How a text stands in the last round of some replicates. Raises UnknownEntry for a text that is not
    there, ValueError for one that does not lie on the table at the end."""
    if text not in scenario.texts:
        raise UnknownEntry("text", text, list(scenario.texts))
    model = NegotiationModel(open_room(scenario), range(replicates), seed, in_full=True)
    with one_thread():
        model.run_model()
    return ending_of(model, text)


def ending_of(model: NegotiationModel, text: str) -> Ending:
    """The same from a model that has run to its end with everything kept."""
    room, record, column = model.room, model.record, model.room.texts.index(text)
    if not model.chamber.on_table[column]:
        raise ValueError(f"{text} does not lie on the table at the end of {room.scenario.name}")
    line = room.lines[room.line_of_text[column]].dense.astype(float)
    return Ending(
        room=room,
        chamber=model.chamber,
        text=column,
        appeal=record.appeal[-1, :, column].astype(float),
        chance=model.draws.chance[-1, :, column].astype(float),
        lower=record.lower[-1, :, column].astype(float),
        upper=record.upper[-1, :, column].astype(float),
        stance=record.stance[-1, :, column],
        forbidden=model.chamber.forbidden[:, column],
        unmet=model.chamber.unmet[:, column],
        parts=record.part[:, -1, :, column].astype(float),
        trust=record.trust[-1].astype(float),
        line=line,
        echo=line @ (room.part_weights[4][:, None].astype(float) * room.listening),
    )
