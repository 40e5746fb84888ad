"""The table as it stands in the file: text cells under the configuration's own column names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.configuration.site import Site
from analysis.encoding import Source, read_source, shown
from analysis.errors import ConfigurationError, DataError
from analysis.headers import match_headers
from analysis.records import TOO_MANY, Records, find_delimiter, read_header, read_rows

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray
    from pandas import DataFrame

ROWS_NAMED = 5


@dataclass(frozen=True, eq=False)
class Table:
    """Every readable row of the file, as text.

    `frame` holds a column a configured column, in the configuration's order and under its names. `row_numbers` runs
    along its rows (the header is row 1; see `analysis.records`). `set_aside` holds rows that do not fit the header:
    `row`, `column` (none), `reason`.
    """

    path: Path
    frame: DataFrame
    row_numbers: NDArray[int64]
    set_aside: tuple[tuple[int, str], ...]
    encoding: str
    delimiter: str
    sha256: str
    notes: tuple[str, ...]

    @property
    def rows_read(self) -> int:
        """Rows of the file below the header, blank ones left out."""
        return len(self.frame) + len(self.set_aside)


def read_table(path: Path, site: Site) -> Table:
    """Read the columns that `site` describes, whatever tool wrote the file.

    Raises DataError, which names the file, what was expected and what to do; ConfigurationError where no column is
    described.
    """
    if not site.file_columns:
        raise ConfigurationError("columns: no column is described; say what each column of the table is.")
    source = read_source(path, site.data.encoding)
    delimiter = site.data.delimiter or find_delimiter(source, _known(site))
    header = read_header(source, delimiter)
    places, renamed = match_headers(path, header, site.file_columns)
    records = read_rows(source, delimiter, list(places.values()))
    refuse_misfits(source, delimiter, records)
    import pandas as pd  # noqa: PLC0415 (start-up that a bad path need not wait for)

    frame = pd.DataFrame({name: records.cells[places[name]] for name in site.file_columns}, dtype=str)
    notes = (*source.notes, *renamed, *_unused(header, places.values()), *_blank(records.blank))
    return Table(path, frame, records.row_numbers, records.ragged, source.encoding, delimiter, source.sha256, notes)


def refuse_misfits(source: Source, delimiter: str, records: Records) -> None:
    """Raises DataError where there is no row at all, or where most rows do not fit the header."""
    rows, ragged = len(records.row_numbers), records.ragged
    if not rows and not ragged:
        raise DataError(f"{shown(source.path)}: there is a header and no row below it; add one row a customer.")
    if len(ragged) > rows:
        many = sum(reason == TOO_MANY for _, reason in ragged) * 2 > len(ragged)
        raise DataError(
            f"{shown(source.path)}: {len(ragged):,} of {rows + len(ragged):,} rows have {'more' if many else 'fewer'} "
            f"fields than the header has columns ({numbered([row for row, _ in ragged])}); the delimiter was taken "
            f"to be “{delimiter}”: set data.delimiter, or put cells that contain it between quotation marks."
        )


def numbered(rows: Sequence[int]) -> str:
    """The first of many row numbers: `rows 2, 3, 5, …`."""
    first = ", ".join(str(row) for row in rows[:ROWS_NAMED])
    return f"row {first}" if len(rows) == 1 else f"rows {first}{', …' if len(rows) > ROWS_NAMED else ''}"


def _known(site: Site) -> list[str]:
    return [title for name, column in site.file_columns.items() for title in (name, *column.aliases)]


def _unused(header: Sequence[str], used: Collection[int]) -> list[str]:
    unused = [title for place, title in enumerate(header) if title and place not in used]
    if not unused:
        return []
    return [f"Not described in the configuration, so not read: {', '.join(f'“{title}”' for title in unused)}."]


def _blank(count: int) -> list[str]:
    return [f"{count:,} blank {'row was' if count == 1 else 'rows were'} skipped."] if count else []
