"""What the documentation says of parameters, variables and tests is so, and its examples run."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from agents import strategies
from dashboards.cli import COMMANDS
from scenarios import load
from scenarios.schema import Dynamics
from simulation import guards, rules, run
from simulation.dataset import starting_point
from simulation.model import NegotiationModel
from simulation.objectives import MODES
from simulation.opening import open_room
from tests.generators import lively_room

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
MODEL, RESULTS, INDEX, LIMITS = (
    (DOCS / page).read_text(encoding="utf-8") for page in ("model.md", "results.md", "index.md", "limits.md")
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


def test_the_agenda_in_the_model_page_is_the_order_of_the_phases():
    agenda = re.findall(r"^\| \d+ \| ([\w ]+) \|", MODEL, flags=re.MULTILINE)
    assert agenda == [phase.__name__.replace("_", " ") for phase in NegotiationModel.phases]


def test_every_drafting_mode_and_the_score_of_every_rule_stand_in_the_model_page():
    drafting = MODEL[MODEL.index("### Drafting") : MODEL.index("### Parameters")]
    assert all(f"| {mode} |" in drafting for mode in MODES)
    assert all(f"| `{rule}` |" in drafting for rule in rules.names())


def test_every_guard_stands_in_the_model_page():
    named = re.findall(r'Guard\(\s*"([^"]+)"', Path(guards.__file__).read_text(encoding="utf-8"))
    table = MODEL[MODEL.index("## Guards") :]
    assert len(set(named)) == len(guards.CHECKS)
    assert [name for name in named if f"| {name} |" not in table] == []


def test_the_index_links_every_page_and_names_every_command():
    assert [
        page.name for page in DOCS.glob("*.md") if page.name != "index.md" and f"({page.name})" not in INDEX
    ] == []
    assert [name for name in COMMANDS if f"| `plenary {name}" not in INDEX] == []


def test_every_page_on_an_analysis_is_linked_from_the_overview():
    overview = (DOCS / "analyses.md").read_text(encoding="utf-8")
    assert [
        page.name for page in DOCS.glob("analyses/*.md") if f"(analyses/{page.name})" not in overview
    ] == []


def test_every_link_between_pages_leads_somewhere():
    for page in [*DOCS.rglob("*.md"), *HERE.parent.glob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]*)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert not target or (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_anchor_between_pages_is_a_heading():
    def headings(page: Path) -> set[str]:
        titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}

    for page in DOCS.glob("*.md"):
        for target, anchor in re.findall(r"\]\(([\w./-]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
            assert anchor in headings(DOCS / target if target else page), f"{page.name}: {target}#{anchor}"


def test_the_limits_page_tells_how_large_chance_is_beside_the_spread_of_gains():
    launch = load("launch-2020")
    gain, _, _ = starting_point(open_room(launch))
    spread = dict(zip(launch.texts, gain.std(axis=0), strict=True))
    chance = np.pi / (np.sqrt(3) * launch.dynamics.precision)
    told = " ".join(LIMITS.split())
    assert f"standard deviation is {chance:.3f} gain units" in told
    assert (
        f"by {spread['global-initiative']:.3f} on the Global Initiative, {spread['rights-based']:.3f} on the"
        f" rights-based text, {spread['clean-network']:.3f} on the Clean Network and {spread['un-text']:.3f}"
    ) in told
    assert chance > spread["clean-network"] > spread["un-text"]
    assert (gain[:, list(launch.texts).index("un-text")] > 0).mean() == pytest.approx(0.9, abs=0.01)


def test_the_limits_page_tells_how_much_sponsors_give_away(launch):
    kept = launch.data.ambition.isel(round=-1).median("replicate")
    assert float(kept.sel(text="clean-network")) == pytest.approx(0, abs=0.1)
    assert float(kept.sel(text="rights-based")) == pytest.approx(0.6, abs=0.1)


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
