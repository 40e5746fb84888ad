"""Recognises the exports of common tools by their headers.

A layout is a candidate where most of its signature is in the header or, since people choose columns, where some of
the signature is and the table has few columns besides those of the layout. It is taken only if the table also has a
customer, a date and an amount (or, for a table of customers, a column that can tell segments apart). Otherwise the
general rules decide, so a renamed or missing column does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.configuration.column import Column
from analysis.headers.vocabulary import CUSTOMERS, KEYS, words_of
from analysis.proposal.layout_told import followed, notes, plain, recognised
from analysis.proposal.layouts import Amount, LayoutFile, catalogue

SIGNED = 0.7
"""Share of the signature that makes a layout a candidate, whatever the other columns."""
SIGNATURE_HEADERS, FAMILIAR = 3, 0.8
"""Headers of the signature, and share of the table's columns that are the layout's, that do so together."""
BUYERS = CUSTOMERS | KEYS | {"buyer", "account", "contact", "company", "kaufer", "acheteur", "comprador", "acquirente"}
"""Words of a header that may name a customer; a table with such a column of its own is not refused here."""


MEASURES = ("recency", "frequency", "monetary")
"""Roles of a customer's figures that a segmentation misses most."""


@dataclass(frozen=True)
class Layout:
    """A recognised export and what follows from it. Every column is named by its header in the table."""

    name: str
    title: str
    holds: Literal["transactions", "customers"]
    settings: Mapping[str, object]
    """In the words of `transactions`; empty for a table of customers and where the table is refused."""
    columns: Mapping[str, Mapping[str, object]]
    """In the words of `columns`, for a table of customers; columns that are not named are left out."""
    said: tuple[str, ...]
    """Which layout it is and what follows from it, for the analyst."""
    missing: tuple[str, ...]
    """Columns of the layout that matter and that the table lacks."""
    currency_column: str | None = None
    refusal: str | None = None
    """Why the table cannot be used and what to export instead; None where it can."""


@dataclass(frozen=True)
class Header:
    """The columns of a table, found whatever their capitals and blanks."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, header: Iterable[str]) -> Header:
        """The first column counts where two have the same name."""
        found: dict[str, str] = {}
        for name in header:
            found.setdefault(plain(name), name)
        return cls(found)

    def __contains__(self, name: object) -> bool:
        return plain(str(name)) in self.names

    def __getitem__(self, name: str) -> str:
        return self.names[plain(name)]

    def every(self, names: Iterable[str]) -> list[str]:
        """Those of the names that the table has, as it writes them."""
        return [self[name] for name in names if name in self]

    def first(self, names: Iterable[str]) -> str | None:
        """The first of them."""
        return next(iter(self.every(names)), None)


def layout_of(header: Sequence[str]) -> Layout | None:
    """The layout of a table; None where none is recognised, or two fit equally well."""
    table = Header.of(header)
    found = [
        (_fit(known, table), layout)
        for name, known in catalogue().items()
        if _candidate(known, table) and (layout := _read(name, known, table))
    ]
    best = max((fit for fit, _ in found), default=None)
    fitting = [layout for fit, layout in found if fit == best]
    return fitting[0] if len(fitting) == 1 else None


def _fit(known: LayoutFile, table: Header) -> tuple[int, int, int]:
    """How well a layout fits: by its signature, then by all of its columns, then by their very spelling."""
    spelled = {*known.header, *known.also}.intersection(table.names.values())
    return len(table.every(known.signature)), len(_familiar(known, table)), len(spelled)


def _candidate(known: LayoutFile, table: Header) -> bool:
    signed = len(table.every(known.signature))
    if signed >= SIGNED * len(known.signature):
        return True
    return signed >= SIGNATURE_HEADERS and len(_familiar(known, table)) >= FAMILIAR * len(table.names)


def _familiar(known: LayoutFile, table: Header) -> set[str]:
    return {plain(name) for name in (*known.header, *known.also)} & table.names.keys()


def _read(name: str, known: LayoutFile, table: Header) -> Layout | None:
    if known.refusal:
        return _refused(name, known, table, known.refusal)
    return _of_customers(name, known, table) if known.holds == "customers" else _of_transactions(name, known, table)


def _refused(name: str, known: LayoutFile, table: Header, why: str) -> Layout | None:
    """A refusal, unless the table has a column besides the layout's that may be the customer."""
    strange = table.names.keys() - _familiar(known, table)
    if any(BUYERS.intersection(words_of(table.names[each])) for each in strange):
        return None
    return Layout(name, known.title, known.holds, {}, {}, (recognised(known),), (), refusal=why)


def _of_customers(name: str, known: LayoutFile, table: Header) -> Layout | None:
    identifier = table.first(known.customer)
    columns = {table[each]: dict(settings) for each, settings in known.columns.items() if each in table}
    if identifier is None or not any(Column.model_validate(each).clusters for each in columns.values()):
        return None
    said = (recognised(known), f"“{identifier}” is the customer; one row is one customer.")
    missing = tuple(each for each, own in known.columns.items() if own["role"] in MEASURES and each not in table)
    described: dict[str, dict[str, object]] = {identifier: {"role": "id"}, **columns}
    return Layout(name, known.title, "customers", {}, described, (*said, *notes(known, table)), missing)


def _of_transactions(name: str, known: LayoutFile, table: Header) -> Layout | None:
    date, invoice = table.first(known.date), table.first(known.invoice)
    amount = next((each for each in known.amounts if _usable(each, table, invoice)), None)
    if date is None or amount is None:
        return None
    people = table.every(known.customer)
    customer = people or table.every(known.by_name)[:1]
    if not customer:
        return _refused(name, known, table, known.no_customer) if known.no_customer else None
    settings: dict[str, object] = {"customer": customer[0] if len(customer) == 1 else customer}
    if known.no_account and people:
        settings["no_account"] = list(known.no_account)
    settings |= {"date": date, **_money(amount, table)}
    settings |= {
        key: found
        for key, found in (
            ("invoice", invoice),
            ("refund_of", table.first([known.refund_of]) if known.refund_of else None),
            ("product", table.first(known.product)),
            ("status", _status(known, table)),
            ("cancelled", _cancelled(known, table)),
        )
        if found
    }
    missing = _missing(known, amount, table)
    said = [recognised(known), *followed(amount, settings, by_name=not people), *notes(known, table)]
    said += [f"The table lacks “{column}”, so {follows}." for column, follows in missing.items() if follows]
    currency = table.first([amount.currency]) if amount.currency else None
    return Layout(name, known.title, "transactions", settings, {}, tuple(said), tuple(missing), currency)


def _usable(amount: Amount, table: Header, invoice: str | None) -> bool:
    """Whether its columns are there; an order's amount can be counted once only where orders are told apart."""
    return all(each in table for each in amount.figures) and (amount.of == "row" or invoice is not None)


def _money(amount: Amount, table: Header) -> dict[str, object]:
    settings: dict[str, object] = (
        {"amount": table[amount.amount]}
        if amount.amount
        else {"quantity": table[str(amount.quantity)], "price": table[str(amount.price)]}
    )
    if amount.of == "order":
        settings["amount_of"] = "order"
    if less := table.every(amount.less):
        settings["less"] = less
    if amount.refunded and amount.refunded in table:
        settings["refunded"] = table[amount.refunded]
    return settings


def _status(known: LayoutFile, table: Header) -> dict[str, object] | list[dict[str, object]] | None:
    """What counts; an empty cell does, for further lines of an order and many finished ones have none."""
    status = next((each for each in known.status if each.column in table), None)
    found: list[dict[str, object]] = [
        {"column": table[each.column], "counts": [*each.counts, ""], "leave_out": list(each.leave_out)}
        for each in (status,)
        if each
    ]
    found += [{"column": column, "counts": [""]} for column in table.every(known.blank)]
    return found[0] if len(found) == 1 else found or None


def _cancelled(known: LayoutFile, table: Header) -> dict[str, object] | None:
    cancelled = known.cancelled
    if cancelled is None or cancelled.column not in table:
        return None
    told: dict[str, object] = {"prefix": cancelled.prefix} if cancelled.prefix else {"values": list(cancelled.values)}
    return {"column": table[cancelled.column], **told}


def _missing(known: LayoutFile, amount: Amount, table: Header) -> dict[str, str]:
    """Columns that would have been used, with what follows; of columns with the same part one suffices."""
    parts: list[tuple[Sequence[str | None], str]] = [
        (known.invoice, "everything that a customer bought on one day counts as one purchase"),
        ([each.column for each in known.status], "rows count whatever their status"),
        ([known.cancelled.column if known.cancelled else None], "rows that it would mark as cancelled count"),
        ([amount.refunded], "refunds are not deducted"),
        ([known.refund_of], "refunds that do not name their customer are set aside"),
        ([amount.currency], ""),
        *(([each], "its amounts are not deducted") for each in amount.less),
    ]
    named = [([each for each in part if each], follows) for part, follows in parts]
    return {
        next((each for each in part if each in known.header), part[0]): follows
        for part, follows in named
        if part and not table.every(part)
    }
