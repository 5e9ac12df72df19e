"""What is a legal scenario? Frozen pydantic models, no behaviour.

A scenario document is a tree of mappings: delegations, issues, texts, articles, options, blocs, commitments
and events are keyed tables, never lists, so that a patch can name any single value by its path.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema_commitments import Commitment
from scenarios.schema_fields import Finite, Key, Line, Prose, Record, Scale, Share, Threshold
from scenarios.schema_texts import Strength, Text

TieKind = Literal["voting", "region", "bloc", "alliance", "trade"]
Rung = Literal[
    "opposes in public",
    "unfavourable, silent",
    "takes note",
    "will carefully study",
    "attaches importance",
    "constructive",
    "welcomes",
    "supports",
    "co-sponsors",
]


class Issue(Record):
    """One dimension of the rules: a scale from 0 to 100 with described points.

    `kind` tells content from procedure (where rules are made, how binding they are).
    `reversion` is what holds on the issue when nothing is agreed.
    """

    title: Line
    kind: Literal["content", "procedure"] = "content"
    low_pole: Line = ""
    high_pole: Line = ""
    anchors: dict[str, Line] = {}
    reversion: Scale
    reversion_note: Line = ""
    provenance: Line = ""


class Delegation(Record):
    """A country's team. Positions and salience are 0–100 by issue (none = unknown, drawn from its blocs);
    trust is −1…1 by sponsor. `openness` and the two thresholds override the dynamics for this delegation.
    A `silent` delegation sits in the room but nobody hears it; an `observer` listens and is heard, but its
    stance is never counted, it casts no vote and sponsors nothing. `conditions` says for a conditional
    supporter which options articles must carry, by text and article: all of these articles, any of their
    options."""

    name: Line
    capability: Scale = 50.0
    population: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    region: Line = ""
    strategy: Key = "interest-driven"
    stance: Literal[-1, 0, 1] = 0
    silent: bool = False
    observer: bool = False
    openness: Share | None = None
    endorse_threshold: Threshold | None = None
    oppose_threshold: Threshold | None = None
    absence: Share = 0.0
    position_sd: Scale | None = None
    salience_sd: Scale | None = None
    positions: dict[str, Scale | None] = {}
    salience: dict[str, Scale | None] = {}
    trust: dict[str, Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]] = {}
    conditions: dict[Key, dict[Key, tuple[Key, ...]]] = {}
    basis: Line = ""
    rule: Line = ""
    rationale: Prose = ""
    evidence_until: Line = ""
    provenance: Line = ""


class Bloc(Record):
    """A declared group. `coordinator` speaks for it in general, `coordinator_for` towards one partner;
    `discipline` is how far members follow it in statements, `discipline_vote` in votes."""

    name: Line
    members: tuple[str, ...]
    coordinator: str | None = None
    coordinator_for: dict[str, str] = {}
    discipline: Share = 0.0
    discipline_vote: Share = 0.0
    speaks_first: bool = False
    note: Line = ""
    provenance: Line = ""


class Tie(Record):
    """The target listens to the source with this weight (negative: it leans the other way)."""

    source: str
    target: str
    kind: TieKind = "alliance"
    weight: Finite


class RedLine(Record):
    """A range of an issue outside which a delegation will not go: `forbids` forces opposition,
    `requires` keeps it at studying until the text is amended."""

    delegation: str
    issue: str
    min: Scale = 0.0
    max: Scale = 100.0
    kind: Literal["forbids", "requires"]
    reason: Line = ""
    provenance: Line = ""


class Stretch(Record):
    """A run of rounds of equal length from a start date on."""

    start: dt.date
    length: Literal["day", "week", "fortnight", "month"]
    rounds: Annotated[int, Field(ge=1, le=1000)]


class Event(Record):
    """Something dated. `exogenous` events act in a run; `outcome` events (a state's own statement about a
    text) are only shown beside the model's curve. `delta` is in points of the scale for positions and
    salience, in units of trust for trust, in gain units for a statement's push.
    `targets` are delegations, `bloc:KEY` or `all`.

    In a `bilateral` its `parties` (delegations or `bloc:KEY`) meet apart in every round from its date `until`
    a day, give each other a share (`weight`) of their listening, and end with a joint statement if they stand
    `within` so many points of each other on an issue. An `assurance` is of a `kind`: a sponsor's word,
    evidence, or a reference to the general norm, whose `delta` is a share.
    """

    date: dt.date
    type: Literal[
        "note",
        "table_text",
        "trust_shock",
        "assurance",
        "position_change",
        "salience_change",
        "statement",
        "bilateral",
    ]
    nature: Literal["exogenous", "outcome"]
    sentence: Line
    targets: tuple[str, ...] = ()
    text: str | None = None
    issue: str | None = None
    sponsor: str | None = None
    delta: Finite = 0.0
    speaker: Line = ""
    on_behalf_of: str | None = None
    wording: Rung | None = None
    reported_by: Line = ""
    kind: Literal["assurance", "evidence", "general norm"] = "assurance"
    parties: tuple[str, ...] = ()
    until: dt.date | None = None
    weight: Share = 0.5
    within: Scale = 10.0
    provenance: Line = ""


class Rule(Record):
    """How the chamber decides: the name of a decision rule, and what that rule leaves open (docs/rules.md).

    `quota` is a share of seats, of votes or of the weight, as the rule has it; `weight_quota` a share of the
    weight where a rule counts both; `weight` says whose weight counts. `vetoes` names who holds a veto,
    `parties` how many have to join, `tolerated` how many may object, and `days` for how long what the rule
    asks has to hold without a break. `quorum` is the share of the room of which more has to be present,
    `no_action` lets a motion to adjourn come first.

    The rest is for a final vote: `by` decides article by article before the whole, which may be `opposed` by
    a motion (`division`). Up to so many `amendments` a text are put to the vote before it, each with so many
    `cosponsors` behind it. `order` names texts to vote on first, and `go_on` lets the chamber decide after a
    text has carried whether to vote on the next. Where somebody objects and the rule asks for no objection,
    anyone may ask for a vote: it is decided by the rule named `otherwise`.
    """

    name: Key
    quota: Share | None = None
    vetoes: tuple[str, ...] = ()
    weight: Literal["capability", "population"] = "capability"
    weight_quota: Share | None = None
    parties: Annotated[int, Field(ge=1, le=10_000)] | None = None
    tolerated: Annotated[int, Field(ge=0, le=10_000)] = 1
    days: Annotated[int, Field(ge=0, le=10_000)] | None = None
    quorum: Share | None = None
    no_action: bool = False
    by: Literal["text", "article"] = "text"
    division: Literal["free", "opposed"] = "free"
    amendments: Annotated[int, Field(ge=0, le=100)] = 0
    cosponsors: Annotated[int, Field(ge=1, le=10_000)] = 3
    order: tuple[Key, ...] = ()
    go_on: Literal["always", "if wanted"] = "always"
    otherwise: Key | None = None


class TieRecipe(Record):
    """How much of its listening a delegation gives to each kind of tie (shares, normalised per row)."""

    voting: Share = 0.0
    region: Share = 0.0
    bloc: Share = 0.0
    alliance: Share = 1.0
    trade: Share = 1.0


class Uncertainty(Record):
    """Coded positions are judgements: standard deviations, in points of the scale, with which every replicate
    draws them. A delegation's own `position_sd` and `salience_sd` go before these; `spread` scales all of
    them. Whoever misjudges one member of a bloc is likely to misjudge the next: `bloc_correlation` is how
    closely the errors of two delegations go together that share their only bloc."""

    position_sd: Scale = 0.0
    salience_sd: Scale = 0.0
    bloc_correlation: Share = 0.0
    spread: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] = 1.0


class Dynamics(Record):
    """Parameters of the model, in gain units where they meet an appeal (0.10 = ten points nearer on every
    issue). Advice on ranges is in docs/model.md; only what makes no sense at all is refused here."""

    loss_exponent: Literal[1, 2] = 1
    trust_weight: Finite = 0.10
    peer_weight: Finite = 0.05
    precision: Annotated[float, Field(gt=0)] = 30.0
    noise_persistence: Share = 0.8
    endorse_threshold: Threshold = 0.10
    oppose_threshold: Threshold = 0.15
    lean_band: Annotated[float, Field(ge=0)] = 0.05
    vote_yes_threshold: Threshold = 0.0
    vote_oppose_threshold: Threshold = 0.10
    force_base: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.6
    force_slope: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.2
    commitment: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.05
    instruction_rate: Annotated[float, Field(gt=0)] = 0.023
    openness: Share = 0.2
    salience_exponent: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    confidence: Annotated[float, Field(ge=0)] = float("inf")
    coordinator_weight: Share = 0.25
    trust_decay: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.002
    trust_learning: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.5
    latch: bool = False
    drafting: Literal["off", "sponsor-led", "line-by-line", "chair"] = "sponsor-led"
    redraft_days: Annotated[int, Field(ge=0, le=10_000)] = 14
    min_improvement: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.02
    trade_width: Annotated[int, Field(ge=0, le=50)] = 5
    tabu: bool = True
    concession: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 0.5
    price_exponent: Annotated[float, Field(ge=0, le=5, allow_inf_nan=False)] = 1.0
    block_cost: Annotated[float, Field(ge=0)] = 0.10
    evidence_weight: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 2.0
    lobbying_weight: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    lobbying_decay: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.05


class Scenario(Record):
    """A negotiation: who sits there, over which texts, on which issues, by which rule, and when."""

    name: Key
    title: Line
    question: Line = ""
    story: Prose = ""
    look_for: Prose = ""
    teacher_notes: Prose = ""
    objectives: Prose = ""
    sources: Prose = ""
    limits: Prose = ""
    issues: dict[Key, Issue]
    force_issue: str | None = None
    strength: Strength = Strength()
    delegations: dict[Key, Delegation]
    texts: dict[Key, Text]
    blocs: dict[Key, Bloc] = {}
    ties: tuple[Tie, ...] = ()
    listening: TieRecipe = TieRecipe()
    red_lines: tuple[RedLine, ...] = ()
    calendar: tuple[Stretch, ...]
    commitments: dict[Key, Commitment] = {}
    events: dict[Key, Event] = {}
    rule: Rule = Rule(name="endorsement-count", quota=0.5)
    final_vote: Rule | None = None
    uncertainty: Uncertainty = Uncertainty()
    dynamics: Dynamics = Dynamics()
