"""Single changes a sponsor can make without touching the text: a word that lifts trust, an offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from simulation.analyses.levers import Lever, Target, free
from simulation.analyses.wording import spoken
from simulation.compare import Patch
from simulation.ending import Ending, Floats
from simulation.explaining import sponsor_name

TRUST = np.round(np.arange(1, 201) * 0.01, 2)  # sizes tried, in units of trust: the scale is −1…1
OFFERS = np.round(np.arange(1, 101) * 0.005, 3)  # in gain units: beyond 0.5 an offer outweighs any text
SURE = 0.95  # who shall hear a word before the end: this share of the delegations


def assurances(ending: Ending, target: Target) -> list[Lever]:
    """A sponsor's word to the target alone, or a loss of trust in it.

    It comes late enough to be remembered and early enough that 95 % of the delegations are instructed once
    more before the end; until then trust drifts back by the decay of the dynamics.
    """
    room, scenario = ending.room, ending.scenario
    weight = room.dynamics.trust_weight
    authors = [s for s, share in enumerate(room.authorship[ending.text]) if share > 0] if weight else []
    rows = np.array([row for row in target.rows if not room.sponsoring[row, ending.text]], dtype=np.intp)
    if not len(rows):
        return []
    day, left = moment(ending)
    found = []
    for author in authors:
        name = room.sponsors[author]
        weigh = room.authorship[ending.text, author] * room.part_weights[1].astype(float)
        weigh = weigh * ending.chamber.coloured[:, ending.text]
        words = "an assurance by {} to {}" if target.direction > 0 else "a loss of trust in {} with {}"
        sponsor = spoken(sponsor_name(room, name))
        event = {
            "date": day,
            "type": "assurance" if target.direction > 0 else "trust_shock",
            "nature": "exogenous",
            "sentence": f"What if there were {words.format(sponsor, target.name)}?",
            "targets": list(target.addressed),
            "sponsor": name,
        }
        key = free(f"path-{name}-{_addressed(target)}", scenario.events)
        found.append(
            Lever(
                kind="assurance" if target.direction > 0 else "loss of trust",
                place=key,
                words=words.format(sponsor, target.name),
                unit="of trust",
                sizes=TRUST[: np.searchsorted(TRUST, _room_left(ending, author, rows, target.direction)) + 1],
                scale=2.0,
                patch=_event(key, event, target.direction),
                moved=_trusting(ending, author, rows, left * weigh, target.direction),
            )
        )
    return found


def offers(ending: Ending, target: Target) -> list[Lever]:
    """A sponsor's offer to the target without conditions, as much to each delegation; none takes one back."""
    room, scenario = ending.room, ending.scenario
    giver = next(iter(_speakers(scenario, scenario.texts[ending.key].sponsors)), None)
    rows = [row for row in target.rows if room.countries[row] != giver]
    if giver is None or target.direction < 0 or not rows:
        return []
    own = np.zeros_like(ending.appeal)
    own[rows] = room.part_weights[2].astype(float)[rows, None]
    each = ending.mixed(own)
    words = f"an offer by {spoken(scenario.delegations[giver].name)} to {target.name}"
    key = free(f"path-offer-{_addressed(target)}", scenario.commitments)
    promise = {"parties": [giver], "text": ending.key, "to": [room.countries[row] for row in rows]}
    return [
        Lever(
            kind="offer",
            place=key,
            words=words + (", to each" if len(rows) > 1 else ""),
            unit="gain units",
            sizes=OFFERS,
            scale=1.0,
            patch=lambda size: {"commitments": {key: {**promise, "inducement": size}}},
            moved=lambda size: size * each,
        )
    ]


def moment(ending: Ending) -> tuple[dt.date, float]:
    """The day of a word that shall count at the end, and what share of it trust still remembers then."""
    room = ending.room
    rate, last = room.dynamics.instruction_rate, room.rounds[-1]
    wanted = -np.log(1 - SURE) / rate
    tabled = next((place for place, texts in enumerate(room.tabling) if ending.text in texts), 0)
    early_enough = [
        place
        for place in range(tabled, len(room.rounds))
        if (last.end - room.rounds[place].start).days >= wanted
    ]
    place = max(early_enough, default=tabled)
    past = (last.start - room.rounds[place].start).days
    return room.rounds[place].start, float(np.exp(-room.dynamics.trust_decay * past))


def _addressed(target: Target) -> str:
    """Whom an event or offer is for, as part of a key."""
    return "-".join(target.addressed).replace("bloc:", "")


def _event(key: str, event: Patch, direction: int) -> Callable[[float], Patch]:
    """The patch of an event, by its size."""
    return lambda size: {"events": {key: {**event, "delta": direction * size}}}


def _room_left(ending: Ending, author: int, rows: NDArray[np.intp], direction: int) -> float:
    """How far trust of some delegations in a sponsor can move at most before it ends at ±1."""
    return float((1 - direction * ending.trust[author, rows]).max())


def _trusting(
    ending: Ending, author: int, rows: NDArray[np.intp], weigh: Floats, direction: int
) -> Callable[[float], Floats]:
    """How far appeals move if some delegations trust a sponsor so much more or less; trust ends at ±1."""
    before = ending.trust[author, rows]

    def moved(size: float) -> Floats:
        own = np.zeros_like(ending.appeal)
        own[rows] = (np.clip(before + direction * size, -1, 1) - before) * weigh[rows, None]
        return ending.mixed(own)

    return moved


def _speakers(scenario: Scenario, sponsors: Sequence[str]) -> list[str]:
    """Delegations that can promise for sponsors: they themselves, or a bloc's coordinator or first member."""
    found = []
    for one in sponsors:
        if one in scenario.delegations:
            found.append(one)
        else:
            bloc = scenario.blocs[one]
            found += [who for who in (bloc.coordinator, *bloc.members) if who in scenario.delegations][:1]
    return found
