"""Settings for all tests: how long Hypothesis searches, plain terminal output, one small run to look at."""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=25, deadline=None)
settings.register_profile(
    "long", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

os.environ["NO_COLOR"] = "1"
os.environ["COLUMNS"] = "110"


@pytest.fixture(scope="session")
def launch_run(tmp_path_factory):
    """The folder of a small run of launch-2020, as `plenary run` writes it."""
    from dashboards.run_folder import write_run
    from scenarios import load
    from simulation import run

    folder = tmp_path_factory.mktemp("runs") / "launch"
    write_run(run(load("launch-2020"), replicates=6, seed=1), folder)
    return folder


@pytest.fixture(scope="session")
def launch(launch_run):
    """The results of that run, opened from its folder."""
    from simulation import open_run

    return open_run(launch_run)
