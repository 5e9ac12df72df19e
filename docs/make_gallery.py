"""Draws every figure once and writes them into docs/gallery.md: `uv run python docs/make_gallery.py`.

Needs a Chromium; with Pillow installed the pictures are written with a palette and are a third of the size.
With names of figures behind it only these are drawn anew.
"""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from dashboards import figures
from scenarios import load
from simulation import run

PAGE = Path(__file__).with_name("gallery.md")
PICTURES = PAGE.parent / "images" / "gallery"
SCENARIO, REPLICATES, SEED = "launch-2020", 24, 1
WIDTH, SCALE, COLOURS = 760, 1.5, 256
BEGIN = "<!-- what follows is written by docs/make_gallery.py -->\n"


def main(names: list[str]) -> None:
    """Draw the figures of these names, by default all, and write the page."""
    results = run(load(SCENARIO), REPLICATES, SEED)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name in names or figures.FIGURES:
            tab = browser.new_page(viewport={"width": WIDTH, "height": 900}, device_scale_factor=SCALE)
            (PICTURES / f"{name}.png").write_bytes(photograph(tab, figures.FIGURES[name](results)))
            tab.close()
        browser.close()
    head = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
    PAGE.write_text(f"{head}{BEGIN}\n{listed()}", encoding="utf-8")


def photograph(tab: Any, figure: Any) -> bytes:
    """A figure as a PNG."""
    tab.set_content(figures.page(figure).html)
    is_map = any(trace.type == "choropleth" for trace in figure.data)
    tab.wait_for_selector(".choroplethlayer path" if is_map else ".main-svg", state="attached")
    tab.wait_for_timeout(500)
    return small(tab.locator(".js-plotly-plot").screenshot())


def small(picture: bytes) -> bytes:
    """The same picture with a palette, if Pillow is there."""
    try:
        from PIL import Image
    except ImportError:
        return picture
    kept = io.BytesIO()
    colours = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    colours.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def listed() -> str:
    """A heading, the call, the picture and how to read it for every figure."""
    parts = []
    for name, function in figures.FIGURES.items():
        how = figures.how_to_read(name)
        parts.append(
            f"## {name}\n\n```python\nfigures.{function.__name__}(results)\n```\n\n"
            f"![The figure {name}, drawn from {SCENARIO}](images/gallery/{name}.png)\n\n"
            f"{textwrap.fill(how, 120, break_long_words=False, break_on_hyphens=False)}\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    main(sys.argv[1:])
