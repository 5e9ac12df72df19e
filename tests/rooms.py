"""Small chambers with known answers: the fixtures of the engine's tests, the same that `validate` uses."""

from simulation.validation._rooms import QUIET, chamber_of, finished, names_of

__all__ = ["QUIET", "chamber_of", "finished", "names_of"]
