"""Scenarios as spreadsheets: nothing is lost, and every mistake is told with sheet, row and mend."""

import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboards.cli import build
from scenarios import ScenarioError, load, names, write
from scenarios.workbook import from_workbook, to_workbook
from tests.generators import lively_room


@pytest.mark.parametrize("name", names())
def test_a_scenario_comes_back_from_a_workbook_as_it_went(tmp_path, name):
    scenario = load(name)
    to_workbook(scenario, tmp_path / "talks.xlsx")
    assert from_workbook(tmp_path / "talks.xlsx", tmp_path / name) == scenario


@pytest.mark.parametrize("seed", range(5))
def test_drawn_rooms_come_back_too(tmp_path, seed):
    scenario = load(write(lively_room(seed), tmp_path / "room"))
    to_workbook(scenario, tmp_path / "room.xlsx")
    assert from_workbook(tmp_path / "room.xlsx", tmp_path / "again" / "room") == scenario


@given(text=st.text(max_size=60).filter(str.strip))
@settings(max_examples=40, deadline=None)
def test_any_words_survive_a_cell(tmp_path_factory, text):
    from scenarios.workbook import _given, _shown

    assert _given(_shown(text)) == text


@pytest.fixture
def pen(tmp_path):
    file = tmp_path / "pen.xlsx"
    to_workbook(load("who-holds-the-pen"), file)
    return file


def edited(file, sheet, cell, value):
    book = openpyxl.load_workbook(file)
    book[sheet][cell] = value
    book.save(file)


def test_a_position_changed_in_the_sheet_is_changed_in_the_scenario(pen, tmp_path):
    before = load("who-holds-the-pen")
    book = openpyxl.load_workbook(pen)
    header = [cell.value for cell in book["positions"][1]]
    edited(pen, "positions", f"{chr(65 + header.index('fund'))}2", 12.5)
    after = from_workbook(pen, tmp_path / "mine")
    first = next(iter(before.delegations))
    assert after.delegations[first].positions["fund"] == 12.5
    assert after.delegations[first].positions["notice"] == before.delegations[first].positions["notice"]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "told"),
    [
        ("positions", "C3", 130, "pen.xlsx, sheet positions, row 3, column"),
        ("positions", "C3", "=1+1", "pen.xlsx, sheet positions, row 3, column C: the cell holds a formula"),
        ("positions", "A4", "NOBODY", "pen.xlsx, sheet positions, row 4"),
        ("settings", "A5", "a..b", "pen.xlsx, sheet settings, row 5, column where"),
    ],
)
def test_a_mistake_is_told_with_sheet_row_and_mend_and_leaves_nothing(
    pen, tmp_path, sheet, cell, value, told
):
    edited(pen, sheet, cell, value)
    with pytest.raises(ScenarioError) as caught:
        from_workbook(pen, tmp_path / "mine")
    assert told in str(caught.value)
    assert not (tmp_path / "mine").exists()


def test_a_number_too_large_to_hold_is_off_the_scale(pen, tmp_path):
    """A program may write 1e999, which is read as infinite."""
    edited(pen, "positions", "C2", 0.125)
    with zipfile.ZipFile(pen) as book:
        sheets = {name: book.read(name).replace(b"<v>0.125</v>", b"<v>1e999</v>") for name in book.namelist()}
    with zipfile.ZipFile(pen, "w") as book:
        for name, content in sheets.items():
            book.writestr(name, content)
    with pytest.raises(ScenarioError, match="sheet positions, row 2, .* is off the scale"):
        from_workbook(pen, tmp_path / "made")


def test_a_sheet_that_no_scenario_has_is_told(pen, tmp_path):
    book = openpyxl.load_workbook(pen)
    book.create_sheet("postions")
    book.save(pen)
    with pytest.raises(ScenarioError, match="sheet postions: a scenario has no such sheet"):
        from_workbook(pen, tmp_path / "mine")


def test_damaged_and_missing_workbooks_are_told(pen, tmp_path):
    whole = pen.read_bytes()
    for data in (b"", b"PK", whole[:200], whole[: len(whole) // 2], b"\0" * 5000, whole.replace(b"<", b">")):
        pen.write_bytes(data)
        with pytest.raises(ScenarioError, match="no workbook that can be read"):
            from_workbook(pen, tmp_path / "mine")
    with pytest.raises(ScenarioError, match="there is no such file"):
        from_workbook(tmp_path / "nowhere.xlsx", tmp_path / "mine")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', ""),
        (b"<dimension ref=", b'<dimension ref="A1:XFD1048576"/><dimension ref=', ""),
        (b"</sheetData>", b'<row r="20000"><c r="SF20000"/></row></sheetData>', ""),
        (b"</sheetData>", b'<row r="1048576"><c r="A1048576"/></row></sheetData>', "more than 20,000 rows"),
        (b"</sheetData>", b'<row r="99"><c r="XFD99"/></row></sheetData>', "or 500 columns"),
    ],
)
def test_a_sheet_is_as_large_as_its_cells_and_is_read_at_once(pen, tmp_path, old, new, told):
    with zipfile.ZipFile(pen) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(pen, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content.replace(old, new) if "worksheets" in name else content)
    before = time.process_time()
    try:
        from_workbook(pen, tmp_path / "mine")
    except ScenarioError as error:
        assert told and told in str(error)
    else:
        assert not told
    assert time.process_time() - before < 2


def test_the_how_to_works_word_for_word(tmp_path, monkeypatch):
    """Runs the commands of docs/from-a-spreadsheet.md, with its edits made in between."""
    page = (Path(__file__).parent.parent / "docs" / "from-a-spreadsheet.md").read_text(encoding="utf-8")
    commands = re.findall(r"^       plenary (.+)$", page, re.MULTILINE)
    edits = re.findall(r"^   \| (\w+) \| (.+?) \| (.+?) \| .+ \|$", page, re.MULTILINE)[1:]
    monkeypatch.chdir(tmp_path)
    assert [words.split()[0] for words in commands] == ["export", "import", "check", "run"]
    for words in commands:
        done = CliRunner().invoke(build(), words.split())
        assert done.exit_code == 0, done.output
        if words.startswith("export"):
            book = openpyxl.load_workbook("talks.xlsx")
            for sheet, where, value in edits:
                edit(book[sheet], re.findall("`(.+?)`", where), value.strip("`"))
            book.save("talks.xlsx")
    made, before = load("our-talks"), load("who-holds-the-pen")
    assert made.title == "Our own talks" and made.rule.name == "simple-majority"
    assert made.delegations["CORAL"].positions["fund"] == 40 != before.delegations["CORAL"].positions["fund"]
    assert made.delegations["NORTH"].salience.get("access") is None


def edit(sheet, names, value):
    """Make one edit of the how-to: in the row of the first name, in column B or that of the second."""
    (row,) = (cells[0].row for cells in sheet.iter_rows() if cells[0].value == names[0])
    header = [cell.value for cell in sheet[1]]
    column = header.index(names[1]) + 1 if len(names) > 1 else 2
    sheet.cell(row, column).value = None if value == "empty" else float(value) if value.isdigit() else value
