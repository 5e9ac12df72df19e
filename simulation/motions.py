"""What was moved before the vote, and who stood apart after it, as acts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.analyses.acts import Act
from simulation.analyses.citing import article_name, put, short, wording_words
from simulation.analyses.wording import listing, sentence_case, spoken
from simulation.explaining import unique_names
from simulation.model import NegotiationModel
from simulation.phases.amendments import ADOPTED, AMENDED, FELL, REJECTED

BECAME = {
    REJECTED: "The amendment was rejected.",
    ADOPTED: "The amendment was adopted.",
    FELL: "It fell without a vote when another amendment to the article was adopted.",
    AMENDED: "An amendment to it took its place.",
}


def motion_acts(model: NegotiationModel) -> Iterator[Act]:
    """Amendments that were moved in the first replicate, and what became of them."""
    room, found = model.room, model.record.amendments
    names, date = unique_names(room), room.rounds[-1].last_day.isoformat()
    for text, article, option in np.argwhere(found.outcome[..., 0] >= 0).tolist():
        one, row = room.scenario.texts[room.texts[text]], int(found.mover[text, article, option, 0])
        words = wording_words(one, article, option)
        what = f"article {article_name(one, article)} of the {short(one.title)}"
        moved = f"to put {put(words)} in {what}" if words else f"to delete {what}"
        became = BECAME[int(found.outcome[text, article, option, 0])]
        yield Act(
            model.round,
            date,
            "moved",
            room.countries[row],
            room.texts[text],
            f"{sentence_case(spoken(names[row]))} moved {moved}. {became}",
            article=list(one.articles)[article],
            option=room.wordings[text].options[article][option],
        )


def dissociation_acts(model: NegotiationModel) -> Iterator[Act]:
    """Who let a text pass in the first replicate and stood apart from some of it."""
    room, apart = model.room, model.record.dissociated[..., 0]
    names, date = unique_names(room), room.rounds[-1].last_day.isoformat()
    for row, text in np.argwhere(apart.any(axis=2)).tolist():
        one = room.scenario.texts[room.texts[text]]
        done = []
        for value, words in ((1, "dissociated itself from"), (2, "entered a reservation on")):
            articles = [f"article {list(one.articles)[n]}" for n in np.flatnonzero(apart[row, text] == value)]
            if articles:
                done.append(f"{words} {listing(articles)}")
        told = f"{sentence_case(spoken(names[row]))} let the {short(one.title)} pass and {listing(done)}."
        yield Act(model.round, date, "stood apart", room.countries[row], room.texts[text], told)
