"""Which assumptions does an outcome hang on? All of them varied together, and their shares told apart.

`assumptions` says what is varied, `designs` at which points, `cells` does the negotiating, `indices` tells
what each assumption does, and `settling` how much of that is chance.
"""

from simulation.sensitivity.asked import read_assumptions
from simulation.sensitivity.assumption import Assumption
from simulation.sensitivity.assumptions import assumptions
from simulation.sensitivity.designs import METHODS, SIZES, UNITS
from simulation.sensitivity.indices import Index, indices
from simulation.sensitivity.running import Sensitivity, dummy, sensitivity
from simulation.sensitivity.settling import COUNTED, Headline, Settled, headline, ranked, settled

__all__ = [
    "COUNTED",
    "METHODS",
    "SIZES",
    "UNITS",
    "Assumption",
    "Headline",
    "Index",
    "Sensitivity",
    "Settled",
    "assumptions",
    "dummy",
    "headline",
    "indices",
    "ranked",
    "read_assumptions",
    "sensitivity",
    "settled",
]
