"""What a lifetime model is told of each customer, against histories that were made up."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

START = date(2025, 1, 1)


def test_days_with_a_purchase_are_counted_whatever_the_invoices(sums):
    found = sums(
        "1,2026-01-01,10,A", "1,2026-01-01,30,B", "1,2026-01-11,20,C", "1,2026-01-21,40,D", "2,2026-01-04,9,E",
        "2,2026-01-31,-2,R", invoice="bill",
    ).customers  # fmt: skip
    histories = found.purchases.histories
    assert list(found.frame["frequency"]) == [4, 1]
    assert histories.repeats.tolist() == [2, 0]
    assert histories.last.tolist() == [20, 0]
    assert histories.observed.tolist() == [31, 28]
    assert histories.mean_value.tolist() == [30, 0]


def test_refunds_without_an_invoice_of_their_own_lower_all_purchases_alike(sums):
    found = sums(
        "1,2026-01-01,10,A", "1,2026-01-11,30,B", "1,2026-01-12,-10,R", "2,2026-01-04,9,E", "2,2026-01-05,9,F",
        invoice="bill",
    ).customers  # fmt: skip
    assert found.purchases.histories.mean_value.tolist() == [pytest.approx(30 * 30 / 40), 9]


def test_simulated_histories_come_back(sums):
    """Thirty customers with known days and amounts, several lines a day, in any order."""
    generator = np.random.default_rng(4)
    rows, known = [], {}
    for number in range(30):
        days = np.sort(generator.choice(300, generator.integers(1, 9), replace=False))
        amounts = generator.integers(1, 100, (len(days), 2))
        known[f"K{number:02d}"] = (days, amounts.sum(axis=1))
        rows += [
            f"K{number:02d},{START + timedelta(int(day))},{amount},B{number}-{day}"
            for day, pair in zip(days, amounts, strict=True)
            for amount in pair
        ]
    generator.shuffle(rows)
    found = sums(*rows, invoice="bill", data={"reference_date": "2026-01-01"}).customers
    histories = found.purchases.histories
    end = (date(2026, 1, 1) - START).days
    for place, name in enumerate(found.frame["who"]):
        days, values = known[name]
        assert histories.repeats[place] == len(days) - 1
        assert histories.last[place] == days[-1] - days[0]
        assert histories.observed[place] == end - days[0]
        assert histories.mean_value[place] == pytest.approx(values[1:].mean() if len(days) > 1 else 0)
        assert found.frame["monetary"][place] == values.sum()
        assert found.frame["recency"][place] == end - days[-1]
