"""Settings for all tests: how long Hypothesis searches, plain output, a small run, a browser."""

import os
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=25, deadline=None)
settings.register_profile(
    "long", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

os.environ["NO_COLOR"] = "1"
os.environ["COLUMNS"] = "110"


@pytest.fixture(scope="session")
def launch_run(tmp_path_factory):
    """The folder of a small run of launch-2020, as `plenary run` writes it."""
    from dashboards.run_folder import write_run
    from scenarios import load
    from simulation import run

    folder = tmp_path_factory.mktemp("runs") / "launch"
    write_run(run(load("launch-2020"), replicates=6, seed=1), folder)
    return folder


@pytest.fixture(scope="session")
def launch(launch_run):
    """The results of that run, opened from its folder."""
    from simulation import open_run

    return open_run(launch_run)


@pytest.fixture(scope="module")
def browser():
    """A Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        opened = tool.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory):
    """The source of axe-core, which finds what keeps people from using a page."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("npm is missing: install Node.js, which brings it; this test fetches axe-core with it")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(
        [
            npm,
            "install",
            "--prefix",
            str(folder),
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "axe-core@4",
        ],
        capture_output=True,
        text=True,
        timeout=180,
    )
    if done.returncode:
        pytest.fail(f"npm could not install axe-core: {done.stderr}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def port(launch_run):
    """The port of an explorer that was started with the small run of launch-2020."""
    import json
    import threading

    import uvicorn

    from dashboards.explorer.app import application
    from dashboards.explorer.server import listening
    from dashboards.explorer.shelf import Shelf
    from tests.pages import PATIENCE, ask, within

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


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The folder in which a module's drafts lie."""
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("data")
        patch.setenv("PLENARY_DATA", str(place))
        yield place
