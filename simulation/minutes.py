"""The minutes of one replicate: every act in order, from the tabling of texts to the explanations of vote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Scenario
from simulation import rules
from simulation.analyses.acts import KINDS, Act, broke_silence, took_a_stance, voted
from simulation.analyses.citing import article_name, put, short, wording_words
from simulation.analyses.explanation import Explanation, content_by_issue
from simulation.analyses.reasons import LEAST, units
from simulation.analyses.wording import listing, number, percent, sentence_case, spoken
from simulation.commitments import binding
from simulation.dealings import assurance_acts, call_acts, commitment_acts, meeting_acts
from simulation.explaining import changes, sponsor_name, unique_names
from simulation.model import NegotiationModel
from simulation.motions import dissociation_acts, motion_acts
from simulation.opening import open_room
from simulation.phases.drafting import Revision
from simulation.room import Room
from simulation.threads import one_thread
from simulation.voting import account_of, hear, red_line, votes
from simulation.wording import places

Floats = NDArray[np.floating]


class Offer(NamedTuple):
    """What a text's sponsors promised a delegation in a round, in gain units, and what they have left."""

    round: int
    row: int
    text: int
    amount: float
    left: float


class Break(NamedTuple):
    """A delegation that broke a silence: the account of its objection, and the red line that bound it."""

    row: int
    text: int
    objection: Explanation
    bound: str


def minutes(scenario: Scenario, seed: int, replicate: int = 0) -> list[Act]:
    """Everything that was done in one replicate, in order.

    The replicate is run once more with everything kept; its streams make it equal to the recorded one.
    """
    model = NegotiationModel(open_room(scenario), [replicate], seed, in_full=True)
    offers: list[Offer] = []
    breaks: list[Break] = []
    with one_thread():  # products this small are many times slower on several threads
        while model.running:
            offered, unbroken = model.chamber.offered.copy(), model.chamber.unbroken.copy()
            model.step()
            offers += _offers(model, offered)
            breaks += _breaks(model, unbroken)
        found = [*_proposals(model), *_revisions(model), *_promises(model, offers)]
        found += [*assurance_acts(model), *commitment_acts(model), *call_acts(model), *meeting_acts(model)]
        found += [*_stances(model, breaks), *motion_acts(model), *dissociation_acts(model)]
    return sorted(found, key=lambda act: (act.round, KINDS.index(act.kind)))


def _stances(model: NegotiationModel, breaks: list[Break]) -> Iterator[Act]:
    """What delegations said in public, and how they voted."""
    room, dates = model.room, _dates(model.room)
    for country, text, change in changes(model):
        row, on = room.countries.index(country), room.texts.index(text)
        bound = _bound(model, row, on, change.round)
        yield took_a_stance(country, text, dates[change.round], change, bound)
    for row, on, objection, bound in breaks:
        yield broke_silence(room.countries[row], room.texts[on], dates[objection.round], objection, bound)
    for row, on, vote in votes(model):
        yield voted(room.countries[row], room.texts[on], dates[-1], vote)


def _bound(model: NegotiationModel, row: int, text: int, index: int) -> str:
    """The red line or commitment that bound a delegation in a round, in words; empty if none did."""
    room, wording = model.room, model.room.wordings[text]
    if room.unbound[row]:
        return ""
    chosen = model.record.chosen[index, text, : len(wording.articles), 0]
    line = red_line(room, row, *places(wording, chosen, room.reversion))
    if line or not model.record.in_force:
        return line
    return "its commitment" if binding(room, model.record.in_force[index - 1][:, 0], row, text) else ""


def _dates(room: Room) -> list[str]:
    """The last day of every round, before them the first day."""
    return [room.rounds[0].start.isoformat(), *(one.last_day.isoformat() for one in room.rounds)]


def _offers(model: NegotiationModel, before: Floats) -> list[Offer]:
    """What was promised in the round that has just ended, but for what would print as nothing."""
    more = model.chamber.offered[..., 0] - before[..., 0]
    funds = model.chamber.funds[..., 0]
    return [
        Offer(model.round, row, text, float(more[row, text]), float(funds[text]))
        for row, text in np.argwhere(more >= LEAST).tolist()
    ]


def _breaks(model: NegotiationModel, before: NDArray[np.integer]) -> Iterator[Break]:
    """Who ended a silence in the round that has just ended, where one no is enough for it.

    A silence that ends because the text came back reworded was broken by nobody.
    """
    room, chamber, record = model.room, model.chamber, model.record
    rule = rules.find(room.scenario.rule.name)
    ended = (before[:, 0] > 0) & (chamber.unbroken[:, 0] == 0) & (chamber.adopted_round[:, 0] < 0)
    ended &= (record.chosen[model.round] == record.chosen[model.round - 1])[..., 0].all(axis=1)
    if not (rule.one_no_blocks and rule.days and ended.any()):
        return
    chance, progress = model.draws.chance[model.round - 1], model.round / len(room.rounds)
    hearing = hear(model, chamber, rule.counts_stances, chance, True, progress)
    objecting = (chamber.stance[..., 0] == -1) & (hearing.choice == -1) & ~room.observing[:, None]
    for row, text in np.argwhere(objecting & ended).tolist():
        objection = account_of(model, hearing, row, text, -1, float(hearing.lower[row, text]))
        yield Break(row, text, objection, _bound(model, row, text, model.round))


def _proposals(model: NegotiationModel) -> Iterator[Act]:
    """Who tabled what, and what it brings them."""
    room, dates, record = model.room, _dates(model.room), model.record
    when = {text: 0 for text in np.flatnonzero(room.tabled_from_start).tolist()}
    when |= {text: index + 1 for index, tabled in enumerate(room.tabling) for text in tabled}
    for text, index in when.items():
        key, found = room.texts[text], room.scenario.texts[room.texts[text]]
        named = [spoken(sponsor_name(room, one)) for one in found.sponsors]
        if not named:
            told = f"The {short(found.title)} lay on the table; nobody sponsors it."
            yield Act(index, dates[index], "proposed", "", key, told)
            continue
        day = found.tabled.isoformat() if index and found.tabled else dates[index]
        rows = np.flatnonzero(room.sponsoring[:, text])
        gain = float(record.part[0, max(index, 1), rows, text, 0].mean()) if len(rows) else 0.0
        whom = named[0] if len(rows) == 1 else "its sponsors on average"
        yield Act(
            index,
            day,
            "proposed",
            ", ".join(found.sponsors),
            key,
            f"{sentence_case(listing(named))} tabled the {short(found.title)}: "
            f"it is worth {units(gain)} to {whom} against what holds without it.",
            parts={"gain": gain},
        )


def _promises(model: NegotiationModel, offers: list[Offer]) -> Iterator[Act]:
    """What sponsors offered, and for what."""
    room, dates = model.room, _dates(model.room)
    for offer in offers:
        text = room.scenario.texts[room.texts[offer.text]]
        yield Act(
            offer.round,
            dates[offer.round],
            "offered",
            ", ".join(text.sponsors),
            room.texts[offer.text],
            f"{_drafters(room, offer.text)} offered {spoken(unique_names(room)[offer.row])} inducements "
            f"worth {units(offer.amount)} to endorse the {short(text.title)}, which is what it lacked; "
            f"{units(offer.left, sign=False)} of the funds are left.",
            to=room.countries[offer.row],
            parts={"inducements": offer.amount},
        )


def _drafters(room: Room, text: int) -> str:
    """Who speaks for a text, at the beginning of a sentence."""
    sponsors = list(room.scenario.texts.values())[text].sponsors
    return sentence_case(listing([spoken(sponsor_name(room, one)) for one in sponsors]))


def _revisions(model: NegotiationModel) -> Iterator[Act]:
    """What was reworded at whose request, and what the sponsors gave up for it."""
    for revision in model.record.revisions:
        if revision.changed[0]:
            more = _what_it_brings(model, revision)
            yield from _amendments(model, revision, more)
            if model.room.drafting[revision.text] == "sponsor-led":
                yield from _concession(model, revision, more)


def _what_it_brings(model: NegotiationModel, revision: Revision) -> Floats:
    """How a revision changed what the text brings each delegation (country,), as it weighs in its appeal."""
    room, record, index = model.room, model.record, revision.round
    gains = []
    for chosen in (revision.before, revision.after):
        place = places(room.wordings[revision.text], chosen[:, 0], room.reversion)[0]
        by_issue = content_by_issue(
            record.position[index, ..., 0],
            record.salience[index - 1][..., 0],
            place,
            room.reversion,
            room.content,
            float(room.force(place)),
            room.dynamics.loss_exponent,
        )
        gains.append(by_issue.sum(axis=1) * room.part_weights[0])
    return gains[1] - gains[0]


def _amendments(model: NegotiationModel, revision: Revision, more: Floats) -> Iterator[Act]:
    """An act for every article that a revision changed."""
    room = model.room
    text = room.scenario.texts[room.texts[revision.text]]
    changed = np.flatnonzero(revision.before[:, 0] != revision.after[:, 0]).tolist()
    who = {"line-by-line": "The room", "chair": "The chair"}.get(room.drafting[revision.text])
    asker = int(revision.asked_by[0])
    for article in changed:
        option = int(revision.after[article, 0])
        others = [f"article {list(text.articles)[one]}" for one in changed if one != article]
        beside = f", together with {listing(others)}" if others else ""
        words = wording_words(text, article, option)
        done = f"changed article {article_name(text, article)} of the {short(text.title)} to {put(words)}"
        if not words:
            done = f"left out article {article_name(text, article)} of the {short(text.title)}"
        why = ""
        if asker >= 0:
            name = spoken(unique_names(room)[asker])
            why = f" as {name} asked, to whom the revision brings {units(more[asker])}"
        yield Act(
            revision.round,
            _dates(room)[revision.round],
            "amended",
            "" if who else ", ".join(text.sponsors),
            room.texts[revision.text],
            f"{who or _drafters(room, revision.text)} {done}{beside}{',' if beside and why else ''}{why}.",
            article=list(text.articles)[article],
            option=room.wordings[revision.text].options[article][option],
            to=room.countries[asker] if asker >= 0 else "",
            parts={"gain": float(more[asker])} if asker >= 0 else {},
        )


def _concession(model: NegotiationModel, revision: Revision, more: Floats) -> Iterator[Act]:
    """What the sponsors gave up in a revision, if anything."""
    room, record, index = model.room, model.record, revision.round
    before, after = (float(record.ambition[at, revision.text, 0]) for at in (index - 1, index))
    if not after < before - 1e-6:
        return
    text = room.scenario.texts[room.texts[revision.text]]
    nearer, further = (int((sign * more > 1e-6).sum()) for sign in (1, -1))
    yield Act(
        index,
        _dates(room)[index],
        "conceded",
        ", ".join(text.sponsors),
        room.texts[revision.text],
        f"{_drafters(room, revision.text)} gave up {100 * (before - after):.0f} points of ambition on the "
        f"{short(text.title)}, which keeps {percent(after)} of what it first brought its sponsors: it brings "
        f"{number(nearer)} delegations nearer to what they want and takes {number(further)} further away.",
        parts={"ambition": after - before},
    )
