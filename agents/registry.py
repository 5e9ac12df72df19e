"""Plugins register by where they live: one module in a package is one entry, named like its file."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from types import ModuleType


def modules(package: str) -> dict[str, ModuleType]:
    """Every public module of a package by its name with dashes (`bloc_loyalist.py` is `bloc-loyalist`)."""
    home = importlib.import_module(package)
    return {
        entry.name.replace("_", "-"): importlib.import_module(f"{package}.{entry.name}")
        for entry in sorted(pkgutil.iter_modules(home.__path__), key=lambda entry: entry.name)
        if not entry.name.startswith("_")
    }


class UnknownEntry(ValueError):
    """A name that no module answers to; the message offers the nearest one."""

    def __init__(self, what: str, name: str, known: list[str]) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
        super().__init__(f"there is no {what} '{name}'; {hint}")
