"""Why did a delegation change its stance? The appeal at that moment, taken apart to the last bit.

The account adds up exactly, but it is bookkeeping and not causation: what would have happened without a
delegation is answered by a run in which it is silent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import preferences
from simulation.analyses.wording import listing, sentence_case, spoken

Floats = NDArray[np.floating]
NAMED = 3  # reasons named on either side
LEAST = 0.0005  # gain units; smaller reasons would print as 0.000


@dataclass(frozen=True)
class Explanation:
    """What stood behind one change of a public stance, in gain units.

    `direction` is 1 if the delegation moved up across the cut-point (to endorse, or to stop opposing) and −1
    if it moved down; `stance` is where it stands since. `margin` is appeal and chance less the cut-point. The
    parts are what each reason added to the appeal after the bloc step: content by issue, trust by sponsor,
    `peers_by_name` the stances heard from others, also through bloc partners, `bloc_by_member` the partners'
    own views, and `by_bloc` the same views by the bloc that passes them on.
    """

    country: str
    text: str
    round: int
    stance: int
    direction: int
    margin: float
    content_by_issue: Mapping[str, float]
    trust_by_sponsor: Mapping[str, float]
    inducements: float
    events: float
    peers_by_name: Mapping[str, float]
    bloc_by_member: Mapping[str, float]
    chance: float
    cut: float
    by_bloc: Mapping[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The sum of all parts and chance less the cut-point; it equals the margin."""
        return math.fsum([*(value for _, value in self._reasons()), self.chance, -self.cut])

    @property
    def without_chance(self) -> float:
        """The margin if chance had added nothing."""
        return self.margin - self.chance

    @property
    def owed_to_chance(self) -> bool:
        """Whether the stance would not have changed without factors outside the model."""
        return self.direction * self.margin >= 0 > self.direction * self.without_chance

    def sentences(self) -> list[str]:
        """The explanation in plain English, strongest reasons first."""
        name, side = sentence_case(spoken(self.country)), "above" if self.margin >= 0 else "below"
        lines = [
            f"{name} {self._act()} in round {self.round}: "
            f"its appeal stood {abs(self.margin):.3f} {side} the cut-point of {_signed(self.cut)}."
        ]
        reasons = sorted(self._reasons(), key=lambda reason: -abs(reason[1]))
        speaking = [(words, value) for words, value in reasons if abs(value) >= LEAST]
        pushing = [f"{words} ({_signed(value)})" for words, value in speaking if value * self.direction > 0]
        holding = [f"{words} ({_signed(value)})" for words, value in speaking if value * self.direction < 0]
        if pushing:
            lines.append(f"The strongest reasons were {listing(pushing[:NAMED])}.")
        if holding:
            lines.append(f"On the other side stood {listing(holding[:NAMED])}.")
        if self.direction * self.margin < 0:
            lines.append("Its appeal alone did not lead there: a red line or its own temper decided.")
        elif self.owed_to_chance:
            lines.append(f"It would have {self._otherwise()} without factors outside the model.")
        return lines

    def _act(self) -> str:
        if self.stance == 1:
            return f"endorsed the {self.text}"
        if self.stance == -1:
            return f"came out against the {self.text}"
        return f"{'stopped opposing' if self.direction > 0 else 'stopped endorsing'} the {self.text}"

    def _otherwise(self) -> str:
        if self.stance == 0:
            return "kept opposing" if self.direction > 0 else "kept endorsing"
        return "stayed undecided"

    def _reasons(self) -> list[tuple[str, float]]:
        return [
            *((f"its wording on {issue}", value) for issue, value in self.content_by_issue.items()),
            *((f"trust in {spoken(name)}", value) for name, value in self.trust_by_sponsor.items()),
            ("what it was offered", self.inducements),
            ("events, statements and calls", self.events),
            *((f"the stance of {spoken(name)}", value) for name, value in self.peers_by_name.items()),
            *((f"its bloc partner {spoken(name)}", value) for name, value in self.bloc_by_member.items()),
        ]


def _signed(value: float) -> str:
    """Gain units with their sign, a true minus."""
    return f"{value:+.3f}".replace("-", "−")


def content_by_issue(
    position: ArrayLike,
    salience: ArrayLike,
    places: ArrayLike,
    reversion: ArrayLike,
    content: ArrayLike,
    force: float = 1.0,
    exponent: int = 1,
) -> Floats:
    """What a text brings on each issue against the reversion point: (..., K), in gain units.

    s_k·(|x_k − q_k|^ρ − |x_k − p_k|^ρ)/100^ρ, times the legal force F on issues of content. `position` and
    `salience` are (..., K), 0–100 and with sum 1; `places` and `reversion` (K,) 0–100, equal where the text
    is silent; `content` (K,) is false for issues of procedure. Over the issues it adds up to the gain (E2).
    """
    position, salience = np.asarray(position, dtype=np.float64), np.asarray(salience, dtype=np.float64)
    at_reversion = preferences.loss(position, np.asarray(reversion, dtype=np.float64), exponent)
    nearer = preferences.advantage(position, at_reversion, np.asarray(places, dtype=np.float64), exponent)
    weight = salience / preferences.unit(exponent)
    return nearer * weight * np.where(np.asarray(content, dtype=bool), force, 1.0)


def decompose(
    country: str,
    countries: Sequence[str],
    text: str,
    round: int,
    stance: int,
    direction: int,
    *,
    content_by_issue: Mapping[str, float],
    trust_by_sponsor: Mapping[str, float],
    inducements: float,
    events: float,
    own: ArrayLike,
    peer_weight: ArrayLike,
    ties: ArrayLike,
    bloc_line: ArrayLike,
    heard: ArrayLike,
    chance: float,
    cut: float,
) -> Explanation:
    """Take the margin of one delegation's change of stance on one text apart.

    The margin is Σ_l D_il·o_l + chance − cut with o_l = own_l + weight_l·Σ_j W_lj·S_j. It falls into
    1. D_ii times each of the delegation's own parts: content by issue, trust by sponsor, inducements, events;
    2. for each delegation j whose stance is heard, Σ_l D_il·weight_l·W_lj·S_j, directly and through partners;
    3. for each bloc partner l, D_il·own_l, what it thinks before it looks at its peers.

    `country` is one of `countries` (N different names, as they should be printed). The mappings are its own
    parts, weighted as they stand in its appeal, and together make up its entry of `own` (N,), the appeals
    without peers. `peer_weight` is (N,) or one number, `ties` (N, N) has listeners as rows, `bloc_line` (N,)
    is its row of D, `heard` (N,) the stances as it saw them when it answered. Parts of exactly 0 are left out
    of the two last mappings. Raises ValueError if the country is not there, or not the only one of its name.
    """
    if countries.count(country) != 1:
        raise ValueError(
            f"an explanation needs one delegation named {country}, not {countries.count(country)}"
        )
    place = countries.index(country)
    own, line, said = (np.asarray(part, dtype=np.float64) for part in (own, bloc_line, heard))
    listening = np.asarray(ties, dtype=np.float64) * np.broadcast_to(peer_weight, own.shape)[:, None]
    follows = float(line[place])
    peers = (line @ listening) * said
    partners = line * own
    partners[place] = 0.0
    return Explanation(
        country=country,
        text=text,
        round=round,
        stance=stance,
        direction=direction,
        margin=float(line @ (own + listening @ said) + chance - cut),
        content_by_issue={issue: follows * value for issue, value in content_by_issue.items()},
        trust_by_sponsor={name: follows * value for name, value in trust_by_sponsor.items()},
        inducements=follows * inducements,
        events=follows * events,
        peers_by_name=_spoken_parts(countries, peers),
        bloc_by_member=_spoken_parts(countries, partners),
        chance=float(chance),
        cut=float(cut),
    )


def _spoken_parts(countries: Sequence[str], parts: Floats) -> dict[str, float]:
    return {name: float(part) for name, part in zip(countries, parts, strict=True) if part != 0}


def credit(
    who: ArrayLike, echo: ArrayLike, bloc_lines: ArrayLike, heard: ArrayLike, own: ArrayLike
) -> Floats:
    """The credit each delegation earned for others' changes of stance on a text: (F, N), in gain units.

    `who` (F,) are the rows of those who changed; `bloc_lines` is D (N, N) and `echo` D·diag(weight)·W (N, N),
    how far each hears each other directly and through its blocs; for every change `heard` (F, N) are the
    stances as they were seen and `own` (F, N) the appeals without peers.

    The credit of j at a change by i is Σ_l D_il·weight_l·W_lj·S_j + D_ij·own_j for j ≠ i, and 0 for i itself.
    With i's own part, D_ii·own_i + Σ_l D_il·weight_l·W_li·S_i, it adds up exactly to the appeal.
    """
    who = np.asarray(who, dtype=np.intp)
    echo, lines, heard, own = (np.asarray(part, dtype=float) for part in (echo, bloc_lines, heard, own))
    earned = echo[who] * heard + lines[who] * own
    earned[np.arange(len(who)), who] = 0.0
    return earned
