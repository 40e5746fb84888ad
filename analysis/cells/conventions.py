"""Decimal point or decimal comma, and what stands behind figures: what those of a table say, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import narwhals as nw

from analysis.cells.currencies import GAP, MARK, MULTIPLES, SPACES, marked
from analysis.cells.numerals import Decimal, ambiguous, evidence
from analysis.language import gettext_noop
from analysis.language.notes import Note, note

# A hundred thousand figures show how a file writes them.
GROUPED = gettext_noop(
    "Groups of three digits in “{column}” were read as thousands. If they are decimals, set data.decimal."
)
MULTIPLIED = gettext_noop("Figures in “{column}” followed by k, M and the like were multiplied: 1.5k is read as 1,500.")
THOUSANDS = gettext_noop("Figures in “{column}” followed by k or M were read as thousands and millions.")
LEDGER = gettext_noop("In “{column}” CR was read as a credit (negative) and DR as a debit (positive).")
CREDIT_OR_CRORE = gettext_noop(
    "In “{column}” Cr can mean credit or crore, so these figures were not read. Write them out in full."
)
SAMPLE = 100_000
FIRST = 1_000
SHORT = 10_000
"""Rows up to which every cell is looked at, and not each different text once."""
TOGETHER = 200
"""Columns of a short table that are looked at at once."""
LONGEST = 60
"""Characters of a cell beyond which it is prose and no figure."""


@dataclass(frozen=True)
class Signs:
    """How many cells of a column can only be read one way, and how many both ways."""

    point: int = 0
    comma: int = 0
    ambiguous_point: int = 0
    ambiguous_comma: int = 0

    @property
    def decided(self) -> Decimal | None:
        """What the column's own figures say."""
        if self.point == self.comma:
            return None
        return "." if self.point > self.comma else ","


def plain_columns(cells: nw.LazyFrame[Any], names: Sequence[str], pattern: str) -> list[str]:
    """The columns of which every cell follows the pattern (`WHOLE` or `PLAIN`), so that it can simply be cast.

    The first cells tell most that do not; the others are looked at once for each different text.
    """
    if not names:
        return []
    rows = _rows(cells, names)
    likely = _following(cells.head(FIRST), names, pattern)
    if rows <= FIRST or not likely:
        return likely
    if rows <= SHORT:
        return _following(cells, likely, pattern)  # at once: that costs less than to ask for each by itself
    return [name for name in likely if _following(cells.select(name).unique(), [name], pattern)]


def _rows(cells: nw.LazyFrame[Any], names: Sequence[str]) -> int:
    """How many there are, counted as far as it matters."""
    return len(cells.select(names[0]).head(SHORT + 1).collect())


def _following(cells: nw.LazyFrame[Any], names: Sequence[str], pattern: str) -> list[str]:
    verdict = cells.select(nw.col(*names).str.contains(pattern).all()).collect()
    return [name for name in names if bool(verdict[name].item())]


def signs(cells: nw.LazyFrame[Any], names: Sequence[str]) -> dict[str, Signs]:
    """Counts what the first cells of each column say; one pass for all of them."""
    if not names:
        return {}
    tests = [
        test(nw.col(name), decimal).sum().alias(f"{place}{decimal}{test.__name__}")
        for place, name in enumerate(names)
        for test in (evidence, ambiguous)
        for decimal in (".", ",")
    ]
    counts = [int(count or 0) for count in cells.select(nw.col(*names)).head(SAMPLE).select(*tests).collect().row(0)]
    return {name: Signs(*counts[4 * place : 4 * place + 4]) for place, name in enumerate(names)}


@dataclass(frozen=True)
class Suffixes:
    """Which words and signs stand at the figures of a column."""

    plain: bool = False
    """Some figures stand alone."""
    thousands: bool = False
    """`k` or `K` stands behind some."""
    millions: bool = False
    """`M` does."""
    money: bool = False
    """Any word that multiplies money does."""
    signed: bool = False
    """A currency stands beside some."""
    credit: bool = False
    debit: bool = False
    rupees: bool = False
    """Rupees or lakhs: `Cr` may be a crore, ten millions."""

    def multiples(self, *, money: bool) -> Literal["none", "plain", "money"]:
        """What may multiply the figures; `money`: the column is said to be money.

        Of other columns `5k` is five thousand where plain figures or both letters stand beside it, else it may be
        anything.
        """
        if money or self.signed:
            return "money" if self.money else "none"
        mixed = self.plain or (self.thousands and self.millions)
        return "plain" if mixed and (self.thousands or self.millions) else "none"

    @property
    def common(self) -> bool:
        """Whether no word changes what the figures are worth."""
        return not (self.thousands or self.millions or self.money or self.credit or self.debit)

    @property
    def ledger(self) -> bool:
        """Whether `CR` is credit."""
        return self.debit or (self.credit and not self.rupees)


_SUFFIXED = rf"[0-9.,]{GAP}(?:{{words}})(?:$|[^A-Za-z])"
_TESTS = {
    "thousands": _SUFFIXED.format(words="k|K"),
    "millions": _SUFFIXED.format(words="M"),
    "money": _SUFFIXED.format(words="|".join(word for _, words in MULTIPLES for word in words)),
    "signed": MARK,
    "credit": f"[0-9.,]{GAP}{MARK}?{GAP}(?:CR|Cr|cr)[.]?{GAP}{MARK}?$|^CR[. ]",
    "debit": f"[0-9.,]{GAP}{MARK}?{GAP}(?:DR|Dr|dr)[.]?{GAP}{MARK}?$|^DR[. ]",
}
_PLAIN = "^[-+−]?[0-9][0-9.,'’ ]*$"
_RUPEES = "₹|Rs|₨|INR|[Ll]a(?:kh|c)"
BARE = f"^[-+−–0-9.,'’(){SPACES}]*$"


def suffixes(cells: nw.LazyFrame[Any], names: Sequence[str]) -> dict[str, Suffixes]:
    """What stands at the figures of each column, where anything but digits and what parts them does."""
    held: dict[str, set[str]] = {name: set() for name in names}
    together = TOGETHER if names and _rows(cells, names) <= SHORT else 1
    for start in range(0, len(names), together):
        for of, *answers in _beside(cells, names[start : start + together]):
            held[of].update(test for test, answer in zip((*_TESTS, "rupees"), answers, strict=True) if answer)
    some = [name for name in names if held[name]]
    if some:
        plain = cells.select(nw.col(*some).str.contains(_PLAIN).any()).collect().row(0)
        for name in (name for name, alone in zip(some, plain, strict=True) if alone):
            held[name].add("plain")
    return {name: Suffixes(**dict.fromkeys(held[name], True)) for name in names}


def _beside(cells: nw.LazyFrame[Any], names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The names of columns with answers to `_TESTS` and to whether rupees are named; each combination once."""
    text = nw.col("text")
    every = cells.select(*names).unpivot(variable_name="of", value_name="text")
    others = every.filter((text.str.len_chars() <= LONGEST) & ~text.str.contains(BARE)).head(SAMPLE * len(names))
    told = others.select("of", marked(text), text.str.contains(_RUPEES).alias("rupees"))
    tests = [text.str.contains(pattern).alias(test) for test, pattern in _TESTS.items()]
    return list(told.select("of", *tests, "rupees").unique().collect().iter_rows())


def decide(of_column: Signs, of_table: Sequence[Signs], delimiter: str, known: Decimal | None = None) -> Decimal:
    """The decimal sign of a column.

    Its own figures decide; else those of the other columns, since a file comes from one country; else what is `known`
    of an earlier file; else `1,234` is a thousand, and so is `1.234` where semicolons part the cells (as
    they do where the comma is the decimal sign).
    """
    everywhere = Signs(sum(each.point for each in of_table), sum(each.comma for each in of_table)).decided
    custom: Decimal = "," if delimiter == ";" and of_column.ambiguous_point > of_column.ambiguous_comma else "."
    return of_column.decided or everywhere or known or custom


def remarks(name: str, of_column: Signs, decimal: Decimal) -> list[Note]:
    """Notes on the decimal sign that was assumed of a column's figures."""
    if decimal == "," and (of_column.comma or of_column.ambiguous_comma):
        return [note(gettext_noop("Figures in “{column}” were read with a decimal comma."), column=name)]
    grouped = of_column.ambiguous_comma if decimal == "." else of_column.ambiguous_point
    if grouped and not of_column.decided:
        return [note(GROUPED, column=name)]
    return []


def suffix_remarks(name: str, of_column: Suffixes, *, money: bool) -> list[Note]:
    """Notes on what was made of words behind a column's figures."""
    told = []
    multiples = of_column.multiples(money=money)
    if multiples == "money":
        told.append(MULTIPLIED)
    elif multiples == "plain":
        told.append(THOUSANDS)
    if of_column.ledger:
        told.append(LEDGER)
    elif of_column.credit:
        told.append(CREDIT_OR_CRORE)
    return [note(each, column=name) for each in told]
