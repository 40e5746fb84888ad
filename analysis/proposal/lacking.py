"""A table of sales that lacks a part: refused with what was found, what is missing, and the line that says it.

Without these sentences such a table would be taken for one of customers, and every order for somebody of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from analysis.basics.listed import quoted
from analysis.columns.appearance import Look
from analysis.errors import DataError
from analysis.headers.sales_words import (
    DESCRIBING,
    NEVER,
    ORDERS,
    PRODUCTS,
    WHEN,
    names_a_number,
    names_buyers,
    names_orders,
    speaks_of,
)
from analysis.headers.vocabulary import identifies, is_birth, is_code
from analysis.proposal.buyer import FEWEST, could_be
from analysis.proposal.evidence import ColumnEvidence
from analysis.proposal.order import NO_LEVELS_FROM, SEVERAL, order_by_values
from analysis.proposal.people import parts_of_names, rows_are_people

LISTED = 3
LONGEST_SAMPLE = 24
FIGURES = re.compile(r"[0-9]")
LETTERS = re.compile(r"[^\W\d_]")
FIRST_ROWS = 0.1
"""Share of the rows without an order's own cells from which these stand on its first row only."""


def refuse_undated(name: str, evidence: ColumnEvidence, order: str | None, buyer: str, own: Sequence[str]) -> None:
    """Raises DataError where rows of sales have no day that could be read, with the columns that come near.

    `own`: columns of days that are the customer's and no purchase's.
    """
    near = [look for look in evidence.looks if _near_a_date(look)]
    if order is None and not near and not own:
        return
    parts = [look.header for look in near if look.numeric]
    if len(parts) > 1:
        told = f"{quoted(parts)} hold parts of a date. Put them into one column, such as 2024-01-31, and name it"
    elif near:
        forms = ", ".join(f"“{look.header}” (such as {_form(evidence, look)})" for look in near[:LISTED])
        told = f"the nearest is {forms}. Name the column"
    else:
        told = "none comes near. Name the column"
    each = f"{quoted(own)} {'has' if len(own) == 1 else 'have'} one day for all purchases of a “{buyer}”"
    lacks = f"{each}, so no column says when somebody bought" if own else "no column of dates could be read"
    raise DataError(
        f"{name}: it holds purchases ({_found(order, buyer)}), and {lacks}: {told} under "
        "transactions.date, with transactions.date_format."
    )


def unpriced(name: str, evidence: ColumnEvidence, parts: Collection[str], order: str | None, buyer: str) -> DataError:
    """Why rows of sales cannot be counted without an amount, with the columns that could be it."""
    others = [look for look in evidence.looks if look.header not in parts and not look.dates and look.present]
    others = [look for look in others if look.distinct >= FEWEST and not is_code(look.header)]
    figures = [look.header for look in others if look.numeric]
    figures = [header for header in figures if not speaks_of(header, NEVER)] or figures
    texts = [f"“{look.header}” (such as {_form(evidence, look)})" for look in others if _nearly_money(evidence, look)]
    if figures:
        told = f"It may be {quoted(figures[:LISTED], 'or')}: name it"
    elif texts:
        told = f"{', '.join(texts[:LISTED])} could not be read as figures: write plain figures, and name the column"
    else:
        told = "Export what was paid with it, and name the column"
    return DataError(
        f"{name}: it holds purchases ({_found(order, buyer)}), and no column is clearly the amount. {told} under "
        "transactions.amount."
    )


def refuse_first_rows_only(name: str, evidence: ColumnEvidence) -> None:
    """Raises DataError where what belongs to an order or a customer stands on its first row only."""
    gappy = [look.header for look in evidence.looks if look.present and look.gaps >= FIRST_ROWS * look.rows]
    gaps = {header: evidence.texts(header).isna() for header in gappy}
    partly = [header for header, empty in gaps.items() if not empty.iloc[0]]
    buyers = [header for header in partly if names_buyers(header) and not names_orders(header)]
    for buyer in buyers:
        alike = [header for header in partly if bool((gaps[header] == gaps[buyer]).all())]
        numbers = [header for header in alike if names_orders(header) and names_a_number(header)]
        if any(evidence.texts(number).dropna().is_unique for number in numbers):
            raise DataError(_filled_down(name, alike, "an order"))
        if evidence.texts(buyer).dropna().is_unique and _rows_are_orders(evidence):
            raise DataError(_filled_down(name, [buyer], "a customer"))


def refuse_orders_of_nobody(name: str, evidence: ColumnEvidence, order: str | None) -> None:
    """Raises DataError where rows are orders, payments or deals, and no column says whose."""
    own = f"each row has its own “{order}”" if order else "its rows are orders, payments or deals"
    hint = _who_it_may_be(evidence, order)
    raise DataError(f"{name}: {own}, and no column says who bought, so this is not a table of customers. {hint}.")


def refuse_unnamed(name: str, evidence: ColumnEvidence, date: str) -> None:
    """Raises DataError where no name says what the columns are, and their cells speak of purchases.

    A number of each row that is counted up with gaps, as documents are, and a column that comes again on other days.
    """
    if not any(look.numeric and not look.whole for look in evidence.looks) or rows_are_people(evidence, None):
        return
    for buyer in could_be(evidence.looks):
        order = order_by_values(evidence, date, [buyer])
        number = evidence.by_header[order] if order else None
        if (
            number
            and not identifies(number.header)
            and not number.consecutive
            and _comes_on_days(evidence, buyer, date)
        ):
            refuse_orders_of_nobody(name, evidence, order)


def _comes_on_days(evidence: ColumnEvidence, buyer: str, date: str) -> bool:
    """Whether a column has many values, and each comes on several days."""
    return evidence.by_header[buyer].distinct >= NO_LEVELS_FROM and evidence.each(buyer, date) >= SEVERAL


def _who_it_may_be(evidence: ColumnEvidence, order: str | None) -> str:
    """What to do about a table that says nowhere who bought: the columns that come near, or what to export."""
    others = [look for look in evidence.looks if look.header != order and look.present]
    partly = [look for look in others if names_buyers(look.header) and look.present < look.rows and look.distinct > 1]
    if partly:
        look = partly[0]
        told = f"“{look.header}” says so in {look.present:,} of {look.rows:,} rows"
        return f"{told}; to leave out the others, name it under transactions.customer"
    columns = could_be(others)
    if columns:
        return f"If one of {quoted(columns, 'or')} is the customer, name it under transactions.customer"
    names = parts_of_names(others)
    if len(names) > 1:
        return f"Put {quoted(names)} into one column and name it under transactions.customer, or export an account"
    return "Export the buyer, the account or the e-mail address with it"


def _rows_are_orders(evidence: ColumnEvidence) -> bool:
    """Whether each row has a day and an order's number of its own, also where the customer's cell is empty."""
    dated = any(look.dates and look.present == look.rows for look in evidence.looks)
    numbers = [look for look in evidence.looks if names_orders(look.header) and names_a_number(look.header)]
    return dated and bool(numbers) and all(look.unique == 1 and look.present == look.rows for look in numbers)


def _filled_down(name: str, headers: Sequence[str], whose: str) -> str:
    stand = "stands" if len(headers) == 1 else "stand"
    return (
        f"{name}: {quoted(headers)} {stand} on the first row of {whose} only, and the cells below are empty. Fill "
        "them down in every row, and export the table "
        "again."
    )


def _found(order: str | None, buyer: str) -> str:
    return f"“{order}”, several for one “{buyer}”" if order else f"several rows for one “{buyer}”"


def _near_a_date(look: Look) -> bool:
    """Whether a column that was not read as dates could hold days, months or years of purchases."""
    if look.dates or not look.present or is_birth(look.header):
        return False
    return speaks_of(look.header, WHEN) and (not look.numeric or look.whole)


def _nearly_money(evidence: ColumnEvidence, look: Look) -> bool:
    """Whether texts have figures in them and name no order, product or place."""
    if speaks_of(look.header, ORDERS | PRODUCTS | DESCRIBING) and not speaks_of(look.header, WHEN):
        return False
    known = evidence.texts(look.header).dropna()
    return not look.numeric and not names_a_number(look.header) and bool(known.str.contains(r"[0-9][.,]?[0-9]").all())


def _form(evidence: ColumnEvidence, look: Look) -> str:
    """The form of a column's first cell; letters stay only in short cells, which are no names."""
    text = str(evidence.texts(look.header).dropna().iloc[0]).strip()[:LONGEST_SAMPLE]
    return text if FIGURES.search(text) else LETTERS.sub("x", text)
