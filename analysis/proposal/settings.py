"""Settings of a site that any table asks for, whatever its rows are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from analysis.configuration.model import FixedK, Model
from analysis.labels import unit_in
from analysis.looks import Look

DEFAULT_CURRENCY = "USD"
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}


def model(k: int | Literal["auto"]) -> Model:
    """How many segments, as asked for."""
    return Model(selection="auto" if k == "auto" else FixedK(k=k))


def currency(looks: Iterable[Look]) -> str | None:
    """The first money that a cell or a header speaks of."""
    return next((found for look in looks if (found := _stated(look))), None)


def _stated(look: Look) -> str | None:
    if look.currency:
        return SIGNS[look.currency]
    return unit_in(look.header).currency or (unit_in(look.said.label).currency if look.said else None)


def ambiguous(looks: Iterable[Look]) -> tuple[str, ...]:
    """The columns of dates whose day and month could be told either way round."""
    return tuple(look.header for look in looks if look.dates and look.dates.ambiguous)
