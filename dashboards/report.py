"""The report: one self-contained HTML file that opens offline, prints well and can be mailed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

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
from dashboards.pictures.why import why
from dashboards.pictures.wording import bracketed, drafting
from dashboards.pictures.written import written
from dashboards.report_parts.cover import CAUTION, cover
from dashboards.report_parts.headlines import acts_headline, adopted, brackets_headline, drafting_headline
from dashboards.report_parts.honesty import honesty
from dashboards.report_parts.order import PROMISED, parts
from dashboards.report_parts.repeating import again_command, manifest_rows
from dashboards.summary import Summary, summarise
from dashboards.templating import environment
from dashboards.words import letter, prose, unbroken
from dashboards.world_shapes import NOTE, shapes_json
from simulation.analyses.answer import answer as answered
from simulation.analyses.ladder import RUNGS
from simulation.analyses.wording import day
from simulation.threads import one_thread

NUMBER_LIKE = r"[−+±\d.,–%()→\s]*"
TEMPLATES = Path(__file__).parent / "templates"
ROWS_ON_PAPER = 15  # longer tables stand in the report for the screen alone
# Pictures that the report on paper shows for every text; the others for the first.
EVERY_TEXT = ("support", "influence", "robustness")


def write_report(
    results: Any, path: Path, found: Known | None = None, full: bool = False, paper: bool = False
) -> Path:
    """Write the report of a run to `path` and return it; `found` is what is known of the run already.

    The `full` report has the analyses too that run the negotiation again. The one for `paper` has nothing to
    choose or to unfold: its pictures stand still, text after text.
    """
    path.write_text(report_html(results, found, full, paper), encoding="utf-8")
    return path


@one_thread()  # matrices this small are slower on several threads
def report_html(results: Any, found: Known | None = None, full: bool = False, paper: bool = False) -> str:
    """The whole report as one HTML document: no network, no other files."""
    from plotly.offline import get_plotlyjs

    data = results.data
    found = found or known(results)
    answer = summarise(results)
    drawn = pictures.pictures(results, found.firm)
    asked = sections.sections(results, found, full)
    mapped = world_map(results)
    reasons = why_data(results, found.acts)
    chosen = _telling(statements(results), reasons["changes"], str(data.text.values[0]))
    about = {
        **_opening(results, answer),
        **_texts(results, answer, found),
        **_delegations(results, answer, found, chosen),
        **_closing(results, full),
        "honesty": honesty(results, answer, asked),
        "drawn": drawn,
        "sections": asked,
        "mapped": mapped,
    }
    about["cover_picture"] = _cover_picture(about, str(data.text.values[0]))
    about["parts"] = _parts(about, full)
    shown = drawn | {one.figure: dict(one.choices) for part in asked.values() for one in part.pictures}
    if paper:
        about["why_pictures"] = {text: why(results, about["chosen"], text) for text, _ in about["texts"]}
        shown = {**_on_paper(shown), "why": about["why_pictures"]}
    document = {
        "pictures": {name: _without_tables(one) if paper else one for name, one in shown.items()},
        "map": mapped,
        **({} if paper else {"why": reasons}),
    }
    return _template().render(
        **about,
        paper=paper,
        every=EVERY_TEXT,
        rows_on_paper=ROWS_ON_PAPER,
        how=figures.how_to_read,
        note=NOTE,
        payload=_script_json(packed({**document, "look": _shared_look(document)})),
        shapes=Markup(shapes_json().replace("<", "\\u003c")) if mapped else "",
        plotly_js=Markup(get_plotlyjs()),
    )


def _template() -> Any:
    templates = environment(TEMPLATES)
    templates.tests["number_like"] = lambda cell: re.fullmatch(NUMBER_LIKE, str(cell)) is not None
    return templates.get_template("report.html.j2")


def _opening(results: Any, answer: Summary) -> dict[str, Any]:
    """What the cover, the answer and the foot of the report say."""
    data, scenario = results.data, results.scenario
    return {
        "scenario": scenario,
        "title": scenario.title,
        "printed_title": _style_string(scenario.title),
        "caution": CAUTION,
        "cover": cover(results, answer, answered(results).facts),
        "replicates": data.sizes["replicate"],
        "answer_headline": adopted(answer),
        "sentences": answer.sentences,
        "last_day": day(str(data.date.values[-1])),
        "support_table": support_at_the_end(answer),
        "seed": results.manifest.get("seed", ""),
        "result_hash": results.manifest.get("result_hash", ""),
        "version": results.manifest.get("versions", {}).get("plenary", ""),
    }


def _texts(results: Any, answer: Summary, found: Known) -> dict[str, Any]:
    """What is told of the texts, and of the rounds."""
    data = results.data
    last = data.sizes["round"] - 1
    redrafted = [] if results.scenario.dynamics.drafting == "off" else drafting(answer)
    open_texts = bracketed(results)
    return {
        "texts": list(zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True)),
        "last_round": last,
        "map_rounds": sorted({0, last // 2, last}),
        "drafting": redrafted,
        "drafting_headline": drafting_headline(answer),
        "bracketed": open_texts,
        "brackets_headline": brackets_headline(open_texts),
        "texts_at_the_end": written(results, found),
    }


def _delegations(results: Any, answer: Summary, found: Known, chosen: str) -> dict[str, Any]:
    """What is told of delegations and their coalitions; `chosen` is the one to show first, if any."""
    data = results.data
    pairs = zip(data.country.values.tolist(), data.name.values.tolist(), strict=True)
    countries = sorted(pairs, key=lambda pair: pair[1])
    shown = chosen or countries[0][0]
    minutes = told(results, found.acts)
    return {
        "countries": countries,
        "chosen": shown,
        "told_first": chosen,
        "told_of": dict(countries)[shown],
        "groups": _groups(answer),
        "moves": moves(results),
        "rungs": RUNGS[::-1],
        "minutes": minutes,
        "acts_headline": acts_headline(minutes),
    }


def _closing(results: Any, full: bool) -> dict[str, Any]:
    """What the end of the report says of method and sources."""
    scenario = results.scenario
    return {
        "left_out": "" if full else ", ".join(name.replace("-", " ") for name in sections.costly()),
        "sources": prose(scenario.sources),
        "provenance": _provenance(scenario),
        "parameters": [(name, str(value)) for name, value in scenario.dynamics.model_dump().items()],
        "manifest": manifest_rows(results.manifest),
        "again": again_command(results.manifest),
    }


def _parts(about: Mapping[str, Any], full: bool) -> list[Any]:
    """The pieces that this report has, part by part."""
    here = {"answer", "why", "acts", "brackets", "drafting", "honesty", "method"}
    here |= {*about["drawn"], *about["sections"]}
    if about["mapped"]:
        here.add("map")
    if not full:
        here |= {*PROMISED}
    return parts(here, {name: section.title for name, section in about["sections"].items()})


def _cover_picture(about: Mapping[str, Any], text: str) -> dict[str, str]:
    """What the picture of the cover shows, in words: the map at the end, or how support for the text grew."""
    mapped = about["mapped"]
    if not mapped:
        return about["drawn"]["support"][text]
    return {key: mapped[f"{key}s"][text][-1] for key in ("finding", "headline")}


def _on_paper(shown: Mapping[str, dict]) -> dict[str, dict]:
    """The choices that the report on paper shows: all of some pictures, the first of the others."""
    return {name: one if name in EVERY_TEXT else dict(list(one.items())[:1]) for name, one in shown.items()}


def _without_tables(choices: Mapping[str, dict]) -> dict[str, dict]:
    """Only the figures, as the report on paper has its tables in the page itself."""
    return {key: {"figure": one["figure"]} for key, one in choices.items()}


def _telling(said: list[dict[str, Any]], changes: dict[str, dict], text: str) -> str:
    """The delegation to show first: one that spoke on the record and changed its stance in the model too."""
    speakers = [row["speaker"] for row in said if text in changes.get(row["speaker"], {})]
    return speakers[0] if speakers else ""


def _shared_look(document: Mapping[str, Any]) -> dict[str, Any]:
    """Take the look that all figures share out of each of them, so that the page holds it once."""
    shown = [choice for picture in document["pictures"].values() for choice in picture.values()]
    shown += [document[name] for name in ("why", "map") if document.get(name)]
    layouts = [one["figure"]["layout"] for one in shown]
    look: dict[str, Any] = layouts[0].get("template", {})
    for layout in layouts:
        if layout.get("template") == look:
            layout.pop("template", None)
    return look


def _script_json(document: dict[str, Any]) -> Markup:
    """A document as JSON that is safe inside a script block."""
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Markup(unbroken(written).replace("<", "\\u003c"))


def _style_string(words: str) -> Markup:
    """Words as a string inside a style block, where nothing in them can end it.

    >>> _style_string("A < B")
    Markup('"A \\\\3c  B"')
    """
    safe = "".join(
        letter if letter.isalnum() or letter in " ,.:;-" else f"\\{ord(letter):x} " for letter in words
    )
    return Markup(f'"{safe}"')


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
