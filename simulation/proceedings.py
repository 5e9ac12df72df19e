"""What happened, replicate by replicate: the bare arrays of a negotiation before anything is analysed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from simulation.contraction import WIDTH
from simulation.model import NegotiationModel
from simulation.room import Room
from simulation.threads import one_thread

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Proceedings:
    """The bare arrays, replicates first; round 0 is the opening.

    - `stance`, `lean` int8 (replicate, round, country, text)
    - `places` (replicate, round, text, issue); `chosen` int16 (replicate, round, text, article): the wordings
      that stand; `ambition` (replicate, round, text)
    - `offered` (replicate, country, text): inducements promised by the end; `funds` (replicate, text) left
    - `calls` int16 (replicate, country, text): how often delegations were called on
    - `in_force` int16 and `withdrawn` bool (replicate, commitment): in how many rounds commitments held, and
      which were taken back
    - `ballots` int8 (replicate, country, text); `adopted_round` int16 (replicate, text), −1 for never
    - `at_vote` int16 (replicate, text, article): the wordings that were voted on; `amendments` int8 and
      `movers` int16 (replicate, text, article, option): what became of options as amendments, and the rows of
      who moved them
    - `dissociated` int8 (replicate, country, text, article): 1 who dissociates itself from an article, 2 who
      enters a reservation, where a text passes unless somebody objects
    - `complete` is false if the run was interrupted: it holds the replicates finished by then
    """

    stance: NDArray[np.int8]
    lean: NDArray[np.int8]
    places: NDArray[np.floating]
    chosen: NDArray[np.int16]
    ambition: NDArray[np.floating]
    offered: NDArray[np.floating]
    funds: NDArray[np.floating]
    calls: NDArray[np.int16]
    in_force: NDArray[np.int16]
    withdrawn: NDArray[np.bool_]
    ballots: NDArray[np.int8]
    adopted_round: NDArray[np.int16]
    at_vote: NDArray[np.int16]
    amendments: NDArray[np.int8]
    movers: NDArray[np.int16]
    dissociated: NDArray[np.int8]
    complete: bool = True

    @property
    def replicates(self) -> int:
        """How many replicates there are."""
        return len(self.stance)


def negotiate(
    room: Room,
    replicates: Sequence[int],
    seed: int,
    batch: int = WIDTH,
    workers: int = 1,
    progress: Progress | None = None,
    keep_partial: bool = False,
) -> Proceedings:
    """Run the negotiation for some replicates, in batches.

    The outcome of a replicate depends on nothing but the scenario, the seed and its own number. With
    `keep_partial` an interruption (Ctrl-C) ends the run with the batches that are done, if any.
    """
    batches = [replicates[start : start + batch] for start in range(0, len(replicates), batch)]
    done: list[Proceedings] = []
    finished = 0
    complete = True
    with one_thread(), ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            for part in _in_order(pool, room, batches, seed, workers):
                done.append(part)
                finished += part.replicates
                if progress:
                    progress(finished, len(replicates))
        except KeyboardInterrupt:
            if not (done and keep_partial):
                raise
            complete = False
    return _join(done, complete)


def _in_order(
    pool: ThreadPoolExecutor, room: Room, batches: list[Sequence[int]], seed: int, workers: int
) -> Iterator[Proceedings]:
    """Batches in the order of their replicates, never more in flight than there are workers."""
    waiting: list[Future[Proceedings]] = []
    try:
        for one in batches:
            waiting.append(pool.submit(_one_batch, room, one, seed))
            if len(waiting) >= workers:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()
    finally:
        for future in waiting:
            future.cancel()


def _one_batch(room: Room, replicates: Sequence[int], seed: int) -> Proceedings:
    """One batch from the opening to the vote."""
    model = NegotiationModel(room, replicates, seed)
    model.run_model()
    found = of_model(model)
    model.__dict__.clear()  # model and agents hold each other; their arrays need not wait for the collector
    return found


def of_model(model: NegotiationModel) -> Proceedings:
    """The proceedings of a model that has run to its end, replicates first."""
    assert model.ballots is not None, "the model has not run to its end"
    record = model.record
    return Proceedings(
        stance=np.ascontiguousarray(record.stance.transpose(3, 0, 1, 2)),
        lean=np.ascontiguousarray(record.lean.transpose(3, 0, 1, 2)),
        places=np.ascontiguousarray(record.places.transpose(3, 0, 1, 2)),
        chosen=np.ascontiguousarray(record.chosen.transpose(3, 0, 1, 2)),
        ambition=np.ascontiguousarray(record.ambition.transpose(2, 0, 1)),
        offered=np.ascontiguousarray(model.chamber.offered.transpose(2, 0, 1)),
        funds=np.ascontiguousarray(model.chamber.funds.T),
        calls=np.ascontiguousarray(model.chamber.calls.transpose(2, 0, 1)),
        in_force=_rounds_in_force(model),
        withdrawn=np.ascontiguousarray(model.chamber.withdrawn.T),
        ballots=np.ascontiguousarray(model.ballots.transpose(2, 0, 1)),
        adopted_round=np.ascontiguousarray(model.chamber.adopted_round.T),
        at_vote=np.ascontiguousarray(record.at_vote.transpose(2, 0, 1)),
        amendments=np.ascontiguousarray(record.amendments.outcome.transpose(3, 0, 1, 2)),
        dissociated=np.ascontiguousarray(record.dissociated.transpose(3, 0, 1, 2)),
        movers=np.ascontiguousarray(record.amendments.mover.transpose(3, 0, 1, 2)),
    )


def _rounds_in_force(model: NegotiationModel) -> NDArray[np.int16]:
    """In how many rounds each commitment held (replicate, commitment)."""
    if not model.record.in_force:
        return np.zeros(model.chamber.withdrawn.T.shape, dtype=np.int16)
    return np.ascontiguousarray(np.sum(model.record.in_force, axis=0, dtype=np.int16).T)


def _join(parts: list[Proceedings], complete: bool) -> Proceedings:
    """Batches one after the other."""
    names = [field.name for field in fields(Proceedings) if field.name != "complete"]
    return Proceedings(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names}, complete=complete
    )
