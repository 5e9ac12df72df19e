"""What the templates say: the look back in words, tables and pictures, and what of it whom may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from dashboards.classroom.cards import card
from dashboards.classroom.debrief import figures
from dashboards.classroom.debrief.ensemble import Ensemble
from dashboards.classroom.debrief.look import Look
from dashboards.classroom.debrief.questions import of_scenario
from dashboards.classroom.debrief.telling import Told, told, trade_of
from dashboards.classroom.room import Room
from dashboards.words import signed, span
from simulation.analyses.wording import listing, spoken

LEFT_OUT = "(left out)"
STANDS = {"endorse": "endorsing", "study": "studying", "oppose": "opposing"}
ACTS = 300  # of a seat, on its page
MOST = 40  # deals and moves that the page tells


class Drawn(NamedTuple):
    """A picture: its key, a sentence on what it shows, Plotly's figure, and the same as a table."""

    key: str
    finding: str
    figure: Any
    head: list[str]
    rows: list[list[str]]


def texts(look: Look, model: Ensemble | None) -> list[dict[str, Any]]:
    """By text how it ended, held against the model once that is there."""
    return [
        {
            "title": look.room.drafts[text].title,
            "outcome": one.outcome or "still on the table",
            "support": ", ".join(f"{one.support[stance]} {word}" for stance, word in STANDS.items()),
            "ambition": None if one.ambition is None else round(100 * one.ambition),
            "votes": _votes(one.ballots) if one.voted else "",
            "against_model": _against_model(look, model, text) if model else "",
            "pictures": _pictures(look, model, text) if model else [],
            "rules": look.rules[text],
            "voted": one.voted,
        }
        for text, one in look.outcome.texts.items()
    ]


def seats(look: Look, model: Ensemble | None, names: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Every seat with its secret instructions, its goals and its score, by the names of the seats."""
    rows = [seat(look, model, key) | {"people": names.get(key, [])} for key in look.room.seats]
    return sorted(rows, key=lambda one: one["name"])


def seat(look: Look, model: Ensemble | None, key: str) -> dict[str, Any]:
    """One seat: its card, which goals were met, what it gained, and where that lies among the model's."""
    own, marks = card(look.room.scenario, key), look.outcome.marks
    column = marks.seats.index(key)
    met = marks.met[key][:, 0].tolist()
    return {
        "key": key,
        "name": own.name,
        "card": own,
        "goals": [(goal, reached) for goal, reached in zip(own.goals, met, strict=True)],
        "points": int(marks.points[0, column]),
        "most": sum(goal.points for goal in own.goals),
        "gain": signed(marks.gains[0, column] if abs(marks.gains[0, column]) >= 0.005 else 0.0, 2),
        "percentile": round(look.percentile(model, key)) if model else None,
        "played": look.room.seats[key].played,
    }


def turnings(look: Look, typed: bool) -> list[dict[str, Any]]:
    """The turning points; without the words that people typed where `typed` is false."""
    return [
        {
            "when": one.act.when,
            "sentence": one.act.sentence,
            "typed": (one.act.typed if typed else LEFT_OUT) if one.act.typed else "",
            "text": look.room.drafts[one.text].title,
            "moves": _moves(look.room, one.changes),
        }
        for one in look.turnings
    ]


def deals(look: Look, typed: bool) -> list[dict[str, Any]]:
    """The accepted offers, the first 40."""
    room = look.room
    return [
        {
            "when": _when(one.clock),
            "giver": room.name(one.trade.giver),
            "taker": room.name(one.trade.taker),
            "gives": one.trade.gives if typed else LEFT_OUT,
            "asks": one.trade.asks if typed else LEFT_OUT,
            "verdict": one.verdict,
            "afterwards": one.afterwards,
        }
        for one in look.deals[:MOST]
    ]


def moves(look: Look) -> list[str]:
    """Who moved whom, in sentences, the first 40."""
    room = look.room
    return [
        f"{_when(one.change.clock)}: {room.name(one.change.seat)} moved from “{one.change.before}” to "
        f"“{one.change.after}” on the {room.drafts[one.change.text].title} after accepting "
        f"{one.accepted(spoken(room.name(one.mover)))}."
        for one in look.moved[:MOST]
    ]


def missed(look: Look, typed: bool) -> list[dict[str, Any]]:
    """The missed deals with the words that would stand."""
    room = look.room
    return [
        {
            "text": room.drafts[one.text].title,
            "unhurt": one.unhurt,
            "gaining": one.gaining,
            "now": one.gaining_now,
            "better": _named(room, one.better),
            "worse": _named(room, one.worse),
            "words": [
                (room.drafts[one.text].articles[number].title, _words(room, one.text, number, key, typed))
                for number, key in one.words.items()
            ],
        }
        for one in look.missed
    ]


def asked(look: Look) -> dict[str, list[str]]:
    """Questions to talk about."""
    return {"own": look.questions, "scenario": of_scenario(look.room)}


def own_acts(look: Look, key: str) -> list[Told]:
    """What a seat did, in order of time, the last 300."""
    return [told(look.room, act) for act in look.course.acts if act.seat == key][-ACTS:]


def replies(look: Look, key: str) -> list[Told]:
    """How others replied to a seat: to its words, to its offers, and with offers and deals of their own."""
    room, found = look.room, []
    for act in look.course.acts:
        if act.seat == key:
            continue
        about = act.kind == "offer" and act.payload["to"] == key
        if act.kind == "reply":
            article = room.drafts[act.payload["text"]].articles[act.payload["article"]]
            wording = article.wordings.get(act.payload["wording"])
            about = wording is not None and key in wording.by
        if act.kind == "answer":
            trade = trade_of(room, act.payload["number"])
            about = trade is not None and trade.giver == key
        if about:
            found.append(told(room, act))
    return found[-ACTS:]


def _against_model(look: Look, model: Ensemble, text: str) -> str:
    ends, own = model.endorsing[text][:, -1], look.outcome.texts[text].support["endorse"]
    low, middle, high = np.percentile(ends, (10, 50, 90))
    where = "inside" if low <= own <= high else "above" if own > high else "below"
    adopted = int(model.ended.adopted[text].sum())
    return (
        f"The model alone adopts it in {adopted} of {model.replicates} repetitions. It ends with "
        f"{middle:.0f} that endorse, {span(low, high)} in the middle 80 % of the repetitions; with {own} "
        f"this class lies {where} that band."
    )


def _pictures(look: Look, model: Ensemble, text: str) -> list[Drawn]:
    counts, points = model.endorsing[text], look.course.endorsing[text]
    low, middle, high = np.percentile(counts, (10, 50, 90), axis=0)
    last = counts.shape[1] - 1
    rows = [
        [
            str(place),
            f"{middle[place]:.0f}",
            span(low[place], high[place]),
            str([count for gone, count in points if gone * last <= place + 1e-9][-1]),
        ]
        for place in range(last + 1)
    ]
    rows[-1][-1] = str(points[-1][1])
    title = look.room.drafts[text].title
    found = [
        Drawn(
            f"band-{text}",
            f"Who endorses the {title}: {points[-1][1]} in this class at the end, {middle[-1]:.0f} in the "
            f"model’s median.",
            figures.band(look.course, model, text),
            ["round", "model’s median", "middle 80 %", "this class"],
            rows,
        )
    ]
    dots, own = figures.cloud(look.outcome, model, text), look.outcome.texts[text]
    if dots is not None and own.ambition is not None:
        kept = np.percentile(100 * model.ambition[text], (10, 50, 90))
        found.append(
            Drawn(
                f"cloud-{text}",
                f"The class keeps {100 * own.ambition:.0f} % of the ambition of the {title} and ends with "
                f"{own.support['endorse']} that endorse; the model keeps {kept[1]:.0f} %.",
                dots,
                ["", "ambition kept", "endorse at the end"],
                [
                    ["this class", f"{100 * own.ambition:.0f} %", str(own.support["endorse"])],
                    ["model’s median", f"{kept[1]:.0f} %", f"{middle[-1]:.0f}"],
                    ["middle 80 %", f"{span(kept[0], kept[2])} %", span(low[-1], high[-1])],
                ],
            )
        )
    return found


def _votes(ballots: Mapping[str, str]) -> str:
    cast = list(ballots.values())
    return f"{cast.count('yes')} yes, {cast.count('no')} no, {cast.count('abstain')} abstaining"


def _moves(room: Room, changes: list[Any]) -> str:
    to = {stance: [one.seat for one in changes if one.after == stance] for stance in STANDS}
    return "; ".join(f"{_named(room, who)} to “{stance}”" for stance, who in to.items() if who)


def _named(room: Room, some: list[str]) -> str:
    return listing([spoken(room.name(one)) for one in some])


def _words(room: Room, text: str, number: str, key: str, typed: bool) -> str:
    one = room.drafts[text].articles[number].wordings[key]
    if one.delete:
        return "The article is left out."
    return one.words if typed or not key.startswith("proposal-") else LEFT_OUT


def _when(clock: float) -> str:
    return f"{int(clock) // 60}:{int(clock) % 60:02}"
