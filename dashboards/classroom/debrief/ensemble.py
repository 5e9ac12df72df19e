"""The model alone on the room's scenario: what a class can be held against. Worked out once for each room."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards.classroom.debrief.scoring import Ended, Marks, ambition, marks
from scenarios.schema import Scenario
from simulation.analyses.articles import wording_of
from simulation.opening import open_room
from simulation.proceedings import negotiate
from simulation.rules._carrying import carries
from simulation.threads import one_thread

REPLICATES = 200
Floats = NDArray[np.floating]


class Ensemble(NamedTuple):
    """The model's repetitions: by text how many endorsed in each round (repetition, round), the ambition kept
    (repetition,), and whether it was adopted (repetition,); and what each was worth to every seat."""

    endorsing: Mapping[str, NDArray[np.integer]]
    ambition: Mapping[str, Floats]
    ended: Ended
    marks: Marks

    @property
    def replicates(self) -> int:
        """How many repetitions there are."""
        return len(self.marks.points)


def ensemble(scenario: Scenario, seed: int, replicates: int = REPLICATES) -> Ensemble:
    """Negotiate a scenario without people and mark each repetition as a class is marked.

    A text is adopted where its rule was met in a round or where it carries in the vote at the end.
    """
    room = open_room(scenario)
    done = negotiate(room, range(replicates), seed)
    adopted = done.adopted_round >= 0
    if scenario.final_vote:
        adopted |= carries(room, scenario.final_vote, done.ballots.transpose(1, 2, 0)).T
    texts = tuple(enumerate(room.texts))
    chosen = {
        text: done.at_vote[:, place, : len(wording_of(scenario, text).articles)].astype(np.int64)
        for place, text in texts
    }
    ended = Ended(chosen, {text: adopted[:, place] for place, text in texts})
    endorses = done.stance[:, :, room.counted] == 1
    return Ensemble(
        {text: endorses[..., place].sum(axis=2) for place, text in texts},
        {text: ambition(scenario, text, chosen[text]) for text in scenario.texts},
        ended,
        marks(scenario, ended),
    )


class Ensembles:
    """The ensembles of the rooms in use, each worked out in the background when it is first asked for."""

    def __init__(self) -> None:
        self.found: dict[str, Ensemble] = {}
        self.states: dict[str, str] = {}
        self.lock = threading.Lock()

    def ask(self, code: str, scenario: Scenario, seed: int) -> tuple[str, Ensemble | None]:
        """How far it is ("running", "ready" or "failed"), and the ensemble once it is ready."""
        with self.lock:
            if code not in self.states:
                self.states[code] = "running"
                threading.Thread(target=self._work, args=(code, scenario, seed), daemon=True).start()
            return self.states[code], self.found.get(code)

    def _work(self, code: str, scenario: Scenario, seed: int) -> None:
        try:
            with one_thread():
                found = ensemble(scenario, seed)
        except BaseException:
            with self.lock:
                self.states[code] = "failed"
            raise
        with self.lock:
            self.found[code], self.states[code] = found, "ready"
