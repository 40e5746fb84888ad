"""Which columns of an order add up: its total is the goods, less a discount, with shipping, tax and the like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.looks import Look
from analysis.proposal.evidence import CENT, ENOUGH, MOSTLY, Evidence
from analysis.proposal.money_words import is_discount, is_refund

if TYPE_CHECKING:
    import pandas as pd
    from numpy import floating
    from numpy.typing import NDArray

PARTS = 4
"""Columns between the goods and the total, at most."""
TRIED = 9
"""Columns that are tried as such parts, at most."""
LOOKED_AT = 400
"""Orders enough to tell what adds up."""


@dataclass(frozen=True)
class Balance:
    """In each order `total` = `goods` − `off` + `on`."""

    total: str
    goods: str | None
    """None for the lines, each quantity times price."""
    off: tuple[str, ...]
    on: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A column that may stand between the goods and the total."""

    header: str
    discount: bool
    lowers: bool
    """A discount or a refund: what is taken off is below nought, whatever its sign in the table."""


def balances(
    evidence: Evidence,
    order: str | None,
    amounts: Sequence[Look],
    figures: Sequence[Look],
    lines: pd.Series[float] | None,
) -> list[Balance]:
    """What adds up among the amounts, the lines and the columns of figures beside them."""
    goods: list[str | None] = [*(look.header for look in amounts), *([None] if lines is not None else [])]
    pairs = [(total.header, good) for total in amounts for good in goods if good != total.header]

    @cache
    def summed(header: str | None) -> pd.Series[float]:
        if header is not None:
            return by_order(evidence, order, header)
        assert lines is not None  # noqa: S101 (no goods are named then)
        return lines if order is None else lines.groupby(evidence.texts(order)).sum(min_count=1)

    # Columns that are never there tell nothing; those named discounts are tried first, for fewer parts are better.
    parts = [Part(look.header, is_discount(look), is_discount(look) or is_refund(look)) for look in figures]
    parts.sort(key=lambda part: not part.discount)
    return [one for pair in pairs if (one := _balance(pair, parts, summed))]


def of_order(evidence: Evidence, order: str | None, header: str) -> bool:
    """Whether a figure is an order's own: on its first row only, or the same on all of its rows and not nought."""
    if order is None or not evidence.several(order):
        return False
    if evidence.on_first_rows_only(order, header):
        return True
    rows = evidence.joined(order)
    values = evidence.figures(header)[rows].fillna(0.0).groupby(evidence.texts(order)[rows])
    spread = values.max() - values.min()
    told = values.max().abs() > CENT
    return int(told.sum()) >= ENOUGH and bool((spread[told] <= CENT).mean() >= MOSTLY)


def by_order(evidence: Evidence, order: str | None, header: str) -> pd.Series[float]:
    """A column's figure of each order: its own, or the sum of its rows; of each row where nothing tells orders."""
    figures = evidence.figures(header)
    if order is None:
        return figures
    groups = figures.groupby(evidence.texts(order))
    return groups.max() if of_order(evidence, order, header) else groups.sum(min_count=1)


def _balance(
    pair: tuple[str, str | None], parts: Sequence[Part], summed: Callable[[str | None], pd.Series[float]]
) -> Balance | None:
    total, goods = (summed(header) for header in pair)
    known = (total.notna() & goods.notna()).to_numpy()
    gap = (total - goods).to_numpy()[known][:LOOKED_AT]
    if int((np.abs(gap) > CENT).sum()) < ENOUGH:
        return None
    columns: list[tuple[Part, NDArray[floating[Any]]]] = []
    for part in parts:
        if part.header not in pair and len(columns) < TRIED:
            values = summed(part.header).fillna(0.0).to_numpy()[known][:LOOKED_AT]
            if int((np.abs(values) > CENT).sum()) >= ENOUGH:
                columns.append((part, -np.abs(values) if part.lowers else values))
    return _added_up(pair, gap, columns)


def _added_up(
    pair: tuple[str, str | None], gap: NDArray[floating[Any]], columns: Sequence[tuple[Part, NDArray[floating[Any]]]]
) -> Balance | None:
    for size in range(1, PARTS + 1):
        for chosen in combinations(columns, size):
            for signs in _signs([part for part, _ in chosen]):
                signed = [sign * values for sign, (_, values) in zip(signs, chosen, strict=True)]
                if (np.abs(gap - sum(signed)) <= CENT).mean() >= MOSTLY:
                    headers = [
                        (part.header, values.sum() < 0) for (part, _), values in zip(chosen, signed, strict=True)
                    ]
                    off = tuple(header for header, lowers in headers if lowers)
                    return Balance(*pair, off, tuple(header for header, lowers in headers if not lowers))
    return None


def _signs(chosen: Sequence[Part]) -> list[tuple[int, ...]]:
    """All on, or one of them off: a fee that a payment service keeps."""
    places = range(len(chosen))
    others = [tuple(-1 if place == at else 1 for place in places) for at in places if not chosen[at].lowers]
    return [(1,) * len(chosen), *others]
