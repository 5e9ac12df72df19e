"""Hypothesis strategies that damage a legal workbook, or a table of other programs."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

from scenarios import load
from scenarios.field_format import to_table
from scenarios.workbook import to_workbook
from tests.damage import Parts, broken, bytes_, cells, lay, legal, table
from tests.generators import lively_room

XML = [  # what to find in a sheet, and what to put there
    (rb"</sheetData>", rb'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    (rb"<dimension [^>]*>", rb'<dimension ref="A1:XFD1048576"/>'),
    (rb'<row r="2"', rb'<row r="999999999999"'),
    (rb'<row r="2"', rb'<row r="-5"'),
    (rb'<row r="2"', rb'<row r="x"'),
    (rb'<c r="A2"', rb'<c r="ZZZZZ2"'),
    (rb'<c r="A2"', rb'<c r="A0"'),
    (rb't="s"', rb't="d"'),
    (rb't="n"', rb't="b"'),
    (rb't="n"', rb't="e"'),
    (rb"<v>", rb"<v>9999999999999999999999"),
    (rb"<v>", rb"<v>1e400"),
    (rb"<v>", rb"<v>NaN"),
    (rb"<worksheet", rb'<!DOCTYPE x [<!ENTITY a "' + b"a" * 5000 + rb'">]><worksheet'),
]
cell_values = st.one_of(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes() | st.times(),
    st.sampled_from(
        ["=SUM(A1:A9)", "#REF!", "#N/A", 1e300, 10**30, dt.timedelta(days=4e5), dt.date(1900, 1, 1)]
    ),
)


@cache
def workbook(seed: int) -> bytes:
    """A small legal scenario as a workbook."""
    with TemporaryDirectory() as scratch:
        lay(dict(legal(seed)), Path(scratch) / "room")
        to_workbook(load(Path(scratch) / "room"), Path(scratch) / "room.xlsx")
        return (Path(scratch) / "room.xlsx").read_bytes()


def sheets(draw: st.DrawFn, data: bytes) -> bytes:
    """Change a workbook as a spreadsheet program can: cells, rows, columns, sheets."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[draw(st.sampled_from(book.sheetnames))]
    row, column = draw(st.integers(1, sheet.max_row + 1)), draw(st.integers(1, sheet.max_column + 1))
    act = draw(st.sampled_from(["cell", "cell", "far", "rows", "columns", "merge", "name", "drop", "copy"]))
    new = draw(st.sampled_from(["settings", "texts", "ties", "ties ", "Positions", "read me", "x" * 31]))
    try:
        if act == "cell":
            sheet.cell(row, column).value = draw(cells | cell_values)
        elif act == "far":
            sheet.cell(
                draw(st.sampled_from([1, 20_001, 1_048_576])), draw(st.sampled_from([1, 600, 16_384]))
            ).value = 1
        elif act == "rows":
            (sheet.delete_rows if draw(st.booleans()) else sheet.insert_rows)(row, draw(st.integers(1, 3)))
        elif act == "columns":
            (sheet.delete_cols if draw(st.booleans()) else sheet.insert_cols)(column, 1)
        elif act == "merge":
            sheet.merge_cells(start_row=1, start_column=1, end_row=row, end_column=column)
        elif act == "name":
            sheet.title = new
        elif act == "drop" and len(book.sheetnames) > 1:
            del book[sheet.title]
        elif act == "copy":
            book.copy_worksheet(sheet).title = new
    except (IllegalCharacterError, ValueError, AttributeError):
        return data
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(draw: st.DrawFn, data: bytes) -> bytes:
    """Break, drop or repeat a part of the packed file, or write into it what no spreadsheet program would."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    act = draw(st.sampled_from(["break", "drop", "swap", "write", "write"]))
    if act == "break":
        parts[name] = broken(draw, parts[name])
    elif act == "drop":
        del parts[name]
    elif act == "swap":
        parts[name] = parts[draw(st.sampled_from(sorted(parts)))]
    else:
        old, new = draw(st.sampled_from(XML))
        name = draw(st.sampled_from([one for one in sorted(parts) if "sheet" in one]))
        parts[name] = re.sub(old, new, parts[name], count=1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


@st.composite
def damaged_workbooks(draw: st.DrawFn) -> bytes:
    """A legal workbook that was damaged in one or two ways, the last of which may leave none."""
    data = workbook(draw(st.integers(0, 2)))
    for _ in range(draw(st.integers(0, 1))):
        data = sheets(draw, data)
    return draw(st.sampled_from([sheets, packed, packed, broken]))(draw, data)


@st.composite
def damaged_tables(draw: st.DrawFn) -> bytes:
    """A table of actors, damaged in up to four ways, at times with other words in its header."""
    text = to_table(lively_room(draw(st.integers(0, 2)), countries=4, issues=2))
    parts: Parts = {"talks.csv": text.encode()}
    for _ in range(draw(st.integers(1, 4))):
        draw(st.sampled_from([table, table, table, bytes_]))(draw, parts)
    data = parts["talks.csv"]
    assert isinstance(data, bytes)
    return data
