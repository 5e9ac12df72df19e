"""Sums over countries and issues whose bits do not depend on how many replicates stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.threads import one_thread

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.floating]

WIDTH = 64
PANEL, FENCE = 256, 8
FEW = 0.2  # share of all pairs; with more ties than that the whole matrix is faster


Way = Callable[[Floats, Floats, Floats], None]


def whole(first: Floats, second: Floats, out: Floats) -> None:
    """The machine's product as it is."""
    np.matmul(first, second, out=out)


def fenced(first: Floats, second: Floats, out: Floats) -> None:
    """The machine's product over panels of at most 256 columns, with eight columns of zeros on either side.

    The float32 kernels of OpenBLAS for processors with AVX2 alone treat the first and last eight columns of
    what they take at once otherwise than those between: there only zeros stand.
    """
    columns = second.shape[-1]
    for start in range(0, columns, PANEL):
        width = min(PANEL, columns - start)
        panel = np.zeros((*second.shape[:-1], width + -width % FENCE + 2 * FENCE), dtype=second.dtype)
        panel[..., FENCE : FENCE + width] = second[..., start : start + width]
        out[..., start : start + width] = np.matmul(first, panel)[..., FENCE : FENCE + width]


def doubled(first: Floats, second: Floats, out: Floats) -> None:
    """The machine's product in double precision, rounded."""
    out[...] = np.matmul(first, second, dtype=np.float64)


@cache
@one_thread()
def product(dtype: np.dtype[np.floating]) -> tuple[Way, int]:
    """The fastest product that gives equal rows and columns equal bits on this machine, wherever they stand,
    and how many rows belong into a block.

    Tried once: as it is; fenced, in blocks of sixty rows, which kernels of four or of twelve rows fill; and
    otherwise in double precision.
    """
    ways: tuple[tuple[Way, int], ...] = ((whole, WIDTH), (fenced, 60))
    return next(((way, rows) for way, rows in ways if steady(way, rows, dtype)), (doubled, WIDTH))


def steady(way: Way, rows: int, dtype: np.dtype[np.floating]) -> bool:
    """Does this product give equal rows of a block, and equal columns, equal bits?"""
    random = np.random.default_rng(0)

    def multiplied(first: Floats, second: Floats) -> Floats:
        out = np.empty((len(first), second.shape[1]), dtype=dtype)
        way(first, second, out)
        return out

    for inner, other in ((12, 33), (61, 1), (61, 4), (193, 33), (193, 300)):
        case, matrix = random.random((1, inner)).astype(dtype), random.random((inner, other)).astype(dtype)
        found = multiplied(np.repeat(case, rows, axis=0), matrix)
        columns = [multiplied(matrix.T, np.repeat(case.T, wide, axis=1)) for wide in (WIDTH, 12 * WIDTH)]
        if (found != found[:1]).any() or any((some != columns[0][:, :1]).any() for some in columns):
            return False
    return True


def multiply(first: Floats, second: Floats) -> Floats:
    """The product of matrices whose blocks are full, with the same bits for a row or column in any place."""
    out = np.empty((*first.shape[:-1], second.shape[-1]), dtype=first.dtype)
    product(first.dtype)[0](first, second, out)
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
    not as long as every block of 64 columns is full and the product is steady: columns and replicates are
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
    summed = multiply(matrix, flat)
    return summed[:, : columns * replicates].reshape(len(matrix), columns, replicates)


def contract_rows(sheet: Floats, matrix: Floats) -> Floats:
    """Sum over countries where they lie innermost: sheet (case, i) times matrix (i, j) gives (case, j).

    Like `contract`, over stacks of as many cases as the product wants, the last one padded.
    """
    (cases, inner), columns = sheet.shape, matrix.shape[1]
    way, rows = product(sheet.dtype)
    out = np.empty((cases, columns), dtype=sheet.dtype)
    stacks = cases // rows
    full = stacks * rows
    if stacks:
        way(sheet[:full].reshape(stacks, rows, inner), matrix, out[:full].reshape(stacks, rows, columns))
    if full < cases:
        last = np.zeros((rows, inner), dtype=sheet.dtype)
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
