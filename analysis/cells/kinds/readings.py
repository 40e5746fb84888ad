"""What a column's cells are worth and what can be wrong with them, as expressions over the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.cells.kinds.amounts import amounts
from analysis.cells.kinds.answers import answers
from analysis.cells.kinds.categories import category, identifier
from analysis.cells.kinds.days import since
from analysis.cells.kinds.levels import levels
from analysis.cells.kinds.reading import (
    AFTER,
    FINE,
    IMPUTED,
    MISFIT,
    MISSING_VALUE,
    NO_CURRENCY,
    TOO_HIGH,
    TOO_LOW,
    UNBOUNDED,
    Reading,
    cell,
    value,
)
from analysis.cells.known import UNKNOWN, Known
from analysis.configuration.site import Site

if TYPE_CHECKING:
    import narwhals as nw

__all__ = [
    "AFTER",
    "FINE",
    "IMPUTED",
    "MISFIT",
    "MISSING_VALUE",
    "NO_CURRENCY",
    "TOO_HIGH",
    "TOO_LOW",
    "UNBOUNDED",
    "Reading",
    "cell",
    "readings",
    "value",
]
TEXTS = {"ordinal": levels, "boolean": answers, "nominal": category}


def readings(cells: nw.LazyFrame[Any], site: Site, delimiter: str, known: Known = UNKNOWN) -> list[Reading]:
    """How each configured column is read, in the configuration's order; `cells` holds their trimmed text.

    Where the cells could be read in several ways, what is `known` of an earlier table decides.
    """
    columns = dict(enumerate(site.columns.items()))
    described = {place: each for place, each in columns.items() if each[1].role != "id"}
    figures = {place: each for place, each in described.items() if each[1].holds == "numeric"}
    dated = {place: each for place, each in described.items() if each[1].holds == "date"}
    read = amounts(cells, figures, (site.data.decimal, delimiter), known)
    read |= since(cells, dated, site.data.reference_date, known)
    for place, (name, column) in columns.items():
        if column.role == "id":
            read[place] = identifier(name, column, place)
        elif column.holds in TEXTS:
            read[place] = TEXTS[column.holds](name, column, place, cells)
    return [read[place] for place in columns]
