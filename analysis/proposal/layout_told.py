"""What follows from a recognised export, in sentences for the analyst."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from analysis.basics.listed import quoted
from analysis.proposal.layouts import Amount, LayoutFile

WORDS_SAID = 6


def plain(name: str) -> str:
    """A header without capitals and needless blanks."""
    return " ".join(name.replace("\ufeff", "").split()).casefold()


def recognised(known: LayoutFile) -> str:
    """Which export it is."""
    return f"The columns are those of “{known.title}”: one row is {known.row}."


def followed(amount: Amount, settings: Mapping[str, object], *, by_name: bool) -> list[str]:
    """Who the customer is, what the amount holds, and which rows do not count."""
    said = [_who(settings, by_name=by_name), _worth(amount, settings)]
    status, cancelled = settings.get("status"), settings.get("cancelled")
    said += [
        f"Rows are left out where “{each['column']}” is {_words(each['leave_out'])}."
        for each in (status if isinstance(status, list) else [status])
        if isinstance(each, Mapping) and each.get("leave_out")
    ]
    if isinstance(cancelled, Mapping):
        said.append(_cancelled(cancelled))
    if "refund_of" in settings:
        said.append(f"A refund belongs to the customer of the payment that “{settings['refund_of']}” names.")
    return said


def _who(settings: Mapping[str, object], *, by_name: bool) -> str:
    customer, nobody = settings["customer"], settings.get("no_account")
    if by_name:
        return f"The customer is “{customer}”, which is a name: two people with the same name count as one."
    empty = f"is empty or says {_words(nobody)}" if isinstance(nobody, list) else "is empty"
    if isinstance(customer, str):
        return f"The customer is “{customer}”; rows where it {empty} are set aside."
    assert isinstance(customer, Sequence)  # noqa: S101 (a name or several)
    first, *others = [f"“{name}”" for name in customer]
    return f"The customer is {first} or, where that {empty}, {', then '.join(others)}."


def _worth(amount: Amount, settings: Mapping[str, object]) -> str:
    money = f"“{settings['amount']}”" if "amount" in settings else f"“{settings['quantity']}” × “{settings['price']}”"
    said = [f"The amount is {money}: {amount.means}"]
    if isinstance(less := settings.get("less"), Sequence):
        said.append(f"{quoted(less)} {'is' if len(less) == 1 else 'are'} deducted")
    if "refunded" in settings:
        said.append(f"refunds in “{settings['refunded']}” are deducted")
    if "amount_of" in settings:
        said.append(f"it counts once for each “{settings['invoice']}”")
    return f"{'; '.join(said)}."


def _cancelled(cancelled: Mapping[str, object]) -> str:
    column, values = cancelled["column"], cancelled.get("values")
    if isinstance(values, list):
        return f"Rows are treated as cancelled where “{column}” is {_words(values)}."
    return f"Rows are credit notes, which are deducted, where “{column}” begins with {cancelled['prefix']}."


def _words(words: Sequence[str]) -> str:
    """The first words of a list, and how many more there are."""
    if len(words) > WORDS_SAID:
        return f"{', '.join(words[:WORDS_SAID])} or one of {len(words) - WORDS_SAID} other words"
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def notes(known: LayoutFile, table: Container[str]) -> list[str]:
    """The notes on columns that the table has."""
    own = {plain(name) for name in (*known.header, *known.also)}
    return [
        note
        for note in known.notes
        if all(name in table for name in re.findall("“([^”]+)”", note) if plain(name) in own)
    ]
