"""The segment map as rectangles that each hold enough customers of their segment.

Mondrian partitioning (LeFevre, DeWitt & Ramakrishnan 2006, ICDE): a segment's squares are parted along an edge as
evenly as can be, and each part again, for as long as both parts hold `least` customers. Every customer stays on the
map. Edges are those of the published histograms of the two columns, so that bars less rectangles leave no small count.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from analysis.contract import Distribution, HistogramBin, MapBin, SegmentMap
from report.disclosure.cells import small

Squares = tuple[MapBin, ...]


@dataclass(frozen=True)
class MapAxis:
    """One side of the map: the edges along which it may be parted, and the published bars between them."""

    low: str
    high: str
    cuts: tuple[float, ...]
    bars: tuple[HistogramBin, ...]

    def below(self, square: MapBin, cut: float) -> bool:
        """Whether a square lies wholly below a cut; squares never straddle one."""
        return float(getattr(square, self.high)) <= cut

    def box(self, squares: Squares) -> dict[str, float]:
        """The published edges round some squares; the outermost are the histogram's."""
        low = min(getattr(one, self.low) for one in squares)
        high = max(getattr(one, self.high) for one in squares)
        return {
            self.low: max((cut for cut in self.cuts if cut <= low), default=self.bars[0].lower),
            self.high: min((cut for cut in self.cuts if cut >= high), default=self.bars[-1].upper),
        }

    def without(self, cut: float) -> MapAxis:
        """The axis with one cut fewer."""
        return MapAxis(self.low, self.high, tuple(one for one in self.cuts if one != cut), self.bars)


def segment_map(drawn: SegmentMap, distributions: Mapping[str, Distribution], least: int) -> SegmentMap | None:
    """The published map; None where a column's histogram is not published, for then its edges are not either."""
    if drawn.x not in distributions or drawn.y not in distributions or not drawn.bins:
        return None
    x = _axis("x0", "x1", drawn.bins, distributions[drawn.x])
    y = _axis("y0", "y1", drawn.bins, distributions[drawn.y])
    while True:
        rectangles = _rectangles(drawn.bins, (x, y), least)
        if (cut := exposed(x, rectangles, least)) is not None:
            x = x.without(cut)
        elif (cut := exposed(y, rectangles, least)) is not None:
            y = y.without(cut)
        else:
            capped = drawn.open_ended or any(distributions[axis].open_ended for axis in (drawn.x, drawn.y))
            return drawn.model_copy(update={"bins": rectangles, "open_ended": capped})


def exposed(axis: MapAxis, rectangles: Squares, least: int) -> float | None:
    """A cut to give up, since bars less the rectangles inside them would leave a small count; None when all is safe."""
    ends = (-math.inf, *(bar.lower for bar in axis.bars[1:]), math.inf)
    for low, high in combinations(ends, 2):
        inside = sum(one.count for one in _within(axis, rectangles, low, high))
        counted = sum(bar.count for bar, start in zip(axis.bars, ends, strict=False) if low <= start < high)
        if small(counted - inside, least):
            given_up = [cut for cut in (high, low) if cut in axis.cuts]
            return given_up[0] if given_up else None
    return None


def _within(axis: MapAxis, rectangles: Squares, low: float, high: float) -> Iterator[MapBin]:
    """Rectangles between two edges; an outermost edge of a rectangle stands for everything beyond it."""
    first, last = axis.bars[0].lower, axis.bars[-1].upper
    for one in rectangles:
        start, end = getattr(one, axis.low), getattr(one, axis.high)
        if (low if low > -math.inf else first) <= start and end <= (high if high < math.inf else last):
            yield one


def _axis(low: str, high: str, squares: Squares, distribution: Distribution) -> MapAxis:
    edges = {getattr(one, low) for one in squares} | {getattr(one, high) for one in squares}
    cuts = tuple(
        bar.lower
        for bar in distribution.bins[1:]
        if not any(getattr(one, low) < bar.lower < getattr(one, high) for one in squares) and bar.lower in edges
    )
    return MapAxis(low, high, cuts, distribution.bins)


def _rectangles(squares: Squares, axes: tuple[MapAxis, MapAxis], least: int) -> Squares:
    found: list[MapBin] = []
    for segment in sorted({one.segment for one in squares}):
        own = tuple(one for one in squares if one.segment == segment)
        for part in _parted(own, axes, least):
            box = axes[0].box(part) | axes[1].box(part)
            found.append(MapBin(segment=segment, count=_customers(part), **box))
    return tuple(sorted(found, key=lambda one: (one.x0, one.y0, one.segment, one.x1, one.y1)))


def _parted(squares: Squares, axes: Sequence[MapAxis], least: int) -> Iterator[Squares]:
    """Squares parted along the cut that leaves the smaller part largest, again and again."""
    splits = [split for axis in axes for cut in axis.cuts for split in [_split(squares, axis, cut)]]
    best = max(splits, key=lambda split: min(map(_customers, split)), default=(squares, ()))
    if min(map(_customers, best)) < least:
        yield squares
        return
    for part in best:
        yield from _parted(part, axes, least)


def _split(squares: Squares, axis: MapAxis, cut: float) -> tuple[Squares, Squares]:
    below = tuple(one for one in squares if axis.below(one, cut))
    above = tuple(one for one in squares if not axis.below(one, cut))
    return below, above


def _customers(squares: Squares) -> int:
    return sum(one.count for one in squares)
