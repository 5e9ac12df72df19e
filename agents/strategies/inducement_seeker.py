"""Delegations whose support is to be had."""

from agents.strategies._base import PartWeights, Strategy

CONTENT = 0.2


class InducementSeeker(Strategy):
    """Moves only for what it is offered: inducements count fully, the text itself for a fifth.

    Neither trust in the sponsors nor statements nor what its peers say moves it.
    """

    name = "inducement-seeker"
    source = "Votes for aid: Dreher, Nunnenkamp & Thiele (2008), Does US Aid Buy UN General Assembly Votes?"

    def part_weights(self, usual: PartWeights) -> PartWeights:
        return PartWeights(
            content=CONTENT * usual.content, trust=0.0, inducements=usual.inducements, events=0.0, peers=0.0
        )
