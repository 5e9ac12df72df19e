"""The brief of a scenario in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from dashboards.briefs.brief import CAUTION, Brief, Positions
from dashboards.terminal import strip
from dashboards.words import seated

LEANERS = 3  # how many delegations are named at each end of an issue
INDENT = 2  # columns before what stands under a heading
MEMBERS = 14  # how many members of a bloc are written out


def print_brief(console: Console, brief: Brief) -> None:
    """Print the whole brief."""
    scenario = brief.scenario
    console.print(f"\n{scenario.title}", style="bold", markup=False)
    seats = seated(len(scenario.delegations) - len(brief.observers), len(brief.observers))
    named = f" ({', '.join(brief.observers)})" if brief.observers else ""
    console.print(f"{scenario.name} · {seats}{named}\n", style="dim", markup=False)
    for words in (scenario.story.strip(), scenario.question):
        if words:
            console.print(words + "\n", markup=False)
    _prose(console, "Learning objectives", scenario.objectives)
    _prose(console, "What to look for", scenario.look_for)
    _heading(console, "The issues, and who stands where (0 to 100)")
    for one in brief.issues:
        _issue(console, one)
    _texts(console, brief)
    _blocs(console, brief)
    _listed(console, "Who listens to whom", brief.listening)
    moments = [f"{one.when}: {one.sentence}" for one in brief.moments]
    _listed(console, "The calendar", [brief.calendar, *moments])
    _listed(console, "The rule", brief.rule)
    _listed(console, "The final vote", brief.final_vote)
    _listed(console, "Where the numbers come from", [brief.coded, *brief.uncertainty])
    _overlays(console, brief)
    _prose(console, "Limits", scenario.limits)
    console.print(CAUTION + "\n", markup=False)
    console.print(
        f"Run it with `plenary run {scenario.name}`; for a page to hand out, "
        f"`plenary show {scenario.name} --format html --open`.",
        style="dim",
        markup=False,
    )


def _heading(console: Console, words: str) -> None:
    console.print(words + "\n", style="bold", markup=False)


def _prose(console: Console, heading: str, words: str) -> None:
    if words.strip():
        _heading(console, heading)
        console.print(words.strip() + "\n", markup=False)


def _listed(console: Console, heading: str, sentences: list[str]) -> None:
    if sentences:
        _heading(console, heading)
        for sentence in sentences:
            _indented(console, sentence)
        console.print()


def _indented(console: Console, words: str) -> None:
    """Words under a heading: their first line set in, the others set in twice as far."""
    broken = Text(words).wrap(console, max(console.width - 2 * INDENT, INDENT))
    for place, line in enumerate(broken):
        console.print(" " * INDENT * min(place + 1, 2) + line.plain.rstrip(), markup=False)


def _issue(console: Console, one: Positions) -> None:
    """One issue: its worded anchors, a strip of all positions, and the delegations at its ends."""
    issue, held = one.issue, one.held
    about = f"({one.key}, {issue.kind}; reversion point {issue.reversion:g})"
    console.print(f"{issue.title}  {about}", style="bold", markup=False)
    console.print(f"  {issue.low_pole} │{strip(list(held.values()))}│ {issue.high_pole}", markup=False)
    if held:
        low, high = list(held)[:LEANERS], list(held)[: -LEANERS - 1 : -1]
        unknown = f" · {one.unknown} unknown" if one.unknown else ""
        console.print(
            f"  lowest: {_placed(low, held)} · highest: {_placed(high, held)}{unknown}", markup=False
        )
    if one.texts:
        console.print(f"  texts: {_placed(list(one.texts), one.texts)}", markup=False)
    for place, words in issue.anchors.items():
        console.print(f"  {place:>3}  {words}", style="dim", markup=False)
    console.print()


def _placed(names: list[str], held: dict[str, float]) -> str:
    return ", ".join(f"{name} {round(held[name], 1):g}" for name in names)


def _texts(console: Console, brief: Brief) -> None:
    _heading(console, "The texts")
    for one in brief.texts:
        by = f" by {one.by}" if one.by else ""
        when = f", tabled {one.when}" if one.when else ""
        _indented(console, f"{one.text.title} ({one.key}){by}{when}: {one.size}")
    console.print(
        f"\nRead one with `plenary text {brief.scenario.name} {brief.texts[0].key}`.\n",
        style="dim",
        markup=False,
    )


def _blocs(console: Console, brief: Brief) -> None:
    if not brief.blocs:
        return
    _heading(console, "The blocs")
    for one in brief.blocs:
        members = ", ".join(one.bloc.members[:MEMBERS])
        more = len(one.bloc.members) - MEMBERS
        tail = f" and {more} more" if more > 0 else ""
        _indented(console, f"{one.bloc.name} ({one.voice}; {one.discipline}): {members}{tail}")
    console.print()


def _overlays(console: Console, brief: Brief) -> None:
    if not brief.overlays:
        return
    _heading(console, "Overlays that fit it")
    for one in brief.overlays:
        word = f"{one.name}=VALUE" if one.value else one.name
        _indented(console, f"--with {word}: {one.about}" + (f" VALUE is {one.value}." if one.value else ""))
    console.print()
