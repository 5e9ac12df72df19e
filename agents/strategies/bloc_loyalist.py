"""Delegations that take their bloc's line."""

from agents.strategies._base import Strategy


class BlocLoyalist(Strategy):
    """Says what its blocs say: its own view counts only for its share in forming the common line.

    Without a bloc in the room it answers by interest.
    """

    name = "bloc-loyalist"
    source = "Voting with the group: Hix, Noury & Roland (2005), Power to the Parties"

    def discipline(self) -> float | None:
        return 1.0
