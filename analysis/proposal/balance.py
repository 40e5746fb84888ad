"""Which columns of an order add up: its total is the goods, less a discount, with shipping, tax and the like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.columns.appearance import Look
from analysis.columns.money_words import is_discount, is_refund
from analysis.proposal.evidence import CENT, FEWEST_ORDERS, MOSTLY, ColumnEvidence

if TYPE_CHECKING:
    import pandas as pd
    from numpy import floating
    from numpy.typing import NDArray

PARTS = 4
"""Columns between the goods and the total, at most."""
TRIED = 9
"""Columns that are tried as such parts, at most."""
AMOUNTS = 40
"""Columns that are tried as totals and goods, at most; a shop's export has about ten of them."""
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
class BalancePart:
    """A column that may stand between the goods and the total."""

    header: str
    discount: bool
    lowers: bool
    """A discount or a refund: what is taken off is below nought, whatever its sign in the table."""


def balances(
    evidence: ColumnEvidence,
    order: str | None,
    amounts: Sequence[Look],
    figures: Sequence[Look],
    lines: pd.Series[float] | None,
) -> list[Balance]:
    """What adds up among the amounts, the lines and the columns of figures beside them."""
    amounts = amounts[:AMOUNTS]
    goods: list[str | None] = [*(look.header for look in amounts), *([None] if lines is not None else [])]
    pairs = [(total.header, good) for total in amounts for good in goods if good != total.header]

    @cache
    def summed(header: str | None) -> NDArray[floating[Any]]:
        if header is not None:
            return by_order(evidence, order, header).to_numpy()
        assert lines is not None  # noqa: S101 (no goods are named then)
        own = lines if order is None else lines.groupby(evidence.texts(order)).sum(min_count=1)
        return own.to_numpy()

    # Columns that are never there tell nothing; those named discounts are tried first, for fewer parts are better.
    parts = [BalancePart(look.header, is_discount(look), is_discount(look) or is_refund(look)) for look in figures]
    parts.sort(key=lambda part: not part.discount)
    return [one for pair in pairs if (one := _balance(pair, parts, summed))]


def of_order(evidence: ColumnEvidence, order: str | None, header: str) -> bool:
    """Whether a figure is an order's own: on its first row only, or the same on all of its rows and not nought."""
    if order is None or not evidence.several(order):
        return False
    if evidence.on_first_rows_only(order, header):
        return True
    rows = evidence.joined(order)
    values = evidence.figures(header)[rows].fillna(0.0).groupby(evidence.texts(order)[rows])
    spread = values.max() - values.min()
    told = values.max().abs() > CENT
    return int(told.sum()) >= FEWEST_ORDERS and bool((spread[told] <= CENT).mean() >= MOSTLY)


def by_order(evidence: ColumnEvidence, order: str | None, header: str) -> pd.Series[float]:
    """A column's figure of each order: its own, or the sum of its rows; of each row where nothing tells orders."""
    figures = evidence.figures(header)
    if order is None:
        return figures
    groups = figures.groupby(evidence.texts(order))
    return groups.max() if of_order(evidence, order, header) else groups.sum(min_count=1)


def _balance(
    pair: tuple[str, str | None],
    parts: Sequence[BalancePart],
    summed: Callable[[str | None], NDArray[floating[Any]]],
) -> Balance | None:
    gap = summed(pair[0]) - summed(pair[1])
    known = np.flatnonzero(~np.isnan(gap))[:LOOKED_AT]
    gap = gap[known]
    if int((np.abs(gap) > CENT).sum()) < FEWEST_ORDERS:
        return None
    columns: list[tuple[BalancePart, NDArray[floating[Any]]]] = []
    for part in parts:
        if part.header not in pair and len(columns) < TRIED:
            values = np.nan_to_num(summed(part.header)[known], nan=0.0, posinf=np.inf, neginf=-np.inf)
            if int((np.abs(values) > CENT).sum()) >= FEWEST_ORDERS:
                columns.append((part, -np.abs(values) if part.lowers else values))
    return _added_up(pair, gap, columns)


def _added_up(
    pair: tuple[str, str | None],
    gap: NDArray[floating[Any]],
    columns: Sequence[tuple[BalancePart, NDArray[floating[Any]]]],
) -> Balance | None:
    """The fewest columns that fill the gap; of as many, those that come first."""
    if not columns:
        return None
    signs = _signs(tuple(part.lowers for part, _ in columns))
    found = _first_filled(gap, signs, np.array([values for _, values in columns]))
    if found is None:
        return None
    signed = [(part.header, sign * values.sum()) for sign, (part, values) in zip(found, columns, strict=True) if sign]
    off = tuple(header for header, whole in signed if whole < 0)
    return Balance(*pair, off, tuple(header for header, whole in signed if whole >= 0))


def _first_filled(
    gap: NDArray[floating[Any]], signs: NDArray[floating[Any]], values: NDArray[floating[Any]]
) -> NDArray[floating[Any]] | None:
    """The first row of signs (one a column) with which the columns fill the gap in most orders.

    A few orders are enough to rule most rows out: those that miss more of them than may be missed in all.
    """
    missed = int(np.floor((1 - MOSTLY) * len(gap)))
    few = slice(2 * missed + FEWEST_ORDERS)
    with np.errstate(invalid="ignore"):  # a figure without bounds fills nothing
        signs = signs[(np.abs(gap[few] - signs @ values[:, few]) > CENT).sum(axis=1) <= missed]
        filled = (np.abs(gap - signs @ values) <= CENT).mean(axis=1) >= MOSTLY
    return signs[filled.argmax()] if filled.any() else None


@cache
def _signs(lowering: tuple[bool, ...]) -> NDArray[floating[Any]]:
    """Which columns are tried together, and how: 1 adds, −1 takes off, 0 leaves out; shape (ways, columns).

    All of the chosen are added, or one of them is taken off: a fee that a payment service keeps. One that `lowering`
    names is below nought already.
    """
    ways = []
    for size in range(1, min(PARTS, len(lowering)) + 1):
        for chosen in combinations(range(len(lowering)), size):
            added = [float(place in chosen) for place in range(len(lowering))]
            ways.append(added)
            ways += [[*added[:off], -1.0, *added[off + 1 :]] for off in chosen if not lowering[off]]
    return np.array(ways)
