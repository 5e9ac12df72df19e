"""What a merged text says: the articles of the texts it brings together, unless it names its own."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from scenarios.looking_up import list_in, tables_in


def fill_in_merged(document: dict[str, Any]) -> None:
    """Give every text that merges others and has no articles theirs, as `TEXT-ARTICLE`, in place."""
    texts = tables_in(document.get("texts"))
    for text in texts.values():
        if text.get("merges") and not text.get("articles"):
            articles = brought_together(texts, text)
            if articles:
                text["articles"] = articles


def leave_out_merged(document: dict[str, Any]) -> None:
    """Take out again what `fill_in_merged` would fill in, so that a change of a source carries over."""
    texts = tables_in(document.get("texts"))
    for text in texts.values():
        if text.get("merges") and text.get("articles") == brought_together(texts, text):
            del text["articles"]


def brought_together(texts: dict[str, dict[str, Any]], text: dict[str, Any]) -> dict[str, Any]:
    """The articles of the texts that a text merges, in their order."""
    return {
        f"{source}-{key}": deepcopy(article)
        for source in list_in(text.get("merges"))
        if isinstance(source, str) and source in texts
        for key, article in tables_in(texts[source].get("articles")).items()
    }
