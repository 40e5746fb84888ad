"""Columns of money that say one thing several ways: by the month and by the year, net and gross, billed and paid.

Such figures contain each other, and adding them up would count the same money twice. Names tell it, or the figures do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.columns.roles import Part
from analysis.headers.vocabulary import words_of

Vector = NDArray[np.float64]
Relation = Literal["apart", "same", "within", "around", "unclear"]
"""Parts of a whole; one thing said twice; the first a part of the second; the second of the first; not to be told."""

NET = frozenset({"net", "netto", "nett", "nette", "neto", "excl", "exclusive", "ht", "imponible"})
GROSS = frozenset({"gross", "brutto", "brut", "brute", "bruto", "bruta", "lordo", "incl", "inclusive", "ttc", "list"})
PAID = frozenset(
    {"paid", "received", "collected", "cash", "bezahlt", "gezahlt", "erhalten", "paye", "encaisse", "pagado", "cobrado",
     "pagato", "incassato", "pago", "betaald", "ontvangen"}
)  # fmt: skip
BILLED = frozenset(
    {"billed", "invoiced", "charged", "booked", "ordered", "contracted", "fakturiert", "berechnet", "gebucht",
     "facture", "facturado", "fatturato", "faturado", "gefactureerd"}
)  # fmt: skip
WHOLE = frozenset(
    {"total", "gesamt", "gesamtumsatz", "sum", "summe", "overall", "totale", "ltv", "clv", "lifetime", "all", "alltime",
     "totaal", "insgesamt", "ever", "historic"}
)  # fmt: skip
PERIODS = {
    **dict.fromkeys(("daily", "mtd", "today", "taglich"), 1.0),
    **dict.fromkeys(("weekly", "wtd", "wochentlich", "hebdomadaire", "semanal"), 7.0),
    **dict.fromkeys(("mrr", "monthly", "monatlich", "mensuel", "mensual", "mensile", "maandelijks"), 30.0),
    **dict.fromkeys(("quarterly", "qtd", "trimestriel", "trimestral"), 91.0),
    **dict.fromkeys(("arr", "acv", "annual", "yearly", "ytd", "ttm", "ltm", "jahrlich", "annuel", "anual"), 365.0),
}  # fmt: skip
"""Words of a period, in days."""
SPAN = re.compile(
    r"^l?([0-9]+) ?(d|days?|w|weeks?|m|mo|mth|months?|y|yr|years?|tage?|wochen?|monate?|jahre?|mois|meses)$"
)
UNITS = {"d": 1.0, "t": 1.0, "w": 7.0, "m": 30.0, "y": 365.0, "j": 365.0}
SPANNED = re.compile(r"\b([0-9]{1,3}) (?=(?:days?|weeks?|months?|years?|tage?|wochen?|monate?|jahre?|mois|meses)\b)")
GENERIC = frozenset(
    {"amount", "value", "amt", "mnt", "betrag", "wert", "montant", "importe", "importo", "valor", "bedrag", "vat",
     "tax", "mwst", "ust", "tva", "iva", "btw", "in", "the", "of", "to", "date", "past", "last", "recurring",
     "contract", "spend", "spent", "spending", "revenue", "revenues", "sales", "turnover", "umsatz", "omzet",
     "fatturato", "ventas", "money", "monetary", "customer", "purchase", "purchases"}
)  # fmt: skip
"""Words that do not tell one thing that is paid for from another."""
ENDLESS = float("inf")
PROPORTIONAL, NEARLY_ALL, WITHIN, KINDRED = 0.01, 0.95, 0.98, 0.5
"""How far ratios and sums may be off; rows of a sum, of one figure in another; their correlation then."""
FEWEST_ROWS = 10
"""Rows from which it is no accident that one figure is never above another."""
MOST_SUMMED = 8
"""Columns of which every sum is tried."""


@dataclass(frozen=True)
class Sense:
    """What a header says: what the money is for, and in which way it is counted."""

    stem: frozenset[str]
    basis: int
    """1 net, -1 gross, else 0."""
    state: int
    """1 paid, -1 billed, else 0."""
    period: float
    """Days; endless where none is named."""

    @property
    def way(self) -> tuple[int, int, float]:
        """In the order of preference: net, paid, the longest period."""
        return self.basis, self.state, self.period


def sense(header: str) -> Sense:
    """What the words of a header say; years belong to the stem, for they do not overlap."""
    words = _spans(words_of(header))
    periods = [days for word in words if (days := _period(word)) is not None]
    told = NET | GROSS | PAID | BILLED | WHOLE | GENERIC
    stem = frozenset(word for word in words if word not in told and _period(word) is None)
    return Sense(stem, _signed(words, NET, GROSS), _signed(words, PAID, BILLED), min(periods, default=ENDLESS))


def relation(one: Part, other: Part) -> Relation:
    """How the figures of two columns of money lie to each other; few rows tell nothing, and the names decide."""
    mine, theirs = sense(one.look.header), sense(other.look.header)
    if _proportional(one, other):
        return "same"
    few = len(_known(one, other)[0]) < FEWEST_ROWS
    within, around = _mostly_within(one, other), _mostly_within(other, one)
    if mine.stem == theirs.stem:
        nested = few or within or around or mine.period == theirs.period
        return "same" if mine.way != theirs.way and nested else "unclear"
    if theirs.stem < mine.stem:
        return "within" if few or within else "unclear"
    if mine.stem < theirs.stem:
        return "around" if few or around else "unclear"
    kindred = not few and (within or around) and _kindred(one, other)
    return "unclear" if kindred else "apart"


def total_of(parts: Sequence[Part]) -> tuple[Part, tuple[Part, ...]] | None:
    """A column that is the sum of others, with these; the sum of most of them."""
    if len(parts) < 3:
        return None
    sizes = range(len(parts) - 1, 1, -1) if len(parts) <= MOST_SUMMED else [len(parts) - 1]
    for size in sizes:
        for total in parts:
            for chosen in combinations([part for part in parts if part is not total], size):
                if _adds_up(total, chosen):
                    return total, chosen
    return None


def _adds_up(total: Part, chosen: Sequence[Part]) -> bool:
    added: Vector = np.sum([each.look.figures for each in chosen], axis=0)
    both = np.isfinite(added) & np.isfinite(total.look.figures)
    near = np.abs(added[both] - total.look.figures[both]) <= PROPORTIONAL * np.maximum(1, np.abs(added[both]))
    return bool(both.any()) and float(near.mean()) >= NEARLY_ALL


def _spans(words: Sequence[str]) -> list[str]:
    """The words with a number and a unit of time as one: `last 12 months` → 12months."""
    return SPANNED.sub(r"\1", " ".join(words)).split()


def _period(word: str) -> float | None:
    if found := SPAN.match(word):
        return int(found[1]) * UNITS[found[2][0]]
    return PERIODS.get(word)


def _signed(words: Sequence[str], plus: frozenset[str], minus: frozenset[str]) -> int:
    return bool(plus.intersection(words)) - bool(minus.intersection(words))


def _known(one: Part, other: Part) -> tuple[Vector, Vector]:
    """The figures of the rows in which both are known, and are not both nought."""
    first, second = one.look.figures, other.look.figures
    rows = np.isfinite(first) & np.isfinite(second) & ((first != 0) | (second != 0))
    return first[rows], second[rows]


def _proportional(one: Part, other: Part) -> bool:
    first, second = _known(one, other)
    filled = (first != 0) & (second != 0)
    if filled.sum() < 3 or filled.mean() < WITHIN or len(np.unique(first[filled])) < 3:
        return False
    ratio = first[filled] / second[filled]
    middle = float(np.median(ratio))
    return bool((np.abs(ratio - middle) <= PROPORTIONAL * abs(middle)).mean() >= WITHIN)


def _mostly_within(one: Part, other: Part) -> bool:
    """Whether the first is almost never more than the second, in enough rows."""
    first, second = _known(one, other)
    return bool(len(first)) and bool((first <= second + 0.011).mean() >= WITHIN)


def _kindred(one: Part, other: Part) -> bool:
    import pandas as pd  # noqa: PLC0415 (already loaded with the table)

    first, second = _known(one, other)
    return bool(pd.Series(first).corr(pd.Series(second), method="spearman") >= KINDRED)
