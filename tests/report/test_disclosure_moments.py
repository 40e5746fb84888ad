"""Where a few bars are put together, mean and spread may tell what each of them held."""

from __future__ import annotations

import pytest

from analysis.contract import Distribution, HistogramBin
from report.disclosure.moments import solved


def histogram(bars: int, width: float = 1, *, beyond: str | None = None, closed: bool = False) -> Distribution:
    """Bars of twenty customers; the last of whole numbers is not closed."""
    bins = [
        HistogramBin(lower=place * width, upper=(place + 1) * width, count=20, by_segment={}, closed=False)
        for place in range(bars)
    ]
    bins[-1] = bins[-1].model_copy(update={"beyond": beyond, "closed": closed})
    return Distribution(feature="children", bins=tuple(bins), skewness=0.1)


@pytest.mark.parametrize(("bars", "left", "follows"), [(6, 6, False), (6, 5, True), (6, 3, True), (6, 2, False)])
def test_three_sums_give_back_three_counts_and_no_more(bars: int, left: int, follows: bool) -> None:  # noqa: FBT001
    assert solved(histogram(bars), left) is follows


@pytest.mark.parametrize("other", [{"closed": True}, {"beyond": "above"}, {"width": 2}])
def test_they_give_back_no_counts_of_bars_for_several_values(other: dict) -> None:
    assert solved(histogram(6, **other), 5) is False
