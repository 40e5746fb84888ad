"""What reaches the shop's analyst in a year: an export every month, one of them three times until it is right.

    build/examples/history/
      exports/month-01.csv …     what the product reads, one after the other
      truth/customers.csv        the group of every customer in every month
      truth/events.csv           what happened, delivery by delivery

The truth is for tests and for the table that `make history` ends with. The product reads nothing of it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from examples import history
from examples.broken import mangled, with_gaps
from examples.generated import Generated

BROKEN = 7
"""The month whose export is delivered broken before it is delivered right."""
FIRST_YEAR = 2026
QUIET = "customers join and leave, prices rise by 1%"
EVENTS = {
    1: "five groups of customers",
    history.SPLIT: "Regulars split into Regulars and Subscribers",
    history.ARRIVAL: "Offices arrive",
    history.VANISHING: "Lapsed vanish: most leave, the others shop like Regulars or Students",
    history.PRICE_LIST: "a new price list: baskets cost 10% more",
}


@dataclass(frozen=True)
class Delivery:
    """One file, with what is true of it."""

    month: int
    name: str
    export: Generated
    event: str
    right: bool = True
    """Whether a site may be published from it."""

    @property
    def file(self) -> str:
        """Its name in the folder of exports."""
        return f"{self.name}.csv"

    @property
    def epoch(self) -> int:
        """`SOURCE_DATE_EPOCH` of the month's first day."""
        return int(datetime(FIRST_YEAR, self.month, 1, tzinfo=UTC).timestamp())


def deliveries(seed: int = history.SEED, customers: int = history.CUSTOMERS) -> tuple[Delivery, ...]:
    """All of the year, in the order in which they come."""
    return tuple(
        delivery
        for month, export in enumerate(history.months(seed, customers), 1)
        for delivery in (*(_broken(export) if month == BROKEN else ()), _right(month, export))
    )


def _right(month: int, export: Generated) -> Delivery:
    return Delivery(month, f"month-{month:02}", export, EVENTS.get(month, QUIET))


def _broken(export: Generated) -> Iterator[Delivery]:
    name = f"month-{BROKEN:02}"
    bad = mangled(with_gaps(export, history.BASKET, history.SEED), (history.BASKET, "Yearly spend"))
    yield Delivery(BROKEN, f"{name}-mangled", bad, "broken: a mangled header, decimal commas, gaps, rows twice", False)
    gaps = with_gaps(export, history.BASKET, history.SEED)
    yield Delivery(BROKEN, f"{name}-gaps", gaps, "broken: a tenth of the baskets has no value, rows twice", False)


def write(every: Iterable[Delivery], folder: Path) -> None:
    """The exports, and the truth beside them."""
    every = tuple(every)
    for delivery in every:
        delivery.export.write(folder / "exports" / delivery.file)
    _write(folder / "truth" / "customers.csv", ("month", "customer", "group"), _groups(every))
    events = ((str(one.month), one.file, one.event) for one in every)
    _write(folder / "truth" / "events.csv", ("month", "file", "event"), events)


def _groups(every: Iterable[Delivery]) -> Iterator[tuple[str, str, str]]:
    for one in every:
        if one.right:
            for customer, group in zip(one.export.customers, one.export.truth, strict=True):
                yield str(one.month), customer, history.GROUPS[group].name


def _write(file: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerows([header, *rows])
