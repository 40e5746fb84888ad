"""Twelve monthly exports of one shop's customer table: what happens to its groups from month to month is known.

Five groups of customers shop for coffee and tea. Given the group, the figures of a customer are log-normal, and most of
each figure stays with the customer: a month's own chance decides a tenth of it. Every month one customer in twenty
leaves and as many join, one in a hundred comes to shop like another group, and prices rise by one percent. Beside that:

- In month 4 two in five Regulars take out a subscription: they order twice as often, in half-sized baskets.
- In month 6 offices arrive, a group that the shop did not have.
- In month 9 the shop closes accounts that nobody uses. Seven in ten Lapsed leave the table, and the others order again.
- In month 11 a new price list makes every basket a tenth dearer.

Nobody joins the two groups that events brought, so that they shrink from then on. The export of month 7 is delivered
three times, twice broken and then corrected (`examples.deliveries`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from examples.generated import Amounts, Generated, Labels, Row, chosen, groups

CUSTOMERS, SEED, MONTHS = 1200, 20_260_801, 12
CHURN, MOVING, PRICES = 0.05, 0.01, 0.01
"""Share of customers who leave in a month, share who come to shop like another group, and rise of prices in a month."""
SPLIT, ARRIVAL, VANISHING, PRICE_LIST = 4, 6, 9, 11
"""The months of the four events."""
SUBSCRIBING, ARRIVING, CLOSED, DEARER = 0.4, 0.11, 0.7, 0.1
"""Share of Regulars who subscribe, offices for each customer, share of the Lapsed who leave, and the rise of prices."""
TRAITS = 4
"""Figures and age, which each customer has its own standing in."""
OWN = 0.9
"""Share of a figure's variance that stays with the customer."""

BASKET = "Basket value (€)"
CHANNEL = ("Shop", "Web", "App")
HEADER = (
    "Customer", "Age", "Orders a year", BASKET, "Days since last order", "Yearly spend", "Channel",
)  # fmt: skip
SPREADS = np.array([0.16, 0.16, 0.22])
"""Standard deviations of the natural logarithms of the figures, within a group."""


@dataclass(frozen=True)
class Group:
    """One group of customers."""

    name: str
    share: float
    """At the start; later customers join in the same proportions. 0 for a group that only an event brings."""
    figures: tuple[float, float, float]
    """Medians of orders a year, of the basket's value in euros, and of days since the last order."""
    age: tuple[float, float]
    """Mean and standard deviation, in years."""
    channel: tuple[float, ...]


GROUPS = (
    Group("Regulars", 0.32, (16, 44, 20), (45, 4), (2, 6, 2)),
    Group("Families", 0.20, (9, 105, 38), (37, 3), (2, 7, 1)),
    Group("Students", 0.18, (5, 19, 55), (22, 1.5), (1, 3, 6)),
    Group("Lapsed", 0.15, (2, 40, 270), (50, 5), (4, 5, 1)),
    Group("Connoisseurs", 0.15, (4, 190, 75), (61, 4), (7, 2, 1)),
    Group("Subscribers", 0.0, (34, 22, 9), (45, 4), (1, 4, 6)),
    Group("Offices", 0.0, (30, 260, 7), (41, 4), (1, 8, 1)),
)
REGULARS, FAMILIES, STUDENTS, LAPSED, CONNOISSEURS, SUBSCRIBERS, OFFICES = range(len(GROUPS))


@dataclass(frozen=True, eq=False)
class People:
    """The customers of a month, in the order in which they joined."""

    numbers: Labels
    truth: Labels
    nature: Amounts
    """What stays with each customer, standard normal, (customers, `TRAITS`)."""
    habit: Amounts
    """Which channel each customer takes, uniform."""

    def __len__(self) -> int:
        return len(self.numbers)

    def only(self, kept: Labels) -> People:
        """Those at the given places, in their order."""
        return People(self.numbers[kept], self.truth[kept], self.nature[kept], self.habit[kept])

    def joined(self, truth: Labels, first: int, generator: np.random.Generator) -> People:
        """With new customers of these groups, numbered from `first` on."""
        return People(
            np.concatenate([self.numbers, np.arange(first, first + len(truth))]),
            np.concatenate([self.truth, truth]),
            np.concatenate([self.nature, generator.standard_normal((len(truth), TRAITS))]),
            np.concatenate([self.habit, generator.uniform(size=len(truth))]),
        )


NOBODY = People(np.arange(0), np.arange(0), np.empty((0, TRAITS)), np.empty(0))


def months(seed: int = SEED, customers: int = CUSTOMERS) -> tuple[Generated, ...]:
    """The export of each month, and the group of each customer in it, in the order of `GROUPS`."""
    generator = np.random.default_rng(seed)
    return tuple(
        _export(people, month, generator) for month, people in enumerate(_populations(customers, generator), 1)
    )


def price_level(month: int) -> float:
    """Of a month, 1 in the first one."""
    listed = 1 + DEARER if month >= PRICE_LIST else 1.0
    return float(listed * (1 + PRICES) ** (month - 1))


def _populations(customers: int, generator: np.random.Generator) -> Iterator[People]:
    """The customers of each month."""
    people = NOBODY.joined(groups([each.share for each in GROUPS], customers, generator), 10_000, generator)
    following = 10_000 + customers
    yield people
    for month in range(2, MONTHS + 1):
        people, joining = _left(people, generator)
        people = _moved(people, month, generator)
        new = _joining(joining, month, generator)
        if month == ARRIVAL:
            new = np.concatenate([new, np.full(round(ARRIVING * customers), OFFICES)])
        people = people.joined(new, following, generator)
        following += len(new)
        yield people


def _left(people: People, generator: np.random.Generator) -> tuple[People, int]:
    """Those who stay, and how many left; who leaves is random."""
    leaving = round(CHURN * len(people))
    staying = np.sort(generator.permutation(len(people))[leaving:])
    return people.only(staying), leaving


def _moved(people: People, month: int, generator: np.random.Generator) -> People:
    """Those who stay, in the groups of the month."""
    there = [group for group in np.unique(people.truth) if not (group == LAPSED and month >= VANISHING)]
    truth = people.truth.copy()
    moving = generator.uniform(size=len(people)) < MOVING
    truth[moving] = generator.choice(there, size=int(moving.sum()))
    luck = generator.uniform(size=len(people))
    if month == SPLIT:
        truth[(truth == REGULARS) & (luck < SUBSCRIBING)] = SUBSCRIBERS
    if month == VANISHING:
        truth[(truth == LAPSED) & (luck >= (1 + CLOSED) / 2)] = STUDENTS
        truth[(truth == LAPSED) & (luck >= CLOSED)] = REGULARS
    made = People(people.numbers, truth, people.nature, people.habit)
    return made.only(np.flatnonzero(truth != LAPSED)) if month == VANISHING else made


def _joining(customers: int, month: int, generator: np.random.Generator) -> Labels:
    """The groups of so many new customers; nobody joins the Lapsed once their accounts are closed."""
    shares = [0.0 if place == LAPSED and month >= VANISHING else each.share for place, each in enumerate(GROUPS)]
    return groups(shares, customers, generator)


def _export(people: People, month: int, generator: np.random.Generator) -> Generated:
    medians = np.array([each.figures for each in GROUPS])[people.truth]
    ages, deviations = np.array([each.age for each in GROUPS])[people.truth].T
    chance = generator.standard_normal(medians.shape)
    deviation = np.sqrt(OWN) * people.nature[:, :-1] + np.sqrt(1 - OWN) * chance
    orders, baskets, days = (medians * np.exp(SPREADS * deviation)).T
    orders, days = np.maximum(np.rint(orders), 1), np.maximum(np.rint(days), 1)
    baskets = np.round(baskets * price_level(month), 2)
    numbers = tuple(f"C{number}" for number in people.numbers)
    columns = (
        numbers,
        _written(np.clip(ages + deviations * people.nature[:, -1], 18, 95), 0),
        _written(orders, 0),
        _written(baskets, 2),
        _written(days, 0),
        _written(orders * baskets, 2),
        chosen(CHANNEL, [each.channel for each in GROUPS], people.truth, people.habit),
    )
    return Generated(HEADER, tuple(zip(*columns, strict=True)), numbers, people.truth)


def _written(figures: Amounts, decimals: int) -> Row:
    return tuple(f"{figure:.{decimals}f}" for figure in figures)
