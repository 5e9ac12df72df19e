"""The JSON Schemas for editors say what `load` says of one file, and lie ready beside a scenario."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, FormatChecker
from typer.testing import CliRunner

from dashboards.cli import build
from scenarios import load, names, overlaying, write
from scenarios.json_schema import FILES, FOLDER, SETTINGS, schemas, written
from scenarios.loading import LIBRARY
from tests.generators import lively_room

SHIPPED = {
    "scenario.json": sorted(LIBRARY.glob("*/scenario.toml")),
    "text.json": sorted(LIBRARY.glob("*/texts/*.toml")),
    "overlay.json": sorted([*overlaying.LIBRARY.glob("*.toml"), *LIBRARY.glob("*/overlays/*.toml")]),
}
WHOLE = """\
title = "A river treaty"

[[calendar]]
start = 2024-03-01
length = "week"
rounds = 10

[rule]
name = "simple-majority"

[issues.water]
title = "Share of the water"
reversion = 30

[blocs.UPSTREAM]
name = "Upstream states"
members = ["ETH", "UGA"]
"""
EVENT = '[events.e]\ntype = "note"\nnature = "outcome"\nsentence = "The rains fail."\n'
TEXT = '[articles.1]\nwording = "The water is shared by need."\nplaces = { water = 55 }\n'


def told(name: str, text: str) -> list[tuple[str, str]]:
    """Where a schema finds something wrong in a TOML text, and by which of its words."""
    checker = Draft7Validator(schemas()[name], format_checker=FormatChecker())
    found = checker.iter_errors(as_editors_read(tomllib.loads(text)))
    return [(".".join(map(str, error.absolute_path)), str(error.validator)) for error in found]


def as_editors_read(value):
    """TOML as JSON: a date is text, and infinity is nothing at all."""
    if isinstance(value, dict):
        return {key: as_editors_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_read(inner) for inner in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return None if value in (float("inf"), float("-inf")) else value


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_schemas_are_what_the_models_give(name):
    schema = schemas()[name]
    Draft7Validator.check_schema(schema)
    assert (FOLDER / name).read_text(encoding="utf-8") == written(schema)


@pytest.mark.parametrize(
    ("name", "file"),
    [(name, file) for name, files in SHIPPED.items() for file in files],
    ids=lambda part: part if isinstance(part, str) else "/".join(part.parts[-3:]),
)
def test_every_shipped_file_keeps_to_its_schema(name, file):
    assert told(name, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("seed", range(3))
def test_what_is_written_keeps_to_its_schema(seed, tmp_path):
    folder = write(lively_room(seed), tmp_path / "room")
    assert told("scenario.json", (folder / "scenario.toml").read_text(encoding="utf-8")) == []
    for text in (folder / "texts").iterdir():
        assert told("text.json", text.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("added", "found"),
    [
        ("", []),
        ("disciplin = 0.5", [("blocs.UPSTREAM", "additionalProperties")]),
        ("discipline = 40", [("blocs.UPSTREAM.discipline", "maximum")]),
        ("[issues.power]\nreversion = 20", [("issues.power", "required")]),
        ('[issues."the power"]\ntitle = "Power"\nreversion = 20', [("issues", "pattern")]),
        ('[dynamics]\ndrafting = "chairs"', [("dynamics.drafting", "enum")]),
        ("[dynamics]\nprecision = inf", []),
        ("[dynamics]\nprecision = 0", [("dynamics.precision", "exclusiveMinimum")]),
        ("[uncertainty]\nspread = true", [("uncertainty.spread", "type")]),
        ("[final_vote]\nquota = 0.5", [("final_vote", "required")]),
        ("[delegations.EGY]\nconditions = { accord = { 4 = [] } }", []),
        ("[texts]\naccord = {}", []),
        ('[[red_lines]]\ndelegation = "EGY"\nissue = "water"', [("red_lines.0", "required")]),
        (
            '[events.e]\ndate = "soon"\ntype = "note"\nnature = "outcome"\nsentence = "x"',
            [("events.e.date", "format")],
        ),
    ],
)
def test_a_mistake_in_a_whole_scenario_is_marked_where_it_is(added, found):
    assert told("scenario.json", f"{WHOLE}{added}\n") == found


def test_a_whole_scenario_lacks_what_no_table_gives():
    assert told("scenario.json", 'story = "…"') == [("", "required")] * 3
    assert told("scenario.json", f'remove = ["blocs.X"]\n{WHOLE}') == [("", "dependencies")]
    assert told("scenario.json", f'keep = ["EGY"]\n{WHOLE}') == [("", "dependencies")]


@pytest.mark.parametrize(
    ("added", "found"),
    [
        ("", []),
        ("[blocs.ASEAN]\ndiscipline = 0.9", []),
        ('[blocs."*"]\ndiscipline = 0', []),
        ("[rule]\nquota = 0.6", []),
        ("[blocs.ASEAN]\ndiscipline = 9", [("blocs.ASEAN.discipline", "maximum")]),
        ("[texts.accord.articles.3]\nchosen = 1", [("texts.accord.articles.3.chosen", "type")]),
        ("[[calendar]]\nrounds = 5", [("calendar.0", "required")] * 2),
    ],
)
def test_a_scenario_that_extends_another_gives_only_what_differs(added, found):
    head = 'extends = "launch-2020"\nremove = ["blocs.FVEY"]\nkeep = ["CHN", "USA"]\n'
    assert told("scenario.json", f"{head}{added}\n") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TEXT, []),
        (f'sponsor = ["ETH"]\n{TEXT}', [("", "additionalProperties")]),
        (TEXT.replace("55", "155"), [("articles.1.places.water", "maximum")]),
        (f'{TEXT}strength = "must"\n', [("articles.1.strength", "enum")]),
        (f'status = "draft"\n{TEXT}', [("status", "enum")]),
        (f"tabled = 2024-03-08\n{TEXT}", []),
        (f"merges = 3\n{TEXT}", [("merges", "type")]),
    ],
)
def test_a_mistake_in_a_text_is_marked_where_it_is(text, found):
    assert told("text.json", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('about = "x"\nvalue = "a share"\n[blocs."$value"]\ndiscipline = "$value"', []),
        ('[rule]\nname = "$value"\nquota = "half"', [("rule.quota", "anyOf")]),
        ("[blocs.ASEAN]\ndiscipline = 3", [("blocs.ASEAN.discipline", "anyOf")]),
        ('extends = "launch-2020"', [("", "additionalProperties")]),
        ('[rules]\nname = "consensus"', [("", "additionalProperties")]),
    ],
)
def test_an_overlay_may_ask_for_a_value_and_is_checked_otherwise(text, found):
    assert told("overlay.json", text) == found


def schema(*words: object):
    return CliRunner().invoke(build(), ["schema", *map(str, words)])


def test_a_scenario_with_its_schemas_beside_it_is_still_one(tmp_path):
    folder = write(load(names()[0]), tmp_path / "talks")
    for _ in range(2):
        assert schema(folder).exit_code == 0
    for rule in tomllib.loads((folder / SETTINGS).read_text())["rule"]:
        assert (folder / rule["schema"]["path"]).read_bytes() == (
            FOLDER / Path(rule["schema"]["path"]).name
        ).read_bytes()
    assert load(folder).title == load(names()[0]).title


def test_nothing_is_laid_where_no_scenario_is_or_over_other_settings(tmp_path):
    assert schema(tmp_path).exit_code == 2
    folder = write(lively_room(1), tmp_path / "room")
    (folder / SETTINGS).write_text("[formatting]\n")
    assert schema(folder, "--json").exit_code == 2
    assert (folder / SETTINGS).read_text() == "[formatting]\n" and not (folder / "schema").exists()
