"""How many replicates an analysis runs again for the report."""

from __future__ import annotations

from typing import Any

MOST, SEATS = 32, 120  # replicates in rooms of up to so many delegations


def again(results: Any, most: int = MOST) -> int:
    """Those of the run, but not more than `most`, and in rooms of more than 120 delegations fewer in
    proportion."""
    return max(1, min(int(results.replicates), fewer(results, most)))


def fewer(results: Any, most: int) -> int:
    """`most` of something in rooms of up to 120 delegations, and fewer in proportion in larger ones."""
    return most * SEATS // max(int(results.data.sizes["country"]), SEATS)
