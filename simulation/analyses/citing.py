"""How articles and their wordings are cited in a sentence."""

from __future__ import annotations

from scenarios.schema import Text


def short(title: str) -> str:
    """A text's title without what stands in brackets behind it.

    >>> short("Rights-based text (Convention 108+ and GDPR model)")
    'Rights-based text'
    """
    return title.split(" (")[0]


def article_name(text: Text, article: int) -> str:
    """An article by its key and title, given its number from 0."""
    key, found = list(text.articles.items())[article]
    return f"{key} (“{found.title}”)" if found.title else key


def wording_words(text: Text, article: int, option: int) -> str:
    """The words of an article's option, 0 for the one as tabled; empty where the article would go."""
    found = list(text.articles.values())[article]
    if option == 0:
        return found.wording or "what was tabled"
    return list(found.options.values())[option - 1].wording


def put(words: str) -> str:
    """A wording in inverted commas, without its full stop; what replaces nothing is a deletion.

    >>> put("States may confirm the commitments."), put("")
    ('“States may confirm the commitments”', 'nothing')
    """
    return f"“{words.rstrip('. ')}”" if words else "nothing"
