"""The explorer in a real browser, with the network off."""

from pathlib import Path

import pytest

from dashboards.explorer.state import coalitions
from tests.pages import PATIENCE, serious, within


def opened(browser, port, path, width=1280, scheme="light", complaints=None):
    """The page in a tab that may talk to this server alone, once its pictures are drawn."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab, told = context.new_page(), [] if complaints is None else complaints
    here = f"http://127.0.0.1:{port}/"

    def only_here(route):
        if route.request.url.startswith((here, "data:", "blob:")):
            route.continue_()
        else:
            told.append(route.request.url)
            route.abort()

    tab.route("**/*", only_here)
    tab.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.goto(here.rstrip("/") + path)
    tab.wait_for_selector("body[data-ready]", timeout=1000 * PATIENCE)
    return tab


def findings(tab):
    """What the charts of the page say."""
    return tab.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.said')].map((one) => [one.id, one.textContent]))"
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", (390, 1280, 1920))
def test_it_draws_from_this_machine_alone_without_scrolling_sideways(width, port, browser):
    complaints = []
    tab = opened(browser, port, "/of/launch", width, complaints=complaints)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator("#chart-map .choroplethlayer path").count() > 60
    for name in ("support", "network", "why"):
        assert tab.locator(f"#chart-{name} .scatterlayer .trace").count() > 1
        label = tab.get_attribute(f"#{name} [role=img]", "aria-label")
        assert label == tab.text_content(f"#said-{name}") != ""
    tab.context.close()
    assert complaints == []


@pytest.mark.browser
def test_one_choice_changes_every_view_and_the_address_brings_it_back(port, browser, launch):
    tab = opened(browser, port, "/of/launch")
    before = findings(tab)
    tab.select_option("#text", "clean-network")
    tab.select_option("#country", "BRA")
    tab.focus("#round")
    tab.keyboard.press("Home")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_selector("#said-why:has-text('Brazil on the Trusted')")
    tab.wait_for_selector(".card:not([aria-busy]) #said-support")
    after = findings(tab)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"said-map", "said-support", "said-network", "said-why"}
    assert "Brazil: " in after["said-map"] and "Brazil is in coalition " in after["said-network"]
    assert tab.url.endswith("/of/launch?text=clean-network&country=BRA&round=1")
    assert tab.get_attribute("#views a[data-view=gains]", "href").endswith(
        "?text=clean-network&country=BRA&round=1"
    )
    again = opened(browser, port, tab.url.split(str(port))[1])
    assert findings(again) == after
    assert again.input_value("#round") == "1"
    for name in ("support", "why"):
        uprights = (
            f"document.getElementById('chart-{name}').layout.shapes.filter((one) => one.yref === 'paper')"
        )
        assert again.evaluate(f"{uprights}.map((one) => one.x0)") == [str(launch.data.date.values[1])]
    assert again.text_content("#day") == tab.text_content("#day") != ""
    tab.context.close()
    again.context.close()


@pytest.mark.browser
def test_a_coalition_is_chosen_by_its_letter_or_in_the_legend_and_all_others_fade(port, browser, launch):
    tab = opened(browser, port, "/of/launch")
    members = coalitions(launch.data)["A"]
    tab.select_option("#coalition", "A")
    tab.wait_for_selector(
        f"#said-map:has-text('Of the {len(members)} delegations of coalition A on the map')"
    )
    clear = """() => {
      const { data } = document.getElementById('chart-network');
      const trace = data.find((one) => one.mode === 'markers' && one.text);
      return trace.text.filter((_, row) => trace.marker.opacity[row] > 0.5);
    }"""
    names = dict(zip(launch.data.country.values.tolist(), launch.data.name.values.tolist(), strict=True))
    within(lambda: tab.wait_for_timeout(50) or len(tab.evaluate(clear)) == len(members))
    assert sorted(tab.evaluate(clear)) == sorted(names[key] for key in members)
    assert "coalition=A" in tab.url
    again = opened(browser, port, tab.url.split(str(port))[1])
    assert again.input_value("#coalition") == "A"
    assert findings(again)["said-map"] == findings(tab)["said-map"]
    again.locator("#chart-network .legendtoggle").first.click()
    within(lambda: again.wait_for_timeout(50) or "coalition" not in again.url)
    tab.context.close()
    again.context.close()


@pytest.mark.browser
def test_a_click_on_a_dot_chooses_the_delegation_everywhere(port, browser):
    tab = opened(browser, port, "/of/launch")
    tab.locator("#chart-network").scroll_into_view_if_needed()
    spot = tab.evaluate(
        """() => {
          const chart = document.getElementById('chart-network'), layout = chart._fullLayout;
          const trace = chart.data.find((one) => one.text && one.text.includes('China'));
          const row = trace.text.indexOf('China'), box = chart.getBoundingClientRect();
          return [box.x + layout._size.l + layout.xaxis.d2p(trace.x[row]),
                  box.y + layout._size.t + layout.yaxis.d2p(trace.y[row])];
        }"""
    )
    tab.mouse.move(*spot)
    tab.wait_for_selector("#chart-network .hovertext")
    tab.mouse.click(*spot)
    tab.wait_for_selector("#said-why:has-text('China on the')")
    assert tab.input_value("#country") == "CHN" and "country=CHN" in tab.url
    assert "China: " in tab.text_content("#said-map")
    tab.context.close()


@pytest.mark.browser
def test_play_steps_through_the_rounds_by_keyboard(port, browser):
    tab = opened(browser, port, "/of/launch")
    last = int(tab.input_value("#round"))
    tab.focus("#play")
    tab.keyboard.press("Enter")
    assert tab.get_attribute("#play", "aria-pressed") == "true"
    within(lambda: tab.wait_for_timeout(100) or 2 <= int(tab.input_value("#round")) < last)
    tab.keyboard.press("Enter")
    assert tab.get_attribute("#play", "aria-pressed") == "false"
    stopped = tab.input_value("#round")
    tab.wait_for_timeout(1000)
    assert tab.input_value("#round") == stopped
    tab.context.close()


@pytest.mark.browser
def test_a_step_paints_the_map_at_once_as_plotly_draws_it_afterwards(port, browser):
    tab = opened(browser, port, "/of/launch")
    seen = """() => [
      [...document.querySelectorAll('#chart-map .choroplethlayer path')].map((one) => one.style.fill),
      [...document.querySelectorAll('#chart-map .scatterlayer text')]
        .map((one) => [one.textContent, one.style.fill]),
    ]"""
    drawn = "document.getElementById('chart-map').data.find((one) => one.z).z.join()"
    before, codes = tab.evaluate(seen), tab.evaluate(drawn)
    tab.focus("#round")
    tab.keyboard.press("Home")
    at_once = tab.evaluate(seen)
    within(lambda: tab.wait_for_timeout(50) or tab.evaluate(drawn) != codes)
    after = tab.evaluate(seen)
    assert at_once != before
    assert at_once[1] == after[1]
    for painted, final in zip(at_once[0], after[0], strict=True):
        levels = [[int(one) for one in fill[4:-1].split(",")] for fill in (painted, final)]
        assert max(abs(a - b) for a, b in zip(*levels, strict=True)) <= 1
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "start"), [("csv", "\ufeffdate,"), ("svg", "<svg"), ("png", "")])
def test_pictures_are_saved(kind, start, port, browser):
    tab = opened(browser, port, "/of/launch")
    with tab.expect_download() as saving:
        tab.click(f"#support [data-save={kind}]")
    file = saving.value
    assert file.suggested_filename == f"launch-support.{kind}"
    content = Path(file.path()).read_bytes()
    assert len(content) > 500
    assert content[:4] == b"\x89PNG" if kind == "png" else content.decode("utf-8").startswith(start)
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
@pytest.mark.parametrize("view", ["overview", "fairness"])
def test_nothing_serious_keeps_anybody_from_using_it(width, scheme, view, port, browser, axe):
    tab = opened(browser, port, f"/of/launch/{view}", width, scheme)
    tab.evaluate("[...document.querySelectorAll('details')].forEach((one) => { one.open = true; })")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = serious(tab, axe)
    tab.context.close()
    assert found == []
