"""What changed between two revisions: word by word, between any two texts, and along a run."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.texts.html import redline_html
from dashboards.texts.layout import standing
from dashboards.texts.redline import compare, redline, redline_markdown
from dashboards.texts.revisions import revised, revisions
from scenarios import apply_patch
from simulation import run
from simulation.results import RunError
from tests.generators import lively_room

WORDS = st.lists(st.sampled_from(["States ", "shall ", "should ", "act", " ", "\n", "."]), max_size=9).map(
    "".join
)


@given(WORDS, WORDS)
def test_without_insertions_it_is_the_first_and_without_deletions_the_second(before, after):
    pieces = compare(before, after)
    assert "".join(piece.words for piece in pieces if piece.kind != "inserted") == before
    assert "".join(piece.words for piece in pieces if piece.kind != "deleted") == after


@given(WORDS)
def test_a_text_differs_from_itself_in_nothing(words):
    assert all(piece.kind == "same" for piece in compare(words, words))


def test_one_word_of_obligation_is_all_that_is_marked():
    pieces = compare("States shall protect data.", "States should protect data.")
    assert [tuple(piece) for piece in pieces] == [
        ("same", "States "),
        ("deleted", "shall"),
        ("inserted", "should"),
        ("same", " protect data."),
    ]


def test_wordings_with_nothing_but_small_words_in_common_are_replaced_as_a_whole():
    before, after = "States may confirm the rules in agreements.", "open the talks"
    assert [tuple(piece) for piece in compare(before, after)] == [("deleted", before), ("inserted", after)]


@pytest.fixture(scope="module")
def drafted():
    """A run in which a text with one article that may fall away is redrafted."""
    options = {"option-0": {"wording": "States should act."}, "option-1": {"wording": "States may act."}}
    first = {"wording": "States shall act.", "options": options}
    scenario = apply_patch(
        lively_room(3, rounds=8), {"texts": {"text-0": {"articles": {"0": first, "1": first}}}}
    )
    return run(scenario, replicates=8, seed=1)


def test_revisions_follow_the_wording_of_the_replicate(drafted):
    for replicate in range(8):
        path = drafted.data.wording.sel(text="text-0").values[replicate]
        found = revisions(drafted, "text-0", replicate)
        assert [one.number for one in found] == list(range(len(found)))
        for one in found:
            assert path[one.round].tolist() == list(one.chosen)
        assert all((path[a.round : b.round] == path[a.round]).all() for a, b in pairwise([*found, found[-1]]))
        assert (path[found[-1].round :] == path[-1]).all()
    assert any(len(revisions(drafted, "text-0", replicate)) > 1 for replicate in range(8))


def test_a_revision_has_a_number_a_kind_and_the_wordings_that_stand(drafted):
    replicate = next(one for one in range(8) if len(revisions(drafted, "text-0", one)) > 1)
    last = revisions(drafted, "text-0", replicate)[-1]
    text = revised(drafted, "text-0", last, replicate)
    assert (text.status, text.revision) == ("rolling text", last.number)
    for article, chosen in zip(text.articles.values(), last.chosen, strict=True):
        assert list(("tabled", *article.options))[chosen] == article.chosen


def test_who_asked_for_a_wording_holds_its_bracket(drafted):
    data = drafted.data
    for row in range(data.sizes["revision"]):
        text = str(data.text.values[data.revision_text.values[row]])
        option, replicate = int(data.revision_to.values[row]), int(data.revision_replicate.values[row])
        if not option:
            continue
        last = revisions(drafted, text, replicate)[-1]
        article = list(revised(drafted, text, last, replicate).articles.values())[
            data.revision_article.values[row]
        ]
        asked = str(data.country.values[data.revision_asked_by.values[row]])
        held = list(article.options.values())[option - 1].proposed_by
        assert asked in held or len(held) == 3


def test_without_a_replicate_each_article_reads_as_in_most_of_them(drafted):
    last = revisions(drafted, "text-0", None)[-1]
    path = drafted.data.wording.sel(text="text-0").values[:, -1]
    for article, chosen in enumerate(last.chosen):
        counts = [(path[:, article] == option).sum() for option in range(3)]
        assert counts[chosen] == max(counts)


def test_a_redline_of_a_run_marks_just_the_articles_that_moved(drafted):
    replicate = next(one for one in range(8) if len(revisions(drafted, "text-0", one)) > 1)
    first, last = (revisions(drafted, "text-0", replicate)[place] for place in (0, -1))
    texts = [revised(drafted, "text-0", one, replicate) for one in (first, last)]
    changes = redline(*texts)
    moved = [
        standing(a) != standing(b) for a, b in zip(*(one.articles.values() for one in texts), strict=True)
    ]
    assert [one.changed for one in changes] == moved


def test_an_article_that_falls_away_is_struck_out_and_a_new_one_inserted():
    texts = lively_room(1).texts
    first = {"articles": {"0": {"wording": "Data."}, "1": {"options": {"none": {"delete": True}}}}}
    old = apply_patch(lively_room(1), {"texts": {"text-0": first}}).texts["text-0"]
    new = old.model_copy(update={"articles": {"0": old.articles["0"], "9": texts["text-0"].articles["0"]}})
    assert [one.label for one in redline(old, new)] == ["OP1", "OP2", "OP2", "OP3"]


def test_marks_of_a_redline_in_markdown_and_on_the_page():
    room = lively_room(1)
    old, new = (
        apply_patch(
            room,
            {"texts": {"text-0": {"articles": {"0": {"wording": f"States {word} act.", "options": None}}}}},
        ).texts["text-0"]
        for word in ("shall", "should")
    )
    assert "*OP1.* States ~~shall~~**should** act." in redline_markdown("Accord", redline(old, new))
    page = redline_html("Accord", "Rev.1 against Rev.0", redline(old, new))
    assert "States <del>shall</del><ins>should</ins> act." in page


def test_a_replicate_that_is_not_there_is_told():
    with pytest.raises(RunError, match="there is no replicate 4; choose one from 0 to 1"):
        revisions(run(lively_room(1), replicates=2, seed=1), "text-0", 4)
