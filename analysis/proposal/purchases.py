"""Whether a table holds sales, one row an order, a payment or a line of one, and what its columns then are.

A known layout states this itself. Any other table is judged by evidence: a column whose values come again and
that names a person or an account is the customer, whatever its header; an order is constant in customer and day. What
the table does not answer becomes a question. A table whose rows are orders of nobody is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.columns.appearance import Look
from analysis.configuration.site import Site
from analysis.configuration.table import TableSettings
from analysis.configuration.transactions import TransactionSettings, span_of
from analysis.errors import DataError
from analysis.proposal.buyer import Buyer, find_buyer, outstanding
from analysis.proposal.day_month import order_questions
from analysis.proposal.evidence import MOSTLY, ColumnEvidence
from analysis.proposal.flags import is_flag
from analysis.proposal.judgement import Judgement
from analysis.proposal.lacking import (
    refuse_first_rows_only,
    refuse_orders_of_nobody,
    refuse_undated,
    refuse_unnamed,
    unpriced,
)
from analysis.proposal.layout import Layout
from analysis.proposal.lowered import Money
from analysis.proposal.money import find_money
from analysis.proposal.one_currency import offered
from analysis.proposal.order import (
    customers_own_days,
    find_date,
    find_order,
    find_original,
    find_product,
    order_by_values,
    order_of_one,
    own_number,
)
from analysis.proposal.people import has_own_key, names_customers, rows_are_people
from analysis.proposal.proposal import Proposal
from analysis.proposal.settings import UNNAMED, ambiguous, counting_in, currency, model, named_by, question, spoken
from analysis.proposal.spelled import counted_from, written_twice
from analysis.proposal.status import judged_status
from analysis.proposal.statuses import is_status_header

REPEATS = 1.2
"""Rows a customer, on average, from which a table without order numbers is one of purchases."""


@dataclass(frozen=True)
class ProposedPurchases:
    """The columns of a table of sales, by their headers, reasons for each choice, and what is left to ask."""

    settings: dict[str, object]
    """In the words of `transactions`."""
    said: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    """Questions that stop a build without being kept under `undecided`."""
    currency_column: str | None = None


@dataclass(frozen=True)
class Parts:
    """The columns that are no money."""

    date: Look
    order: str | None
    product: str | None
    original: str | None
    taken: tuple[str, ...]
    """All of these, and the buyer's."""


def known_purchases(name: str, layout: Layout | None, evidence: ColumnEvidence) -> ProposedPurchases | None:
    """The table as a layout that is known by name has it; None where none is, or its columns hold something else.

    Raises DataError where the layout is known to hold no customers.
    """
    if layout is None:
        return None
    if layout.refusal:
        raise DataError(f"{name}: {layout.refusal}")
    if layout.holds == "customers":
        return None
    settings = dict(layout.settings)
    stated = TransactionSettings.model_validate(settings)
    date = evidence.by_header[stated.date]
    if date.dates is None or not all(evidence.by_header[each].numeric for each in stated.amounts):
        return None
    settings["date_format"] = date.dates.pattern
    said = list(layout.said)
    if stated.quantity and stated.price and evidence.price_is_of_the_row(stated.price, stated.quantity, stated.product):
        # A tool's own change, or somebody's: what the figures say counts.
        del settings["quantity"], settings["price"]
        settings["amount"] = stated.price
        said.append(f"“{stated.price}” grows with “{stated.quantity}”, so it is the price of all pieces of a row.")
    return ProposedPurchases(settings, tuple(said), currency_column=layout.currency_column)


def purchases(name: str, evidence: ColumnEvidence) -> ProposedPurchases | None:
    """The table as one of sales; None where it holds customers, one a row.

    `name` is the table's, for messages. Raises DataError where its rows are orders and no column says whose.
    """
    refuse_first_rows_only(name, evidence)
    date = find_date(evidence)
    order = find_order(evidence, date.header if date else None)
    buyer = find_buyer(evidence, order)
    if buyer:
        return _of_buyers(name, evidence, date, order, buyer)
    if date:
        _refuse_of_nobody(name, evidence, date, order)
    return None


def _refuse_of_nobody(name: str, evidence: ColumnEvidence, date: Look, order: str | None) -> None:
    """Raises DataError where rows are orders, and no column says whose."""
    people = rows_are_people(evidence, None)
    if people and order is None:
        return
    parts = _parts(evidence, date, order, ())
    money, statuses = _counted(evidence, parts, None)
    stated = any(is_status_header(str(each.settings.get("column", ""))) for each in statuses)
    if (money and (order or stated)) or (order and not people):
        refuse_orders_of_nobody(name, evidence, order)
    refuse_unnamed(name, evidence, date.header)


def _of_buyers(
    name: str, evidence: ColumnEvidence, date: Look | None, order: str | None, buyer: Buyer
) -> ProposedPurchases | None:
    """The table as one of sales to these buyers; None where its rows are the customers themselves."""
    if order and evidence.constant_within(order, buyer.columns[0]) < MOSTLY:
        order = None  # numbers that several customers share tell no orders apart
    own = customers_own_days(evidence, order, buyer)
    if date and date.header in own:
        date = find_date(evidence, own)
    named, again = order is not None, buyer.times(evidence) >= REPEATS
    if not named and rows_are_people(evidence, buyer):
        return None
    if not named and again:
        order = _number_beside(evidence, date.header if date else None, buyer)
    if date is None:
        if again and (order or names_customers(evidence, buyer.columns[0])):
            refuse_undated(name, evidence, order, buyer.columns[0], own)
        return None
    parts = _parts(evidence, date, order, buyer.columns)
    money, statuses = _counted(evidence, parts, buyer.columns[0])
    if money is None and again and (named or _are_sales(evidence, buyer)):
        raise unpriced(name, evidence, parts.taken, order, buyer.columns[0])
    if money is None or (order is None and not again):
        return None
    return _put_together(evidence, parts, buyer, money, statuses)


def _parts(evidence: ColumnEvidence, date: Look, order: str | None, buyers: Sequence[str]) -> Parts:
    original = find_original(evidence, order, (order, date.header, *buyers))
    product = find_product(evidence, (order, original, *buyers))
    return Parts(date, order, product, original, tuple(filter(None, (date.header, order, original, product, *buyers))))


def _counted(evidence: ColumnEvidence, parts: Parts, buyer: str | None) -> tuple[Money | None, Sequence[Judgement]]:
    """What was paid, and which rows count."""
    flags = [look.header for look in evidence.looks if is_flag(look)]
    money = find_money(evidence, parts.order, [*parts.taken, *flags], parts.product, buyer)
    return money, judged_status(evidence, list(parts.taken), money, parts.order, buyer)


def _number_beside(evidence: ColumnEvidence, date: str | None, buyer: Buyer) -> str | None:
    """The order's number beside customers who come again, where its name or its days did not tell."""
    order = order_of_one(evidence, buyer.columns[0]) or own_number(evidence)
    return order or (order_by_values(evidence, date, buyer.columns) if date else None)


def of_transactions(
    data: TableSettings, looks: Sequence[Look], bought: ProposedPurchases, k: int | Literal["auto"], said: list[str]
) -> Proposal:
    """The site that counts each customer's purchases; `said` comes first."""
    money = spoken(looks, [str(bought.settings[key]) for key in ("amount", "price") if key in bought.settings])
    dated = [look for look in looks if look.header == bought.settings["date"]]
    undecided = (*bought.undecided, *order_questions(dated, "transactions.date_format"))
    site = Site.model_validate(
        {
            "site": counting_in(money),
            "data": named_by(money, data),
            "transactions": bought.settings,
            "model": model(k),
            "personas": "rfm",
            "undecided": undecided,
        }
    )
    other = offered(looks, str(bought.settings.get("amount", "")), money)
    asked = [each + other for each in question(money, str(data.path))]
    several = asked if len(money.found) > 1 else []
    questions = (*several, *undecided, *bought.asked)
    heard = [*said, *asked, *([] if money.found else [UNNAMED]), *bought.said]
    return Proposal(site, tuple(heard), {}, currency(money) is not None, ambiguous(dated), questions)


def _are_sales(evidence: ColumnEvidence, buyer: Buyer) -> bool:
    """Whether rows of one buyer are that buyer's purchases, and no people of a company or a household."""
    return names_customers(evidence, buyer.columns[0]) or not has_own_key(evidence, buyer.columns[0])


def _put_together(
    evidence: ColumnEvidence, parts: Parts, buyer: Buyer, money: Money, statuses: Sequence[Judgement]
) -> ProposedPurchases:
    date, order = parts.date, parts.order
    customer: object = buyer.columns[0] if len(buyer.columns) == 1 else list(buyer.columns)
    settings: dict[str, object] = {"customer": customer, "date": date.header, **money.settings}
    if buyer.no_account:
        settings["no_account"] = list(buyer.no_account)
    pattern, counted = counted_from(evidence, date)
    if pattern:
        settings["date_format"] = pattern
    if order:
        settings["invoice"] = order
        if _credit_notes(evidence.by_header[order]):
            settings["cancelled"] = {"column": order, "prefix": "C"}
    if parts.original:
        settings["refund_of"] = parts.original
    if parts.product:
        settings["product"] = parts.product
    found = [each.settings for each in statuses if each.settings]
    if found:
        settings["status"] = found[0] if len(found) == 1 else found
    if refunds := next((each.refunds for each in statuses if each.refunds), None):
        settings["refunds"] = refunds
    said = [
        *_said(evidence, settings, buyer),
        *counted,
        *money.said,
        *(told for each in statuses for told in each.said),
    ]
    return ProposedPurchases(
        settings,
        tuple(said),
        (
            *money.undecided,
            *written_twice(evidence, buyer.columns[0]),
            *_outstanding(evidence, buyer),
            *(question for each in statuses for question in each.undecided),
        ),
        tuple(question for each in statuses for question in each.asked),
    )


def _outstanding(evidence: ColumnEvidence, buyer: Buyer) -> list[str]:
    """The question whether a value with far more rows than any other names a customer."""
    look = evidence.by_header[buyer.columns[0]]
    value = outstanding(evidence, look, buyer.no_account)
    if value is None:
        return []
    share = (evidence.texts(look.header).str.strip() == value).mean()
    question = (
        f"{share:.0%} of the rows have the same “{look.header}”: it may be one customer, or everybody without an "
        "account. If it is nobody, name that cell under "
        "transactions.no_account."
    )
    return [question]


def _credit_notes(invoice: Look) -> bool:
    """Whether some invoices, and not most, go by a number behind a C, as credit notes do."""
    return 0 < invoice.credited < 0.5


def _said(evidence: ColumnEvidence, settings: dict[str, object], buyer: Buyer) -> list[str]:
    each = f"come {buyer.times(evidence):.1f} times on average, each with a date in “{settings['date']}”."
    said = [f"The table holds transactions: the customers in “{buyer.columns[0]}” {each}"]
    if len(buyer.columns) > 1:
        said.append(f"Customers without an account there are identified by “{buyer.columns[1]}”.")
    if "invoice" in settings:
        said.append(f"Rows with the same “{settings['invoice']}” were bought together.")
    else:
        span = span_of(str(settings.get("date_format", "")))
        said.append(
            f"No column numbers the orders, so purchases of one customer {span} count as one; "
            "name such a column under transactions.invoice."
        )
    if "refund_of" in settings:
        said.append(f"A row with a “{settings['refund_of']}” is a refund of that “{settings['invoice']}”.")
    if "cancelled" in settings:
        said.append(f"Those in “{settings['invoice']}” that begin with C are treated as credit notes.")
    return said
