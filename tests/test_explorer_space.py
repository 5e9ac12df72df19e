"""The issue space and the network in the explorer, in a real browser with the network off."""

import pytest

from dashboards.figures._placed import placed
from dashboards.figures.network import joined_by_round
from dashboards.pictures import outcome
from dashboards.pictures.space import axes_told
from tests.pages import serious, within
from tests.test_explorer_in_browser import findings, opened

TEXT = "global-initiative"


def drawn(tab, name, place):
    """What a trace of a chart shows in the page."""
    return tab.evaluate(
        f"(({{x, y, marker}}) => ({{x, y, marker}}))(document.getElementById('chart-{name}').data[{place}])"
    )


def lines(tab):
    """How many lines the network shows."""
    return drawn(tab, "network", 0)["x"].count(None)


def step_to(tab, index):
    """Move the slider of rounds."""
    tab.evaluate(
        "(index) => { const one = document.getElementById('round'); one.value = index;"
        " one.dispatchEvent(new Event('input')); }",
        index,
    )


@pytest.mark.browser
@pytest.mark.parametrize("view", ("space", "network"))
@pytest.mark.parametrize("width", (390, 1280, 1920))
def test_a_view_draws_without_complaints_and_without_scrolling_sideways(view, width, port, browser):
    complaints = []
    tab = opened(browser, port, f"/of/launch/{view}", width, complaints=complaints)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator(f"#chart-{view} .scatterlayer .trace").count() > 2
    assert tab.get_attribute(f"#{view} [role=img]", "aria-label") == tab.text_content(f"#said-{view}") != ""
    tab.context.close()
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ("light", "dark"))
@pytest.mark.parametrize("view", ("space", "network"))
def test_a_view_keeps_nobody_out(view, scheme, port, browser, axe):
    tab = opened(browser, port, f"/of/launch/{view}", scheme=scheme)
    assert serious(tab, axe) == []
    tab.context.close()


@pytest.mark.browser
def test_dots_of_the_space_go_where_the_round_puts_them(port, browser, launch):
    tab = opened(browser, port, f"/of/launch/space?text={TEXT}&country=BRA")
    for told in axes_told(launch, placed(launch).plane):
        assert told.replace(" %", "\N{NO-BREAK SPACE}%") in tab.text_content("main")
    asked = []
    tab.on("request", lambda one: asked.append(one.url))
    for index in (0, 15):
        step_to(tab, index)
        expected = pytest.approx(placed(launch).delegations[index].round(1)[:, 0].tolist(), abs=0.051)
        within(lambda there=expected: drawn(tab, "space", 1)["x"] == there)
        assert "Brazil lies " in findings(tab)["said-space"]
    assert asked == []
    forms = drawn(tab, "space", 1)["marker"]["symbol"]
    tab.select_option("[data-pick=space]", "coalition")
    within(lambda: drawn(tab, "space", 1)["marker"]["symbol"] != forms)
    assert "pick-space=coalition" in tab.url
    tab.context.close()


@pytest.mark.browser
def test_ties_and_coalitions_follow_the_round_while_dots_stay(port, browser, launch):
    tab = opened(browser, port, "/of/launch/network?country=BRA")
    places = drawn(tab, "network", 1)["x"]
    for index, found in enumerate(joined_by_round(launch)):
        if index % 7 == 0:
            step_to(tab, index)
            many = len(found.lines)
            within(lambda many=many: lines(tab) == many)
            assert drawn(tab, "network", 1)["x"] == places
    tab.context.close()


@pytest.mark.browser
def test_weaker_ties_are_drawn_when_asked_for_and_the_address_brings_them_back(port, browser):
    tab = opened(browser, port, "/of/launch/network?country=BRA&round=0")
    few = lines(tab)
    tab.focus("#weakest")
    tab.keyboard.press("Home")
    within(lambda: lines(tab) > few)
    many, told = lines(tab), findings(tab)["said-network"]
    assert f"there are {many} lines" in told and "weakest=30" in tab.url
    again = opened(browser, port, tab.url.split(str(port))[1])
    assert lines(again) == many and findings(again)["said-network"] == told
    tab.context.close()
    again.context.close()


@pytest.mark.browser
def test_the_neighbourhood_of_the_chosen_delegation_stands_alone(port, browser, launch):
    tab = opened(browser, port, "/of/launch/network?country=BRA")
    tab.check("#alone")
    found = joined_by_round(launch)[-1].lines
    row = launch.data.country.values.tolist().index("BRA")
    near = {row, *found[(found == row).any(axis=1)].ravel().tolist()}
    opacity = drawn(tab, "network", 1)["marker"]["opacity"]
    assert {place for place, one in enumerate(opacity) if one > 0.5} == near
    assert lines(tab) == sum({int(one), int(other)} <= near for one, other in found)
    assert "alone=yes" in tab.url
    tab.select_option("#country", "USA")
    within(lambda: drawn(tab, "network", 1)["marker"]["opacity"] != opacity)
    tab.context.close()


@pytest.mark.browser
def test_the_chosen_delegation_is_framed_among_the_gains_and_told(port, browser, launch):
    tab = opened(browser, port, f"/of/launch/gains?text={TEXT}&country=CHN")
    table = outcome.gains(launch, TEXT)["table"]
    for country in ("CHN", "USA"):
        tab.select_option("#country", country)
        name = launch.data.name.sel(country=country).item()
        row = next(cells for cells in table["rows"] if cells[0] == name)
        within(lambda row=row, name=name: f"bring {name} {row[-1]}" in findings(tab)["said-gains"])
        names = tab.evaluate("document.getElementById('chart-gains').data[1].customdata[0]")
        frame = drawn(tab, "gains", 2)
        assert min(frame["x"]) == names.index(name) - 0.5 and max(frame["y"]) == len(table["head"]) - 2.5
    tab.context.close()
