"""The explorer: a real server on a real socket."""

import asyncio
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

import pytest
from starlette.routing import Route

from dashboards.explorer.app import application
from dashboards.explorer.server import listening
from dashboards.explorer.shelf import KEPT, Shelf
from dashboards.explorer.shown import Shown
from dashboards.explorer.state import state_of
from dashboards.pictures import course
from dashboards.pictures.map import world_map
from dashboards.sections import by_place, costly
from dashboards.summary import summarise
from dashboards.words import unbroken
from scenarios import names
from simulation.results import RunError
from tests.pages import PATIENCE, ask, within


def test_the_list_names_what_was_given_first_then_the_launch_and_every_scenario(port):
    status, _, page = ask(port, "/")
    assert status == 200
    listed = re.findall(r'href="/of/([^"]+)"', page)
    assert listed[:2] == ["launch", "launch-2020"]
    assert sorted(listed[1:]) == sorted(names())
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


def opened(port, key):
    """The page of a view, once it is worked out."""
    ask(port, f"/of/launch/{key}")
    within(lambda: fetched(port, f"/api/launch/working/{key}")["state"] == "ready")
    status, _, page = ask(port, f"/of/launch/{key}")
    assert status == 200 and "A model, not a prediction" in page and "data-working" not in page
    return page


def test_every_view_opens_and_each_of_its_charts_has_a_finding_and_numbers(port):
    keys = re.findall(r'data-view="([\w-]+)"', ask(port, "/of/launch")[2])
    assert set(by_place()) <= set(keys) and len(keys) == len(set(keys))
    later = set(costly()) - {"bracket-prices"}  # these are opened in the browser, all of them
    for key in (key for key in keys if key not in later):
        page = opened(port, key)
        names = set(re.findall(r'data-chart="([\w-]+)"(?! data-follows="" data-own)', page)) - {"map"}
        assert page.count('<p class="how">') > len(names)
        for name in names:
            found = fetched(port, f"/api/launch/picture/{name}")
            assert found["finding"].endswith(".") and found["figure"]["data"], name
            assert found["table"]["rows"], name


def test_what_negotiates_again_is_worked_out_once_and_in_the_background(launch):
    shown, made, gate = Shown(launch, "launch-2020"), [], threading.Event()

    def make():
        gate.wait(PATIENCE)
        made.append(1)

    assert [shown.working("slow", make) for _ in range(3)] == ["running"] * 3
    gate.set()
    within(lambda: shown.working("slow", make) == "ready")
    assert made == [1]


def test_pictures_of_sections_are_there_after_results_were_read_again(launch):
    found = Shown(launch, "launch-2020").picture("growth", state_of({}, launch), None)
    assert found["figure"]["data"]


def test_a_mistake_of_its_own_is_answered_as_strictly_as_anything_else(launch_run):
    async def wrong(request):
        raise RuntimeError("of ours")

    app, told = application(Shelf([str(launch_run)])), []
    app.router.routes.insert(0, Route("/wrong", wrong))
    scope = {"type": "http", "method": "GET", "path": "/wrong", "query_string": b"", "root_path": ""}
    scope["headers"] = [(b"host", b"127.0.0.1")]

    async def send(message):
        told.append(message)

    with pytest.raises(RuntimeError, match="of ours"):
        asyncio.run(app(scope, None, send))
    headers = dict(told[0]["headers"])
    assert told[0]["status"] == 500 and b"Plenary made a mistake here" in told[1]["body"]
    assert b"default-src 'none'" in headers[b"content-security-policy"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/of/launch?text=clean-net", "There is no text 'clean-net'; did you mean 'clean-network'?"),
        ("/of/launch?country=ZZZ", "There is no delegation 'ZZZ'"),
        ("/of/launch?round=-1", "There is no round '-1'"),
        ("/of/launch?coalition=Q", "There is no coalition 'Q'"),
        ("/of/launch/gain", "There is no view 'gain'; did you mean 'gains'?"),
        ("/api/launch/picture/suport", "There is no picture 'suport'; did you mean 'support'?"),
    ],
)
def test_a_state_that_the_run_does_not_have_is_one_message(port, path, words):
    status, _, page = ask(port, path)
    assert status == 404
    assert words in unescape(page)
