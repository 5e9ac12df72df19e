"""What many replicates come to, counted exactly: nothing here grows with their number.

Numbers of delegations are small whole numbers, so how often each of them came up is known exactly, and so are
the quantiles.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.analyses import coalitions
from simulation.results import counted, pieces

if TYPE_CHECKING:
    import xarray as xr

SUMMARY = "summary.nc"
COUNTS = ("endorsing", "studying", "opposing")
STANCES, BALLOTS = (1, 0, -1), (1, 0, -1, -2)


def tallies(data: xr.Dataset) -> xr.Dataset:
    """Count an ensemble's data set, a piece at a time.

    - `endorsing_times`, `studying_times`, `opposing_times` (round, text, delegations): in how many replicates
      exactly so many delegations took that stance
    - `final_stance_times` (stance, country, text), `vote_times` (ballot, country, text): how often each came
      up, −2 for absent
    - `adopted_times`, `vote_passed_times` (text)
    - `together` (country, other): the share of replicates in which two delegations share a coalition;
      `consensus_coalition`, `settled` (country): as in a run
    """
    import xarray as xr

    seats = counted(data).sizes["country"]
    last = data.variables["final_stance"] if "final_stance" in data else data.variables["stance"][:, -1]
    together = _company(data.variables["coalition"]) / data.sizes["replicate"]
    found = {
        **{
            f"{name}_times": (("round", "text", "delegations"), _histogram(data.variables[name], seats))
            for name in COUNTS
        },
        "final_stance_times": (("stance", "country", "text"), _times(last, STANCES)),
        "vote_times": (("ballot", "country", "text"), _times(data.variables["vote"], BALLOTS)),
        **{
            f"{name}_times": ("text", _times(data.variables[name], (1,))[0])
            for name in ("adopted", "vote_passed")
        },
        "together": (("country", "other"), together.astype(np.float32)),
        "consensus_coalition": ("country", coalitions.consensus(together.astype(np.float32))),
        "settled": ("country", coalitions.settled(together.astype(np.float32))),
    }
    kept = {name: one for name, one in data.coords.items() if set(one.dims) <= {"round", "country", "text"}}
    axes = {"stance": list(STANCES), "ballot": list(BALLOTS), "delegations": np.arange(seats + 1)}
    return xr.Dataset(found, coords={**kept, **axes, "other": data.country.values})


def write_tallies(found: xr.Dataset, folder: Path) -> None:
    """Write the counts into a folder, as a whole or not at all."""
    beside = folder / (SUMMARY + ".new")
    found.to_netcdf(beside, engine="h5netcdf")
    beside.replace(folder / SUMMARY)


def quantiles(times: ArrayLike, shares: ArrayLike) -> NDArray[np.float64]:
    """Quantiles (Q, …) of whole numbers from 0 on, from how often each came up (…, C).

    The same as `numpy.quantile` of the numbers themselves, with its linear interpolation.

    >>> quantiles([0, 2, 1, 1], [0.5]).tolist()  # of 1, 1, 2, 3
    [1.5]
    """
    up_to = np.cumsum(np.asarray(times), axis=-1)
    place = np.multiply.outer(np.asarray(shares, float), up_to[..., -1] - 1)

    def at(rank: NDArray[np.float64]) -> NDArray[np.int64]:
        return (up_to <= rank[..., None]).sum(axis=-1)

    low, high = at(np.floor(place)), at(np.ceil(place))
    return low + (place - np.floor(place)) * (high - low)


def _histogram(variable: xr.Variable, most: int) -> NDArray[np.int64]:
    """How often each number from 0 to `most` came up over the replicates (…, most + 1)."""
    times = np.zeros((*variable.shape[1:], most + 1), dtype=np.int64)
    for piece in pieces(variable):
        for number in range(most + 1):
            times[..., number] += (piece == number).sum(axis=0)
    return times


def _times(variable: xr.Variable, values: tuple[int, ...]) -> NDArray[np.int64]:
    """How often each value came up over the replicates (value, …)."""
    times = np.zeros((len(values), *variable.shape[1:]), dtype=np.int64)
    for piece in pieces(variable):
        for place, value in enumerate(values):
            times[place] += (piece == value).sum(axis=0)
    return times


def _company(variable: xr.Variable) -> NDArray[np.int64]:
    """In how many replicates two delegations share a coalition (country, other)."""
    company = np.zeros([variable.shape[1]] * 2, dtype=np.int64)
    for piece in pieces(variable):
        for row in piece:
            company += row[:, None] == row[None, :]
    return company
