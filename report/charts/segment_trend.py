"""How one segment's share of customers has developed over the builds, on its own page."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.contract import Contract, Segment
from analysis.language import gettext
from report.captions.caption import Caption
from report.captions.trend_words import development, legend, table
from report.captions.trends import FEWEST, Trend, editions, trends
from report.captions.words import Words, together
from report.charts.context import ChartContext
from report.charts.kind import Chart, ChartKind
from report.charts.panels import Panels, drawn

BEGINS = "history-"


def charts(contract: Contract) -> Iterator[tuple[str, Segment]]:
    """One for each segment with a share in several builds, from three builds on."""
    if len(editions(contract)) < FEWEST:
        return
    known = {one.segment.id for one in trends(contract, "share") if len(one.told) > 1}
    yield from ((f"{BEGINS}{one.slug}", one) for one in contract.segments if one.id in known)


def _trend(contract: Contract, segment: Segment) -> Trend:
    return next(one for one in trends(contract, "share") if one.segment.id == segment.id)


def caption(words: Words, segment: Segment) -> Caption:
    """From which share it came to which, and its share in every build."""
    one = _trend(words.contract, segment)
    told = development(words, "share", one)
    return Caption(
        name=f"{BEGINS}{segment.slug}",
        page=f"segments/{segment.slug}",
        takeaway=gettext("Share of customers: {development}", development=told),
        subtitle=together(
            gettext("Share of customers in each build since the segment was first found."), legend("share", [one])
        ),
        description=gettext("A line chart over {count} builds.", count=len(one.points)),
        columns=(gettext("Build"), gettext("Share of customers")),
        rows=tuple(
            row for place, row in enumerate(table(words, "share", [one])) if place in {p.place for p in one.points}
        ),
        small=True,
    )


def draw(context: ChartContext, segment: Segment) -> Chart:
    """One panel."""
    return drawn(Panels(context, "share", [_trend(context.contract, segment)], 1, 110))


KIND = ChartKind(charts=charts, caption=caption, draw=draw)
