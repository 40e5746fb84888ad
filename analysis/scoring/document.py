"""The document `build/model.json`: all that it takes to give anybody a segment, and nothing that has to be run.

Coordinates are those of the design: standard deviations, each axis times the root of its weight. The order of the axes
is that of `axes`. Customers' own figures stand in it only as places in the design, and only where a segment cannot be
told without them: all places fitted with `hdbscan`, else those few whom the rule alone would give to another segment.
"""

from __future__ import annotations

from math import isfinite
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from analysis.cells.known import Known
from analysis.configuration.column import Column
from analysis.configuration.formats import Format
from analysis.configuration.table import Rate
from analysis.configuration.transactions import TransactionSettings
from analysis.contract import Provenance
from analysis.contract.algorithms import Algorithm
from analysis.contract.base import Immutable
from analysis.preparation.design import DesignAxis
from analysis.scoring.sound import Coordinates, Length, Number, check_axes, check_labels, check_places

MODEL_VERSION: Literal["1.1"] = "1.1"


class Nearest(Immutable):
    """To the segment of the nearest centre."""

    kind: Literal["nearest"] = "nearest"


class Likeliest(Immutable):
    """To the segment whose normal cloud is likeliest (a Gaussian mixture with full covariances)."""

    kind: Literal["likeliest"] = "likeliest"
    weights: Coordinates = Field(description="Share of each segment")
    means: tuple[Coordinates, ...]
    roots: tuple[tuple[Coordinates, ...], ...] = Field(description="Upper Cholesky factor of each precision")


class Crowd(Immutable):
    """To the segment of the nearest customer, if that one is within reach; else to none."""

    kind: Literal["crowd"] = "crowd"
    places: tuple[Coordinates, ...] = Field(description="Where the fitted customers stand, each place once")
    segments: tuple[int, ...] = Field(description="The segment of each place, counted from 0; −1 for none")
    reach: Coordinates = Field(description="How far each segment reaches beyond its own customers")


Rule = Annotated[Nearest | Likeliest | Crowd, Field(discriminator="kind")]


class RememberedPlaces(Immutable):
    """Places of training customers whom the rule alone would give to another segment than theirs."""

    places: tuple[Coordinates, ...] = ()
    segments: tuple[int, ...] = Field((), description="The segment of each, counted from 0; as many as there are: none")


class FittedSegment(Immutable):
    """A segment as the model knows it."""

    id: int
    slug: str
    name: str
    size: Number = Field(description="Training customers in it")
    centre: Coordinates = Field((), description="Mean of the customers fitted; empty for those who are in no segment")
    usual_distance: Length = Field(
        description="Median distance of the customers fitted from the centre; of those in no segment from the nearest"
    )
    farthest_usual: Length = Field(description="99 % of them are no farther; beyond it is `unlike`")


class Written(Immutable):
    """How the training file is written, as far as the configuration said so."""

    sheet: str | None = None
    format: Format | None = None
    encoding: str | None = None
    delimiter: Literal[",", ";", "tab", "|", "blank"] | None = None
    columns: tuple[str, ...] | None = None
    decimal: Literal[".", ","] | None = None
    currency_column: str | Literal[False] | None = None
    currency: str | None = None
    rates: dict[str, Rate] = Field(default_factory=dict, description="As configured")


class Model(Immutable):
    """The whole document."""

    model_version: Literal["1.1"] = MODEL_VERSION
    provenance: Provenance
    algorithm: Algorithm
    written: Written = Written()
    counts_in: str = Field("USD", description="The site’s currency, in which money was counted")
    columns: dict[str, Column] = Field(description="As configured")
    transactions: TransactionSettings | None = None
    known: Known = Field(description="How the training table was written, and what stood in for what was missing")
    axes: tuple[DesignAxis, ...] = Field(description="The design: how columns become coordinates")
    categories: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Column of categories that clusters → the categories of the training table"
    )
    segments: tuple[FittedSegment, ...]
    leaves_over: bool = Field(description="Whether the last of the segments is none: whom the algorithm leaves over")
    rule: Rule
    remembered: RememberedPlaces = RememberedPlaces()

    @field_validator("known")
    @classmethod
    def _stand_ins_are_numbers(cls, known: Known) -> Known:
        if not all(isinstance(one, str) or isfinite(one) for one in known.imputed.values()):
            raise ValueError("what stands in for a missing value is no number")
        return known

    @field_validator("axes")
    @classmethod
    def _axes_can_be_used(cls, axes: tuple[DesignAxis, ...], before: ValidationInfo) -> tuple[DesignAxis, ...]:
        if "columns" in before.data:
            check_axes(axes, before.data["columns"])
        return axes

    @field_validator("categories")
    @classmethod
    def _columns_of_categories_have_axes_of_categories(
        cls, categories: dict[str, tuple[str, ...]], before: ValidationInfo
    ) -> dict[str, tuple[str, ...]]:
        if any((axis.category is None) == (axis.feature in categories) for axis in before.data.get("axes", ())):
            raise ValueError("a column is of numbers by its axes, and of categories by its own, or the reverse")
        return categories

    @field_validator("segments")
    @classmethod
    def _segments_have_a_place_each(
        cls, segments: tuple[FittedSegment, ...], before: ValidationInfo
    ) -> tuple[FittedSegment, ...]:
        """All but whoever is in none, who come last, and whom `leaves_over` allows."""
        if not segments or not segments[0].centre:
            raise ValueError("no segment has a centre")
        if any(len({getattr(one, name) for one in segments}) < len(segments) for name in ("id", "slug")):
            raise ValueError("two segments have one id or slug")
        proper = segments if segments[-1].centre else segments[:-1]
        if "axes" in before.data:
            check_places([one.centre for one in proper], len(before.data["axes"]))
        return segments

    @field_validator("leaves_over")
    @classmethod
    def _who_is_in_none_is_left_over(cls, leaves_over: bool, before: ValidationInfo) -> bool:  # noqa: FBT001 (a field)
        if not leaves_over and not all(one.centre for one in before.data.get("segments", ())):
            raise ValueError("a segment without a centre, although nobody is left over")
        return leaves_over

    @field_validator("rule")
    @classmethod
    def _the_rule_is_of_the_segments(cls, rule: Rule, before: ValidationInfo) -> Rule:
        if not {"axes", "segments"} <= before.data.keys():
            return rule
        axes, k = len(before.data["axes"]), sum(bool(one.centre) for one in before.data["segments"])
        if isinstance(rule, Likeliest):
            check_places(rule.means, axes)
            check_places([row for root in rule.roots for row in root], axes)
            if not len(rule.weights) == len(rule.means) == len(rule.roots) == k or {*map(len, rule.roots)} != {axes}:
                raise ValueError("not one cloud for each segment")
        if isinstance(rule, Crowd):
            check_places(rule.places, axes)
            check_labels(rule.segments, len(rule.places), -1, k - 1)
            if not rule.places or len(rule.reach) != k:
                raise ValueError("not one reach for each segment")
        return rule

    @field_validator("remembered")
    @classmethod
    def _what_is_remembered_is_of_the_segments(
        cls, remembered: RememberedPlaces, before: ValidationInfo
    ) -> RememberedPlaces:
        if {"axes", "segments"} <= before.data.keys():
            check_places(remembered.places, len(before.data["axes"]))
            k = sum(bool(one.centre) for one in before.data["segments"])
            check_labels(remembered.segments, len(remembered.places), 0, k)
        return remembered
