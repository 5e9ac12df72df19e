"""Delegations that study for as long as they can."""

from agents.strategies._base import Floats, Moment, Strategy

HESITATION = 0.20


class Hedger(Strategy):
    """Keeps studying until late: both cut-points start 0.20 gain units further out and close in by the end.

    Hedging keeps doors open while the outcome is uncertain; the closer the end, the less it is worth.
    """

    name = "hedger"
    source = "Hedging in foreign policy: Kuik (2008), The Essence of Hedging"

    def cut_points(self, lower: Floats, upper: Floats, moment: Moment) -> tuple[Floats, Floats]:
        further = lower.dtype.type(HESITATION * (1 - moment.progress))
        return lower - further, upper + further
