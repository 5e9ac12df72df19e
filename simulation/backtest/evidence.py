"""What was known before a roll call of how a state will see it: four numbers a state, each from −1 to 1."""

from __future__ import annotations

import numpy as np

from scenarios.vote_files import Resolution
from simulation.backtest.roll_calls import RollCall, blocs, from_the_west, standing, western

PARTS = ("gain", "own", "peers", "bloc")
NEAR = 0.25  # standard deviation of the nearness of peers, in units of the ideal points
ONE_VOTE = 1.0  # how many imaginary votes at the room's mean stand beside peers and bloc


def gain(question: Resolution) -> np.ndarray:
    """How much nearer a state stands to the sponsors' camp than to the other one: (193,), −1 to 1.

    Equation E2 on one dimension: (|x − q| − |x − p|) / |p − q| with x the ideal point, p the mean of the
    sponsors' camp and q the mean of the other camp, which stands for what holds without the text.
    """
    x, west = standing(question.date), western()
    here = west if from_the_west(question) else ~west
    p, q = x[here].mean(), x[~here].mean()
    return np.clip((np.abs(x - q) - np.abs(x - p)) / abs(p - q), -1, 1)


def evidence(question: Resolution, analogue: RollCall | None) -> np.ndarray:
    """The parts of the appeal: (193, 4), columns as in `PARTS`.

    With S = 1 for yes, 0 for abstain and −1 for no on the analogue:

    - own: the state's S; where it has none, the mean of the next two;
    - peers: the mean S of the other states, weighted by exp(−d²/2h²) in the distance d of ideal points;
    - bloc: the mean S of the other members of the state's bloc.

    Peers and bloc include one imaginary vote at the room's mean. Without an analogue these three are 0.
    """
    appeal = np.zeros((len(western()), len(PARTS)))
    appeal[:, 0] = gain(question)
    if analogue is None:
        return appeal
    cast = analogue.cast
    stance = np.where(cast, analogue.votes - 1.0, 0.0)
    x, bloc = standing(question.date), blocs()
    near = np.exp(-0.5 * ((x[:, None] - x) / NEAR) ** 2)
    peers = _mean(near, stance, cast)
    line = _mean((bloc[:, None] == bloc).astype(float), stance, cast)
    appeal[:, 1] = np.where(cast, stance, (peers + line) / 2)
    appeal[:, 2], appeal[:, 3] = peers, line
    return appeal


def _mean(weights: np.ndarray, stance: np.ndarray, cast: np.ndarray) -> np.ndarray:
    """Each state's mean stance of the others who voted, with one imaginary vote at the room's mean."""
    others = weights * cast
    np.fill_diagonal(others, 0.0)
    room = stance.sum() / max(cast.sum(), 1)
    return (others @ stance + ONE_VOTE * room) / (others.sum(axis=1) + ONE_VOTE)
