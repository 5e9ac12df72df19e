"""Single changes to the wording of a text: an article says something else, or its legal force changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.analyses.citing import article_name, put, wording_words
from simulation.analyses.levers import Lever, Target, always, free
from simulation.compare import Patch
from simulation.ending import Ending, Flags, Floats
from simulation.wording import places

AN_ISSUE = 100.0  # points from one end of a scale to the other
FORMS = (("a declaration", "may"), ("a treaty", "shall"))


def wordings(ending: Ending, target: Target) -> list[Lever]:
    """Each wording of each article with brackets, agreed and closed, while drafting of the others goes on.

    With the whole text fixed the change would be mixed up with what drafting does; with the article left open
    its drafters might undo it, and the question would go unanswered.
    """
    room, text = ending.room, ending.scenario.texts[ending.key]
    wording = room.wordings[ending.text]
    if text.merges:
        return []
    standing = ending.chamber.chosen[ending.text, : len(wording.articles)]
    force = room.force_issue
    found, changed = [], []
    for article in np.unique(wording.alternatives[0]).tolist():
        legal = force is not None and wording.moves[article, force]
        for option, name in enumerate(wording.options[article]):
            if (standing[article] == option).all():
                continue
            other = standing.copy()
            other[article] = option
            changed.append(places(wording, other, room.reversion))
            words = put(wording_words(text, article, option))
            says = f"says {words}" if words != "nothing" else "is deleted"
            patch = {"articles": {wording.articles[article]: {"chosen": name, "agreed": True}}}
            found.append(
                (
                    "legal form" if legal else "wording",
                    f"article {wording.articles[article]}",
                    f"article {article_name(text, article)} {says}",
                    {"texts": {ending.key: patch}},
                )
            )
    return _levers(ending, changed, found)


def legal_forms(ending: Ending, target: Target) -> list[Lever]:
    """A declaration or a treaty instead, where no bracket of the text is about its legal force.

    Both lie where the scenario puts the words may and shall on the force issue.
    """
    room, scenario = ending.room, ending.scenario
    force, wording = room.force_issue, room.wordings[ending.text]
    text = scenario.texts[ending.key]
    if force is None or text.merges:
        return []
    speaking = [name for name, moves in zip(wording.articles, wording.moves[:, force], strict=True) if moves]
    if any(text.articles[name].options for name in speaking):
        return []
    key, found, changed = room.issues[force], [], []
    for words, strength in FORMS:
        place = getattr(scenario.strength, strength)
        there, silent = ending.chamber.places[ending.text].copy(), ending.chamber.silent[ending.text].copy()
        there[force], silent[force] = place, False
        changed.append((there, silent))
        articles: dict[str, Patch] = {name: {"places": {key: place}} for name in speaking}
        if not speaking:
            name = free("legal-form", text.articles)
            articles = {name: {"wording": f"This is {words}.", "places": {key: place}}}
        patch = {"texts": {ending.key: {"articles": articles}}}
        found.append(("legal form", "legal form", f"the text becomes {words}", patch))
    return _levers(ending, changed, found)


def _levers(
    ending: Ending, changed: list[tuple[Floats, Flags]], found: Sequence[tuple[str, str, str, Patch]]
) -> list[Lever]:
    """Levers for texts at other places; their size is how far the text moves, added up over the issues."""
    if not found:
        return []
    moved = ending.rewritten(np.stack([there for there, _ in changed]))
    here, levers = ending.chamber.places[ending.text], []
    for column, ((there, silent), (kind, place, words, patch)) in enumerate(zip(changed, found, strict=True)):
        points = float(np.abs(there - here).sum(axis=0).mean())
        levers.append(
            Lever(
                kind=kind,
                place=place,
                words=words,
                unit="points",
                sizes=np.array([points]),
                scale=AN_ISSUE,
                patch=always(patch),
                moved=always(moved[:, column]),
                broken=ending.lines_broken(there, silent),
            )
        )
    return levers
