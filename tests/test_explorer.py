"""The explorer: a real server on a real socket, then the same in a real browser with the network off."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from html import unescape
from pathlib import Path

import pytest
import uvicorn

from dashboards.explorer.app import application
from dashboards.explorer.server import listening
from dashboards.explorer.shelf import KEPT, Shelf
from dashboards.explorer.whatif import offered
from dashboards.pictures import course
from dashboards.pictures.map import world_map
from dashboards.sections import by_place, costly
from dashboards.summary import summarise
from dashboards.words import signed, unbroken
from scenarios import load, names, overlay
from simulation.compare import between
from simulation.results import RunError

PATIENCE = 60  # seconds within which everything here must happen


def within(happened):
    """Wait until it has happened, and return what it gives."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := happened():
            return found
        time.sleep(0.05)
    pytest.fail("it took too long")


@pytest.fixture(scope="module")
def port(launch_run):
    """The port of an explorer that was started with the small run of launch-2020."""
    listener = listening()
    server = uvicorn.Server(uvicorn.Config(application(Shelf([str(launch_run)])), log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    here = listener.getsockname()[1]
    within(lambda: json.loads(ask(here, "/api/launch/progress")[2])["state"] == "ready")
    yield here
    server.should_exit = True
    thread.join(PATIENCE)
    listener.close()


def ask(port, path, method="GET", body=None, **headers):
    """Status, headers and text of the answer to a request."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request(method, path, body, {name.replace("_", "-"): one for name, one in headers.items()})
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8")
    finally:
        line.close()


def test_the_list_names_what_was_given_first_and_every_scenario(port):
    status, _, page = ask(port, "/")
    assert status == 200
    assert re.findall(r'href="/of/([^"]+)"', page) == ["launch", *names()]
    assert "A model, not a prediction" in page


def test_a_run_shows_its_answer_in_words(port, launch):
    status, _, page = ask(port, "/of/launch")
    assert status == 200 and "A model, not a prediction" in page
    for sentence in summarise(launch).sentences:
        assert unbroken(sentence) in unescape(page)


def test_a_scenario_is_run_when_it_is_first_opened(port):
    status, _, page = ask(port, "/of/asean-caucus")
    assert status == 200 and "The page opens by itself." in page
    done = within(
        lambda: (
            (found := json.loads(ask(port, "/api/asean-caucus/progress")[2]))["state"] != "running" and found
        )
    )
    assert done == {"state": "ready", "done": 64, "total": 64}
    assert "64 replicates" in ask(port, "/of/asean-caucus")[2]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/of/launch-2012", "There is no scenario or run 'launch-2012'; did you mean 'launch-2020'?"),
        ("/of/%3Cscript%3E", "There is no scenario or run '<script>'; there are: "),
        ("/of/..%2F..%2Fetc", "There is no such page."),
        ("/nowhere", "There is no such page."),
    ],
)
def test_what_is_not_there_gets_one_clear_message(port, path, words):
    status, _, page = ask(port, path)
    assert status == 404
    assert words in unescape(re.search(r'<p class="message">(.*?)</p>', page, re.DOTALL)[1])
    assert "<script>" not in page


def test_only_its_own_pages_are_let_in(port):
    own = f"127.0.0.1:{port}"
    assert ask(port, "/", Host=own, Origin=f"http://{own}")[0] == 200
    assert ask(port, "/", Host=f"localhost:{port}")[0] == 200
    for foreign in (
        {"Host": "evil.example"},
        {"Host": f"127.0.0.1.evil.example:{port}"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},
    ):
        assert ask(port, "/", **foreign)[0] == 403, foreign
    assert ask(port, "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200


def test_pages_take_nothing_but_questions(port):
    own = f"http://127.0.0.1:{port}"
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert ask(port, "/of/launch", method, Origin=own)[0] == 405
    assert ask(port, "/of/launch", "POST")[0] == 403


@pytest.mark.parametrize("path", ["/", "/of/launch", "/nowhere", "/api/launch/progress"])
def test_every_answer_is_strict_and_is_not_kept(port, path):
    headers = ask(port, path)[1]
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe-eval" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_pages_load_nothing_from_elsewhere(port):
    for path in ("/", "/of/launch"):
        page = ask(port, path)[2]
        for found in re.findall(r'(?:src|href)="([^"]*)"', page):
            assert found.startswith(("/", "#", "?")) and not found.startswith("//") or found == "data:,"
        assert "<style" not in page and " style=" not in page and not re.search(r" on\w+=", page)


def test_scripts_and_shapes_come_from_this_machine(port):
    status, headers, script = ask(port, "/static/plotly.js")
    assert status == 200 and "plotly.js v" in script[:400]
    assert headers["content-type"].startswith("text/javascript")
    assert json.loads(ask(port, "/static/world.json")[2])["type"] == "Topology"
    assert ask(port, "/static/app.py")[0] == 404


def test_only_the_last_results_stay_in_memory():
    shelf = Shelf()
    for key in list(shelf.items)[: KEPT + 1]:
        shelf.items[key].state = "ready"
        shelf.item(key)
    states = [shelf.items[key].state for key in list(shelf.items)[: KEPT + 1]]
    assert states == ["new", *["ready"] * KEPT]


def test_names_of_folders_become_keys_that_nothing_else_has(launch_run, tmp_path):
    (tmp_path / "launch").symlink_to(launch_run, target_is_directory=True)
    other = tmp_path / "asean-caucus"
    other.mkdir()
    for file in launch_run.iterdir():
        (other / file.name).symlink_to(file)
    shelf = Shelf([str(launch_run), str(other), "asean-caucus", str(launch_run)])
    assert shelf.given == ["launch", "asean-caucus-2", "asean-caucus", "launch-2"]


def test_a_damaged_run_is_refused_before_anything_starts(tmp_path):
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(RunError):
        Shelf([str(tmp_path)])


def started(*options):
    """The command, without a browser, and its address."""
    main = "from dashboards.cli import main; main()"
    command = [sys.executable, "-c", main, "dashboard", "--no-open", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    return process, process.stdout.readline()


def test_the_command_prints_its_address_and_ends_cleanly_with_ctrl_c():
    process, line = started("asean-caucus")
    try:
        found = re.fullmatch(
            r"Explorer at http://127\.0\.0\.1:(\d+)/of/asean-caucus  \(Ctrl-C ends it\)\n", line
        )
        status, _, page = ask(int(found[1]), "/of/asean-caucus")
        assert status == 200 and "asean-caucus" in page
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=PATIENCE)
        assert process.returncode in (0, 130)
        assert "Traceback" not in complaints
    finally:
        process.kill()


def test_ctrl_c_ends_it_cleanly_while_it_works():
    process, line = started("launch-2020")
    try:
        here = int(re.search(r":(\d+)/", line)[1])
        within(lambda: json.loads(ask(here, "/api/launch-2020/progress")[2])["state"] == "ready")
        asking = http.client.HTTPConnection("127.0.0.1", here, timeout=PATIENCE)
        origin = {"Origin": f"http://127.0.0.1:{here}"}
        asking.request("POST", "/api/launch-2020/what-if", "precision=50", origin)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=PATIENCE)
        asking.close()
        assert process.returncode in (0, 130)
        assert complaints in ("", "Stopped.\n")
    finally:
        process.kill()


def test_a_port_that_is_taken_or_an_unknown_name_is_one_message():
    listener = listening()
    taken = str(listener.getsockname()[1])
    for options, words in (
        (("--port", taken), "Address already in use"),
        (("launch-2012",), "launch-2020"),
    ):
        process, _ = started(*options)
        _, complaints = process.communicate(timeout=PATIENCE)
        assert process.returncode == 2
        assert words in complaints and "Traceback" not in complaints
    listener.close()


def fetched(port, path):
    """What the pages fetch from this path."""
    status, _, text = ask(port, path)
    assert status == 200, (path, text)
    return json.loads(text)


def test_pictures_show_the_text_and_the_delegation_of_the_address(port, launch):
    found = fetched(port, "/api/launch/picture/support?text=clean-network")
    assert found == course.support(launch, "clean-network")
    found = fetched(port, "/api/launch/picture/why?text=rights-based&country=BRA")
    assert found["finding"].startswith("Brazil on the ")
    assert (
        found["finding"] != fetched(port, "/api/launch/picture/why?text=rights-based&country=IND")["finding"]
    )
    last = launch.data.sel(country="BRA", text="rights-based").isel(round=-1)
    appeal = found["table"]["rows"][-1][found["table"]["head"].index("appeal")]
    assert float(appeal.replace("−", "-")) == pytest.approx(float(last.appeal + last.chance), abs=6e-4)


def test_the_map_is_the_one_of_the_report(port, launch):
    assert fetched(port, "/api/launch/map")["codes"] == world_map(launch)["codes"]


def test_every_view_opens_and_each_of_its_charts_has_a_finding_and_numbers(port):
    listed = re.findall(r'data-view="([\w-]+)"', ask(port, "/of/launch")[2])
    keys = [*listed, *(key for key, _ in fetched(port, "/api/launch/views"))]
    assert {name for name in by_place() if name not in costly()} <= set(keys)
    for key in keys:
        status, _, page = ask(port, f"/of/launch/{key}")
        assert status == 200 and "A model, not a prediction" in page
        names = set(re.findall(r'data-chart="([\w-]+)"', page)) - {"map", "effect"}
        assert page.count('<p class="how">') > len(names)
        for name in names:
            found = fetched(port, f"/api/launch/picture/{name}")
            assert found["finding"].endswith(".") and found["figure"]["data"], name
            assert found["table"]["rows"], name


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/of/launch?text=clean-net", "There is no text 'clean-net'; did you mean 'clean-network'?"),
        ("/of/launch?country=ZZZ", "There is no delegation 'ZZZ'"),
        ("/of/launch?round=-1", "There is no round '-1'"),
        ("/of/launch/gain", "There is no view 'gain'; did you mean 'gains'?"),
        ("/api/launch/picture/suport", "There is no picture 'suport'; did you mean 'support'?"),
    ],
)
def test_a_state_that_the_run_does_not_have_is_one_message(port, path, words):
    status, _, page = ask(port, path)
    assert status == 404
    assert words in unescape(page)


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
    tab.evaluate(axe)
    found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    tab.context.close()
    assert [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ] == []


def changed(port, body, **headers):
    """The answer to a form of changes."""
    headers = {"Origin": f"http://127.0.0.1:{port}", **headers}
    status, _, text = ask(port, "/api/launch/what-if", "POST", body, **headers)
    return status, json.loads(text) if text.startswith("{") else text


def test_changes_are_run_again_under_the_same_luck(port, launch):
    status, found = changed(
        port, "trust_weight=0.2&with=doubts-about-motives&option=global-initiative/1/alternative-2"
    )
    assert status == 200
    patches = [
        overlay("doubts-about-motives"),
        {"texts": {"global-initiative": {"articles": {"1": {"chosen": "alternative-2", "agreed": True}}}}},
        {"dynamics": {"trust_weight": 0.2}},
    ]
    here = between(launch.scenario, {"b": load("launch-2020", patches)}, 64, 1).sel(variant="b")
    rows = {(row[0], row[1]): row[2:] for row in found["table"]["rows"]}
    for text, title in launch_titles(launch):
        cell = here.sel(text=text, measure="endorsing")
        base, other, gap, low, high = (
            float(cell[name]) for name in ("base", "changed", "difference", "low", "high")
        )
        interval = f"{signed(low)} to {signed(high)}"
        assert rows[title, "endorsements"] == [f"{base:.1f}", f"{other:.1f}", signed(gap), interval]
        assert round(gap, 2) in found["figure"]["data"][0]["x"]
    told = " ".join(found["sentences"])
    assert rows["Global Initiative on Data Security", "opposition"][2] in told


def launch_titles(launch):
    """Keys and titles of its texts."""
    return zip(launch.data.text.values.tolist(), launch.data.text_title.values.tolist(), strict=True)


def test_what_is_as_in_the_scenario_changes_nothing(port, launch):
    same = f"trust_weight={launch.scenario.dynamics.trust_weight}&with=&option="
    for form in ("", same):
        assert changed(port, form)[1] == {"sentences": ["Nothing is changed yet."], "figure": None}


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ("trust_weight=9", 404, "There is no trust_weight of '9'; there are: values from 0 to 0.4."),
        ("precision=nan", 404, "There is no precision of 'nan'"),
        ("with=../../etc/passwd", 404, "There is no overlay '../../etc/passwd'"),
        ("with=coordinator%3DFRA", 404, "There is no overlay 'coordinator=FRA'"),
        ("option=global-initiative/1/tabled", 404, "There is no option"),
        ("with=" + "x" * 5000, 413, "That is too much."),
        ("with=&" * 60 + "a=b", 400, "does not take that"),
    ],
)
def test_changes_that_are_not_offered_are_refused(port, form, status, words):
    found = changed(port, form)
    assert found[0] == status
    assert words in found[1]["problem"]


def test_changes_come_from_its_own_pages_alone(port):
    assert changed(port, "precision=50", Origin="https://evil.example")[0] == 403
    assert changed(port, "precision=50", Host="evil.example")[0] == 403
    assert ask(port, "/api/launch/what-if")[0] == 405


def test_a_run_of_a_scenario_of_ones_own_offers_no_overlays(launch):
    scenario = launch.scenario.model_copy(update={"name": "own-room"})
    offer = offered(scenario, "own-room")
    assert offer.switches == offer.coordinators == []
    assert "global-initiative" in offer.options


@pytest.mark.browser
@pytest.mark.parametrize("width", (390, 1280))
def test_changes_are_made_by_keyboard_and_stay_in_the_address(width, port, browser, axe):
    complaints = []
    tab = opened(browser, port, "/of/launch/what-if", width, complaints=complaints)
    tab.focus("#slider-trust_weight")
    tab.keyboard.press("End")
    assert tab.text_content("#value-trust_weight") == "0.4"
    tab.select_option("select[name=option]", "global-initiative/1/alternative-2")
    tab.focus("button[type=submit]")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#table-effect tbody tr", timeout=1000 * PATIENCE)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    told = tab.text_content("#said-effect")
    assert "Global Initiative on Data Security: " in told
    again = opened(browser, port, tab.url.split(str(port))[1], width)
    again.wait_for_selector("#table-effect tbody tr", timeout=1000 * PATIENCE)
    assert again.text_content("#said-effect") == told
    assert again.input_value("#slider-trust_weight") == "0.4"
    again.evaluate(axe)
    found = again.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    again.click("button[type=reset]")
    within(lambda: again.wait_for_timeout(50) or "trust_weight" not in again.url)
    tab.context.close()
    again.context.close()
    assert complaints == []
