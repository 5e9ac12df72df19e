"""Whom does a delegation listen to? Persuasion, peers, blocs and trust."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def openness_by_issue(openness: Floats, salience: Floats, exponent: float) -> Floats:
    """How far each delegation lets itself be persuaded on each issue: Λ of the shape of `salience`, 0–1.

    Λ_ik = φ_i^((K⁺·s_ik)^γ), K⁺ the number of issues the delegation cares about. An issue of average salience
    is open by exactly φ, one that matters more is held harder, one of no salience is fully open.
    φ = 1 is DeGroot (1974), φ = 0 frozen, γ = 0 the classical model of Friedkin & Johnsen (1990).
    `openness` (country,), `salience` (country, issue, replicate) with rows that sum to 1.
    """
    cared_for = np.zeros(salience[:, :1].shape, dtype=salience.dtype)
    for issue in range(salience.shape[1]):
        cared_for[:, 0] += salience[:, issue] > 0
    relative = np.ascontiguousarray(cared_for * salience)
    weight = np.ones_like(relative) if exponent == 0 else relative if exponent == 1 else relative**exponent
    frozen = openness == 0
    base = np.broadcast_to(np.where(frozen, 1, openness)[:, None, None], weight.shape)
    open_to = np.power(np.ascontiguousarray(base, dtype=salience.dtype), weight)
    open_to[frozen] = 0
    return open_to


def persuade(anchor: Floats, heard: Floats, open_to: Floats) -> Floats:
    """Expressed positions after a consultation: x ← Λ∘heard + (1−Λ)∘x0, all (country, issue, replicate).

    The capital's instruction x0 holds a delegation back: `anchor` is (1−Λ)∘x0 (Friedkin & Johnsen 1990).
    Overwrites `heard`.
    """
    heard *= open_to
    heard += anchor
    return heard


def recover_trust(trust: Floats, start: Floats, decay: float, days: float) -> Floats:
    """Trust on its way back to where it was: T0 + (T − T0)·exp(−decay·days), between the two."""
    back = trust - start
    back *= trust.dtype.type(np.exp(-decay * days))
    back += start
    return back


def row_shares(weights: Floats) -> Floats:
    """Rows scaled so that their absolute values sum to 1; an empty row (an isolate) stays empty."""
    total = np.abs(weights).sum(axis=1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


class BlocLine(NamedTuple):
    """How appeals mix with the lines of blocs: A_i = keep_i·o_i + Σ_b follow_ib·Σ_l line_bl·o_l.

    `keep` (country,) is 1 − d, `follow` (country, bloc) d spread over a delegation's blocs, `line` (bloc,
    country) how much each member weighs in its bloc's line. keep and follow of a delegation sum to 1, and so
    does every line.
    """

    keep: Floats
    follow: Floats
    line: Floats

    @property
    def dense(self) -> Floats:
        """The same as one matrix D = diag(keep) + follow·line (country, country), rows that sum to 1."""
        return np.diag(self.keep) + self.follow @ self.line

    def weighed(self, weights: Floats) -> BlocLine:
        """The same where own appeals weigh (country,) times as much, D·diag(w)."""
        return BlocLine(self.keep * weights, self.follow, self.line * weights)

    def astype(self, dtype: type[np.floating]) -> BlocLine:
        """The same numbers in another precision."""
        return BlocLine(*(np.ascontiguousarray(part, dtype=dtype) for part in self))


def bloc_line(
    members: NDArray[np.bool_],
    discipline: Floats,
    capability: Floats,
    coordinators: NDArray[np.intp],
    coordinator_weight: float,
    own_discipline: NDArray[np.object_] | None = None,
) -> BlocLine:
    """How an appeal mixes a delegation's own view with its blocs' line, D = diag(1−d) + diag(d)·C.

    In a bloc's line each member weighs by capability, and the coordinator (if one sits in the room) has
    `coordinator_weight` of it for itself. Several blocs are averaged, each weighing by its discipline, so a
    bloc without discipline changes nothing. A bloc of one is no bloc.

    `members` (bloc, country); `discipline` (bloc,); `coordinators` (bloc,) rows or −1; `own_discipline`
    (country,) replaces d where it is not None (a loyalist has 1).
    """
    countries = len(capability)
    binding = np.flatnonzero((members.sum(axis=1) >= 2) & (discipline > 0))
    line = np.zeros((len(binding), countries))
    pull = np.zeros((countries, len(binding)))
    for place, bloc in enumerate(binding):
        inside, speaker = members[bloc], coordinators[bloc]
        weight = np.where(inside, capability, 0.0)
        line[place] = weight / weight.sum() if weight.sum() > 0 else inside / inside.sum()
        if speaker >= 0:
            line[place] *= 1 - coordinator_weight
            line[place, speaker] += coordinator_weight
        pull[:, place] = discipline[bloc] * inside
    in_bloc = pull.sum(axis=1) > 0
    share = np.divide(pull, pull.sum(axis=1, keepdims=True), out=np.zeros_like(pull), where=in_bloc[:, None])
    mean_discipline = (share * discipline[binding]).sum(axis=1)
    if own_discipline is not None:
        given = np.array([value is not None for value in own_discipline])
        replace = given & in_bloc
        mean_discipline[replace] = own_discipline[replace].astype(float)
    return BlocLine(1 - mean_discipline, mean_discipline[:, None] * share, line)
