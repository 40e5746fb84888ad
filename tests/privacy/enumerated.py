"""Figures that are no linear function of counts but of four whole numbers: every combination is tried.

The adjusted residual of a category (Haberman 1973) and Hedges' g of a column of two values follow from the count and
the size of a segment, and those of everybody. Where such a figure is published of the true counts, few combinations
give its digits, however the counts themselves are rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from tests.privacy.published import Published, Span, printed
from tests.privacy.system import Name, System
from tests.privacy.truth import EVERYBODY, OTHERS

MOST = 4_000_000
FOLLOWS = 2e-3
"""A figure so close to that of the published counts follows from them."""
Figure = Callable[..., np.ndarray]


def residuals(system: System, published: Published) -> None:
    """Narrow the counts of categories in segments by their residuals."""
    whole = published.contract["data"]["customers"]
    for one in published.segments:
        for each in one["categories"]:
            if each["residual"] is None or each["category"] == OTHERS:
                continue
            cell = ("segment", one["id"])
            names = (
                ("category", each["feature"], cell, each["category"]),
                ("size", cell),
                ("category", each["feature"], EVERYBODY, each["category"]),
                ("customers",),
            )
            stated = (each["count"], one["size"], each["share_overall"] * whole, whole)
            narrow(system, names, residual, each["residual"], stated)


def contrasts(system: System, published: Published, feature: str, two: Span) -> None:
    """Narrow the counts of the higher of two values in segments by Hedges' g."""
    everybody = next(one for one in published.features if one["name"] == feature)
    for one in published.segments:
        for each in one["profile"]:
            if each["feature"] != feature or each["contrast"] is None or everybody["mean"] is None:
                continue
            cell, whole = ("segment", one["id"]), published.contract["data"]["customers"]
            names = (
                ("count", feature, cell, two[1]), ("known", feature, cell),
                ("count", feature, EVERYBODY, two[1]), ("known", feature, EVERYBODY),
            )  # fmt: skip
            known = one["size"] if each["known"] is None else each["known"]
            shares = [(mean - two[0]) / (two[1] - two[0]) for mean in (each["mean"], everybody["mean"])]
            narrow(system, names, hedges, each["contrast"], (shares[0] * known, known, shares[1] * whole, whole))


def narrow(
    system: System, names: tuple[Name, ...], figure: Figure, value: float, stated: tuple[float | None, ...]
) -> None:
    """Keep what the four counts can be if the figure is of the true ones."""
    if None not in stated:
        follows = float(_value(figure, tuple(np.array([float(each or 0.0)]) for each in stated))[0])
        low, high = printed(value)
        if low - FOLLOWS <= follows <= high + FOLLOWS:
            return
    ranges = [(system.lower[system.place[name]], system.upper[system.place[name]]) for name in names]
    ranges[0] = (ranges[0][0], min(ranges[0][1], ranges[1][1], ranges[2][1]))
    if any(math.isinf(high) for _, high in ranges) or math.prod(high - low + 1 for low, high in ranges) > MOST:
        return
    grid = np.meshgrid(*(np.arange(low, high + 1) for low, high in ranges), indexing="ij")
    counts = tuple(each.ravel() for each in grid)
    low, high = printed(value)
    low, high = low - (high - low) / 2, high + (high - low) / 2  # it may be rounded at random: within a whole digit
    found = _value(figure, counts)
    fits = (
        (found >= low) & (found <= high) & (counts[0] <= counts[1]) & (counts[2] - counts[0] <= counts[3] - counts[1])
    )
    if fits.any():
        for name, each in zip(names, counts, strict=True):
            system.unknown(name, float(each[fits].min()), float(each[fits].max()))


def _value(figure: Figure, counts: tuple[np.ndarray, ...]) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(figure(*counts))


def residual(count: np.ndarray, size: np.ndarray, every: np.ndarray, customers: np.ndarray) -> np.ndarray:
    """Haberman's adjusted standardised residual."""
    due = size * every / customers
    return np.asarray((count - due) / np.sqrt(due * (1 - size / customers) * (1 - every / customers)))


def hedges(yes: np.ndarray, size: np.ndarray, every: np.ndarray, customers: np.ndarray) -> np.ndarray:
    """Hedges' g of a segment against everybody else, of a column of two values."""
    others, rest = customers - size, every - yes
    p, q = yes / size, rest / others
    freedom = customers - 2
    pooled = np.sqrt((size * p * (1 - p) + others * q * (1 - q)) / freedom)
    return np.asarray((1 - 3 / (4 * freedom - 1)) * (p - q) / pooled)
