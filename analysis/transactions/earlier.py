"""The customers as they were known in the middle of the time, and what they have bought since.

A model of repeat buying is fitted to the first half and held against the second. Only rows of the first half make the
histories: a refund that came later was not known then.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from analysis.customers.histories import Past, histories
from analysis.transactions.lines import DAY
from analysis.transactions.rfm import bought, occasions


def earlier(
    rows: nw.DataFrame[Any], everything: nw.DataFrame[Any], reference: int, *, credit_notes: bool
) -> Past | None:
    """None where nobody had bought anything by then. `everything`: the occasions of the whole time."""
    first = int(rows[DAY].min())
    middle = (first + reference) // 2
    before = rows.filter(nw.col(DAY) < middle)
    known = bought(occasions(before, credit_notes=credit_notes), before).kept if len(before) else before
    if not len(known):
        return None
    later = everything.filter(nw.col("bought") & (nw.col(DAY) >= middle)).select("customer", DAY).unique()
    counts = later.group_by("customer").agg(nw.len().alias("since"))
    each = known.select("customer", "length").join(counts, on="customer", how="left").sort("length", "customer")
    since = each["since"].fill_null(0).cast(nw.Float64).to_numpy()
    return Past(histories(known, middle), since, middle - first, reference - middle)
