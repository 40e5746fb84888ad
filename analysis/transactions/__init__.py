"""From transactions to customers: recency, frequency, monetary, tenure, basket, and what a lifetime model needs.

    cells → lines → occasions → customers (→ `Customers` as any other table gives them)

In: the judged lines of a table of purchases.
Out: one row a customer, histories, quintile scores.
May import: the rooms up to `customers`, in the order of `pyproject.toml`.

The rules, which the Data and the Method page state:

- An *occasion* is what a customer bought under one invoice or, where a line has none, on one day. It counts as a
  purchase if its net amount is above 0: refunds alone, an invoice wholly cancelled, and gifts at no price do not.
- A row marked as cancelled brings no money. Under `prefix` it is a credit note: its amount is taken off, whatever its
  sign, from the invoice of the same number without the prefix where there is one. Under `values` it is the purchase
  itself that was cancelled and counts for nothing, unless its amount is negative: then it is taken off.
- `monetary` is the sum of all amounts, refunds taken off; `basket` is that sum for one purchase.
- `recency` and `tenure` are the days from the last and from the first purchase to the reference date, which is
  stated or else the day after the last transaction; never the clock's.
- Customers without a purchase, and those whose refunds are as large as what they bought, are set aside as customers;
  rows without a customer, a date or an amount, and those after the reference date, as rows.

`Purchases.histories` holds, for each customer in the order of the table, what BG/NBD and Gamma-Gamma are fitted to.
Everything in proportion to the rows is an expression (Narwhals); sums run in an order of the values' own, so that no
result depends on the order of the rows.
"""

from analysis.customers.histories import Histories
from analysis.customers.purchases import Purchases
from analysis.transactions.summed import summed

__all__ = ["Histories", "Purchases", "summed"]
