"""The texts as they read in the end: with brackets, against the first wording, and who holds what."""

from __future__ import annotations

from typing import Any

from dashboards.known import Known
from dashboards.texts.holders import ANSWERS, held_words, replies_by_article
from dashboards.texts.html import shown, shown_redline, tabled_by
from dashboards.texts.layout import status_line
from dashboards.texts.redline import redline
from dashboards.texts.revisions import revised, revisions


def written(results: Any, known: Known) -> dict[str, dict[str, Any]]:
    """Every text by its key, as most replicates end with it, article by article.

    `body` are its paragraphs with brackets and those who hold them, `redline` what changed since the first
    wording (nothing if nothing did), `replies` a table of how the room replies to what is open and `held` who
    asks for what.
    """
    ended, found = known.ended, {}
    for key, text in ended.texts.items():
        path = revisions(results, key, None)
        changes = redline(revised(results, key, path[0], None), text)
        articles = replies_by_article(ended, key, known.replies[key])
        found[key] = {
            "status": status_line(text, path[-1].date),
            "sponsors": tabled_by(ended, text),
            "body": shown(ended, text),
            "redline": shown_redline([one for one in changes if one.changed]),
            "replies": {
                "head": ["article", *ANSWERS],
                "rows": [
                    [f"{one['label']} {one['title']}".strip(), *(one["counts"][each] for each in ANSWERS)]
                    for one in articles
                ],
            },
            "held": [
                {"label": one["label"], "words": held_words(held), "names": held["names"]}
                for one in articles
                for held in one["held"]
            ],
        }
    return found
