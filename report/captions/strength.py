"""How far a segment lies from everybody else on a column, and between which bounds, as charts and tables tell it."""

from __future__ import annotations

from analysis.contract import FeatureProfile, Interval
from analysis.wording.number_format import NumberFormat, is_nought
from analysis.wording.typical import tells


def strength(one: FeatureProfile) -> float:
    """Hedges’ g against everybody else; where it could not be told, standard deviations from the average."""
    return one.effect if one.contrast is None else one.contrast


def limits(one: FeatureProfile) -> tuple[float, float] | None:
    """Both ends of the interval of `strength`; None where there is none."""
    interval = one.contrast_interval
    return None if one.contrast is None or interval is None else (interval.lower, interval.upper)


def stands_out(one: FeatureProfile) -> bool:
    """Whether the column is a marker variable whose difference may be told.

    Where the typical figures are alike, or differ the other way round, no direction is told.
    """
    return one.marker and tells(one, strength(one))


def is_rated(one: FeatureProfile) -> bool:
    """Whether it has been asked if the difference counts."""
    return one.contrast is not None or one.adjusted_p is not None


def to(low: str, high: str) -> str:
    """Two written figures as a range: `29–51`, `−1.6 to −0.4`; one figure where both are the same or nought."""
    if low == high or (is_nought(low) and is_nought(high)):
        return low
    return f"{low} to {high}" if "−" in low + high or " " in low + high else f"{low}–{high}"


def signed_range(formats: NumberFormat, interval: Interval | tuple[float, float] | None) -> str:
    """Bounds of an effect size, `+1.60 to +2.28`; a dash where there are none."""
    if interval is None:
        return "–"
    low, high = interval if isinstance(interval, tuple) else (interval.lower, interval.upper)
    return f"{formats.signed(low, 2)} to {formats.signed(high, 2)}"
