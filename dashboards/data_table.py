"""Everything a run tells of a delegation and a text after a round, one row each."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboards.figures._style import STANCES
from dashboards.groups import consensus_groups
from dashboards.words import letter

ORDER = (0, 1, -1)  # of equally frequent stances the first
VOTES = {1: "yes", 0: "abstains", -1: "no", -2: "absent"}
HALF = 0.5
SHARE_DIGITS, GAIN_DIGITS = 4, 4


class Column(NamedTuple):
    """A column: its key, as in a file; its heading; the set of columns that it is shown with; and whether it
    holds words or numbers (`text`, `share` of the replicates, `gain` units, `number`)."""

    key: str
    title: str
    among: str
    kind: str


PARTS = ("content", "trust", "inducements", "events", "peers")
COLUMNS = (
    Column("name", "Delegation", "always", "text"),
    Column("iso3", "Key", "always", "text"),
    Column("text", "Text", "always", "text"),
    Column("stance", "Stance", "stance", "text"),
    Column("endorsing", "Endorsing", "stance", "share"),
    Column("studying", "Studying", "stance", "share"),
    Column("opposing", "Opposing", "stance", "share"),
    Column("endorsed_on", "Endorses by", "stance", "text"),
    Column("endorsed_after_days", "After days", "stance", "number"),
    Column("ever_endorsed", "Ever endorses", "stance", "share"),
    Column("appeal", "Appeal", "why", "gain"),
    *(Column(part, part.capitalize(), "why", "gain") for part in PARTS),
    Column("chance", "Chance", "why", "gain"),
    Column("endorse_cut", "Endorses from", "why", "gain"),
    Column("oppose_cut", "Opposes below", "why", "gain"),
    Column("coalition", "Coalition", "groups", "text"),
    Column("settled", "Settled", "groups", "share"),
    Column("region", "Region", "groups", "text"),
    Column("blocs", "Blocs", "groups", "text"),
    Column("vote", "Vote", "vote", "text"),
    Column("yes", "Votes yes", "vote", "share"),
    Column("no", "Votes no", "vote", "share"),
)
Cell = str | float | int | None


def rows(results: Any, round: int) -> list[list[Cell]]:
    """A row a delegation and text under `COLUMNS`, delegations in the order of the data.

    Shares are those of the replicates after the round, the stance is the one that most of them have. A
    delegation endorses by the day on which half of the replicates have seen it endorse, at whatever round.
    Appeal, its parts, chance and cut-points are of the first replicate in this round and missing at the
    opening; coalition and vote are of the end.
    """
    data = results.data
    countries, texts = data.country.values.tolist(), data.text.values.tolist()
    own, found = _by_country(data), _by_pair(data, round)
    found["text"] = [texts] * len(countries)
    return [
        [own[one.key][row] if one.key in own else found[one.key][row][column] for one in COLUMNS]
        for row in range(len(countries))
        for column in range(len(texts))
    ]


def _by_country(data: Any) -> dict[str, list[Any]]:
    """What is the same for all texts (country,)."""
    coalition = [letter(-1)] * data.sizes["country"]
    for place, group in enumerate(consensus_groups(data)):
        for row in group.tolist():
            coalition[row] = letter(place)
    member = data.member.values if "member" in data.coords else np.zeros((0, data.sizes["country"]), bool)
    keys = data.bloc.values.tolist() if "bloc" in data.coords else []
    return {
        "name": data.name.values.tolist(),
        "iso3": data.country.values.tolist(),
        "region": data.region.values.tolist(),
        "coalition": coalition,
        "settled": _rounded(data.settled.values, SHARE_DIGITS),
        "blocs": [
            ", ".join(key for key, inside in zip(keys, column, strict=True) if inside) for column in member.T
        ],
    }


def _by_pair(data: Any, round: int) -> dict[str, list[list[Any]]]:
    """What differs by delegation and text (country, text)."""
    stance, vote = data.stance.values[:, round], data.vote.values
    shares = {value: (stance == value).mean(axis=0) for value in ORDER}
    most = np.array(ORDER)[np.array([shares[value] for value in ORDER]).argmax(axis=0)]
    ballots = np.array([(vote == value).mean(axis=0) for value in VOTES])
    by = _half_endorsed(data)
    elapsed, dates = np.cumsum(data.days.values).tolist(), data.date.values.tolist()
    in_full = {
        name: _rounded(data[name].values[round], GAIN_DIGITS)
        for name in ("appeal", "chance", "endorse_cut", "oppose_cut")
    }
    parts = dict(zip(data.part.values.tolist(), data.part_of_appeal.values[:, round], strict=True))
    return {
        "stance": [[STANCES[value].word for value in line] for line in most.tolist()],
        **{STANCES[value].word: _rounded(shares[value], SHARE_DIGITS) for value in (1, 0, -1)},
        "endorsed_on": [[dates[one] if one >= 0 else "" for one in line] for line in by],
        "endorsed_after_days": [[elapsed[one] if one >= 0 else None for one in line] for line in by],
        "ever_endorsed": _rounded((data.first_endorsed.values >= 0).mean(axis=0), SHARE_DIGITS),
        **in_full,
        **{name: _rounded(parts[name], GAIN_DIGITS) for name in PARTS},
        "vote": [[list(VOTES.values())[one] for one in line] for line in ballots.argmax(axis=0).tolist()],
        "yes": _rounded(ballots[0], SHARE_DIGITS),
        "no": _rounded(ballots[2], SHARE_DIGITS),
    }


def _half_endorsed(data: Any) -> list[list[int]]:
    """The first round by which half of the replicates have seen an endorsement, −1 for never."""
    first = data.first_endorsed.values.astype(float)
    first[first < 0] = np.inf
    ordered = np.sort(first, axis=0)
    middle = ordered[int(np.ceil(HALF * len(ordered))) - 1]
    return np.where(np.isfinite(middle), middle, -1).astype(int).tolist()


def _rounded(values: NDArray[np.floating], digits: int) -> list[Any]:
    """Numbers as JSON has them: rounded, none where there is nothing."""
    whole = np.asarray(values, dtype=float).round(digits) + 0.0
    cells = whole.astype(object)
    cells[~np.isfinite(whole)] = None
    return cells.tolist()
