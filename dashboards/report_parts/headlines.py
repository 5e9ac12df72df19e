"""Headlines of those pieces of the report that are no picture: what they find, in one short line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.summary import Summary
from dashboards.words import headed, signed, titled
from simulation.analyses.wording import number, percent, sentence_case


def adopted(answer: Summary) -> str:
    """How many of the texts are adopted in most replicates."""
    if len(answer.texts) == 1:
        one = answer.texts[0]
        return f"{sentence_case(titled(one.title))} is adopted in {percent(one.adopted)} of replicates"
    many = sum(one.adopted > 0.5 for one in answer.texts)
    some = sentence_case(number(many)) if many else "None"
    are = "is" if many == 1 else "are"
    return f"{some} of the {number(len(answer.texts))} texts {are} adopted in most replicates"


def drafting_headline(answer: Summary) -> str:
    """To which text redrafting adds most endorsements."""
    added = [
        (one.drafting_adds["endorsing"][1], one) for one in answer.texts if "endorsing" in one.drafting_adds
    ]
    if not added:
        return ""
    most, text = max(added, key=lambda pair: pair[0])
    return headed(f"Redrafting adds most to {titled(text.title)}, {signed(most)} endorsements")


def brackets_headline(texts: Sequence[Mapping[str, Any]]) -> str:
    """How much of the first text ends otherwise than tabled."""
    if not texts:
        return ""
    first = texts[0]
    changed, of_all = first["changed"]
    return headed(f"{sentence_case(titled(first['title']))} ends with {changed} of {of_all} articles changed")


def acts_headline(minutes: Mapping[str, Any]) -> str:
    """How many acts the first replicate has."""
    many = len(minutes["acts"])
    return f"{many:,} {'act leads' if many == 1 else 'acts lead'} to the vote in the first replicate"
