"""How a table of transactions became one of customers, for the data page and for the method page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from analysis.basics.listed import listed, quoted
from analysis.configuration.transactions import TransactionSettings, span_of
from analysis.contract import Transactions as Found
from report.views.fact import Fact
from report.views.story import Story
from report.views.words import plural


def facts(story: Story, found: Found) -> list[Fact]:
    """Customers, their purchases, and the time that the table covers."""
    number = story.formats.number
    return [
        Fact("Customers", number(story.contract.data.customers), "made of the rows used"),
        Fact("Purchases", number(found.purchases), _each(story, found)),
        Fact(
            "Counted up to",
            day(found.reference_date),
            f"transactions from {day(found.first_date)} to {day(found.last_date)}",
        ),
    ]


def _each(story: Story, found: Found) -> str:
    """Purchases a customer; of rounded figures the mean that tables tell, since the two numbers divide to another."""
    contract, figures = story.contract, story.formats
    if not contract.privacy.rounding_base:
        return f"{figures.number(found.purchases / max(contract.data.customers, 1), 1)} a customer"
    told = next((one for one in contract.data.features if one.name == "frequency" and one.mean is not None), None)
    return "" if told is None or told.mean is None else f"{figures.of(told, told.mean)} a customer"


def set_aside(story: Story, found: Found) -> str:
    """Customers who are in no segment, in one sentence; nothing where there are none."""
    if not found.set_aside:
        return ""
    few, number = story.contract.privacy.min_cell, story.formats.number
    told = [
        f"{one.reason} "
        + (f"(fewer than {few} customers)" if one.customers is None else f"({_customers(one.customers, number)})")
        for one in found.set_aside
    ]
    return f"Besides rows, customers were set aside, who are in no segment: {'; '.join(told)}."


def rules(story: Story, found: Found) -> list[str]:
    """What a purchase is, what refunds do, and up to when time is counted."""
    stated = story.site.transactions
    span = span_of(stated.date_format if stated else None)
    together = (
        "What a customer bought under one invoice is one purchase, on whichever days its lines were booked; lines "
        f"without an invoice that were bought {span} are one purchase."
        if found.by_invoice
        else f"What a customer bought {span} is one purchase."
    )
    rows = f" ({story.formats.number(found.refunds)} rows)" if found.refunds else ""
    exact = len(found.reference_date) > len("2026-01")
    upto = day(found.reference_date) if exact else f"a day in {day(found.reference_date)}"
    origin = "as the configuration states" if found.reference_stated else "the day after the last transaction"
    marked = stated.cancelled if stated else None
    cancelled = {
        None: "",
        True: " A credit note takes its amount off, whatever its sign, from the invoice of its number; one with a "
        "number of its own cancels no purchase and lowers the total.",
        False: " A row marked as cancelled brings no money; where its amount is negative, that is taken off.",
    }[None if marked is None else marked.prefix is not None]
    return [
        (
            f"{together} It counts if its net amount is above 0: refunds, invoices cancelled in full and gifts at no "
            "price are no purchases."
        ),
        (
            f"Refunds, negative amounts and returned pieces{rows} are taken off what the customer spent; a refund that "
            f"names no purchase lowers the total and leaves the purchases as they are.{cancelled}"
        ),
        *([worth(stated)] if stated else []),
        (
            f"Recency and the days since the first purchase are counted up to {upto}, {origin}; "
            "the clock of the computer plays no part. A low recency means that somebody bought recently."
        ),
        (
            "Customers who never kept a purchase, or whose refunds are as large as all they bought, are set aside and "
            "counted on the data page; so are rows without a customer, a date or an amount, and those after that day."
        ),
    ]


def worth(stated: TransactionSettings) -> str:
    """What a row or an order is worth, who bought, and which rows count, by the columns that say so."""
    columns = " × ".join(f"“{name}”" for name in stated.amounts)
    of = "An order is worth" if stated.amount_of == "order" else "A row is worth"
    once = ", counted once though it may stand on several rows" if stated.amount_of == "order" else ""
    off = [
        *(f"the share in “{name}”" for name in stated.less_share),
        *(f"the per cents in “{name}”" for name in stated.less_percent),
        *(f"“{name}”" for name in stated.taken_off),
    ]
    told = [f"{of} {columns}{', less ' if off else ''}{listed(off)}{once}."]
    if stated.once and stated.amount_of == "row":
        told.append(
            f"{quoted(stated.once)}, as the whole order’s, {'is' if len(stated.once) == 1 else 'are'} taken off once."
        )
    if stated.scale != 1:
        told.append(f"One unit of these figures is {stated.scale:,g} in money.")
    if len(stated.customers) > 1:
        told.append(f"Whoever has no account in “{stated.customers[0]}” goes by {quoted(stated.customers[1:])}.")
    if stated.refund_of:
        told.append(
            f"A row with a “{stated.refund_of}” is a refund of that “{stated.invoice}” and belongs to its customer."
        )
    if stated.refunds:
        told.append(f"Rows that are refunds by “{stated.refunds.column}” are taken off.")
    if stated.statuses:
        columns = quoted([each.column for each in stated.statuses])
        told.append(f"Rows that do not count by {columns} are set aside and counted on the data page.")
    return " ".join(told)


def day(iso: str) -> str:
    """`2026-01-31` as people write it: 31 January 2026; of a month alone January 2026."""
    if len(iso) == len("2026-01"):
        return f"{MONTHS[int(iso[5:]) - 1]} {iso[:4]}"
    found = date.fromisoformat(iso)
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _customers(count: int, number: Callable[[float], str]) -> str:
    return f"{number(count)} {plural(count, 'customer')}"
