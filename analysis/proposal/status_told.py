"""What is said and asked of the columns that say which rows count, with the rows and the money that each concerns."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from analysis.proposal.order_totals import Totals
from analysis.proposal.row_worth import WorthRows

if TYPE_CHECKING:
    import pandas as pd


def does_not_count(rows: WorthRows, header: str, left: Collection[str]) -> str:
    """What a column leaves out."""
    told = rows.told(header, left)
    return f"By “{header}” these do not count: {told}." if left else f"All rows count by “{header}”."


def question(rows: WorthRows, header: str, words: Collection[str]) -> str:
    """Words of which it is not known whether their rows count."""
    return (
        f"“{header}” says {rows.told(header, words)}, and it is not clear whether such rows count. Add each to "
        "transactions.status.counts or leave_out."
    )


def codes(rows: WorthRows, header: str, words: Collection[str]) -> str:
    """Cells that may mean either."""
    return (
        f"“{header}” says {rows.told(header, words)}, and it is not clear which of them count. Write "
        f'transactions.status: {{column: "{header}", counts: […], leave_out: […]}}.'
    )


def goods_back(rows: WorthRows, header: str, words: Collection[str]) -> str:
    """Goods that came back or were never sent."""
    listed = ", ".join(f'"{word}"' for word in words)
    return (
        f"“{header}” says {rows.told(header, words)}, and no column says whether that money was paid back. To leave "
        f'those rows out, write transactions.status: {{column: "{header}", leave_out: [{listed}]}}.'
    )


def unpaid(rows: WorthRows, header: str, unpaid: pd.Series[bool]) -> str:
    """Rows without a day of payment."""
    return (
        f"There is no day in “{header}” in {rows.worth.told(unpaid)}, and it is not clear whether they count. To leave "
        f'them out, write transactions.status: {{column: "{header}", leave_out: [""]}}.'
    )


def twice(rows: WorthRows, header: str, undone: pd.Series[bool]) -> str:
    """Refunds that may stand in the table twice."""
    return (
        f"“{header}” says that money went back ({rows.worth.told(undone)}), and other rows have figures below 0. Leave "
        "transactions.status as it is if those are not the same refunds, or remove that column there if they are."
    )


def totals_left_out(rows: WorthRows, found: Totals) -> str:
    """Rows of totals among the lines of orders."""
    which = f"whose “{found.header}” is “{found.text}”" if found.text else f"with nothing in “{found.header}”"
    return f"Rows {which} hold totals of their orders, so they do not count ({rows.worth.told(found.rows)})."


def no_sum(rows: WorthRows, found: Totals) -> str:
    """Rows that are called totals and hold another figure than the sum."""
    return (
        f"Rows whose “{found.header}” is “{found.text}” are treated as totals of their orders and left out "
        f"({rows.worth.told(found.rows)}), but they are not the sums of the orders' other rows. Leave "
        "transactions.status as it is if that is right, or remove that column there if they are sales."
    )


def sale_or_refund(rows: WorthRows, header: str, undone: pd.Series[bool], words: Collection[str]) -> str:
    """Rows that may be sales that were undone, or refunds of others."""
    listed = ", ".join(f'"{word}"' for word in words)
    return (
        f"“{header}” marks {rows.worth.told(undone)}: cancelled sales, which transactions.status leaves out, or "
        "refunds of other rows, which are deducted. For refunds remove that column there and write "
        ""
        f'transactions.refunds: {{column: "{header}", values: [{listed}]}}.'
    )
