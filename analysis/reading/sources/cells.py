"""Typed values as the text a careful CSV would hold: integers bare, floats shortest, dates ISO, nothing for nothing."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from numpy import object_
    from numpy.typing import NDArray

# Above this a float no longer tells one whole number from the next.
EXACT = 2**53


def text_of(value: object) -> str:
    """One value as text; `1.0` becomes `1`, so that a customer's number is the same from every kind of source."""
    writer = WRITERS.get(type(value))
    return writer(value) if writer else _other(value)


def column_of(values: Sequence[object]) -> NDArray[object_]:
    """Texts as an array of objects, shape (rows,)."""
    import numpy as np  # noqa: PLC0415 (only where rows are read)

    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _float(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)


def _decimal(value: Decimal) -> str:
    return format(value, "f") if value.is_finite() else ""


def _moment(value: dt.datetime) -> str:
    if value.tzinfo:  # by the universal clock: a database answers in its own zone, or in ours
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    return value.isoformat(sep=" ")


def _nested(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _other(value: object) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if hasattr(value, "is_finite"):
        return _decimal(value)  # type: ignore[arg-type]
    return str(value)


WRITERS: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    float: _float,
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    dt.date: dt.date.isoformat,
    dt.datetime: _moment,
    dt.time: dt.time.isoformat,
    dt.timedelta: lambda value: _float(value.total_seconds()),
    list: _nested,
    dict: _nested,
    tuple: _nested,
}
