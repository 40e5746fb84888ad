"""The table before any segment was looked for, plus what the segment map needs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.contract.base import QUANTILES_ROUNDED_TO, ROUNDED_TO, Concealed, Frozen
from analysis.contract.kinds import (
    Bound,
    Count,
    Index,
    Label,
    Number,
    Private,
    RoundedQuantile,
    Step,
    SteppedIndex,
    SteppedMean,
    Word,
)


class HistogramBin(Frozen):
    """Customers with `lower <= value < upper` (of the last bin also those at `upper`, if it is `closed`), own units."""

    lower: Bound
    upper: Bound
    count: Count
    by_segment: dict[Number, Count]
    beyond: Word[Literal["below", "above"]] | None = Field(
        None,
        description="The bin also holds everybody below `lower`, or above `upper`, which is where it is drawn to",
    )
    closed: Word[bool] = Field(
        default=False, description="Whether the upper edge is part of the bin; not told before 1.4"
    )


class Distribution(Frozen):
    """Histogram of a numeric column."""

    feature: Label
    bins: tuple[HistogramBin, ...]
    skewness: Index

    @property
    def open_ended(self) -> bool:
        """Whether an outermost bin also holds everybody beyond it."""
        return any(one.beyond for one in self.bins)


class Correlation(Frozen):
    """Pearson and Spearman correlation of two numeric columns."""

    a: Label
    b: Label
    pearson: SteppedIndex | None = Field(description="Null where withheld from the published copy")
    spearman: SteppedIndex | None
    rounded_to: Step | None = Field(
        None, description="Both are multiples of this, drawn at random from the two around the true figure"
    )


class GroupSummary(Frozen):
    """A numeric column within one group of customers (an age band, a category)."""

    group: Label
    count: Count
    constant: Private[bool] | None = Field(
        None, description="Whether all have the same value; null in the published copy, and where not looked at"
    )
    mean: SteppedMean
    q1: RoundedQuantile | None = Field(
        description="Null where too few customers lie on a side of it to be published; so are the others"
    )
    median: RoundedQuantile | None
    q3: RoundedQuantile | None
    rounded_to: Step | None = Field(None, description=ROUNDED_TO)
    quantiles_rounded_to: Step | None = Field(None, description=QUANTILES_ROUNDED_TO)
    concealed: Private[Concealed] | None = Field(
        None, description="Why the figures may not be published, as of a segment’s; then the comparison is left out"
    )

    @property
    def middle_half(self) -> tuple[float, float, float] | None:
        """Lower quartile, median, upper quartile; None where one of them is not told."""
        if self.q1 is None or self.median is None or self.q3 is None:
            return None
        return self.q1, self.median, self.q3


class Comparison(Frozen):
    """A numeric column over the groups that another column makes: spending by age, spending by gender."""

    feature: Label
    by: Label
    groups: tuple[GroupSummary, ...]


class MapBin(Frozen):
    """Customers of one segment inside one rectangle of the segment map; the outermost also hold those beyond."""

    x0: Bound
    x1: Bound
    y0: Bound
    y1: Bound
    segment: Number
    count: Count


class SegmentMap(Frozen):
    """The two columns on which the segments are drawn, and the counts where single customers may not be shown."""

    x: Label
    y: Label
    bins: tuple[MapBin, ...]
    open_ended: Word[bool] = Field(
        default=False, description="Whether the outermost rectangles also hold customers beyond the edges of the map"
    )


Points = dict[Label, tuple[Private[float] | None, ...]]
"""Single customers: feature → values, row-aligned; None is not known."""


class Exploration(Frozen):
    """The table before any segment was looked for, plus what the segment map needs."""

    distributions: tuple[Distribution, ...]
    correlations: tuple[Correlation, ...]
    comparisons: tuple[Comparison, ...]
    map: SegmentMap | None
    points: Points | None = Field(
        None,
        description="Open mode only: feature → values, row-aligned, with `segment`; null is not known; sorted by "
        "value, no identifiers",
    )
