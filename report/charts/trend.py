"""How each segment's share, size, value or stability has developed over the builds: a panel for each segment."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.contract import Contract
from analysis.language import gettext, ngettext
from report.captions.caption import Caption
from report.captions.trend_words import called_measure, development, legend, most_changed, table
from report.captions.trends import FEWEST, MEASURES, MOST_PANELS, Measure, Trend, editions, trends
from report.captions.words import Words, together
from report.charts.context import ChartContext
from report.charts.kind import Chart, ChartKind
from report.charts.panels import Panels, drawn

PAGE = "changes"
BEGINS = "trend-of-"


def charts(contract: Contract) -> Iterator[tuple[str, Measure]]:
    """One for each measure that is known of several builds, from three builds on."""
    if len(editions(contract)) < FEWEST:
        return
    for measure in MEASURES:
        if any(len(one.told) > 1 for one in trends(contract, measure)):
            yield f"{BEGINS}{measure}", measure


def drawn_trends(contract: Contract, measure: Measure) -> list[Trend]:
    """Those that have a panel: all segments of this build, and of those that are gone the latest."""
    found = trends(contract, measure)
    return found[: max(MOST_PANELS, sum(one.segment.lives for one in found))]


def caption(words: Words, measure: Measure) -> Caption:
    """Whose figure has changed most, and all figures."""
    builds, shown = editions(words.contract), drawn_trends(words.contract, measure)
    left_out = len(trends(words.contract, measure)) - len(shown)
    best = most_changed(shown, len(builds) - 1)
    title = called_measure(words, measure)
    return Caption(
        name=f"{BEGINS}{measure}",
        page=PAGE,
        takeaway=gettext("{measure}: {development}", measure=title, development=development(words, measure, best)),
        subtitle=together(
            gettext("One panel for each segment over {count} builds, all on one scale.", count=len(builds)),
            legend(measure, shown),
            ngettext("{count} segment that is gone is not shown.", "{count} segments that are gone are not shown.",
                     left_out, count=left_out) if left_out else "",
        ),
        description=together(
            gettext("Line charts of {count} segments.", count=len(shown)),
            *(development(words, measure, one) for one in shown),
        ),
        columns=(gettext("Build"), *(one.segment.name for one in shown)),
        rows=table(words, measure, shown),
    )  # fmt: skip


def draw(context: ChartContext, measure: Measure) -> Chart:
    """Three panels side by side, on a phone two."""
    shown = drawn_trends(context.contract, measure)
    beside = min(len(shown), 2 if context.narrow else 3)
    return drawn(Panels(context, measure, shown, beside, 66 if context.narrow else 78))


KIND = ChartKind(charts=charts, caption=caption, draw=draw)
