"""The report as a PDF: printed by a browser of this machine, or one clear message where that cannot be."""

import time

import pytest
from typer.testing import CliRunner

from dashboards.cli import build
from dashboards.printing import NoBrowser, PrintingFailed, find_browser, print_pdf
from dashboards.words import unbroken

A4 = (595, 842)  # points
LARGEST = 15_000_000  # bytes of a PDF that can still be mailed


def plenary(*words, **environment):
    """Run `plenary` with these words in this environment."""
    return CliRunner().invoke(build(), [str(word) for word in words], env=environment)


def program(path, *lines):
    """A program of the system that does what these lines of shell say."""
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return str(path)


@pytest.mark.browser
def test_a_pdf_opens_with_its_cover_and_tells_the_whole_report(launch_run, launch):
    from pypdf import PdfReader

    done = plenary("report", launch_run, "--pdf")
    assert done.exit_code == 0, done.stderr
    path = launch_run / "report.pdf"
    assert str(path) in done.stdout and path.stat().st_size < LARGEST
    pages = PdfReader(path).pages
    assert 3 < len(pages) < 100
    for page in pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    words = [" ".join(page.extract_text().split()) for page in pages]
    assert launch.scenario.question in words[0]
    assert "not a prediction of policy" in words[0] and "Replicates" in words[0]
    assert unbroken("in the middle 80 % of replicates").replace("\N{NO-BREAK SPACE}", " ") in words[0]
    everything = " ".join(words)
    assert f"{len(pages)} / {len(pages)}" in words[-1]
    for told in (
        "Contents",
        "It cannot tell",
        launch.manifest["result_hash"][:20],
        "plenary run launch-2020",
    ):
        assert told in everything
    assert sorted(one.name for one in launch_run.glob("printing-*")) == []


@pytest.mark.parametrize("words", [("report",), ("run", "launch-2020", "--pdf", "--out")])
def test_without_a_browser_nothing_is_begun_and_one_message_says_what_to_install(words, launch_run, tmp_path):
    here = launch_run if words == ("report",) else tmp_path / "run"
    done = plenary(*words, here, *(("--pdf",) if words == ("report",) else ()), PATH=str(tmp_path))
    assert done.exit_code == 2
    assert done.stderr.startswith("No browser that prints was found. Install Chromium, Google Chrome")
    assert not (tmp_path / "run").exists() and "Traceback" not in done.stderr


def test_a_browser_is_found_on_the_path_or_where_windows_keeps_it(tmp_path):
    chrome = program(tmp_path / "google-chrome", "true")
    assert find_browser({"PATH": str(tmp_path)}) == chrome
    with pytest.raises(NoBrowser):
        find_browser({"PATH": str(tmp_path / "nowhere")})


def test_a_browser_that_hangs_is_ended_and_leaves_the_old_file_alone(tmp_path):
    marks = tmp_path / "alive"
    hangs = program(tmp_path / "hangs", f"while true; do date +%N > {marks}; sleep 0.1; done &", "sleep 60")
    old = tmp_path / "report.pdf"
    old.write_bytes(b"old")
    began = time.monotonic()
    with pytest.raises(PrintingFailed) as failed:
        print_pdf(tmp_path / "page.html", old, hangs, patience=1)
    assert time.monotonic() - began < 20
    assert "did not print within 1 seconds" in str(failed.value)
    assert old.read_bytes() == b"old"
    before = marks.read_text()
    time.sleep(0.5)
    assert marks.read_text() == before


def test_a_program_that_prints_nothing_is_named(tmp_path):
    idle = program(tmp_path / "idle", "true")
    with pytest.raises(PrintingFailed) as failed:
        print_pdf(tmp_path / "page.html", tmp_path / "report.pdf", idle)
    assert failed.value.filename == idle and "wrote no PDF" in failed.value.strerror
    assert not (tmp_path / "report.pdf").exists()
