"""The report: one self-contained HTML file that opens offline, prints well and can be mailed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from dashboards import figures, pictures
from dashboards.explanations import changes_of_stance
from dashboards.figures._style import PARTS, group_colour
from dashboards.figures.timeline import statements
from dashboards.figures.why import appeal_parts
from dashboards.summary import Summary, summarise
from dashboards.words import letter
from simulation.analyses.wording import day

TEMPLATES = Path(__file__).parent / "templates"


def write_report(results: Any, path: Path) -> Path:
    """Write the report of a run to `path` and return it."""
    path.write_text(report_html(results), encoding="utf-8")
    return path


def report_html(results: Any) -> str:
    """The whole report as one HTML document: no network, no other files."""
    from plotly.offline import get_plotlyjs

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("report.html.j2")
    data, scenario = results.data, results.scenario
    answer = summarise(results)
    explained = "part_of_appeal" in data
    return template.render(
        **_opening(results, answer),
        texts=list(zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True)),
        chosen=next((row["speaker"] for row in statements(results) if row["speaker"] in data.country), ""),
        countries=sorted(
            zip(data.country.values.tolist(), data.name.values.tolist(), strict=True), key=_by_name
        ),
        groups=_groups(answer),
        explained=explained,
        statements=bool(statements(results)),
        limits=_paragraphs(scenario.limits),
        sources=_paragraphs(scenario.sources),
        provenance=_provenance(scenario),
        parameters=[(name, str(value)) for name, value in scenario.dynamics.model_dump().items()],
        payload=Markup(_payload(results, explained)),
        plotly_js=Markup(get_plotlyjs()),
    )


def _opening(results: Any, answer: Summary) -> dict[str, Any]:
    """What the head, the answer and the foot of the report say."""
    data, scenario = results.data, results.scenario
    return {
        "scenario": scenario,
        "title": scenario.title,
        "delegations": data.sizes["country"],
        "replicates": data.sizes["replicate"],
        "sentences": answer.sentences,
        "last_day": day(str(data.date.values[-1])),
        "support_table": pictures.support_at_the_end(answer),
        "seed": results.manifest.get("seed", ""),
        "result_hash": results.manifest.get("result_hash", ""),
        "version": results.manifest.get("versions", {}).get("plenary", ""),
    }


def _payload(results: Any, explained: bool) -> str:
    """Everything that the page's script draws, as JSON that is safe inside a script block."""
    document = {"pictures": pictures.pictures(results), "why": _why(results) if explained else None}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _why(results: Any) -> dict[str, Any]:
    """The why-chart's figure and numbers for every delegation and text (a series of zeros is left out)."""
    data = results.data
    countries, texts = data.country.values.tolist(), data.text.values.tolist()
    figure = figures.FIGURES["why"](results)
    names = list(appeal_parts(results, countries[0], texts[0]))
    parts = [name for name in names if name in PARTS]
    columns: dict[int, list[int]] = {}
    dates = [str(date) for date in data.date.values[1:]]
    for trace in figure.data:
        columns[trace.meta["column"]] = [dates.index(trace.x[0]), dates.index(trace.x[-1]) + 1]
    values: dict[str, dict[str, list]] = {country: {} for country in countries}
    for country in countries:
        for text in texts:
            series = appeal_parts(results, country, text)
            rounded = ([round(float(value), 3) for value in series[name]] for name in names)
            values[country][text] = [numbers if any(numbers) else None for numbers in rounded]
    words = {name: PARTS[name].word for name in parts}
    return {
        "figure": json.loads(figure.to_json()),
        "changes": changes_of_stance(results),
        "series": names,
        "parts": parts,
        "words": {**words, "sum": "appeal", "endorse_cut": "endorse from", "oppose_cut": "oppose below"},
        "columns": [columns[column] for column in sorted(columns)],
        "dates": dates,
        "names": dict(zip(countries, data.name.values.tolist(), strict=True)),
        "titles": dict(zip(texts, data.text_title.values.tolist(), strict=True)),
        "values": values,
    }


def _groups(answer: Summary) -> list[dict[str, Any]]:
    """The coalitions over all replicates as the template lists them."""
    return [
        {
            "letter": letter(place),
            "colour": group_colour(place),
            "size": len(group.members),
            "members": ", ".join(group.names),
            "note": group.note,
        }
        for place, group in enumerate(answer.coalitions)
    ]


def _provenance(scenario: Any) -> list[tuple[str, str, str, str]]:
    """Where each delegation's coded position comes from."""
    return [
        (one.name, one.basis, one.provenance or one.rule or one.rationale, one.evidence_until)
        for one in sorted(scenario.delegations.values(), key=lambda one: one.name)
    ]


def _paragraphs(prose: str) -> list[str]:
    """Prose split at its empty lines."""
    return [paragraph.strip() for paragraph in prose.split("\n\n") if paragraph.strip()]


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1]
