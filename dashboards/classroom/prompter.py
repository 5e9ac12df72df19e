"""The prompter: lets the seats without people act when it is their turn."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from dashboards.classroom import model_seats, pace
from dashboards.classroom.act import By
from dashboards.classroom.clerk import Clerk, Open, Refused
from simulation.calendar import rounds

PAUSE = 1.0  # seconds between two looks at the clock


class Prompter:
    """Plays the model's rounds in all rooms that are in use, and casts its votes when a vote is called."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        self.said: set[str] = set()

    async def work(self) -> None:
        """Look at every room again and again, until cancelled."""
        while True:
            await asyncio.sleep(PAUSE)
            for place in list(self.clerk.open.values()):
                try:
                    await self.play(place)
                except Exception as error:  # a mistake of ours must not end the play of all model seats
                    self._tell(f"The model's seats of room {place.row.code}: {error!r}")

    async def play(self, place: Open) -> None:
        """Let the model's seats do what is due in one room."""
        room = place.room
        if all(seat.played == "people" for seat in room.seats.values()):
            return
        if room.round < pace.due(room, place.clock(), len(rounds(room.scenario.calendar))):
            await self._round(place)
        for text, vote in room.votes.items():
            if vote.open and not any(seat in vote.ballots for seat in _model(place)):
                await self._vote(place, text)

    def _tell(self, words: str) -> None:
        """Say something in the terminal, once."""
        if words not in self.said:
            self.said.add(words)
            print(words, flush=True)

    async def _round(self, place: Open) -> None:
        """Play the next round."""
        code, number = place.row.code, place.room.round + 1
        await self._act(code, "desk", "desk", "round", {}, f"round-{number}")
        said = await asyncio.to_thread(model_seats.stances, place.room.still(), place.row.seed)
        await asyncio.gather(
            *(
                self._act(
                    code,
                    one.seat,
                    "model",
                    "stance",
                    {"text": one.text, "stance": one.stance},
                    f"model-{number}-{one.seat}-{one.text}",
                )
                for one in said
            )
        )

    async def _vote(self, place: Open, text: str) -> None:
        """Cast the votes of the model's seats."""
        cast = await asyncio.to_thread(model_seats.ballots, place.room.still(), place.row.seed, text)
        await asyncio.gather(
            *(
                self._act(
                    place.row.code,
                    seat,
                    "model",
                    "vote",
                    {"text": text, "ballot": ballot},
                    f"model-vote-{seat}-{text}-{place.room.last}",
                )
                for seat, ballot in cast.items()
            )
        )

    async def _act(self, code: str, seat: str, by: By, kind: str, payload: dict[str, Any], key: str) -> None:
        with contextlib.suppress(Refused):  # something has happened meanwhile that makes it pointless
            await self.clerk.act(code, seat, by, kind, payload, key)


def _model(place: Open) -> list[str]:
    return [key for key, seat in place.room.seats.items() if seat.played == "model"]
