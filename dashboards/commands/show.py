"""`plenary show`: what a scenario is about and who stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.options import Json, Scenario
from simulation.analyses.wording import day

if TYPE_CHECKING:
    from rich.console import Console

    from scenarios.schema import Issue
    from scenarios.schema import Scenario as Document

LEANERS = 3  # how many delegations are named at each end of an issue
MEMBERS = 14  # how many members of a bloc are written out


def command(name: Scenario, json: Json = False) -> None:
    """Show what a scenario is about and who stands where.

    Its story, question, issues with worded anchors, positions, texts, blocs, calendar and rule.
    """
    from dashboards.terminal import answers, print_json
    from scenarios import load

    scenario = load(name)
    if json:
        print_json(_finite(scenario.model_dump(mode="json")))
        return
    console = answers()
    _opening(console, scenario)
    for key, issue in scenario.issues.items():
        _issue(console, scenario, key, issue)
    _texts(console, scenario)
    _blocs(console, scenario)
    _closing(console, scenario)


def _finite(value: object) -> object:
    """The same document with infinities as words, since JSON has no number for them."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "inf" if value > 0 else "-inf"
    return value


def _opening(console: Console, scenario: Document) -> None:
    console.print(f"\n{scenario.title}", style="bold", markup=False)
    console.print(f"{scenario.name} · {len(scenario.delegations)} delegations\n", style="dim", markup=False)
    for words in (scenario.story.strip(), scenario.question):
        if words:
            console.print(words + "\n", markup=False)
    console.print("The issues, and who stands where (0 to 100)\n", style="bold")


def _issue(console: Console, scenario: Document, key: str, issue: Issue) -> None:
    """One issue: its worded anchors, a strip of all positions, and the delegations at its ends."""
    from dashboards.terminal import strip

    held = {
        delegation.name: position
        for delegation in scenario.delegations.values()
        if (position := delegation.positions.get(key)) is not None
    }
    console.print(f"{issue.title}  ({key}, {issue.kind}; reversion point {issue.reversion:g})", style="bold")
    console.print(f"  {issue.low_pole} │{strip(list(held.values()))}│ {issue.high_pole}", markup=False)
    ordered = sorted(held, key=lambda name: held[name])
    if ordered:
        low, high = ordered[:LEANERS], ordered[: -LEANERS - 1 : -1]
        console.print(f"  lowest: {_placed(low, held)} · highest: {_placed(high, held)}", markup=False)
    for place, words in issue.anchors.items():
        console.print(f"  {place:>3}  {words}", style="dim", markup=False)
    console.print()


def _placed(names: list[str], held: dict[str, float]) -> str:
    return ", ".join(f"{name} {held[name]:g}" for name in names)


def _texts(console: Console, scenario: Document) -> None:
    console.print("The texts\n", style="bold")
    for key, text in scenario.texts.items():
        by = f" by {', '.join(text.sponsors)}" if text.sponsors else ""
        when = f", tabled {day(text.tabled.isoformat())}" if text.tabled else ""
        brackets = sum(len(article.options) for article in text.articles.values() if not article.agreed)
        size = f"{text.status}, {len(text.articles)} articles, {brackets} options in brackets"
        agreed = sum(article.agreed for article in text.articles.values())
        closed = f", {agreed} articles agreed ad ref." if agreed else ""
        console.print(f"  {text.title} ({key}){by}{when}: {size}{closed}", markup=False)
    console.print(
        f"\nRead one with `plenary text {scenario.name} {next(iter(scenario.texts))}`.\n",
        style="dim",
        markup=False,
    )


def _blocs(console: Console, scenario: Document) -> None:
    if not scenario.blocs:
        return
    console.print("The blocs\n", style="bold")
    for bloc in scenario.blocs.values():
        members = ", ".join(bloc.members[:MEMBERS])
        more = len(bloc.members) - MEMBERS
        spokes = [f"coordinator {bloc.coordinator}"] if bloc.coordinator else []
        spokes += [f"{speaker} towards {partner}" for partner, speaker in bloc.coordinator_for.items()]
        spokes.append(f"discipline {bloc.discipline:g}")
        tail = f" and {more} more" if more > 0 else ""
        console.print(f"  {bloc.name} ({'; '.join(spokes)}): {members}{tail}", markup=False)
    console.print()


def _closing(console: Console, scenario: Document) -> None:
    console.print("The calendar and the rule\n", style="bold")
    for stretch in scenario.calendar:
        plural = "s" if stretch.rounds > 1 else ""
        rounds = f"{stretch.rounds} round{plural} of a {stretch.length}"
        console.print(f"  from {day(stretch.start.isoformat())}: {rounds}", markup=False)
    quota = f", quota {scenario.rule.quota:g}" if scenario.rule.quota is not None else ""
    console.print(f"  decided by {scenario.rule.name.replace('-', ' ')}{quota}", markup=False)
    if scenario.final_vote:
        console.print(f"  at the end a vote by {scenario.final_vote.name.replace('-', ' ')}", markup=False)
    for event in sorted(scenario.events.values(), key=lambda event: event.date):
        if event.nature == "exogenous" and event.type != "note":
            console.print(f"  {day(event.date.isoformat())}: {event.sentence}", markup=False)
    console.print(f"\nRun it with `plenary run {scenario.name}`.", style="dim", markup=False)
