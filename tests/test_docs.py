"""What the documentation says of parameters, variables and tests is so, and its examples run."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from agents import strategies
from scenarios.schema import Dynamics
from simulation import rules, run
from tests.generators import lively_room

HERE = Path(__file__).resolve().parent
MODEL, RESULTS = (
    (HERE.parent / "docs" / page).read_text(encoding="utf-8") for page in ("model.md", "results.md")
)


def rows(page: str) -> dict[str, list[str]]:
    """The other cells of every table row whose first cell is one name in code type."""
    found = {}
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| `") and (name := re.fullmatch(r"`([\w-]+)`", cells[0])):
            found[name[1]] = cells[1:]
    return found


def test_every_parameter_stands_in_the_model_page_with_its_default():
    documented = rows(MODEL)
    for name, value in Dynamics().model_dump().items():
        default = str(value).lower() if isinstance(value, bool | str) else f"{value:g}"
        assert documented[name][2] == default, name


def test_every_strategy_and_decision_rule_stands_in_the_model_page():
    assert {*strategies.names(), *rules.names()} <= rows(MODEL).keys()


def test_every_test_that_the_model_page_names_exists():
    written = "\n".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", MODEL)
    assert len(named) > 10
    assert [name for name in named if f"def {name}(" not in written] == []


def test_every_variable_stands_in_the_results_page_with_its_dims_and_dtype():
    documented = rows(RESULTS)
    for name, variable in run(lively_room(1), replicates=2, seed=1).data.variables.items():
        dims, dtype = documented[str(name)][:2]
        kind = "text" if variable.dtype.kind in "OUT" else str(np.dtype(variable.dtype))
        assert (dims, dtype) == (", ".join(map(str, variable.dims)), kind), name


def test_the_examples_of_the_results_page_run_as_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in re.findall(r"^```python\n(.*?)^```", RESULTS, flags=re.DOTALL | re.MULTILINE):
        exec(compile(example, "docs/results.md", "exec"), names)
    assert (tmp_path / "support.html").stat().st_size > 0
    assert names["explained"]
    for explanation in names["explained"]:
        assert explanation.total == pytest.approx(explanation.margin, abs=1e-6)
    assert "global-initiative" in capsys.readouterr().out
