"""The description of a column in `site.yml`, from the part that it was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from analysis.columns.appearance import Look
from analysis.columns.roles import OLDEST, Part
from analysis.configuration.column import Column
from analysis.headers.labels import TIMES, Unit, unit_in
from analysis.headers.vocabulary import time_unit

# Up to so many distinct whole numbers a mean wants a decimal: 1.3 children.
COUNTABLE = 20
OLDEST_BY_BIRTH = 105
"""Years; an earlier year of birth most likely means that the first entry of the field was left."""

Settings = dict[str, object]


def described(part: Part, use: Literal["cluster", "describe"] | None) -> Column:
    """The column's description; `use`: what it is said to be for, where that does not follow from what it is."""
    role = part.role or "feature"
    born = role == "age" and part.kind == "date"
    settings: Settings = {"role": role, "label": "Age" if born else part.look.label, **part.settings}
    if part.kind == "nominal":
        return Column.model_validate(settings)
    settings |= _written(part)
    if use:
        settings["use"] = use
    if part.look.gaps and (policy := _gaps(part, use)):
        settings["missing"] = policy
    return Column.model_validate(settings)


def _gaps(part: Part, use: Literal["cluster", "describe"] | None) -> str | None:
    """What becomes of rows without a value; None: set aside, as rows without a figure are that segments need.

    To keep them is the analyst's to decide: who has no amount counts among the customers and not in the value, of
    which shares would be told side by side, and a row of nothing but gaps would be in a segment.
    """
    if part.kind in {"numeric", "date"}:
        return "unknown" if use == "describe" else None
    return "most_frequent"


def _written(part: Part) -> Settings:
    """Unit, format, scale and bounds."""
    look, unit = part.look, _unit(part.look)
    if part.role == "age" and part.kind != "ordinal":
        return {"unit": "years", "minimum": 0, "maximum": OLDEST_BY_BIRTH if part.kind == "date" else OLDEST}
    if part.kind != "numeric":
        return {}
    if unit.format == "percent" or look.percent:
        scale = 1.0 if look.p95 <= 1 and not look.percent else 0.01
        return {"format": "percent", "scale": scale, "compare": "difference"}
    if unit.format == "money" or look.currencies:
        return {"format": "money", "scale": unit.scale}
    whole: Literal["integer", "number"] = "integer" if look.whole and look.distinct > COUNTABLE else "number"
    return {"format": whole, "unit": unit.unit or time_unit(look.header) or (look.said.unit if look.said else None)}


def _unit(look: Look) -> Unit:
    """What label or header say of the figures; a bracket in a question may hold anything, so known units count."""
    said = unit_in(look.said.label) if look.said else Unit()
    known = said.format != "number" or said.bounds or said.unit in TIMES
    return said if known else unit_in(look.header)


def told_apart(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Columns whose labels came out alike, `visits` and `Visits`, go by their headers."""
    labels = [str(column.label).casefold() for column in columns.values()]
    return {
        header: column.model_copy(update={"label": header})
        if column.role != "id" and labels.count(str(column.label).casefold()) > 1
        else column
        for header, column in columns.items()
    }
