"""Connections that say nothing, or say it very slowly, do not stay."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS = 10.0  # seconds within which somebody who connects has said what they want
BODY = 15.0  # seconds within which the rest has come


class Patient(H11Protocol):
    """Uvicorn's own protocol, which hangs up on whoever keeps it waiting for a request."""

    waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has connected."""
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Somebody has gone."""
        super().connection_lost(exc)
        self._stop()

    def data_received(self, data: bytes) -> None:
        """Somebody has said something, perhaps not all of it."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._watch()
        else:
            self._stop()

    def _watch(self) -> None:
        if self.waiting is None:
            self.waiting = self.loop.call_later(HEADERS, self.transport.close)

    def _stop(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None
