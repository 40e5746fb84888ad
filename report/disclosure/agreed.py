"""Shares that agree with the rounded counts beside them: each is worked out anew from the two that it comes from.

So a figure is the same wherever it stands, and none tells the exact counts. Rounded parts need not add up to the
rounded whole. A part is never published as more than its whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, sqrt
from typing import Any

from analysis.basics.significant import significant
from analysis.contract import (
    Border,
    Candidate,
    CategoryShare,
    Contract,
    Interval,
    Prospect,
    Scoring,
    Segment,
    Selection,
    WithheldShare,
)
from analysis.rounding.random_rounding import Rounding
from analysis.rounding.rounded_figures import category_as_told
from report.disclosure.changes import flows_rounded
from report.disclosure.selection import fitted

DIGITS = 3
"""Significant digits of a sum that is told beside the mean that it comes from."""


def agreed(copy: Contract, whole: Contract, rounding: Rounding) -> Contract:
    """The copy, whose counts are still exact, with shares as they follow from counts once these are rounded."""
    overall = {feature.name: feature.categories for feature in copy.data.features}
    customers = whole.data.customers
    return copy.model_copy(
        update={
            "segments": tuple(_segment(one, customers, overall, rounding) for one in copy.segments),
            "selection": _selection(copy.selection, fitted(whole), rounding),
            "scoring": copy.scoring and _scoring(copy.scoring, customers, rounding),
            "changes": flows_rounded(copy.changes, whole, rounding),
        }
    )


def _segment(one: Segment, customers: int, overall: dict[str, dict[str, int]], rounding: Rounding) -> Segment:
    size, share = _around(one, customers, rounding)
    return one.model_copy(
        update={
            "share": rounding.share(one.size, customers),
            "size_interval": size,
            "share_interval": share,
            "categories": tuple(_category(each, one.size, customers, overall, rounding) for each in one.categories),
            "borders": tuple(_border(each, one.size, rounding) for each in one.borders),
            "neighbour": one.neighbour
            and one.neighbour.model_copy(
                update={"border_customers": _part(one.neighbour.border_customers, one.size, rounding)}
            ),
            "lifetime": one.lifetime and _prospect(one.lifetime, one.size, rounding),
        }
    )


def _around(one: Segment, customers: int, rounding: Rounding) -> tuple[Interval | None, Interval | None]:
    """The intervals of size and share, outwards to multiples of the base; neither below the smallest group."""
    if one.size_interval is None:
        return None, None
    base, size = rounding.base, rounding.count(one.size)
    lower = min(floor(one.size_interval.lower / base) * base, size)
    upper = max(ceil(one.size_interval.upper / base) * base, size)
    if lower < rounding.least:
        return None, None
    of = rounding.count(customers)
    share = one.share_interval and Interval(lower=lower / of, upper=min(1.0, upper / of))
    return Interval(lower=lower, upper=upper), share


def _category(
    one: CategoryShare | WithheldShare,
    size: int,
    customers: int,
    overall: dict[str, dict[str, int]],
    rounding: Rounding,
) -> CategoryShare | WithheldShare:
    counts = overall[one.feature]
    everybody = counts[one.category], sum(counts.values())
    if isinstance(one, WithheldShare):
        return one.model_copy(update={"share_overall": rounding.share(*everybody)})
    told = category_as_told(one, size, everybody, rounding)
    residual = None if one.residual is None else _residual(told, rounding, size, customers)
    return told.model_copy(update={"residual": residual})


def _residual(told: CategoryShare, rounding: Rounding, size: int, customers: int) -> float | None:
    """Haberman's adjusted standardised residual (1973, Biometrics 29:205) of the rounded counts."""
    own, of, everybody = rounding.count(size), rounding.count(customers), told.share_overall
    variance = own * everybody * (1 - everybody) * (1 - own / of)
    return own * (told.share - everybody) / sqrt(variance) if variance > 0 else None


def _border(border: Border, size: int, rounding: Rounding) -> Border:
    if border.customers is None:
        return border
    return border.model_copy(
        update={"customers": _part(border.customers, size, rounding), "share": rounding.share(border.customers, size)}
    )


def _part(count: int | None, size: int, rounding: Rounding) -> int | None:
    """A rounded count that is no more than the rounded one that it is a part of."""
    return None if count is None else rounding.part(count, size)


def _prospect(one: Prospect, size: int, rounding: Rounding) -> Prospect:
    """Totals are the mean times the rounded number of customers: the two would give the exact number back."""
    times, ends = rounding.count(size), one.value_interval
    return one.model_copy(
        update={
            "total": one.value * times,
            "total_interval": ends
            and Interval(lower=significant(ends.lower * times, DIGITS), upper=significant(ends.upper * times, DIGITS)),
            "bought_once": None if one.bought_once is None else _shared(one.bought_once, size, rounding),
        }
    )


def _shared(share: float, of: int, rounding: Rounding) -> float:
    """A share of that many customers, of the rounded counts."""
    return rounding.share(max(1, round(share * of)) if share > 0 else 0, of)


def _selection(found: Selection, rows: int, rounding: Rounding) -> Selection:
    names = ("smallest_share", "unassigned_share")
    return found.model_copy(
        update={
            "candidates": tuple(_candidate(one, rows, rounding) for one in found.candidates),
            "flows": tuple(one.model_copy(update=_of(one, ("share",), rows, rounding)) for one in found.flows),
            "algorithms": tuple(one.model_copy(update=_of(one, names, rows, rounding)) for one in found.algorithms),
        }
    )


def _candidate(one: Candidate, rows: int, rounding: Rounding) -> Candidate:
    segments = tuple(each.model_copy(update=_of(each, ("share",), rows, rounding)) for each in one.segments)
    return one.model_copy(update={**_of(one, ("smallest_share",), rows, rounding), "segments": segments})


def _of(one: Any, names: Sequence[str], rows: int, rounding: Rounding) -> dict[str, float | None]:  # noqa: ANN401
    """The shares of these names, of the rounded counts."""
    shares = {name: getattr(one, name) for name in names}
    return {name: None if share is None else _shared(share, rows, rounding) for name, share in shares.items()}


def _scoring(found: Scoring, customers: int, rounding: Rounding) -> Scoring:
    return found.model_copy(
        update={
            "segments": tuple(
                one.model_copy(update={"share": None if one.size is None else rounding.share(one.size, customers)})
                for one in found.segments
            )
        }
    )
