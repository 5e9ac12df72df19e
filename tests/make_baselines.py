"""Outcomes of shipped scenarios that may change only on purpose. `python -m tests.make_baselines [NAME…]`."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from scenarios import load, names
from simulation.opening import open_room
from simulation.proceedings import negotiate

FOLDER = Path(__file__).parent / "baselines"
REPLICATES, SEED = 8, 1
STANCES = {"endorsing": 1, "studying": 0, "opposing": -1}
VOTES = {"yes": 1, "abstain": 0, "no": -1, "absent": -2}


def outcomes(name: str) -> dict[str, dict[str, str]]:
    """What a small run ends with, text by text, one number or word a replicate; observers do not count.

    Whole numbers and names alone: they agree between processors where the last digits of floats do not.
    """
    room = open_room(load(name))
    done = negotiate(room, range(REPLICATES), SEED)
    found = {}
    for column, (text, wording) in enumerate(zip(room.texts, room.wordings, strict=True)):
        stance, ballots = (of[:, room.counted, column] for of in (done.stance[:, -1], done.ballots))
        here = {word: _line((stance == side).sum(axis=1)) for word, side in STANCES.items()}
        here |= {word: _line((ballots == side).sum(axis=1)) for word, side in VOTES.items()}
        here["adopted in round"] = _line(done.adopted_round[:, column])
        for number, article in enumerate(wording.articles):
            chosen = done.chosen[:, -1, column, number]
            here[f"article {article}"] = _line(wording.options[number][option] for option in chosen)
        found[text] = here
    return found


def _line(values: Iterable) -> str:
    return " ".join(map(str, values))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or names():
        content = json.dumps(outcomes(name), indent=1) + "\n"
        (FOLDER / f"{name}.json").write_text(content, encoding="utf-8")
