"""What the cells of a table of sales say of each other: what repeats, what is an order's own, what adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from analysis.cells.numerals import MISSING
from analysis.columns.appearance import Look

if TYPE_CHECKING:
    import pandas as pd

MOSTLY = 0.98
CENT = 0.011
OFTEN = 0.4
"""Share of the rows in which a product has its commonest price, from which it is no accident."""
FEWEST_ORDERS = 3
"""Orders of several rows from which what they have in common is no accident."""


@dataclass(frozen=True, eq=False)
class ColumnEvidence:
    """The rows that were looked at: text by header, with what each column looks like.

    What many questions need of a column is made once: a wide table asks them of each of its columns.
    """

    frame: pd.DataFrame
    looks: Sequence[Look]

    @cached_property
    def by_header(self) -> dict[str, Look]:
        """Header → what its column looks like."""
        return {look.header: look for look in self.looks}

    @cached_property
    def texts(self) -> Callable[[str], pd.Series[str]]:
        """The cells of a column, missing where they hold nothing."""

        def texts(header: str) -> pd.Series[str]:
            cells = self.frame[header]
            return cells.where(~cells.str.lower().isin(MISSING))

        return cache(texts)

    def figures(self, header: str) -> pd.Series[float]:
        """The figures of a column, missing where there is none."""
        import pandas as pd  # noqa: PLC0415 (already loaded with the table)

        return pd.Series(self.by_header[header].figures, index=self.frame.index)

    def constant_within(self, group: str, header: str) -> float:
        """Share of the groups in which the column has one value at most."""
        rows = self.texts(header).groupby(self.texts(group)).nunique()
        return float((rows <= 1).mean()) if len(rows) else 0.0

    def each(self, group: str, header: str) -> float:
        """How many different values of a column a group has on average, those without any left out."""
        rows = self.texts(header).groupby(self.texts(group)).nunique()
        rows = rows[rows > 0]
        return float(rows.mean()) if len(rows) else 0.0

    @cached_property
    def joined(self) -> Callable[[str], pd.Series[bool]]:
        """Whether a row's order has several rows."""

        def joined(order: str) -> pd.Series[bool]:
            numbers = self.texts(order)
            return numbers.notna() & numbers.duplicated(keep=False)

        return cache(joined)

    def several(self, order: str) -> int:
        """How many orders have several rows."""
        return int(self.texts(order)[self.joined(order)].nunique())

    def on_first_rows_only(self, order: str, header: str) -> bool:
        """Whether an order's first row has the column's figure and its further rows mostly have none."""
        known, joined = self.texts(header).notna(), self.joined(order)
        further = joined & self.texts(order).duplicated()
        first = joined & ~further
        return bool(further.any() and known[first].mean() > 0.5 and known[further].mean() < 0.02)

    def repeated_within(self, order: str, header: str) -> bool:
        """Whether all orders of several rows have one figure of this column, and enough of them do."""
        rows = self.joined(order)
        values = self.figures(header)[rows].groupby(self.texts(order)[rows])
        spread = (values.max() - values.min()).dropna()
        return len(spread) >= FEWEST_ORDERS and bool((spread <= CENT).mean() >= MOSTLY)

    def sums_up(self, order: str, header: str, lines: pd.Series[float]) -> bool:
        """Whether a column holds, on each row of an order, the sum of its lines; only where lines and orders differ."""
        rows = self.joined(order)
        sums = lines.groupby(self.texts(order)).transform("sum")
        told = (self.figures(header) - sums)[rows].abs().dropna()
        own = (self.figures(header) - lines)[rows].abs().dropna()
        return len(told) >= FEWEST_ORDERS and bool((told <= CENT).mean() >= MOSTLY and (own <= CENT).mean() < 0.5)

    def exceeds(self, order: str, header: str, lines: pd.Series[float]) -> bool:
        """Whether an order's total is more than its lines in most orders, and rarely less."""
        orders = self.texts(order)
        total, sums = self.figures(header).groupby(orders).max(), lines.groupby(orders).sum()
        more, less = (total > sums + CENT).mean(), (total < sums - CENT).mean()
        return bool(more > 0.5 and less < 1 - MOSTLY)

    def price_is_of_the_row(self, price: str, quantity: str, product: str | None) -> bool | None:
        """Whether a price grows with the quantity (a line's total), or not (a piece's); None where nothing tells.

        Judged within each product, where products are known: one price for several quantities is a piece's, one price
        a piece for several quantities a line's.
        """
        import pandas as pd  # noqa: PLC0415 (already loaded with the table)

        rows = pd.DataFrame({"price": self.figures(price), "quantity": self.figures(quantity).abs()})
        rows["product"] = self.texts(product) if product else ""
        rows = rows.dropna()
        rows = rows[(rows["quantity"] > 0) & (rows["price"] > 0)]
        if len(rows) and bool((rows["quantity"] == 1).all()):
            return False  # both are the same
        rows["each"] = rows["price"] / rows["quantity"]
        found = rows.groupby("product").agg({"quantity": "nunique", "price": ["min", "max"], "each": ["min", "max"]})
        found = found[found[("quantity", "nunique")] > 1]
        fixed = (found[("price", "max")] - found[("price", "min")]) <= 0.02 * found[("price", "max")]
        grows = (found[("each", "max")] - found[("each", "min")]) <= 0.02 * found[("each", "max")] + CENT
        if int(fixed.sum()) == int(grows.sum()):
            # Prices that change now and then: the commonest still comes with several quantities.
            common = {name: _commonest(rows, name) for name in ("price", "each")} if product else {}
            told = common and max(common.values()) >= OFTEN and max(common.values()) > 2 * min(common.values())
            return common["each"] > common["price"] if told else None
        return bool(grows.sum() > fixed.sum())


def _commonest(rows: pd.DataFrame, name: str) -> float:
    """The share of rows that have their product's commonest figure, where that comes with several quantities."""
    cents = rows.assign(cents=rows[name].round(2)).groupby(["product", "cents"])["quantity"]
    found = cents.agg(["size", "nunique"]).reset_index()
    found["size"] = found["size"].where(found["nunique"] > 1, 0)
    return float(found.groupby("product")["size"].max().sum() / max(1, len(rows)))
