"""What `segment-atlas validate` prints: counts, reasons and row numbers, never a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.configuration import Configuration
    from analysis.contract import Rejection
    from analysis.validate import Customers

ROWS_NAMED = 10


def findings(customers: Customers, configuration: Configuration) -> list[str]:
    """One line for the table, one for each reason why rows were set aside, one for each note."""
    rejected = sum(rejection.rows for rejection in customers.rejections)
    used = customers.rows_read - rejected
    head = f"{configuration.table.name}: {customers.rows_read} rows read, {used} used, {rejected} set aside."
    notes = [f"Note: {note}" for note in customers.notes]
    return [head, *(_line(rejection) for rejection in customers.rejections), *notes, "The configuration is valid."]


def _line(rejection: Rejection) -> str:
    column = f"{rejection.column}: " if rejection.column else ""
    numbers = ", ".join(map(str, rejection.examples[:ROWS_NAMED]))
    more = ", …" if rejection.rows > ROWS_NAMED else ""
    return (
        f"  {rejection.rows} × {column}{rejection.reason} ({'row' if rejection.rows == 1 else 'rows'} {numbers}{more})"
    )
