"""Makes the README's picture from a real run: `uv run python docs/images/make.py` (needs a Chromium)."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from dashboards import figures
from scenarios import load
from simulation import run

WIDTH, HEIGHT = 960, 480
PAGE = """<meta charset="utf-8"><body style="margin: 0; font-family: system-ui, sans-serif; color: #1b1f24">
<h1 style="font-size: 18px; margin: 14px 16px 2px">Who supports the Global Initiative on Data Security?</h1>
<p style="font-size: 13px; color: #5b6470; margin: 0 16px">Plenary, scenario launch-2020: {countries}
delegations, {replicates} replicates. Lines are medians, bands hold the middle 80 %.</p>{chart}"""


def main() -> None:
    """Run launch-2020 and photograph its support curves."""
    results = run(load("launch-2020"), replicates=100, seed=1)
    chart = figures.support(results).to_html(
        full_html=False, include_plotlyjs=True, config={"displayModeBar": False, "responsive": True}
    )
    page = PAGE.format(
        countries=results.data.sizes["country"], replicates=results.data.sizes["replicate"], chart=chart
    )
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2)
        tab.set_content(page)
        tab.wait_for_selector(".main-svg")
        tab.screenshot(path=Path(__file__).with_name("support.png"))
        browser.close()


if __name__ == "__main__":
    main()
