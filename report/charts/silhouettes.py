"""The silhouette plot: how much nearer each segment's customers are to their own segment than to the next.

Rousseeuw (1987), Journal of Computational and Applied Mathematics 20:53. Drawn from percentiles, so that no single
customer is shown: a segment's block is as tall as it has customers, the clearest on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import altair as alt

from analysis.basics.listed import listed
from analysis.contract import Contract, Segment
from report.captions.caption import Caption
from report.captions.words import Words, about, quoted
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, name_space, pixel_scale, pixels_down, stacked
from report.style.lettering import lined, shorten, wrapped
from report.style.scales import decimals, quiet_x, rounded, span
from report.style.theme import INK, INK_2, TEXT

NAME, PAGE = "silhouettes", "method"
PARTS = {4: ("four", "quarter"), 10: ("ten", "tenth"), 20: ("twenty", "twentieth")}
"""Into how many parts percentiles of silhouettes divide a segment, and what one of the parts is called."""
TALL, LEAST, BETWEEN = 250.0, 18.0, 10.0
"""Pixels for all customers together, for a segment at least, and between segments."""


@dataclass(frozen=True)
class SilhouetteBlock:
    """Where a segment's block stands, in pixels from the top."""

    segment: Segment
    top: float
    height: float

    @property
    def middle(self) -> float:
        """The block's middle."""
        return self.top + self.height / 2


def called_for(contract: Contract) -> bool:
    """Whether silhouettes of some segment are told."""
    return any(one.silhouettes for one in contract.proper)


def caption(words: Words) -> Caption:
    """Which segments stand apart, and whether some of their customers are nearer to another one."""
    formats = words.formats
    # Those whom the algorithm leaves unassigned are no group that could stand apart.
    measured = [one for one in words.contract.proper if one.silhouettes]
    mean = formats.number(words.contract.selection.silhouette, 2)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=f"{_clearest(words, measured)}; {_misplaced(measured)}.",
        subtitle="How much nearer customers are to their own segment than to the next, the clearest of each on top; "
                 f"below 0, nearer to another; {_ends(measured)} at either end is not drawn. As tall as the segment is "
                 "large; dashed: the mean of all",
        description=f"A silhouette plot with a block for each of {len(measured)} segments; the mean of all customers "
                    f"is {mean}. {' '.join(_clearness(words, one) for one in measured)}",
        columns=("Segment", "Mean silhouette", "Lowest quarter below", "Half above", "Highest quarter above"),
        rows=tuple((one.name, formats.number(one.silhouette, 2),
                    *(formats.number(_at(one.silhouettes, share), 2) for share in (0.25, 0.5, 0.75)))
                   for one in measured),
    )  # fmt: skip


def _clearest(words: Words, measured: list[Segment]) -> str:
    """Which is the clearest and which the least clear, where the figures shown differ."""
    clearest = max(measured, key=lambda one: one.silhouette)
    least = min(measured, key=lambda one: one.silhouette)
    if len(measured) == 1:
        return f"Only {quoted(clearest.name)} is shown"
    if len({words.formats.number(one.silhouette, 2) for one in measured}) == 1:
        every = "Both" if len(measured) == 2 else f"All {len(measured)}"
        shown = " shown" if len(measured) < len(words.contract.proper) else ""
        return f"{every} segments{shown} are {about(words.contract)}equally clear"
    return f"Clearest is {quoted(clearest.name)}, least clear {quoted(least.name)}"


def _at(values: tuple[float, ...], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) + 1)) - 1)]


def _parts(measured: list[Segment]) -> int:
    """Into how many parts of its customers the percentiles told divide a segment, of the one with the fewest."""
    return min(len(one.silhouettes) for one in measured) + 1


def _ends(measured: list[Segment]) -> str:
    """What lies beyond the outermost percentiles; of small segments in public mode that is more."""
    parts = _parts(measured)
    return f"the outermost {PARTS[parts][1]}{'' if parts == max(PARTS) else ' or less'}"


def _misplaced(measured: list[Segment]) -> str:
    outside = [one for one in measured if one.silhouettes[0] < 0]
    if not outside:
        many = PARTS[_parts(measured)][0]
        where = "in each, " if len(measured) > 1 else ""
        return f"{where}at most one customer in {many} is nearer to another segment"
    where = listed([quoted(one.name) for one in outside])
    return f"some customers are nearer to another segment than to their own: in {where}"


def _clearness(words: Words, one: Segment) -> str:
    return f"{one.name}: mean {words.formats.number(one.silhouette, 2)}."


def draw(context: ChartContext) -> alt.LayerChart:
    """A block a segment, with the mean of all customers as a dashed line."""
    places, height = _places(context)
    names = [context.name(one.segment.id) for one in places]
    left, width = name_space(names, context.narrow, widest=180), context.width()
    points = [point for one in places for point in _outline(context, one)]
    low, high = min(0.0, *(p["v"] for p in points)), max(0.5, *(p["v"] for p in points))
    across = span(low * 1.04, high * 1.04, 4)
    step = across.ticks[1] - across.ticks[0] if len(across.ticks) > 1 else 0.1
    scale = pixel_scale(across.domain, left, width - 44)
    x = alt.X("v:Q", scale=scale, axis=alt.Axis(**quiet_x(across, format=f".{decimals(step)}f")))
    y = pixels_down(height)
    blocks = alt.Chart(data(points)).mark_area(orient="horizontal", opacity=0.9).encode(
        x=x, x2=alt.X2("zero:Q"), y=y, color=alt.Color("colour:N", scale=None, legend=None),
        detail=alt.Detail("s:N"), tooltip=alt.Tooltip("tip:N"))  # fmt: skip
    mean = alt.Chart(data([{"v": rounded(context.contract.selection.silhouette)}]))
    return stacked(
        blocks, mean.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5).encode(x=x),
        _names(context, places, left, y), _means(context, places, width, y), width=width, height=height,
    )  # fmt: skip


def _places(context: ChartContext) -> tuple[list[SilhouetteBlock], float]:
    measured = [one for one in context.contract.proper if one.silhouettes]
    above = 18.0 if context.narrow else 0.0
    heights = [max(LEAST, TALL * one.share) for one in measured]
    tops = accumulate((h + BETWEEN + above for h in heights), initial=0.0)
    places = [SilhouetteBlock(one, top + above, h) for one, top, h in zip(measured, tops, heights, strict=False)]
    return places, places[-1].top + places[-1].height + 2


def _outline(context: ChartContext, place: SilhouetteBlock) -> list[dict[str, Any]]:
    values = sorted(place.segment.silhouettes, reverse=True)
    shares = [0.0, *((i + 1) / (len(values) + 1) for i in range(len(values))), 1.0]
    number = context.formats.number
    middle = values[len(values) // 2]
    tip = (
        f"{context.name(place.segment.id)}\nMean silhouette: {number(place.segment.silhouette, 2)}\n"
        f"Half of its customers: above {number(middle, 2)}"
    )
    return [
        {"py": rounded(place.top + share * place.height), "v": rounded(value), "zero": 0, "s": place.segment.id,
         "colour": context.colour(place.segment.id), "tip": tip}
        for share, value in zip(shares, [values[0], *values, values[-1]], strict=True)
    ]  # fmt: skip


def _names(context: ChartContext, places: list[SilhouetteBlock], left: float, y: alt.Y) -> alt.Chart:
    limit = context.width() if context.narrow else left - 16
    rows = [
        {"py": height, "text": line}
        for one in places
        for height, line in lined(_lines(context.name(one.segment.id), limit, context), _height(one, context))
    ]
    mark = alt.Chart(data(rows)).mark_text(align="left", baseline="middle", color=INK, aria=False)
    drawn: alt.Chart = mark.encode(x=alt.XValue(0), y=y, text=alt.Text("text:N"))
    return drawn


def _lines(name: str, limit: float, context: ChartContext) -> list[str]:
    """A name beside its block may take two lines; above it one."""
    return [shorten(name, limit, TEXT)] if context.narrow else wrapped(name, limit, TEXT)


def _height(one: SilhouetteBlock, context: ChartContext) -> float:
    return one.top - 9 if context.narrow else one.middle


def _means(context: ChartContext, places: list[SilhouetteBlock], width: float, y: alt.Y) -> alt.Chart:
    rows = [{"py": one.middle, "text": context.formats.number(one.segment.silhouette, 2)} for one in places]
    mark = alt.Chart(data(rows)).mark_text(align="right", baseline="middle", color=INK_2, aria=False)
    drawn: alt.Chart = mark.encode(x=alt.XValue(width), y=y, text=alt.Text("text:N"))
    return drawn


KIND = one_chart(NAME, called_for, caption, draw)
