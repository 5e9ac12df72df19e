"""Delegations that go where the room goes."""

from agents.strategies._base import PartWeights, Strategy


class Bandwagon(Strategy):
    """Joins once enough of those it listens to have joined, whatever the text says.

    Only the stances of its peers count, with full weight; its endorse threshold is then the (net) share of
    its peers that must have endorsed before it does.
    """

    name = "bandwagon"
    source = "Granovetter (1978), Threshold Models of Collective Behavior"

    def part_weights(self, usual: PartWeights) -> PartWeights:
        return PartWeights(content=0.0, trust=0.0, inducements=0.0, events=0.0, peers=1.0)
