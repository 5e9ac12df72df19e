"""The house: import arrows, the wheel, and how quickly `plenary --help` answers."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("numpy", "scipy", "pandas", "xarray", "h5netcdf", "mesa", "networkx", "plotly", "pydantic", "jinja2")
HELP = """
import sys
from dashboards.cli import main
sys.argv = ["plenary", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code
print("LOADED", *sys.modules)
"""


def python(code, cwd=ROOT, **environment):
    """Run code in a fresh interpreter and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_imports_only_go_along_the_arrows():
    assert "1 kept, 0 broken" in python(
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    )


def test_help_loads_nothing_heavy():
    loaded = python(HELP).split("LOADED ")[1].split()
    assert sorted({name.split(".")[0] for name in loaded} & set(HEAVY)) == []


def test_help_answers_within_half_a_second_of_work():
    def seconds():
        before = os.times()
        python(HELP)
        after = os.times()
        return sum(after[2:4]) - sum(before[2:4])

    assert min(seconds() for _ in range(3)) < 0.5


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory):
    """The wheel built from this checkout, unpacked where nothing else lies."""
    folder = tmp_path_factory.mktemp("wheel")
    python(
        "from hatchling.build import build_wheel; import sys; build_wheel(sys.argv[-1])".replace(
            "sys.argv[-1]", repr(str(folder))
        )
    )
    (wheel,) = folder.glob("plenary-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_code_and_data_of_the_four_packages(unpacked_wheel):
    assert {path.name for path in unpacked_wheel.iterdir() if path.suffix != ".dist-info"} == {
        "agents",
        "dashboards",
        "scenarios",
        "simulation",
    }
    assert (unpacked_wheel / "scenarios/library/launch-2020/texts/global-initiative.toml").is_file()
    assert (unpacked_wheel / "scenarios/json_schema/scenario.json").is_file()
    assert (unpacked_wheel / "dashboards/templates/report.html.j2").is_file()
    assert (unpacked_wheel / "simulation/validation/cases/power.json").is_file()


def test_the_wheel_lists_its_scenarios(unpacked_wheel, tmp_path):
    code = "import sys; from dashboards.cli import main; sys.argv = ['plenary', 'list']; main()"
    assert "launch-2020" in python(code, cwd=tmp_path, PYTHONPATH=str(unpacked_wheel))


def test_a_stranger_under_one_of_our_names_is_pointed_out(unpacked_wheel, tmp_path):
    stranger = tmp_path / "agents"
    stranger.mkdir()
    (stranger / "__init__.py").write_text("")
    code = "import sys; sys.path.insert(0, '.'); from dashboards.house import complaint; print(complaint())"
    told = python(code, cwd=tmp_path, PYTHONPATH=str(unpacked_wheel))
    assert "The name `agents` leads to" in told
    assert "environment of its own" in told
