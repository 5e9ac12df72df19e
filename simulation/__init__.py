"""The negotiation itself: rounds, many replicates of them, and what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.ensemble import replay, run
    from simulation.results import Results, RunError, open_run, save
    from simulation.streaming import open_ensemble, stream
    from simulation.sweep import open_sweep

_HOMES = {
    "run": "simulation.ensemble",
    "replay": "simulation.ensemble",
    "Results": "simulation.results",
    "RunError": "simulation.results",
    "open_run": "simulation.results",
    "save": "simulation.results",
    "open_ensemble": "simulation.streaming",
    "stream": "simulation.streaming",
    "open_sweep": "simulation.sweep",
}

__all__ = [
    "Results",
    "RunError",
    "open_ensemble",
    "open_run",
    "open_sweep",
    "replay",
    "run",
    "save",
    "stream",
]


def __getattr__(name: str) -> object:
    """Fetch a public name when it is first asked for: importing the engine takes seconds."""
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'simulation' has no attribute '{name}'")
