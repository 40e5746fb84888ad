"""`transactions` of `site.yml`: what each column of a table of transactions is.

Where the key is present, the table holds transactions, one row a line of an invoice, and the site's columns are those
derived of each customer: `recency`, `frequency`, `monetary`, `tenure`, `basket` and, where products are known,
`products` (`analysis.configuration.derived`). How they are derived stands in `analysis.transactions`.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from analysis.configuration.column import Column
from analysis.configuration.date_pattern import date_pattern
from analysis.configuration.settings import Settings


class Cancelled(Settings):
    """How a cancelled or returned purchase is told: by a prefix, or by the words that mean it."""

    column: str = Field(description="The column that tells")
    prefix: str | None = Field(None, min_length=1, description="Cells that begin with it are credit notes (`C536379`)")
    values: tuple[str, ...] = Field((), description="Cells that say so, whatever their capitals")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.prefix is None) == (not self.values):
            raise ValueError("write either prefix or values, which mark cancelled rows")
        return self


class Status(Settings):
    """Which rows count, by a column that says what became of an order, a payment or a deal.

    Words are compared without capitals; `_`, `-` and blanks are one, and "" is an empty cell. With both lists a word in
    neither stops the build; with one of them, all other words belong to the other.
    """

    column: str = Field(description="The column that tells")
    counts: tuple[str, ...] = Field((), description="Words of rows that count, such as paid or completed")
    leave_out: tuple[str, ...] = Field((), description="Words of rows that do not, such as failed or cancelled")
    of: Literal["order", "row"] = Field(
        "order", description="`row`: an empty cell is a row’s own; else what stands on one row of an order is all rows’"
    )

    @model_validator(mode="after")
    def _some_words(self) -> Self:
        if not self.counts and not self.leave_out:
            raise ValueError("name the words that count, or those that are left out")
        if both := sorted({same_word(each) for each in self.counts} & {same_word(each) for each in self.leave_out}):
            raise ValueError(f"“{both[0]}” is listed under counts and under leave_out; list it under one of them")
        return self


class Refunds(Settings):
    """Rows that are refunds, by a column that says what a row is, such as a document’s type."""

    column: str = Field(description="The column that tells")
    values: tuple[str, ...] = Field(min_length=1, description="Words of refunds, compared as those of a status are")


def same_word(text: str) -> str:
    """A status in the form in which it is compared: `Partially_Refunded` → `partially refunded`."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def span_of(date_format: str | None) -> str:
    """Within what time lines are one purchase: what dates of a format tell apart; a date where none is stated."""
    if not date_format:
        return "on one date"
    pattern = date_format.lower()
    if "d" in pattern or pattern.startswith("excel"):
        return "on one day"
    return "in one month" if "m" in pattern or "%b" in pattern else "in one year"


class TransactionSettings(Settings):
    """The columns of a table of transactions, by their headers."""

    customer: str | tuple[str, ...] = Field(
        description="Who bought; a list is in order of preference: the next where the first has no account"
    )
    no_account: tuple[str, ...] = Field(
        (), description="Cells of these columns that name nobody, such as 0 or guest; empty ones never do"
    )
    date: str = Field(description="When")
    amount: str | None = Field(None, description="Money; negative: a refund")
    quantity: str | None = Field(None, description="With `price`, where there is no amount; negative: a return")
    price: str | None = Field(None, description="Of one piece")
    amount_of: Literal["row", "order"] = Field(
        "row",
        description="`order`: the amount is the whole order’s and stands on each of its rows, or on one of them; it "
        "counts once",
    )
    scale: float = Field(
        1.0, gt=0, description="What one unit of all these figures is in money: 0.01 where they count cents"
    )
    less: tuple[str, ...] = Field((), description="Columns that are taken off the amount, such as discounts")
    less_share: tuple[str, ...] = Field(
        (), description="Columns that say which share of the amount is taken off: 0.1 is a tenth"
    )
    less_percent: tuple[str, ...] = Field(
        (), description="Columns that say how many per cent of the amount are taken off: 10 is a tenth"
    )
    refunded: str | None = Field(None, description="What was paid back of the amount; taken off, whatever its sign")
    once: tuple[str, ...] = Field(
        (),
        description="Columns of `less` and `refunded` whose figure is the whole order’s and stands on each of its rows "
        "or on one; it is taken off once",
    )
    refund_of: str | None = Field(
        None, description="In the row of a refund: the invoice that it belongs to, whose customer it then has"
    )
    invoice: str | None = Field(None, description="What was bought together; without it, what was bought on a day")
    order_total: str | None = Field(
        None, description="The order’s total beside its lines; only compared with their sum, which a note tells"
    )
    product: str | None = Field(None, description="What was bought")
    status: Status | tuple[Status, ...] | None = Field(
        None, description="Which rows count, by what became of them; of several columns each must say so"
    )
    refunds: Refunds | None = Field(
        None, description="Rows that are refunds or discounts; taken off, whatever the sign of their figures"
    )
    cancelled: Cancelled | None = Field(None, description="How a cancelled or returned purchase is told")
    date_format: str | None = Field(None, description="Such as dd-mm-yyyy; found from the cells where it is left out")

    @field_validator("date_format")
    @classmethod
    def _a_format(cls, pattern: str | None) -> str | None:
        return None if pattern is None else date_pattern(pattern)

    @field_validator("customer")
    @classmethod
    def _somebody(cls, customer: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not customer:
            raise ValueError("name the column that identifies customers")
        return customer

    @model_validator(mode="after")
    def _one_way_to_the_amount(self) -> Self:
        product = (self.quantity is not None, self.price is not None)
        if self.amount is not None and any(product):
            raise ValueError("amount already gives the value of a row; leave out quantity and price")
        if self.amount is None and not all(product):
            raise ValueError("name the column of the amount, or those of quantity and price, which are multiplied")
        return self

    @model_validator(mode="after")
    def _orders_are_known(self) -> Self:
        needs = {"amount_of": self.amount_of == "order", "refund_of": self.refund_of, "order_total": self.order_total}
        lacking = [key for key, set_ in needs.items() if set_ and self.invoice is None]
        if lacking:
            raise ValueError(f"{lacking[0]} needs invoice, the column that identifies orders")
        if self.once and self.invoice is None:
            raise ValueError("once needs invoice, the column that identifies orders")
        if other := next((name for name in self.once if name not in self.taken_off), None):
            raise ValueError(f"“{other}” is listed under once; list it under less or refunded too")
        if self.amount_of == "order" and self.amount is None:
            raise ValueError("amount_of: order goes with amount; quantity and price are a row’s own")
        return self

    @model_validator(mode="after")
    def _columns_differ(self) -> Self:
        own = (self.invoice, self.product, self.refunded, self.refund_of, self.order_total)
        named = [*self.customers, self.date, *self.amounts, *self.less, *self.shares, *(name for name in own if name)]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"“{twice[0]}” is named twice; each part needs a column of its own")
        return self

    @property
    def customers(self) -> tuple[str, ...]:
        """The columns that say who bought, in order of preference."""
        return (self.customer,) if isinstance(self.customer, str) else self.customer

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The columns that say what became of a row."""
        return (self.status,) if isinstance(self.status, Status) else self.status or ()

    @property
    def amounts(self) -> tuple[str, ...]:
        """The columns of figures: the amount, or quantity and price."""
        return tuple(name for name in (self.amount, self.quantity, self.price) if name)

    @property
    def taken_off(self) -> tuple[str, ...]:
        """The columns of figures that lower the amount."""
        return (*self.less, self.refunded) if self.refunded else self.less

    @property
    def shares(self) -> dict[str, float]:
        """The columns that take off a share of the amount, with the figure that would take off all of it."""
        return dict.fromkeys(self.less_share, 1.0) | dict.fromkeys(self.less_percent, 100.0)

    @property
    def lenient(self) -> tuple[str, ...]:
        """The columns of figures that a row may lack: what lowers the amount, and what it is only compared with."""
        compared = (self.order_total,) if self.order_total else ()
        return (*self.taken_off, *self.shares, *compared)

    @property
    def money(self) -> tuple[str, ...]:
        """The columns of money: all figures but the quantity and shares."""
        return tuple(name for name in self.figures if name != self.quantity and name not in self.shares)

    @property
    def figures(self) -> tuple[str, ...]:
        """All columns of figures."""
        return (*self.amounts, *self.lenient)

    @property
    def described(self) -> dict[str, Column]:
        """The columns that are read, each once: customer, figures and date first; text but for the figures."""
        figures = {name: Column(role="feature", minimum=0 if name == self.price else None) for name in self.amounts}
        figures |= {name: Column(role="feature") for name in self.lenient}
        told = (self.cancelled, self.refunds, *self.statuses)
        marks = (each.column for each in told if each)
        texts = (self.date, self.invoice, self.refund_of, self.product, *self.customers[1:], *marks)
        return {self.customers[0]: Column(role="id"), **figures} | {
            name: Column(role="category") for name in texts if name and name not in (self.customers[0], *figures)
        }


def first_of(customer: object) -> str | None:
    """The first column that says who bought; none where the setting is no such thing."""
    if isinstance(customer, list | tuple) and customer:
        customer = customer[0]
    return customer if isinstance(customer, str) else None
