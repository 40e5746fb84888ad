"""The base of every part, and the words that several of them share."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from analysis.contract.kinds import Bound, Index, require_kinds

Level = Literal["very low", "low", "medium", "high", "very high"]
Verdict = Literal["natural", "reproducible", "constructive", "none"]
Effort = Literal["low", "medium", "high"]
Effect = Literal["small", "medium", "large"]
Concealed = Literal["few", "dominated"]
ActionKind = Literal["ads", "discounts", "loyalty", "service", "retention"]

ROUNDED_TO = (
    "The mean and the standard deviation are multiples of this, drawn at random from the two around the true figure; "
    "null where they are not rounded"
)
QUANTILES_ROUNDED_TO = "The same of the median, the quartiles and the other quantiles; the widest of their steps"


class Immutable(BaseModel):
    """Base of every document that is written: immutable, and no key that the schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Frozen(Immutable):
    """Base of every part of the contract, which is published."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Every whole number says what it is for disclosure control."""
        require_kinds(cls)


class Interval(Frozen):
    """A 95 % interval around the figure beside it, by the percentiles of bootstrap resamples unless said otherwise."""

    lower: Bound
    upper: Bound


class Spread(Frozen):
    """How a figure falls over resamples or over tables."""

    mean: Index
    p05: Index
    q1: Index
    median: Index
    q3: Index
    p95: Index
