"""The brief of a scenario as one page: no network, no other files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from dashboards.briefs.brief import CAUTION, Brief, TextLine
from dashboards.briefs.groups import Group, grouped
from dashboards.briefs.scales import scale
from dashboards.briefs.timeline import timeline
from dashboards.templating import environment
from dashboards.texts.html import shown
from dashboards.texts.layout import paragraphs
from dashboards.words import prose, unbroken

TEMPLATES = Path(__file__).parent.parent / "templates"
CODE = re.compile(r"`([^`\n]+)`")


def to_page(brief: Brief) -> str:
    """The whole brief as one HTML document."""
    templates = environment(TEMPLATES)
    scenario = brief.scenario
    groups = grouped(scenario)
    return templates.get_template("brief.html.j2").render(
        brief=brief,
        scenario=scenario,
        caution=CAUTION,
        prose=lambda words: [with_code(one) for one in prose(words)],
        number=lambda value: f"{round(value, 1):g}",
        groups=groups,
        scales=[scale(brief, one, groups) for one in brief.issues],
        texts=[(one, _articles(one), shown(scenario, one.text)) for one in brief.texts],
        timeline=timeline(brief),
        room=_room(brief, groups),
    )


def with_code(words: str) -> Markup:
    """Words with what stands between backticks as code.

    >>> str(with_code("run `plenary <list>` now"))
    'run <code>plenary &lt;list&gt;</code> now'
    """
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(unbroken(words)))))


def _articles(line: TextLine) -> list[dict[str, Any]]:
    """The articles in brief: label, title or opening words, and how many alternatives are in brackets."""
    return [
        {
            "label": one.label,
            "title": one.title or " ".join(one.before.split()[:8]),
            "alternatives": max(len(one.brackets) - 1, 0),
        }
        for one in paragraphs(line.text)
    ]


def _room(brief: Brief, groups: list[Group]) -> list[dict[str, Any]]:
    """The table of the room: each delegation with its group, capability and positions in order."""
    issues = list(brief.scenario.issues)
    region = {name: group for group in groups for name in group.members}
    return [
        {
            "key": name,
            "name": one.name,
            "group": region[name].name,
            "capability": f"{one.capability:g}",
            "positions": [
                "" if one.positions.get(key) is None else f"{one.positions[key]:g}" for key in issues
            ],
        }
        for name, one in sorted(brief.scenario.delegations.items(), key=lambda pair: pair[1].name)
    ]
