"""In which order the report tells what it tells, part by part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

# Names of pictures, of sections of analyses, and of pieces with a template of their own.
LEADING = (
    ("The answer", ("answer", "support", "map")),
    ("Coalitions", ("space", "coalitions", "life-lines", "network", "together", "margins", "blocs")),
    ("Who moved whom", ("influence", "why", "acts")),
    ("Paths to yes", ("paths",)),
    ("What it rests on", ("robustness", "tornado")),
    ("The texts", ("brackets", "drafting", "ambition", "gains", "bracket-prices", "frontier")),
)
FURTHER = "Further analyses"
CLOSING = ("How far to trust it", ("honesty", "recorded-votes", "validation", "method"))
PROMISED = ("paths", "robustness")  # named in every report, if only to say how to get them
# What pictures, and pieces with a template of their own, are about.
ABOUT = {
    "answer": "The answer in full",
    "support": "How support grew",
    "map": "Where support lies",
    "space": "The issue space",
    "coalitions": "Who stands with whom",
    "life-lines": "Life lines of the coalitions",
    "network": "Who stands near whom",
    "together": "Who ends up together",
    "margins": "How firm these coalitions are",
    "why": "Why a delegation stands where it stands",
    "acts": "What they did, and why",
    "paths": "Paths to yes",
    "robustness": "What the answer rests on",
    "brackets": "The texts and their brackets",
    "drafting": "What redrafting adds",
    "ambition": "Support and ambition",
    "gains": "Whom each article serves",
    "timeline": "What was said, beside what the model says",
    "start": "Where it started and where it ended",
    "honesty": "What this can and cannot tell",
    "method": "Methods and manifest",
}
AT_THE_END = ("timeline", "start")


class Piece(NamedTuple):
    """One piece of the report: its name, which is its address in the page, and what it is about."""

    name: str
    about: str


class Part(NamedTuple):
    """Pieces that belong together under a title."""

    title: str
    pieces: list[Piece]


def parts(here: Collection[str], analyses: Mapping[str, str]) -> list[Part]:
    """The report part by part. `here` names the pictures and pieces that this report has, `analyses` the
    titles of its sections by name, in their order."""
    placed = {name for _, names in (*LEADING, CLOSING) for name in names} | {*AT_THE_END}
    others = tuple(name for name in analyses if name not in placed)
    known = {**ABOUT, **analyses}
    plan = (*LEADING, (FURTHER, (*others, *AT_THE_END)), CLOSING)
    kept = [(title, [Piece(name, known[name]) for name in names if name in here]) for title, names in plan]
    return [Part(title, pieces) for title, pieces in kept if pieces]
