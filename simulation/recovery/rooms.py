"""Drawn rooms: delegations, issues, texts and ties from a seed, none of them taken from the world."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Dynamics, Scenario
from simulation.validation._rooms import QUIET, chamber_of

Floats = NDArray[np.float64]
ISSUES, TEXTS, CAMPS, ROUNDS = 5, 3, 3, 10
SIZE = 12, 20  # delegations, from and to
START = dt.date(2020, 9, 8)


class Drawn(NamedTuple):
    """A room as arrays: positions and salience (N, K), capability (N,), reversion points (K,), places of the
    texts as tabled (T, K) and of two alternatives an article (T, K, 2), the rows of their sponsors (T,),
    trust in these (N, T) from −1 to 1, and ties (listener, speaker)."""

    positions: Floats
    salience: Floats
    capability: Floats
    reversion: Floats
    texts: Floats
    options: Floats
    sponsors: NDArray[np.int64]
    trust: Floats
    ties: Floats


def draw_room(seed: int, number: int, size: tuple[int, int] = SIZE) -> Drawn:
    """Room `number` of a seed.

    1. 12 to 20 delegations, or as many as `size` says, stand in three camps, whose centres are drawn from 10
       to 90 on each of five issues, each delegation 15 points (standard deviation) from its camp.
    2. Salience is drawn from 5 to 100, capability is log-normal: few are able to do much. Reversion points
       are drawn from 0 to 60.
    3. Three delegations, one a camp, table what they want. Two others have put what they want into the
       brackets of each article.
    4. Trust in sponsors is drawn from −½ to ½; who listens to whom is drawn, four in ten pairs.
    """
    rng = np.random.default_rng([seed, number])
    count = int(rng.integers(size[0], size[1] + 1))
    camps = rng.permutation(np.arange(count) % CAMPS)
    centres = rng.uniform(10, 90, (CAMPS, ISSUES))
    positions = np.clip(centres[camps] + rng.normal(0, 15, (count, ISSUES)), 0, 100)
    capability = rng.lognormal(0, 1, count)
    sponsors = np.array([rng.choice(np.flatnonzero(camps == camp)) for camp in range(TEXTS)])
    others = rng.integers(0, count, (TEXTS, ISSUES, 2))
    ties = rng.random((count, count)) * (rng.random((count, count)) < 0.4)
    np.fill_diagonal(ties, 0)
    return Drawn(
        positions=positions,
        salience=rng.uniform(5, 100, (count, ISSUES)),
        capability=np.minimum(100 * capability / capability.max(), 100),
        reversion=rng.uniform(0, 60, ISSUES),
        texts=positions[sponsors],
        options=positions[others, np.arange(ISSUES)[:, None]],
        sponsors=sponsors,
        trust=rng.uniform(-0.5, 0.5, (count, TEXTS)),
        ties=ties,
    )


def misjudged(room: Drawn, sd: float, seed: int, number: int) -> Drawn:
    """The room as somebody codes it who misjudges every position by an error of this standard deviation, kept
    on the scale; texts and all else are seen as they are. With an error of 0 it is the room itself."""
    if sd == 0:
        return room
    error = np.random.default_rng([seed, number, 1]).normal(0, sd, room.positions.shape)
    return room._replace(positions=np.clip(room.positions + error, 0, 100))


def luck(seed: int, number: int) -> int:
    """The seed of the negotiation in a room: rooms share no luck."""
    return int(np.random.SeedSequence([seed, number, 2]).generate_state(1, np.uint64)[0] >> 1)


def scenario_of(room: Drawn, position_sd: float = 0.0) -> Scenario:
    """The room as a scenario with the usual dynamics: ten fortnights, each sponsor redrafts its own text.

    `position_sd` is the error of coded positions of which the scenario speaks.
    """
    keys = [f"D{number:03}" for number in range(len(room.positions))]
    usual = Dynamics()
    trust = [{keys[row]: float(one[text]) for text, row in enumerate(room.sponsors)} for one in room.trust]
    made = chamber_of(
        room.positions,
        texts=room.texts,
        reversion=room.reversion,
        salience=room.salience,
        ties=room.ties,
        delegations=[
            {"capability": float(able), "trust": one}
            for able, one in zip(room.capability, trust, strict=True)
        ],
        options=lambda text, issue: [{f"issue-{issue}": float(place)} for place in room.options[text, issue]],
        dynamics={name: getattr(usual, name) for name in QUIET},
        calendar=[{"start": START, "length": "fortnight", "rounds": ROUNDS}],
        final_vote={"name": "simple-majority"},
        uncertainty={"position_sd": position_sd},
    )
    texts = {
        key: text.model_copy(update={"sponsors": (keys[row],)})
        for (key, text), row in zip(made.texts.items(), room.sponsors, strict=True)
    }
    return made.model_copy(update={"texts": texts})
