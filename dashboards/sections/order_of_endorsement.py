"""Does a run have the order of endorsement of 2020 to 2022 right?"""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.known import Known
from dashboards.order_table import SHORT, TITLES, claims, coding_rows, pair_rows, score_rows, spoke_rows
from dashboards.pictures._picture import Picture, picture
from dashboards.sections._section import Drawn, Section, Table
from simulation.analyses.wording import listing, number, sentence_case, spoken
from simulation.backtest.endorsement_order import BASELINES, PLENARY
from simulation.backtest.endorsement_record import READINGS
from simulation.backtest.hindsight import still_coded
from simulation.backtest.scored_order import Order, order_of

TITLE, GROUP = "Order of endorsement, against the record", "How sure"
PLACE = 115
ABOUT = (
    "The record was read and coded after the event, and who never spoke in public may have been for the text "
    "or against it; a model's output, not a prediction."
)


def section(results: Any, found: Known) -> Section | None:
    """The run's own order of endorsing the Global Initiative, scored against the record of 2020 to 2022; None
    where the run has nothing to score."""
    order = order_of(results)
    if order is None:
        return None
    strictest = next(iter(order.scored))
    keys = {reading: "" if reading == strictest else reading for reading in order.scored}
    return Section(
        title=TITLE,
        question="Does the run have the states early that endorsed early, and do simple rankings do as well?",
        sentences=sentences(results, order),
        pictures=[
            Drawn(
                "order-of-endorsement",
                "",
                {key: _drawn(results, order, reading) for reading, key in keys.items()},
                [(key, sentence_case(READINGS[reading].name)) for reading, key in keys.items()],
                "An endorsement is",
            )
        ],
        tables=[
            Table("Pairs of which the record knows who came first", *pair_rows(order)),
            Table("Concordance with the record, with intervals of 95 %", *_all(order)),
            Table("Rows for which hindsight cannot be excluded", *coding_rows(results.scenario)),
        ],
    )


def sentences(results: Any, order: Order) -> list[str]:
    """What the strictest reading shows, what may be said of it, and what the run was told."""
    reading, one = next(iter(order.scored.items()))
    states = "state is" if one.spoke == 1 else "states are"
    others = listing([f"{TITLES[name]} {one.scores[name].value:.3f}" for name in BASELINES])
    coded = still_coded(results.scenario)
    said = [
        f"{sentence_case(number(one.spoke))} {states} on record as having endorsed the Initiative by "
        f"{READINGS[reading].name}, {number(len(order.countries) - one.spoke)} never did.",
        "Of the pairs of which the record knows who came first, the run orders "
        f"{one.scores[PLENARY].value:.3f} as they were, and rankings by {others}; one half is chance.",
    ]
    if order.told:
        who = listing([spoken(order.names[order.countries.index(key)]) for key in order.told], most=3)
        said.append(f"Nothing is claimed from this run, in which {who} replay the record.")
    elif coded:
        many = "row" if len(coded) == 1 else "rows"
        said.append(
            f"Nothing is claimed from this run: hindsight cannot be excluded for {number(len(coded))} {many} "
            "that it takes as coded. The command “plenary order” puts templates in their place."
        )
    else:
        said.append(claims(one))
    return [*said, ABOUT]


def _drawn(results: Any, order: Order, reading: str) -> Picture:
    figure = figures.FIGURES["order-of-endorsement"](results, reading, order)
    one, how = order.scored[reading], READINGS[reading]
    value = one.scores[PLENARY].value
    finding = f"By {how.name} ({how.title}), the run has {value:.3f} of the recorded order right."
    head, rows = spoke_rows(order, reading, [str(date) for date in results.data.date.values])
    headline = f"By {how.name} the run has {value:.3f} of the recorded order right"
    return picture(figure, finding, head, rows, headline)


def _all(order: Order) -> tuple[list[str], list[list[str]]]:
    """Every ranking by every reading."""
    rows: list[list[str]] = []
    head: list[str] = []
    for reading, one in order.scored.items():
        titled = {SHORT[name]: score for name, score in one.scores.items()}
        head, these = score_rows(titled)
        rows += [[READINGS[reading].name, *row] for row in these]
    return ["reading", *head], rows
