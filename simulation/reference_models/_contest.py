"""One round of the challenge model on one issue: who would win, what each expects, and who gives way to whom.

In all functions i is the row and j the column; (N, N) arrays hold one value a pair.
"""

from __future__ import annotations

import numpy as np

from simulation.reference_models._base import Floats


def lean(place: Floats, weight: Floats, unit: float, exponent: Floats) -> Floats:
    """The chance P (N, N) that i wins against j: the votes for i over j, of all votes for one over another.

    l votes for a over b with V = w_l ((|x_l − b| / D)^r_l − (|x_l − a| / D)^r_l), w = c s, and
    P_ij = Σ_l max(0, V_l(x_i, x_j)) / Σ_l Σ_a Σ_b |V_l(x_a, x_b)|, 0 where i and j stand together.

    Whoever is nearer to i than to j is for i, so that sums along the scale up to the middle between i and j
    tell who votes: N² steps, not N³.
    """
    order = np.argsort(place, kind="stable")
    ranked = place[order]
    far = weight[order, None] * (np.abs(ranked[:, None] - place) / unit) ** exponent[order, None]
    up_to = np.concatenate([np.zeros((1, len(place))), np.cumsum(far, axis=0)])
    below = np.searchsorted(ranked, (place[:, None] + place) / 2)
    column = np.arange(len(place))
    low = up_to[below, column[None, :]] - up_to[below, column[:, None]]
    all_of_them = up_to[-1][None, :] - up_to[-1][:, None]
    votes = np.where(place[:, None] < place, low, all_of_them - low)
    votes[place[:, None] == place] = 0.0
    each = np.sort(far, axis=1)
    turns = 2 * np.arange(len(place)) - len(place) + 1  # Σ_a Σ_b |u_a − u_b| = 2 Σ (2k − N + 1) u_(k)
    total = 2 * float((each * turns).sum())
    return np.maximum(votes, 0.0) / total if total > 0 else np.zeros_like(votes)


def expected(
    place: Floats, cares: Floats, chance: Floats, unit: float, exponent: Floats
) -> tuple[Floats, Floats]:
    """What a challenge of j by i is worth, and one of i by j, both (N, N) and in the eyes of i.

    With d = |x_i − x_j| / D and r of the onlooker i: U_s = 2 − 4 (½ − ½ d)^r if the challenge succeeds,
    U_f = 2 − 4 (½ + ½ d)^r if it fails, U_q = 2 − 4 · ½^r if nothing is tried; a target resists with its
    salience s: E = s (P U_s + (1 − P) U_f) + (1 − s) U_s − U_q. The status quo is taken to last (Q = 1).
    """
    half, power = np.abs(place[:, None] - place) / unit / 2, exponent[:, None]
    win = 2 - 4 * np.maximum(0.5 - half, 0.0) ** power
    lose = 2 - 4 * (0.5 + half) ** power
    stay = 2 - 4 * 0.5**power

    def worth(target: Floats, wins: Floats) -> Floats:
        return target * (wins * win + (1 - wins) * lose) + (1 - target) * win - stay

    return worth(cares[None, :], chance), worth(cares[:, None], chance.T)


def risk(against: Floats) -> Floats:
    """The exponent r (N,) from ½ to 2, from what challenges by others are worth against each i.

    Danger S_i = Σ_j E_ji over the others, R_i = (2 S_i − max S − min S) / (max S − min S),
    r_i = (1 − R_i / 3) / (1 + R_i / 3); 1 where all are in the same danger.
    """
    danger = against.sum(axis=1) - np.diag(against)
    width = np.ptp(danger)
    if width == 0:
        return np.ones(len(danger))
    relative = (2 * danger - danger.max() - danger.min()) / width
    return (1 - relative / 3) / (1 + relative / 3)


def accepted(place: Floats, own: Floats, others: Floats, capitulation: bool) -> Floats:
    """Where everybody stands after the round (N,); a = `own`, b = `others`, both in the eyes of i.

    1. b > a > 0 is a confrontation: j wants i at x_j. b > 0 > a is a compromise at x_i + (x_j − x_i) |a / b|
       if b > |a|; if b < |a| and `capitulation` is on, j wants i at x_j.
    2. Of confrontations the one that moves i least is accepted.
    3. Without one, the compromise with the smallest (|a| x_i + |b| x_j) / (|a| + |b|): a smallest number, not
       a smallest move, as the documented program has it, so that mirroring the scale can change who is heard.
    4. Without either, the capitulation that moves i least.
    """
    apart = place[:, None] != place
    distance = np.abs(place[:, None] - place)
    press = apart & (others > own) & (own > 0)
    yields = apart & (others > 0) & (own < 0)
    meet, give_in = yields & (others > -own), yields & (others < -own)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.abs(own / others)
        rank = (np.abs(own) * place[:, None] + np.abs(others) * place) / (np.abs(own) + np.abs(others))
        halfway = place[:, None] + (place - place[:, None]) * share
    target = np.broadcast_to(place, distance.shape)
    after, free = place.copy(), np.ones(len(place), dtype=bool)
    kinds = [(press, distance, target), (meet, rank, halfway)]
    if capitulation:
        kinds.append((give_in, distance, target))
    for kind, key, there in kinds:
        chosen = np.where(kind, key, np.inf).argmin(axis=1)
        takes = free & kind.any(axis=1)
        after[takes] = there[takes, chosen[takes]]
        free &= ~takes
    return after
