"""Sweeps: every cell once, whatever stops them, and what moves most is what does."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from dashboards import figures
from scenarios import ScenarioError, load
from simulation.analyses.spans import spans
from simulation.cells import measured
from simulation.factors import patch_of, read_factor, read_factors, split
from simulation.results import MANIFEST, RunError, result_hash
from simulation.sweep import open_sweep, rows, sweep
from simulation.where import Here
from tests.test_cli import document, plenary

ROOT = Path(__file__).parent.parent
NAME = "who-holds-the-pen"
VARIED = ("dynamics.trust_weight=0:0.3:4", "rule=simple-majority,consensus,none")
SWEEPING = """
import sys
from pathlib import Path
from scenarios import load
from simulation.factors import read_factors
from simulation.sweep import sweep
scenario = load({name!r})
sweep(scenario, read_factors({varied!r}, scenario, {name!r}), Path(sys.argv[1]), 4, resume=True)
"""


@pytest.fixture(scope="module")
def scenario():
    return load(NAME)


@pytest.fixture(scope="module")
def factors(scenario):
    return read_factors(VARIED, scenario, NAME)


@pytest.fixture(scope="module")
def whole(scenario, factors, tmp_path_factory):
    """A sweep that nothing interrupted."""
    return sweep(scenario, factors, tmp_path_factory.mktemp("whole") / "sweep", 4)


def lines(folder):
    ledger = folder / "done.jsonl"
    return ledger.read_bytes().splitlines() if ledger.exists() else []


def test_factors_are_read_as_people_write_them():
    assert read_factor("dynamics.peer_weight=0:0.15:4", NAME).levels == (0.0, 0.05, 0.1, 0.15)
    assert read_factor("dynamics.precision=5,30,inf", NAME).levels == (5.0, 30.0, float("inf"))
    assert read_factor("rule.name=consensus,simple-majority", NAME).levels == ("consensus", "simple-majority")
    by_overlay = read_factor("rule=consensus,none", NAME)
    assert by_overlay.patches == ({"rule": {"name": "consensus"}}, {})
    assert read_factor("with=no-peers,none", NAME).patches[1] == {}
    assert read_factor("with=rule=consensus,none", NAME).patches == by_overlay.patches
    assert split('a,["b","c"],{d = 1, e = 2}') == ["a", '["b","c"]', "{d = 1, e = 2}"]


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["dynamics.peer_weigth=0:1:3"], "peer_weight"),
        (["dynamics.peer_weight"], "KEY=low:high:count"),
        (["dynamics.peer_weight=0.1"], "fewer than two"),
        (["dynamics.peer_weight=0:1:1"], "fewer than two"),
        (["dynamics.peer_weight=0.1,0.1"], "comes twice"),
        (["dynamics.peer_weight=0,much"], "much"),
        (["dynamics.peer_weight=0,1", "dynamics.peer_weight=0,2"], "varied twice"),
        (["with=no-peers,no-pears"], "no-peers"),
        (["dynamics.peer_weight=0:1:2000", "dynamics.trust_weight=0:1:2000"], "4,000,000 cells"),
        (["dynamics.peer_weight=0:1:999999999"], "at most"),
    ],
)
def test_what_cannot_be_varied_is_told_before_anything_is_run(scenario, words, mend):
    with pytest.raises(ScenarioError, match=mend):
        read_factors(words, scenario, NAME)


def test_a_sweep_holds_every_combination(scenario, factors, whole):
    flat, _ = measured(scenario, [patch_of(factors, cell) for cell in range(12)], 4)
    assert whole.complete and whole.data["mean"].dims == ("dynamics.trust_weight", "rule", "text", "measure")
    assert whole.data["mean"].values.tobytes() == flat["mean"].values.tobytes()
    one = whole.data.sel({"dynamics.trust_weight": 0.1, "rule": "consensus"})
    assert np.array_equal(one.high.values, flat.high.values[4], equal_nan=True)


def test_workers_and_order_change_nothing(scenario, factors, whole, tmp_path):
    other = sweep(scenario, factors, tmp_path / "other", 4, where=Here(2))
    assert other.data.identical(whole.data) and result_hash(other.data) == result_hash(whole.data)


def test_killed_and_gone_on_with_it_is_the_same_and_repeats_nothing(whole, tmp_path):
    folder = tmp_path / "killed"
    code = SWEEPING.format(name=NAME, varied=VARIED)
    command = [sys.executable, "-c", code, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    doing = subprocess.Popen(command, env=environment)
    until = time.monotonic() + 120
    while len(lines(folder)) < 3 and time.monotonic() < until and doing.poll() is None:
        time.sleep(0.002)
    doing.send_signal(signal.SIGKILL)
    doing.wait(60)
    assert 3 <= open_sweep(folder).done < 12
    with (folder / "done.jsonl").open("ab") as ledger:
        ledger.write(b'{"cell": 11, "mean": [[')
    subprocess.run(command, env=environment, check=True, timeout=120)
    cells = [json.loads(line)["cell"] for line in lines(folder)]
    assert sorted(cells) == list(range(12))
    assert open_sweep(folder).data.identical(whole.data)


def test_ctrl_c_keeps_what_is_done(scenario, factors, whole, tmp_path):
    def stop(done, total):
        if done == 5:
            raise KeyboardInterrupt

    part = sweep(scenario, factors, tmp_path / "part", 4, progress=stop)
    assert part.done == 5 and not part.complete
    assert len(list(rows(part))) == 1 + 5 * sum(np.isfinite(whole.data["mean"].values[0, 0]).ravel())
    assert sweep(scenario, factors, tmp_path / "part", 4, resume=True).data.identical(whole.data)


def test_it_is_not_gone_on_with_under_other_settings(scenario, factors, tmp_path):
    folder = tmp_path / "taken"
    sweep(scenario, factors[:1], folder, 2)
    with pytest.raises(RunError, match="--resume"):
        sweep(scenario, factors[:1], folder, 2)
    with pytest.raises(RunError, match="begun with seed 1, not with 7"):
        sweep(scenario, factors[:1], folder, 2, seed=7, resume=True)
    with pytest.raises(RunError, match="begun with factors"):
        sweep(scenario, factors, folder, 2, resume=True)
    with pytest.raises(RunError, match="no sweep"):
        (folder / MANIFEST).write_text('{"kind": "ensemble"}')
        open_sweep(folder)


def test_a_cell_that_fails_is_told_and_the_others_go_on(scenario, tmp_path):
    factors = read_factors(["dynamics.peer_weight=0,0.1"], scenario, NAME)
    broken = factors[0]._replace(patches=({}, {"dynamics": {"peer_weight": "much"}}))
    found = sweep(scenario, [broken], tmp_path / "broken", 2)
    assert found.complete and list(found.failures) == [1] and "peer_weight" in found.failures[1]
    assert np.isfinite(found.data["mean"].sel(measure="endorsing").values[0]).all()
    assert np.isnan(found.data["mean"].values[1]).all()
    assert spans(found.data, found.data.text.values[0])[0].span == 0


def test_what_moves_most_comes_first_and_shares_add_up(scenario, tmp_path):
    varied = ["dynamics.endorse_threshold=0,0.6", "dynamics.noise_persistence=0.8,0.81"]
    found = sweep(scenario, read_factors(varied, scenario, NAME), tmp_path / "two", 16)
    first, second = spans(found.data, "compact")
    assert first.factor == "dynamics.endorse_threshold" and first.low > 0
    assert (first.lowest, first.highest) == (0.6, 0.0)
    assert 0.9 < first.share + second.share <= 1 + 1e-12
    assert second.low <= second.span <= second.high


@pytest.mark.parametrize(
    ("varied", "kind"),
    [
        (["dynamics.peer_weight=0:0.15:3"], "scatter"),
        (["rule=consensus,none"], "scatter"),
        (["dynamics.peer_weight=0,0.1", "rule=consensus,none"], "heatmap"),
        (["dynamics.peer_weight=0,0.1", "rule=consensus,none", "with=no-peers,none"], "heatmap"),
    ],
)
def test_one_two_and_three_factors_are_drawn(scenario, tmp_path, varied, kind):
    found = sweep(scenario, read_factors(varied, scenario, NAME), tmp_path / "drawn", 2)
    figure = figures.sweep(None, "compact", found.data)
    assert {trace.type for trace in figure.data} == {kind}
    drawn = figure.data[-1]
    last = {factor.name: -1 for factor in found.factors[2:]}
    means = found.data["mean"].sel(text="compact", measure="endorsing").isel(last)
    values = drawn.y if kind == "scatter" else np.transpose(drawn.z)
    np.testing.assert_allclose(np.array(values, float), means.values, atol=1e-4)
    assert "not a prediction" in figure.layout.title.text


def test_the_command_writes_table_store_and_picture(tmp_path):
    import xarray as xr

    words = ["sweep", NAME, *(part for one in VARIED for part in ("--vary", one))]
    told = document(*words, "--replicates", 4, "--out", tmp_path / "out", "--workers", 1)
    assert told["complete"] and told["cells"] == told["done"] == 12 and not told["failed"]
    found = open_sweep(tmp_path / "out")
    assert told["result_hash"] == result_hash(found.data)
    stored = xr.open_zarr(told["files"]["store"]).load()
    assert np.array_equal(stored["mean"].values, found.data["mean"].values, equal_nan=True)
    assert stored["rule"].values.tolist() == ["simple-majority", "consensus", "none"]
    with open(told["files"]["table"], encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert {row["measure"] for row in table} >= {"endorsing", "adopted"}
    one = next(row for row in table if row["rule"] == "consensus" and row["measure"] == "yes")
    expected = found.data["mean"].sel({"dynamics.trust_weight": 0.0, "rule": "consensus"})
    assert float(one["mean"]) == float(expected.sel(text="compact", measure="yes"))
    assert "not a prediction" in Path(told["files"]["picture"]).read_text(encoding="utf-8")
    again = plenary(*words, "--replicates", 4, "--out", tmp_path / "out", "--workers", 1, "--resume")
    assert again.exit_code == 0 and "moves" in again.stdout


def test_the_command_refuses_what_is_not_asked_for_rightly(tmp_path):
    assert plenary("sweep", NAME).exit_code == 2
    assert plenary("sweep", NAME, "--vary", VARIED[0], "--resume").exit_code == 2
    wrong = plenary("sweep", NAME, "--vary", VARIED[0], "--measure", "applause", "--out", tmp_path / "x")
    assert wrong.exit_code == 2 and "endorsing" in wrong.stderr
    assert not (tmp_path / "x").exists()


def test_the_ensemble_command_tells_and_replays(tmp_path):
    out = tmp_path / "ensemble"
    told = document("ensemble", NAME, "--replicates", 100, "--out", out, "--workers", 1)
    low, share, high = told["texts"]["compact"]["adopted"]
    assert told["replicates"] == 100 and low <= share <= high
    assert Path(told["files"]["picture"]).exists() and (out / "tables" / "support.csv").exists()
    replayed = document("replay", out)
    assert replayed["identical"] and replayed["recorded"] == told["result_hash"]
    shown = plenary("ensemble", NAME, "--replicates", 100, "--out", out, "--resume")
    assert "not a prediction" in shown.stdout and "compact" in shown.stdout


@pytest.mark.long
def test_ten_thousand_cells_stream_with_flat_memory(tmp_path):
    code = """
import resource, sys
from pathlib import Path
from scenarios import load
from simulation.factors import read_factors
from simulation.sweep import sweep
scenario = load("who-holds-the-pen")
varied = [f"dynamics.peer_weight=0:0.15:{sys.argv[2]}", "dynamics.trust_weight=0:0.3:100"]
found = sweep(scenario, read_factors(varied, scenario, None), Path(sys.argv[1]), 1)
print(found.done, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

    def peak(levels):
        command = [sys.executable, "-c", code, str(tmp_path / str(levels)), str(levels)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done, mebibytes = subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        ).stdout.split()
        assert int(done) == levels * 100
        return float(mebibytes)

    assert peak(100) < peak(10) + 40
