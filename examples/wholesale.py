"""A money table: what business customers of a wholesaler spend in a year on six kinds of goods.

Each customer is of one of three trades. Given the trade, every amount is log-normal and independent of the others, as
amounts of money are in practice; a few customers buy ten times what their trade does. The sales channel follows the
trade closely but not wholly, and the region not at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from examples.generated import Amounts, Generated, Labels, drawn, groups

CUSTOMERS, SEED = 660, 20_260_202
CATEGORIES = ("Fresh produce", "Dairy", "Groceries", "Frozen", "Cleaning and paper", "Delicatessen")
CHANNEL = ("Delivery", "Pick-up", "Sales representative")
REGION = ("Coast", "Capital", "Inland")
HEADER = ("Account", "Channel", "Region", *CATEGORIES, "Yearly total")
GIANTS, GIANT = 0.012, 10.0
"""Share of customers who buy more than their trade does, and how many times as much."""


@dataclass(frozen=True)
class Trade:
    """One kind of business."""

    name: str
    share: float
    medians: tuple[float, ...]
    """Of a year's spend on each category, in dollars."""
    spread: float
    """Standard deviation of the natural logarithms of the amounts."""
    channel: tuple[float, ...]


TRADES = (
    Trade("Restaurants", 0.40, (21_000, 4_200, 3_400, 6_800, 520, 2_600), 0.50, (15, 3, 2)),
    Trade("Grocers", 0.35, (5_200, 14_500, 23_000, 1_500, 9_600, 1_900), 0.50, (2, 3, 15)),
    Trade("Kiosks", 0.25, (1_100, 1_600, 2_700, 420, 310, 240), 0.55, (2, 17, 1)),
)


def table(seed: int = SEED, customers: int = CUSTOMERS) -> Generated:
    """The table and the trade of each customer, in the order of `TRADES`."""
    generator = np.random.default_rng(seed)
    truth = groups([each.share for each in TRADES], customers, generator)
    numbers = tuple(f"W-{place:04d}" for place in range(1, customers + 1))
    channels = drawn(CHANNEL, [each.channel for each in TRADES], truth, generator)
    regions = drawn(REGION, [(4, 3, 5)] * len(TRADES), truth, generator)
    spends = _spends(truth, generator)
    totals = spends.sum(axis=1, keepdims=True)
    amounts = [tuple(f"{amount:.0f}" for amount in row) for row in np.hstack([spends, totals])]
    rows = zip(numbers, channels, regions, amounts, strict=True)
    return Generated(HEADER, tuple((*words, *figures) for *words, figures in rows), numbers, truth)


def _spends(truth: Labels, generator: np.random.Generator) -> Amounts:
    """Whole dollars, (customers, categories)."""
    medians = np.array([each.medians for each in TRADES])[truth]
    spreads = np.array([each.spread for each in TRADES])[truth][:, None]
    giants = np.where(generator.uniform(size=(len(truth), 1)) < GIANTS, GIANT, 1.0)
    amounts: Amounts = np.rint(medians * giants * np.exp(spreads * generator.standard_normal(medians.shape)))
    return amounts
