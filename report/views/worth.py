"""What a row of a table of transactions is worth, who bought, and which rows count, by the configuration."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from analysis.configuration.transactions import TransactionSettings
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from analysis.wording.number_format import MOST_PLACES, NumberFormat


def worth(stated: TransactionSettings, formats: NumberFormat) -> str:
    """What a row or an order is worth, who bought, and which rows count, by the columns that say so."""
    told = [_amount(stated)]
    if stated.once and stated.amount_of == "row":
        told.append(
            ngettext(
                "{columns} is a figure of the whole order and is deducted once.",
                "{columns} are figures of the whole order and are deducted once.",
                len(stated.once), columns=_quoted(stated.once),
            )
        )  # fmt: skip
    if stated.scale != 1:
        exponent = Decimal(str(stated.scale)).normalize().as_tuple().exponent
        places = min(max(-int(exponent), 0), MOST_PLACES)
        told.append(
            gettext("One unit of these figures is {scale} in money.", scale=formats.number(stated.scale, places))
        )
    if len(stated.customers) > 1:
        first, *others = stated.customers
        told.append(
            gettext(
                "Customers without an account in {column} are identified by {others}.",
                column=_quoted([first]), others=_quoted(others),
            )
        )  # fmt: skip
    if stated.refund_of and stated.invoice:
        told.append(
            gettext(
                "A row with an entry in {column} is a refund of that {invoice} and belongs to the same customer.",
                column=_quoted([stated.refund_of]), invoice=_quoted([stated.invoice]),
            )
        )  # fmt: skip
    if stated.refunds:
        column = _quoted([stated.refunds.column])
        told.append(gettext("Rows that are refunds according to {column} are deducted.", column=column))
    if stated.statuses:
        columns = _quoted([each.column for each in stated.statuses])
        told.append(
            gettext(
                "Rows that do not count according to {columns} are set aside and counted on the data page.",
                columns=columns,
            )
        )
    return " ".join(told)


def _amount(stated: TransactionSettings) -> str:
    """What a row or an order is worth, before it is told what else matters."""
    columns = " × ".join(_quoted([name]) for name in stated.amounts)
    off = [
        *(gettext("the share in {column}", column=_quoted([name])) for name in stated.less_share),
        *(gettext("the percentage in {column}", column=_quoted([name])) for name in stated.less_percent),
        *(_quoted([name]) for name in stated.taken_off),
    ]
    if stated.amount_of == "row":
        if not off:
            return gettext("The amount of a row is {columns}.", columns=columns)
        return gettext("The amount of a row is {columns} minus {deductions}.", columns=columns, deductions=listed(off))
    if not off:
        return gettext(
            "The amount of an order is {columns}, counted once even if it is on several rows.", columns=columns
        )
    return gettext(
        "The amount of an order is {columns} minus {deductions}, counted once even if it is on several rows.",
        columns=columns, deductions=listed(off),
    )  # fmt: skip


def _quoted(names: Iterable[str]) -> str:
    """Columns in a row, each between quotation marks."""
    return listed([gettext("“{name}”", name=name) for name in names])
