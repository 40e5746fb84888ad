"""Figures cut to a stated number of significant digits: what lies beyond differs between processors."""

from __future__ import annotations

from typing import Any

DIGITS = 10


def significant(value: Any, digits: int = DIGITS) -> Any:  # noqa: ANN401 (any JSON-like value)
    """The same nested mappings and sequences with every float rounded to so many significant digits; −0.0 is 0.0."""
    if isinstance(value, float):
        return float(f"{value:.{digits}g}") + 0.0
    if isinstance(value, dict):
        return {key: significant(part, digits) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [significant(part, digits) for part in value]
    return value
