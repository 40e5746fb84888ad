"""Round ticks, and the axis formats that go with a column."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from analysis.contract import Feature
from report.style.lettering import text_width
from report.style.theme import TEXT

IN_SHORT = 1_000_000
"""An axis with figures from this size is in short form."""


@dataclass(frozen=True)
class Span:
    """A scale's two ends and the round values between them, in a column's shown units."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def domain(self) -> list[float]:
        """Both ends, as Vega-Lite wants them."""
        return [self.low, self.high]

    def place(self, value: float, pixels: float) -> float:
        """Where a value falls on an axis of that many pixels."""
        return (value - self.low) / (self.high - self.low) * pixels


def span(low: float, high: float, count: int = 5, *, margin: float = 0.0) -> Span:
    """A span over `low … high` with a share of it left free at each end, and about `count` round ticks."""
    if not high > low:
        pad = abs(low) / 10 or 1.0
        low, high = low - pad, high + pad
    free = (high - low) * margin
    low, high = low - free, high + free
    return Span(low, high, _ticks(low, high, count))


def round_span(low: float, high: float, count: int = 5) -> Span:
    """As `span`, with both ends moved out to round values."""
    inner = span(low, high, count)
    step = inner.ticks[1] - inner.ticks[0] if len(inner.ticks) > 1 else _round_step((inner.high - inner.low) / count)
    first, last = math.floor(inner.low / step + 1e-9), math.ceil(inner.high / step - 1e-9)
    ticks = tuple(_clean(n * step, step) for n in range(first, last + 1))
    return Span(ticks[0], ticks[-1], ticks)


SHORT, SHORT_MONEY = "short", "$short"
"""In place of a d3 format: large figures in the locale's short form, which d3 does not know."""


def axis_format(feature: Feature, spanned: Span) -> str:
    """The d3 format of a column's axis: money with its sign, per cents, or figures with no more decimals than needed.

    From a million on, `SHORT` or `SHORT_MONEY`: d3 would write thousand millions as `G`, and “1,5M €” in German.
    """
    step = spanned.ticks[1] - spanned.ticks[0] if len(spanned.ticks) > 1 else abs(spanned.ticks[0])
    largest = max(abs(spanned.low), abs(spanned.high))
    money = feature.format == "money"
    if feature.format == "percent":
        return f",.{decimals(step * 100)}%"
    if largest >= IN_SHORT:
        return SHORT_MONEY if money else SHORT
    return f"{'$' if money else ''},.{decimals(step)}f"


def decimals(step: float) -> int:
    """Decimals needed to tell neighbours `step` apart."""
    return next((places for places in range(6) if abs(round(step, places) - step) < step / 1e6), 6)


def shown(feature: Feature, value: float) -> float:
    """A value in the units that people read (dollars where the column counts thousands of them)."""
    return rounded(value * feature.scale)


def rounded(value: float) -> float:
    """Six significant digits: what a picture can show, and the same bytes on every machine."""
    return float(f"{value:.6g}")


def tick_count(feature: Feature, widest: str, room: float, most: int = 6) -> int:
    """How many ticks fit into `room` pixels beside one another, at least two."""
    label = widest.split("\u00a0", maxsplit=1)[0] if feature.format == "number" or feature.unit else widest
    return max(2, min(most, int(room / (text_width(label, TEXT) + 26))))


def quiet_x(spanned: Span, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (axis options are Vega-Lite's)
    """Options of an x axis with these ticks and grid lines."""
    return {"values": list(spanned.ticks), "grid": True, "title": None, **more}


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if rough <= factor * power * (1 + 1e-9))


def _ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """At most `count` round ticks, as many as possible; more only if there would be a single one."""
    power = 10.0 ** math.floor(math.log10((high - low) / max(count, 1)))
    choices = []
    # Where only two ticks fit, less round steps are better than a single tick.
    factors = (0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if count == 2 else (0.5, 1, 2, 2.5, 5, 10)
    for step in (factor * power for factor in factors):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        choices.append(tuple(_clean(n * step, step) for n in range(first, last + 1)))
    few = [ticks for ticks in choices if 2 <= len(ticks) <= count]
    return max(few, key=len) if few else min(choices, key=lambda ticks: (len(ticks) < 2, abs(len(ticks) - count)))


def _clean(value: float, step: float) -> float:
    return round(value, max(0, decimals(step) + 2)) + 0.0
