"""Sums over countries and issues whose bits do not depend on how many replicates stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.floating]

WIDTH = 64
FEW = 0.2  # share of all pairs; with more ties than that the whole matrix is faster


@cache
def steady(dtype: np.dtype[np.floating]) -> bool:
    """Does this machine's matrix product give equal rows and columns equal bits, wherever they stand?

    The float32 kernels of OpenBLAS for processors with AVX2 alone do not: they add up a column in one order
    or another by its place in the array. Tried on full blocks, as `multiply` gets them.
    """
    random = np.random.default_rng(0)
    for inner in (12, 61, 193):
        case, matrix = random.random((1, inner)).astype(dtype), random.random((inner, 33)).astype(dtype)
        rows = np.repeat(case, WIDTH, axis=0) @ matrix
        columns = matrix.T @ np.repeat(case.T, 2 * WIDTH, axis=1)
        if (rows != rows[:1]).any() or (columns != columns[:, :1]).any():
            return False
    return True


def multiply(first: Floats, second: Floats, out: Floats | None = None) -> Floats:
    """The product of matrices whose blocks are full, with the same bits for a row or column in any place.

    Where the machine's product is not `steady`, it is taken in double precision and rounded.
    """
    if steady(first.dtype):
        return np.matmul(first, second, out=out)
    found = np.matmul(first, second, dtype=np.float64)
    if out is None:
        return found.astype(first.dtype)
    out[...] = found
    return out


def ties_of(matrix: Floats) -> Floats | csr_array:
    """The matrix as it is best summed over: its ties alone in a large room where few pairs have one.

    Below a fifth of all pairs (`FEW`) a sparse product is faster than the whole one; in a room of under 64
    neither takes any time.
    """
    if len(matrix) < WIDTH or np.count_nonzero(matrix) >= FEW * matrix.size:
        return matrix
    from scipy.sparse import csr_array

    return csr_array(matrix)


def contract(matrix: Floats | csr_array, planes: Floats) -> Floats:
    """Sum over countries: matrix (i, j) times planes (j, column, replicate) gives (i, column, replicate).

    The last bits of a matrix product change with the width of the array, but those of one of its columns do
    not as long as every block of 64 columns is full and the product is `steady`: columns and replicates are
    laid side by side and padded to a multiple of 64. A sparse matrix adds up each column by itself, tie after
    tie, and needs neither.
    """
    inner, columns, replicates = planes.shape
    flat = planes.reshape(inner, columns * replicates)
    if not isinstance(matrix, np.ndarray):
        return (matrix @ flat).reshape(matrix.shape[0], columns, replicates)
    missing = -flat.shape[1] % WIDTH
    if missing:
        padded = np.zeros((inner, flat.shape[1] + missing), dtype=planes.dtype)
        padded[:, : flat.shape[1]] = flat
        flat = padded
    product = multiply(matrix, flat)
    return product[:, : columns * replicates].reshape(len(matrix), columns, replicates)


def contract_rows(sheet: Floats, matrix: Floats) -> Floats:
    """Sum over countries where they lie innermost: sheet (case, i) times matrix (i, j) gives (case, j).

    Like `contract`, over stacks of exactly 64 cases, the last one padded.
    """
    (cases, inner), columns = sheet.shape, matrix.shape[1]
    out = np.empty((cases, columns), dtype=sheet.dtype)
    stacks = cases // WIDTH
    full = stacks * WIDTH
    if stacks:
        blocks = sheet[:full].reshape(stacks, WIDTH, inner)
        multiply(blocks, matrix, out[:full].reshape(stacks, WIDTH, columns))
    if full < cases:
        last = np.zeros((WIDTH, inner), dtype=sheet.dtype)
        last[: cases - full] = sheet[full:]
        out[full:] = multiply(last, matrix)[: cases - full]
    return out


def contract_issues(weights: Floats, planes: Floats, kinds: Sequence[NDArray[np.intp]]) -> Floats:
    """Weighted sums over the issues of each kind; returns (country, kind, replicate).

    Weights that hold for all replicates come as (country, kind, issue), zero for issues of other kinds, and
    make a stack of small matrix products, taken over exactly 64 replicates like `contract`. Weights of each
    replicate's own, (country, 1, issue, replicate), are multiplied, and added issue after issue as `kinds`
    lists them.
    """
    countries, issues, replicates = planes.shape
    if weights.ndim == 4:
        out = np.zeros((countries, len(kinds), replicates), dtype=planes.dtype)
        weighted = weights[:, 0] * planes
        for kind, members in enumerate(kinds):
            for issue in members:
                out[:, kind] += weighted[:, issue]
        return out
    if replicates == WIDTH:
        return multiply(weights, planes)
    out = np.empty((countries, len(kinds), replicates), dtype=planes.dtype)
    padded = np.zeros((countries, issues, WIDTH), dtype=planes.dtype)
    for start in range(0, replicates, WIDTH):
        block = planes[:, :, start : start + WIDTH]
        width = block.shape[2]
        padded[:, :, :width] = block
        out[:, :, start : start + width] = multiply(weights, padded)[:, :, :width]
    return out


def contract_within(matrix: Floats, planes: Floats, confidence: float) -> Floats:
    """Listening with bounded confidence: only those within `confidence` points are heard, on each issue.

    W̃_ij ∝ W_ij·[|x_ik − x_jk| ≤ ε] with rows that sum to 1; who hears nobody keeps its own position
    (Hegselmann & Krause 2002). `planes` (country, issue, replicate). Who stands exactly at the edge is heard:
    a hair of slack keeps rounding from deciding that.
    """
    countries, issues, replicates = planes.shape
    within = confidence + 6400 * np.finfo(planes.dtype).eps
    out = np.empty_like(planes)
    for start in range(0, replicates, WIDTH):
        block = np.zeros((countries, issues, WIDTH), dtype=planes.dtype)
        width = min(WIDTH, replicates - start)
        block[:, :, :width] = planes[:, :, start : start + width]
        for issue in range(issues):
            said = block[:, issue]
            near = np.abs(said[:, None] - said[None]) <= within
            weights = np.where(near, matrix[:, :, None], 0)
            total = weights.sum(axis=1)
            weights *= said[None]
            heard = np.divide(weights.sum(axis=1), total, out=said.copy(), where=total > 0)
            out[:, issue, start : start + width] = heard[:, :width]
    return out


def across(sheet: Floats) -> Floats:
    """Sum over the last axis: (…, country) to (…), row by row and so the same for few rows and for many."""
    return np.vecdot(sheet, np.ones(sheet.shape[-1], dtype=sheet.dtype))


def total(planes: Floats) -> Floats:
    """Sum over the first axis: (country, …) to (…), one country after the other.

    NumPy adds whole planes in order if they lie one behind the other in memory, except that a single column
    would be summed pairwise: it is doubled.
    """
    flat = np.ascontiguousarray(planes).reshape(len(planes), prod(planes.shape[1:]))
    if flat.shape[1] == 1:
        flat = np.repeat(flat, 2, axis=1)
        return np.add.reduce(flat, axis=0)[:1].reshape(planes.shape[1:])
    return np.add.reduce(flat, axis=0).reshape(planes.shape[1:])
