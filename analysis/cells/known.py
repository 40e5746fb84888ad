"""How a table was understood where its own cells may not tell: kept with a model, so that a later one is read alike."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Known(BaseModel):
    """What an earlier table showed, by column; empty: nothing is known yet, the table tells all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    decimals: dict[str, Literal[".", ","]] = Field(default_factory=dict, description="Decimal sign of its figures")
    dates: dict[str, str] = Field(default_factory=dict, description="How its dates are written: dd-mm-yyyy")
    reference_date: date | None = Field(None, description="The day from which dates are counted")
    imputed: dict[str, float | str] = Field(default_factory=dict, description="What stands in for a missing value")


UNKNOWN = Known()
"""Of the first table of all."""
