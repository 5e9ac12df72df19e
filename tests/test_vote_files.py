"""Files of recorded votes: read as spreadsheets write them, refused with file, row and mend."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from scenarios import ScenarioError
from scenarios.reference import states
from scenarios.vote_files import read_votes
from simulation.backtest.roll_calls import from_file

VOTES = "iso3,75/240,77/37\nRUS,yes,no\nUSA,no,yes\nFRA,abstain,absent\nNAM,not_recorded,yes\n"
META = """
[resolutions."77/37"]
date = 2022-12-07
family = "programme of action"
sponsors = ["FRA"]
analogue = "75/240"

[resolutions."75/240"]
date = 2020-12-31
family = "new body"
sponsors = ["RUS", "CHN"]
analogue = "73/27"
"""
SHIPPED = ("73/27", "74/29")


@pytest.fixture
def read(tmp_path):
    def reader(votes=VOTES, meta=META):
        (tmp_path / "my.csv").write_bytes(votes if isinstance(votes, bytes) else votes.encode())
        (tmp_path / "my.toml").write_text(meta, encoding="utf-8")
        return read_votes(tmp_path / "my.csv", tmp_path / "my.toml", SHIPPED)

    return reader


@pytest.fixture
def refused(read):
    def reader(*changes, of="votes"):
        files = {"votes": VOTES, "meta": META}
        for old, new in changes:
            assert old in files[of]
            files[of] = files[of].replace(old, new)
        with pytest.raises(ScenarioError) as caught:
            read(**files)
        return str(caught.value)

    return reader


def test_a_file_made_by_hand_is_read_by_date(read):
    found = read()
    assert list(found.resolutions) == ["75/240", "77/37"]
    assert found.resolutions["75/240"][1:] == (
        dt.date(2020, 12, 31),
        "new body",
        ("RUS", "CHN"),
        "73/27",
        False,
    )
    assert found.votes["75/240"] == {"RUS": "yes", "USA": "no", "FRA": "abstain", "NAM": "not_recorded"}
    first = from_file(found)[0]
    place = list(states()).index
    assert [int(first.votes[place(state)]) for state in ("RUS", "USA", "FRA", "NAM", "CHN")] == [
        2,
        0,
        1,
        -1,
        -1,
    ]


def test_files_of_spreadsheets_and_rows_in_any_order_read_the_same(read):
    head, *rows = VOTES.splitlines()
    other = "\r\n".join([head, *reversed(rows)]).replace(",", ";").replace("yes", " Yes ")
    one, two = from_file(read()), from_file(read(b"\xef\xbb\xbf" + other.encode()))
    assert all(np.array_equal(a.votes, b.votes) for a, b in zip(one, two, strict=True))


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("USA,no", "USA,nay", "my.csv, row 3, column 75/240: nay is no vote; write one of yes, no, abstain,"),
        ("USA,no", "USA,", "my.csv, row 3, column 75/240: the vote is missing; write one of"),
        ("FRA,", "FRX,", "my.csv, row 4, column iso3: there is no member state FRX; did you mean"),
        ("FRA,", ",", "my.csv, row 4, column iso3: there is no member state without a code"),
        ("FRA,", "USA,", "my.csv, row 4, column iso3: USA stands in row 3 too; keep one row"),
        ("FRA,abstain", "FRA", "my.csv, row 4: the row has 2 cells and the header 3;"),
        ("75/240,", "75/241,", "my.csv, row 1, column 75/241: my.toml does not describe it; add"),
        ("iso3,75/240", "state,75/240", "my.csv, row 1, column iso3: the column is missing; put the"),
        (VOTES, "", "my.csv: the file is empty;"),
        (VOTES, "iso3,75/240,77/37\n", "my.csv: there are no votes; give one row for each state"),
        (VOTES, "iso3,75/240,77/37\nUSA,yes,absent\n", "column 77/37: nobody voted yes, no or abstain;"),
    ],
)
def test_a_malformed_table_of_votes_is_refused_in_one_line(refused, old, new, message):
    found = refused((old, new))
    assert message in found and found.count("\n") <= 1


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("date = 2022-12-07", "", "my.toml, line 2, 77/37, date: the day of the vote is missing or no date;"),
        ("2022-12-07", '"soon"', "my.toml, line 2, 77/37, date: the day of the vote is missing or no date;"),
        (
            '"FRA"',
            '"FRANCE"',
            "my.toml, line 2, 77/37, sponsors: there is no member state FRANCE; did you mean",
        ),
        ('["FRA"]', '"FRA"', "my.toml, line 2, 77/37, sponsors: the sponsors are missing; write sponsors"),
        ('"new body"', '""', "my.toml, line 8, 75/240, family: the family of the text is missing;"),
        ('"73/27"', '"73/72"', "75/240, analogue: there is no roll call 73/72; did you mean 73/27?"),
        ('"73/27"', '"77/37"', "75/240, analogue: 77/37 was not voted on before; name an earlier one"),
        ('"73/27"', "73", "75/240, analogue: it is not the name of a roll call;"),
        ("family =", "familly =", "77/37, familly: there is no such key; did you mean family?"),
        ("sponsors = [", "sponsors = [[", "my.toml, line 6: this is not valid TOML;"),
        (META, "", "my.toml: the file is empty;"),
        (META, "votes = 1", "my.toml, line 1, votes: there is no such key here; start each table with"),
        (META, "resolutions = 1", "my.toml: no resolution is described; add a table"),
    ],
)
def test_a_malformed_description_is_refused_with_its_line(refused, old, new, message):
    assert message in refused((old, new), of="meta")


def test_a_column_that_is_described_must_be_there(refused):
    message = "my.csv, row 1, column 77/37: the column is missing; add the column, or take it out of my.toml"
    assert message in refused((VOTES, "iso3,75/240\nUSA,no\n"))


def test_missing_files_are_named(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        read_votes(tmp_path / "my.csv", tmp_path / "my.toml")
    assert "my.csv: it is not an ordinary file" in str(caught.value)
    assert "my.toml: it is not an ordinary file" in str(caught.value)


def test_all_mistakes_are_told_at_once(refused):
    assert len(refused(("USA,no", "USA,nay"), ("RUS,yes", "RUX,yes")).splitlines()) == 2
