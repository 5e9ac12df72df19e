"""What is a legal commitment? What delegations promise one another, and on which conditions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema_fields import Key, Line, Record

StanceWord = Literal["oppose", "study", "endorse"]


class Condition(Record):
    """What has to be so, about one of three things.

    An `article` carries one of these `options`; a `delegation` stands at least or at most there; another
    `commitment` is in force. `text` is the one that the commitment is about, unless another is named.
    """

    text: str | None = None
    article: str | None = None
    options: tuple[Key, ...] = ()
    delegation: str | None = None
    at_least: StanceWord | None = None
    at_most: StanceWord | None = None
    commitment: str | None = None


class Commitment(Record):
    """What `parties` promise about a text, if all `conditions` hold: to stand at least or at most there in
    public and in the vote, or an `inducement` in gain units to the delegations `to`."""

    parties: tuple[str, ...]
    text: str
    at_least: StanceWord | None = None
    at_most: StanceWord | None = None
    inducement: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    to: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    note: Line = ""
    provenance: Line = ""
