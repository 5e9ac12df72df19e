"""The shipped scenarios end as they always did, unless somebody meant them to end otherwise."""

import json

import pytest

from scenarios import names
from tests.make_baselines import FOLDER, outcomes

CHANGED = (
    "{name} ends differently. If that is meant, say so in CHANGELOG.md on a line **Results change:** "
    "and renew the baseline with `python -m tests.make_baselines {name}`."
)


@pytest.mark.parametrize("name", names())
def test_a_scenario_ends_as_before(name):
    kept = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert outcomes(name) == kept, CHANGED.format(name=name)


def test_every_baseline_is_that_of_a_shipped_scenario():
    assert sorted(file.stem for file in FOLDER.glob("*.json")) == names()
