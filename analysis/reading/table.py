"""The table as it stands in its source: text cells under the configuration's own column names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.basics.as_read import Read
from analysis.basics.numbered import numbered as numbered  # noqa: PLC0414 (for callers that name a table's rows)
from analysis.cells.currencies import column_of, named_in
from analysis.configuration.origin import Origin
from analysis.configuration.site import Site
from analysis.errors import ConfigurationError, DataError, nearest
from analysis.headers.headers import loose, match_headers
from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Names, Note, Number, RowNumbers, Rows, Several, note
from analysis.reading.sources.door import open_table
from analysis.reading.sources.kept import Kept
from analysis.reading.sources.opened import Opened
from analysis.reading.text import no_records
from analysis.reading.text.metadata import ColumnSaid
from analysis.reading.text.no_records import FIRST, FURTHER, Apart, NumberedRows, apart
from analysis.reading.text.rows import Records, SourcePart

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray
    from pandas import DataFrame

CURRENCY = "currency"
"""The column of a table's currencies beside its trimmed cells."""


@dataclass(frozen=True, eq=False)
class Table:
    """Every readable row of the source, as text.

    `frame` holds a column a configured column, in the configuration's order and under its names; its cells are
    trimmed. `row_numbers` runs along its rows (the header is row 1; see `analysis.reading.text.records`).
    `set_aside` holds rows that do not fit the header, or are no records (see `analysis.reading.text.no_records`):
    `row`, `reason`.
    """

    name: str
    """As people typed or would type it; for messages."""
    kind: str
    frame: DataFrame
    row_numbers: NDArray[int64]
    set_aside: tuple[tuple[int, str], ...]
    encoding: str
    delimiter: str
    sha256: str
    notes: tuple[Note, ...]
    parts: tuple[SourcePart, ...] = ()
    """Where the table is several files: rows are numbered through all of them."""
    regular: bool = True
    """Whether any program reads these rows from the file: nothing stands above the header, only records below it."""
    apart: tuple[Note, ...] = ()
    """On rows that are no records; they are among the notes."""
    said: Mapping[str, ColumnSaid] = field(default_factory=dict)
    """What the source itself says of its columns."""
    currencies: tuple[str, ...] = ()
    """The currency that each row names in a column of its own, as `analysis.cells.currencies.normalised`; empty:
    none."""
    currency_header: str = ""
    """That column."""
    read: Callable[[], Read] = tuple
    """The files it was read from; asked once all rows have been read."""

    @property
    def rows_read(self) -> int:
        """Rows of the file below the header, blank ones left out."""
        return len(self.frame) + len(self.set_aside)


def read_table(origin: Origin | Path, site: Site, kept: Kept | None = None) -> Table:
    """Read the columns that `site` describes, whatever tool wrote the table; a path stands for that very file.

    `kept`: what earlier builds have read of several files.

    Raises DataError, which names the file, what was expected and what to do; ConfigurationError where no column is
    described.
    """
    return table_of(opened_table(origin, site, kept), site)


def opened_table(origin: Origin | Path, site: Site, kept: Kept | None = None) -> Opened:
    """The source of such a table, so that callers that need more than `site` describes do not open it again."""
    if not site.file_columns:
        raise ConfigurationError("columns: no column is described; describe each column of the table.")
    origin = Origin.of(origin, site.data) if isinstance(origin, Path) else origin
    return open_table(origin, _known(site), kept)


def table_of(opened: Opened, site: Site) -> Table:
    """The columns of an opened table that `site` describes.

    Raises MissingColumnsError where it lacks some, DataError where it has no row.
    """
    under = "transactions" if site.transactions else "columns"
    places, renamed = match_headers(opened.name, opened.header, site.file_columns, under=under)
    unreadable = [opened.unreadable[place] for place in places.values() if place in opened.unreadable]
    if unreadable:
        raise DataError(*unreadable)
    beside = _currency_column(opened, site)
    positions = list(dict.fromkeys([*places.values(), *beside, *range(min(FIRST, len(opened.header)))]))
    records = opened.rows(positions)
    cells = _trimmed(records)
    aside = _apart(opened, records, cells)
    import pandas as pd  # noqa: PLC0415 (start-up that a bad path need not wait for)

    frame = pd.DataFrame({name: cells[places[name]] for name in site.file_columns}, dtype=str)
    numbers, kept = records.row_numbers, None
    if aside.rows:
        import numpy as np  # noqa: PLC0415 (as above)

        kept = ~np.isin(numbers, [row for row, _ in aside.rows])
        frame, numbers = frame[kept].reset_index(drop=True), numbers[kept]
    if frame.empty and not records.ragged:
        raise DataError(f"{opened.name}: {_no_rows(opened)}")
    set_aside = tuple(sorted((*records.ragged, *aside.rows)))
    told = tuple(no_records.notes(set_aside, aside.undecided))
    said = {name: records.said[place] for name, place in places.items() if place in records.said}
    currencies = [each for place in beside for each in _currencies(opened, site, _those(cells[place], kept))]
    beside = beside if currencies else []
    return Table(
        name=opened.name,
        kind=opened.kind,
        frame=frame,
        row_numbers=numbers,
        set_aside=set_aside,
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        sha256=opened.sha256,
        notes=(
            *opened.notes,
            *renamed,
            *_unused(opened.header, [*places.values(), *beside]),
            *_blank(records.blank),
            *_through(records.parts),
            *told,
            *(each for name, one in said.items() for each in one.notes(name)),
        ),
        parts=records.parts,
        regular=opened.regular and not aside.rows,
        apart=told,
        said=said,
        currencies=tuple(currencies),
        currency_header="".join(opened.header[place] for place in beside),
        read=opened.read,
    )


def _those(cells: list[str], kept: NDArray[bool_] | None) -> list[str]:
    """The cells of the rows that are kept."""
    return cells if kept is None else [cell for cell, keep in zip(cells, kept, strict=True) if keep]


def _trimmed(records: Records) -> dict[int, list[str]]:
    return {position: list(map(str.strip, cells)) for position, cells in records.cells.items()}


def _apart(opened: Opened, records: Records, cells: dict[int, list[str]]) -> Apart:
    """The rows that are no records, a file at a time; a database has no first row and no last."""
    ragged = frozenset(row for row, _ in records.ragged)
    further = cache(partial(_further, opened, tuple(cells)))
    found = []
    for start, end in _files(records):
        rows = NumberedRows(
            header=opened.header,
            cells=_part(cells, start, end) if records.parts else cells,
            numbers=records.row_numbers[start:end],
            ragged=ragged,
            ordered=opened.kind != "database",
            further=lambda start=start, end=end: _part(further(), start, end),  # type: ignore[misc]
        )
        found.append(apart(rows))
    return Apart(
        tuple(row for each in found for row in each.rows), tuple(row for each in found for row in each.undecided)
    )


def _files(records: Records) -> list[tuple[int, int]]:
    """The first place of each file's rows, and that behind the last."""
    count = len(records.row_numbers)
    if not records.parts:
        return [(0, count)]
    import numpy as np  # noqa: PLC0415 (loaded by whoever read the rows)

    starts = np.searchsorted(records.row_numbers, [part.before for part in records.parts], side="right").tolist()
    return list(zip(starts, [*starts[1:], count], strict=True))


def _part(cells: Mapping[int, list[str]], start: int, end: int) -> dict[int, list[str]]:
    return {position: texts[start:end] for position, texts in cells.items()}


def _further(opened: Opened, known: Collection[int]) -> dict[int, list[str]]:
    """The cells of more columns, of all files at once."""
    return _trimmed(opened.rows([place for place in range(len(opened.header)) if place not in known][:FURTHER]))


def _currency_column(opened: Opened, site: Site) -> list[int]:
    """The place of the column that names each row's currency, if there is one: as stated, else by its header."""
    stated = site.data.currency_column
    if stated is False:
        return []
    if stated is None:
        money = site.transactions.amounts if site.transactions else site.columns
        found = column_of(opened.header, money)
        return [] if found is None else [found]
    alike = [place for place, title in enumerate(opened.header) if loose(title) == loose(stated)]
    exact = [place for place in alike if opened.header[place] == stated]
    if not alike:
        raise DataError(
            f"{opened.name}: there is no column “{stated}”, which data.currency_column names."
            f"{nearest(stated, opened.header)} Correct it, or leave it out."
        )
    return (exact or alike)[:1]


def _currencies(opened: Opened, site: Site, cells: Sequence[str]) -> list[str]:
    """The currency of each row; none where the column holds something else and nobody said that it names currencies."""
    found = named_in(cells)
    if found is None and site.data.currency_column is not None:
        raise DataError(
            f"{opened.name}: the column “{site.data.currency_column}”, which data.currency_column names, holds no "
            "codes of currencies, such as EUR; name another column, or leave it out."
        )
    return found or []


def traced(rows: DataFrame, parts: Sequence[SourcePart]) -> DataFrame:
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


def _unused(header: Sequence[str], used: Collection[int]) -> list[Note]:
    unused = tuple(title for place, title in enumerate(header) if title and place not in used)
    told = gettext_noop("Not described in the configuration, so not read: {columns}.")
    return [note(told, columns=Names(unused))] if unused else []


def _blank(count: int) -> list[Note]:
    told = note(
        ngettext_noop("{rows} blank row was skipped.", "{rows} blank rows were skipped."),
        few=gettext_noop("A few blank rows were skipped."),
        rows=Rows(count),
    )
    return [told] if count else []


def _through(parts: Sequence[SourcePart]) -> list[Note]:
    told = gettext_noop("Rows are numbered across {files} files, each with its own header: {starts}.")
    return [note(told, files=Number(len(parts)), starts=Several(tuple(map(_start, parts))))] if parts else []


def _start(part: SourcePart) -> Note:
    if not part.before:
        return note("{file}", file=part.name)
    return note(
        gettext_noop("{file} after row {row}"),
        public="{file}",
        file=part.name,
        row=RowNumbers((part.before,)),
    )
