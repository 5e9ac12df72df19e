"""Why each delegation stands where it stands: the why-chart's numbers, and its rung on the ladder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboards.figures._style import PARTS, STANCES
from dashboards.figures.why import series_of, why
from dashboards.minutes import changes_of_stance
from simulation.analyses.acts import Act
from simulation.analyses.ladder import RUNGS, rung
from simulation.tables import sponsoring

UNIT = 1000  # appeals are whole thousandths in the report, a tenth of a point on every issue


def why_data(results: Any, acts: Sequence[Act]) -> dict[str, Any]:
    """The why-chart's figure and its numbers for every delegation and text, and the changes of
    stance among the acts."""
    data = results.data
    countries, texts = data.country.values.tolist(), data.text.values.tolist()
    dates = [str(date) for date in data.date.values[1:]]
    figure = why(results)
    columns = {
        trace.meta["column"]: [dates.index(trace.x[0]), dates.index(trace.x[-1]) + 1] for trace in figure.data
    }
    exact = series_of(data)
    series = {name: np.rint(UNIT * values.astype(float)).astype(int) for name, values in exact.items()}
    parts = [name for name in series if name in PARTS]
    return {
        "figure": json.loads(figure.to_json()),
        "dates": dates,
        "columns": [columns[column] for column in sorted(columns)],
        "parts": parts,
        "words": {
            **{name: PARTS[name].word for name in parts},
            "sum": "appeal",
            "endorse_cut": "endorse from",
            "oppose_cut": "oppose below",
        },
        "names": dict(zip(countries, data.name.values.tolist(), strict=True)),
        "titles": dict(zip(texts, data.text_title.values.tolist(), strict=True)),
        "series": list(series),
        "unit": UNIT,
        "values": {
            country: {
                text: [values[:, row, column].tolist() for values in series.values()]
                for column, text in enumerate(texts)
            }
            for row, country in enumerate(countries)
        },
        "stands": _stands(data),
        "rungs": rungs(results, exact["sum"][-1], exact["endorse_cut"][-1]),
        "changes": changes_of_stance(acts),
    }


def _stands(data: Any) -> dict[str, dict[str, list]]:
    """By delegation and text: its stance at the end of the first replicate, and how often it endorses."""
    last, texts = data.stance.isel(round=-1).values, data.text.values.tolist()
    first, endorsing = last[0].tolist(), (last == 1).mean(axis=0).tolist()
    return {
        country: {
            text: [STANCES[first[row][column]].word, endorsing[row][column]]
            for column, text in enumerate(texts)
        }
        for row, country in enumerate(data.country.values.tolist())
    }


def rungs(results: Any, appeal: np.ndarray, cut: np.ndarray) -> dict[str, list[str]]:
    """By delegation, for every text: its rung on the language ladder after the first replicate's last round,
    from its appeal with chance and its upper cut-point, both (country, text) in gain units."""
    data, scenario = results.data, results.scenario
    countries = data.country.values.tolist()
    tabled = sponsoring(scenario, countries, data.member.values.astype(bool))
    stance = data.stance.values[0, -1]
    places = rung(appeal, stance, cut, scenario.dynamics.lean_band, tabled)
    return {
        country: [RUNGS[place] for place in row]
        for country, row in zip(countries, places.tolist(), strict=True)
    }
