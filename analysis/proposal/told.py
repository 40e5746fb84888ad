"""What was guessed of a column, in a sentence: never with a cell's content."""

from __future__ import annotations

from analysis.basics.locales import NO_CURRENCY
from analysis.columns.roles import Part
from analysis.configuration.column import CATEGORY_ROLES, Column, Role
from analysis.configuration.site import Site
from analysis.headers.labels import Unit, unit_in
from analysis.preparation.transform import transform, wild

MEANINGS: dict[Role, str] = {
    "gender": "the gender",
    "category": "a category",
    "channel": "the channel",
    "age": "the age",
    "income": "the income",
    "spending": "the spending",
    "recency": "the time since the last purchase",
    "frequency": "how often they buy",
    "monetary": "the money they bring in",
    "date": "a date",
    "feature": "a measure",
}
KINDS = {"boolean": "yes or no", "ordinal": "levels in an order"}
FILLED = {
    "most_frequent": "those customers stay, and no figure counts the gap",
    "unknown": "those customers stay without a value",
    "reject": "they are set aside, because the column forms segments; `missing: median` keeps them, and their "
    "other columns decide the segment",
}


def sentence(part: Part, site: Site, aside: str | None) -> str:
    """What the column is taken for and why; `aside`: why it describes only, where somebody else decided that."""
    header = part.look.header
    if part.role is None:
        return f"“{header}” is left out: {part.because}."
    column = site.columns[header]
    meaning = MEANINGS[part.role] if part.role != "feature" else KINDS.get(part.kind, MEANINGS["feature"])
    told = f"“{header}” is taken as {meaning}"
    by_file = "".join(f" {each.exactly()}" for each in part.look.said.notes(header)) if part.look.said else ""
    if part.role in CATEGORY_ROLES:
        return f"{told}, {part.because}.{by_file}"
    why = f": {aside}" if aside else ""
    only = "" if column.clusters else f"; it describes the segments and does not form them{why}"
    more = f"{_scaled(part, column)}{_filled(part, column)}{_doubtful(part)}{part.question}{by_file}"
    return f"{told}{_in(column, site, unit_in(header))}, {part.because}{only}.{more}"


def value_sentence(site: Site) -> str:
    """What a customer is worth."""
    if not site.value.columns:
        return "No column gives customer value, so all customers count the same."
    factors = f" {site.value.sign} ".join(f"“{name}”" for name in site.value.columns)
    return f"A customer's value is {'taken' if site.value.sum_of else 'estimated'} as {factors}."


def _in(column: Column, site: Site, unit: Unit) -> str:
    if column.holds == "date":
        alone = ", in years, from the middle of the year, as the day is not known"
        return alone if column.date_format == "yyyy" else f", in years, from dates written {column.date_format}"
    if column.holds == "ordinal":
        return f", from 1 to {len(column.order)}"
    if column.format == "money":
        return _in_money(column, site)
    if column.format == "percent":
        return ", in per cent"
    if unit.bounds:
        return f", on a scale from {unit.bounds[0]:g} to {unit.bounds[1]:g}"
    return f", in {column.unit}" if column.unit else ""


def _in_money(column: Column, site: Site) -> str:
    """Of several currencies none is claimed, and where none is known none is named."""
    amount = {1.0: "", 1e3: "thousands of ", 1e6: "millions of "}[column.scale]
    if "currency" in site.site.model_fields_set and site.site.currency != NO_CURRENCY:
        return f", in {amount}{site.site.currency}"
    return f", in {amount.removesuffix(' of ')}" if amount else ""


def _scaled(part: Part, column: Column) -> str:
    """What `transform: auto` will do about values far out, where a logarithm will not see to them."""
    if not column.clusters or part.kind != "numeric":
        return ""
    import numpy as np  # noqa: PLC0415 (already loaded with the table)

    known = part.look.figures[np.isfinite(part.look.figures)]
    if not len(known) or not wild(known) or transform(known, column).name != "robust":
        return ""
    return " A few of its values are extreme; they will be limited by its quartiles."


def _filled(part: Part, column: Column) -> str:
    """What becomes of rows without a value."""
    if column.policy not in FILLED or not part.look.gaps:
        return ""
    rows = f"{part.look.gaps:,} {'row has' if part.look.gaps == 1 else 'rows have'}"
    if part.look.sampled:
        rows = f"{part.look.gaps:,} of the rows looked at have"
    return f" {rows} no value; {FILLED[column.policy]}."


def _doubtful(part: Part) -> str:
    dates = part.look.dates
    if part.kind == "date" and dates is not None and dates.pattern == "excel-1900":
        return " Write excel-1904 instead if the workbook counts its days from 1904, as old ones of the Mac do."
    if part.kind != "date" or dates is None or not dates.ambiguous:
        return ""
    return f" Day and month cannot be told apart: {swapped(dates.pattern)} would do as well."


def swapped(pattern: str) -> str:
    """A pattern of dates with day and month changed over."""
    return pattern.replace("dd", "•").replace("mm", "dd").replace("•", "mm")
