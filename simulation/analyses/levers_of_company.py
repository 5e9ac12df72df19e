"""Single changes to who stands behind a text: somebody endorses it, or joins its sponsors."""

from __future__ import annotations

import numpy as np

from agents.response import ENDORSE, OPPOSE
from simulation.analyses.levers import HALF, Lever, Target, always, free
from simulation.analyses.wording import sentence_case, spoken
from simulation.ending import Ending

NEIGHBOURS, PARTNERS = 3, 2  # how many of each are looked at, those to whom most is listened
STEPS = 2.0  # from opposing to endorsing


def endorsements(ending: Ending, target: Target) -> list[Lever]:
    """Another delegation endorses the text, or opposes it if a yes is to be lost, and keeps to that.

    Looked at are the three outside the target whose stance weighs most with it, and the coordinators of its
    blocs, one of its own members if it is a bloc. It is a promise about this text alone: a fixed stance would
    be one on every text.
    """
    room = ending.room
    to, rows = (ENDORSE if target.direction > 0 else OPPOSE), list(target.rows)
    open_to = (ending.stance != to).mean(axis=1) >= HALF
    closed = (ending.forbidden | ending.unmet).mean(axis=1) >= HALF
    if target.direction > 0:
        open_to &= ~closed
    if len(rows) == 1:
        open_to[rows] = False
    open_to &= ~room.sponsoring[:, ending.text]
    steps = (to - ending.stance).astype(float)
    weight = np.abs(ending.echo[rows].mean(axis=0) * steps.mean(axis=1))
    outside = np.argsort(-np.where(np.isin(np.arange(len(weight)), rows), 0, weight), kind="stable")
    nearest = [row for row in outside if open_to[row] and weight[row] > 0 and row not in rows]
    some = [*nearest[:NEIGHBOURS], *(row for row in _coordinators(ending, rows) if open_to[row])]
    promise = {"at_least": "endorse"} if target.direction > 0 else {"at_most": "oppose"}
    found = []
    for row in dict.fromkeys(map(int, some)):
        iso3 = room.countries[row]
        name = sentence_case(spoken(ending.scenario.delegations[iso3].name))
        moved = ending.echo[:, row, None] * steps[row]
        key = free(f"path-promise-{iso3}", ending.scenario.commitments)
        patch = {"commitments": {key: {"parties": [iso3], "text": ending.key, **promise}}}
        found.append(
            Lever(
                kind="company",
                place=key,
                words=f"{name} {'endorses' if target.direction > 0 else 'opposes'}",
                unit="steps",
                sizes=np.array([float(np.abs(steps[row]).mean())]),
                scale=STEPS,
                patch=always(patch),
                moved=always(moved),
                told={row: to},
            )
        )
    return found


def sponsors(ending: Ending, target: Target) -> list[Lever]:
    """Another delegation that endorses anyway joins the sponsors: trust is then shared among more authors.

    Looked at are the two that help most. Trust in a delegation that sponsors nothing is mostly not coded, and
    is then 0.
    """
    room, scenario = ending.room, ending.scenario
    text = scenario.texts[ending.key]
    if text.merges:
        return []
    rows, share = list(target.rows), text.sponsorship / (len(text.sponsors) + 1)
    authors = np.array(room.authorship[ending.text], dtype=float)
    before = np.tensordot(authors, ending.trust, axes=1)
    kept = np.tensordot(np.where(authors > 0, share, 0), ending.trust, axes=1)
    own_weight = room.part_weights[1].astype(float)[:, None] * ending.chamber.coloured[:, [ending.text]]
    able = (ending.stance == ENDORSE).mean(axis=1) >= HALF
    able &= ~(room.sponsoring[:, ending.text] | room.observing)
    if not target.by_rule:
        able[rows] = False
    found = []
    for row in np.flatnonzero(able).tolist():
        iso3 = room.countries[row]
        in_it = np.array([one.trust.get(iso3, 0.0) for one in scenario.delegations.values()])[:, None]
        moved = ending.mixed((kept + share * in_it - before) * own_weight)
        moved = moved + ending.echo[:, row, None] * (ENDORSE - ending.stance[row])
        patch = {"texts": {ending.key: {"sponsors": [*text.sponsors, iso3]}}}
        found.append(
            Lever(
                kind="sponsor",
                place="sponsors",
                words=f"{sentence_case(spoken(scenario.delegations[iso3].name))} joins the sponsors",
                unit="sponsor",
                sizes=np.array([1.0]),
                scale=STEPS,
                patch=always(patch),
                moved=always(moved),
                told={row: ENDORSE},
            )
        )
    helps = [target.direction * float(one.moved(1.0)[rows].mean()) for one in found]
    order = sorted(range(len(found)), key=lambda place: -helps[place])
    return [found[place] for place in order[:PARTNERS] if helps[place] > 0]


def _coordinators(ending: Ending, rows: list[int]) -> list[int]:
    """The rows of those who speak for a bloc of the target towards the sponsors, or in general."""
    room, scenario = ending.room, ending.scenario
    text = scenario.texts[ending.key]
    found = []
    for bloc, inside in zip(scenario.blocs.values(), room.members, strict=True):
        towards = next(
            (bloc.coordinator_for[one] for one in text.sponsors if one in bloc.coordinator_for), None
        )
        speaker = towards or bloc.coordinator
        if inside[rows].any() and bloc.discipline > 0 and speaker in room.countries:
            found.append(room.countries.index(speaker))
    return found
