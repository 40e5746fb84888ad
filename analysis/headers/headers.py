"""Which header of the file is which column of the configuration.

Tools rewrite headers on the way: capitals, blanks, underscores, no-break spaces, brackets round a unit. A header is
taken in this order: the very name, one of its aliases, either of them but for such differences, either of them but
for a unit that only one side states.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from analysis.basics.listed import first_quoted
from analysis.configuration.column import Column
from analysis.errors import PROBLEMS_SHOWN, MissingColumnsError, nearest
from analysis.language import gettext_noop
from analysis.language.notes import Note, note

BRACKETED = re.compile(r"\(.*?\)|\[.*?\]")
UNIT_WORDS = re.compile(
    r"(?<![0-9])[\s_]+(k\$|k€|k£|t€|\$|€|£|%|usd|eur|gbp|chf|k?usd|k?eur|teur|tsd\.?|years|yrs?|jahren?|ans|días|days|tage)$",
    re.IGNORECASE,
)
SPANS = frozenset(
    {
        "last", "past", "previous", "prior", "next", "this", "these", "current", "per", "each", "every", "a", "all",
        "first", "recent", "letzte", "letzten", "letzter", "vorige", "vorigen", "dieses", "diese", "pro", "je", "par",
        "por", "dernier", "derniers", "dernieres", "ultimo", "ultimos", "ultimi", "laatste", "cada", "chaque",
    }
)  # fmt: skip
"""Words before years or days that make a span of what was counted of them: `Visits past days`."""
UNIT_ASSUMED = gettext_noop("The column “{title}” was used as “{column}”. It states no unit, so “{unit}” is assumed.")
UNIT_STATED = gettext_noop(
    "The column “{title}” was used as “{column}”. It states the unit “{unit}”. Check that the configuration "
    "means the same."
)
LISTED = 8
KINDS = {
    "numeric": "numbers",
    "ordinal": "levels in an order",
    "nominal": "categories",
    "boolean": "yes or no",
    "date": "dates",
}


# Besides letters and digits: currency signs, and the marks that some scripts cannot do without.
KEPT = {"Sc", "Mn", "Mc"}


def loose(name: str) -> str:
    """A header without capitals, blanks, underscores, brackets and the like; `$`, `€` and `%` stay."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    kept = [sign for sign in folded if sign.isalnum() or sign == "%" or unicodedata.category(sign) in KEPT]
    return "".join(kept) or folded.strip()


def unit_of(name: str) -> tuple[str, str]:
    """A header parted into its words and its unit: `Annual Income (k$)` → `Annual Income`, `k$`."""
    if bracketed := BRACKETED.search(name):
        return BRACKETED.sub(" ", name).strip(), bracketed[0][1:-1].strip()
    words = unit_at_end(name)
    return (name[: words.start()].strip(), words[1]) if words else (name, "")


def unit_at_end(name: str) -> re.Match[str] | None:
    """The unit that is a header's last word: `Tenure years`; none in `Spend last years`, which is a span of time."""
    words = UNIT_WORDS.search(name)
    before = re.split(r"[\s_]+", name[: words.start()].casefold())[-1] if words else ""
    return None if before in SPANS else words


def match_headers(
    table: str, header: Sequence[str], columns: Mapping[str, Column], *, under: str = "columns"
) -> tuple[dict[str, int], list[Note]]:
    """The position of each configured column in the file, and a note for each that arrived under another name.

    `table` is its name in messages, `under` the part of the configuration that names the columns. Raises
    MissingColumnsError, which tells of all columns that are missing or that two headers could each be.
    """
    found: dict[str, int] = {}
    torn: dict[str, str] = {}
    for way in (_exactly, _by_alias, _loosely, _but_for_unit):
        for name, column in columns.items():
            if name in found or name in torn:
                continue
            taken = set(found.values())
            fits = way(name, column)
            candidates = [place for place, title in enumerate(header) if place not in taken and title and fits(title)]
            if len(candidates) > 1:
                torn[name] = _ambiguous(table, name, header, candidates)
            elif candidates:
                found[name] = candidates[0]
    missing = {name: column for name, column in columns.items() if name not in found and name not in torn}
    if missing or torn:
        raise MissingColumnsError((*missing, *torn), [*torn.values(), *_missing(table, missing, header, under)])
    return found, [_renamed(name, header[place]) for name, place in found.items() if _differs(name, header[place])]


def looks_like_data(header: Sequence[str]) -> bool:
    """Whether half of the first line is figures, so that the file has no header (and must not be quoted to people)."""
    return sum(bool(re.fullmatch(r"[-+−]?[0-9][0-9.,\s]*", title)) for title in header) * 2 >= len(header)


def names_given(columns: int) -> str:
    """How the configuration names the columns of delimited text that has no header; the end of a sentence."""
    examples = ("customer", "date", "units", "dollars")[:columns]
    more = ", …" if columns > len(examples) else ""
    return (
        f", or name all {columns} of them in order in a site.yml, as in `data.columns: [{', '.join(examples)}{more}]`"
    )


Fits = Callable[[str], bool]


def _exactly(name: str, _: Column) -> Fits:
    return " ".join(name.split()).__eq__


def _by_alias(_: str, column: Column) -> Fits:
    aliases = {" ".join(alias.split()) for alias in column.aliases}
    return aliases.__contains__


def _loosely(name: str, column: Column) -> Fits:
    keys = {loose(each) for each in (name, *column.aliases)}
    return lambda title: loose(title) in keys


def _but_for_unit(name: str, column: Column) -> Fits:
    """Same words, and at most one of the two headers states a unit: `Income` is `Income (k$)`, `Income (€)` is not."""
    parted = [unit_of(each) for each in (name, *column.aliases)]

    def fits(title: str) -> bool:
        words, unit = unit_of(title)
        return any(loose(words) == loose(known) and not (unit and known_unit) for known, known_unit in parted)

    return fits


def _differs(name: str, title: str) -> bool:
    return loose(name) != loose(title)


def _renamed(name: str, title: str) -> Note:
    known, stated = unit_of(name)[1], unit_of(title)[1]
    if known and not stated:
        return note(UNIT_ASSUMED, title=title, column=name, unit=known)
    if stated and not known:
        return note(UNIT_STATED, title=title, column=name, unit=stated)
    return note(gettext_noop("The column “{title}” was used as “{column}”."), title=title, column=name)


def _ambiguous(table: str, name: str, header: Sequence[str], places: Sequence[int]) -> str:
    named = " and ".join(f"column {place + 1} (“{header[place]}”)" for place in places[:3])
    return f"{table}: {named} could each be “{name}”; rename or delete all but one."


def _missing(table: str, columns: Mapping[str, Column], header: Sequence[str], under: str) -> list[str]:
    if not columns:
        return []
    if looks_like_data(header):
        sentence = (
            f"{table}: there is no column “{next(iter(columns))}”, and the first line holds figures where "
            f"names were expected; add a line with the columns' names above it{names_given(len(header))}."
        )
        return [sentence]
    titles = [title for title in header if title]
    sentences = [
        f"{table}: there is no column “{name}”{_expected(column) if under == 'columns' else ''}."
        f"{_nearest_column(name, column, titles)}"
        for name, column in columns.items()
    ]
    last = min(len(sentences), PROBLEMS_SHOWN) - 1  # of those that a build shows
    remedy = "add an alias under columns" if under == "columns" else f"name another under {under}"
    sentences[last] += f" The file has {first_quoted(titles, LISTED)}; correct its header, or {remedy}."
    return sentences


def _expected(column: Column) -> str:
    kind = "identifiers" if column.role == "id" else KINDS[column.holds]
    return f" (expected: {kind}, role {column.role})"


def _nearest_column(name: str, column: Column, titles: Sequence[str]) -> str:
    """The nearest headers by the whole name, else by its words without the unit or by an alias."""
    return next((hint for each in (name, unit_of(name)[0], *column.aliases) if (hint := nearest(each, titles))), "")
