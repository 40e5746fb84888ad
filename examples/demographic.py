"""A mixed demographic table: numbers, an ordinal, categories, Yes and No, a date, and gaps in the income.

Each customer belongs to one of five latent classes. Given the class the columns are independent: ages are normal,
incomes log-normal, years as a customer gamma-distributed, and every other column follows the class's own chances. It is
the mixture that latent class analysis assumes (Vermunt & Magidson 2002). The region is the same in all classes and
tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from examples.generated import Generated, Labels, Row, drawn, groups

CUSTOMERS, SEED = 1500, 20_260_105
LATEST = np.datetime64("2026-01-31")
"""Nobody became a customer after this day."""
NO_INCOME = 0.04
"""Share of customers who did not tell their household's income."""
SHAPE = 6.0
"""Of the gamma distribution of years as a customer: its deviation is the mean over √6."""

EDUCATION = ("No degree", "Basic school", "Secondary school", "Vocational", "Bachelor", "Master or higher")
MARITAL = ("Single", "Partnered", "Married", "Widowed")
CHANNEL = ("Store", "Web shop", "App")
REGION = ("North", "East", "South", "West")
HEADER = (
    "Customer no.", "Age", "Household income (€)", "Education", "Marital status", "Region", "Loyalty card",
    "Customer since", "Channel",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """One latent class."""

    name: str
    share: float
    age: tuple[float, float]
    """Mean and standard deviation, in years."""
    income: tuple[float, float]
    """Median, in euros a year, and standard deviation of its logarithm."""
    education: tuple[float, ...]
    marital: tuple[float, ...]
    card: float
    """Share with a loyalty card."""
    years: float
    """Mean years as a customer."""
    channel: tuple[float, ...]


GROUPS = (
    Group("Students", 0.18, (22, 2.0), (15_000, 0.16), (0, 1, 14, 1, 4, 0), (18, 2, 0, 0), 0.06, 1.1, (1, 3, 16)),
    Group("Young families", 0.24, (35, 3.0), (56_000, 0.14), (0, 0, 1, 5, 14, 0), (0, 2, 18, 0), 0.94, 4.2, (2, 16, 2)),
    Group("Professionals", 0.18, (42, 3.5), (118_000, 0.14), (0, 0, 0, 0, 2, 18), (4, 16, 0, 0), 0.08, 6.5, (1, 6, 13)),
    Group("Steady savers", 0.22, (55, 3.0), (74_000, 0.13), (0, 0, 3, 16, 1, 0), (0, 1, 19, 0), 0.95, 12.5, (16, 3, 1)),
    Group("Pensioners", 0.18, (72, 3.5), (31_000, 0.14), (1, 14, 5, 0, 0, 0), (1, 0, 3, 16), 0.92, 20.0, (19, 1, 0)),
)


def table(seed: int = SEED, customers: int = CUSTOMERS) -> Generated:
    """The table and the class of each customer, in the order of `GROUPS`."""
    generator = np.random.default_rng(seed)
    truth = groups([each.share for each in GROUPS], customers, generator)
    numbers = tuple(f"K{10_000 + place}" for place in range(customers))
    columns = (
        numbers,
        _ages(truth, generator),
        _incomes(truth, generator),
        drawn(EDUCATION, [each.education for each in GROUPS], truth, generator),
        drawn(MARITAL, [each.marital for each in GROUPS], truth, generator),
        drawn(REGION, [(3, 2, 3, 2)] * len(GROUPS), truth, generator),
        drawn(("Yes", "No"), [(each.card, 1 - each.card) for each in GROUPS], truth, generator),
        _since(truth, generator),
        drawn(CHANNEL, [each.channel for each in GROUPS], truth, generator),
    )
    return Generated(HEADER, tuple(zip(*columns, strict=True)), numbers, truth)


def _ages(truth: Labels, generator: np.random.Generator) -> Row:
    means, deviations = np.array([each.age for each in GROUPS])[truth].T
    return tuple(f"{age:.0f}" for age in np.clip(generator.normal(means, deviations), 16, 99))


def _incomes(truth: Labels, generator: np.random.Generator) -> Row:
    medians, deviations = np.array([each.income for each in GROUPS])[truth].T
    incomes = np.round(medians * np.exp(generator.normal(0, deviations)), -2)
    told = generator.uniform(size=len(truth)) >= NO_INCOME
    return tuple(f"{income:.0f}" if known else "" for income, known in zip(incomes, told, strict=True))


def _since(truth: Labels, generator: np.random.Generator) -> Row:
    means = np.array([each.years for each in GROUPS])[truth]
    days = (generator.gamma(SHAPE, means / SHAPE) * 365.25).astype(np.int64)
    return tuple(_day(LATEST - int(each)) for each in days)


def _day(date: np.datetime64) -> str:
    year, month, day = str(date).split("-")
    return f"{day}-{month}-{year}"
