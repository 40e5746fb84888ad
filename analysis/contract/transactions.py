"""Where the table holds transactions: what they came to, and which customers they leave out."""

from __future__ import annotations

from pydantic import Field

from analysis.contract.base import Frozen
from analysis.contract.kinds import Count, Date, Word


class CustomersAside(Frozen):
    """Customers who are in no segment, for one reason."""

    reason: Word[str]
    customers: Count | None = Field(description="Null where withheld from the published copy")


class Transactions(Frozen):
    """The transactions as a whole; `data.rows_*` count their rows, `data.customers` the customers made of them."""

    reference_date: Date = Field(
        description="Recency and tenure are counted up to this day, YYYY-MM-DD; in the published copy its month, "
        "unless the configuration states it"
    )
    reference_stated: Word[bool] = Field(
        description="By the configuration; else it is the day after the last transaction"
    )
    first_date: Date = Field(description="Day of the first row used; in the published copy the month")
    last_date: Date = Field(description="Day of the last row used; in the published copy the month")
    purchases: Count = Field(description="Purchases of the customers analysed")
    by_invoice: Word[bool] = Field(description="Whether invoices tell purchases apart; else days do")
    refunds: Count | None = Field(description="Rows used that take money off or are cancelled; null where withheld")
    set_aside: tuple[CustomersAside, ...] = ()
