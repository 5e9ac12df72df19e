"""A text and a redline as plain data, for `--json`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dashboards.texts.layout import paragraphs, standing, status_line
from dashboards.texts.redline import Changed
from dashboards.texts.revisions import Revision
from scenarios.schema import Text


def text_document(key: str, text: Text, as_of: dt.date | None = None) -> dict[str, Any]:
    """The text, paragraph by paragraph: what stands (none if deleted), and every bracket with its words and
    those who hold it."""
    return {
        "text": key,
        "title": text.title,
        "status": text.status,
        "revision": text.revision,
        "status_line": status_line(text, as_of),
        "sponsors": list(text.sponsors),
        "paragraphs": [
            {
                "label": one.label,
                "article": one.key,
                "title": one.title,
                "agreed": one.agreed,
                "standing": standing(text.articles[one.key]),
                "brackets": [
                    {
                        "option": each.option,
                        "wording": None if each.deletes else one.before + each.words + one.after,
                        "held_by": list(each.held_by),
                        "stands": each.stands,
                    }
                    for each in one.brackets
                ],
            }
            for one in paragraphs(text)
        ],
    }


def redline_document(key: str, first: Revision, last: Revision, changes: list[Changed]) -> dict[str, Any]:
    """What changed between two revisions, paragraph by paragraph."""
    return {
        "text": key,
        "from": {"revision": first.number, "round": first.round, "date": first.date.isoformat()},
        "to": {"revision": last.number, "round": last.round, "date": last.date.isoformat()},
        "paragraphs": [
            {
                "label": one.label,
                "title": one.title,
                "changed": one.changed,
                "pieces": [piece._asdict() for piece in one.pieces],
            }
            for one in changes
        ],
    }
