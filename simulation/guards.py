"""Is the run to be trusted? Known ways in which such models mislead, each with a message in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from simulation.calendar import pursued, rounds
from simulation.opening import open_room
from simulation.phases.decision import NEXT_TO_NOTHING
from simulation.results import counted

if TYPE_CHECKING:
    from simulation.results import Results

Floats = NDArray[np.floating]
CONFORMING, RUNAWAY = 0.8, 1.0
IDLE = 0.8
GAINING = (0.15, 0.85)
HALF_GIVEN_AWAY = 0.5
RESTLESS = 0.02
IDLE_EFFORT = 0.5


class Guard(NamedTuple):
    """A guard that fired: its name, the measure that set it off, and what that means in plain words."""

    name: str
    measure: float
    message: str


def guards(results: Results) -> list[Guard]:
    """The guards that fired on a run, most serious first; an empty list if none did."""
    return [guard for check in CHECKS for guard in check(results)]


def conformity_index(results: Results) -> float:
    """How strongly stances feed on each other.

    The largest spectral radius, over rounds and texts of the first replicate, of
    λ(DW)_ij·β[σ'(β(A_i − c1)) + σ'(β(A_i − c2))]. Above 1 a small push can tip the whole chamber, and the
    outcome depends on who starts. NaN for choices without chance (β = ∞), which have no slope.
    """
    dynamics = results.scenario.dynamics
    if np.isinf(dynamics.precision):
        return float("nan")
    room, data = open_room(results.scenario, np.float64), results.data
    heard = room.part_weights[4][:, None] * np.abs(room.listening)
    appeal, lower, upper = (
        data[name].values[1:].astype(float) for name in ("appeal", "oppose_cut", "endorse_cut")
    )
    beta = dynamics.precision
    steep = beta * (_slope(beta * (appeal - lower)) + _slope(beta * (appeal - upper)))
    return max(
        (
            spectral_radius((room.lines[line].dense @ heard)[None] * steep[:, :, text, None])
            for text, line in enumerate(room.line_of_text)
        ),
        default=0.0,
    )


def spectral_radius(matrices: Floats, steps: int = 60) -> float:
    """The largest spectral radius among matrices (…, N, N) of non-negative entries, by the power method."""
    vector = np.full(matrices.shape[:-1], 1 / np.sqrt(matrices.shape[-1]))
    radius = np.zeros(matrices.shape[:-2])
    for _ in range(steps):
        grown = np.einsum("...ij,...j->...i", matrices, vector)
        radius = np.linalg.norm(grown, axis=-1)
        vector = grown / np.where(radius > 0, radius, 1)[..., None]
    return float(radius.max(initial=0.0))


def _slope(x: Floats) -> Floats:
    chance = expit(x)
    return chance * (1 - chance)


def _conformity(results: Results) -> Iterator[Guard]:
    index = conformity_index(results)
    if index > RUNAWAY:
        yield Guard(
            "conformity",
            index,
            f"Delegations follow each other so closely (conformity index {index:.2f}, above 1) that several"
            " outcomes are possible and it depends on who starts; lower dynamics.peer_weight or discipline.",
        )
    elif index > CONFORMING:
        yield Guard(
            "conformity",
            index,
            f"Delegations follow each other closely (conformity index {index:.2f}, near 1): small causes may"
            " have large effects.",
        )


def _noise(results: Results) -> Iterator[Guard]:
    spread = np.pi / (np.sqrt(3) * results.scenario.dynamics.precision)
    for title, gain in _start_gains(results):
        if gain.std() > 0 and spread / gain.std() > 1:
            yield Guard(
                "noise",
                float(spread / gain.std()),
                f"On the {title} chance weighs more than interest: it varies by {spread:.3f} between draws,"
                f" gains by {gain.std():.3f} between delegations; raise dynamics.precision.",
            )


def _status_quo(results: Results) -> Iterator[Guard]:
    for title, gain in _start_gains(results):
        share = float((gain > 0).mean())
        if not GAINING[0] <= share <= GAINING[1]:
            side = (
                "so its support says little about it: nearly everybody prefers it to having no agreement"
                if share > 0.5
                else "so hardly anybody prefers it to having no agreement"
            )
            yield Guard(
                "status quo",
                share,
                f"{share:.0%} of delegations gain from the {title} as coded (usual are 15–85 %), {side}.",
            )


def _idle(results: Results) -> Iterator[Guard]:
    data = results.data
    share = float((data.studying.values[:, -1] / counted(data).sizes["country"]).mean())
    if share > IDLE:
        spread = float(data.start_gain.values.std())
        yield Guard(
            "idle chamber",
            share,
            f"{share:.0%} of all stances are still undecided at the end: the thresholds to speak out"
            f" ({results.scenario.dynamics.endorse_threshold:g} and"
            f" {results.scenario.dynamics.oppose_threshold:g}) are high beside the spread of gains"
            f" ({spread:.3f}).",
        )


def _empty(results: Results) -> Iterator[Guard]:
    data = results.data
    reversion = np.array([issue.reversion for issue in results.scenario.issues.values()])
    distance = np.abs(data.place.values[:, -1] - reversion).max(axis=2)
    for column, title in enumerate(data.text_title.values):
        share = float((distance[:, column] < NEXT_TO_NOTHING).mean())
        if share > 0:
            yield Guard(
                "empty text",
                share,
                f"In {share:.0%} of replicates the {title} ends within a point of what holds anyway:"
                " endorsing it costs nobody anything, and it should not count as agreement.",
            )


def _ambition(results: Results) -> Iterator[Guard]:
    data = results.data
    for column, title in enumerate(data.text_title.values):
        kept = data.ambition.values[:, -1, column]
        if np.isnan(kept).all():
            continue
        median = float(np.nanmedian(kept))
        if median < HALF_GIVEN_AWAY:
            words = f"{1 - median:.0%}" if median > 0 else "all"
            yield Guard(
                "lowest common denominator",
                median,
                f"Support for the {title} was bought with {words} of what it first brought its sponsors;"
                " read its support beside its ambition.",
            )


def _ratchet(results: Results) -> Iterator[Guard]:
    dynamics = results.scenario.dynamics
    if dynamics.latch and dynamics.noise_persistence < 1 and np.isfinite(dynamics.precision):
        yield Guard(
            "ratchet",
            dynamics.noise_persistence,
            "Endorsements cannot be taken back while chance is drawn anew each round: support then grows with"
            " the number of rounds for no reason; set dynamics.noise_persistence to 1 or dynamics.latch to"
            " false.",
        )


def _idle_effort(results: Results) -> Iterator[Guard]:
    scenario, data = results.scenario, results.data
    working = pursued(scenario, rounds(scenario.calendar))
    for column, (key, text) in enumerate(scenario.texts.items()):
        tabled = [not text.tabled or day >= text.tabled.isoformat() for day in data.date.values[1:]]
        lain = tabled & working[:, column]
        whole = text.effort * sum(lain)
        if not whole:
            continue
        made = float(data.calls.sel(text=key).sum("country").mean()) if "calls" in data else 0.0
        if made < IDLE_EFFORT * whole:
            why = "there are too few whom a call could move; lower the text's effort"
            if not scenario.dynamics.lobbying_weight:
                why = "calls move nobody; set dynamics.lobbying_weight above 0"
            yield Guard(
                "idle effort",
                1 - made / whole,
                f"{1 - made / whole:.0%} of the effort for the {text.title} is spent on nobody: {why}.",
            )


def _idle_commitment(results: Results) -> Iterator[Guard]:
    data = results.data
    for key in results.scenario.commitments:
        held = data.in_force.sel(commitment=key).values
        if not held.any():
            yield Guard(
                "idle commitment",
                1.0,
                f"The commitment {key} comes into force in no replicate: its conditions are never met"
                " together, or a red line stands in the way.",
            )


def _flip_flop(results: Results) -> Iterator[Guard]:
    stance = counted(results.data).stance.values
    if stance.shape[1] < 5:
        return
    a, b, c, d = (stance[:, -back] for back in (1, 2, 3, 4))
    share = float(((a == c) & (b == d) & (a != b)).mean())
    if share > RESTLESS:
        yield Guard(
            "flip-flop",
            share,
            f"{share:.0%} of stances swap to and fro in the last rounds: delegations answer each other at the"
            " same instant; lower dynamics.instruction_rate or raise dynamics.commitment.",
        )


def _cycles(results: Results) -> Iterator[Guard]:
    wording = results.data.wording.values
    for column, title in enumerate(results.data.text_title.values):
        again = np.mean([_returns(path) for path in wording[:, :, column]])
        if again > 0:
            yield Guard(
                "redrafting in circles",
                float(again),
                f"In {again:.0%} of replicates the {title} comes back to a wording it had left;"
                " turn on dynamics.tabu.",
            )


def _returns(path: NDArray[np.integer]) -> bool:
    """Whether a path of wordings (round, article) comes back to one that it had left."""
    steps = [path[0], *(now for before, now in zip(path, path[1:], strict=False) if (before != now).any())]
    return len({step.tobytes() for step in steps}) < len(steps)


def _start_gains(results: Results) -> Iterator[tuple[str, Floats]]:
    data = counted(results.data)
    for column, title in enumerate(data.text_title.values):
        yield str(title), data.start_gain.values[:, column]


CHECKS: tuple[Callable[[Results], Iterator[Guard]], ...] = (
    _conformity,
    _noise,
    _idle,
    _empty,
    _flip_flop,
    _ratchet,
    _ambition,
    _cycles,
    _idle_effort,
    _idle_commitment,
    _status_quo,
)
