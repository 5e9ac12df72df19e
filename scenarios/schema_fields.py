"""What every part of a scenario is made of: scales, shares, names, and frozen rows."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Scale = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Threshold = Annotated[float, Field(ge=float("-inf"))]  # infinite is legal, NaN is not
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
Line = Annotated[str, Field(max_length=400)]
Prose = Annotated[str, Field(max_length=20_000)]


class Record(BaseModel):
    """A frozen table row; an unknown field is an error, so that a typing mistake never passes in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")
