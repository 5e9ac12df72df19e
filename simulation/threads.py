"""Linear algebra on one thread: several are slower for matrices this small, and give other last bits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any

from threadpoolctl import OpenBLASController, ThreadpoolController

_lock = Lock()
_inside = 0
_limits: list[Any] = []


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold the libraries of linear algebra to one thread, until everybody in this process who asked for it is
    done.

    Nested and from several threads at once: the first one in sets the limit, the last one out lifts it. Works
    as a decorator too.
    """
    global _inside
    with _lock:
        if not _inside:
            _take_control()
            _limits.append(_controller("scipy.special" in sys.modules).limit(limits=1, user_api="blas"))
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                _take_control()
                _limits.pop().restore_original_limits()
                _take_control()


def _take_control() -> None:
    """Let this thread set limits, or any other one after it.

    From 3.8 on threadpoolctl lets one thread alone set them, the first that has ever done so, and ignores the
    others; here the lock and the count keep order.
    """
    clear = getattr(OpenBLASController, "clear_controlling_thread", None)
    if clear is not None:
        clear(force=True)


@cache
def _controller(scipy_too: bool) -> ThreadpoolController:
    """The libraries loaded by now; to look them up takes half a millisecond, and SciPy brings one of its
    own."""
    return ThreadpoolController()
