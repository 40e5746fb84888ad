"""The document `build/model.json`: all that it takes to give anybody a segment, and nothing that has to be run.

Coordinates are those of the design: standard deviations, each axis times the root of its weight. The order of the axes
is that of `axes`. Customers' own figures stand in it only as places in the design, and only where a segment cannot be
told without them: all places fitted with `hdbscan`, else those few whom the rule alone would give to another segment.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from analysis.cells.known import Known
from analysis.configuration.column import Column
from analysis.configuration.formats import Format
from analysis.configuration.table import Rate
from analysis.configuration.transactions import TransactionSettings
from analysis.contract import Provenance
from analysis.contract.algorithms import Algorithm
from analysis.contract.base import Immutable
from analysis.preparation.design import DesignAxis

MODEL_VERSION: Literal["1.1"] = "1.1"

Coordinates = tuple[float, ...]


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
    size: int = Field(description="Training customers in it")
    centre: Coordinates = Field((), description="Mean of the customers fitted; empty for those who are in no segment")
    usual_distance: float = Field(
        description="Median distance of the customers fitted from the centre; of those in no segment from the nearest"
    )
    farthest_usual: float = Field(description="99 % of them are no farther; beyond it is `unlike`")


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
