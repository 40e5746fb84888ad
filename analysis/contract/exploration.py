"""The table before any segment was looked for, plus what the segment map needs."""

from __future__ import annotations

from pydantic import Field

from analysis.contract.base import Frozen
from analysis.contract.kinds import Count, Number


class HistogramBin(Frozen):
    """Customers with `lower <= value < upper` (the last bin includes its upper edge), own units."""

    lower: float
    upper: float
    count: Count
    by_segment: dict[Number, Count]


class Distribution(Frozen):
    """Histogram of a numeric column."""

    feature: str
    bins: tuple[HistogramBin, ...]
    skewness: float
    open_ended: bool = Field(
        default=False, description="Whether the first bin also holds the values below it, and the last those above it"
    )


class Correlation(Frozen):
    """Pearson and Spearman correlation of two numeric columns."""

    a: str
    b: str
    pearson: float | None = Field(description="Null where withheld from the published copy")
    spearman: float | None


class GroupSummary(Frozen):
    """A numeric column within one group of customers (an age band, a category)."""

    group: str
    count: Count
    mean: float
    q1: float
    median: float
    q3: float


class Comparison(Frozen):
    """A numeric column over the groups that another column makes: spending by age, spending by gender."""

    feature: str
    by: str
    groups: tuple[GroupSummary, ...]


class MapBin(Frozen):
    """Customers of one segment inside one rectangle of the segment map."""

    x0: float
    x1: float
    y0: float
    y1: float
    segment: Number
    count: Count


class SegmentMap(Frozen):
    """The two columns on which the segments are drawn, and the counts where single customers may not be shown."""

    x: str
    y: str
    bins: tuple[MapBin, ...]
    open_ended: bool = Field(
        default=False, description="Whether the outermost rectangles also hold customers beyond the edges of the map"
    )


class Exploration(Frozen):
    """The table before any segment was looked for, plus what the segment map needs."""

    distributions: tuple[Distribution, ...]
    correlations: tuple[Correlation, ...]
    comparisons: tuple[Comparison, ...]
    map: SegmentMap | None
    points: dict[str, tuple[float, ...]] | None = Field(
        None,
        description="Open mode only: feature → values, row-aligned, with `segment`; sorted by value, no identifiers",
    )
