"""Columns of a few whole numbers, such as levels: their mean and spread tell how many customers have each.

Mean, standard deviation and skewness are sums over the counts of the values. Where neighbouring bars are put together,
because few customers have a value, as many equations with as many unknown counts give them back.
"""

from __future__ import annotations

from analysis.contract import Contract, Distribution
from report.disclosure.cells import small

MOMENTS = 3
"""Mean, standard deviation and skewness."""


def solved(distribution: Distribution, bars: int) -> bool:
    """Whether the counts of single values follow from moments, where that many bars are left of the distribution."""
    return _one_value_a_bar(distribution) and 0 < len(distribution.bins) - bars <= MOMENTS


def few_of_three(contract: Contract) -> frozenset[str]:
    """Columns of three values, one of which few customers have: mean and spread alone tell how many."""
    least = contract.privacy.min_cell
    return frozenset(
        one.feature
        for one in contract.exploration.distributions
        if _one_value_a_bar(one) and len(one.bins) == MOMENTS and any(small(bar.count, least) for bar in one.bins)
    )


def _one_value_a_bar(distribution: Distribution) -> bool:
    """Whether each bar is for one whole number; an upper edge that is not part of the last bar says whole numbers."""
    bins = distribution.bins
    return not distribution.open_ended and not bins[-1].closed and all(one.upper - one.lower == 1 for one in bins)
