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

import pytest
import uvicorn

from dashboards.explorer.app import application
from dashboards.explorer.server import listening
from dashboards.explorer.shelf import KEPT, Shelf
from dashboards.summary import summarise
from dashboards.words import unbroken
from scenarios import names
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
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe" not in policy
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
