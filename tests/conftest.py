"""Settings for all tests: how long Hypothesis searches, and no colour in captured terminal output."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=25, deadline=None)
settings.register_profile(
    "long", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

os.environ["NO_COLOR"] = "1"
os.environ["COLUMNS"] = "110"
