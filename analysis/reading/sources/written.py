"""An opened table and its rows as text, and back: so that one of several files need not be read again.

Only what is listed here is made of the text, and nothing of it is run. Whoever reads it finds out that it is something
else by ValueError, KeyError or TypeError.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.language.notes import Day, Figure, Names, Note, Number, RowNumbers, Rows, Several, Sum
from analysis.reading.sources.opened import Opened
from analysis.reading.text.metadata import ColumnSaid
from analysis.reading.text.rows import Records, SourcePart

if TYPE_CHECKING:
    from numpy import int64, object_
    from numpy.typing import NDArray

# Numpy is loaded by whoever reads rows.
# ruff: noqa: PLC0415

CLASSES: Mapping[str, Callable[..., object]] = {
    one.__name__: one
    for one in (Records, SourcePart, ColumnSaid, Note, Several, Rows, Number, Figure, RowNumbers, Sum, Day, Names)
}
OF_A_HEADER = (
    "name", "header", "sha256", "kind", "encoding", "delimiter", "notes", "regular", "unreadable", "from_1904",
)  # fmt: skip
"""Of an opened table, what is known before its rows are read."""
FEW_TEXTS = 0.5
"""Of a column's cells the share of different ones, below which each text is written once."""


def header_text(opened: Opened) -> str:
    """An opened table without its rows."""
    return json.dumps({name: _plain(getattr(opened, name)) for name in OF_A_HEADER}, ensure_ascii=False)


def header_of(text: str) -> dict[str, Any]:
    """Its fields."""
    whole = json.loads(text)
    return {name: _made(whole[name]) for name in OF_A_HEADER}


def rows_text(records: Records) -> str:
    """Rows with their numbers."""
    return json.dumps(_plain(records), ensure_ascii=False)


def rows_of(text: str) -> Records:
    """The same."""
    found = _made(json.loads(text))
    if not isinstance(found, Records):
        raise TypeError
    return found


def _plain(value: object) -> Any:  # noqa: ANN401 (JSON)
    """Every container is a list with its kind in front."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, tuple):
        return ["tuple", *map(_plain, value)]
    if isinstance(value, Mapping):
        return ["mapping", *([_plain(key), _plain(each)] for key, each in value.items())]
    if type(value).__name__ in CLASSES:
        return [type(value).__name__, *(_plain(getattr(value, one.name)) for one in fields(value))]  # type: ignore[arg-type]
    return _of_array(value)


def _of_array(values: Any) -> list[Any]:  # noqa: ANN401 (an array of NumPy)
    if values.dtype.kind == "i":
        return ["numbers", *values.tolist()]
    texts = values.tolist()
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    different = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    if len(different) < FEW_TEXTS * len(texts):
        return ["few texts", list(different), [different[text] for text in texts]]
    return ["texts", *texts]


def _made(plain: Any) -> Any:  # noqa: ANN401 (of JSON)
    if not isinstance(plain, list):
        return plain
    kind, *parts = plain
    if kind in CLASSES:
        return CLASSES[kind](*map(_made, parts))
    return MADE[kind](parts)


def _numbers(parts: Sequence[int]) -> NDArray[int64]:
    import numpy as np

    return np.array(parts, dtype=np.int64)


def _texts(parts: Sequence[str]) -> NDArray[object_]:
    import numpy as np

    found = np.empty(len(parts), dtype=object)
    found[:] = parts
    return found


def _few_texts(parts: Sequence[Any]) -> NDArray[object_]:
    """One text, one object, as when the file is read (`analysis.reading.text.batches`)."""
    texts, places = parts
    found: NDArray[object_] = _texts(texts)[_numbers(places)]
    return found


MADE: Mapping[str, Callable[[Any], object]] = {
    "day": lambda parts: date.fromisoformat(*parts),
    "tuple": lambda parts: tuple(map(_made, parts)),
    "mapping": lambda parts: {_made(key): _made(each) for key, each in parts},
    "numbers": _numbers,
    "texts": _texts,
    "few texts": _few_texts,
}
