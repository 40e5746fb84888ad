"""The question whether rows are purchases or customers, where the table could be either."""

from __future__ import annotations

from analysis.headers.sales_words import speaks_of
from analysis.proposal.buyer import find_buyer
from analysis.proposal.evidence import ColumnEvidence
from analysis.proposal.money import find_money
from analysis.proposal.order import JOINED, OPENED, find_date
from analysis.proposal.people import own_accounts
from analysis.proposal.purchases import REPEATS

_EITHER = (
    "“{0}” comes {1:.1f} times on average, each with a “{2}” of its own. If the rows are purchases, write "
    "transactions: {{customer: {0}, date: {3}, amount: {4}}} in place of columns; if each row is a customer, "
    "remove this line from undecided."
)


def either(evidence: ColumnEvidence) -> list[str]:
    """The question about a table of customers by their accounts or cards, whose holders come again on other days."""
    buyer = find_buyer(evidence, None)
    date = find_date(evidence)
    if buyer is None or date is None or speaks_of(date.header, JOINED | OPENED):
        return []
    times = buyer.times(evidence)
    if times < REPEATS or not (numbers := own_accounts(evidence, buyer)):
        return []
    money = find_money(evidence, None, [date.header, *buyer.columns, *numbers], None, buyer.columns[0])
    if money is None or not isinstance(amount := money.settings.get("amount"), str):
        return []
    return [_EITHER.format(buyer.columns[0], times, numbers[0], date.header, amount)]
