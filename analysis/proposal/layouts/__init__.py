"""What the common shop, payment and CRM tools export: one YAML file for each layout, with its sources.

A file is data: the header as the tool writes it, and which of its columns is the customer, the date, the amount and
so on. Where several columns can take a part, they stand in order of preference. `docs/layouts.md` lists the layouts;
`analysis.proposal.layout` recognises them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.configuration.settings import Settings
from analysis.configuration.yaml_text import read_yaml

Columns = tuple[str, ...]


class Amount(Settings):
    """One way to the money of a row or of an order."""

    amount: str | None = Field(None, description="The column of the amount")
    quantity: str | None = Field(None, description="With `price`, where there is no amount")
    price: str | None = Field(None, description="Of one piece")
    of: Literal["row", "order"] = Field("row", description="Whose amount it is; an order's is counted once an order")
    less: Columns = Field((), description="Columns with positive figures that are taken off")
    refunded: str | None = Field(None, description="The column of what was paid back")
    currency: str | None = Field(None, description="The column of the currency of these figures")
    means: str = Field(description="What the amount holds and what it does not")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.amount is None) == (self.quantity is None) or (self.quantity is None) != (self.price is None):
            raise ValueError("name either amount, or quantity and price")
        return self

    @property
    def figures(self) -> Columns:
        """The columns that must be there."""
        return tuple(name for name in (self.amount, self.quantity, self.price) if name)


class StatusWords(Settings):
    """A column that says whether money was paid, and its words."""

    column: str
    counts: Columns
    leave_out: Columns


class CancelledWords(Settings):
    """How a cancelled row is told, in the words of `transactions.cancelled`."""

    column: str
    prefix: str | None = None
    values: Columns = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.prefix is None) == (not self.values):
            raise ValueError("write either prefix or values")
        return self


class LayoutFile(Settings):
    """A layout as its file describes it."""

    tool: str
    title: str
    file: str = Field(description="What the tool calls the file")
    holds: Literal["transactions", "customers"]
    row: str = Field(description="What one row is")
    signature: Columns = Field(description="Headers that tell this layout from others")
    header: Columns = Field(description="The header as it is usually exported")
    also: Columns = Field((), description="Further headers that can occur")
    customer: Columns = Field((), description="Who bought: the next where the first is empty or no account")
    by_name: Columns = Field((), description="Names of people, where the table has none of `customer`")
    no_account: Columns = Field((), description="Cells of `customer` that name nobody")
    date: Columns = ()
    amounts: tuple[Amount, ...] = ()
    invoice: Columns = ()
    refund_of: str | None = None
    product: Columns = ()
    status: tuple[StatusWords, ...] = ()
    cancelled: CancelledWords | None = None
    blank: Columns = Field(
        (), description="Columns that are empty in all rows that count, such as the day of a cancellation"
    )
    columns: Mapping[str, Mapping[str, object]] = Field({}, description="Settings of columns of a table of customers")
    refusal: str | None = Field(None, description="Why this file alone can never be used, and what to take instead")
    no_customer: str | None = Field(None, description="The same, where the table has none of the columns of customers")
    notes: tuple[str, ...] = Field((), description="Said only where the table has every column that the note names")
    sources: Mapping[str, str] = Field(min_length=1, description="Where each fact is from; `memory` where from memory")

    @model_validator(mode="after")
    def _usable_or_refused(self) -> Self:
        usable = self.columns if self.holds == "customers" else self.date and self.amounts
        if bool(usable) == bool(self.refusal):
            raise ValueError("describe the columns, or write in refusal why they cannot be used")
        return self


@cache
def catalogue() -> Mapping[str, LayoutFile]:
    """Every layout by the name of its file, in the order of the names."""
    files = sorted(Path(__file__).parent.glob("*.yml"))
    return {file.stem: LayoutFile.model_validate(read_yaml(file.read_text(encoding="utf-8"))) for file in files}
