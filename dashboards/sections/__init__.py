"""One question a module: a section of the report, found by where it lives and named like its file.

A module has a function `section(results, found)` that returns a `Section`, or None where there is nothing to
say; a `TITLE`; the `GROUP` in which the explorer lists it; and a `PLACE` in the order of the report. One that
takes long, most of them since they re-run the negotiation, says `COSTLY = True`: it is made only for the full
report, or on demand.
"""

from __future__ import annotations

from typing import Any

from agents.registry import modules
from dashboards.known import Known
from dashboards.sections._section import Section


def sections(results: Any, found: Known, full: bool = False) -> dict[str, Section]:
    """The sections of a report by name, in their order; without `full` only those that are not costly."""
    left_out = () if full else costly()
    made = {name: section(name, results, found) for name in by_place() if name not in left_out}
    return {name: one for name, one in made.items() if one is not None}


def section(name: str, results: Any, found: Known) -> Section | None:
    """One section by its name; None where the run has nothing to say."""
    return modules(__name__)[name].section(results, found)


def by_place() -> list[str]:
    """The names of all sections in the order of the report."""
    known = modules(__name__)
    return sorted(known, key=lambda name: known[name].PLACE)


def costly() -> list[str]:
    """The names of sections that only the full report has."""
    return [name for name, module in modules(__name__).items() if getattr(module, "COSTLY", False)]
