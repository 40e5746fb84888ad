"""Figures as people write them: `1,234.5`, `1 234`, `$12`, `45 %`, `$ (300)`, `300-`, `5,- €`, `1.5k`, `20.00 CR`.

A convention (decimal point or decimal comma) holds for a whole column: the figures that can only be read one way
decide for those that could be read both ways. The patterns are plain enough for every engine's regular expressions;
whatever currency stands beside a figure is first replaced by one mark, so that they stay short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import narwhals as nw

from analysis.cells.currencies import GAP, MARK, MULTIPLES, SIDES, SPACES, marked, money

Decimal = Literal[".", ","]

SIGN = r"[-+−]?"
MINUS, DASH = "[-−]", "[-–−]"
# What may stand before a figure; one dot only behind a letter, as in `Rs. 5`.
LEAD = "^(?:[^0-9.,]*[A-Za-zа-я/][.])?[^0-9.,]*"
CENTS = "[-–—−]{1,2}"
"""Dashes in the place of cents: `5,-`."""
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
    multiples: Literal["none", "plain", "money"] = "none"
    """What may stand behind a figure to multiply it: nothing, k, K and M, or all of `MULTIPLES`."""
    scale: float = 1.0
    """The column counts in thousands or the like: there `15k` is 15."""
    ledger: bool = False
    """`CR` behind a figure is a credit, and negative; `DR` a debit."""
    signed: bool = True
    """Currencies may stand beside figures."""


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
            rf"(?:[0-9]+|[0-9]{{1,3}}(?:[{group}{SPACES}'’][0-9]{{3}})+){sign}{CENTS}",  # 1.234,-: no cents
        )
    )
    return cells.str.contains(rf"{LEAD}(?:{body})[^0-9]*$")


def ambiguous(cells: nw.Expr, sign: Decimal) -> nw.Expr:
    """Where `1,234` could be a thousand or one and a bit."""
    return cells.str.contains(rf"{LEAD}[1-9][0-9]{{0,2}}{re.escape(sign)}[0-9]{{3}}[^0-9]*$")


def to_number(cells: nw.Expr, convention: Convention) -> nw.Expr:
    """The value of trimmed cells that are figures in this convention; null for all others.

    An engine may work out an expression as often as it stands in another, so each is used as seldom as can be.
    """
    text = marked(cells) if convention.signed else cells
    digits = _digits(text, convention)
    known = nw.when(_follows(text, convention)).then(digits.str.replace_all("-$", "")).otherwise(None)
    value = known.cast(nw.Float64) * nw.when(digits.str.ends_with("-")).then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    if convention.scale != 1 and convention.multiples != "none":
        value = value / _where(text, f"[0-9.,]{GAP}(?:{_words(convention)})(?:$|[^A-Za-z])", convention.scale)
    if convention.ledger:
        value = value * _where(text, CREDIT, -1.0)
    return value / _where(text, "%", 100.0) if convention.share_of_hundred else value


def _where(text: nw.Expr, pattern: str, factor: float) -> nw.Expr:
    return nw.when(text.str.contains(pattern)).then(nw.lit(factor)).otherwise(nw.lit(1.0))


def _digits(text: nw.Expr, convention: Convention) -> nw.Expr:
    """A figure as a machine writes it, its minus before or behind it."""
    sides = f"|(?:{SIDES})[.]?" if convention.ledger else ""
    point, grouping = (re.escape(sign) for sign in (convention.decimal, "," if convention.decimal == "." else "."))
    digits = text.str.replace_all(f"{_affix(convention)}|{point}{CENTS}|/[-=]{sides}", "")
    digits = digits.str.replace_all(f"[{SPACES}+)]", "")
    for zeros, words in _multiples(convention):  # as an exponent, since 2.3 × 10⁶ would be off by a rounding
        digits = digits.str.replace_all(f"(?:{'|'.join(words)})[.]?$", f"e{zeros}")
    digits = digits.str.replace_all(f"[{grouping}'’]", "").str.replace_all("[−(]", "-")
    if convention.decimal == ",":
        digits = digits.str.replace_all(",", ".", literal=True)
    return digits.str.replace_all(f"^{DASH}?$", "0")


# A dash where a spreadsheet's accounting format writes no money, `$ -`; a dash alone is a missing value.
NOTHING = f"{MARK}{GAP}{DASH}|{DASH}{GAP}{MARK}"
CREDIT = r"(?:^|[^A-Za-z])(?:CR|Cr|cr)[.]?(?:$|[^A-Za-z])"


def _follows(text: nw.Expr, convention: Convention) -> nw.Expr:
    """Where a cell with its currency marked is a figure."""
    gap, amount, affix = GAP, _amount(convention), _affix(convention)
    before, behind = f"(?:{MARK}{gap}(?:{MARK}{gap})?)?", f"(?:{gap}{affix}(?:{gap}{MARK})?)?"
    forms = [
        f"(?:{SIGN}{gap}{before}|{MARK}{gap}{SIGN}{gap}){amount}{behind}",
        rf"{before}\({gap}{before}{amount}{behind}{gap}\){behind}",  # an accountant's minus
        f"{before}{_body(convention.decimal)}(?:{gap}{MARK})?{gap}{MINUS}{behind}",  # a ledger's
        NOTHING,
    ]
    if convention.ledger:
        forms.append(f"{before}{amount}{behind}{gap}(?:{SIDES})[.]?{behind}|(?:CR|DR)[.]?{gap}{before}{amount}{behind}")
    return text.str.contains(f"^(?:{'|'.join(forms)})$")


def _affix(convention: Convention) -> str:
    """What may stand behind a figure: a currency, a per cent sign, or the column's own unit in words."""
    unit = re.sub(money(), MARK, convention.unit or "")
    words = re.sub(r"^[-+0-9.,()\s]+", "", unit).strip()  # what begins like a figure could swallow one
    return f"(?:{f'{re.escape(words)}|' if words else ''}{MARK}|%)"


def _amount(convention: Convention) -> str:
    """A figure without its sign, with what multiplies it or stands in the place of its cents."""
    tails = [EXPONENT, "/[-=]", f"{re.escape(convention.decimal)}{CENTS}"]
    if multiples := _words(convention):
        tails.append(f"{GAP}(?:{multiples})[.]?")
    return f"{_body(convention.decimal)}(?:{'|'.join(tails)})"


def _multiples(convention: Convention) -> tuple[tuple[int, tuple[str, ...]], ...]:
    if convention.multiples == "money":
        return MULTIPLES
    return PLAIN_MULTIPLES if convention.multiples == "plain" else ()


PLAIN_MULTIPLES = ((3, ("k", "K")), (6, ("M",)))
"""Those that stand behind figures of any kind; a small m may be metres or minutes."""


def _words(convention: Convention) -> str:
    """What multiplies, longer words before shorter ones."""
    return "|".join(sorted((word for _, words in _multiples(convention) for word in words), key=lambda w: (-len(w), w)))


def _body(decimal: Decimal) -> str:
    point = re.escape(decimal)
    groups = [rf"(?:{mark}[0-9]{{3}})+" for mark in (re.escape("," if decimal == "." else "."), f"[{SPACES}]", "['’]")]
    whole = "|".join(rf"[0-9]{{1,3}}{group}" for group in groups)
    if decimal == ".":
        whole += r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"  # 12,34,567 as India writes it
    return rf"(?:(?:{whole}|[0-9]+)(?:{point}[0-9]*)?|{point}[0-9]+)"
