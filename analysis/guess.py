"""A configuration for a bare table: what its columns most likely are, and sentences that say so.

Names come first (in several languages), then what the cells look like. Every guess is said, so that a wrong one is
seen and put right in a `site.yml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from analysis.configuration.column import CATEGORY_ROLES, Column, Role
from analysis.configuration.model import FixedK, Model
from analysis.configuration.site import Site, SiteSettings
from analysis.configuration.table import Table as TableSettings
from analysis.configuration.value import Value
from analysis.errors import ConfigurationError, DataError, nearest
from analysis.headers import LISTED, looks_like_data, loose
from analysis.labels import Unit, label_of, unit_in
from analysis.looks import Look, every_column, look_at
from analysis.roles import OLDEST, Part, find_identifier, find_parts
from analysis.sources.door import open_table
from analysis.sources.origin import Origin
from analysis.sources.paths import shown

SMALLEST_K, LARGEST_K = 2, 20
# Up to so many distinct whole numbers a mean wants a decimal: 1.3 children.
COUNTABLE = 20

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
    "feature": "a measure",
}


def guess_site(
    path: Path, *, features: Sequence[str] | None, k: int | Literal["auto"], id_column: str | None
) -> tuple[Site, tuple[str, ...]]:
    """A site for the table alone, and a sentence for each thing that was guessed.

    `features` restricts which columns cluster, `id_column` names the identifier; both as headers, with the tolerance
    of `analysis.headers`. Raises DataError where they are not in the table, or where it has no numbers to cluster by;
    ConfigurationError where `k` is out of bounds.
    """
    _check_k(k)
    opened = open_table(Origin.of(path, TableSettings(path=str(path))))
    header, delimiter = opened.header, opened.delimiter or None
    if looks_like_data(header):
        raise DataError(f"{shown(path)}: the first line holds figures; add a line with the columns' names above it.")
    usable = [title for place, title in enumerate(header) if title and title not in header[:place]]
    doubled = sorted({title for title in header if title and header.count(title) > 1})
    columns = [title for title in usable if title not in doubled]
    if not columns:
        raise DataError(f"{shown(path)}: no column has a name of its own; give each column a different name.")
    wanted = [_find(path, each, columns, "--features") for each in features or ()]
    identifier = _find(path, id_column, columns, "--id") if id_column else None
    if identifier in wanted:
        raise ConfigurationError(f"“{identifier}” is named by --id and by --features; it can only be one of them.")
    looks = look_at(*every_column(path, columns, delimiter))
    said = [f"“{title}” is left out: several columns have that name." for title in doubled]
    return _site(path, delimiter, _Guess(looks, tuple(wanted), identifier, k), said)


class _Guess:
    """What was asked for, and the part of each column that follows."""

    def __init__(
        self, looks: Sequence[Look], wanted: tuple[str, ...], identifier: str | None, k: int | Literal["auto"]
    ) -> None:
        self.wanted, self.k = wanted, k
        self.stated = identifier is not None
        found = find_identifier(looks, wanted)
        self.identifier = identifier or (found.header if found else None)
        self.parts = find_parts([look for look in looks if look.header != self.identifier], wanted)
        self.order = [look.header for look in looks]

    def clusters(self, part: Part) -> bool:
        """Whether segments are to be found by the column."""
        measure = part.role is not None and part.role not in CATEGORY_ROLES
        return measure and (not self.wanted or part.look.header in self.wanted)


def _site(path: Path, delimiter: str | None, guess: _Guess, said: list[str]) -> tuple[Site, tuple[str, ...]]:
    _refuse_no_numbers(path, guess)
    columns = {part.look.header: _column(part, clusters=guess.clusters(part)) for part in guess.parts if part.role}
    if guess.identifier:
        columns[guess.identifier] = Column(role="id")
    ordered = _told_apart({header: columns[header] for header in guess.order if header in columns})
    currency = next((found for part in guess.parts if part.role and (found := _currency(part.look))), "USD")
    site = Site(
        site=SiteSettings(currency=currency),
        data=TableSettings.model_validate({"path": str(path), "delimiter": delimiter}),
        columns=ordered,
        model=Model(selection="auto" if guess.k == "auto" else FixedK(k=guess.k)),
        value=_value(ordered),
    )
    return site, (*said, *_sentences(guess, site))


def _told_apart(columns: dict[str, Column]) -> dict[str, Column]:
    """Columns whose labels came out alike, `visits` and `Visits`, go by their headers."""
    labels = [str(column.label).casefold() for column in columns.values()]
    return {
        header: column.model_copy(update={"label": header})
        if column.role != "id" and labels.count(str(column.label).casefold()) > 1
        else column
        for header, column in columns.items()
    }


def _check_k(k: int | Literal["auto"]) -> None:
    if k != "auto" and not SMALLEST_K <= k <= LARGEST_K:
        raise ConfigurationError(f"--k: {k} is not from {SMALLEST_K} to {LARGEST_K}; take one of these, or auto.")


def _find(path: Path, name: str, columns: Sequence[str], option: str) -> str:
    if name in columns:
        return name
    alike = [title for title in columns if loose(name) in {loose(title), loose(label_of(title))}]
    if len(alike) == 1:
        return alike[0]
    listed = ", ".join(f"“{title}”" for title in columns[:LISTED]) + (", …" if len(columns) > LISTED else "")
    raise DataError(
        f"{shown(path)}: {option}: there is no column “{name}”.{nearest(name, columns)} "
        f"The file has {listed or 'no column with a name of its own'}."
    )


def _refuse_no_numbers(path: Path, guess: _Guess) -> None:
    for part in guess.parts:
        if part.look.header in guess.wanted and not part.look.numeric:
            raise DataError(
                f"{shown(path)}: --features: the column “{part.look.header}” was expected to hold numbers, and most of "
                "its rows do not; name columns of numbers."
            )
    if not any(guess.clusters(part) for part in guess.parts):
        raise DataError(
            f"{shown(path)}: no column of numbers was found to tell segments apart; name some with --features, "
            "or describe the columns in a site.yml."
        )


def _column(part: Part, *, clusters: bool) -> Column:
    look, role = part.look, part.role or "feature"
    label = label_of(look.header)
    if role in CATEGORY_ROLES:
        return Column(role=role, label=label)
    unit = unit_in(look.header)
    use: Literal["describe"] | None = None if clusters else "describe"
    if role == "age":
        return Column(role=role, label=label, unit="years", minimum=0, maximum=OLDEST, use=use)
    if unit.format == "percent" or look.percent:
        scale = 1.0 if look.p95 <= 1 and not look.percent else 0.01
        return Column(role=role, label=label, format="percent", scale=scale, compare="difference", use=use)
    if unit.format == "money" or look.currency:
        return Column(role=role, label=label, format="money", scale=unit.scale, use=use)
    whole: Literal["integer", "number"] = "integer" if look.whole and look.distinct > COUNTABLE else "number"
    return Column(role=role, label=label, format=whole, unit=unit.unit or _days(part), use=use)


def _days(part: Part) -> str | None:
    header = part.look.header.casefold()
    return "days" if part.role == "recency" and any(word in header for word in ("day", "tage", "jours")) else None


def _currency(look: Look) -> str | None:
    if look.currency:
        return {"$": "USD", "€": "EUR", "£": "GBP"}[look.currency]
    return unit_in(look.header).currency


def _value(columns: dict[str, Column]) -> Value:
    by_role: dict[Role, str] = {column.role: name for name, column in columns.items() if column.role != "feature"}
    if name := by_role.get("monetary"):
        return Value(product_of=(name,), label=str(columns[name].label))
    income, spending = by_role.get("income"), by_role.get("spending")
    if income and spending:
        label = f"Estimated spend ({columns[income].label} × {columns[spending].label})"
        return Value(product_of=(income, spending), label=label)
    return Value(product_of=(spending,), label=str(columns[spending].label)) if spending else Value()


def _sentences(guess: _Guess, site: Site) -> list[str]:
    if guess.identifier:
        why = "as --id says" if guess.stated else "because hardly a value of it repeats, and by its name or place"
        first = f"“{guess.identifier}” is taken to identify the customers, {why}."
    else:
        first = "No column identifies the customers; they go by their row numbers."
    return [
        first,
        *(_sentence(part, site, clusters=guess.clusters(part)) for part in guess.parts),
        _value_sentence(site),
    ]


def _sentence(part: Part, site: Site, *, clusters: bool) -> str:
    header = part.look.header
    if part.role is None:
        return f"“{header}” is left out: {part.because}."
    column = site.columns[header]
    if part.role in CATEGORY_ROLES:
        return f"“{header}” is taken as {MEANINGS[part.role]}, {part.because}."
    only = "" if clusters else "; it describes the segments and does not form them"
    return f"“{header}” is taken as {MEANINGS[part.role]}{_in(column, site, unit_in(header))}, {part.because}{only}."


def _in(column: Column, site: Site, unit: Unit) -> str:
    if column.format == "money":
        amount = {1.0: "", 1e3: "thousands of ", 1e6: "millions of "}[column.scale]
        return f", in {amount}{site.site.currency}"
    if column.format == "percent":
        return ", in per cent"
    if unit.bounds:
        return f", on a scale from {unit.bounds[0]:g} to {unit.bounds[1]:g}"
    return f", in {column.unit}" if column.unit else ""


def _value_sentence(site: Site) -> str:
    if not site.value.product_of:
        return "Nothing says what a customer is worth, so all count the same."
    factors = " × ".join(f"“{name}”" for name in site.value.product_of)
    return f"A customer's value is estimated as {factors}."
