"""The command line: what each command says, what it writes, and how it ends."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from dashboards.cli import COMMANDS, build

SMALL = ("--replicates", "3", "--quiet")


def plenary(*words):
    """Run `plenary` with these words."""
    return CliRunner().invoke(build(), [str(word) for word in words])


def document(*words):
    """The one JSON document that `plenary … --json` prints."""
    done = plenary(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    done = plenary(name, "--help")
    assert done.exit_code == 0
    assert "Usage:" in done.stdout


def test_list_names_the_shipped_scenarios_with_their_questions():
    rows = {row["name"]: row for row in document("list")}
    assert rows["launch-2020"]["delegations"] == 111
    assert rows["launch-2020-world"]["delegations"] == 193
    assert all(row["question"] for row in rows.values())


def test_show_says_what_the_issues_mean_and_who_stands_where():
    shown = " ".join(plenary("show", "launch-2020").stdout.split())
    for words in (
        "Global Initiative on Data Security",
        "lowest:",
        "reversion point",
        "the Philippines speaks for it towards China",
    ):
        assert words in shown


def test_show_as_json_is_the_whole_scenario():
    shown = document("show", "launch-2020")
    assert set(shown["texts"]) == {"global-initiative", "clean-network", "rights-based", "un-text"}


def test_check_counts_what_a_sound_scenario_holds():
    counts = document("check", "launch-2020")["counts"]
    assert (counts["delegations"], counts["issues"], counts["rounds"]) == (111, 11, 35)
    assert "fine" in plenary("check", "launch-2020").stdout


def test_check_tells_every_problem_at_once_and_no_traceback(tmp_path):
    folder = tmp_path / "broken"
    plenary("new", folder)
    positions = folder / "positions.csv"
    lines = positions.read_text("utf-8").splitlines()
    lines[1] = lines[1].replace(lines[1].split(",")[1], "140", 1)
    lines[2] = "ZZZ" + lines[2][3:]
    positions.write_text("\n".join(lines) + "\n", "utf-8")
    done = plenary("check", folder)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert all("positions.csv" in line for line in done.stderr.splitlines())
    assert len(json.loads(plenary("check", folder, "--json").stdout)["problems"]) == 2


def test_new_makes_a_copy_that_checks_and_has_its_own_name(tmp_path):
    folder = tmp_path / "my-talks"
    assert plenary("new", folder).exit_code == 0
    assert document("check", folder)["name"] == "my-talks"


def test_new_never_overwrites(tmp_path):
    folder = tmp_path / "taken"
    folder.mkdir()
    done = plenary("new", folder)
    assert done.exit_code == 2
    assert "something lies there already" in done.stderr


def test_run_prints_the_answer_and_says_where_the_files_are(tmp_path):
    done = plenary("run", "launch-2020", "--replicates", "3", "--out", tmp_path / "run")
    assert done.exit_code == 0, done.stderr
    for words in ("Support on", "Coalitions over all replicates", "First and pivotal supporters", "adopted"):
        assert words in done.stdout
    assert str(tmp_path / "run" / "report.html") in done.stderr


def test_run_as_json_is_one_document_with_the_answer_and_the_files(tmp_path):
    answer = document("run", "launch-2020", *SMALL, "--out", tmp_path / "run")
    assert len(answer["sentences"]) == 3
    assert {text["key"] for text in answer["texts"]} >= {"global-initiative", "un-text"}
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == [
        "events.jsonl",
        "manifest.json",
        "report.html",
        "results.nc",
        "tables",
    ]


def test_quiet_leaves_standard_error_empty(tmp_path):
    assert plenary("run", "launch-2020", *SMALL, "--out", tmp_path / "run").stderr == ""


def test_set_and_overlay_reach_the_model_and_the_manifest(tmp_path):
    overlay = tmp_path / "overlay.toml"
    overlay.write_text("[dynamics]\npeer_weight = 0.0\ntrust_weight = 0.2\n")
    words = ("--set", "dynamics.peer_weight=0.08", "--with", overlay, "--out", tmp_path / "run")
    assert plenary("run", "launch-2020", *SMALL, *words).exit_code == 0
    kept = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))["scenario"]["dynamics"]
    assert (kept["peer_weight"], kept["trust_weight"]) == (0.08, 0.2)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "launch-2021"), "did you mean launch-2020"),
        (("check", "/nowhere/at/all"), "there is no such scenario or folder"),
        (("run", "launch-2020", "--set", "dynamics.peer_wieght=0.1"), "peer_weight"),
        (("run", "launch-2020", "--set", "nonsense"), "this sets nothing"),
        (("run", "launch-2020", "--with", "missing.toml"), "there is no such patch file"),
        (("run", "launch-2020", "--set", "dynamics.peer_weight=much"), "dynamics.peer_weight"),
        (("run", "launch-2020", "--seed", "-1"), "--seed"),
        (("run", "launch-2020", "--replicates", "0"), "--replicates"),
        (("replay", "/nowhere/at/all"), "manifest.json: missing"),
        (("report", "/nowhere/at/all"), "manifest.json: missing"),
        (("explain", "/nowhere/at/all"), "manifest.json: missing"),
        (("compare", "launch-2020"), "name B, or a change to A"),
        (("compare", "launch-2020", "launch-2020", "--patch", "rule.quoat=1"), "did you mean quota"),
    ],
)
def test_bad_input_gets_one_clear_message_and_exit_code_2(words, told):
    done = plenary(*words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_comparing_a_scenario_with_itself_gives_differences_of_exactly_zero():
    words = ("compare", "launch-2020", "launch-2020", "--patch", "", "--replicates", "3")
    (variant,) = document(*words)["variants"].values()
    differences = {cell["difference"] for text in variant.values() for cell in text.values()}
    assert differences == {0.0}


def test_a_change_is_told_with_its_interval():
    done = plenary(
        "compare", "launch-2020", "launch-2020", "--patch", "dynamics.trust_weight=0", "--replicates", "4"
    )
    assert done.exit_code == 0, done.stderr
    assert "95 % interval" in done.stdout
    assert "Chance to endorse" in done.stdout


def test_replay_finds_the_same_results_and_notices_others(launch_run, tmp_path):
    assert plenary("replay", launch_run).exit_code == 0
    manifest = json.loads((launch_run / "manifest.json").read_text("utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "result_hash": "0" * 64}))
    done = plenary("replay", tmp_path)
    assert done.exit_code == 1
    assert done.stdout.startswith("Different")


def test_report_is_made_again_from_the_run_folder(launch_run):
    before = (launch_run / "report.html").read_bytes()
    (launch_run / "report.html").unlink()
    assert plenary("report", launch_run).exit_code == 0
    assert (launch_run / "report.html").read_bytes() == before


def test_explain_tells_what_a_delegation_did_and_why(launch_run):
    done = plenary("explain", launch_run, "--country", "ind")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("India in the first replicate of launch-2020")
    assert "Explanations of vote" in done.stdout
    told = document("explain", launch_run, "--country", "IND", "--text", "un-text")
    assert {act["text"] for act in told["acts"]} == {"un-text"}
    assert all("IND" in (act["actor"], act.get("to")) for act in told["acts"])
    (voted,) = (act for act in told["acts"] if act["kind"] == "voted")
    assert sum(voted["parts"].values()) == pytest.approx(voted["margin"], abs=1e-12)


def test_explain_and_report_write_the_minutes_anew_where_they_are_missing(launch_run, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(launch_run, folder)
    kept = (folder / "events.jsonl").read_bytes()
    told = document("explain", folder)
    (folder / "events.jsonl").unlink()
    assert document("explain", folder) == told
    assert plenary("report", folder).exit_code == 0
    assert (folder / "events.jsonl").read_bytes() == kept


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--country", "CHX"), "there is no delegation 'CHX'; did you mean 'CH"),
        (("--text", "global-initiativ"), "did you mean 'global-initiative'"),
    ],
)
def test_explain_refuses_who_or_what_is_not_there(launch_run, words, told):
    done = plenary("explain", launch_run, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_damaged_minutes_are_pointed_out(launch_run, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(launch_run, folder)
    lines = (folder / "events.jsonl").read_text("utf-8").splitlines()
    (folder / "events.jsonl").write_text("\n".join([lines[0], lines[1][:-5]]), "utf-8")
    for command in ("explain", "report"):
        done = plenary(command, folder)
        assert done.exit_code == 2
        assert "events.jsonl, line 2" in done.stderr
        assert "delete the file" in done.stderr


def test_ctrl_c_leaves_a_usable_partial_result(tmp_path):
    terminal, other_end = pty.openpty()
    words = ("run", "launch-2020", "--replicates", "100000", "--batch", "4", "--out", tmp_path / "run")
    code = "from dashboards.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stderr=other_end,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    try:
        shown = b""
        while b"/100000" not in shown:
            shown += os.read(terminal, 1000)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == 130
    finally:
        process.kill()
    os.close(other_end)
    os.close(terminal)
    kept = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))
    assert not kept["complete"]
    assert 0 < kept["replicates"] < 100000
    assert plenary("replay", tmp_path / "run").exit_code == 0
