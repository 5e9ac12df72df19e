"""The gallery has every figure, and what it says of notebooks and maps is so."""

import re
from pathlib import Path

import pytest

from dashboards import figures
from tests.pages import PATIENCE

DOCS = Path(__file__).resolve().parents[1] / "docs"
GALLERY = (DOCS / "gallery.md").read_text(encoding="utf-8")
ENTRY = re.compile(
    r"^## ([\w-]+)\n+```python\n(.*?)\n```\n+!\[.*?\]\((.*?)\)\n+(.*?)(?=\n## |\Z)", re.M | re.S
)
HEAVIEST = 1_500_000  # bytes of all pictures together


def test_the_gallery_names_every_figure_with_its_call_its_picture_and_how_to_read_it():
    shown = {
        name: (call, picture, " ".join(how.split())) for name, call, picture, how in ENTRY.findall(GALLERY)
    }
    assert shown == {
        name: (
            f"figures.{function.__name__}(results)",
            f"images/gallery/{name}.png",
            figures.how_to_read(name),
        )
        for name, function in figures.FIGURES.items()
    }


def test_the_pictures_of_the_gallery_are_those_of_the_figures_and_light():
    pictures = list((DOCS / "images" / "gallery").iterdir())
    assert {picture.name for picture in pictures} == {f"{name}.png" for name in figures.FIGURES}
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
    assert sum(picture.stat().st_size for picture in pictures) < HEAVIEST


def test_a_page_holds_the_shapes_of_the_world_only_where_there_is_a_map(launch, tmp_path):
    with_map, without = figures.page(figures.world(launch)), figures.page(figures.support(launch))
    assert "PlotlyGeoAssets = {topojson" in with_map.html
    assert "PlotlyGeoAssets = {topojson" not in without.html
    assert with_map.write(tmp_path / "world.html").read_text(encoding="utf-8") == with_map.html
    assert len(repr(with_map)) < 100
    assert all("not a prediction" in one.html for one in (with_map, without))


@pytest.mark.browser
def test_a_map_is_drawn_in_a_notebooks_cell_and_from_a_file_without_a_network(launch, tmp_path, browser):
    page = figures.page(figures.world(launch))
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!doctype html><meta charset='utf-8'>{page._repr_html_()}", encoding="utf-8")
    tab = browser.new_context(offline=True).new_page()
    for path, part in ((cell, tab.frame_locator("iframe")), (page.write(tmp_path / "world.html"), tab)):
        asked = []
        tab.on("request", lambda one, asked=asked: asked.append(one.url))
        tab.goto(path.as_uri())
        shapes = part.locator(".choroplethlayer path")
        shapes.first.wait_for(state="attached", timeout=1000 * PATIENCE)
        assert shapes.count() > 60
        assert [url for url in asked if url.startswith("http")] == []
    tab.context.close()
