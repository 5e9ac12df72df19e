"""The texts in the report: what stands, what changed, and who holds which bracket, against the results."""

import pytest

from dashboards.known import known
from dashboards.pictures.written import written
from simulation.analyses.brackets import brackets

TEXTS = ("global-initiative", "clean-network", "rights-based", "un-text")


@pytest.fixture(scope="module")
def shown(launch):
    """The texts of the small run as the report shows them."""
    return written(launch, known(launch))


def bold(paragraph):
    """What stands in a paragraph of the page."""
    (stands,) = [each for each in (*paragraph["brackets"], *paragraph["deletions"]) if each["stands"]]
    return paragraph["lead"] + paragraph["before"] + stands["words"] + paragraph["after"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_in_bold_is_what_most_replicates_end_with(launch, shown, text):
    ended = [one.choices[one.standing].wording for one in brackets(launch, text)]
    assert [bold(paragraph) for paragraph in shown[text]["body"]] == ended


@pytest.mark.parametrize("text", TEXTS)
def test_the_redline_leads_from_the_first_wording_to_the_last(launch, shown, text):
    articles = brackets(launch, text)
    moved = {f"OP{place}": one for place, one in enumerate(articles, start=1) if one.standing}
    assert [one["label"] for one in shown[text]["redline"]] == list(moved)
    for one in shown[text]["redline"]:
        kept = ["".join(p.words for p in one["pieces"] if p.kind != kind) for kind in ("inserted", "deleted")]
        choices = moved[one["label"]].choices
        assert kept == [choices[0].wording, choices[moved[one["label"]].standing].wording]


@pytest.mark.parametrize("text", TEXTS)
def test_every_delegation_is_counted_once_at_every_bracket(launch, shown, text):
    for row in shown[text]["replies"]["rows"]:
        assert sum(row[1:]) == launch.data.sizes["country"]


def test_the_page_shows_brackets_changes_and_holders(launch_run):
    page = (launch_run / "report.html").read_text("utf-8")
    section = page[page.index('<section id="brackets"') :].split("</section>")[0]
    for words in ("Tabled by China", "<del>", "<ins>", "Who holds which bracket", "accept ad referendum"):
        assert words in section
    assert (launch_run / "tables" / "replies.csv").read_text("utf-8").count("\n") > 111 * 12
