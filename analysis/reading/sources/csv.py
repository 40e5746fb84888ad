"""Delimited text: its encoding, its delimiter and its header are found, unless they are stated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from analysis.basics.numbered import numbered
from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.reading.sources.content import Content, check_lines
from analysis.reading.sources.format import Format
from analysis.reading.sources.opened import Opened
from analysis.reading.text.batches import TOO_FEW, TOO_MANY
from analysis.reading.text.blanks import tabbed
from analysis.reading.text.delimiters import BLANK, find_delimiter
from analysis.reading.text.encoding import Source, decoded
from analysis.reading.text.records import Head, headless, read_head, read_rows
from analysis.reading.text.rows import Records


class Csv(Format):
    """Cells between delimiters."""

    kind: ClassVar[str] = "text"
    words: ClassVar[str] = gettext_noop("plain text")
    text: ClassVar[bool] = True
    headless: ClassVar[bool] = True
    delimiter: ClassVar[str | None] = None
    """As the format itself says; None where it is to be found."""

    def open(self, content: Content, settings: TableSettings, known: Collection[str]) -> Opened:
        """`known` are configured column names; a delimiter that brings them out wins."""
        check_lines(content.name, content.data)
        return _opened(content, settings, known, settings.delimiter or self.delimiter)


def _opened(content: Content, settings: TableSettings, known: Collection[str], stated: str | None) -> Opened:
    source = decoded(content.name, content.data, settings.encoding)
    delimiter = stated or find_delimiter(source, known)
    if delimiter == BLANK:
        source = replace(source, text=tabbed(source.text))
    sign = "tab" if delimiter == BLANK else delimiter
    head = headless(source, sign, settings.columns) if settings.columns else read_head(source, sign, known)
    return Opened(
        name=content.name,
        header=head.names,
        rows=partial(_rows, source, delimiter, head),
        sha256=content.sha256,
        encoding=source.encoding,
        delimiter=delimiter,
        notes=(*source.notes, *head.notes),
        regular=delimiter != BLANK and not head.notes and head.number == 1,
    )


def _rows(source: Source, delimiter: str, head: Head, positions: Sequence[int]) -> Records:
    """The rows, unless most of them do not fit the header."""
    records = read_rows(source, "tab" if delimiter == BLANK else delimiter, positions, head)
    rows, ragged = len(records.row_numbers), [each for each in records.ragged if each[1] in {TOO_FEW, TOO_MANY}]
    if len(ragged) > rows:
        many = sum(reason == TOO_MANY for _, reason in ragged) * 2 > len(ragged)
        raise DataError(
            f"{source.name}: {len(ragged):,} of {rows + len(ragged):,} rows have {'more' if many else 'fewer'} "
            f"fields than the header has columns ({numbered([row for row, _ in ragged])}); the delimiter was taken "
            f"to be “{delimiter}”: set data.delimiter, or put cells that contain it between quotation marks."
        )
    return records


FORMAT = Csv()
