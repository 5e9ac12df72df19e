"""Who may come in: codes, tokens, cookies, and how often somebody may try."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict

LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # none that look alike, and no words by chance
CODE = 5  # letters of a room's code
GUESTS = ("observer", "press")  # who may watch without a seat
TRIES, MINUTE = 10, 60.0  # wrong codes that one address may try in a minute
ACTS, REFILL = 30, 2.0  # acts that a seat may do at once, and how many it gets back in a second
REMEMBERED = 5000  # addresses and seats of which something is remembered


def new_code() -> str:
    """A code for a room, short enough to be read out."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE))


def as_code(words: str) -> str:
    """A code as it may have been typed.

    >>> as_code(" bcd-f2 ")
    'BCDF2'
    """
    return "".join(one for one in words.upper() if one in LETTERS)[: 2 * CODE]


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is kept of a token, so that the file of rooms opens no seat.

    >>> len(digest("a"))
    64
    """
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


class Failures:
    """Counts wrong tries by address: a class sits behind one address, so right ones cost nothing."""

    def __init__(self) -> None:
        self.seen: OrderedDict[str, list[float]] = OrderedDict()

    def too_many(self, address: str) -> bool:
        """Whether somebody has tried too often in the last minute."""
        since = time.monotonic() - MINUTE
        recent = [when for when in self.seen.get(address, ()) if when > since]
        if recent:
            self.seen[address] = recent
        return len(recent) >= TRIES

    def add(self, address: str) -> None:
        """Count a wrong try."""
        self.seen.setdefault(address, []).append(time.monotonic())
        self.seen.move_to_end(address)
        while len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)


class Buckets:
    """How many acts each seat has left: a bucket that fills again as time goes by."""

    def __init__(self, size: float = ACTS, refill: float = REFILL) -> None:
        self.size, self.refill = size, refill
        self.left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> bool:
        """Take one act out of a bucket; false where it is empty."""
        now = time.monotonic()
        left, when = self.left.get(who, (self.size, now))
        left = min(self.size, left + self.refill * (now - when))
        self.left[who] = (left - 1 if left >= 1 else left, now)
        self.left.move_to_end(who)
        while len(self.left) > REMEMBERED:
            self.left.popitem(last=False)
        return left >= 1
