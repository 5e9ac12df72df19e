"""The answer of a run in the terminal: sentences, support with sparklines, coalitions, supporters, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.summary import Summary, TextSummary
from dashboards.terminal import sparkline, thinned
from dashboards.words import day, listing, percent, span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

SPARK_WIDTH = 16
MEMBERS = 24  # how many members of a coalition are named


def print_answer(console: Console, answer: Summary) -> None:
    """Print the whole answer."""
    console.print(f"\n{answer.title}", style="bold", markup=False)
    if answer.question:
        console.print(answer.question, style="dim", markup=False)
    console.print()
    for sentence in answer.sentences:
        console.print(sentence, markup=False)
    console.print(f"\nSupport on {day(answer.last_day)}, of {answer.delegations} delegations", style="bold")
    console.print(support_table(answer))
    console.print(
        "median over the replicates (middle 80 %); the curve is endorsements, round by round", style="dim"
    )
    _coalitions(console, answer)
    _supporters(console, answer)


def support_table(answer: Summary) -> Table:
    """One row a text: its curve, counts of stances, and what was decided."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("text", max_width=34)
    table.add_column("over time", no_wrap=True)
    for heading in ("endorse", "study", "oppose"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("adopted?")
    table.add_column("a vote?")
    for text in answer.texts:
        table.add_row(
            text.title,
            sparkline(thinned(text.series, SPARK_WIDTH), top=answer.delegations),
            *(_band(band) for band in (text.endorsing, text.studying, text.opposing)),
            decided(text.adopted),
            decided(text.vote_passed),
        )
    return table


def decided(share: float) -> str:
    """Whether something happened, from the share of replicates in which it did.

    >>> decided(0), decided(0.3), decided(1)
    ('no', 'in 30 %', 'yes')
    """
    return "no" if share == 0 else "yes" if share == 1 else f"in {percent(share)}"


def _band(band: tuple[float, float, float]) -> str:
    low, middle, high = band
    return f"{middle:.0f} ({span(low, high)})"


def _coalitions(console: Console, answer: Summary) -> None:
    console.print("\nCoalitions over all replicates", style="bold")
    if not answer.coalitions:
        console.print("none: no two delegations move together in most replicates")
    for group in answer.coalitions:
        members = listing(group.names, MEMBERS)
        console.print(f"{group.letter}  {len(group.members)} delegations: {members}", markup=False)
    if answer.alone:
        console.print(f"–  on their own: {listing(answer.alone, MEMBERS)}", markup=False)


def _supporters(console: Console, answer: Summary) -> None:
    console.print("\nFirst and pivotal supporters", style="bold")
    for text in answer.texts:
        console.print(f"{text.title}: {_first(text)}; {_pivotal(text)}", markup=False)
    console.print("credit is an account of whom others listened to, not a proof of cause", style="dim")


def _first(text: TextSummary) -> str:
    if not text.first:
        return "nobody endorses it in most replicates"
    return "first " + listing([f"{one.name} ({day(one.when)})" for one in text.first[:3] if one.when])


def _pivotal(text: TextSummary) -> str:
    if not text.pivotal:
        return "nobody moved others by name"
    return "most credited with moving others " + listing([one.name for one in text.pivotal[:3]])
