"""Which columns of an order add up: its total is the goods, less a discount, with shipping, tax and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    return [one for pair in pairs if (one := _balance(evidence, order, pair, figures, lines))]


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
    evidence: Evidence,
    order: str | None,
    pair: tuple[str, str | None],
    figures: Sequence[Look],
    lines: pd.Series[float] | None,
) -> Balance | None:
    total = by_order(evidence, order, pair[0])
    if pair[1] is not None:
        goods = by_order(evidence, order, pair[1])
    else:
        assert lines is not None  # noqa: S101 (no goods are named then)
        goods = lines if order is None else lines.groupby(evidence.texts(order)).sum(min_count=1)
    known = (total.notna() & goods.notna()).to_numpy()
    gap = (total - goods).to_numpy()[known][:LOOKED_AT]
    if int((np.abs(gap) > CENT).sum()) < ENOUGH:
        return None
    # Columns that are never there tell nothing; those named discounts are tried first, for fewer parts are better.
    parts = [look for look in figures if look.header not in pair]
    parts.sort(key=lambda look: not is_discount(look))
    columns: list[tuple[Look, NDArray[floating[Any]]]] = []
    for look in parts:
        values = by_order(evidence, order, look.header).fillna(0.0).to_numpy()[known][:LOOKED_AT]
        if int((np.abs(values) > CENT).sum()) >= ENOUGH:
            columns.append((look, _signed(look, values)))
    return _added_up(pair, gap, columns[:TRIED])


def _signed(look: Look, values: NDArray[floating[Any]]) -> NDArray[floating[Any]]:
    """What is taken off is below nought, whatever its sign in the table."""
    return -np.abs(values) if is_discount(look) or is_refund(look) else values


def _added_up(
    pair: tuple[str, str | None], gap: NDArray[floating[Any]], columns: Sequence[tuple[Look, NDArray[floating[Any]]]]
) -> Balance | None:
    for size in range(1, PARTS + 1):
        for chosen in combinations(columns, size):
            for signs in _signs(chosen):
                rest = gap - sum(sign * values for sign, (_, values) in zip(signs, chosen, strict=True))
                if (np.abs(rest) <= CENT).mean() >= MOSTLY:
                    off = tuple(
                        look.header
                        for sign, (look, values) in zip(signs, chosen, strict=True)
                        if (sign * values).sum() < 0
                    )
                    on = tuple(look.header for look, _ in chosen if look.header not in off)
                    return Balance(*pair, off, on)
    return None


def _signs(chosen: Sequence[tuple[Look, NDArray[floating[Any]]]]) -> list[tuple[int, ...]]:
    """All on, or one of them off: a fee that a payment service keeps."""
    plain = (1,) * len(chosen)
    others = [
        tuple(-1 if place == at else 1 for place in range(len(chosen)))
        for at, (look, _) in enumerate(chosen)
        if not is_discount(look) and not is_refund(look)
    ]
    return [plain, *others]
