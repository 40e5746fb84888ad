"""How many decimals a figure needs, so that rounding makes no nought of a difference that is told."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.wording.number_format import NumberFormat, is_nought

MOST = 6
"""Decimals that are written at most."""


def decimals_to_nought(formats: NumberFormat, figures: Iterable[float], fewest: int) -> int:
    """The fewest decimals at which none of the figures is written as nought that is not; `fewest` or more."""
    told = [one for one in figures if one]
    enough = (
        places
        for places in range(fewest, MOST + 1)
        if not any(is_nought(formats.number(abs(one), places)) for one in told)
    )
    return next(enough, fewest)


def shares_apart(formats: NumberFormat, before: float, now: float, fewest: int = 0) -> tuple[str, str]:
    """Two shares in per cent, with as many decimals as it takes to see that they are not the same."""
    written = ((formats.percent(before, places), formats.percent(now, places)) for places in range(fewest, MOST + 1))
    apart = (pair for pair in written if pair[0] != pair[1])
    same = formats.percent(before, fewest), formats.percent(now, fewest)
    return same if before == now else next(apart, same)
