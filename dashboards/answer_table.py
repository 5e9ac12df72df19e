"""The answer of a run in the terminal: sentences, support with sparklines, coalitions, supporters, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.summary import Summary, TextSummary
from dashboards.terminal import sparkline, thinned
from dashboards.words import letter, seated, with_span
from simulation.analyses.wording import day, listing, percent, spoken

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

SPARK_WIDTH = 12
MEMBERS = 24  # how many members of a coalition are named


def print_answer(console: Console, answer: Summary) -> None:
    """Print the whole answer."""
    console.print(f"\n{answer.title}", style="bold", markup=False)
    if answer.question:
        console.print(answer.question, style="dim", markup=False)
    console.print()
    for sentence in answer.sentences:
        console.print(sentence, markup=False)
    seats = seated(answer.delegations, len(answer.observers))
    console.print(f"\nSupport on {day(answer.last_day)}, of {seats}", style="bold")
    console.print(support_table(answer))
    console.print(
        "median over the replicates (middle 80 %); the curve is endorsements, round by round", style="dim"
    )
    _drafting(console, answer)
    _coalitions(console, answer)
    _supporters(console, answer)
    if answer.warnings:
        console.print("\nTo be read with care", style="bold")
        for warning in answer.warnings:
            console.print(f"· {warning}", markup=False)


def support_table(answer: Summary) -> Table:
    """One row a text: its curve, counts of stances, and what was decided."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("text")
    table.add_column("over time", no_wrap=True)
    for heading in ("endorse", "study", "oppose"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("adopted", no_wrap=True)
    table.add_column("by vote", no_wrap=True)
    for text in answer.texts:
        table.add_row(
            text.key,
            sparkline(thinned(text.series, SPARK_WIDTH), top=answer.delegations),
            *(with_span(*band) for band in (text.endorsing, text.studying, text.opposing)),
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


def _drafting(console: Console, answer: Summary) -> None:
    """What redrafting added to support and cost in ambition, a line a text that its sponsors can redraft."""
    lines = [
        f"{text.key}: {drafting_words(text)}"
        for text in answer.texts
        if text.ambition is not None and "endorsing" in text.drafting_adds
    ]
    if lines:
        console.print("\nWhat redrafting by the sponsors adds", style="bold")
        for line in lines:
            console.print(line, markup=False)
        console.print("against the text as tabled under the same luck, with 95 % intervals", style="dim")


def drafting_words(text: TextSummary) -> str:
    """What redrafting adds to endorsements, and what ambition it keeps."""
    low, mean, high = text.drafting_adds["endorsing"]
    words = f"{mean:+.1f} endorsements ({low:+.1f} to {high:+.1f})"
    if text.ambition is None:
        return words
    kept = percent(text.ambition[1]) if text.ambition[1] > 0 else "nothing"
    return f"{words}, keeping {kept} of the sponsors' gain"


def _coalitions(console: Console, answer: Summary) -> None:
    console.print("\nCoalitions over all replicates", style="bold")
    if not answer.coalitions:
        console.print("none: no two delegations move together in most replicates")
    for place, group in enumerate(answer.coalitions):
        members = listing(group.names, MEMBERS)
        console.print(f"{letter(place)}  {len(group.members)} delegations: {members}", markup=False)
    if answer.alone:
        console.print(f"–  on their own: {listing(answer.alone, MEMBERS)}", markup=False)


def _supporters(console: Console, answer: Summary) -> None:
    console.print("\nFirst and pivotal supporters", style="bold")
    for text in answer.texts:
        console.print(f"{text.key}: {first_words(text)}; {pivotal_words(text)}.", markup=False)
    console.print("credit is an account of whom others listened to, not a proof of cause", style="dim")


def first_words(text: TextSummary) -> str:
    """Who came on board first, sponsors left out."""
    if not text.first:
        return "nobody but its sponsors endorses it in most replicates"
    return "first " + listing([f"{spoken(name)} ({day(when)})" for name, when in text.first])


def pivotal_words(text: TextSummary) -> str:
    """Who is credited with bringing in others."""
    if not text.credited:
        return "nobody earns credit for bringing in others"
    shares = [f"{spoken(name)} ({percent(share)})" for name, share in text.credited]
    return f"credit for bringing in others goes to {listing(shares)}"
