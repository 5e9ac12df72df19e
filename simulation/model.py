"""The negotiation as a Mesa model. `step` is the agenda of a round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import mesa
import numpy as np

from agents.country import CountryAgent
from agents.delegate import Delegate, resolve
from agents.registry import UnknownEntry
from agents.response import ENDORSE, stance_of
from agents.strategies import seated
from scenarios import load
from scenarios.schema import Scenario
from simulation.appeals import ambition
from simulation.chamber import seat
from simulation.draws import Draws, prepare
from simulation.opening import open_room
from simulation.phases.calendar import open_round
from simulation.phases.commitments import settle_commitments
from simulation.phases.consultations import consult
from simulation.phases.decision import decide, vote
from simulation.phases.drafting import redraft
from simulation.phases.endorsement import endorse
from simulation.phases.lobbying import lobby
from simulation.phases.meetings import meet_apart
from simulation.phases.offers import make_offers
from simulation.phases.trust import mend_trust
from simulation.record import Record
from simulation.room import Precision, Room
from simulation.streams import check_seed
from simulation.threads import one_thread

Phase = Callable[["NegotiationModel"], None]


class NegotiationModel(mesa.Model):
    """A chamber of delegations that negotiates round by round, one replicate or many at once.

    `case` is a scenario, its name or its folder; `replicates` the numbers of the replicates in this batch;
    `run_seed` keys all random streams (0 ≤ seed < 2⁶³). `draws` replaces the luck, `in_full` keeps every part
    of every appeal, `delegates` seats delegates of your own, or the paths of their files, by delegation.
    Works with Mesa's `batch_run`: vary `run_seed`, or (from Mesa 3.5 on) its own `rng`, which goes before
    `run_seed`.
    """

    phases: tuple[Phase, ...] = (
        open_round,
        settle_commitments,
        consult,
        meet_apart,
        redraft,
        lobby,
        make_offers,
        endorse,
        mend_trust,
        decide,
    )

    @one_thread()
    def __init__(
        self,
        case: Scenario | Room | str = "launch-2020",
        replicates: Sequence[int] = (0,),
        run_seed: int = 0,
        draws: Draws | None = None,
        in_full: bool = False,
        dtype: Precision = np.float32,
        rng: int | None = None,
        delegates: Mapping[str, Delegate | str | Path] | None = None,
    ) -> None:
        run_seed = check_seed(run_seed if rng is None else rng)
        super().__init__(rng=run_seed)
        scenario = load(case) if isinstance(case, str) else case
        self.room = scenario if isinstance(scenario, Room) else open_room(scenario, dtype)
        if delegates:
            texts = self.room.texts
            seats = {iso3: seated(resolve(given, iso3), texts) for iso3, given in delegates.items()}
            self.room = open_room(self.room.scenario, self.room.dtype, seats)
        self.replicates = np.asarray(replicates, dtype=np.int64)
        self.chamber = seat(self.room, run_seed, self.replicates)
        for text in range(len(self.room.texts)):
            self.chamber.ambition[text] = ambition(self.room, self.chamber, text)
        self.trust_start = self.chamber.trust.copy()
        self.draws = draws or prepare(self.room, run_seed, replicates)
        self.record = Record(self.room, len(self.replicates), in_full)
        self.round = 0
        self.ballots: np.ndarray | None = None
        tempers = {row: strategy.name for strategy, rows in self.room.groups for row in rows.tolist()}
        for row, iso3 in enumerate(self.room.countries):
            CountryAgent(self, iso3, row, tempers[row])
        self.datacollector = mesa.DataCollector(
            model_reporters={text: _support(column) for column, text in enumerate(self.room.texts)}
        )
        self.record.keep(self, 0)

    @one_thread()
    def step(self) -> None:
        """One round: the phases in order, then the record; after the last round, the vote."""
        for phase in self.phases:
            phase(self)
        self.round += 1
        self.record.keep(self, self.round)
        self.datacollector.collect(self)
        if self.round == len(self.room.rounds):
            self.ballots = vote(self)
            self.running = False

    def take_stance(self, iso3: str, text: str, stance: str) -> None:
        """Let people at a seat with the strategy `human` say endorse, study or oppose, in all replicates.

        The stance holds at once and until it is changed. Raises ValueError in words for a seat, text or
        stance that is not there, a text not yet tabled, or an endorsement that binds (`latch`).
        """
        room = self.room
        for what, name, known in (("delegation", iso3, room.countries), ("text", text, room.texts)):
            if name not in known:
                raise UnknownEntry(what, name, list(known))
        row, column = room.countries.index(iso3), room.texts.index(text)
        temper = next(strategy.name for strategy, rows in room.groups if row in rows)
        if temper != "human":
            raise ValueError(f"{iso3} is played by the strategy {temper}; give it the strategy human first")
        if not self.chamber.on_table[column]:
            raise ValueError(f"{text} does not lie on the table yet; {iso3} can take a stance once it does")
        value = stance_of(stance)
        if room.dynamics.latch and value != ENDORSE and (self.chamber.stance[row, column] == ENDORSE).any():
            raise ValueError(f"{iso3} has endorsed {text}, and here an endorsement binds (latch)")
        self.chamber.stance[row, column] = value

    @property
    def progress(self) -> float:
        """How far the negotiation has come at the end of the present round, 0–1."""
        return (self.round + 1) / len(self.room.rounds)

    def run_model(self) -> None:
        """Negotiate to the end of the calendar."""
        while self.running:
            self.step()

    def agenda(self) -> str:
        """The phases of a round in order, with what each does and the parameters in force."""
        lines = [
            f"{number}. {phase.__name__.replace('_', ' ')}: {(phase.__doc__ or '').splitlines()[0]}"
            for number, phase in enumerate(self.phases, start=1)
        ]
        parameters = ", ".join(f"{name} = {value}" for name, value in self.room.dynamics.model_dump().items())
        return "\n".join([*lines, f"Parameters: {parameters}"])


def _support(text: int) -> Callable[[NegotiationModel], float]:
    """A Mesa reporter: the mean number of delegations that endorse a text."""

    def endorsing(model: NegotiationModel) -> float:
        endorsed = model.record.stance[model.round][model.room.counted, text] == ENDORSE
        return float(np.count_nonzero(endorsed) / len(model.replicates))

    return endorsing
