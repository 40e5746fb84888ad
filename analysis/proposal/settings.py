"""Settings of a site that any table asks for, whatever its rows are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.basics.locales import NO_CURRENCY
from analysis.cells.currencies import SHARED, alike, column_of, fits, likeliest, normalised, shown
from analysis.columns.appearance import Look
from analysis.configuration.column import Column
from analysis.configuration.model import FixedK, ModelSettings
from analysis.configuration.table import TableSettings
from analysis.customers.conversion import mixed
from analysis.headers.labels import unit_in

TELLING = frozenset({"kr", "¥", "Rs", "Fr", "﷼"})
"""Signs that are not nearly always one currency's, so that the guess is said."""

UNNAMED = "No column names a currency, so amounts are shown without one; write its three letters as site.currency."


def model(k: int | Literal["auto"]) -> ModelSettings:
    """How many segments, as asked for."""
    return ModelSettings(selection="auto" if k == "auto" else FixedK(k=k))


@dataclass(frozen=True)
class SpokenCurrency:
    """The currencies of which a table speaks, and where; of several, none is claimed."""

    found: tuple[str, ...] = ()
    header: str = ""
    """The column that holds several, or the first that says which one it is."""
    coded: bool = False
    """That column holds no figures but the currencies themselves."""


def spoken(looks: Sequence[Look], money: Collection[str]) -> SpokenCurrency:
    """The currencies of the columns `money`: by a column of currencies, else by their cells, else by a header."""
    if money and (column := currency_column(looks, money)):
        return SpokenCurrency(
            tuple(dict.fromkeys(normalised(each) or "" for each in column.levels)), column.header, coded=True
        )
    looked = [look for look in looks if look.header in money]
    several = next((look for look in looked if len(different(look.currencies)) > 1), None)
    if several:
        return SpokenCurrency(different(several.currencies), several.header)
    said = next(((found, look.header) for look in looked if (found := own_currency(look))), None)
    return SpokenCurrency((said[0],), said[1]) if said else SpokenCurrency()


def currency_column(looks: Sequence[Look], money: Collection[str]) -> Look | None:
    """The column whose header speaks of currencies, and whose cells are such; of several that of the money."""
    named = [look for look in looks if look.levels and all(normalised(each) for each in look.levels)]
    place = column_of([look.header for look in named], sorted(money))
    return named[place] if place is not None else None


def own_currency(look: Look) -> str | None:
    """The one currency of a column, by its cells or its header: a code, or a sign that several share."""
    of_cells = different(look.currencies)
    if look.currencies:
        return of_cells[0] if len(of_cells) == 1 else None
    return unit_in(look.header).currency or (unit_in(look.said.label).currency if look.said else None)


def different(found: Sequence[str]) -> tuple[str, ...]:
    """The currencies that differ, of all that the cells of a column name."""
    return tuple(dict.fromkeys(alike(found).values()))


def currency(said: SpokenCurrency) -> str | None:
    """The one currency of the table; None where it says nothing of money, or speaks of several."""
    return likeliest(said.found[0]) if len(said.found) == 1 else None


def question(said: SpokenCurrency, table: str) -> list[str]:
    """A sentence that asks which of several currencies counts, or says which one a shared sign is taken for."""
    if len(said.found) > 1:
        return [f"{Path(table).name}, column “{said.header}”: {mixed(said.found, coded=said.coded)}"]
    if TELLING.intersection(said.found):
        first, *others = SHARED[said.found[0]][:4]
        told = f"“{shown(said.found[0])}” in “{said.header}” was taken for {first}"
        return [f"{told}; set site.currency if it is {' or '.join(others)}."]
    return []


def counting_in(said: SpokenCurrency) -> dict[str, str]:
    """`site` of a proposal: its currency, or that there is none; nothing where the table speaks of several."""
    return {} if len(said.found) > 1 else {"currency": currency(said) or NO_CURRENCY}


def named_by(said: SpokenCurrency, data: TableSettings) -> TableSettings:
    """`data` of a proposal: with the column that names several currencies, where there is one."""
    if not said.coded or len(said.found) < 2:
        return data
    return data.model_copy(update={"currency_column": said.header})


def kept_apart(columns: Mapping[str, Column], looks: Iterable[Look], own: str) -> dict[str, Column]:
    """The columns, those of money in another currency than the site's with that as their unit."""
    others = {
        look.header: likeliest(found)
        for look in looks
        if (found := own_currency(look)) and not fits(found, own) and len(different(look.currencies)) <= 1
    }
    return {name: _in_unit(each, others[name]) if name in others else each for name, each in columns.items()}


def _in_unit(column: Column, code: str) -> Column:
    if column.format != "money":
        return column
    return column.model_copy(update={"format": "number", "unit": code})


def ambiguous(looks: Iterable[Look]) -> tuple[str, ...]:
    """The columns of dates whose day and month could be told either way round."""
    return tuple(look.header for look in looks if look.dates and look.dates.ambiguous)
