"""Every view of the explorer in a real browser, with the network off, at three widths; how fast it answers.

Pictures of all views are written to the folder that PLENARY_SCREENSHOTS names, for the eye.
"""

import json
import os
import statistics
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from dashboards.explorer.app import application
from dashboards.explorer.server import listening
from dashboards.explorer.shelf import Shelf
from dashboards.explorer.shown import Shown
from dashboards.explorer.views import entries
from tests.pages import PATIENCE, ask, within
from tests.test_explorer_in_browser import opened

WIDTHS = (390, 1280, 1920)
FIRST, STEP = 1.5, 0.1  # seconds that a first picture and a step of the slider may take
SLACK = 3  # how many times as long on a machine that does other things as well


def worked_out(port, key):
    """Wait for a view that negotiates again."""
    ask(port, f"/of/launch/{key}")
    within(lambda: json.loads(ask(port, f"/api/launch/working/{key}")[2])["state"] == "ready")


@pytest.mark.browser
def test_every_view_is_drawn_at_every_width_without_a_complaint(port, browser, launch, tmp_path):
    folder = Path(os.environ.get("PLENARY_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    complaints, wide, empty = [], [], []
    for key in entries(Shown(launch, "launch-2020")):
        worked_out(port, key)
        tab = opened(browser, port, f"/of/launch/{key}", WIDTHS[-1], complaints=complaints)
        for width in reversed(WIDTHS):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.wait_for_timeout(150)
            if tab.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((key, width))
            tab.screenshot(path=folder / f"{key}-{width}.png", full_page=True)
        shown = tab.locator("[data-chart]:not([hidden])")
        for one in range(shown.count()):
            card = shown.nth(one)
            if not card.locator(".said").text_content().strip() and card.get_attribute("data-own") is None:
                empty.append((key, card.get_attribute("data-chart")))
        tab.context.close()
    assert (complaints, wide, empty) == ([], [], [])
    assert len(list(folder.iterdir())) >= len(WIDTHS) * len(entries(Shown(launch, "launch-2020")))


@pytest.mark.browser
def test_with_the_whole_world_pictures_and_steps_come_at_once(browser):
    shelf = Shelf(["launch-2020-world"])
    listener = listening()
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application(shelf), log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        within(lambda: server.started)
        ask(port, "/of/launch-2020-world")
        within(lambda: shelf.items["launch-2020-world"].state == "ready")
        time.sleep(2)  # the pictures that the first page shows are drawn ahead
        first, steps, states = measured(browser, port)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
    middle = statistics.median(steps)
    print(f"\nfirst picture {first:.2f} s, a step of the slider {middle:.3f} s (median of {len(steps)})")
    assert states == 193
    assert first < SLACK * FIRST
    assert middle < SLACK * STEP


def measured(browser, port):
    """Seconds to the first picture, seconds of each step of the slider, and how many states the map shows."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.add_init_script(
        """new MutationObserver((_, watch) => {
          if ([...document.querySelectorAll('.said')].some((one) => one.textContent)) {
            window.first = performance.now();
            watch.disconnect();
          }
        }).observe(document, { childList: true, subtree: true });"""
    )
    tab.goto(f"http://127.0.0.1:{port}/of/launch-2020-world")
    tab.wait_for_selector("body[data-ready]", timeout=1000 * PATIENCE)
    first = tab.evaluate("window.first") / 1000
    steps = tab.evaluate(
        """async () => {
          const slider = document.getElementById('round'), found = [];
          for (let round = 0; round <= Number(slider.max); round += 1) {
            const start = performance.now();
            slider.value = round;
            slider.dispatchEvent(new Event('input'));
            await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
            found.push((performance.now() - start) / 1000);
            await new Promise((on) => setTimeout(on, 60));
          }
          return found;
        }"""
    )
    tab.wait_for_timeout(600)
    states = tab.evaluate(
        """new Set(document.getElementById('chart-map').data
             .filter((trace) => trace.meta.part === 'shapes' || trace.meta.part === 'dots')
             .flatMap((trace) => trace.meta.rows)).size"""
    )
    context.close()
    return first, steps, states
