"""Acts: what delegations did in one replicate, each in one plain sentence with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from simulation.analyses.citing import short
from simulation.analyses.explanation import Explanation
from simulation.analyses.explanation_of_vote import Vote
from simulation.analyses.reasons import parts, pushing, reasons, units
from simulation.analyses.wording import listing, sentence_case, spoken

KINDS = (
    "proposed",
    "committed",
    "withdrew",
    "assured",
    "met",
    "joint statement",
    "amended",
    "conceded",
    "lobbied",
    "offered",
    "endorsed",
    "opposed",
    "went back to studying",
    "broke silence",
    "moved",
    "voted",
    "stood apart",
)
PARTS = ("gain", "trust", "inducements", "events", "peers", "blocs", "chance", "bar", "ambition")


@dataclass(frozen=True)
class Act:
    """Something that a delegation did.

    `round` and `date` tell when (0 is the opening), `kind` is one of `KINDS`, `actor` the keys of who did it,
    joined by ", " (nobody in particular if empty). The object is a `text`, an `article` with the `option`
    that came to stand in it, or delegations that were addressed (`to`, joined in the same way). `choice` is
    the vote of who voted.
    `sentence` says what was done and why, `details` more of it. Of a stance or a vote `parts` are what made
    up its `margin`, in gain units: they add up to it exactly. Of other acts, what they moved.
    """

    round: int
    date: str
    kind: str
    actor: str
    text: str
    sentence: str
    article: str = ""
    option: str = ""
    to: str = ""
    choice: str = ""
    details: tuple[str, ...] = ()
    margin: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)

    def concerns(self, country: str) -> bool:
        """Whether a delegation (or bloc) did it or was addressed."""
        return country in self.actor.split(", ") or country in self.to.split(", ")

    def document(self) -> dict[str, Any]:
        """The act as a JSON object, without what it does not have."""
        return {name: value for name, value in asdict(self).items() if value not in ("", (), {}, None)}


def of_document(document: Mapping[str, Any]) -> Act:
    """An act from its JSON object. Raises ValueError in words for anything else."""
    known = {one.name for one in fields(Act)}
    needed = {"round", "date", "kind", "actor", "text", "sentence"} - {"actor", "text"}
    if not isinstance(document, Mapping) or not needed <= document.keys() or document.keys() - known:
        raise ValueError(f"not an act: it needs {', '.join(sorted(needed))} and nothing unknown")
    given = {"actor": "", "text": "", **document}
    return Act(**{**given, "details": tuple(given.get("details", ()))})


def table(acts: Iterable[Act]) -> tuple[list[str], list[list[Any]]]:
    """Acts as the head and rows of a table, a column for every part."""
    head = ["round", "date", "kind", "actor", "text", "article", "option", "to", "choice", "margin"]
    rows = [
        [
            *("" if getattr(act, name) is None else getattr(act, name) for name in head),
            *(act.parts.get(part, "") for part in PARTS),
            act.sentence,
        ]
        for act in acts
    ]
    return [*head, *PARTS, "sentence"], rows


def took_a_stance(actor: str, text: str, date: str, change: Explanation, bound: str = "") -> Act:
    """A delegation endorsed, opposed or went back to studying, with the largest parts of its appeal.

    `bound` names the red line that the text breaks, if any; it is told where the appeal did not decide.
    """
    kind = {1: "endorsed", -1: "opposed", 0: "went back to studying"}[change.stance]
    return Act(
        change.round,
        date,
        kind,
        actor,
        text,
        f"{_did(kind, change)}: {because(change, bound)}.",
        details=tuple(change.sentences()),
        margin=change.margin,
        parts=parts(change),
    )


def _did(kind: str, change: Explanation) -> str:
    what = kind if kind != "went back to studying" or change.direction < 0 else "stopped opposing"
    return f"{sentence_case(spoken(change.country))} {what} the {short(change.text)}"


def because(change: Explanation, bound: str = "") -> str:
    """What carried a delegation over its bar, or no longer did, or took it below; or what else decided."""
    found, bar = reasons(change), units(change.cut, sign=change.cut < 0)
    towards, away = pushing(found, 1), pushing(found, -1)
    reached = change.margin >= 0
    if change.direction * change.margin < 0:
        side = "over" if reached else "below"
        return f"{bound or 'its temper'} decided, as its appeal stood {side} its bar of {bar}"
    if reached:
        over = f"{listing(towards) or 'nothing much'} carried it over its bar of {bar}"
    elif change.cut >= 0 and towards and not away:
        over = f"{listing(towards)} no longer carried it over its bar of {bar}"
    else:
        over = f"{listing(away) or 'what it weighs'} took it below its bar of {bar}"
    if change.owed_to_chance:
        over += "; without chance it would not have"
    return over


def voted(actor: str, text: str, date: str, vote: Vote) -> Act:
    """A delegation voted, with its explanation of vote or of position."""
    said = vote.sentences()
    return Act(
        vote.account.round,
        date,
        "voted",
        actor,
        text,
        said[0],
        choice=vote.choice,
        details=tuple(said[1:]),
        margin=None if vote.choice == "absent" else vote.account.margin,
        parts={} if vote.choice == "absent" else parts(vote.account),
    )


def broke_silence(actor: str, text: str, date: str, objection: Explanation, bound: str) -> Act:
    """A delegation objected while a text lay under silence."""
    return Act(
        objection.round,
        date,
        "broke silence",
        actor,
        text,
        f"{sentence_case(spoken(objection.country))} broke the silence on the {short(objection.text)}: "
        f"{because(objection, bound)}.",
        margin=objection.margin,
        parts=parts(objection),
    )
