"""Stances that spread: settings under which endorsement is a published model of diffusion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulation.draws import Draws
from simulation.model import NegotiationModel
from simulation.opening import open_room
from simulation.phases.consultations import consult
from simulation.phases.endorsement import endorse
from simulation.room import Room
from simulation.validation._rooms import chamber_of, finished
from simulation.validation._row import Row

TITLE, PLACE = "Diffusion", 20
GRANOVETTER = (
    "Granovetter (1978), Threshold models of collective behavior, American Journal of Sociology 83, 1420–1443"
)
BASS = "Bass (1969), A new product growth for model consumer durables, Management Science 15, 215–227"
P, Q, STEP, ROUNDS, COUNTRIES, REPLICATES = 0.03, 0.38, 0.1, 120, 200, 16
NEVER = {"oppose_threshold": float("inf")}


def rows() -> list[Row]:
    """Thresholds in a row, thresholds around a mean, and a hazard that grows with the share."""
    return _chain() + _normal() + _bass()


def _chain() -> list[Row]:
    """A hundred thresholds: each sets off the next, unless one is missing."""
    thresholds = np.arange(100.0)
    made = []
    for name, changed, published in (
        ("thresholds 0, 1, 2, …, 99", thresholds, 100),
        ("the same with 1 made 2", np.where(thresholds == 1, 2, thresholds), 1),
        ("the same with 0 made 1", np.where(thresholds == 0, 1, thresholds), 0),
    ):
        made.append(Row(f"acting, {name}", published, _acting(changed), 0.0, GRANOVETTER, "published"))
    return made


def _acting(thresholds: NDArray[np.floating]) -> int:
    """How many act in the end when everybody sees everybody else and acts once enough of them do."""
    countries = len(thresholds)
    # The tiny step below each threshold keeps equality ("at least") safe from rounding of shares.
    tempers = [
        {**NEVER, "endorse_threshold": float(share), "strategy": "bandwagon"}
        for share in (thresholds - 1e-9) / (countries - 1)
    ]
    scenario = chamber_of(
        np.full((countries, 1), 50.0),
        rounds=countries + 1,
        delegations=tempers,
        dynamics={"latch": True},
    )
    others = (np.ones((countries, countries)) - np.eye(countries)) / (countries - 1)
    model = finished(_hearing(open_room(scenario, np.float64), others))
    return int((model.chamber.stance[:, 0, 0] == 1).sum())


def _normal() -> list[Row]:
    """A thousand thresholds around 25 per cent: at some spread the end jumps from a few to nearly all."""
    made = []
    for spread, percent in ((12.2, 6), (12.3, 100)):
        thresholds = _quantiles(spread)
        acting, counted = _acting_of_all(thresholds), _counted(thresholds)
        title = f"acting at a spread of {spread:g}"
        made.append(Row(f"{title}, %", percent, acting / 10, 1.0, GRANOVETTER, "published"))
        made.append(Row(f"{title}, of 1,000 by the rule", counted, acting, 0.0, GRANOVETTER, "exact"))
    return made


def _quantiles(spread: float) -> NDArray[np.floating]:
    """How many of 1,000 have to act before each of them does, from the quantiles of a normal distribution."""
    from scipy.stats import norm

    quantiles = norm.ppf((np.arange(1000) + 0.5) / 1000)
    return np.asarray(np.ceil(np.maximum(0, (25 + spread * quantiles) / 100) * 1000))


def _counted(thresholds: NDArray[np.floating]) -> int:
    """How many act in the end by the rule alone."""
    before, now = -1, 0
    while before != now:
        before, now = now, int((thresholds <= now).sum())
    return now


def _acting_of_all(thresholds: NDArray[np.floating]) -> int:
    """How many act in the end in the model; shares are of all, oneself among them."""
    countries = len(thresholds)
    tempers = [
        {**NEVER, "endorse_threshold": float((threshold - 1e-6) / countries), "strategy": "bandwagon"}
        for threshold in thresholds
    ]
    scenario = chamber_of(
        np.full((countries, 1), 50.0), rounds=1, delegations=tempers, dynamics={"latch": True}
    )
    model = NegotiationModel(_all_seen(open_room(scenario, np.float64)))
    before, now = -1, 0
    while before != now:
        before = now
        consult(model)
        endorse(model)
        now = int((model.chamber.stance == 1).sum())
    return now


def _hearing(room: Room, listening: NDArray[np.float64]) -> Room:
    """The same room with these weights (listener, speaker)."""
    return replace(room, listening=listening, isolated=np.zeros(len(listening), dtype=bool))


def _all_seen(room: Room) -> Room:
    """The same room in which everybody sees all, itself among them, with equal weight."""
    countries = len(room.countries)
    return _hearing(room, np.full((countries, countries), 1 / countries))


def _bass() -> list[Row]:
    """With a chance of p + q·share to adopt the share follows the closed form.

    Rounds of a tenth of a year and one look at the others a round leave the model up to two rounds behind.
    """
    share, time = _adopted(), np.arange(ROUNDS + 1) * STEP
    fading = np.exp(-(P + Q) * time)
    apart = np.abs(share - (1 - fading) / (1 + Q / P * fading)).max()
    half_way = 0.5 - P / (2 * Q)  # the share at the time of the peak
    peak = float(np.interp(half_way, share, time))
    return [
        Row("farthest from the closed form, share", 0.0, float(apart), 0.03, BASS, "exact"),
        Row("time of the peak, ln(q/p)/(p + q)", float(np.log(Q / P) / (P + Q)), peak, 0.25, BASS, "exact"),
    ]


def _adopted() -> NDArray[np.floating]:
    """The share that has endorsed by round; chance is uniform, drawn with a fixed seed."""
    scenario = chamber_of(
        np.full((COUNTRIES, 1), 50.0),
        texts=[[50.0]],
        reversion=50.0,
        rounds=ROUNDS,
        delegations=[{**NEVER, "endorse_threshold": 1.0}] * COUNTRIES,
        dynamics={"latch": True, "peer_weight": Q * STEP},
    )
    generator = np.random.default_rng(1)
    draws = Draws(
        chance=generator.random((ROUNDS, COUNTRIES, 1, REPLICATES)) + P * STEP,
        instructed=np.ones((ROUNDS, COUNTRIES, REPLICATES), dtype=bool),
        vote_chance=np.zeros((COUNTRIES, 1, REPLICATES)),
        absent=np.zeros((COUNTRIES, REPLICATES), dtype=bool),
    )
    model = NegotiationModel(_all_seen(open_room(scenario, np.float64)), range(REPLICATES), draws=draws)
    model.run_model()
    return np.asarray((model.record.stance[:, :, 0] == 1).mean(axis=(1, 2)))
