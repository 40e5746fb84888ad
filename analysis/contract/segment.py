"""One segment: who is in it, how it differs, how sure that is."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from analysis.contract.advice import BudgetShare, PersonaMatch, Recommendation
from analysis.contract.base import QUANTILES_ROUNDED_TO, ROUNDED_TO, Concealed, Frozen, Interval, Level
from analysis.contract.kinds import (
    Bound,
    Chance,
    Count,
    Distance,
    Index,
    Label,
    Number,
    Part,
    Private,
    RoundedMean,
    RoundedQuantile,
    RoundedShare,
    Step,
    SteppedMean,
    Told,
    Word,
)
from analysis.contract.lifetime import Prospect
from analysis.contract.stability import Band


class FeatureProfile(Frozen):
    """One numeric column within one segment, in the data's own units."""

    feature: Label
    known: Count | None = Field(
        None,
        description="Customers of the segment with a value here, the only ones whom the figures count; null where "
        "withheld, and before 1.4",
    )
    constant: Private[bool] | None = Field(
        None,
        description="Whether they all have the same value; null in the published copy, and where not looked at",
    )
    mean: SteppedMean
    median: RoundedQuantile | None = Field(
        description="Null where too few customers lie on a side of it to be published; so are the quartiles"
    )
    q1: RoundedQuantile | None
    q3: RoundedQuantile | None
    level: Word[Level]
    effect: Index = Field(
        description="(segment mean − overall mean) / overall standard deviation, after the column’s transformation"
    )
    typical: RoundedMean = Field(description="The mean or the median, as the column’s own `typical` says")
    typical_interval: Interval | None = Field(
        None, description="Around the figure itself, by how it strays over resamples; null where too few know it"
    )
    difference: RoundedMean = Field(description="Typical figure of the segment − that of everybody, own units")
    ratio: RoundedMean | None = Field(
        description="Typical figure of the segment / that of everybody − 1; null where values run below 0 or hardly "
        "differ from their mean"
    )
    mean_interval: Interval | None = Field(None, description="As `typical_interval`; null where the median is typical")
    contrast: Index | None = Field(
        None,
        description="(segment mean − mean of everybody else) / pooled standard deviation (Hedges’ g), after the "
        "column’s transformation; null where nobody within the groups differs",
    )
    contrast_interval: Interval | None = Field(
        None,
        description="Around the contrast, by how it strays over resamples; without them for large samples (Hedges & "
        "Olkin 1985)",
    )
    adjusted_p: Chance | None = Field(
        None,
        description="Of no difference from everybody else, by Welch’s test on ranks, adjusted over all comparisons of "
        "the document (Holm 1979); far too small for clustering columns, by which segments were made to differ",
    )
    marker: Word[bool] = Field(
        default=False,
        description="Whether the difference counts: |contrast| of at least .5, its interval "
        "without nought, and adjusted p below .05",
    )
    rounded_to: Step | None = Field(None, description=ROUNDED_TO)
    quantiles_rounded_to: Step | None = Field(None, description=QUANTILES_ROUNDED_TO)
    concealed: Private[Concealed] | None = Field(
        None,
        description="Why the figures may not be published: one or two customers make nearly all of the sum, or too few "
        "lie on a side of the typical figure; then they are withheld from the published copy",
    )

    @model_validator(mode="before")
    @classmethod
    def _the_mean_is_typical(cls, content: Any) -> Any:  # noqa: ANN401 (whatever stands in the document)
        """Documents before 1.2 know means alone."""
        if isinstance(content, dict) and "typical" not in content and "mean" in content:
            return {**content, "typical": content["mean"], "typical_interval": content.get("mean_interval")}
        return content

    @property
    def middle_half(self) -> tuple[float, float, float] | None:
        """Lower quartile, median, upper quartile; None where one of them is not told."""
        if self.q1 is None or self.median is None or self.q3 is None:
            return None
        return self.q1, self.median, self.q3


class WithheldProfile(Frozen):
    """One numeric column within one segment, of which no figures are published or nobody has a value: all are null."""

    feature: Label
    withheld: Word[str] = Field(description="Why, in words")
    known: None = None
    constant: None = None
    mean: None = None
    median: None = None
    q1: None = None
    q3: None = None
    level: None = None
    effect: None = None
    typical: None = None
    typical_interval: None = None
    difference: None = None
    ratio: None = None
    mean_interval: None = None
    contrast: None = None
    contrast_interval: None = None
    adjusted_p: None = None
    marker: None = None
    rounded_to: None = None
    concealed: None = None
    quantiles_rounded_to: None = None


class CategoryShare(Frozen):
    """One value of a categorical column within one segment."""

    feature: Label
    category: Label
    count: Count
    share: RoundedShare
    share_overall: RoundedShare
    residual: Index | None = Field(None, description="Adjusted standardised residual (Haberman 1973)")
    adjusted_p: Chance | None = Field(None, description="As for numbers; null where too few customers are expected")
    marker: Word[bool] = Field(
        default=False,
        description="Whether the difference counts: ten points from everybody else, and adjusted p below .05",
    )


class WithheldShare(Frozen):
    """One value of a categorical column within one segment that is withheld from the published copy."""

    feature: Label
    category: Label
    withheld: Word[str] = Field(description="Why, in words")
    count: None = None
    share: None = None
    share_overall: RoundedShare
    residual: None = None
    adjusted_p: None = None
    marker: None = None


class Trait(Frozen):
    """Something that sets a segment apart, strongest first."""

    feature: Label
    level: Word[Level]
    effect: Index
    phrase: Told = Field(description="Plain words with the figure, completing “This segment …”")
    category: Label | None = Field(None, description="Of a column of categories the one that is told of")


class Condition(Frozen):
    """One bound on one column, in the data's own units, or a category that a customer is in, or is not."""

    feature: Label
    operator: Word[Literal["above", "at most", "is", "is not"]]
    value: Bound | Label = Field(description="A category where the operator is `is` or `is not`; else the bound")


class Rule(Frozen):
    """How to recognise a customer of the segment: all conditions hold."""

    conditions: tuple[Condition, ...]
    precision: RoundedShare | None = Field(
        description="Of the customers the rule picks, the share that belongs to the segment; in the published copy of "
        "a public site a tenth that it reaches at least, though it may be all, or null"
    )
    recall: RoundedShare | None = Field(
        description="Of the segment's customers, the share that the rule picks; told as `precision` is"
    )
    picked: Count | None = Field(description="Customers; null where withheld from the published copy")
    correct: Count | None = Field(description="Customers; null where withheld from the published copy")
    sentence: Told


class Neighbour(Frozen):
    """The segment nearest in standardised features."""

    id: Number
    distance: Distance
    border_customers: Count | None = Field(
        description="Customers for whom it comes second, and nearly as close as their own segment; null where withheld "
        "from the published copy"
    )


class Border(Frozen):
    """Customers of a segment for whom another one comes second, and nearly as close; each customer counts once."""

    id: Number = Field(description="The other segment")
    customers: Count | None = Field(description="Null where withheld from the published copy")
    share: RoundedShare | None = Field(description="Of the segment’s customers; null where withheld")


class Criterion(Frozen):
    """One of Kotler’s five criteria of a useful segment, made checkable."""

    name: Word[Literal["measurable", "substantial", "accessible", "differentiable", "actionable"]]
    passed: Word[bool]
    reason: Told


class Evaluation(Frozen):
    """Where a segment stands on the evaluation plot, each axis 0…1 (Dolnicar, Grün & Leisch 2018, step 8)."""

    attractiveness: Index
    competitiveness: Index
    parts: dict[Word[str], Index] = Field(description="What each axis is made of, part → 0…1")
    explanation: Told


class Segment(Frozen):
    """One segment, in canonical order: by estimated value, largest first."""

    id: Number = Field(ge=1, description="Kept from build to build; in a first build its place in the order")
    slug: Label
    name: Label
    persona: PersonaMatch | None
    colour: Number | None = Field(
        None, ge=1, description="Index into the site’s categorical palette, kept from build to build; null before 1.6"
    )
    size: Count
    share: RoundedShare
    value_share: Part | None
    centroid: dict[Label, RoundedMean | None] = Field(
        description="Clustering feature → mean, in the data's own units; null where nobody has a value, or withheld "
        "from the published copy"
    )
    profile: tuple[FeatureProfile | WithheldProfile, ...]
    categories: tuple[CategoryShare | WithheldShare, ...]
    silhouette: Index
    silhouettes: tuple[Index, ...] = Field(
        (), description="Those of its customers at their 5th, 10th, … 95th percentile, lowest first"
    )
    stability: Index | None = Field(description="Mean bootstrap Jaccard (Hennig 2007); null where not resampled")
    stability_band: Word[Band] | None
    neighbour: Neighbour | None
    rule: Rule | None
    kind: Word[Literal["segment", "unassigned"]] = Field(
        "segment", description="`unassigned`: customers whom HDBSCAN puts into no segment"
    )
    stability_interval: Interval | None = Field(
        None, description="Where 95 % of the resamples’ Jaccard similarities lie, reaching to their mean"
    )
    dissolved: Number | None = Field(
        None,
        ge=0,
        description="Resamples in which it dissolved: no segment shares more than half of its customers with it "
        "(Jaccard .5 or less; Hennig 2008); null where not resampled, and before 1.3",
    )
    size_interval: Interval | None = Field(
        None,
        description="Around the size: customers, if they were drawn and segments found anew, by the resamples in which "
        "the segment does not dissolve; null where withheld, or where it mostly does",
    )
    share_interval: Interval | None = Field(None, description="The same as a share of all customers")
    value_share_interval: Interval | None = Field(
        None, description="The same as a share of all value; null before 1.3, and where value is the expected one"
    )
    imputed: Count | None = Field(
        0,
        description="Customers without a value in some column that segments are found by: they took no part in finding "
        "them and were assigned by their other columns; null where withheld, 0 before 1.4",
    )
    borders: tuple[Border, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    evaluation: Evaluation | None = None
    summary: Told = Field(description="Who they are, one sentence")
    traits: tuple[Trait, ...]
    recommendations: tuple[Recommendation, ...]
    budget: BudgetShare | None
    lifetime: Prospect | None = Field(None, description="Null where value is not the expected one")

    @property
    def figures(self) -> tuple[FeatureProfile, ...]:
        """Its figures in each numeric column, without the columns that are withheld."""
        return tuple(one for one in self.profile if isinstance(one, FeatureProfile))

    @property
    def withheld(self) -> tuple[str, ...]:
        """The numeric columns whose figures are withheld."""
        return tuple(one.feature for one in self.profile if isinstance(one, WithheldProfile))

    @property
    def shares(self) -> tuple[CategoryShare, ...]:
        """Its categories, without those that are withheld."""
        return tuple(one for one in self.categories if isinstance(one, CategoryShare))
