"""Figures as people write them: `1,234.5`, `1 234`, `$12`, `45 %`, `$ (300)`, `300-`, read by one set of expressions.

A convention (decimal point or decimal comma) holds for a whole column: the figures that can only be read one way
decide for those that could be read both ways. The patterns are plain enough for every engine's regular expressions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import narwhals as nw

Decimal = Literal[".", ","]

SPACES = " \u00a0\u2007\u2009\u202f"
GAP = f"[{SPACES}]*"
SIGN = r"[-+−]?"
MINUS, DASH = "[-−]", "[-–−]"
CURRENCY = (
    r"(?:(?:US|CA|A|AU|NZ|R|C|S|HK)?\$|[€£¥₹₽₩₺₫₪฿₴₦₱₡₲₵₸₼]|(?:USD|EUR|GBP|CHF|JPY|CNY|INR|BRL|CAD|AUD|SEK|NOK|DKK|PLN"
    r"|CZK|HUF|TRY|ZAR|MXN)|Rs\.?|Fr\.|kr\.?|zł|Kč|Ft)"
)
EXPONENT = r"(?:[eE][-+]?[0-9]{1,4})?"
WHOLE = r"^-?[0-9]+$"
PLAIN = r"^-?[0-9]+(?:\.[0-9]+)?$"
INFINITE = r"(?i)^[-+−]?(?:inf(?:inity)?|∞)$"
# Beyond this a figure is no measure of a customer, and its square would drown every other figure.
LARGEST = 1e15
# What tools write where there is nothing. In a column of names “NA” or “None” may be a name, so fewer count there.
MISSING = ("", "nan", "null", "#n/a", "n/a", "<na>", "#null!", "-", "–", "—", "?", ".")
MISSING_NUMBER = (*MISSING, "na", "none", "nil", "n.a.", "k.a.", "#value!", "#div/0!", "#ref!", "#name?", "#num!")


@dataclass(frozen=True)
class Convention:
    """How a column's figures are written, and the unit that may stand behind them."""

    decimal: Decimal
    unit: str | None = None
    share_of_hundred: bool = False
    """`45 %` is .45 (where the column counts shares of 1), not 45."""


def missing(cells: nw.Expr, tokens: tuple[str, ...]) -> nw.Expr:
    """Where a trimmed cell says that there is no value."""
    return cells.str.to_lowercase().is_in(tokens)


def evidence(cells: nw.Expr, decimal: Decimal) -> nw.Expr:
    """Where a cell can only be read with this decimal sign."""
    sign, group = re.escape(decimal), re.escape("," if decimal == "." else ".")
    body = "|".join(
        (
            rf"[0-9]*{sign}(?:[0-9]{{1,2}}|[0-9]{{4,}})",  # 12,5: not three figures behind it
            rf"0[0-9]*{sign}[0-9]+",  # 0,123: no group begins with 0
            rf"[0-9]{{4,}}{sign}[0-9]+",  # 1234,567: four figures before it
            rf"[0-9]{{1,3}}(?:[{group}{SPACES}'’][0-9]{{3}})+{sign}[0-9]+",  # 1.234,567: the other sign groups
            rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}}){{2,}}",  # 1.234.567: no figure has two decimal signs
        )
    )
    return cells.str.contains(rf"^[^0-9.,]*(?:{body})[^0-9]*$")


def ambiguous(cells: nw.Expr, sign: Decimal) -> nw.Expr:
    """Where `1,234` could be a thousand or one and a bit."""
    return cells.str.contains(rf"^[^0-9.,]*[1-9][0-9]{{0,2}}{re.escape(sign)}[0-9]{{3}}[^0-9]*$")


def is_number(cells: nw.Expr, convention: Convention) -> nw.Expr:
    """Where a trimmed cell is a figure in this convention."""
    gap, affix, body = GAP, _affix(convention), _body(convention.decimal)
    before, behind = f"(?:{CURRENCY}{gap})?", f"(?:{gap}{affix})?"
    plain = f"(?:{SIGN}{gap}{before}|{CURRENCY}{gap}{SIGN}){body}{behind}"
    in_brackets = rf"{before}\({gap}{before}{body}{behind}{gap}\){behind}"  # an accountant's minus
    at_the_end = f"{before}{body}{gap}{MINUS}{behind}"  # a ledger's
    return cells.str.contains(f"^(?:{plain}|{in_brackets}|{at_the_end}|{_nothing()})$")


def to_number(cells: nw.Expr, convention: Convention) -> nw.Expr:
    """The value of cells that `is_number` accepts; null for all others."""
    digits = cells.str.replace_all(f"{CURRENCY}|{_affix(convention)}", "")
    grouping = "." if convention.decimal == "," else ","
    digits = digits.str.replace_all(f"[{re.escape(grouping)}'’{SPACES}+)]", "")
    digits = digits.str.replace_all("[−(]", "-")
    if convention.decimal == ",":
        digits = digits.str.replace_all(",", ".", literal=True)
    behind = digits.str.ends_with("-")
    digits = nw.when(behind).then(digits.str.strip_chars("-")).otherwise(digits)
    nothing = cells.str.contains(f"^(?:{_nothing()})$")
    known = is_number(cells, convention) & ~nothing
    value = nw.when(known).then(digits).otherwise(None).cast(nw.Float64)
    value = nw.when(known & behind).then(-value).otherwise(value)
    value = nw.when(nothing).then(nw.lit(0.0)).otherwise(value)
    if not convention.share_of_hundred:
        return value
    return nw.when(cells.str.contains("%", literal=True)).then(value / 100).otherwise(value)


def _nothing() -> str:
    """A dash where a spreadsheet's accounting format writes no money, `$ -`; a dash alone is a missing value."""
    return f"{CURRENCY}{GAP}{DASH}|{DASH}{GAP}{CURRENCY}"


def _affix(convention: Convention) -> str:
    """What may stand behind a figure: a currency, a per cent sign, or the column's own unit in words."""
    unit = convention.unit or ""
    words = re.sub(r"^[-+0-9.,()\s]+", "", unit).strip()  # what begins like a figure could swallow one
    return f"(?:{CURRENCY}|%{f'|{re.escape(words)}' if words else ''})"


def _body(decimal: Decimal) -> str:
    point = re.escape(decimal)
    groups = [rf"(?:{mark}[0-9]{{3}})+" for mark in (re.escape("," if decimal == "." else "."), f"[{SPACES}]", "['’]")]
    whole = "|".join(rf"[0-9]{{1,3}}{group}" for group in groups)
    if decimal == ".":
        whole += r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"  # 12,34,567 as India writes it
    return rf"(?:(?:{whole}|[0-9]+)(?:{point}[0-9]*)?|{point}[0-9]+){EXPONENT}"
