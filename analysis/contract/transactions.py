"""Where the table holds transactions: what they came to, and which customers they leave out."""

from __future__ import annotations

from pydantic import Field

from analysis.contract.base import Frozen
from analysis.contract.kinds import Count, Number


class CustomersAside(Frozen):
    """Customers who are in no segment, for one reason."""

    reason: str
    customers: Count | None = Field(description="Null where withheld from the published copy")


class Transactions(Frozen):
    """The transactions as a whole; `data.rows_*` count their rows, `data.customers` the customers made of them."""

    reference_date: str = Field(description="Recency and tenure are counted up to this day, YYYY-MM-DD")
    reference_stated: bool = Field(description="By the configuration; else it is the day after the last transaction")
    first_date: str = Field(description="Day of the first row used")
    last_date: str = Field(description="Day of the last row used")
    purchases: Number = Field(description="Purchases of the customers analysed")
    by_invoice: bool = Field(description="Whether invoices tell purchases apart; else days do")
    refunds: Count | None = Field(description="Rows used that take money off or are cancelled; null where withheld")
    set_aside: tuple[CustomersAside, ...] = ()
