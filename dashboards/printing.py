"""Printing a page to PDF with a browser of this machine, without a window and without the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
ON_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
WINDOWS_HOMES = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # whatever it asks for, there is no network
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--run-all-compositor-stages-before-draw",
    "--virtual-time-budget=60000",  # milliseconds of the page's own clock, for its script to draw
)
PATIENCE = 180.0  # seconds
MISSING = (
    "No browser that prints was found. Install Chromium, Google Chrome or Microsoft Edge, or open "
    "report.html in any browser and print it from there."
)


class NoBrowser(ValueError):
    """There is no browser on this machine that prints; the message names what to install."""


class PrintingFailed(OSError):
    """The browser did not print; the message says why."""


def find_browser(environment: Mapping[str, str] = os.environ) -> str:
    """The path of a browser of the Chromium family on this machine. Raises NoBrowser if there is none."""
    for name in NAMES:
        if found := shutil.which(name, path=environment.get("PATH", "")):
            return found
    homes = [Path(environment[home]) for home in WINDOWS_HOMES if environment.get(home)]
    places = [*map(Path, PLACES), *(home / place for home in homes for place in ON_WINDOWS)]
    for place in places:
        if place.is_file():
            return str(place)
    raise NoBrowser(MISSING)


def print_pdf(page: Path, pdf: Path, browser: str | None = None, patience: float = PATIENCE) -> Path:
    """Print the page at `page` to the file `pdf` and return it; `browser` by default what this machine has.

    Raises NoBrowser, and PrintingFailed where nothing is printed within `patience` seconds. A file that was
    there before stays as it is then.
    """
    program, pdf = browser or find_browser(), pdf.resolve()
    with tempfile.TemporaryDirectory(
        prefix="printing-", dir=pdf.parent, ignore_cleanup_errors=True
    ) as folder:
        made = Path(folder) / "printed.pdf"
        words = [program, *FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            words.append("--no-sandbox")  # the administrator of a machine has no sandbox in Chromium
        _run([*words, page.resolve().as_uri()], program, patience)
        if not made.is_file() or not made.read_bytes().startswith(b"%PDF-"):
            raise PrintingFailed(0, "it wrote no PDF; is it a browser of the Chromium family?", program)
        shutil.copyfile(made, pdf)
    return pdf


def _run(words: list[str], program: str, patience: float) -> None:
    """Run the browser until it ends; whatever it started ends with it."""
    try:
        with subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as running:  # fmt: skip
            try:
                running.wait(patience)
            except BaseException:
                _end(running)
                raise
    except subprocess.TimeoutExpired:
        raise PrintingFailed(0, f"it did not print within {patience:.0f} seconds", program) from None


def _end(running: subprocess.Popen) -> None:
    """End a browser and its helpers, which are a session of their own where there are such."""
    if hasattr(os, "killpg"):
        import signal

        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
