"""The world map as the report's script steps it: one figure, and for every text and round what changes."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from dashboards import figures
from dashboards.figures._style import INK, PAPER, STANCES
from dashboards.figures.world import FORMS, LIGHT_FROM, ORDER, STEPS, not_placed, placed, stance_codes
from dashboards.words import do, titled
from simulation.analyses.wording import day, listing, spoken
from simulation.results import observing


def world_map(results: Any) -> dict[str, Any] | None:
    """Figure, names, dates, codes by text and round, findings; none where no delegation lies on the map.

    A code holds the most frequent stance and its share of the replicates: `figures.world.stance_codes`.
    """
    data = results.data
    countries, names = placed(results)
    if not countries:
        return None
    rows = np.flatnonzero(np.isin(data.country.values, countries))
    texts = data.text.values.tolist()
    codes = {text: stance_codes(data.stance.sel(text=text).values)[:, rows] for text in texts}
    dates = [day(str(date)) for date in data.date.values]
    return {
        "figure": json.loads(figures.FIGURES["world"](results, texts[0]).to_json()),
        "countries": countries,
        "names": names,
        "dates": dates,
        "codes": {text: found.tolist() for text, found in codes.items()},
        "findings": {text: findings(results, text, dates, codes[text]) for text in texts},
        "headlines": {text: headlines(results, text, dates, codes[text]) for text in texts},
        "steps": STEPS,
        "stances": [
            {"word": STANCES[one].word, "letter": STANCES[one].letter, "form": FORMS[one]} for one in ORDER
        ],
        "inks": {"dark": INK, "light": PAPER, "from": LIGHT_FROM},
    }


def findings(results: Any, text: str, dates: list[str], codes: np.ndarray) -> list[str]:
    """What the map shows after each round: the states counted by their most frequent stance."""
    title = results.data.text_title.sel(text=text).item()
    missing = [spoken(name) for name in not_placed(results)]
    where = f" Not on the map: {listing(missing)}." if missing else ""
    said = []
    for date, count in zip(dates, _counts(results, codes), strict=True):
        said.append(
            f"{title}, {date}: of {sum(count.values())} delegations on the map, each counted by its most "
            f"frequent stance, {count[1]} endorse, {count[0]} study and {count[-1]} oppose.{where}"
        )
    return said


def headlines(results: Any, text: str, dates: list[str], codes: np.ndarray) -> list[str]:
    """The same in one short line."""
    title = titled(results.data.text_title.sel(text=text).item())
    return [
        f"On {date}, {do(count[1], 'endorse')} {title}, {do(count[0], 'study')} it"
        f" and {do(count[-1], 'oppose')} it"
        for date, count in zip(dates, _counts(results, codes), strict=True)
    ]


def _counts(results: Any, codes: np.ndarray) -> list[dict[int, int]]:
    """After each round, how many delegations on the map that count have which most frequent stance."""
    on_map = np.isin(results.data.country.values, placed(results)[0])
    counting = ~observing(results.data)[on_map]
    return [
        {stance: int((row == place).sum()) for place, stance in enumerate(ORDER)}
        for row in codes[:, counting] // STEPS
    ]
