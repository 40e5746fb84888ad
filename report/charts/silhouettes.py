"""The silhouette plot: how much closer customers are to their own segment than to the nearest other one.

Rousseeuw (1987), Journal of Computational and Applied Mathematics 20:53. Drawn from percentiles, so that no single
customer is shown. A block's height is its number of customers, with the clearest customers at the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from analysis.contract import Contract, Segment
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.words import Words, quoted, together
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import data, name_space, pixel_scale, pixels_down, stacked
from report.style.lettering import lined, shorten, wrapped
from report.style.scales import decimals, quiet_x, rounded, span
from report.style.theme import INK, INK_2, TEXT

NAME, PAGE = "silhouettes", "method"
FINEST = 20
"""The largest number of parts into which percentiles of silhouettes divide a segment."""
TALL, LEAST, BETWEEN = 250.0, 18.0, 10.0
"""Pixels for all customers together, for a segment at least, and between segments."""

EQUAL = {
    (True, True): gettext_noop("All segments are about equally clearly separated."),
    (False, True): gettext_noop("All segments shown are about equally clearly separated."),
    (True, False): gettext_noop("All segments are equally clearly separated."),
    (False, False): gettext_noop("All segments shown are equally clearly separated."),
}
"""Of segments with the same mean, by whether all are shown, and whether figures are rounded."""


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
    """Whether silhouettes of any segment are published."""
    return any(one.silhouettes for one in contract.proper)


def caption(words: Words) -> Caption:
    """Which segments are clearly separated, and whether some of their customers are closer to another one."""
    formats = words.formats
    # Customers that the algorithm leaves unassigned are not a segment.
    measured = [one for one in words.contract.proper if one.silhouettes]
    mean = formats.number(words.contract.selection.silhouette, 2)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=together(_clearest(words, measured), _misplaced(words, measured)),
        subtitle=together(
            gettext(
                "How much closer customers are to their own segment than to the nearest other one, clearest at the "
                "top. Below 0: closer to another segment."
            ),
            _ends(words, measured),
            gettext("Height: number of customers. Dashed line: mean of all customers."),
        ),
        description=together(
            ngettext("A silhouette plot with a block for {count} segment.",
                     "A silhouette plot with a block for each of {count} segments.", len(measured),
                     count=len(measured)),
            gettext("The mean of all customers is {mean}.", mean=mean),
            *(gettext("{segment}: mean {mean}.", segment=one.name, mean=formats.number(one.silhouette, 2))
              for one in measured),
        ),
        columns=(
            gettext("Segment"), gettext("Mean silhouette"), gettext("Lowest quarter below"), gettext("Half above"),
            gettext("Highest quarter above"),
        ),
        rows=tuple((one.name, formats.number(one.silhouette, 2),
                    *(formats.number(_at(one.silhouettes, share), 2) for share in (0.25, 0.5, 0.75)))
                   for one in measured),
    )  # fmt: skip


def _clearest(words: Words, measured: list[Segment]) -> str:
    """The most and the least clearly separated segment, where the figures shown differ."""
    clearest = max(measured, key=lambda one: one.silhouette)
    least = min(measured, key=lambda one: one.silhouette)
    if len(measured) == 1:
        return gettext("Shown: {segment} only.", segment=quoted(clearest.name))
    if len({words.formats.number(one.silhouette, 2) for one in measured}) == 1:
        everyone, about = len(measured) == len(words.contract.proper), bool(words.contract.privacy.rounding_base)
        return gettext(EQUAL[everyone, about])
    return gettext(
        "Most clearly separated: {clearest}. Least clearly separated: {least}.",
        clearest=quoted(clearest.name), least=quoted(least.name),
    )  # fmt: skip


def _at(values: tuple[float, ...], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) + 1)) - 1)]


def _parts(measured: list[Segment]) -> int:
    """Into how many parts the percentiles divide a segment, for the segment with the fewest."""
    return min(len(one.silhouettes) for one in measured) + 1


def _ends(words: Words, measured: list[Segment]) -> str:
    """What is beyond the outermost percentiles; for small segments in public mode that is more."""
    parts = _parts(measured)
    share = words.formats.percent(1 / parts)
    if parts == FINEST:
        return gettext("The outermost {share} at either end are not drawn.", share=share)
    return gettext("The outermost {share} or less at either end are not drawn.", share=share)


def _misplaced(words: Words, measured: list[Segment]) -> str:
    outside = [one for one in measured if one.silhouettes[0] < 0]
    if outside:
        names = listed([quoted(one.name) for one in outside])
        return gettext("Some customers are closer to another segment than to their own in {segments}.", segments=names)
    share = words.formats.percent(1 / _parts(measured))
    if len(measured) > 1:
        return gettext("In each segment, at most {share} of customers are closer to another one.", share=share)
    return gettext("At most {share} of its customers are closer to another segment.", share=share)


def draw(context: ChartContext) -> alt.LayerChart:
    """One block for each segment, with the mean of all customers as a dashed line."""
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
    tip = context.tip(
        context.name(place.segment.id),
        gettext("Mean silhouette: {figure}", figure=number(place.segment.silhouette, 2)),
        gettext("Half of its customers: above {figure}", figure=number(middle, 2)),
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
