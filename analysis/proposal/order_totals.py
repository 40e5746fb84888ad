"""Rows among the lines of orders that hold the sum of the lines: `Invoice total`. Counted, they double the revenue."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.proposal.evidence import CENT, FEWEST_ORDERS, MOSTLY, ColumnEvidence
from analysis.reading.text.total_words import kind_of_total

if TYPE_CHECKING:
    import pandas as pd

NEARLY_ALL = 0.9
"""Share of the orders that have such a row."""


@dataclass(frozen=True, eq=False)
class Totals:
    """Rows of totals, and how they are told."""

    header: str
    text: str
    """Such as `Invoice total`; empty for an empty cell."""
    rows: pd.Series[bool]
    adds_up: bool
    """Whether each holds the sum of its order's other rows; else only the text says that it is a total."""


def order_totals(
    evidence: ColumnEvidence, order: str, figures: pd.Series[float], taken: Collection[str | None]
) -> Totals | None:
    """The rows of totals, by the text that tells them; None where there are none.

    A text is one where nearly every order has one such row, whose figure is the sum of the order's others; an order
    of one line only has two rows that are alike, so enough orders of several lines must show it.
    """
    numbers = evidence.texts(order)
    orders, known = numbers.nunique(), numbers.notna()
    for header, text, rows in _candidates(evidence, orders, taken):
        total = rows & known
        if int(numbers[total].duplicated().sum()) or int(total.sum()) < max(FEWEST_ORDERS, NEARLY_ALL * orders):
            continue
        lines = numbers[~total & known]
        sums = figures[lines.index].groupby(lines).sum()
        own = figures[total].set_axis(numbers[total])
        counts = lines.value_counts()
        told = (own - sums.reindex(own.index)).abs() <= CENT
        several = own.index.isin(counts[counts > 1].index)
        if int(several.sum()) >= FEWEST_ORDERS and float(told.mean()) >= MOSTLY:
            return Totals(header, text, rows, adds_up=True)
        if kind_of_total(text):
            return Totals(header, text, rows, adds_up=False)
    return None


def _candidates(
    evidence: ColumnEvidence, orders: int, taken: Collection[str | None]
) -> Iterator[tuple[str, str, pd.Series[bool]]]:
    """Texts that stand in about as many rows as there are orders."""
    for look in evidence.looks:
        if look.header in taken or look.numeric or look.dates:
            continue
        texts = evidence.texts(look.header)
        often = texts.value_counts()
        for text in often[often.between(NEARLY_ALL * orders, orders)].index:
            yield look.header, str(text), texts == text
        if NEARLY_ALL * orders <= int(texts.isna().sum()) <= orders:
            yield look.header, "", texts.isna()
