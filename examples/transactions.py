"""A web shop's invoice lines over two years, of customers who buy, and stop, as the BG/NBD model has it.

A customer's purchases are a Poisson process whose rate is gamma-distributed, and after each repeat purchase the
customer is gone for good with a beta-distributed chance (Fader, Hardie & Lee 2005, Marketing Science 24:275). What a
basket costs is gamma-distributed with a rate that is itself gamma-distributed over customers (Fader & Hardie 2013, The
Gamma-Gamma Model of Monetary Value). Each of the four types of customer has parameters of its own, and so has the
time at which its customers came. Some baskets are cancelled, some lines sent back, and some lines name no customer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from examples.generated import Generated, Row, groups

CUSTOMERS, SEED = 4000, 20_260_701
FIRST_DAY, WEEKS = np.datetime64("2024-07-01"), 104
CANCELLED, SENT_BACK, NAMELESS = 0.02, 0.025, 0.03
"""Share of baskets called off (a copy with negative quantities, its invoice begins with C), of lines sent back, and of
lines whose customer is not known."""
HEADER = ("Invoice", "Date", "Customer", "Product", "Quantity", "Price")
PRODUCTS, TWO_LINES = 120, 0.22
"""Products of the shop, and share of baskets with two of them instead of one."""


@dataclass(frozen=True)
class Type:
    """A type of customer; times are in weeks, money in euros."""

    name: str
    share: float
    rate: tuple[float, float]
    """BG/NBD's r and α: purchases a week are Gamma(r, rate α)."""
    dropout: tuple[float, float]
    """BG/NBD's a and b: the chance of leaving after a purchase is Beta(a, b)."""
    basket: tuple[float, float, float]
    """Gamma-Gamma's p, q and γ: a customer's mean basket is pγ / (q − 1) over the type."""
    came: tuple[float, float]
    """First and last week in which its customers bought for the first time."""


TYPES = (
    Type("Regulars", 0.25, (5.0, 28.0), (0.3, 90.0), (6.0, 16.0, 150.0), (0, 60)),
    Type("Lapsed", 0.24, (12.0, 72.0), (3.0, 6.0), (6.0, 16.0, 150.0), (0, 40)),
    Type("One purchase", 0.27, (0.8, 600.0), (2.0, 2.0), (6.0, 12.0, 50.0), (4, 56)),
    Type("Newcomers", 0.24, (3.0, 40.0), (0.5, 30.0), (6.0, 14.0, 90.0), (93, 103.8)),
)
"""Together they are near to one BG/NBD population, so that a model fitted to the first year foretells the second."""


@dataclass(frozen=True)
class Line:
    """One product of one basket."""

    week: float
    customer: int
    invoice: str
    product: int
    quantity: int
    price: float


def table(seed: int = SEED, customers: int = CUSTOMERS) -> Generated:
    """The invoice lines in the order of their dates, and the type of each customer, in the order of `TYPES`."""
    generator = np.random.default_rng(seed)
    truth = groups([each.share for each in TYPES], customers, generator)
    baskets = sorted(
        (week, customer, amount)
        for customer, kind in enumerate(truth)
        for week, amount in _baskets(TYPES[kind], generator)
    )
    lines = [line for number, each in enumerate(baskets) for line in _lines(500_000 + number, each, generator)]
    lines.sort(key=lambda line: (line.week, line.invoice.removeprefix("C"), line.product, -line.quantity))
    numbers = tuple(f"{20_000 + place}" for place in range(customers))
    nameless = generator.uniform(size=len(lines)) < NAMELESS
    rows = tuple(
        _row(line, "" if hidden else numbers[line.customer]) for line, hidden in zip(lines, nameless, strict=True)
    )
    return Generated(HEADER, rows, numbers, truth)


def _baskets(kind: Type, generator: np.random.Generator) -> list[tuple[float, float]]:
    """Week and cost of each purchase of one customer."""
    rate = generator.gamma(kind.rate[0], 1 / kind.rate[1])
    leaving = generator.beta(*kind.dropout)
    shape, spread, scale = kind.basket
    dear = generator.gamma(spread, 1 / scale)
    week, found = generator.uniform(*kind.came), []
    while week < WEEKS:
        found.append((week, generator.gamma(shape, 1 / dear)))
        if len(found) > 1 and generator.uniform() < leaving:
            break  # nobody leaves before the first repeat purchase: the model counts from the second purchase on
        week += generator.exponential(1 / rate)
    return found


def _lines(number: int, basket: tuple[float, int, float], generator: np.random.Generator) -> list[Line]:
    """The lines of a basket, those sent back later, and all of them negated where it is called off."""
    week, customer, amount = basket
    parts = generator.dirichlet([4.0] * (1 + int(generator.uniform() < TWO_LINES))) * amount
    bought = [_line(str(number), week, customer, part, generator) for part in parts]
    if generator.uniform() < CANCELLED:
        return [*bought, *(_negated(line, line.week + 1 / 7, "C") for line in bought)]
    back = generator.uniform(size=len(bought)) < SENT_BACK
    return [*bought, *(_negated(line, line.week + 1, "") for line, sent in zip(bought, back, strict=True) if sent)]


def _line(invoice: str, week: float, customer: int, amount: float, generator: np.random.Generator) -> Line:
    quantity = 1 + int(generator.poisson(0.8))
    price = max(round(amount / quantity, 2), 0.01)
    return Line(week, customer, invoice, int(generator.integers(PRODUCTS)), quantity, price)


def _negated(line: Line, week: float, prefix: str) -> Line:
    week = min(week, WEEKS - 0.01)
    return Line(week, line.customer, prefix + line.invoice, line.product, -line.quantity, line.price)


def _row(line: Line, customer: str) -> Row:
    day = FIRST_DAY + int(line.week * 7)
    return (line.invoice, str(day), customer, f"P{line.product:03d}", str(line.quantity), f"{line.price:.2f}")
