"""Delegations that look at rights before anything else."""

from agents.strategies._base import Strategy


class RightsFirst(Strategy):
    """Answers by interest, with issues of rights, oversight and privacy weighing double.

    These are the issues with the keys `rights`, `oversight` and `privacy`; where a scenario has none of them,
    nothing differs.
    """

    name = "rights-first"
    source = "Manners (2002), Normative Power Europe: A Contradiction in Terms?"
    salience_factors = {"rights": 2.0, "oversight": 2.0, "privacy": 2.0}
