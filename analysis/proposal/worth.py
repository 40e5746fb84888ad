"""What a customer is worth, from what the columns are: money that they spend, added up, or a score of it by income."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.configuration.column import Column
from analysis.configuration.value import Value
from analysis.counted import unit_currency
from analysis.labels import unit_in
from analysis.roles import Part
from analysis.vocabulary import roles_of, words_of

SCORES = frozenset(
    {"score", "index", "points", "rating", "rank", "punkte", "punktzahl", "bewertung", "puntaje", "puntuacion", "note"}
)
HIGHEST = 100
"""What a score reaches at most."""
STOCKS = frozenset(
    {
        "balance", "credit", "limit", "debt", "price", "avg", "average", "mean", "income", "salary", "budget", "loan",
        "discount", "refund", "refunds", "refunded", "tax", "fee", "fees", "shipping", "cost", "costs", "saldo",
        "kredit", "schulden", "preis", "durchschnitt", "rabatt", "steuer", "versand", "kosten", "solde", "prix",
        "moyen", "moyenne", "remise", "precio", "medio", "promedio", "descuento", "prezzo", "sconto", "saved",
        "savings", "max", "min", "median", "last", "first", "per", "predicted", "expected", "potential", "deposit",
    }
)  # fmt: skip
"""Words of money that is not what a customer has spent in all: not to be added to it."""
WHOLE = frozenset({"total", "gesamt", "gesamtumsatz", "sum", "summe", "overall", "totale", "ltv", "clv", "lifetime"})
FEW = 3
"""Columns that a label names; more are counted."""
CLOSE = 0.01
"""How far a total may lie from the sum of its parts, as a share of it, in nearly all rows."""
NEARLY_ALL = 0.95


def worth(parts: Sequence[Part], columns: Mapping[str, Column]) -> Value:
    """The value that the columns speak of; none is claimed where nothing says what customers spend.

    Income × spending is a guess for a bounded score of spending alone: where spending is money it is the value.
    """
    own = {name for name, column in columns.items() if not unit_currency(column)}
    figures = [part for part in parts if part.kind == "numeric" and part.look.header in own]
    by_role = {part.role: part for part in figures}
    income, spending = by_role.get("income"), by_role.get("spending")
    monetary = by_role.get("monetary")
    if monetary and not STOCKS.intersection(words_of(monetary.look.header)):
        return _one(monetary, columns)
    if spending and is_score(spending):
        return _estimated(income, spending, columns) if income else Value()
    spent = [part for part in figures if _is_spent(part, columns[part.look.header])]
    if spent:
        return _added(spent, columns)
    return Value()


def is_score(part: Part) -> bool:
    """Whether a column is a score between bounds by its name, and its values keep within them."""
    bounds, header = unit_in(part.look.header).bounds, part.look.header
    named = bounds is not None or bool(SCORES.intersection(words_of(header)))
    known = part.look.figures[np.isfinite(part.look.figures)]
    return named and bool(len(known)) and known.min() >= 0 and known.max() <= (bounds[1] if bounds else HIGHEST)


def _is_spent(part: Part, column: Column) -> bool:
    said = set(roles_of(part.look.header))
    if STOCKS.intersection(words_of(part.look.header)) or is_score(part) or column.format == "percent":
        return False
    return bool(said & {"monetary", "spending"})


def _one(part: Part, columns: Mapping[str, Column]) -> Value:
    return Value(product_of=(part.look.header,), label=str(columns[part.look.header].label))


def _estimated(income: Part, spending: Part, columns: Mapping[str, Column]) -> Value:
    names = income.look.header, spending.look.header
    return Value(product_of=names, label=f"Estimated spend ({' × '.join(str(columns[name].label) for name in names)})")


def _added(spent: Sequence[Part], columns: Mapping[str, Column]) -> Value:
    """The sum of the columns, or the one of them that already is it."""
    if len(spent) == 1:
        return _one(spent[0], columns)
    if total := next((part for part in spent if _is_total(part, spent)), None):
        return _one(total, columns)
    if len({columns[part.look.header].scale for part in spent}) > 1:
        return Value()  # thousands and units do not add up
    names = tuple(part.look.header for part in spent)
    listed = " + ".join(str(columns[name].label) for name in names) if len(names) <= FEW else f"{len(names)} columns"
    return Value(sum_of=names, label=f"Spend ({listed})")


def _is_total(part: Part, spent: Sequence[Part]) -> bool:
    """Whether the name or the figures say that a column is the sum of the others."""
    if WHOLE.intersection(words_of(part.look.header)):
        return True
    others = np.sum([each.look.figures for each in spent if each is not part], axis=0)
    both = np.isfinite(others) & np.isfinite(part.look.figures)
    off = np.abs(others[both] - part.look.figures[both]) <= CLOSE * np.maximum(1, np.abs(others[both]))
    return bool(both.any()) and len(spent) > 2 and float(off.mean()) >= NEARLY_ALL
