"""Delegations that look at their own jurisdiction before anything else."""

from agents.strategies._base import Strategy


class SovereigntyFirst(Strategy):
    """Answers by interest, with issues of access, data flow and forum weighing double.

    These are the issues with the keys `access` (who may reach for data abroad), `flow` (what may leave the
    country) and `forum` (who makes the rules); where a scenario has none of them, nothing differs.
    """

    name = "sovereignty-first"
    source = "Jackson (1990), Quasi-states: Sovereignty, International Relations and the Third World"
    salience_factors = {"access": 2.0, "flow": 2.0, "forum": 2.0}
