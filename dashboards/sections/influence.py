"""Who moved whom?"""

from __future__ import annotations

from typing import Any

from dashboards import figures
from dashboards.influence_table import credit_rows, owed_rows
from dashboards.known import Known
from dashboards.pictures._picture import picture
from dashboards.sections._section import Drawn, Section, Table
from dashboards.words import headed, titled
from simulation.analyses.wording import sentence_case, spoken

TITLE, GROUP = "Who moved whom", "How it went"
PLACE = 35
TOLD = 5  # texts with a sentence of their own
CAUTION = (
    "This is an account of what was in the balance when delegations came to endorse, and not a proof of "
    "cause: to learn what a delegation causes, let nobody hear it and compare."
)


def section(results: Any, found: Known) -> Section:
    """The strongest lines of influence on each text, and to whom the change in support is owed."""
    data = results.data
    texts = list(zip(data.text.values.tolist(), data.text_title.values.tolist(), strict=True))
    drawn, owed, sentences = {}, [], []
    for text, title in texts:
        head, rows = credit_rows(data, text)
        sentence = _sentence(title, rows, owed_rows(data, text))
        figure = figures.FIGURES["influence"](results, text)
        drawn[text] = picture(figure, sentence, head, rows, _headline(title, rows))
        sentences.append(sentence)
        owed += [[title, *row] for row in owed_rows(data, text)]
    return Section(
        title=TITLE,
        question="Because of whom did delegations come to endorse?",
        sentences=[*sentences[:TOLD], CAUTION],
        pictures=[Drawn("influence", "", drawn, texts, "Text")],
        tables=[
            Table(
                "To whom the change in endorsements is owed",
                ["text", "owed to", "endorsements, mean of the explained replicates"],
                owed,
            )
        ],
    )


def _headline(title: str, credits: list[list[str]]) -> str:
    """Whom the strongest line joins."""
    giver, receiver, _ = credits[0]
    if not receiver:
        return f"Nobody moved anybody to endorse {titled(title)}"
    line = f"the strongest line runs from {spoken(giver)} to {spoken(receiver)}"
    return headed(f"On {titled(title)} {line}", sentence_case(line))


def _sentence(title: str, credits: list[list[str]], owed: list[list[str]]) -> str:
    """The strongest credit, and to whom most endorsements are owed."""
    giver, receiver, credit = credits[0]
    if not receiver:
        return f"Nobody moved anybody to endorse the {title}."
    line = f"On the {title} the strongest line runs from {giver} to {receiver} ({credit} gain units)"
    name, most = owed[0]
    return f"{line}; of {owed[-1][1]} endorsements most are owed to {name} ({most}, its own part included)."
