"""How far a segment is from all other customers in a column, with its interval, for charts and tables."""

from __future__ import annotations

import re

from analysis.contract import FeatureProfile, Interval
from analysis.language import gettext
from analysis.wording.number_format import NumberFormat, is_nought
from analysis.wording.typical import tells

BEHIND = re.compile(r"(?:[\u00a0\u202f]\D+|%)$")
"""What stands behind a figure and is told once of a range: a per cent sign, or a unit or currency after its blank."""


def strength(one: FeatureProfile) -> float:
    """Hedges’ g against all other customers; where it is not known, standard deviations from the average."""
    return one.effect if one.contrast is None else one.contrast


def limits(one: FeatureProfile) -> tuple[float, float] | None:
    """Both ends of the interval of `strength`; None without one."""
    interval = one.contrast_interval
    return None if one.contrast is None or interval is None else (interval.lower, interval.upper)


def stands_out(one: FeatureProfile) -> bool:
    """Whether the column is a marker variable and its typical figures show the difference.

    Where the typical figures are the same, or differ in the other direction, no direction is stated.
    """
    return one.marker and tells(one, strength(one))


def is_rated(one: FeatureProfile) -> bool:
    """Whether the difference was tested."""
    return one.contrast is not None or one.adjusted_p is not None


def to(low: str, high: str) -> str:
    """Two written figures as a range: `29–51`, `−1.6 to −0.4`; one figure where both are the same or zero.

    A unit, per cent sign or currency that is behind both is told once: `31–34 years`, `35–54%`, `$81K–$92K`.
    """
    if low == high or (is_nought(low) and is_nought(high)):
        return low
    if (behind := BEHIND.search(high)) and low.endswith(behind[0]):
        low = low.removesuffix(behind[0])
    return span_of(low, high) if "−" in low + high or " " in low + high else f"{low}–{high}"


def span_of(low: str, high: str) -> str:
    """Two written figures as a range in words: `−1.6 to −0.4`."""
    return gettext("{low} to {high}", low=low, high=high)


def signed_range(formats: NumberFormat, interval: Interval | tuple[float, float] | None) -> str:
    """Bounds of an effect size, `+1.60 to +2.28`; a dash where there are none."""
    if interval is None:
        return "–"
    low, high = interval if isinstance(interval, tuple) else (interval.lower, interval.upper)
    return span_of(formats.signed(low, 2), formats.signed(high, 2))
