"""RFM scores by quintiles: the segments in common use, beside those that were found."""

from __future__ import annotations

from pydantic import Field

from analysis.contract.base import Frozen
from analysis.contract.kinds import Count, Index, Label, Number, Part, RoundedMean, RoundedQuantile, RoundedShare, Word


class ScoreBand(Frozen):
    """The customers of one score on one measure."""

    feature: Label
    score: Number = Field(ge=1, le=5, description="5 is best: the most recent, the most, the highest")
    up_to: RoundedQuantile | None = Field(description="Largest value of the band; null for the highest values of all")
    customers: Count | None = Field(description="Null where withheld from the published copy")


class ScoredSegment(Frozen):
    """One of the ten segments that the scores make."""

    name: Word[str]
    cells: tuple[tuple[Number, Number], ...] = Field(description="Recency score, score of frequency and monetary")
    size: Count | None = Field(description="Null where withheld from the published copy")
    share: RoundedShare | None
    value_share: Part | None
    mostly: Number | None = Field(None, description="The segment found that holds most of its customers")
    mostly_share: RoundedShare | None = Field(
        None, description="… and their share; in the published copy to the nearest tenth, or null"
    )
    means: dict[Label, RoundedMean] = Field(description="Feature → mean; empty where nobody is in it, or withheld")


class Crossing(Frozen):
    """Customers of one scored segment who are in one segment found; pairs left out are empty."""

    name: Word[str]
    segment: Number
    customers: Count | None = Field(description="Null where withheld from the published copy")


class Scoring(Frozen):
    """Quintile RFM scoring, an alternative division of the same customers."""

    recency: Label = Field(description="The column that is scored for recency")
    frequency: Label
    monetary: Label
    bands: tuple[ScoreBand, ...] = Field(description="By measure, the lowest values first")
    segments: tuple[ScoredSegment, ...] = Field(description="All ten, best first")
    crossings: tuple[Crossing, ...] = Field(description="None at all where the whole table is withheld")
    adjusted_rand: Index = Field(description="How alike scores and segments found divide the customers (Hubert 1985)")
    explained: Part = Field(description="0…1: of the differences in the clustering columns, what the scores explain")
    explained_found: Part = Field(description="… and what the segments found explain")
