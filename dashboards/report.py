"""The report: one self-contained HTML file that opens offline, prints well and can be mailed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from threadpoolctl import threadpool_limits

from dashboards import figures, pictures, sections
from dashboards.explanations import why_data
from dashboards.figures._style import group_colour
from dashboards.figures.timeline import statements
from dashboards.known import Known, known
from dashboards.minutes import told
from dashboards.packing import packed
from dashboards.pictures.course import support_at_the_end
from dashboards.pictures.firmness import moves
from dashboards.pictures.map import world_map
from dashboards.pictures.wording import bracketed, drafting
from dashboards.pictures.written import written
from dashboards.summary import Summary, summarise
from dashboards.words import letter, prose, seated, unbroken
from dashboards.world_shapes import NOTE, shapes_json
from simulation.analyses.ladder import RUNGS
from simulation.analyses.wording import day

TEMPLATES = Path(__file__).parent / "templates"


def write_report(results: Any, path: Path, found: Known | None = None, full: bool = False) -> Path:
    """Write the report of a run to `path` and return it; `found` is what is known of the run already.

    The `full` report has the analyses too that run the negotiation again.
    """
    path.write_text(report_html(results, found, full), encoding="utf-8")
    return path


@threadpool_limits.wrap(limits=1)  # matrices this small are slower on several threads
def report_html(results: Any, found: Known | None = None, full: bool = False) -> str:
    """The whole report as one HTML document: no network, no other files."""
    from plotly.offline import get_plotlyjs

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda words: unbroken(words) if type(words) is str else words,
    )
    template = environment.get_template("report.html.j2")
    data, scenario = results.data, results.scenario
    answer = summarise(results)
    found = found or known(results)
    reasons = why_data(results, found.acts)
    drawn = pictures.pictures(results, found.firm)
    asked = sections.sections(results, found, full)
    all_drawn = drawn | {one.figure: dict(one.choices) for part in asked.values() for one in part.pictures}
    mapped = world_map(results)
    said = statements(results)
    return template.render(
        **_opening(results, answer),
        texts=list(zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True)),
        chosen=_telling(said, reasons["changes"], str(data.text.values[0])),
        countries=sorted(
            zip(data.country.values.tolist(), data.name.values.tolist(), strict=True), key=_by_name
        ),
        groups=_groups(answer),
        moves=moves(results),
        how=figures.how_to_read,
        drawn=drawn,
        sections=asked,
        left_out="" if full else ", ".join(sections.costly()),
        mapped=mapped,
        note=NOTE,
        drafting=[] if scenario.dynamics.drafting == "off" else drafting(answer),
        bracketed=bracketed(results),
        texts_at_the_end=written(results, found),
        rungs=RUNGS[::-1],
        minutes=told(results, found.acts),
        last_round=data.sizes["round"] - 1,
        limits=prose(scenario.limits),
        sources=prose(scenario.sources),
        provenance=_provenance(scenario),
        parameters=[(name, str(value)) for name, value in scenario.dynamics.model_dump().items()],
        payload=_script_json(
            packed(
                {
                    "pictures": all_drawn,
                    "map": mapped,
                    "why": reasons,
                    "look": _shared_look(all_drawn, mapped, reasons),
                }
            )
        ),
        shapes=Markup(shapes_json().replace("<", "\\u003c")) if mapped else "",
        plotly_js=Markup(get_plotlyjs()),
    )


def _opening(results: Any, answer: Summary) -> dict[str, Any]:
    """What the head, the answer and the foot of the report say."""
    data, scenario = results.data, results.scenario
    return {
        "scenario": scenario,
        "title": scenario.title,
        "seats": seated(answer.delegations, len(answer.observers)),
        "replicates": data.sizes["replicate"],
        "sentences": answer.sentences,
        "last_day": day(str(data.date.values[-1])),
        "warnings": answer.warnings,
        "support_table": support_at_the_end(answer),
        "seed": results.manifest.get("seed", ""),
        "result_hash": results.manifest.get("result_hash", ""),
        "version": results.manifest.get("versions", {}).get("plenary", ""),
    }


def _telling(said: list[dict[str, Any]], changes: dict[str, dict], text: str) -> str:
    """The delegation to show first: one that spoke on the record and changed its stance in the model too."""
    speakers = [row["speaker"] for row in said if text in changes.get(row["speaker"], {})]
    return speakers[0] if speakers else ""


def _shared_look(drawn: dict[str, Any], mapped: Any, reasons: dict[str, Any]) -> dict[str, Any]:
    """Take the look that all figures share out of each of them, so that the page holds it once."""
    shown = [choice["figure"] for picture in drawn.values() for choice in picture.values()]
    layouts = [
        figure["layout"] for figure in (*shown, reasons["figure"], *([mapped["figure"]] if mapped else []))
    ]
    look: dict[str, Any] = layouts[0].get("template", {})
    for layout in layouts:
        if layout.get("template") == look:
            layout.pop("template", None)
    return look


def _script_json(document: dict[str, Any]) -> Markup:
    """A document as JSON that is safe inside a script block."""
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Markup(unbroken(written).replace("<", "\\u003c"))


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


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1]
