"""How did delegations deal with one another? Promises, assurances, calls and meetings as acts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from agents.response import ENDORSE, OPPOSE
from scenarios.schema import Event
from simulation.analyses.acts import Act
from simulation.analyses.citing import article_name, put, short, wording_words
from simulation.analyses.reasons import units
from simulation.analyses.wording import listing, sentence_case, spoken
from simulation.commitments import Condition
from simulation.explaining import sponsor_name, unique_names
from simulation.model import NegotiationModel

STATES = {
    "opposes in public": "oppose",
    "takes note": "take note of",
    "will carefully study": "will carefully study",
    "attaches importance": "attach importance to",
    "constructive": "find constructive",
    "welcomes": "welcome",
    "supports": "support",
    "co-sponsors": "co-sponsor",
}
Flags = NDArray[np.bool_]
DOES = {
    (OPPOSE, OPPOSE): "oppose",
    (OPPOSE, 0): "not endorse",
    (0, 0): "keep studying",
    (0, ENDORSE): "not oppose",
    (ENDORSE, ENDORSE): "endorse",
}
STANDS = {
    (OPPOSE, OPPOSE): "opposes",
    (OPPOSE, 0): "does not endorse",
    (0, 0): "studies",
    (0, ENDORSE): "does not oppose",
    (ENDORSE, ENDORSE): "endorses",
}


def commitment_acts(model: NegotiationModel) -> Iterator[Act]:
    """Every commitment that came into force or was withdrawn in the first replicate.

    The model must have kept everything (`in_full`).
    """
    before = np.zeros(len(model.room.commitments.keys), dtype=bool)
    for index, held in enumerate(model.record.in_force, start=1):
        now = held[:, 0]
        for number in np.flatnonzero(now & ~before).tolist():
            yield _committed(model, number, index, now)
        for number in np.flatnonzero(before & ~now).tolist():
            yield _withdrew(model, number, index, now)
        before = now


def assurance_acts(model: NegotiationModel) -> Iterator[Act]:
    """How sponsors answered doubts about their motives: with their word, evidence or the general norm."""
    room = model.room
    for index, events in enumerate(room.events, start=1):
        for event in events:
            if event.type != "assurance" or event.sponsor not in room.sponsors:
                continue
            who = sentence_case(spoken(sponsor_name(room, event.sponsor)))
            lift = units(event.delta * room.dynamics.evidence_weight, sign=False)
            done = {
                "assurance": f"gave an assurance, which adds {units(event.delta, sign=False)} to trust in it "
                "and fades",
                "evidence": f"answered with evidence, which adds up to {lift} to the trust of those who "
                "doubt it",
                "general norm": f"pointed to the general norm, so that authorship colours its texts "
                f"{100 * event.delta:.0f} % less",
            }[event.kind]
            yield Act(
                index,
                event.date.isoformat(),
                "assured",
                event.sponsor,
                event.text or "",
                f"{who} {done}: “{event.sentence.rstrip('. ')}”.",
                to=_addressed(model, event),
            )


def _addressed(model: NegotiationModel, event: Event) -> str:
    """The keys of those whom an event names, joined; empty if it is for all."""
    if not event.targets or "all" in event.targets:
        return ""
    return ", ".join(model.room.countries[row] for row in model.room.rows(event.targets))


def call_acts(model: NegotiationModel) -> Iterator[Act]:
    """Whom sponsors, or the chair, called on in each round of the first replicate, and what it moved.

    The model must have kept everything (`in_full`).
    """
    room = model.room
    every = unique_names(room)
    for made in model.record.calls:
        raised = made.raised[:, 0]
        rows = sorted(np.flatnonzero(raised > 0).tolist(), key=lambda row: -raised[row])
        if not rows:
            continue
        sponsors = list(room.scenario.texts.values())[made.text].sponsors
        who = listing([spoken(sponsor_name(room, one)) for one in sponsors]) or "the chair"
        each = float(raised[rows].mean())
        named = listing([spoken(every[row]) for row in rows])
        moved = "its appeal" if len(rows) == 1 else "their appeals on average"
        yield Act(
            made.round,
            room.rounds[made.round - 1].last_day.isoformat(),
            "lobbied",
            ", ".join(sponsors),
            room.texts[made.text],
            f"{sentence_case(who)} called on {named} about the {_title(model, made.text)}, where that moves "
            f"the decision most: it raises {moved} by {units(each, sign=False)}.",
            to=", ".join(room.countries[row] for row in rows),
            parts={"events": each},
        )


def meeting_acts(model: NegotiationModel) -> Iterator[Act]:
    """Who met apart in the first replicate, how much nearer they came, and what they stated together.

    The model must have kept everything (`in_full`).
    """
    room = model.room
    every = unique_names(room)
    titles = [issue.title for issue in room.scenario.issues.values()]
    for met in model.record.meetings:
        event, parties = met.meeting.event, met.meeting.parties
        names = [
            spoken(every[one.row]) + (f" for {room.scenario.blocs[one.bloc].name}" if one.bloc else "")
            for one in parties
        ]
        who = sentence_case(listing(names))
        day = room.rounds[met.round - 1].last_day.isoformat()
        actor, text = ", ".join(room.countries[one.row] for one in parties), event.text or ""
        before, after = (float(gap[0]) for gap in (met.before, met.after))
        held = f"they stand {after:.0f} points apart on average, {before:.0f} before"
        shared = [title for title, here in zip(titles, met.shared[:, 0], strict=True) if here]
        ended = ""
        if met.meeting.last and not shared:
            ended = (
                f"; there is no joint statement, as on no issue do they stand within {event.within:g} points"
            )
        yield Act(met.round, day, "met", actor, text, f"{who} met apart: {held}{ended}.")
        if met.meeting.last and shared:
            does = STATES.get(event.wording or "", "") if text else ""
            on = f"they {does} the {_title(model, room.texts.index(text))} and " if does else "they "
            said = f"{on}stand within {event.within:g} points of each other on {listing(shared)}"
            parts = {"events": event.delta} if text and event.delta else {}
            told = f"{who} issued a joint statement: {said}."
            yield Act(met.round, day, "joint statement", actor, text, told, parts=parts)


def _committed(model: NegotiationModel, number: int, index: int, force: Flags) -> Act:
    """A commitment came into force, with the conditions that were met."""
    whom, names = _whom(model, number)
    holding = [_condition(model, one, _stands(model, one, index), True) for one in _of(model, number)]
    why = f", as {listing(holding)}" if holding else ""
    itself = "itself" if len(names) == 1 else "themselves"
    said = f"{sentence_case(listing(names))} committed {itself} to {_promise(model, number)}{why}."
    return _act(model, "committed", number, index, whom, said)


def _withdrew(model: NegotiationModel, number: int, index: int, force: Flags) -> Act:
    """A commitment was withdrawn, as conditions failed or a red line now forbids it."""
    whom, names = _whom(model, number)
    failed = [
        _condition(model, one, False, False)
        for place, one in _places_of(model, number)
        if not (_stands(model, one, index) or (model.room.commitments.brought_about[place] & force).any())
    ]
    their = "its" if len(names) == 1 else "their"
    why = listing(failed) or f"a red line of {their} own stands in the way"
    said = f"{sentence_case(listing(names))} withdrew {their} commitment to {_promise(model, number)}: {why}."
    return _act(model, "withdrew", number, index, whom, said)


def _act(model: NegotiationModel, kind: str, number: int, index: int, whom: list[str], said: str) -> Act:
    room = model.room
    commitments = room.commitments
    amount = float(commitments.inducement[number])
    return Act(
        index,
        room.rounds[index - 1].last_day.isoformat(),
        kind,
        ", ".join(whom),
        room.texts[commitments.text[number]],
        said,
        to=", ".join(room.countries[row] for row in np.flatnonzero(commitments.to[number])),
        parts={"inducements": amount if kind == "committed" else -amount} if amount else {},
    )


def _whom(model: NegotiationModel, number: int) -> tuple[list[str], list[str]]:
    """The keys of those who make a commitment, and their names in a sentence."""
    rows = np.flatnonzero(model.room.commitments.parties[number]).tolist()
    every = unique_names(model.room)
    return [model.room.countries[row] for row in rows], [spoken(every[row]) for row in rows]


def _places_of(model: NegotiationModel, number: int) -> list[tuple[int, Condition]]:
    """The conditions of a commitment, each with its place among all."""
    commitments = model.room.commitments
    found = np.flatnonzero(commitments.belongs == number).tolist()
    return [(place, commitments.conditions[place]) for place in found]


def _of(model: NegotiationModel, number: int) -> list[Condition]:
    return [condition for _, condition in _places_of(model, number)]


def _stands(model: NegotiationModel, condition: Condition, index: int) -> bool:
    """Whether a condition held as things stood at the start of a round."""
    record = model.record
    if condition.article >= 0:
        return bool(condition.allowed[record.chosen[index - 1, condition.text, condition.article, 0]])
    if condition.row >= 0:
        stance = record.before[index, condition.row, condition.text, 0]
        return bool(condition.least <= stance <= condition.most)
    return False


def _title(model: NegotiationModel, text: int) -> str:
    return short(list(model.room.scenario.texts.values())[text].title)


def _promise(model: NegotiationModel, number: int) -> str:
    """What is promised, behind "to"."""
    room, commitments = model.room, model.room.commitments
    title = _title(model, commitments.text[number])
    promised = []
    stance = int(commitments.least[number]), int(commitments.most[number])
    if stance in DOES:
        promised.append(f"{DOES[stance]} the {title}")
    if commitments.to[number].any():
        every = unique_names(room)
        given = listing([spoken(every[row]) for row in np.flatnonzero(commitments.to[number])])
        worth = units(float(commitments.inducement[number]), sign=False)
        promised.append(f"give {given} inducements worth {worth} on the {title}")
    return " and to ".join(promised)


def _condition(model: NegotiationModel, condition: Condition, stands: bool, met: bool) -> str:
    """A condition in words: met by the state of things or by a promise, or no longer met."""
    room = model.room
    title = f"the {_title(model, condition.text)}"
    if condition.article >= 0:
        text = list(room.scenario.texts.values())[condition.text]
        options = np.flatnonzero(condition.allowed).tolist()
        words = [put(wording_words(text, condition.article, option)) for option in options]
        says = "says" if met else "no longer says"
        return f"article {article_name(text, condition.article)} of {title} {says} {' or '.join(words)}"
    if condition.commitment >= 0:
        names = listing(_whom(model, condition.commitment)[1])
        promise = _promise(model, condition.commitment)
        return f"{names} {'has promised' if met else 'no longer promises'} to {promise}"
    name, stance = spoken(unique_names(room)[condition.row]), (condition.least, condition.most)
    if not met:
        return f"it is no longer so that {name} {STANDS[stance]} {title}"
    return f"{name} {STANDS[stance]} {title}" if stands else f"{name} has promised to {DOES[stance]} {title}"
