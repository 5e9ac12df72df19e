"""Blocks of replicates in a Zarr store: each variable is one array, each block one chunk of it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import xarray as xr

DATA = "results.zarr"
FORMAT: Literal[2] = 2  # of Zarr: the one in which texts of fixed width have a place
Block = Mapping[str, tuple[tuple[str, ...], NDArray]]  # dims, `replicate` first, and values


class Store:
    """The arrays of an ensemble in its folder, written block by block, in any order.

    The store does not know which blocks are there: the ledger does.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self.path, self.size = folder / DATA, size

    def create(self, first: Block, labels: xr.Dataset, replicates: int) -> None:
        """Begin anew: labels at once, and an array without values for each variable of a block."""
        import zarr

        shutil.rmtree(self.path, ignore_errors=True)
        labels.to_zarr(self.path, mode="w", zarr_format=FORMAT, consolidated=False)
        group = zarr.open_group(self.path, mode="r+", zarr_format=FORMAT)
        for name, (dims, values) in first.items():
            made = group.create_array(
                name,
                shape=(replicates, *values.shape[1:]),
                chunks=(min(self.size, replicates), *(max(size, 1) for size in values.shape[1:])),
                dtype=values.dtype,
                fill_value=None,
            )
            made.attrs["_ARRAY_DIMENSIONS"] = list(dims)

    def write(self, start: int, block: Block) -> None:
        """Put a block where its first replicate is `start`."""
        group = self._group("r+")
        for name, (_, values) in block.items():
            if values.size:
                group[name][start : start + len(values)] = values

    def holds(self, start: int, stop: int, checksum: str, names: list[str]) -> bool:
        """Whether a block lies there unharmed."""
        try:
            group = self._group("r")
            values = {name: np.asarray(group[name][start:stop]) for name in names}
        except Exception:  # whatever keeps it from being read: it is worked out again
            return False
        return checksum_of(values) == checksum

    def data(self) -> xr.Dataset:
        """The data set, whose values are read when they are asked for."""
        import xarray as xr

        return xr.open_zarr(self.path, chunks=None, consolidated=False)

    def _group(self, mode: Literal["r", "r+"]) -> Any:
        import zarr

        return zarr.open_group(self.path, mode=mode, zarr_format=FORMAT)


def checksum_of(values: Mapping[str, NDArray]) -> str:
    """SHA-256 over the arrays of a block in order of name."""
    digest = hashlib.sha256()
    for name in sorted(values):
        digest.update(name.encode() + np.ascontiguousarray(values[name]).tobytes())
    return digest.hexdigest()
