"""Telephone numbers, accounts and cards are recognised; amounts, coordinates and times are not mistaken for them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.columns.long_numbers import LONG, name_somebody
from analysis.columns.redundant import kept
from analysis.configuration.column import Column

DRAW = np.random.default_rng(4)
ROWS = 200


@pytest.mark.parametrize(
    "numbers",
    [
        491_500_000_000 + DRAW.integers(0, 10**8, ROWS),  # mobile numbers with their country
        np.where(DRAW.random(ROWS) < 0.5, 15_000_000_000 + DRAW.integers(0, 10**9, ROWS), 301_234_567),
        DRAW.integers(2 * 10**8, 10**9, ROWS),  # nine figures, without the leading nought
        DRAW.integers(4 * 10**15, 5 * 10**15, ROWS),  # cards
        DRAW.integers(10**11, 10**12, ROWS),  # accounts
    ],
)  # fmt: skip
def test_long_numbers_name_somebody(numbers: np.ndarray) -> None:
    distinct = np.unique(numbers.astype(float))
    assert name_somebody(distinct if len(distinct) >= 50 else numbers.astype(float))


def test_two_of_a_household_may_share_one() -> None:
    assert name_somebody(np.repeat(491_500_000_000.0 + DRAW.integers(0, 10**8, ROWS), 2))


def test_a_nought_before_them_tells_numbers_from_seconds_since_1970() -> None:
    mobile = DRAW.integers(1_500_000_000, 1_790_000_000, ROWS).astype(float)  # 0150 to 0179
    assert name_somebody(mobile, nought=True)
    assert not name_somebody(mobile)


@pytest.mark.parametrize(
    "numbers",
    [
        DRAW.integers(100, 10**6, ROWS) / 100,  # prices
        DRAW.integers(10**6, 10**8, ROWS),  # exact amounts of eight figures
        DRAW.integers(10**5, 10**6, ROWS) * 1000,  # rupiahs
        np.exp(DRAW.normal(19, 4, ROWS)).round(),  # as unequal as amounts are
        DRAW.uniform(-180, 180, ROWS),  # coordinates
        DRAW.integers(4 * 10**6, 6 * 10**6, ROWS),  # metres north of the equator
        DRAW.integers(1_100_000_000, 1_700_000_000, ROWS),  # seconds since 1970
        DRAW.integers(1_100_000_000_000, 1_700_000_000_000, ROWS),  # milliseconds
        DRAW.choice([491_511_111_111, 491_522_222_222], ROWS),  # two only
        DRAW.integers(10**9, 10**10, 20),  # too few rows to tell
    ],
)  # fmt: skip
def test_what_measures_names_nobody(numbers: np.ndarray) -> None:
    assert not name_somebody(numbers.astype(float))


@pytest.mark.parametrize(
    ("settings", "left_out"),
    [({}, True), ({"use": "cluster"}, False), ({"format": "money"}, False), ({"unit": "bytes"}, False)],
)
def test_a_column_of_telephone_numbers_is_no_feature_unless_the_file_insists(
    settings: dict[str, str], *, left_out: bool
) -> None:
    frame = pd.DataFrame(
        {"contact": 491_500_000_000.0 + DRAW.integers(0, 10**8, ROWS), "age": DRAW.normal(40, 9, ROWS)}
    )
    columns = {"contact": Column(role="feature", **settings), "age": Column(role="age")}
    found = kept(frame, columns, np.arange(ROWS))
    assert [one.reason for one in found.left_out if one.column == "contact"] == ([LONG] if left_out else [])
