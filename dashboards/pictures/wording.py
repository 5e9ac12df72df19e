"""The texts in words: what redrafting adds, and each text with its brackets."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dashboards.answer_table import drafting_words
from dashboards.pictures._picture import signed
from dashboards.pictures.outcome import share
from dashboards.summary import Summary
from simulation.analyses.brackets import Bracketed, Choice, brackets
from simulation.analyses.wording import listing, sentence_case, spoken

ASKERS = 3  # how many of those who asked for a wording are named


def drafting(answer: Summary) -> list[dict[str, Any]]:
    """What redrafting adds to each text that can be redrafted, against the text as tabled."""
    return [
        {
            "sentence": f"{text.title}: {drafting_words(text).replace('-', '−')}.",
            "row": [
                text.title,
                _interval(text.drafting_adds["endorsing"], 1, ""),
                _interval(text.drafting_adds["ambition"], 100, " points")
                if "ambition" in text.drafting_adds
                else "–",
            ],
        }
        for text in answer.texts
        if "endorsing" in text.drafting_adds
        and (text.ambition is not None or any(text.drafting_adds["endorsing"]))
    ]


def _interval(band: tuple[float, float, float], scale: float, unit: str) -> str:
    low, mean, high = (signed(scale * value) for value in band)
    return f"{mean}{unit} ({low} to {high})"


def bracketed(results: Any) -> list[dict[str, Any]]:
    """Every text with its articles, the wordings in brackets, and what became of each."""
    data, asked = results.data, asked_for(results)
    texts = []
    for place, text in enumerate(data.text.values.tolist()):
        articles = brackets(results, text)
        changed = sum(one.standing != 0 for one in articles)
        texts.append(
            {
                "key": text,
                "changed": (changed, len(articles)),
                "title": str(data.text_title.values[place]),
                "finding": f"{changed} of {len(articles)} articles end otherwise than tabled "
                "in most replicates.",
                "articles": [
                    _article(one, number, place, asked, data.sizes["replicate"])
                    for number, one in enumerate(articles)
                ],
            }
        )
    return texts


def asked_for(results: Any) -> dict[tuple[int, int, int], Counter[str]]:
    """How often each delegation's request brought a wording, by text, article and number of the wording."""
    data = results.data
    names = data.name.values.tolist()
    found: dict[tuple[int, int, int], Counter[str]] = {}
    columns = (data[f"revision_{name}"].values.tolist() for name in ("text", "article", "to", "asked_by"))
    for text, article, option, who in zip(*columns, strict=True):
        if who >= 0:
            found.setdefault((text, article, option), Counter())[names[who]] += 1
    return found


def _article(
    one: Bracketed, number: int, text: int, asked: dict[tuple[int, int, int], Counter[str]], replicates: int
) -> dict[str, Any]:
    return {
        "title": f"{one.key} {one.title}".strip(),
        "standing": one.choices[one.standing].wording,
        "open": len(one.choices) > 1,
        "choices": [
            {
                "wording": choice.wording,
                "tabled": option == 0,
                "standing": option == one.standing,
                "told": sentence_case("; ".join(_told(choice, option == 0, replicates))) + ".",
                "asked": _askers(asked.get((text, number, option), Counter())),
            }
            for option, choice in enumerate(one.choices)
        ],
    }


def _told(choice: Choice, tabled: bool, replicates: int) -> list[str]:
    """In how many replicates a wording stands at the end, and what it moved."""
    told = [f"stands in {choice.chosen} of {replicates} replicates"]
    if not tabled:
        told.append(
            f"{choice.nearer} delegations come nearer to what they want, {choice.further} go further away"
        )
    if choice.ambition_step is not None:
        told.append(f"ambition {signed(100 * choice.ambition_step)} points when it came")
    if choice.support is not None and choice.support_otherwise is not None:
        told.append(f"{choice.support:.0f} endorse where it stands, {choice.support_otherwise:.0f} elsewhere")
    if choice.ambition is not None and choice.ambition_otherwise is not None:
        told.append(
            f"ambition {share(choice.ambition)} where it stands, {share(choice.ambition_otherwise)} elsewhere"
        )
    return told


def _askers(counted: Counter[str]) -> str:
    """Who asked for a wording most often."""
    if not counted:
        return ""
    named = [f"{spoken(name)} ({times})" for name, times in counted.most_common(ASKERS)]
    more = len(counted) - len(named)
    others = [] if not more else ["one other"] if more == 1 else [f"{more} others"]
    return f"Asked for by {listing([*named, *others])}."
