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
TRIES = 256  # numbers compared when a way is tried
FEW = 0.2  # share of all pairs; with more ties than that the whole matrix is faster on every processor


Way = Callable[[Floats, Floats, Floats], None]


def whole(first: Floats, second: Floats, out: Floats) -> None:
    """The machine's product as it is."""
    np.matmul(first, second, out=out)


def fenced(first: Floats, second: Floats, out: Floats) -> None:
    """The machine's product over panels of 272 columns, of which the first and last eight are not kept.

    The float32 kernels of OpenBLAS for processors with AVX2 alone treat these columns otherwise than those
    between. Panels overlap, and the edges of the whole are taken by themselves between columns of zeros.
    """
    columns = second.shape[-1]
    if columns <= PANEL:
        panel = _between_zeros(second, columns + -columns % FENCE)
        out[...] = np.matmul(first, panel)[..., FENCE : FENCE + columns]
        return
    for start in range(0, columns, PANEL):
        some = slice(max(start - FENCE, 0), start + PANEL + FENCE)
        kept = out[..., some.start : start].copy()
        np.matmul(first, second[..., some], out=out[..., some])
        out[..., some.start : start] = kept
    edges = np.concatenate([second[..., :FENCE], second[..., -FENCE:]], axis=-1)
    found = np.matmul(first, _between_zeros(edges, 2 * FENCE))
    out[..., :FENCE], out[..., -FENCE:] = found[..., FENCE : 2 * FENCE], found[..., 2 * FENCE : 3 * FENCE]


def _between_zeros(columns: Floats, width: int) -> Floats:
    """Columns, filled up to a width, with a fence on either side."""
    panel = np.zeros((*columns.shape[:-1], width + 2 * FENCE), dtype=columns.dtype)
    panel[..., FENCE : FENCE + columns.shape[-1]] = columns
    return panel


def doubled(first: Floats, second: Floats, out: Floats) -> None:
    """The machine's product in double precision, rounded."""
    out[...] = np.matmul(first, second, dtype=np.float64)


@cache
@one_thread()
def by_column(dtype: np.dtype[np.floating], rows: int, inner: int) -> Way:
    """The fastest product with matrices of (rows, inner) that gives equal columns equal bits on this machine,
    wherever they stand: as it is, fenced, or in double precision. Tried once for each shape."""
    return next((way for way in (whole, fenced) if columns_steady(way, rows, inner, dtype)), doubled)


@cache
@one_thread()
def by_row(dtype: np.dtype[np.floating], inner: int, columns: int) -> tuple[Way, int]:
    """The same for equal rows, with matrices of (inner, columns), and how many rows belong into a block.

    Blocks of 72 rows are filled by kernels of four and of twelve.
    """
    ways: tuple[tuple[Way, int], ...] = ((whole, WIDTH), (whole, 72), (fenced, 72))
    found = (one for one in ways if rows_steady(*one, inner, columns, dtype))
    return next(found, (doubled, WIDTH))


def columns_steady(way: Way, rows: int, inner: int, dtype: np.dtype[np.floating]) -> bool:
    """Does this product give equal columns equal bits?"""
    random, tries = np.random.default_rng(0), 1 + TRIES // max(rows, 1)
    matrix, column = (random.random((tries, *of)).astype(dtype) for of in ((rows, inner), (inner, 1)))
    narrow, wide = (_multiplied(way, matrix, np.repeat(column, of, axis=2)) for of in (WIDTH, 12 * WIDTH))
    return bool((narrow == narrow[..., :1]).all() and (wide == narrow[..., :1]).all())


def rows_steady(way: Way, block: int, inner: int, columns: int, dtype: np.dtype[np.floating]) -> bool:
    """Does this product give equal rows of a block equal bits?"""
    random, tries = np.random.default_rng(0), 1 + TRIES // max(columns, 1)
    row, matrix = (random.random((tries, *of)).astype(dtype) for of in ((1, inner), (inner, columns)))
    found = _multiplied(way, np.repeat(row, block, axis=1), matrix)
    return bool((found == found[:, :1]).all())


def _multiplied(way: Way, first: Floats, second: Floats) -> Floats:
    out = np.empty((*first.shape[:-1], second.shape[-1]), dtype=first.dtype)
    for one in zip(first, second, out, strict=True):
        way(*one)
    return out


def multiply(first: Floats, second: Floats, out: Floats | None = None) -> Floats:
    """The product of matrices whose blocks are full, with the same bits for a column in any place."""
    if out is None:
        out = np.empty((*first.shape[:-1], second.shape[-1]), dtype=first.dtype)
    by_column(first.dtype, *first.shape[-2:])(first, second, out)
    return out


def ties_of(matrix: Floats) -> Floats | csr_array:
    """The matrix as it is best summed over: its ties alone in a large room where few pairs have one.

    Below a fifth of all pairs (`FEW`) a sparse product is faster than the whole one with kernels for AVX2,
    below a tenth with those for AVX-512; in a room of under 64 neither takes any time.
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
    way, rows = by_row(sheet.dtype, inner, columns)
    out = np.empty((cases, columns), dtype=sheet.dtype)
    stacks = cases // rows
    full = stacks * rows
    if stacks:
        way(sheet[:full].reshape(stacks, rows, inner), matrix, out[:full].reshape(stacks, rows, columns))
    if full < cases:
        last = np.zeros((rows, inner), dtype=sheet.dtype)
        last[: cases - full] = sheet[full:]
        summed = np.empty((rows, columns), dtype=sheet.dtype)
        way(last, matrix, summed)
        out[full:] = summed[: cases - full]
    return out


def contract_sheets(sheets: Floats, matrices: Floats) -> Floats:
    """The same for sheets (sheet, case, i) that have a matrix each (sheet, i, j); gives (sheet, case, j)."""
    (count, cases, inner), columns = sheets.shape, matrices.shape[2]
    way, rows = by_row(sheets.dtype, inner, columns)
    blocks = -(-cases // rows)
    padded = np.zeros((count, blocks * rows, inner), dtype=sheets.dtype)
    padded[:, :cases] = sheets
    out = np.empty((count, blocks, rows, columns), dtype=sheets.dtype)
    way(padded.reshape(count, blocks, rows, inner), matrices[:, None], out)
    return out.reshape(count, blocks * rows, columns)[:, :cases]


def contract_issues(
    weights: Floats, planes: Floats, kinds: Sequence[NDArray[np.intp]], out: Floats | None = None
) -> Floats:
    """Weighted sums over the issues of each kind; returns (country, kind, replicate), `out` if it is given.

    Weights that hold for all replicates come as (country, kind, issue), zero for issues of other kinds, and
    make a stack of small matrix products, taken over exactly 64 replicates like `contract`. Weights of each
    replicate's own, (country, 1, issue, replicate), are multiplied, and added issue after issue as `kinds`
    lists them.
    """
    countries, issues, replicates = planes.shape
    if out is None:
        out = np.empty((countries, len(kinds), replicates), dtype=planes.dtype)
    if weights.ndim == 4:
        out[:] = 0
        weighted = weights[:, 0] * planes
        for kind, members in enumerate(kinds):
            for issue in members:
                out[:, kind] += weighted[:, issue]
        return out
    if replicates == WIDTH:
        return multiply(weights, planes, out)
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
