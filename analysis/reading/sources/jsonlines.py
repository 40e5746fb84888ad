"""JSON lines: an object a line. Objects inside become columns such as `address.city`; lists stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any, ClassVar

from analysis.basics.numbered import numbered
from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.reading.sources.cells import column_of
from analysis.reading.sources.content import Content, check_lines
from analysis.reading.sources.format import Format
from analysis.reading.sources.opened import Opened
from analysis.reading.text.encoding import Source, decoded
from analysis.reading.text.rows import Records

ARRAY = re.compile(rb'\s*\[\s*\{\s*"')
NO_OBJECT = "not a JSON object"
DEEPEST = 100
"""Levels inside each other, the same on every machine: Python's own limit depends on what called it."""

Row = dict[str, str]


class JsonLines(Format):
    """Objects, a line each."""

    kind: ClassVar[str] = "jsonlines"
    words: ClassVar[str] = gettext_noop("JSON lines")
    endings: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson")
    text: ClassVar[bool] = True

    def likely(self, data: bytes) -> bool:
        """Whether the first line is an object, or an array of such begins, as no header of delimited text is."""
        if ARRAY.match(data):
            return True
        first = data.lstrip()[:100_000].partition(b"\n")[0]
        if not first.startswith(b"{"):
            return False
        try:
            return isinstance(json.loads(first), dict)
        except (ValueError, RecursionError):
            return False

    def open(self, content: Content, settings: TableSettings, known: Collection[str]) -> Opened:  # noqa: ARG002 (it has its keys)
        """The columns are all keys there are, in the order in which they first appear; a key that is missing is empty.

        Raises DataError where most lines are no JSON objects.
        """
        if not ARRAY.match(content.data):
            check_lines(content.name, content.data)
        return _opened(content, settings.encoding)


def _opened(content: Content, encoding: str | None) -> Opened:
    source = decoded(content.name, content.data, encoding)
    found = [(number, _row(line)) for number, line in _lines(source)]
    rows = [(number, row) for number, row in found if row is not None]
    ragged = tuple((number, NO_OBJECT) for number, row in found if row is None)
    if len(ragged) > len(rows):
        raise _no_json(source, ragged, len(found))
    header = dict.fromkeys(key for _, row in rows for key in row)
    return Opened(
        name=content.name,
        header=tuple(" ".join(key.split()) for key in header),
        rows=partial(_rows, rows, ragged, tuple(header), source.text.count("\n") + 1),
        sha256=content.sha256,
        encoding=source.encoding,
        notes=source.notes,
    )


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _row(line: str) -> Row | None:
    try:
        found = json.loads(line, parse_int=str, parse_float=str, parse_constant=lambda _: "")
        return dict(_flat("", found)) if isinstance(found, dict) else None
    except (ValueError, RecursionError):
        return None


def _flat(prefix: str, values: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        raise ValueError
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{key}.", value, depth + 1)
        elif isinstance(value, str):  # figures too: they stand as they were written
            yield prefix + key, value
        else:
            yield prefix + key, "" if value is None else _listed(value)


def _listed(value: object) -> str:
    """A list as it would be written; one nested too deep is no record's."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) - len(text.lstrip("[")) > DEEPEST:
        raise ValueError
    return text


def _rows(
    rows: Sequence[tuple[int, Row]],
    ragged: tuple[tuple[int, str], ...],
    keys: Sequence[str],
    last: int,
    positions: Sequence[int],
) -> Records:
    import numpy as np  # noqa: PLC0415 (only where rows are read)

    return Records(
        cells={position: column_of([row.get(keys[position], "") for _, row in rows]) for position in positions},
        row_numbers=np.array([number for number, _ in rows], dtype=np.int64),
        ragged=ragged,
        blank=0,
        last=last,
    )


def _no_json(source: Source, ragged: Sequence[tuple[int, str]], lines: int) -> DataError:
    if source.text.lstrip().startswith("["):
        return DataError(
            f"{source.name}: this is one JSON array; write its objects one a line (JSON lines), or as CSV."
        )
    return DataError(
        f"{source.name}: a JSON object was expected in every line, but {len(ragged):,} of {lines:,} lines hold none "
        f"({numbered([row for row, _ in ragged])}); write one object a line, or export the table as CSV."
    )


FORMAT = JsonLines()
