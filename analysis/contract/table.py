"""The table: where it came from, its columns, and what was read and set aside."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from analysis.contract.base import QUANTILES_ROUNDED_TO, ROUNDED_TO, Concealed, Frozen
from analysis.contract.kinds import (
    Bound,
    Count,
    Date,
    Digest,
    Label,
    Number,
    Part,
    Private,
    RoundedDeviation,
    RoundedQuantile,
    Rows,
    Setting,
    Step,
    SteppedMean,
    Told,
    Word,
)
from analysis.contract.transactions import Transactions
from analysis.language.words import unit


class Provenance(Frozen):
    """What the result was made of and with; no wall-clock time, so that the same input gives the same bytes."""

    source: Label = Field(
        description="File name of the table, without its folder; of several, some; or “database query”"
    )
    plain: Word[bool] = Field(True, description="Whether it is one file of delimited text, not packed")
    data_sha256: Digest | None = Field(description="Of the file as it was read; null in the published copy")
    configuration_sha256: Setting[str]
    essential_sha256: Setting[str] | None = Field(
        None,
        description="Of the configuration without what is only shown, such as the title of the site and the texts of "
        "actions; null before 1.6",
    )
    code_version: Word[str]
    libraries: dict[Word[str], Word[str]]
    seed: Number


class Rejection(Frozen):
    """Rows set aside for one reason; a row counts under the first reason found."""

    reason: Word[str]
    column: Label | None
    rows: Rows = Field(description="Number of rows")
    examples: tuple[Private[int], ...] = Field(
        description="Row numbers in the file (header is row 1), the first twenty"
    )


class LeftOut(Frozen):
    """A column that tells nothing of customers, or what another has told."""

    column: Label
    reason: Told
    describes: Word[bool] = Field(description="Whether it describes segments all the same, and only does not form them")


class Feature(Frozen):
    """A column of the table as the analysis understood it."""

    name: Label = Field(description="The column's name in the configuration; key of every mapping by feature")
    slug: Label
    label: Label
    role: Word[str]
    kind: Word[Literal["numeric", "category"]]
    measure: Word[Literal["numeric", "ordinal", "nominal", "boolean", "date"]] = Field(
        "numeric", description="What the cells are; of a boolean column 1 is yes, of dates the years since"
    )
    two_values: tuple[Bound, Bound] | None = Field(
        None, description="The lower and the higher, where the column holds no others: then its mean tells a count"
    )
    levels: tuple[Label, ...] = Field((), description="Ordinal columns: what 1, 2, … stand for")
    topic: Word[str] | None = Field(
        None,
        description="What it is about besides its role, as playbooks speak of it: `churn`, `tenure`, `satisfaction`",
    )
    used_for: Word[Literal["clustering", "description"]]
    unit: Label | None = None
    format: Word[Literal["number", "integer", "money", "percent"]] = "number"
    scale: Setting[float] = Field(1.0, description="Multiply by this before formatting (1000 for a column in k$)")
    decimals: Number | None = None
    compare: Word[Literal["ratio", "difference"]] = "ratio"
    transform: Word[str] = Field(
        "standardised", description="What was done before clustering: `log, standardised` or less"
    )
    transform_reason: Told = Field("", description="Why, in plain words; empty where there is nothing to say")
    weight: Setting[float] | None = Field(
        None, description="How much a clustering column counts in distances, against the others; null otherwise"
    )
    inertia_share: Part | None = Field(
        None, description="0…1: a clustering column’s part in the squared distances of the customers; null otherwise"
    )
    typical: Word[Literal["mean", "median"]] = Field(
        "mean",
        description="Which figure stands for a group of customers: the median of amounts judged by their logarithm, or "
        "limited by quartiles, whose mean a few large customers make",
    )
    mean: SteppedMean | None = Field(None, description="Of an amount, like its spread, without the customers set apart")
    median: RoundedQuantile | None = None
    standard_deviation: RoundedDeviation | None = None
    p05: RoundedQuantile | None = None
    q1: RoundedQuantile | None = None
    q3: RoundedQuantile | None = None
    p95: RoundedQuantile | None = None
    rounded_to: Step | None = Field(None, description=ROUNDED_TO)
    deviation_rounded_to: Step | None = Field(
        None, description="Of what the standard deviation is a multiple; null where it is as it is, or `rounded_to`"
    )
    quantiles_rounded_to: Step | None = Field(None, description=QUANTILES_ROUNDED_TO)
    concealed: Private[Concealed] | None = Field(
        None, description="Why the figures are withheld from the published copy, as of a segment’s"
    )
    missing: Count | None = Field(0, description="Values lacking; null where withheld from the published copy")
    harmless: Setting[bool] = Field(
        default=False,
        description="Whether the configuration says that it harms nobody to know that all or none of a group have a "
        "value of the column",
    )
    missing_policy: Word[str] = "row set aside"
    imputed: Count | None = Field(
        0,
        description="Values lacking whose customers stay, by a policy that imputes: no figure counts them, and "
        "segments go by the other columns; null where withheld",
    )
    categories: dict[Label, Count] = Field(default_factory=dict, description="Category → customers, largest first")

    @property
    def unit_beside(self) -> str | None:
        """The unit to name behind the label; none where figures carry it, or the label says it (`Days since …`)."""
        said = f" {self.unit} ".casefold() in f" {self.label} ".casefold()
        return None if said or not self.unit or self.format in {"money", "percent"} else unit(self.unit)

    @property
    def titled(self) -> str:
        """The label with the unit that its figures do not carry: `Age, years`."""
        return f"{self.label}, {self.unit_beside}" if self.unit_beside else self.label

    @property
    def usual(self) -> float | None:
        """The typical figure of everybody: the mean or the median, as the column has it."""
        return self.median if self.typical == "median" else self.mean


class Data(Frozen):
    """The table: what was read, used and set aside. `rows_read == rows_used + rows_rejected`."""

    rows_read: Rows
    rows_used: Rows
    rows_rejected: Rows
    customers: Count = Field(0, description="Customers analysed; `rows_used` unless the table holds transactions")
    rejections: tuple[Rejection, ...]
    features: tuple[Feature, ...]
    encoding: Word[str]
    delimiter: Word[str]
    left_out: tuple[LeftOut, ...] = Field((), description="Columns recognised as telling nothing, with the reason")
    reference_date: Date | None = Field(
        None,
        description="The day up to which years are counted, as 2026-01-31; in the published copy the month, 2026-01, "
        "unless the configuration states it",
    )
    reference_stated: Word[bool] = Field(default=False, description="Whether the configuration states that day")
    set_apart: Count | None = Field(
        0,
        description="Extreme customers left out of the fit, and of means and spreads of amounts, and assigned "
        "afterwards; null where withheld",
    )
    imputed: Count | None = Field(
        0,
        description="Customers without a value in some column that segments are found by, who took no part in finding "
        "them and were assigned by their other columns; null where withheld, 0 before 1.4",
    )
    latecomers: Told = Field(
        "to the nearest segment", description="Where customers were assigned who took no part in the fit, in words"
    )
    notes: tuple[Told, ...] = Field((), description="What was assumed while reading the table, in sentences")
    public_notes: tuple[Private[str], ...] = Field(
        (),
        description="The notes of the published copy: numbers of rows rounded, no single rows; empty where the table "
        "is public",
    )
    transactions: Transactions | None = Field(None, description="Null where each row is a customer")

    @model_validator(mode="before")
    @classmethod
    def _a_row_is_a_customer(cls, content: Any) -> Any:  # noqa: ANN401 (whatever stands in the document)
        """Documents before 1.2 count rows alone."""
        if isinstance(content, dict) and "customers" not in content and "rows_used" in content:
            return {**content, "customers": content["rows_used"]}
        return content


class Privacy(Frozen):
    """What may be published of this table."""

    mode: Word[Literal["public", "open"]]
    min_cell: Number
    rounding_base: Number | None = Field(
        None,
        description="In the published copy counts of customers are rounded at random to multiples of it; null where "
        "they are exact, as in open mode",
    )
