"""`value` of `site.yml`: what a customer is worth."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from analysis.configuration.settings import Settings
from analysis.language import gettext, gettext_noop, ngettext


class LifetimeSettings(Settings):
    """Value as what a customer is expected to bring, estimated from transactions by BG/NBD and Gamma-Gamma."""

    months: int = Field(12, ge=1, le=60, description="The coming months that count")
    discount_rate: float = Field(
        0.1, ge=0, le=1, description="A year; 0.1: what comes in a year counts for 1/1.1 of its amount"
    )

    @property
    def label(self) -> str:
        """What value is then, in words."""
        return ngettext(
            "Expected value of the next month",
            "Expected value of the next {months} months",
            self.months,
            months=self.months,
        )


class Value(Settings):
    """How much a customer is worth, estimated where no revenue is known."""

    product_of: tuple[str, ...] = Field((), description="Columns multiplied; empty: every customer counts the same")
    sum_of: tuple[str, ...] = Field(
        (), description="Columns of money added up, in place of product_of: what customers spend on each kind of thing"
    )
    label: str = Field(gettext_noop("Customers"), description="What that value is called")
    lifetime: LifetimeSettings | None = Field(
        None,
        description="Tables of transactions: expected value where it can be estimated; left out: for 12 months, "
        "unless product_of is given; null: never",
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.product_of and self.sum_of:
            raise ValueError("value is a product or a sum; write product_of or sum_of, not both")
        return self

    @property
    def called(self) -> str:
        """The label in the language of the site; the team's own stays as it is."""
        return gettext(self.label)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that value is made of, whichever way."""
        return self.product_of or self.sum_of

    @property
    def sign(self) -> str:
        """What stands between them in a sentence."""
        return "×" if self.product_of else "+"

    @property
    def stated(self) -> bool:
        """Whether customers differ in value."""
        return bool(self.columns) or self.lifetime is not None

    def known(self, *, lifetime: bool) -> Value:
        """The value that is in force: the expected one if `lifetime` could be estimated, or the past one."""
        if self.lifetime is None:
            return self
        changes = {"product_of": (), "sum_of": (), "label": self.lifetime.label} if lifetime else {"lifetime": None}
        return self.model_copy(update=changes)
