"""The table as it stands in its source: text cells under the configuration's own column names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.configuration.site import Site
from analysis.currencies import column_of, named_in
from analysis.errors import ConfigurationError, DataError, nearest
from analysis.headers import loose, match_headers
from analysis.rows import Part
from analysis.sources.door import open_table
from analysis.sources.kinds import Kind
from analysis.sources.listed import numbered as numbered  # noqa: PLC0414 (whoever has a table names its rows)
from analysis.sources.opened import Opened
from analysis.sources.origin import Origin

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray
    from pandas import DataFrame

CURRENCY = "currency"
"""The column of a table's currencies beside its trimmed cells."""


@dataclass(frozen=True, eq=False)
class Table:
    """Every readable row of the source, as text.

    `frame` holds a column a configured column, in the configuration's order and under its names; its cells are
    trimmed. `row_numbers` runs along its rows (the header is row 1; see `analysis.records`). `set_aside` holds rows
    that do not fit the header: `row`, `reason`.
    """

    name: str
    """As people typed or would type it; for messages."""
    kind: Kind
    frame: DataFrame
    row_numbers: NDArray[int64]
    set_aside: tuple[tuple[int, str], ...]
    encoding: str
    delimiter: str
    sha256: str
    notes: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    """Where the table is several files: rows are numbered through all of them."""
    currencies: tuple[str, ...] = ()
    """The currency that each row names in a column of its own, as `analysis.currencies.normalised`; empty: none."""
    currency_header: str = ""
    """That column."""

    @property
    def rows_read(self) -> int:
        """Rows of the file below the header, blank ones left out."""
        return len(self.frame) + len(self.set_aside)


def read_table(origin: Origin | Path, site: Site) -> Table:
    """Read the columns that `site` describes, whatever tool wrote the table; a path stands for that very file.

    Raises DataError, which names the file, what was expected and what to do; ConfigurationError where no column is
    described.
    """
    return table_of(opened_table(origin, site), site)


def opened_table(origin: Origin | Path, site: Site) -> Opened:
    """The source of such a table; whoever needs more of it than `site` describes need not open it again."""
    if not site.file_columns:
        raise ConfigurationError("columns: no column is described; say what each column of the table is.")
    origin = Origin.of(origin, site.data) if isinstance(origin, Path) else origin
    return open_table(origin, _known(site))


def table_of(opened: Opened, site: Site) -> Table:
    """The columns of an opened table that `site` describes.

    Raises MissingColumnsError where it lacks some, DataError where it has no row.
    """
    under = "transactions" if site.transactions else "columns"
    places, renamed = match_headers(opened.name, opened.header, site.file_columns, under=under)
    named = _currency_column(opened, site)
    positions = list(places.values())
    records = opened.rows(positions if named is None or named in positions else [*positions, named])
    import pandas as pd  # noqa: PLC0415 (start-up that a bad path need not wait for)

    columns = {name: list(map(str.strip, records.cells[places[name]])) for name in site.file_columns}
    frame = pd.DataFrame(columns, dtype=str)
    if frame.empty and not records.ragged:
        raise DataError(f"{opened.name}: {_no_rows(opened)}")
    currencies = _currencies(opened, site, list(records.cells[named])) if named is not None else None
    return Table(
        name=opened.name,
        kind=opened.kind,
        frame=frame,
        row_numbers=records.row_numbers,
        set_aside=records.ragged,
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        sha256=opened.sha256,
        notes=(
            *opened.notes,
            *renamed,
            *_unused(opened.header, [*places.values(), *([named] if currencies and named is not None else [])]),
            *_blank(records.blank),
            *_through(records.parts),
        ),
        parts=records.parts,
        currencies=tuple(currencies or ()),
        currency_header=opened.header[named] if currencies and named is not None else "",
    )


def _currency_column(opened: Opened, site: Site) -> int | None:
    """The place of the column that names each row's currency: as stated, else by its header."""
    stated = site.data.currency_column
    if stated is False:
        return None
    if stated is None:
        money = site.transactions.amounts if site.transactions else site.columns
        return column_of(opened.header, money)
    alike = [place for place, title in enumerate(opened.header) if loose(title) == loose(stated)]
    exact = [place for place in alike if opened.header[place] == stated]
    if not alike:
        raise DataError(
            f"{opened.name}: there is no column “{stated}”, which data.currency_column names."
            f"{nearest(stated, opened.header)} Correct it, or leave it out."
        )
    return (exact or alike)[0]


def _currencies(opened: Opened, site: Site, cells: Sequence[str]) -> list[str] | None:
    """The currency of each row; None where the column holds something else and nobody said that it names currencies."""
    found = named_in([cell.strip() for cell in cells])
    if found is None and site.data.currency_column is not None:
        raise DataError(
            f"{opened.name}: the column “{site.data.currency_column}”, which data.currency_column names, holds no "
            "codes of currencies, such as EUR; name another column, or leave it out."
        )
    return found


def traced(rows: DataFrame, parts: Sequence[Part]) -> DataFrame:
    """`rows`, which has a column `row`, with the file of each and its number there; as it is for a single file."""
    if not parts:
        return rows
    import numpy as np  # noqa: PLC0415 (loaded by whoever read the table)

    before = np.array([part.before for part in parts])
    place = np.searchsorted(before, rows["row"].to_numpy(), side="left") - 1
    own = rows.assign(row=rows["row"].to_numpy() - before[place])
    own.insert(0, "file", [parts[each].name for each in place])
    return own


def _no_rows(opened: Opened) -> str:
    if opened.kind == "database":
        return "the query finds no row; correct it, or fill the table."
    return "there is a header and no row below it; add one row a customer."


def _known(site: Site) -> list[str]:
    return [title for name, column in site.file_columns.items() for title in (name, *column.aliases)]


def _unused(header: Sequence[str], used: Collection[int]) -> list[str]:
    unused = [title for place, title in enumerate(header) if title and place not in used]
    if not unused:
        return []
    return [f"Not described in the configuration, so not read: {', '.join(f'“{title}”' for title in unused)}."]


def _blank(count: int) -> list[str]:
    return [f"{count:,} blank {'row was' if count == 1 else 'rows were'} skipped."] if count else []


def _through(parts: Sequence[Part]) -> list[str]:
    if not parts:
        return []
    starts = ", ".join(f"{part.name} after row {part.before:,}" if part.before else part.name for part in parts)
    return [f"Rows are numbered through {len(parts)} files, each with its header: {starts}."]
