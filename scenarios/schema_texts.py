"""What is a legal text? Articles in two parts, options in brackets, and where the text is in its life."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema_fields import Key, Line, Prose, Record, Scale, Share

StrengthWord = Literal["shall", "should", "may"]
Status = Literal[
    "zero draft", "compilation", "rolling text", "chair's text", "adopted", "lapsed", "withdrawn"
]


class Option(Record):
    """A bracketed alternative to an article's wording, with its place on one or more issues.

    `proposed_by` are the delegations or blocs that asked for it. An option that is to `delete` the article
    has no wording and no places: without the article the text is silent there. `strength` is the word of
    obligation, the article's own unless the option has another. An option that `amends` another one of the
    article is voted on before it, as an amendment to an amendment.
    """

    wording: Prose = ""
    places: dict[str, Scale] = {}
    proposed_by: tuple[str, ...] = ()
    delete: bool = False
    amends: Key | None = None
    funded: bool = False
    strength: StrengthWord | None = None
    provenance: Line = ""


class Article(Record):
    """A provision of a text: its tabled wording, the alternatives in brackets, and which one stands now.

    A preambular paragraph may be without places. An `agreed` article is agreed ad referendum: its brackets
    are closed and drafting leaves it alone. A `funded` wording, here or in an option, costs money and is not
    put to the vote without a statement on it.
    """

    part: Literal["preambular", "operative"] = "operative"
    title: Line = ""
    wording: Prose = ""
    places: dict[str, Scale] = {}
    strength: StrengthWord | None = None
    options: dict[Key, Option] = {}
    chosen: Key = "tabled"
    agreed: bool = False
    funded: bool = False
    provenance: Line = ""


class Text(Record):
    """A candidate set of rules. `sponsors` are delegations or blocs; `sponsorship` (0–1) is how much
    authorship colours the text; `budget` is what they can spend on inducements, in gain units at the price of
    a median economy; `effort` how many delegations they (or the chair, if nobody sponsors it) can call on in
    a round; `tabled` is the day it enters the room (none: it lies there from the start).
    `revision` counts how often it came back. A text negotiated `as_a_whole` holds to "nothing is agreed until
    everything is agreed": what was agreed ad referendum is open again once the text has lapsed or was
    withdrawn. `drafting` is who redrafts this text, as in the dynamics unless it says otherwise: a chair's
    text has no sponsors and is drafted by the chair. A text that `merges` others brings together their
    articles as they stand on the day it is tabled, and takes their place. `budget_statement` is the day on
    which the statement of what the text costs is before the chamber. `pursued_until` is the last day on which
    its sponsors work for it: in rounds that begin later they neither redraft it nor make offers, and nobody
    is called on. What they said and stand for remains.
    """

    title: Line
    sponsors: tuple[str, ...] = ()
    sponsorship: Share = 1.0
    budget: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    effort: Annotated[int, Field(ge=0, le=10_000)] = 0
    status: Status = "zero draft"
    revision: Annotated[int, Field(ge=0, le=999)] = 0
    as_a_whole: bool = True
    tabled: dt.date | None = None
    drafting: Literal["sponsor-led", "line-by-line", "chair"] | None = None
    merges: tuple[Key, ...] = ()
    budget_statement: dt.date | None = None
    pursued_until: dt.date | None = None
    articles: dict[Key, Article]
    provenance: Line = ""


class Strength(Record):
    """How binding the words of obligation are: the place that a wording with such a word has on the force
    issue, unless it names one itself."""

    shall: Scale = 90.0
    should: Scale = 50.0
    may: Scale = 20.0
