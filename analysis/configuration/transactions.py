"""`transactions` of `site.yml`: what each column of a table of transactions is, and what customers are made of it.

Where the key is present, the table holds transactions, one row a line of an invoice, and the site's columns are those
derived of each customer: `recency`, `frequency`, `monetary`, `tenure`, `basket` and, where products are known,
`products`. How they are derived stands in `analysis.transactions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from analysis.configuration.column import Column
from analysis.configuration.settings import Settings


class Cancelled(Settings):
    """How a cancelled or returned purchase is told: by a prefix, or by the words that mean it."""

    column: str = Field(description="The column that tells")
    prefix: str | None = Field(None, min_length=1, description="Cells that begin with it are credit notes (`C536379`)")
    values: tuple[str, ...] = Field((), description="Cells that say so, whatever their capitals")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.prefix is None) == (not self.values):
            raise ValueError("write either prefix or values: how a cancelled row is told")
        return self


class Transactions(Settings):
    """The columns of a table of transactions, by their headers."""

    customer: str = Field(description="Who bought")
    date: str = Field(description="When")
    amount: str | None = Field(None, description="Money; negative: a refund")
    quantity: str | None = Field(None, description="With `price`, where there is no amount; negative: a return")
    price: str | None = Field(None, description="Of one piece")
    invoice: str | None = Field(None, description="What was bought together; without it, what was bought on a day")
    product: str | None = Field(None, description="What was bought")
    cancelled: Cancelled | None = Field(None, description="How a cancelled or returned purchase is told")
    date_format: str | None = Field(None, description="Such as dd-mm-yyyy; found from the cells where it is left out")

    @field_validator("date_format")
    @classmethod
    def _a_format(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            from analysis.dates import DateFormat  # noqa: PLC0415 (loads the row engine, which few settings need)

            DateFormat.named(pattern)
        return pattern

    @model_validator(mode="after")
    def _one_way_to_the_amount(self) -> Self:
        product = (self.quantity is not None, self.price is not None)
        if self.amount is not None and any(product):
            raise ValueError("amount already says what a row is worth; leave quantity and price out")
        if self.amount is None and not all(product):
            raise ValueError("name the column of the amount, or those of quantity and price, which are multiplied")
        return self

    @model_validator(mode="after")
    def _columns_differ(self) -> Self:
        named = [name for name in (self.customer, self.date, *self.amounts, self.invoice, self.product) if name]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"“{twice[0]}” is named twice; each part needs a column of its own")
        if self.customer in DERIVED:
            raise ValueError(f"customer: “{self.customer}” is the name of a derived column; rename it in the file")
        return self

    @property
    def amounts(self) -> tuple[str, ...]:
        """The columns of figures: the amount, or quantity and price."""
        return tuple(name for name in (self.amount, self.quantity, self.price) if name)

    @property
    def described(self) -> dict[str, Column]:
        """The columns that are read, each once: customer, figures and date first; text but for the figures."""
        marked = self.cancelled.column if self.cancelled else None
        texts = (self.date, self.invoice, self.product, marked)
        figures = {name: Column(role="feature", minimum=0 if name == self.price else None) for name in self.amounts}
        return {self.customer: Column(role="id"), **figures} | {
            name: Column(role="category") for name in texts if name and name not in (self.customer, *self.amounts)
        }


DERIVED: Mapping[str, Mapping[str, Any]] = {
    "recency": {
        "role": "recency",
        "label": "Days since last purchase",
        "unit": "days",
        "format": "integer",
        "compare": "difference",
        "phrases": {
            "more": "last bought {} longer ago than average",
            "less": "last bought {} more recently than average",
        },
    },
    "frequency": {
        "role": "frequency",
        "label": "Purchases",
        "phrases": {"more": "bought {} more often than average", "less": "bought {} less often than average"},
    },
    "monetary": {
        "role": "monetary",
        "label": "Total spent",
        "format": "money",
        "phrases": {"more": "spent {} more than average", "less": "spent {} less than average"},
    },
    "tenure": {
        "role": "feature",
        "use": "describe",
        "label": "Days since first purchase",
        "unit": "days",
        "format": "integer",
        "compare": "difference",
        "phrases": {"more": "first bought {} earlier than average", "less": "first bought {} later than average"},
    },
    "basket": {
        "role": "feature",
        "use": "describe",
        "label": "Spent per purchase",
        "format": "money",
        "phrases": {"more": "spends {} more per purchase", "less": "spends {} less per purchase"},
    },
    "products": {
        "role": "feature",
        "use": "describe",
        "label": "Different products",
        "phrases": {"more": "bought {} more different products", "less": "bought {} fewer different products"},
    },
}
"""What is known of a customer from transactions: column → its description, in the words of `columns`."""

VALUE: Mapping[str, Any] = {"product_of": ["monetary"], "label": "Total spent", "lifetime": {}}
"""What a customer is worth, where nothing else is said: what is expected of them, else the net amount so far."""


def with_derived_columns(content: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a site of transactions with the derived columns described, as far as they are not already.

    Raises ValueError where `columns` describes one that is not derived. Settings that are wrong in other ways are left
    for their own check.
    """
    stated, own = content["transactions"], content.get("columns") or {}
    part = stated.model_dump() if isinstance(stated, Transactions) else stated
    if not isinstance(part, Mapping) or not isinstance(own, Mapping) or not isinstance(part.get("customer"), str):
        return dict(content)
    known = [name for name in DERIVED if name != "products" or part.get("product")]
    for name in own:
        if name not in known and name != part["customer"]:
            raise ValueError(
                f"columns: “{name}” is not derived from transactions; describe {', '.join(known[:-1])} or {known[-1]}, "
                "or leave it out"
            )
    columns = {part["customer"]: {"role": "id"}} | {name: _described(name, own.get(name)) for name in known}
    return {**content, "columns": columns, "value": _valued(content.get("value"))}


def _described(name: str, own: object) -> object:
    if own is None:
        return DERIVED[name]
    return {**DERIVED[name], **own} if isinstance(own, Mapping) else own


def _valued(own: object) -> object:
    """What customers are worth: who names columns gets no expected value unless they ask for it."""
    if own is None or (isinstance(own, Mapping) and "product_of" not in own):
        return {**VALUE, **(own or {})}
    return own
