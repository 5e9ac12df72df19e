"""The report as a PDF, printed from its version for paper."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from dashboards.known import Known
from dashboards.printing import find_browser, print_pdf
from dashboards.report import write_report


def write_pdf(results: Any, path: Path, found: Known | None = None, full: bool = False) -> Path:
    """Print the report of a run to `path` and return it. Raises NoBrowser and PrintingFailed."""
    browser = find_browser()
    # Beside the file, as browsers in a box of their own see only folders that the user sees.
    with tempfile.TemporaryDirectory(prefix="printing-", dir=path.parent) as folder:
        page = write_report(results, Path(folder) / "report.html", found, full, paper=True)
        return print_pdf(page, path, browser)
