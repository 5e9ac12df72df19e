"""`plenary text`: what it prints and writes, and that the examples of docs/texts.md run as they stand."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from dashboards.texts.reading import with_markdown
from scenarios import load

PAGE = (Path(__file__).parent.parent / "docs" / "texts.md").read_text("utf-8")


def plenary(*words):
    """Run `plenary` with these words."""
    return CliRunner().invoke(build(), [str(word) for word in words])


def test_the_commands_of_the_texts_page_run_one_after_the_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^    plenary (.+)$", PAGE, flags=re.MULTILINE)
    assert len(commands) == 6
    said = []
    for line in commands:
        done = plenary(*shlex.split(line))
        assert done.exit_code == 0, (line, done.stderr)
        said.append(done.stdout)
    assert load("my-talks").texts == load("launch-2020").texts
    assert load("my-talks").name == "my-talks"
    assert "**Rolling text, Rev." in said[3]
    assert "accept" in said[4]
    changes = Path("changes.html").read_text("utf-8")
    assert "<del>" in changes
    assert "<ins>" in changes


def test_the_example_of_the_texts_page_is_read_as_it_says():
    example = re.search(r"```markdown\n(.*?)```", PAGE, re.DOTALL).group(1)
    text = with_markdown(load("launch-2020"), "accord", example.encode(), "accord.md").texts["accord"]
    assert (text.status, text.revision, text.sponsors) == ("rolling text", 1, ("CHN", "ASEAN"))
    flow = text.articles["1"]
    assert flow.wording == "States shall let data flow."
    assert {one.wording: one.proposed_by for one in flow.options.values()} == {
        "States should let data flow.": ("EU",),
        "States may let data flow.": ("USA", "JPN"),
        "": ("RUS",),
    }
    assert text.articles["2"].agreed
    assert text.articles["pp1"].part == "preambular"


def test_a_text_as_json_names_every_bracket_and_what_stands(launch_run):
    for source in ("launch-2020", launch_run):
        found = json.loads(plenary("text", source, "global-initiative", "--json").stdout)
        assert [one["article"] for one in found["paragraphs"]] == [str(number) for number in range(1, 13)]
        for one in found["paragraphs"]:
            stands = [each["wording"] for each in one["brackets"] if each["stands"]]
            assert stands == [one["standing"]]


def test_a_redline_as_json_gives_both_wordings_back(launch_run):
    words = ("text", launch_run, "global-initiative", "--replicate", 0)
    found = json.loads(plenary(*words, "--redline", 0, 1, "--json").stdout)
    (first, last) = (
        [
            one["standing"]
            for one in json.loads(plenary(*words, "--revision", number, "--json").stdout)["paragraphs"]
        ]
        for number in (0, 1)
    )
    for kind, told in (("inserted", first), ("deleted", last)):
        pieces = [[piece for piece in one["pieces"] if piece["kind"] != kind] for one in found["paragraphs"]]
        assert ["".join(piece["words"] for piece in one) for one in pieces] == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("launch-2020", "global-inititive"),
            "there is no text global-inititive; did you mean global-initiative?",
        ),
        (("launch-2020", "un-text", "--revision", "1"), "a scenario has one revision of each text"),
        (
            ("launch-2020", "un-text", "--read", "nowhere.md", "--into", "x"),
            "nowhere.md: there is no such file",
        ),
        (("launch-2020", "un-text", "--into", "x"), "--read: it goes together with --into"),
        (("launch-2021", "un-text"), "there is no such scenario or folder"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = plenary("text", *words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_revisions_and_replicates_that_a_run_lacks_are_told(launch_run):
    for words, told in (
        (("--revision", 99), "has no revision 99; there are 0 to"),
        (("--redline", 0, 99), "has no revision 99; there are 0 to"),
        (("--replicate", 99), "there is no replicate 99; choose one from 0 to 5"),
    ):
        done = plenary("text", launch_run, "global-initiative", *words)
        assert done.exit_code == 2
        assert told in done.stderr


def test_a_text_is_never_written_over_somebodys_folder(tmp_path):
    file = tmp_path / "text.md"
    assert plenary("text", "launch-2020", "un-text", "--out", file).exit_code == 0
    done = plenary("text", "launch-2020", "un-text", "--read", file, "--into", tmp_path)
    assert done.exit_code == 2
    assert "there is something already" in done.stderr


def test_replies_are_counted_by_article_and_told_one_by_one(launch_run):
    for source in ("launch-2020", launch_run):
        found = json.loads(plenary("text", source, "global-initiative", "--replies", "--json").stdout)
        assert len(found["replies"]) == 12 * 111
        assert all(row["why"].endswith(".") for row in found["replies"])
        for one in found["articles"]:
            assert sum(one["counts"].values()) == 111
            assert sum(len(held["countries"]) for held in one["held"]) == sum(
                one["counts"][answer] for answer in ("alternative", "delete", "reserve")
            )


def test_replies_in_words_name_who_holds_which_bracket():
    said = plenary("text", "launch-2020", "global-initiative", "--replies").stdout
    assert "OP5 Sovereignty over data:" in said
    assert re.search(r"    alternative “permission or existing treaty basis”: .* and ", said)
