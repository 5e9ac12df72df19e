"""Robots at the seats of a rehearsal: they see what a seat's page shows, and do what its people could do.

What they think of a text is what their page says of its wordings ("For your capital: ..."), so they know no
more than a student with the card. Which of several sensible acts they choose is drawn from a seed.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Any, NamedTuple

from dashboards.classroom.visitor import Declined, Visitor

GAP = 60.0  # seconds on the room's clock between two acts of a seat
LEAST = 0.6  # seconds between them by anybody's watch: a seat gets two acts a second
LIKED, DISLIKED = 0.3, -0.1  # what a text is worth to whoever endorses it, or opposes it
JUDGED = {"behind a red line": -2.0, "what you want": 1.0, "acceptable": 0.4, "far from you": -0.6}
REASONS = {
    "endorse": "It says most of what we came for.",
    "study": "We can follow parts of it and are asking our capital about the rest.",
    "oppose": "It asks of us what we cannot give.",
}
TALKING = ("statements", "informals", "chair")


class Wish(NamedTuple):
    """An act that a robot would like to do."""

    kind: str
    payload: dict[str, Any]


class Robot:
    """A robot at one seat."""

    def __init__(self, visitor: Visitor, seed: int) -> None:
        self.visitor, self.seat = visitor, visitor.seat
        self.luck = random.Random(f"{seed}-{visitor.seat}")

    @property
    def parts(self) -> dict[str, Any]:
        """What its page shows."""
        return self.visitor.parts

    async def play(self) -> None:
        """Act now and then, until cancelled."""
        while not self.parts:
            await asyncio.sleep(LEAST)
        while True:
            await asyncio.sleep(self.luck.uniform(0.5, 1.5) * max(LEAST, GAP / self.visitor.speed))
            if wish := self.next():
                with contextlib.suppress(Declined, OSError, TimeoutError):  # somebody was faster
                    await self.visitor.act(wish.kind, wish.payload)

    def next(self) -> Wish | None:
        """What it does now: what it is asked above all, else some of its own work."""
        return self._asked() or self._own_work()

    def worth(self, text: str) -> float:
        """What a text as it stands is to its capital: from −2, behind red lines, to 1."""
        articles = self.parts["drafts"][text]["articles"]
        told = [
            judged(self.parts["against"][text][number][article["standing"]])
            for number, article in articles.items()
        ]
        return sum(told) / max(1, len(told))

    def stance(self, text: str) -> str:
        """Where it stands on a text."""
        worth = self.worth(text)
        return "endorse" if worth >= LIKED else "oppose" if worth <= DISLIKED else "study"

    def _asked(self) -> Wish | None:
        for text, vote in self.parts["votes"].items():
            if vote["open"] and self.seat not in vote["ballots"]:
                ballot = {"endorse": "yes", "study": "abstain", "oppose": "no"}[self.stance(text)]
                return Wish("vote", {"text": text, "ballot": ballot})
        silence = self.parts["silence"]
        quiet = silence and not silence["over"] and not silence["objections"]
        if quiet and self.stance(silence["text"]) == "oppose" and self.luck.random() < 0.1:
            return Wish("object", {"words": REASONS["oppose"]})
        for one in self.parts["trades"]:
            if one["taker"] == self.seat and not one["answer"]:
                return Wish("answer", {"number": one["number"], "accept": self.luck.random() < 0.5})
        for text, vote in self.parts["votes"].items():
            if (
                self.seat in vote["ballots"]
                and self.seat not in vote["explanations"]
                and self.luck.random() < 0.3
            ):
                return Wish("explain", {"text": text, "words": REASONS[self.stance(text)]})
        return None

    def _own_work(self) -> Wish | None:
        texts = [text for text, draft in self.parts["drafts"].items() if not draft["outcome"]]
        if self.parts["programme"]["name"] not in TALKING or not texts:
            return None
        text = self.luck.choice(texts)
        if self._stands(text) != self.stance(text):
            return self._stand(text)
        if self.parts["programme"]["name"] == "statements":
            return None if self.seat in self.parts["floor"]["waiting"] else Wish("ask-floor", {})
        return self.luck.choices(
            (self._reply, self._propose, self._note, self._offer, self._sponsor), (8, 1, 3, 2, 1)
        )[0](text)

    def _stands(self, text: str) -> str:
        support = self.parts["support"][text]
        return next(stance for stance in REASONS if any(seat == self.seat for seat, *_ in support[stance]))

    def _stand(self, text: str) -> Wish:
        stance = self.stance(text)
        return Wish("stance", {"text": text, "stance": stance, "reason": REASONS[stance]})

    def _reply(self, text: str) -> Wish | None:
        found = self._article(text)
        if found is None:
            return None
        number, article = found
        open_ = [key for key, one in article["wordings"].items() if one["status"] == "open"]
        if not open_:
            return None
        wording = self.luck.choice(open_)
        worth = judged(self.parts["against"][text][number][wording])
        words = (
            "accept"
            if worth > 0.5
            else "ad referendum"
            if worth >= 0
            else "reserve"
            if worth > -1
            else "against"
        )
        return Wish("reply", {"text": text, "article": number, "wording": wording, "reply": words})

    def _propose(self, text: str) -> Wish | None:
        found = self._article(text)
        if found is None or len(found[1]["wordings"]) >= 6:
            return None
        number, article = found
        words = article["wordings"][article["standing"]]["words"] or article["title"]
        places = {
            issue: float(min(100, max(0, round(place + self.luck.choice((-15, 15))))))
            for issue, place in article["wordings"]["tabled"]["places"].items()
        }
        words = f"{words} This is reviewed after three years."[-1000:]
        return Wish("propose", {"text": text, "article": number, "words": words, "places": places})

    def _note(self, text: str) -> Wish:
        title = self.parts["drafts"][text]["title"]
        return Wish("note", {"to": self._other(), "words": f"Where do you stand on the {title}?"})

    def _offer(self, text: str) -> Wish:
        title = self.parts["drafts"][text]["title"]
        gives = {
            "to": self._other(),
            "gives": "our support on your article",
            "asks": f"your word on the {title}",
        }
        return Wish("offer", gives)

    def _sponsor(self, text: str) -> Wish | None:
        sponsors = self.seat in self.parts["drafts"][text]["sponsors"]
        if self.worth(text) < 2 * LIKED or sponsors:
            return None
        return Wish("cosponsor", {"text": text})

    def _article(self, text: str) -> tuple[str, dict[str, Any]] | None:
        articles = self.parts["drafts"][text]["articles"]
        open_ = [(number, one) for number, one in articles.items() if not one["agreed"]]
        return self.luck.choice(open_) if open_ else None

    def _other(self) -> str:
        return self.luck.choice([seat for seat in self.parts["seats"] if seat != self.seat])


def judged(words: str) -> float:
    """What the words of a card on a wording come to.

    >>> judged("Acceptable."), judged("Far from you, behind a red line.")
    (0.4, -2.0)
    """
    return next((worth for known, worth in JUDGED.items() if known in words.lower()), 0.0)
