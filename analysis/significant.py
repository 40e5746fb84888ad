"""Figures cut to a stated number of significant digits: what lies beyond differs between processors."""

from __future__ import annotations

from typing import Any

DIGITS = 10


def significant(value: Any) -> Any:  # noqa: ANN401 (any JSON-like value)
    """The same nested mappings and sequences with every float rounded to ten significant digits; −0.0 becomes 0.0."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") + 0.0
    if isinstance(value, dict):
        return {key: significant(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [significant(part) for part in value]
    return value
