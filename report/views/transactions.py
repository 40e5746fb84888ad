"""How a table of transactions became a table of customers, for the data page and the method page."""

from __future__ import annotations

from datetime import date

from analysis.configuration.transactions import TransactionSettings, span_of
from analysis.contract import Transactions as Found
from analysis.language import dates, gettext, gettext_noop, ngettext
from report.views.fact import Fact
from report.views.story import Story
from report.views.worth import worth

TOGETHER = {
    "on one date": gettext_noop("What a customer bought on one date is one purchase."),
    "on one day": gettext_noop("What a customer bought on one day is one purchase."),
    "in one month": gettext_noop("What a customer bought in one month is one purchase."),
    "in one year": gettext_noop("What a customer bought in one year is one purchase."),
}
"""What one purchase is where there are no invoices, by `span_of` the dates."""
WITHOUT_INVOICE = {
    "on one date": gettext_noop("Without an invoice, what a customer bought on one date is one purchase."),
    "on one day": gettext_noop("Without an invoice, what a customer bought on one day is one purchase."),
    "in one month": gettext_noop("Without an invoice, what a customer bought in one month is one purchase."),
    "in one year": gettext_noop("Without an invoice, what a customer bought in one year is one purchase."),
}
"""The same of lines that name no invoice, in a table of invoices."""


def facts(story: Story, found: Found) -> list[Fact]:
    """Customers, their purchases, and the time that the table covers."""
    number = story.formats.number
    return [
        Fact(gettext("Customers"), number(story.contract.data.customers), gettext("from the rows used")),
        Fact(gettext("Purchases"), number(found.purchases), _each(story, found)),
        Fact(
            gettext("Counted up to"),
            day(found.reference_date),
            gettext("transactions from {first} to {last}", first=day(found.first_date), last=day(found.last_date)),
        ),
    ]


def _each(story: Story, found: Found) -> str:
    """Purchases per customer; of rounded figures the mean in the tables, since the two numbers divide to another."""
    contract, figures = story.contract, story.formats
    if not contract.privacy.rounding_base:
        mean = figures.number(found.purchases / max(contract.data.customers, 1), 1)
        return gettext("{purchases} per customer", purchases=mean)
    told = next((one for one in contract.data.features if one.name == "frequency" and one.mean is not None), None)
    if told is None or told.mean is None:
        return ""
    return gettext("{purchases} per customer", purchases=figures.of(told, told.mean))


def set_aside(story: Story, found: Found) -> str:
    """Customers who are in no segment, in one sentence; empty where there are none."""
    if not found.set_aside:
        return ""
    reasons = [_aside(story, one.reason, one.customers) for one in found.set_aside]
    return gettext(
        "Some customers were set aside as well and are in no segment: {reasons}.", reasons="; ".join(reasons)
    )


def _aside(story: Story, reason: str, customers: int | None) -> str:
    if customers is None:
        least = story.contract.privacy.min_cell
        return gettext("{reason} (fewer than {least} customers)", reason=reason, least=least)
    return ngettext(
        "{reason} ({count} customer)", "{reason} ({count} customers)",
        customers, reason=reason, count=story.formats.number(customers),
    )  # fmt: skip


def rules(story: Story, found: Found) -> list[str]:
    """What a purchase is, what refunds do, and the day up to which time is counted."""
    stated = story.site.transactions
    return [
        " ".join(_purchase(stated, found)),
        " ".join(_refunds(story, stated, found)),
        *([worth(stated, story.formats)] if stated else []),
        " ".join(_counted_up_to(found)),
        gettext(
            "Customers with no purchase left after refunds and cancellations, or whose refunds are as large as all "
            "their purchases, are set aside and counted on the data page. So are rows without a customer, a date or an "
            "amount, and rows after that day."
        ),
    ]


def _purchase(stated: TransactionSettings | None, found: Found) -> list[str]:
    span = span_of(stated.date_format if stated else None)
    together = (
        [gettext("All lines of one invoice are one purchase, whatever their dates."), gettext(WITHOUT_INVOICE[span])]
        if found.by_invoice
        else [gettext(TOGETHER[span])]
    )
    counts = gettext(
        "A purchase counts if its net amount is above 0. Refunds, fully cancelled invoices and free gifts are not "
        "purchases."
    )
    return [*together, counts]


def _refunds(story: Story, stated: TransactionSettings | None, found: Found) -> list[str]:
    told = [
        ngettext(
            "Refunds, negative amounts and returned items ({rows} row) are deducted from what the customer spent.",
            "Refunds, negative amounts and returned items ({rows} rows) are deducted from what the customer spent.",
            found.refunds, rows=story.formats.number(found.refunds),
        )
        if found.refunds
        else gettext("Refunds, negative amounts and returned items are deducted from what the customer spent."),
        gettext("A refund that names no purchase lowers the total but cancels no purchase."),
    ]  # fmt: skip
    marked = stated.cancelled if stated else None
    if marked and marked.prefix is not None:
        told.append(
            gettext(
                "A credit note is deducted, whatever its sign, from the invoice that has its number. A credit note "
                "with a number of its own cancels no purchase and lowers the total."
            )
        )
    elif marked:
        told.append(
            gettext("A row marked as cancelled brings no money; if its amount is negative, that amount is deducted.")
        )
    return told


def _counted_up_to(found: Found) -> list[str]:
    exact = len(found.reference_date) > len("2026-01")
    upto = day(found.reference_date)
    return [
        gettext("Recency and the days since the first purchase are counted up to {day}.", day=upto)
        if exact
        else gettext("Recency and the days since the first purchase are counted up to a day in {month}.", month=upto),
        gettext("The configuration sets that day; the computer’s clock is not used.")
        if found.reference_stated
        else gettext("That is the day after the last transaction; the computer’s clock is not used."),
        gettext("A low recency means that the customer bought recently."),
    ]


def day(iso: str) -> str:
    """`2026-01-31` as people write it: 31 January 2026; of a month alone January 2026."""
    whole = len(iso) > len("2026-01")
    return dates.day(date.fromisoformat(iso)) if whole else dates.month(date.fromisoformat(f"{iso}-01"))
