"""What the analysis hands over: text, so that it goes from one process to another without a table engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.basics.as_read import Read
    from analysis.pipeline import Analysis


@dataclass(frozen=True)
class Findings:
    """What the analysis hands over."""

    contract: str
    """JSON."""
    assignments: str
    """CSV, customer → segment."""
    rejected: str
    """CSV, row → reason."""
    model: str
    """JSON: what it takes to give other customers a segment."""
    identifiers: tuple[str, ...]
    """The customers' identifiers, which may stand nowhere on the site; none where the table has no such column."""
    read: Read = ()
    """The files of the table."""


def findings(analysis: Analysis) -> Findings:
    """An analysis as text."""
    from report.site.spreadsheet import frame_csv  # noqa: PLC0415 (where there is an analysis to write)

    assignments = analysis.assignments
    first = assignments.columns[0]
    return Findings(
        analysis.contract.model_dump_json(indent=2) + "\n",
        frame_csv(assignments),
        frame_csv(analysis.rejected),
        analysis.model.model_dump_json(indent=2) + "\n",
        () if first == "row" else tuple(str(value) for value in assignments[first]),
        analysis.read,
    )
