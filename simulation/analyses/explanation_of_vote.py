"""Explanations of vote: what a delegation would say after its vote, from the exact account of it.

Where a text is adopted without a vote it is an explanation of position, as is the practice of the General
Assembly. Who tables a text does not explain its vote on it (rule 88 of its rules of procedure).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.analyses.citing import put
from simulation.analyses.explanation import Explanation
from simulation.analyses.reasons import LEAST, pushing, reasons, units
from simulation.analyses.wording import listing, sentence_case, spoken

CHOICES = {1: "yes", 0: "abstain", -1: "no", -2: "absent"}


@dataclass(frozen=True)
class Wish:
    """The wording that a delegation would have liked most in an article's place, and what it would have added
    to its appeal, in gain units; `wording` is empty if it would rather have seen the article go."""

    article: str
    wording: str
    worth: float


@dataclass(frozen=True)
class Vote:
    """How a delegation voted on a text, and all that stood behind it.

    `choice` is yes, abstain, no or absent. `account` takes the margin apart: against the cut-point for a no
    if it voted no, else against the one for a yes. `by_article` is what each article brought it as it weighs
    in its appeal; it adds up to the account's content. `without_vote` is true where one no blocks, `adopted`
    where the text carried, `sponsor` for who tabled it;
    `dissociates` where it would have voted no but let the text pass. `red_line` says
    which red line bound it, or that its commitment did, `own_way` that its temper decided and not its appeal.
    """

    country: str
    text: str
    choice: str
    account: Explanation
    by_article: Mapping[str, float]
    wish: Wish | None = None
    without_vote: bool = False
    adopted: bool = False
    sponsor: bool = False
    dissociates: bool = False
    red_line: str = ""
    own_way: bool = False

    @property
    def worst(self) -> str | None:
        """The article that weighs most against the text, if any does."""
        article = min(self.by_article, key=self.by_article.__getitem__, default=None)
        return article if article is not None and self.by_article[article] <= -LEAST else None

    @property
    def what(self) -> str:
        """What it is called: an explanation of vote or of position."""
        return "explanation of position" if self.without_vote and self.adopted else "explanation of vote"

    def sentences(self) -> list[str]:
        """The explanation in one to three sentences, as diplomats put it."""
        name = sentence_case(spoken(self.country))
        if self.choice == "absent":
            return [f"{name} did not take part in the decision on the {self.text}."]
        lead = f"{name} {self._act()}"
        if self.sponsor and self.choice == "yes":
            return [f"{lead}, its own text; who tables a text does not explain its vote on it."]
        if self.red_line:
            bound = "kept it from a yes" if self.choice == "abstain" else "left it no other choice"
            return [f"{lead}: {self.red_line} {bound}.", *self._against(), *self._wish()]
        if self.own_way:
            return [f"{lead}, as it had said it would; its temper decided, not what the text brings it."]
        if self.choice == "abstain":
            return [f"{lead}{self._missing()}.", *self._against(), *self._wish()]
        return [f"{lead}{self._because()}.", *self._against(), *self._wish()]

    def _act(self) -> str:
        text = f"the {self.text}"
        if not self.without_vote:
            done = {"yes": "voted in favour of", "abstain": "abstained on", "no": "voted against"}
            return f"{done[self.choice]} {text}"
        if self.choice == "yes":
            return f"joined the consensus on {text}" if self.adopted else f"was ready to adopt {text}"
        if self.choice == "no":
            return (
                f"objected to {text}, which passes over its objection, and dissociates itself from it"
                if self.adopted
                else f"objected to {text} and blocks the consensus"
            )
        if self.dissociates:
            part = f"article {self.worst} of {text}" if self.worst else text
            return f"does not stand in the way of consensus but dissociates itself from {part}"
        return f"lets {text} pass without joining it"

    def _because(self) -> str:
        """The strongest reasons for a yes or a no."""
        way = 1 if self.choice == "yes" else -1
        named = pushing(reasons(self.account, issue=True), way)
        if named:
            return f" because of {listing(named)}"
        if way < 0:
            return f": what speaks for it does not reach {units(self.account.cut)}"
        return ": nothing speaks against it"

    def _missing(self) -> str:
        """What an abstention lacked for a yes, and what kept it there."""
        lacks = -self.account.margin
        if lacks <= 0:
            return ", although its appeal would have allowed a yes"
        held = pushing(reasons(self.account, issue=True), -1)
        because = f", mainly because of {listing(held[:2])}" if held else ""
        return f": it lacked {units(max(lacks, 0.01), sign=False)} for a yes{because}"

    def _against(self) -> list[str]:
        """The article that weighs most against a text which the delegation does not vote for."""
        if self.choice == "yes" or not self.worst or (self.dissociates and not self.red_line):
            return []
        said = f"Article {self.worst} weighs most against it ({units(self.by_article[self.worst])})"
        wish = self._wished(self.worst)
        return [f"{said}; {wish}."] if wish else [f"{said}."]

    def _wish(self) -> list[str]:
        """The wording it would have liked better, unless that has been said with the article already."""
        named = bool(self._against()) and self.wish is not None and self.wish.article == self.worst
        wish = "" if named else self._wished()
        return [f"{sentence_case(wish)}."] if wish else []

    def _wished(self, article: str = "") -> str:
        """Its wish in words, of that article if one has been named; empty if it has none there."""
        wish = self.wish
        if wish is None or wish.worth < LEAST or (article and wish.article != article):
            return ""
        change = f"to say {put(wish.wording)}" if wish.wording else "to be left out"
        words = f"it would have preferred {'it' if article else f'article {wish.article}'} {change}"
        words += f" ({units(wish.worth)})"
        if self.choice == "abstain" and 0 < -self.account.margin <= wish.worth and not self.red_line:
            words += f", and would then have {'joined it' if self.without_vote else 'voted in favour'}"
        return words
