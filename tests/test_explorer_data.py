"""The table of all numbers in the explorer, and what can be taken away from it."""

import asyncio
import csv
import datetime as dt
import http.client
import io
import json
import zipfile

import numpy as np
import pytest
import xarray as xr

from dashboards.data_table import COLUMNS, rows
from dashboards.explorer.app import application
from dashboards.explorer.shelf import Shelf
from dashboards.explorer.shown import Shown
from dashboards.known import known
from dashboards.run_folder import as_csv, tables
from tests.pages import PATIENCE, ask, serious
from tests.test_explorer_in_browser import opened

KEYS = [one.key for one in COLUMNS]


def taken(port, path):
    """Status, headers and bytes of an answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        line.close()


def told(results, round, country, text):
    """The row of a delegation and a text by the keys of its columns."""
    named = [dict(zip(KEYS, row, strict=True)) for row in rows(results, round)]
    (found,) = (row for row in named if (row["iso3"], row["text"]) == (country, text))
    return found


def test_there_is_one_row_a_delegation_and_text_with_the_numbers_of_the_data(launch):
    data = launch.data
    found = rows(launch, 20)
    assert len(found) == data.sizes["country"] * data.sizes["text"]
    row = told(launch, 20, "BRA", "rights-based")
    here = data.sel(country="BRA", text="rights-based")
    assert row["endorsing"] == pytest.approx(float((here.stance[:, 20] == 1).mean()), abs=1e-4)
    assert row["appeal"] == pytest.approx(float(here.appeal[20]), abs=1e-4)
    assert row["content"] == pytest.approx(float(here.part_of_appeal.sel(part="content")[20]), abs=1e-4)
    assert row["yes"] == pytest.approx(float((here.vote == 1).mean()), abs=1e-4)
    assert "BRICS" in row["blocs"].split(", ")


def test_shares_of_the_three_stances_add_up_and_the_stance_is_the_largest(launch):
    for row in (dict(zip(KEYS, one, strict=True)) for one in rows(launch, 12)):
        shares = {word: row[word] for word in ("endorsing", "studying", "opposing")}
        assert sum(shares.values()) == pytest.approx(1, abs=3e-4)
        assert shares[row["stance"]] == max(shares.values())


def test_the_appeal_is_missing_at_the_opening_and_there_afterwards(launch):
    assert {row[KEYS.index("appeal")] for row in rows(launch, 0)} == {None}
    assert None not in {row[KEYS.index("appeal")] for row in rows(launch, 1)}


def test_a_delegation_endorses_by_the_day_on_which_half_of_the_replicates_have(launch):
    dates, first = launch.data.date.values.tolist(), launch.data.first_endorsed
    for country in ("CHN", "IDN", "USA", "IND"):
        row = told(launch, 35, country, "global-initiative")
        seen = first.sel(country=country, text="global-initiative").values
        by = [(np.sum((seen >= 0) & (seen <= number)) >= len(seen) / 2) for number in range(len(dates))]
        assert row["endorsed_on"] == (dates[by.index(True)] if any(by) else "")
        if row["endorsed_on"]:
            since = dt.date.fromisoformat(row["endorsed_on"]) - dt.date.fromisoformat(dates[0])
            assert 0 <= row["endorsed_after_days"] - since.days <= 1
        else:
            assert row["endorsed_after_days"] is None


def test_the_table_comes_for_the_round_of_the_address(port, launch):
    answer = json.loads(ask(port, "/api/launch/table?round=7")[2])
    assert [one["key"] for one in answer["columns"]] == KEYS
    assert answer["rows"] == rows(launch, 7)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/launch/table?round=99", "There is no round '99'"),
        ("/api/launch/table?round=-1", "There is no round '-1'"),
        ("/api/launch/table?text=nothing", "There is no text 'nothing'"),
        ("/api/launch/file/secrets.txt", "There is no file 'secrets.txt'; there are: results.nc"),
        ("/api/launch/file/..%2Fmanifest.json", "There is no such page."),
        ("/api/nowhere/table", "There is no scenario or run 'nowhere'"),
    ],
)
def test_what_is_not_there_gets_one_clear_message(port, path, words):
    status, _, answer = ask(port, path)
    assert status == 404
    assert json.loads(answer)["problem"].startswith(words)


def test_the_data_set_and_the_acts_are_the_files_of_the_run(port, launch_run):
    for name, file in (("results.nc", "results.nc"), ("acts.jsonl", "events.jsonl")):
        status, headers, content = taken(port, f"/api/launch/file/{name}")
        assert status == 200 and content == (launch_run / file).read_bytes()
        assert "attachment" in headers["content-disposition"] and name in headers["content-disposition"]


def test_the_zip_holds_the_tables_of_the_run_and_its_manifest(port, launch_run):
    bundle = zipfile.ZipFile(io.BytesIO(taken(port, "/api/launch/file/tables.zip")[2]))
    kept = {file.name: file.read_bytes() for file in (launch_run / "tables").iterdir()}
    assert {name: bundle.read(name) for name in bundle.namelist() if name != "manifest.json"} == kept
    assert json.loads(bundle.read("manifest.json")) == json.loads((launch_run / "manifest.json").read_text())


def test_cells_that_a_spreadsheet_would_run_get_an_apostrophe_and_numbers_do_not():
    written = as_csv(["words"], [["=1+1"], ["+cmd"], ["-x"], ["@a"], [-0.5], ["China"]])
    assert [row[0] for row in csv.reader(io.StringIO(written))][1:] == [
        "'=1+1",
        "'+cmd",
        "'-x",
        "'@a",
        "-0.5",
        "China",
    ]


def test_a_scenario_gives_its_data_set_from_memory_and_leaves_nothing_behind(tmp_path, monkeypatch, launch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shelf, said = Shelf(), []
    shelf.items["launch-2020"].shown = Shown(launch, "launch-2020")
    shelf.items["launch-2020"].state = "ready"
    scope = {"type": "http", "method": "GET", "path": "/api/launch-2020/file/results.nc", "query_string": b""}
    scope |= {"root_path": "", "headers": [(b"host", b"127.0.0.1")]}

    async def hear():
        await asyncio.Event().wait()  # whoever asks stays

    async def send(message):
        said.append(message)

    asyncio.run(application(shelf)(scope, hear, send))
    assert said[0]["status"] == 200
    content = b"".join(message.get("body", b"") for message in said[1:])
    with xr.open_dataset(io.BytesIO(content), engine="h5netcdf") as stored:
        xr.testing.assert_equal(stored.load(), launch.data)
    assert list(tmp_path.iterdir()) == []


def test_tables_are_the_ones_that_a_run_folder_has(launch, launch_run):
    assert {f"{name}.csv" for name in tables(launch, known(launch))} == {
        file.name for file in (launch_run / "tables").iterdir()
    }


@pytest.mark.browser
def test_rows_are_searched_sorted_turned_over_and_taken_away(port, browser, launch, axe, tmp_path):
    complaints = []
    tab = opened(browser, port, "/of/launch/data", complaints=complaints)
    tab.wait_for_selector("#rows tbody tr")
    everything = launch.data.sizes["country"] * launch.data.sizes["text"]
    assert tab.locator("#rows tbody tr").count() == 50
    assert f"All {everything} rows" in tab.text_content("#rows-status")
    tab.click("#page-on")
    assert tab.text_content("#page-words") == f"Rows 51 to 100 of {everything}"
    tab.click("[data-sort=appeal]")
    assert tab.get_attribute("th:has([data-sort=appeal])", "aria-sort") == "descending"
    assert tab.text_content("#page-words").startswith("Rows 1 to 50")
    tab.fill("#find", "asean")
    tab.check("#one-text")
    titles = tab.locator("#rows thead th").all_text_contents()
    (column,) = (place for place, words in enumerate(titles) if words.startswith("Appeal"))
    shown = tab.locator(f"#rows tbody tr > :nth-child({column + 1})").all_text_contents()
    appeals = [float(one.replace("−", "-")) for one in shown]
    assert len(appeals) == 10 and appeals == sorted(appeals, reverse=True)
    assert "find=asean&sort=-appeal&alone=1" in tab.url
    again = opened(browser, port, tab.url.split(str(port))[1])
    again.wait_for_selector("#rows tbody tr")
    assert again.text_content("#rows") == tab.text_content("#rows")
    with tab.expect_download() as saving:
        tab.click("#rows-csv")
    saving.value.save_as(tmp_path / "rows.csv")
    content = (tmp_path / "rows.csv").read_text(encoding="utf-8-sig")
    taken_away = list(csv.DictReader(io.StringIO(content)))
    assert list(taken_away[0]) == KEYS and len(taken_away) == 10
    assert {row["text"] for row in taken_away} == {"global-initiative"}
    assert serious(tab, axe) == []
    tab.fill("#find", "nobody at all")
    assert tab.text_content("#page-words") == "No row has all of these words."
    tab.context.close()
    assert complaints == []


@pytest.mark.browser
def test_a_column_that_is_not_there_is_told_and_a_round_fetches_other_rows(port, browser):
    tab = opened(browser, port, "/of/launch/data?sort=nonsense", 390)
    tab.wait_for_selector("#rows tbody tr")
    assert tab.text_content("#problem").startswith(
        "There is no column “nonsense” to sort by; there are: name"
    )
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    before = tab.text_content("#rows")
    tab.focus("#round")
    tab.keyboard.press("Home")
    tab.wait_for_selector("#rows-status:has-text('8 September 2020')")
    assert tab.text_content("#rows") != before
    tab.context.close()
