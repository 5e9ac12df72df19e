"""Delegations that weigh what a text brings them."""

from agents.strategies._base import Strategy


class InterestDriven(Strategy):
    """Endorses what brings it enough, opposes what costs it too much, and studies the rest.

    It adds up its own gain, its trust in the sponsors, what its peers say and what it is offered, and
    compares the sum with its cut-points. This is the default.
    """

    name = "interest-driven"
    source = "Spatial voting: Enelow & Hinich (1984), The Spatial Theory of Voting"
