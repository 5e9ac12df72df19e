"""A small scenario about a shared river as a folder that may be spoilt, and the messages loading gives."""

from pathlib import Path

import pytest

from scenarios import ScenarioError, load

FILES = {
    "scenario.toml": """\
title = "A river treaty"
force_issue = "water"

[[calendar]]
start = 2024-03-01
length = "week"
rounds = 10

[rule]
name = "simple-majority"

[issues.water]
title = "Share of the water"
reversion = 30

[issues.power]
title = "Share of the power"
reversion = 60

[blocs.UPSTREAM]
name = "Upstream states"
members = ["ETH", "UGA"]
coordinator = "ETH"

[events.drought]
date = 2024-04-01
type = "salience_change"
nature = "exogenous"
sentence = "The rains fail."
targets = ["bloc:UPSTREAM"]
issue = "water"
delta = 10
""",
    "countries.csv": "iso3,name,capability\nEGY,Egypt,50\nETH,Ethiopia,40\nUGA,Uganda,20\n",
    "positions.csv": "iso3,water,power\nEGY,10,20\nETH,80,40\nUGA,,50\n",
    "salience.csv": "iso3,water,power\nEGY,95,20\nETH,70,90\nUGA,50,50\n",
    "red_lines.csv": "iso3,issue,min,max,kind\nEGY,water,0,60,forbids\n",
    "ties.csv": "source,target,weight\nEGY,ETH,0.5\n",
    "texts/accord.toml": """\
title = "Accord on the river"
sponsors = ["ETH"]

[articles.1]
wording = "The water is shared by need."
places = { water = 55 }

[articles.1.options.alternative-1]
wording = "The water is shared by use until now."
places = { water = 25 }
""",
}


def room_in(folder: Path, **changes: str | bytes | None) -> Path:
    """A small valid folder with some files replaced (None: left out); dots in names are written as `__`."""
    replaced = {name.replace("__", "."): content for name, content in changes.items()}
    replaced = {"texts/accord.toml" if name == "accord.toml" else name: replaced[name] for name in replaced}
    home = folder / "river"
    (home / "texts").mkdir(parents=True)
    for name, content in {**FILES, **replaced}.items():
        if content is not None:
            data = content if isinstance(content, bytes) else content.encode()
            (home / name).write_bytes(data)
    return home


def problems_of(folder: Path) -> list[str]:
    """The messages that loading a folder gives."""
    with pytest.raises(ScenarioError) as caught:
        load(folder)
    for problem in caught.value.problems:
        assert problem.file and problem.message and problem.mend
        assert "pydantic" not in str(problem).lower()
        assert "\n" not in str(problem)
    return [str(problem) for problem in caught.value.problems]


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """A small folder in which one phrase of one file is another."""
    content = FILES[name]
    assert old in content
    return {name.split("/")[-1].replace(".", "__"): content.replace(old, new, 1)}
