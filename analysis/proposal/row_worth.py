"""How many rows something concerns and what they come to in money, for reasons and questions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.columns.money_words import is_refund
from analysis.proposal.evidence import ColumnEvidence
from analysis.proposal.lowered import Money

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 4
"""Words that a sentence lists."""


@dataclass(frozen=True, eq=False)
class RowWorth:
    """What each row is worth before anything is taken off; None where no column says."""

    figures: pd.Series[float] | None

    @classmethod
    def of(cls, evidence: ColumnEvidence, money: Money | None, order: str | None) -> RowWorth:
        """By the columns proposed; an order's amount stands on its first row."""
        settings = money.settings if money else {}
        amount, quantity, price = (settings.get(key) for key in ("amount", "quantity", "price"))
        if isinstance(amount, str):
            figures = evidence.figures(amount)
            if settings.get("amount_of") == "order" and order:
                numbers = evidence.texts(order)
                figures = figures.where(~(numbers.duplicated() & numbers.notna()))
        elif isinstance(quantity, str) and isinstance(price, str):
            figures = evidence.figures(quantity) * evidence.figures(price)
        else:
            return cls(None)
        scale = settings.get("scale")
        return cls(figures * scale if isinstance(scale, float) else figures)

    def told(self, rows: pd.Series[bool]) -> str:
        """As a reason has it: `12 rows, 480.00`."""
        count = int(rows.sum())
        said = f"{count:,} {'row' if count == 1 else 'rows'}"
        return said if self.figures is None else f"{said}, {float(self.figures[rows].sum()):,.2f}"

    def above(self, rows: pd.Series[bool]) -> bool:
        """Whether some of these rows have a figure above 0."""
        return self.figures is not None and bool((self.figures[rows] > 0).any())

    def below(self, rows: pd.Series[bool]) -> bool:
        """Whether some of these rows have a figure below 0."""
        return self.figures is not None and bool((self.figures[rows] < 0).any())


@dataclass(frozen=True, eq=False)
class WorthRows:
    """The rows of a table of sales, with what each is worth."""

    evidence: ColumnEvidence
    money: Money | None
    order: str | None
    worth: RowWorth

    @property
    def pays_back(self) -> bool:
        """Whether a column says what was paid back, taken off or off already."""
        refunds = [look.header for look in self.evidence.looks if is_refund(look)]
        return bool(self.money and self.money.pays_back(refunds))

    def texts(self, header: str) -> pd.Series[str]:
        """The cells of a column."""
        return self.evidence.texts(header)

    def words(self, header: str) -> list[str]:
        """The different cells of a column."""
        return sorted(self.texts(header).dropna().unique())

    def told(self, header: str, words: Collection[str]) -> str:
        """Words with their rows and money: `“Failed” (3 rows, 120.00)`; "" is an empty cell."""
        texts = self.evidence.frame[header].str.strip()
        each = [f"{f'“{word}”' if word else 'nothing'} ({self.worth.told(texts == word)})" for word in [*words][:SHOWN]]
        return ", ".join(each) + (", …" if len(words) > SHOWN else "")
