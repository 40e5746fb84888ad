"""What a customer is worth, from what the columns are: money that they spend, added up, or a score of it by income."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from analysis.basics.listed import quoted
from analysis.columns.header_roles import is_firms_own, is_stock
from analysis.columns.roles import Part
from analysis.configuration.column import Column
from analysis.configuration.value import Value
from analysis.customers.counted import unit_currency
from analysis.headers.labels import unit_in
from analysis.headers.vocabulary import roles_of, words_of
from analysis.proposal.variants import WHOLE, Relation, relation, sense, total_of

SCORES = frozenset(
    {"score", "index", "points", "rating", "rank", "punkte", "punktzahl", "bewertung", "puntaje", "puntuacion", "note"}
)
HIGHEST = 100
"""What a score reaches at most."""
EARLIER = frozenset(
    {
        "prior", "previous", "prev", "preceding", "py", "ly", "vorjahr", "vorjahres", "vorjahresumsatz", "vj",
        "letztes", "voriges", "vergangenes", "vorheriges", "precedent", "precedente", "anterior", "pasado", "passado",
        "scorso", "vorig", "vorige", "poprzedni",
    }
)  # fmt: skip
"""Words of money of the year before, beside that of this year: `Umsatz Vorjahr`."""
_FIRMS = (
    "“{0}” may be the turnover of the customer’s firm, not what it spends with you. If it is what it spends, write "
    "`value.product_of: [{0}]`; either way remove this line from undecided."
)
NAMED_UP_TO = 3
"""Columns that a label names; more are counted."""


@dataclass(frozen=True)
class Worth:
    """What a customer is worth, what was said of the choice, and what is left to ask."""

    value: Value
    said: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def worth(parts: Sequence[Part], columns: Mapping[str, Column]) -> Worth:
    """The value that the columns speak of; none is claimed where nothing says what customers spend.

    Income × spending is a guess for a bounded score of spending alone: where spending is money it is the value.
    """
    own = {name for name, column in columns.items() if not unit_currency(column)}
    figures = [part for part in parts if part.kind == "numeric" and part.look.header in own]
    by_role = {part.role: part for part in figures}
    income, spending = by_role.get("income"), by_role.get("spending")
    monetary = by_role.get("monetary")
    headers = [part.look.header for part in parts]
    spent = [part for part in figures if _is_spent(part, columns[part.look.header])]
    firms = [part for part in spent if is_firms_own(part.look.header, headers)]
    spent = [part for part in spent if part not in firms]
    now = [part for part in spent if EARLIER.isdisjoint(words_of(part.look.header))] or spent
    if monetary and not is_stock(monetary.look.header):
        return Worth(_one(_better(monetary, now), columns))
    if spending and is_score(spending):
        return Worth(_estimated(income, spending, columns) if income else Value())
    if firms and not spent:
        return Worth(Value(), undecided=(_FIRMS.format(firms[0].look.header),))
    if not spent:
        return Worth(Value())
    found = _added(now, columns)
    before = tuple(
        f"“{part.look.header}” is not added to the value, because it covers the period before."
        for part in spent
        if part not in now
    )
    return replace(found, said=(*found.said, *before))


def _better(part: Part, spent: Sequence[Part]) -> Part:
    """The column, or the one that says the same net of tax, or paid rather than billed."""
    own = sense(part.look.header)
    alike = [each for each in spent if sense(each.look.header).stem == own.stem]
    return max([part, *alike], key=lambda each: sense(each.look.header).way[:2])


def is_score(part: Part) -> bool:
    """Whether a column is a score between bounds by its name, and its values keep within them."""
    bounds, header = unit_in(part.look.header).bounds, part.look.header
    named = bounds is not None or bool(SCORES.intersection(words_of(header)))
    known = part.look.figures[np.isfinite(part.look.figures)]
    return named and bool(len(known)) and known.min() >= 0 and known.max() <= (bounds[1] if bounds else HIGHEST)


def _is_spent(part: Part, column: Column) -> bool:
    said = set(roles_of(part.look.header))
    if is_stock(part.look.header) or is_score(part) or column.format == "percent":
        return False
    return bool(said & {"monetary", "spending"})


def _one(part: Part, columns: Mapping[str, Column]) -> Value:
    return Value(product_of=(part.look.header,), label=str(columns[part.look.header].label))


def _estimated(income: Part, spending: Part, columns: Mapping[str, Column]) -> Value:
    names = income.look.header, spending.look.header
    return Value(product_of=names, label=f"Estimated spend ({' × '.join(str(columns[name].label) for name in names)})")


def _added(spent: Sequence[Part], columns: Mapping[str, Column]) -> Worth:
    """The sum of the columns that are parts of what was spent, each money once; or the question which counts."""
    wholes = [part for part in spent if WHOLE.intersection(words_of(part.look.header))] or list(spent)
    summed = total_of(wholes)
    left = [part for part in wholes if part not in summed[1]] if summed else wholes
    kept = list(left)
    for one, other in combinations(left, 2):
        how = relation(one, other)
        if how == "unclear" or (how == "same" and sense(one.look.header).way == sense(other.look.header).way):
            return Worth(Value(), undecided=(_which(one, other),))
        loser = _contained(one, other, how)
        kept = [part for part in kept if part is not loser]
    told = tuple(_not_added(part, kept) for part in spent if part not in kept)
    if len(kept) == 1:
        return Worth(_one(kept[0], columns), told)
    if len({columns[part.look.header].scale for part in kept}) > 1:
        return Worth(Value())  # thousands and units do not add up
    names = tuple(part.look.header for part in kept)
    listed = (
        " + ".join(str(columns[name].label) for name in names) if len(names) <= NAMED_UP_TO else f"{len(names)} columns"
    )
    return Worth(Value(sum_of=names, label=f"Spend ({listed})"), told)


def _contained(one: Part, other: Part, how: Relation) -> Part | None:
    """Which of two columns the other one already holds; of one thing said twice, the less telling."""
    if how == "same":
        return other if sense(one.look.header).way > sense(other.look.header).way else one
    return {"within": one, "around": other}.get(how)


def _not_added(part: Part, kept: Sequence[Part]) -> str:
    others = quoted([each.look.header for each in kept[:NAMED_UP_TO]])
    because = f"it counts the same money as {others} in another way"
    return f"“{part.look.header}” is not added to the value, because {because}."


def _which(one: Part, other: Part) -> str:
    first, second = one.look.header, other.look.header
    return (
        f"“{first}” and “{second}” may count the same money twice. Write `value.product_of: [{first}]` or "
        f"`value.product_of: [{second}]` for the one that gives customer value, or `value.sum_of: [{first}, {second}]` "
        "if they are parts of a whole."
    )
