"""Orders of people who do not exist, which each layout writes down in its own way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

START = date(2024, 1, 5)


@dataclass(frozen=True)
class Line:
    """So many pieces of a product at a price in cents."""

    product: int
    quantity: int
    price: int

    @property
    def total(self) -> int:
        return self.quantity * self.price


@dataclass(frozen=True)
class Order:
    """What one person bought at one time; amounts are in cents."""

    number: int
    who: int
    day: date
    lines: tuple[Line, ...]
    shipping: int

    @property
    def goods(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def tax(self) -> int:
        return self.goods * 8 // 100

    @property
    def total(self) -> int:
        return self.goods + self.shipping + self.tax


def orders(seed: int, people: int = 14, most: int = 4, lines: int = 3, span: int = 330) -> list[Order]:
    """Each person's orders on different days, numbered by date from 1001 on."""
    random = Random(seed)  # noqa: S311 (synthetic tables)
    bought = [
        (START + timedelta(days=day), who)
        for who in range(people)
        for day in random.sample(range(span), random.randint(1, most))
    ]
    return [
        Order(1001 + place, who, day, _lines(random, lines), random.choice((390, 490, 590, 790)))
        for place, (day, who) in enumerate(sorted(bought))
    ]


def _lines(random: Random, most: int) -> tuple[Line, ...]:
    products = random.sample(range(20), random.randint(1, most))
    return tuple(Line(product, random.randint(1, 4), price(product)) for product in products)


def price(product: int) -> int:
    """Of one piece, in cents."""
    return 495 + 337 * product


def plain(cents: int, sign: str = "") -> str:
    """`$1234.50`; the sign of less than nothing stands first."""
    return f"{'-' if cents < 0 else ''}{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def comma(cents: int, thousands: str = ".") -> str:
    """`1.234,50`."""
    whole = f"{abs(cents) // 100:,}".replace(",", thousands)
    return f"{'-' if cents < 0 else ''}{whole},{abs(cents) % 100:02}"


def written(header: Sequence[str], rows: Iterable[Sequence[object]], sign: str = ",", *, quoted: bool = False) -> str:
    """The text of a file of separated values."""
    file = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(file, delimiter=sign, lineterminator="\n", quoting=quoting)
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue()


def columns(header: str) -> list[str]:
    """The names in a line of a header."""
    return header.split(",")


def mail(who: int) -> str:
    return f"c{who}@example.com"


def person(who: int) -> str:
    return f"Person {who}"
