"""One function a picture: results in, Plotly figure out, nothing else.

A module here is a figure, named like its function: `figures.support(results)`; its docstring tells how to
read it. Modules that begin with an underscore hold what several figures share. `figures.page(figure)` is a
figure as a page that opens offline, maps included.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from agents.registry import modules
from dashboards.figures._page import Page, page

__all__ = ["FIGURES", "Page", "how_to_read", "page"]

FIGURES: dict[str, Callable[..., Any]] = {
    name: getattr(module, name.replace("-", "_")) for name, module in modules(__name__).items()
}
# A figure's name means its function, not the module that Python has just put there under the same name.
globals().update({function.__name__: function for function in FIGURES.values()})


def how_to_read(name: str) -> str:
    """The line at the head of a figure's module that tells a reader how to read it."""
    prose = " ".join((sys.modules[FIGURES[name].__module__].__doc__ or "").split())
    _, found, line = prose.partition("How to read this: ")
    return line[:1].upper() + line[1:] if found else ""


def __getattr__(name: str) -> Callable[..., Any]:
    """Reached only where there is no such figure."""
    raise AttributeError(f"there is no figure '{name}'; there are: {', '.join(FIGURES)}")
