"""Ensembles: the bits of a run, whatever the blocks, and nothing lost when they are stopped or killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from scenarios import load
from simulation import open_run, run
from simulation.results import MANIFEST, RunError, result_hash
from simulation.store import DATA
from simulation.streaming import open_ensemble, open_tallies, replay_ensemble, stream
from simulation.tallies import COUNTS, quantiles
from simulation.where import Here

ROOT = Path(__file__).parent.parent
NAME, REPLICATES, SIZE = "who-holds-the-pen", 300, 64
STREAMING = """
import sys
from pathlib import Path
from scenarios import load
from simulation.streaming import stream
if __name__ == "__main__":
    {before}
    stream(load({name!r}), Path(sys.argv[1]), {replicates}, 1, resume=True, size={size})
"""
LEDGER = "done.jsonl"


@pytest.fixture(scope="module")
def scenario():
    return load(NAME)


@pytest.fixture(scope="module")
def whole(scenario, tmp_path_factory):
    """An ensemble that nothing interrupted."""
    folder = tmp_path_factory.mktemp("whole") / "ensemble"
    assert stream(scenario, folder, REPLICATES, size=SIZE)
    return folder


def in_a_process(folder, before="pass", output=subprocess.DEVNULL):
    """The same ensemble in a process of its own, to be gone on with if it is begun."""
    code = STREAMING.format(before=before, name=NAME, replicates=REPLICATES, size=SIZE)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        env=environment,
        stdout=output,
        stderr=output,
        text=True,
    )


def lines(folder):
    """How many blocks the ledger has."""
    ledger = folder / LEDGER
    return len(ledger.read_bytes().splitlines()) if ledger.exists() else 0


def test_an_ensemble_has_the_bits_of_a_run(scenario, whole):
    data, other = open_ensemble(whole).data, run(scenario, REPLICATES, 1).data
    assert np.array_equal(data.final_stance, other.stance[:, -1])
    assert np.array_equal(data.final_wording, other.wording[:, -1])
    assert np.array_equal(data.final_ambition, other.ambition[:, -1], equal_nan=True)
    shared = data.data_vars.keys() & other.data_vars.keys()
    assert {"endorsing", "first_endorsed", "vote", "adopted_round", "coalition", "modularity"} <= shared
    for name in shared:
        assert data[name].dtype == other[name].dtype and data[name].dims == other[name].dims, name
        assert data[name].values.tobytes() == other[name].values.tobytes(), name


def test_all_courses_are_kept_where_they_are_asked_for(scenario, tmp_path):
    stream(scenario, tmp_path / "all", 70, keep="all", size=SIZE)
    data, other = open_ensemble(tmp_path / "all").data, run(scenario, 70, 1).data
    for name in ("stance", "lean", "place", "wording", "ambition", "offered"):
        assert data[name].values.tobytes() == other[name].values.tobytes(), name


@pytest.mark.parametrize("how", ["other blocks", "processes"])
def test_the_hash_does_not_depend_on_blocks_or_workers(scenario, whole, tmp_path, how):
    where, size = (Here(2), SIZE) if how == "processes" else (Here(), 96)
    stream(scenario, tmp_path / "other", REPLICATES, size=size, where=where)
    other, first = open_ensemble(tmp_path / "other"), open_ensemble(whole)
    assert other.hash == first.hash == result_hash(other.data.load())


def test_another_seed_has_another_hash(scenario, whole, tmp_path):
    stream(scenario, tmp_path / "other", REPLICATES, seed=2, size=SIZE)
    assert open_ensemble(tmp_path / "other").hash != open_ensemble(whole).hash


def test_killed_and_gone_on_with_it_has_the_same_hash_and_repeats_nothing(whole, tmp_path):
    folder = tmp_path / "killed"
    doing = in_a_process(folder)
    until = time.monotonic() + 120
    while lines(folder) < 2 and time.monotonic() < until and doing.poll() is None:
        time.sleep(0.002)
    doing.send_signal(signal.SIGKILL)
    doing.wait(60)
    kept = (folder / LEDGER).read_bytes()
    assert 2 <= kept.count(b"\n") < 5, "killed on the way"
    with pytest.raises(RunError, match="resume"):
        open_ensemble(folder)
    assert in_a_process(folder).wait(120) == 0
    assert (folder / LEDGER).read_bytes().startswith(kept[: kept.rfind(b"\n") + 1])
    assert lines(folder) == 5
    assert open_ensemble(folder).hash == open_ensemble(whole).hash


def told_of(told):
    """A progress that is written down."""
    return lambda *now: told.append(now)


def unfinished(scenario, folder, blocks):
    """An ensemble that was interrupted after some blocks."""

    def stop(done, total):
        if done >= blocks * SIZE:
            raise KeyboardInterrupt

    assert not stream(scenario, folder, REPLICATES, size=SIZE, progress=stop)
    assert lines(folder) == blocks


@pytest.mark.parametrize("harm", ["half a line", "a damaged chunk", "a missing chunk", "no store"])
def test_what_is_half_written_or_damaged_is_done_again(scenario, whole, tmp_path, harm):
    folder = tmp_path / "harmed"
    unfinished(scenario, folder, 3)
    chunk = folder / DATA / "vote" / "1.0.0"
    if harm == "half a line":
        written = (folder / LEDGER).read_bytes()
        (folder / LEDGER).write_bytes(written[:-40])
    elif harm == "a damaged chunk":
        chunk.write_bytes(chunk.read_bytes()[:-7])
    elif harm == "a missing chunk":
        chunk.unlink()
    else:
        (folder / DATA).rename(tmp_path / "elsewhere")
    told: list = []
    assert stream(
        scenario, folder, REPLICATES, size=SIZE, resume=True, progress=lambda *now: told.append(now)
    )
    assert told[0] == ((0 if harm == "no store" else 2 * SIZE), REPLICATES)
    assert open_ensemble(folder).hash == open_ensemble(whole).hash


def test_a_finished_ensemble_is_not_worked_out_again(scenario, whole):
    before = (whole / MANIFEST).stat().st_mtime_ns, lines(whole)
    assert stream(scenario, whole, REPLICATES, size=SIZE, resume=True)
    assert before == ((whole / MANIFEST).stat().st_mtime_ns, lines(whole))


def test_a_folder_is_not_gone_on_with_unless_asked_and_with_the_same_settings(scenario, whole, tmp_path):
    with pytest.raises(RunError, match="--resume"):
        stream(scenario, whole, REPLICATES, size=SIZE)
    with pytest.raises(RunError, match="seed 1, not with 2"):
        stream(scenario, whole, REPLICATES, seed=2, size=SIZE, resume=True)
    with pytest.raises(RunError, match="replicates 300, not with 301"):
        stream(scenario, whole, REPLICATES + 1, size=SIZE, resume=True)
    with pytest.raises(RunError, match="scenario"):
        stream(load("asean-caucus"), whole, REPLICATES, size=SIZE, resume=True)
    (tmp_path / "holiday.txt").write_text("not ours")
    with pytest.raises(RunError, match="other files"):
        stream(scenario, tmp_path, REPLICATES)


def test_it_is_not_gone_on_with_under_other_releases(scenario, tmp_path):
    folder = tmp_path / "older"
    unfinished(scenario, folder, 1)
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["versions"]["numpy"] = "1.0"
    (folder / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(RunError, match=r"numpy 1\.0 instead of"):
        stream(scenario, folder, REPLICATES, size=SIZE, resume=True)


def test_two_processes_do_not_write_the_same_folder(scenario, tmp_path):
    from simulation import ledger

    unfinished(scenario, tmp_path / "one", 1)
    with ledger.opened(tmp_path / "one"), pytest.raises(RunError, match="another process"):
        stream(scenario, tmp_path / "one", REPLICATES, size=SIZE, resume=True)


def test_a_full_disk_is_told_and_loses_nothing(scenario, whole, tmp_path):
    folder = tmp_path / "full"
    unfinished(scenario, folder, 1)
    kept = (folder / LEDGER).read_bytes()
    # No file may grow further than the ledger does: its next line no longer fits.
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))"
    pad_ledger(folder, ROOM - 40)
    doing = in_a_process(folder, limit, subprocess.PIPE)
    said = "".join(doing.communicate(timeout=120))
    assert doing.returncode != 0 and "what was saved is kept" in said
    assert (folder / LEDGER).read_bytes().startswith(kept)
    assert in_a_process(folder).wait(120) == 0
    assert open_ensemble(folder).hash == open_ensemble(whole).hash


ROOM = 60_000  # bytes; more than any chunk of this ensemble has


def pad_ledger(folder, size):
    """Let the ledger grow to a size by lines of blocks that are not in the store."""
    line = {"start": 0, "stop": SIZE, "variables": ["vote"], "sha256": ""}
    with (folder / LEDGER).open("ab") as file:
        while (left := size - file.tell()) > 200:
            file.write(json.dumps(line | {"sha256": "0" * min(left - 150, 1000)}).encode() + b"\n")
            file.flush()


def test_counts_over_all_replicates_are_exact(whole):
    data, counts = open_ensemble(whole).data.load(), open_tallies(whole)
    for name in COUNTS:
        found = quantiles(counts[f"{name}_times"].values, (0.1, 0.25, 0.5, 0.9))
        np.testing.assert_allclose(found, np.quantile(data[name].values, (0.1, 0.25, 0.5, 0.9), axis=0))
        assert (counts[f"{name}_times"].sum("delegations") == REPLICATES).all()
    for place, stance in enumerate((1, 0, -1)):
        assert np.array_equal(
            counts.final_stance_times[place], (data.final_stance == stance).sum("replicate")
        )
    together = run(load(NAME), REPLICATES, 1).data.together
    assert np.array_equal(counts.together, together)


def test_an_ensemble_is_replayed(whole):
    assert replay_ensemble(whole) == open_ensemble(whole).hash


def test_an_ensemble_is_no_run_and_a_run_no_ensemble(whole, launch_run):
    with pytest.raises(RunError, match="ensemble"):
        open_run(whole)
    with pytest.raises(RunError, match="no ensemble"):
        open_ensemble(launch_run)


def test_nothing_is_read_before_it_is_asked_for(whole):
    data = open_ensemble(whole).data
    assert not data.variables["vote"]._in_memory
    assert data.vote.isel(replicate=slice(3, 5)).shape[0] == 2


MEMORY = """
import resource, sys
from pathlib import Path
from scenarios import load
from simulation.streaming import stream
stream(load("launch-2020"), Path(sys.argv[1]), int(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@pytest.mark.long
def test_memory_does_not_grow_with_replicates(tmp_path):
    def peak(replicates):
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(tmp_path / str(replicates)), str(replicates)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        return float(done.stdout)

    few, many = peak(2_000), peak(8_000)
    assert many < few + 40, "MiB"
    assert many < 1536


def test_the_example_of_the_page_on_sweeps_runs_as_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    exec(compile(example, "docs/sweeps.md", "exec"), {})
    assert open_ensemble(Path("many")).hash in capsys.readouterr().out


def test_the_page_on_sweeps_names_every_variable_that_is_kept(whole):
    page = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    assert [name for name in open_ensemble(whole).data.data_vars if f"`{name}`" not in page] == []
