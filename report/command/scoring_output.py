"""What `segment-atlas score` prints: counts, reasons and row numbers, never a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from report.command.validation_output import line

if TYPE_CHECKING:
    from analysis.scoring.reading import Arrived
    from analysis.scoring.score import ScoredCustomers


def findings(name: str, came: Arrived, scored: ScoredCustomers) -> Iterator[str]:
    """A line for the table, one for each reason why rows were set aside, one for each segment, one for each note."""
    customers, found = came.customers, scored.rows
    rejected = customers.rows_rejected
    if customers.purchases is None:
        yield f"{name}: {customers.rows_read:,} rows read, {len(found):,} scored, {rejected:,} rejected."
    else:
        yield f"{name}: {customers.rows_read:,} rows read, {customers.rows_used:,} used, {rejected:,} rejected."
        apart = sum(count for _, count in customers.purchases.set_aside)
        yield f"{len(found):,} customers scored; {apart:,} have no purchase left after refunds and cancellations."
    for rejection in customers.rejections:
        yield line(rejection)
    for slug, count in sorted(found["slug"].value_counts().items()):
        yield f"  {slug}: {count:,}"
    unlike = int((found["unlike"] == "yes").sum())
    if unlike:
        yield f"{unlike:,} of them are unlike the customers in the model; review them before you act."
    for note in scored.notes:
        yield f"Note: {note.exactly()}"
