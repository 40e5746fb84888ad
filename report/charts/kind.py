"""One kind of chart: when it is shown, its words, and its drawing. Every chart module ends with its `KIND`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from analysis.contract import Contract
from report.captions.caption import Caption
from report.captions.words import Words
from report.charts import grammar as alt
from report.charts.context import ChartContext

Chart: TypeAlias = "alt.LayerChart | alt.HConcatChart | alt.VConcatChart"
Subject = TypeVar("Subject")


@dataclass(frozen=True)
class ChartKind(Generic[Subject]):
    """Which charts of the kind a contract calls for, the words around each, and how it is drawn.

    The subject of a chart is, for example, a segment or a column; None if there is one chart for the whole table.
    """

    charts: Callable[[Contract], Iterable[tuple[str, Subject]]]
    """The name of each chart that the contract calls for, with its subject, in the page's order."""
    caption: Callable[[Words, Subject], Caption]
    """Name, page, takeaway, alternative text and table of numbers. Called for these charts only."""
    draw: Callable[[ChartContext, Subject], Chart]
    """The chart as wide as the context says. Called for these charts only."""
    row: Callable[[Subject], str] | None = None
    """Several charts of one row are placed side by side; without it, each has its own row."""


def one_chart(
    name: str,
    called_for: Callable[[Contract], bool],
    caption: Callable[[Words], Caption],
    draw: Callable[[ChartContext], Chart],
) -> ChartKind[None]:
    """A kind with one chart or none, for the whole table."""
    return ChartKind(
        charts=lambda contract: [(name, None)] if called_for(contract) else [],
        caption=lambda words, _: caption(words),
        draw=lambda context, _: draw(context),
    )
