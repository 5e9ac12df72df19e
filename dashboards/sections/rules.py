"""What if the chamber decided by another rule?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards import figures
from dashboards.again import again
from dashboards.figures.rules import by_support
from dashboards.known import Known
from dashboards.pictures._picture import Picture, picture, signed
from dashboards.sections._section import Drawn, Section
from dashboards.words import titled
from simulation.analyses.rule_swap import rule_swap
from simulation.analyses.wording import listing, number, percent, sentence_case, spoken

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.schema import Scenario

TITLE, GROUP = "If another rule decided", "How sure"
PLACE = 100
COSTLY = True
NAMED = 3
LEAST = 0.0005  # gain units; less is printed as nothing
HEAD = (
    "decision rule",
    "adopted",
    "same stances",
    "endorse",
    "ambition",
    "gain",
    "better",
    "worse",
)


def section(results: Any, found: Known) -> Section:
    """One negotiation under every decision rule, paired by luck."""
    scenario = results.scenario
    swapped = rule_swap(scenario, again(results), results.manifest.get("seed", 1))
    texts = [(str(text), scenario.texts[str(text)].title) for text in swapped.text.values]
    return Section(
        title=TITLE,
        question="What would be decided, and how would it read, under another decision rule?",
        sentences=sentences(scenario, swapped, texts[0][0]),
        pictures=[
            Drawn("rules", "", {text: drawn(results, swapped, text) for text, _ in texts}, texts, "Text")
        ],
    )


def drawn(results: Any, swapped: xr.Dataset, text: str) -> Picture:
    """The picture of one text with its table."""
    here = swapped.sel(text=text)
    finding = f"Paired replicates: {swapped.attrs['replicates']}. {_most(results.scenario, here)}"
    figure = figures.FIGURES["rules"](results, text, swapped)
    table = rows(results.scenario, swapped, text)
    return picture(figure, finding, list(HEAD), table, _headline(results.scenario.texts[text].title, table))


def _headline(title: str, table: list[list[str]]) -> str:
    """By how many rules the text is always and never adopted."""
    counts = (sum(row[1] == percent(share) for row in table) for share in (1.0, 0.0))
    always, never = (number(count) if count else "none" for count in counts)
    return f"{sentence_case(titled(title))} is always adopted by {always} of the rules and never by {never}"


def rows(scenario: Scenario, swapped: xr.Dataset, text: str) -> list[list[str]]:
    """A row a rule, the scenario's own first: what is decided, what it says, for whom it is better or worse.

    Better or worse off is who can expect at least 0.0005 gain units more or less than under the own rule.
    """
    here, own = swapped.sel(text=text), scenario.rule.name
    found = []
    for name in [own, *by_support(here)]:
        values = here.base if name == own else here.changed.sel(variant=name)
        value = {str(measure): float(values.sel(measure=measure)) for measure in values.measure.values}
        moved = None if name == own else here.each_difference.sel(variant=name, own="expected").values
        found.append(
            [
                name,
                percent(value["adopted"]),
                percent(float(here.counted.sel(rule=name))),
                f"{value['endorsing']:.0f}",
                "–" if value["ambition"] != value["ambition"] else percent(value["ambition"]),
                percent(value["gaining"]),
                "–" if moved is None else str(int((moved > LEAST).sum())),
                "–" if moved is None else str(int((moved < -LEAST).sum())),
            ]
        )
    return found


def sentences(scenario: Scenario, swapped: xr.Dataset, text: str) -> list[str]:
    """The answer for one text in words."""
    here, own, title = swapped.sel(text=text), scenario.rule.name, scenario.texts[text].title
    table = {row[0]: row for row in rows(scenario, swapped, text)}
    said = [
        f"By {_name(own)} the {title} is adopted in {table[own][1]} of the replicates and ends with"
        f" {table[own][3]} endorsements."
    ]
    never = [name for name, row in table.items() if row[1] == percent(0.0)]
    if never:
        said.append(f"It is never adopted by {listing([_name(name) for name in never])}.")
    kept = [name for name in table if here_ambition(here, own, name) is not None]
    if kept:
        least = min(kept, key=lambda name: here_ambition(here, own, name) or 0.0)
        said.append(
            f"Least of its ambition is kept under {_name(least)} ({table[least][4]}), where"
            f" {table[least][5]} of delegations gain from what it says, and {table[own][5]} by the own rule."
        )
    same = [name for name in table if table[name][2] == percent(1.0)]
    always = listing([_name(name) for name in same]) if same else "no rule"
    said.append(f"Counted again without another negotiation, the same stances always carry by {always}.")
    return said


def here_ambition(here: xr.Dataset, own: str, name: str) -> float | None:
    """The ambition that one text keeps under a rule, None where it has no sponsors."""
    of = here.base if name == own else here.changed.sel(variant=name)
    value = float(of.sel(measure="ambition"))
    return None if value != value else value


def _most(scenario: Scenario, here: xr.Dataset) -> str:
    """Who would win and lose most under the rule that brings most endorsements."""
    name = by_support(here)[0]
    moved = here.each_difference.sel(variant=name, own="expected").values
    names = [spoken(scenario.delegations[str(key)].name) for key in here.country.values]
    order = moved.argsort(kind="stable")
    best = [f"{names[row]} ({signed(moved[row], 3)})" for row in order[::-1][:NAMED] if moved[row] > LEAST]
    worst = [f"{names[row]} ({signed(moved[row], 3)})" for row in order[:NAMED] if moved[row] < -LEAST]
    parts = [f"most can be won by {listing(best)}"] if best else []
    parts += [f"most can be lost by {listing(worst)}"] if worst else []
    return f"Under {_name(name)} {' and '.join(parts) or 'nobody could expect more or less'}, in gain units."


def _name(rule: str) -> str:
    return rule.replace("-", " ")
