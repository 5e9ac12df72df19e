"""How many replicates an analysis runs again for the report."""

from __future__ import annotations

from typing import Any

MOST, SEATS = 32, 120  # replicates in rooms of up to so many delegations


def again(results: Any, most: int = MOST) -> int:
    """Those of the run, but not more than `most`, and in rooms of more than 120 delegations fewer in
    proportion."""
    seats = int(results.data.sizes["country"])
    return max(1, min(int(results.replicates), most * SEATS // max(seats, SEATS)))
