"""A text in the United Nations manner: how it is written, and that it is read back letter for letter."""

import re
from html import unescape

import pytest
from hypothesis import given

from dashboards.texts.html import to_html
from dashboards.texts.layout import paragraphs, status_line
from dashboards.texts.markdown import to_markdown
from dashboards.texts.reading import with_markdown
from scenarios import ScenarioError, apply_patch, load
from scenarios.loading import names
from tests.generators import lively_room, written_texts

ROOM = lively_room(1, countries=4)
HOLDERS = [*ROOM.delegations, *ROOM.blocs]


def read(markdown, scenario=ROOM, key="text-0"):
    """The text that a scenario has after this Markdown was read into it."""
    return with_markdown(scenario, key, markdown.encode(), "draft.md").texts[key]


def problems(markdown):
    """The messages that reading gives, each a line."""
    with pytest.raises(ScenarioError) as caught:
        read(markdown)
    return str(caught.value).splitlines()


@given(written_texts(list(ROOM.issues), HOLDERS))
def test_writing_and_reading_back_is_the_identity(text):
    again = read(to_markdown(text))
    assert again == text
    parts = [[key for key, one in each.articles.items() if one.part == "operative"] for each in (text, again)]
    assert parts[0] == parts[1]
    assert all(list(text.articles[key].options) == list(again.articles[key].options) for key in text.articles)


@pytest.mark.parametrize("name", names())
def test_every_shipped_text_is_read_back_as_it_was(name):
    scenario = load(name)
    for key, text in scenario.texts.items():
        assert read(to_markdown(text), scenario, key) == text


def drafted(article, **text):
    """The text with one article that says this, and nothing else."""
    changes = {"articles": {"0": article, "1": None, "2": None}, **text}
    return apply_patch(ROOM, {"texts": {"text-0": changes}}).texts["text-0"]


SHALL = {
    "wording": "States shall protect data.",
    "options": {
        "option-0": {"wording": "States should protect data.", "proposed_by": ["NORTH"]},
        "option-1": None,
        "none": {"delete": True, "proposed_by": ["SOUTH", "CHN"]},
    },
}


def test_brackets_hold_only_what_differs_and_say_who_holds_them():
    written = to_markdown(drafted(SHALL))
    assert "**OP1.** States **[shall]** [NORTH: should] protect data. [del. SOUTH, CHN]" in written


def test_what_stands_is_in_bold():
    written = to_markdown(drafted(SHALL | {"chosen": "option-0"}))
    assert "States [shall] **[NORTH: should]** protect data. [del. SOUTH, CHN]" in written


def test_an_article_agreed_ad_referendum_has_no_brackets_any_more():
    text = drafted(SHALL | {"chosen": "option-0", "agreed": True})
    assert "**OP1.** States should protect data. *(agreed ad ref.)*" in to_markdown(text)
    assert "[" not in to_markdown(text).split("<!-- OP1")[0]


def test_nothing_is_agreed_until_everything_is_agreed():
    agreed = SHALL | {"agreed": True}
    fallen, kept = (drafted(agreed, status="lapsed", as_a_whole=whole) for whole in (True, False))
    assert len(paragraphs(fallen)[0].brackets) == 3
    assert paragraphs(kept)[0].brackets == ()


def test_preambular_paragraphs_come_first_with_their_verb_in_italics():
    preamble = {"part": "preambular", "wording": "Deeply concerned about data,", "places": {}}
    changes = {"articles": {"p": preamble, "0": {"wording": "Calls upon States to protect them."}}}
    written = to_markdown(apply_patch(ROOM, {"texts": {"text-0": changes}}).texts["text-0"])
    assert "**PP1.** *Deeply concerned* about data," in written
    assert written.index("PP1") < written.index("OP1")


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ({"status": "zero draft"}, "Zero draft, as of 8 September 2020"),
        ({"status": "rolling text", "revision": 2}, "Rolling text, Rev.2, as of 8 September 2020"),
        (
            {"status": "chair's text"},
            "Chair's text, as of 8 September 2020, without prejudice to the position of any delegation",
        ),
    ],
)
def test_the_status_line_says_what_kind_of_text_it_is_and_of_which_day(status, line):
    assert status_line(drafted({}, tabled="2020-09-08", **status)) == line


BY_HAND = """\
# Accord

**Compilation**

**PP1.** *Recalling* its resolution,

**OP1. Shares** States [shall] [NORTH: should] share
the water. [del. CHN]

<!-- OP1
places = { issue-0 = 60 }
[options.softer]
places = { issue-0 = 40 }
-->
"""


def test_a_text_that_somebody_wrote_by_hand_is_read():
    text = read(BY_HAND)
    article = text.articles["1"]
    assert (text.title, text.status, article.title) == ("Accord", "compilation", "Shares")
    assert article.wording == "States shall share the water."
    assert article.options["softer"].wording == "States should share the water."
    assert article.options["softer"].proposed_by == ("NORTH",)
    assert article.options["deletion-1"].delete
    assert text.articles["pp1"].wording == "Recalling its resolution,"


def test_lines_from_another_system_are_read_the_same():
    assert read(BY_HAND.replace("\n", "\r\n")) == read(BY_HAND)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("# Accord", "", "draft.md, line 1: there is no title; begin with a line #"),
        ("[NORTH: should]", "[NORTH: should", "line 7: a bracket opens inside another one; write \\["),
        ("[del. CHN]", "[del. CHN", "line 7: a bracket is not closed; add ]"),
        ("[shall] ", "shall] ", "line 7: a bracket closes that was not opened"),
        ("[shall] [NORTH", "[shall] or [NORTH", "line 7: words stand between brackets"),
        ("[shall]", "[CHN: shall]", "line 7: the first bracket says who holds it"),
        (
            "NORTH",
            "NROTH",
            "line 7, options.softer.proposed_by.0: there is no delegation or bloc NROTH; did you",
        ),
        ("issue-0 = 60", "issue-9 = 60", "line 7, places.issue-9: there is no issue issue-9"),
        ("issue-0 = 60", "issue-0 = ", "line 11: the value is not valid TOML"),
        ("issue-0 = 40", "issue-0 = 140", "line 7, options.softer.places.issue-0: 140 is off the scale"),
        ("[options.softer]", "[options.softer]\ncolour = 1", "there is no key colour"),
        ("-->", "", "line 10: the comment is not closed; end it with a line -->"),
        ("<!-- OP1", "<!-- OP2", "line 10: these codes do not follow OP2"),
        (
            "**OP1. Shares**",
            "1. Shares",
            "line 7: '1. Shares States [shall] [NORTH: should…' belongs to no",
        ),
        ("**PP1.**", "**OP1.**", "line 7: there are two paragraphs 1; give one of them a key of its own"),
        ("[shall] [NORTH: should]", "**[shall]** **[NORTH: should]**", "two wordings are in bold"),
        ("[shall] ", "[shall] [CHN: must] ", "options.alternative-1.places: places is missing"),
    ],
)
def test_a_mistake_is_told_once_with_its_line_and_its_mend(old, new, told):
    assert BY_HAND.count(old) >= 1
    found = problems(BY_HAND.replace(old, new))
    assert any(told in one for one in found), found
    assert all(one.startswith("draft.md, line ") and "; " in one for one in found)


def test_a_file_that_is_too_large_or_no_text_is_refused():
    with pytest.raises(ScenarioError, match="larger than 2 MB"):
        with_markdown(ROOM, "text-0", b"#" * 2_000_001, "draft.md")
    with pytest.raises(ScenarioError, match="not UTF-8"):
        with_markdown(ROOM, "text-0", b"# \xff", "draft.md")
    many = "# Accord\n\n" + "".join(f"**OP{number}.** And\n\n" for number in range(1, 502))
    assert problems(many)[0].startswith("draft.md, line 1003: 501 paragraphs are too many")


def test_the_printed_page_names_delegations_and_never_takes_words_for_markup():
    hostile = SHALL | {"title": "<script>", "wording": "States shall protect <b>data</b>."}
    page = to_html(ROOM, drafted(hostile))
    assert "<script" not in page
    assert "&lt;b&gt;data&lt;/b&gt;" in page
    assert f"del. SOUTH, {ROOM.delegations['CHN'].name}" in page
    assert "default-src 'none'" in page


def test_the_printed_page_holds_every_word_of_the_markdown():
    launch = load("launch-2020")
    text = launch.texts["global-initiative"]
    page = unescape(re.sub(r"<[^>]*>", "", to_html(launch, text)))
    assert "Zero draft, as of 8 September 2020" in page
    assert "Tabled by China" in page
    for article in text.articles.values():
        for words in (article.title, article.wording, *(one.wording for one in article.options.values())):
            assert words in page
