"""A rehearsal: robots at every seat and at the control desk, through a whole programme at a faster clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

from dashboards.classroom.robots import Robot
from dashboards.classroom.visitor import Declined, Visitor

LOOK = 0.2  # seconds between two looks of the chair at the clock
SPEAKING = 60.0  # seconds on the room's clock for which somebody has the floor
EXTRA, MORE = 2.0, 30  # minutes more for a decision that is not taken yet, and how often
SILENCE = 2.0  # minutes of a silence procedure
AT_ONCE = 20  # robots that sit down at the same time


class Chair:
    """The robot at the control desk: moves the programme on, places proposals, gives the floor, puts the text
    with the most support under silence, and calls and closes the votes on the others."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.since = 0.0  # when somebody got the floor
        self.more = 0  # how often the decision got more time
        self.tried: set[str] = set()  # texts that were under silence, or whose wordings were put in

    @property
    def parts(self) -> dict[str, Any]:
        """What its page shows."""
        return self.visitor.parts

    async def play(self) -> None:
        """Lead the room to the end of the programme."""
        while not self.over():
            await asyncio.sleep(LOOK)
            if not self.parts or not self.visitor.connected:
                continue
            with contextlib.suppress(Declined, OSError, TimeoutError):
                await self._lead()

    def over(self) -> bool:
        """Whether the programme is over."""
        now = self.parts.get("programme")
        return now is not None and now["part"] == len(now["parts"]) - 1 and self._left() <= 0

    def decided(self) -> str:
        """What the room decided, in a sentence."""
        texts = [f"the {one['title']}: {one['outcome'] or 'open'}" for one in self.parts["drafts"].values()]
        return f"The rehearsal is over. The robots decided on {'; '.join(texts)}."

    async def _lead(self) -> None:
        now = self.parts["programme"]
        if self._left() <= 0 and now["name"] == "decision" and self._open() and self.more < MORE:
            self.more += 1
            await self._do("extend", minutes=EXTRA)
            await self._decide()
            return
        if now["part"] < 0 or (self._left() <= 0 and await self._nothing_open()):
            if now["part"] + 1 < len(now["parts"]):
                await self._do("part", part=now["part"] + 1)
            return
        await self._end_silence()
        await self._place_proposals()
        await self._give_floor()
        if now["name"] in ("informals", "chair") and self._left() < 0.5 * 60 * now["parts"][now["part"]][1]:
            await self._propose_text()
        if now["name"] == "decision":
            await self._decide()

    def _left(self) -> float:
        now = self.parts["programme"]
        return float(now["ends"]) - (0.0 if now["paused"] else self.visitor.now())

    async def _nothing_open(self) -> bool:
        """Close what is open before the next part begins; whether nothing was."""
        silence = self.parts["silence"]
        if silence and not silence["over"]:
            await self._do("close-silence")
            return False
        for text, vote in self.parts["votes"].items():
            if vote["open"]:
                await self._do("close-vote", text=text)
                return False
        return True

    async def _place_proposals(self) -> None:
        for text, number, key, one in self._wordings():
            if one["status"] == "awaiting":
                await self._do(
                    "confirm", text=text, article=number, wording=key, places=one["places"], accept=True
                )

    async def _end_silence(self) -> None:
        silence = self.parts["silence"]
        if silence and not silence["over"] and silence["ends"] <= self.visitor.now():
            await self._do("close-silence")

    async def _give_floor(self) -> None:
        floor = self.parts["floor"]
        if floor["waiting"] and (not floor["speaking"] or self.visitor.now() - self.since > SPEAKING):
            self.since = self.visitor.now()
            await self._do("give-floor", seat=floor["waiting"][0])

    async def _propose_text(self) -> None:
        """Put the wordings that most accept into the text with the most support, and that under silence."""
        texts = self._open()
        if not texts or self.tried:
            return
        text = max(texts, key=lambda one: len(self.parts["support"][one]["endorse"]))
        self.tried.add(text)
        chosen = {
            number: max(
                (key for key, one in article["wordings"].items() if one["status"] == "open"),
                key=lambda key: liked(article["replies"].get(key, {})),
                default=article["standing"],
            )
            for number, article in self.parts["drafts"][text]["articles"].items()
        }
        await self._do("chair-text", text=text, wordings=chosen)
        await self._do("open-silence", text=text, minutes=SILENCE)

    async def _decide(self) -> None:
        silence = self.parts["silence"]
        if (silence and not silence["over"]) or await self._waits_for_votes():
            return
        for text in self._open():
            if text not in self.parts["votes"]:
                await self._do("call-vote", text=text)
                return

    async def _waits_for_votes(self) -> bool:
        """Close a vote in which all have voted; whether one is open."""
        for text, vote in self.parts["votes"].items():
            if vote["open"]:
                if len(vote["ballots"]) == len(self.parts["seats"]):
                    await self._do("close-vote", text=text)
                return True
        return False

    def _open(self) -> list[str]:
        return [text for text, draft in self.parts["drafts"].items() if not draft["outcome"]]

    def _wordings(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        return [
            (text, number, key, one)
            for text, draft in self.parts["drafts"].items()
            for number, article in draft["articles"].items()
            for key, one in article["wordings"].items()
        ]

    async def _do(self, kind: str, **payload: Any) -> None:
        """Do something, and wait until the page shows it."""
        number = await self.visitor.act(kind, payload)
        async with asyncio.timeout(10):
            while self.visitor.last < number:
                await asyncio.sleep(0.02)


def liked(replies: dict[str, str]) -> int:
    """By how many more a wording is accepted than not.

    >>> liked({"KEN": "accept", "FRA": "against", "BRA": "ad referendum"})
    1
    """
    return sum(1 if one in ("accept", "ad referendum") else -1 for one in replies.values())


async def rehearse(port: int, code: str, key: str, seats: Sequence[str], seed: int = 1) -> str:
    """Play a whole programme with robots at all seats of a room on this machine; what it decided."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def sit(seat: str) -> Robot:
        async with gate:
            visitor = Visitor(port, code)
            await visitor.sit(seat, "Robot")
            return Robot(visitor, seed)

    desk = Visitor(port, code)
    await desk.unlock(key)
    robots = await asyncio.gather(*(sit(seat) for seat in seats))
    chair = Chair(desk)
    async with asyncio.TaskGroup() as group:
        busy = [group.create_task(one.listen()) for one in (desk, *(robot.visitor for robot in robots))]
        busy += [group.create_task(robot.play()) for robot in robots]
        await chair.play()
        for task in busy:
            task.cancel()
    return chair.decided()
