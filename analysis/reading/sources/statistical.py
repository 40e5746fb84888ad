"""Files of statistics programs, through pyreadstat: SPSS (.sav, .zsav, .por), Stata (.dta), SAS (.sas7bdat, .xpt).

The values are taken as they stand in the file, and its dictionary is applied here. What pyreadstat 1.3.7 would make of
them differs in four ways: ordered labels fail on any missing answer; durations lose whole days; a plain missing value
of Stata becomes a figure beside one with a reason; codes with the same label become one.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from analysis.cells.spellings import tidied
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.language.notes import Names, Note, note
from analysis.reading.sources.cells import column_of
from analysis.reading.sources.codes import read_column
from analysis.reading.sources.content import Content
from analysis.reading.sources.moments import Found
from analysis.reading.sources.opened import Opened
from analysis.reading.sources.variable import Value, Variable
from analysis.reading.text.metadata import Measure
from analysis.reading.text.rows import Records, all_of

if TYPE_CHECKING:
    from pyreadstat import metadata_container
    from pyreadstat.pyclasses import MissingRange

AT_ONCE = 4_000_000
"""Cells held as Python's own numbers while they become text; a file with more is read a few columns at a time."""
UNCOUNTED = 50
"""Columns read at once where the file does not say how many rows it has."""
NAMED = 8


@dataclass(frozen=True)
class Program:
    """What is particular to the files of a program."""

    label: str
    """As people write it."""
    reader: str
    """Which of pyreadstat's functions reads it."""
    writer: Callable[[str], Found]
    """How it writes numbers of a format as dates."""
    reasons: bool = True
    """Whether the reader can tell why a value is missing."""
    encodings: bool = True
    """Whether the reader can be told the encoding."""
    weight: Callable[[bytes, Sequence[str], Sequence[int]], str | None] | None = None
    """The variable by which a file weights its rows, from the bytes, the variables' names and their widths."""
    labels_elsewhere: Callable[[str], bool] | None = None
    """Whether a format says that the labels of its codes stand in a file of their own."""


@dataclass(frozen=True, eq=False)
class _File:
    content: Content
    program: Program
    encoding: str | None

    def read(self, **wanted: Any) -> tuple[Mapping[str, list[Any]], metadata_container]:  # noqa: ANN401 (pyreadstat's own)
        """Columns as lists of numbers and texts, None for what is missing without a reason; and the dictionary.

        Raises DataError where the file is cut short or damaged.
        """
        import pyreadstat as package  # noqa: PLC0415 (an extra, and only where a table is such a file)

        if self.program.reasons:
            wanted["user_missing"] = True
        if self.encoding and self.program.encodings:
            wanted["encoding"] = self.encoding
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found: tuple[Mapping[str, list[Any]], metadata_container] = getattr(package, self.program.reader)(
                    io.BytesIO(self.content.data), output_format="dict", disable_datetime_conversion=True, **wanted
                )
            except (package.ReadstatError, package.PyreadstatError, UnicodeError, ValueError):
                raise DataError(
                    f"{self.content.name}: this {self.program.label} file is cut short or damaged, or its "
                    "characters are in another encoding than it says (data.encoding); save it again, or as CSV."
                ) from None
        return found


def open_statistical(content: Content, program: Program, encoding: str | None) -> Opened:
    """Raises DataError where the file is damaged or has no column."""
    file = _File(content, program, encoding)
    _, about = file.read(metadataonly=True)
    if not about.column_names:
        raise DataError(f"{content.name}: this file has no variables; save it with its data.")
    weight = _weight(content.data, program, about)
    variables = _variables(program, about, weight)
    return Opened(
        name=content.name,
        header=tuple(" ".join(name.split()) for name in about.column_names),
        rows=partial(_rows, file, variables, about.number_rows),
        sha256=content.sha256,
        notes=(*_weighted(weight), *_sets(about), *_catalogue(program, about)),
    )


def _variables(program: Program, about: metadata_container, weight: str | None) -> list[Variable]:
    counted = {
        name: float(each["counted_value"])
        for each in about.mr_sets.values()
        if each["is_dichotomy"] and each["counted_value"] is not None
        for name in _members_of(each["variable_list"], about)
    }
    kinds = about.readstat_variable_types
    return [
        Variable(
            name=name,
            writer=program.writer,
            label=about.column_names_to_labels.get(name) or "",
            measure=_measure(about, name),
            shown=about.original_variable_types.get(name) or "",
            text=kinds[name] == "string",
            single=kinds[name] == "float",
            labels=dict(about.variable_value_labels.get(name, {}).items()),
            missing=tuple((each["lo"], each["hi"]) for each in _ranges(about, name)),
            counted=counted.get(name),
            weight=name == weight,
        )
        for name in about.column_names
    ]


def _measure(about: metadata_container, name: str) -> Measure:
    stated = about.variable_measure.get(name, "unknown")
    return "unknown" if stated == "undetermined" else stated


def _ranges(about: metadata_container, name: str) -> list[MissingRange]:
    """What is declared missing, a single code as a range of its own."""
    return [each for each in about.missing_ranges.get(name, []) if isinstance(each, dict)]


def _rows(file: _File, variables: Sequence[Variable], count: int | None, positions: Sequence[int]) -> Records:
    """Every row; the first counts as row 2, as if the variables' names stood above it."""
    cells, said, rows = {}, {}, 0
    size = max(1, AT_ONCE // max(1, count)) if count is not None else UNCOUNTED
    for start in range(0, len(positions), size):
        some = positions[start : start + size]
        found, _ = file.read(usecols=[variables[position].name for position in some])
        for position in some:
            values: Sequence[Value | None] = found[variables[position].name]
            texts, said[position] = read_column(variables[position], values)
            cells[position], rows = column_of(texts), len(texts)
    return replace(all_of(cells, rows), said=said)


def _weight(data: bytes, program: Program, about: metadata_container) -> str | None:
    if program.weight is None:
        return None
    names, widths = about.column_names, about.variable_storage_width
    try:
        return program.weight(data, names, [widths[name] for name in names])
    except (IndexError, ValueError, struct.error):
        return None


def _weighted(weight: str | None) -> tuple[Note, ...]:
    if weight is None:
        return ()
    told = gettext_noop("The file weights its rows by “{column}”. The weight is not used: every row counts once.")
    return (note(told, column=weight),)


def _members_of(listed: Sequence[str], about: metadata_container) -> list[str]:
    """The columns of a set; files name them in small letters."""
    names = {name.casefold(): name for name in about.column_names}
    return [names[each.casefold()] for each in listed if each.casefold() in names]


def _sets(about: metadata_container) -> tuple[Note, ...]:
    told = gettext_noop(
        "“{question}” is one question with several answers, in the columns {columns}. Each of them is read as a column "
        "of its own."
    )
    return tuple(
        note(
            told,
            question=tidied(each["label"]) or name,
            columns=Names(tuple(_members_of(each["variable_list"], about)), most=NAMED),
        )
        for name, each in about.mr_sets.items()
    )


def _catalogue(program: Program, about: metadata_container) -> tuple[Note, ...]:
    """SAS keeps the labels of codes in a file of their own."""
    if program.labels_elsewhere is None:
        return ()
    own = [name for name, shown in about.original_variable_types.items() if shown and program.labels_elsewhere(shown)]
    told = gettext_noop(
        "The labels of the codes in {columns} are in a SAS catalogue (.sas7bcat), which is not read. The codes are "
        "kept as they are."
    )
    return (note(told, columns=Names(tuple(own), most=NAMED)),) if own else ()
