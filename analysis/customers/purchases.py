"""What the transactions came to as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.contract import CustomersAside, Transactions
from analysis.customers.histories import Histories, Past
from analysis.language import gettext, gettext_noop

NOTHING_BOUGHT = gettext_noop("no purchase that was kept, refunds or cancelled purchases only")
NOTHING_LEFT = gettext_noop("refunds as large as all purchases")


@dataclass(frozen=True, eq=False)
class Purchases:
    """The usable rows summed up, and the customers set aside."""

    rows: int
    """Rows of the file that could be used."""
    reference: date
    """The day up to which recency and tenure are counted."""
    stated: bool
    """Whether the configuration says so; else it is the day after the last transaction."""
    first: date
    last: date
    """Days of the first and of the last usable row."""
    occasions: int
    """Purchases by the customers who are analysed."""
    refunds: int
    """Usable rows that take money off, or that are marked as cancelled."""
    by_invoice: bool
    """Whether invoices tell purchases apart; else days do."""
    set_aside: tuple[tuple[str, int], ...]
    """Reason and number of customers, for each reason that occurred."""
    histories: Histories
    past: Past | None = None
    """The customers as they were known in the middle of the time, where a lifetime model is to be held against it."""

    @property
    def told(self) -> Transactions:
        """As the contract has it."""
        return Transactions(
            reference_date=self.reference.isoformat(),
            reference_stated=self.stated,
            first_date=self.first.isoformat(),
            last_date=self.last.isoformat(),
            purchases=self.occasions,
            by_invoice=self.by_invoice,
            refunds=self.refunds,
            set_aside=tuple(
                CustomersAside(reason=gettext(reason), customers=customers) for reason, customers in self.set_aside
            ),
        )
