"""The kit as files: a page that needs nothing else, and a PDF of it where a browser is found that prints."""

from __future__ import annotations

from pathlib import Path

from dashboards.classroom.kit.page import written
from dashboards.classroom.kit.sheets import Kit
from dashboards.printing import NoBrowser, print_pdf


def write(made: Kit, folder: Path, paper: str = "a4") -> list[Path]:
    """Write kit.html and, where a browser of the Chromium family is found, kit.pdf to a folder; the files.

    Raises OSError where the folder cannot be written, and PrintingFailed where the browser does not print.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page, pdf = folder / "kit.html", folder / "kit.pdf"
    page.write_text(written(made, paper), encoding="utf-8")
    try:
        return [page, print_pdf(page, pdf)]
    except NoBrowser:
        pdf.unlink(missing_ok=True)  # one of an earlier kit would be of another lesson
        return [page]
