"""Writes the tables of docs/mechanisms.md from real runs: `uv run python docs/make_mechanisms.py`."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path

from dashboards.mechanism_tables import markdown
from scenarios import load
from simulation.analyses.mechanisms import what_they_add
from simulation.analyses.wording import day

PAGE = Path(__file__).with_name("mechanisms.md")
BEGIN, END = "<!-- what follows is written by docs/make_mechanisms.py -->\n", "<!-- end -->"
SCENARIO, TEXT, REPLICATES, SEED = "launch-2020", "global-initiative", 200, 1


def main() -> None:
    """Replace what stands between the two marks of the page."""
    found = what_they_add(load(SCENARIO), REPLICATES, SEED)
    today = day(dt.date.today().isoformat())
    head = f"`{SCENARIO}`, text `{TEXT}`, {REPLICATES} replicates, seed {SEED}, computed on {today}. "
    told, tables = markdown(found, TEXT).split("\n\n", 1)
    told = textwrap.fill(head + told, 120)
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{told}\n\n{tables}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
