"""Every section of the report answers a question, and every number it says stands beneath it."""

import re

import pytest

from agents.registry import modules
from dashboards.known import known
from dashboards.sections import costly, sections
from dashboards.sections._section import Section

NAMES = list(modules("dashboards.sections"))
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def made(launch):
    return sections(launch, known(launch), full=True)


def numbers(words: str) -> set[str]:
    """Every number in some words, years and days of dates among them, without separators."""
    return {found.replace(",", "") for found in NUMBER.findall(words)}


def shown(section: Section) -> set[str]:
    """Every number in the tables of a section and of its pictures, and in its titles."""
    cells = [section.title, section.question]
    for table in section.tables:
        cells += [table.caption, *table.head, *(str(cell) for row in table.rows for cell in row)]
    for one in section.pictures:
        for choice in one.choices.values():
            table = choice["table"]
            cells += [*map(str, table["head"]), *(str(cell) for row in table["rows"] for cell in row)]
    return set().union(*(numbers(cell) for cell in cells))


def test_every_section_has_a_place_of_its_own():
    places = [module.PLACE for module in modules("dashboards.sections").values()]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("name", NAMES)
def test_every_section_says_what_it_asks_and_tells_an_answer(made, name):
    section = made[name]
    assert section.title and section.question.endswith("?")
    assert section.sentences or section.pictures
    assert len(section.sentences) <= 6
    assert all(sentence.endswith(".") for sentence in section.sentences)
    for one in section.pictures:
        assert set(one.choices) == ({key for key, _ in one.options} or {""})


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_the_sentences_stands_in_a_table_beneath(made, name, launch):
    titles = " ".join(launch.data.text_title.values.tolist())
    for sentence in made[name].sentences:
        assert numbers(sentence) <= shown(made[name]) | numbers(titles), sentence


def test_without_full_nothing_is_run_again(launch):
    assert set(sections(launch, known(launch))) == set(NAMES) - set(costly())
