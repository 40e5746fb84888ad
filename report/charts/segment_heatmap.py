"""The heat map of differences: a row for each segment, a column for each column, and a figure in each cell."""

from __future__ import annotations

from typing import Any

from analysis.contract import FeatureProfile, Segment, WithheldProfile
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.pictured import MOST_IN_HEATMAP, has_figures, of_most, profiled_columns, telling
from report.captions.words import Words, quoted, together, with_figure
from report.charts import grammar as alt
from report.charts.cells import cells, coloured, heads, step_of
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import RowLayout, name_space, stacked
from report.style.lettering import text_width
from report.style.theme import CARD, TEXT

NAME, PAGE = "segment-heatmap", "segments"
ALIKE, MOST_SHARP = 0.95, 3
"""Differences of at least this share of the largest are named as well, up to that many."""
BOUNDS = (-1.25, -0.75, -0.25, 0.25, 0.75, 1.25)
"""Standard deviations between the seven classes; the middle class is close to average."""


def caption(words: Words) -> Caption:
    """The heat map's words; the table has typical figures and differences."""
    segments = words.contract.segments
    features = [words.feature(one.feature) for one in segments[0].profile]
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words),
        subtitle=together(
            _compared(words),
            gettext("The stronger the colour, the larger the difference in standard deviations."),
            of_most(len(features), MOST_IN_HEATMAP),
        ),
        description=" ".join(_whole_row(words, segment) for segment in segments),
        columns=(gettext("Segment"), *(
            head for one in features
            for head in (words.headed(one), gettext("{column}, difference", column=one.label))
        )),
        rows=tuple((segment.name, *_row(words, segment)) for segment in segments),
    )  # fmt: skip


def _compared(words: Words) -> str:
    """Which figures the cells compare."""
    if words.mixed:
        return gettext("Mean or median of each segment compared with that of all customers.")
    if words.typical == "median":
        return gettext("Median of each segment compared with the median of all customers.")
    return gettext("Mean of each segment compared with the mean of all customers.")


def _takeaway(words: Words) -> str:
    """The strongest colour, and others that look the same."""
    shown = sorted(
        ((abs(one.effect), segment, one) for segment in words.contract.proper for one in segment.figures),
        key=lambda each: -each[0],
    )
    told: dict[str, list[str]] = {}
    for effect, segment, one in shown[:MOST_SHARP]:
        if effect >= ALIKE * shown[0][0]:
            told.setdefault(words.stated(one), []).append(segment.name)
    alike: dict[tuple[str, ...], list[str]] = {}
    for difference, names in told.items():
        alike.setdefault(tuple(names), []).append(difference)
    where = "; ".join(
        gettext("{segments} ({difference})", segments=listed([quoted(name) for name in names]), difference=listed(each))
        for names, each in alike.items()
    )
    number = sum(map(len, told.values()))
    if words.withholds:
        return ngettext(
            "Largest published difference in standard deviations: {where}.",
            "Largest published differences in standard deviations: {where}.", number, where=where,
        )  # fmt: skip
    return ngettext(
        "Largest difference in standard deviations: {where}.", "Largest differences in standard deviations: {where}.",
        number, where=where,
    )  # fmt: skip


def _whole_row(words: Words, segment: Segment) -> str:
    told = [
        words.stated(one) if isinstance(one, FeatureProfile) else words.missing(one.feature) for one in segment.profile
    ]
    return gettext("{segment}: {differences}.", segment=segment.name, differences=listed(told))


def _row(words: Words, segment: Segment) -> tuple[str, ...]:
    return tuple(
        text
        for one in segment.profile
        for text in (
            (words.of(one.feature, one.typical), words.difference(one))
            if isinstance(one, FeatureProfile)
            else (words.nothing, words.nothing)
        )
    )


def draw(context: ChartContext) -> alt.LayerChart:
    """A cell for each segment and column, coloured by the segment's difference from all customers."""
    names = [context.name(segment.id) for segment in context.segments]
    told = telling(context.contract, profiled_columns(context.contract), MOST_IN_HEATMAP)
    features = [context.feature(name) for name in told]
    rows = RowLayout(tuple(names), context.narrow, pitch=58 if context.narrow else 44, rise=25)
    start, width = name_space(names, context.narrow), context.width()
    cell = min(170.0, (width - start) / len(features))
    values = [
        {"px": start + column * cell + 2, "px2": start + (column + 1) * cell - 2, "row": index, **_cell(context, one)}
        for index, segment in enumerate(context.segments)
        for column, one in enumerate(_of(segment, told))
    ]
    height = 15.0 if context.narrow else 19.0
    for value, segment in zip(values, (s for s in context.segments for _ in told), strict=True):
        middle = rows.middle(value.pop("row"))
        value |= {"py": middle - height, "py2": middle + height, "mx": (value["px"] + value["px2"]) / 2, "my": middle}
        value["tip"] = f"{context.name(segment.id)}\n{value['tip']}"
    middles = [start + (column + 0.5) * cell for column in range(len(features))]
    labels = [feature.label for feature in features]
    return stacked(
        *cells(values, width, rows.height, _size(values, narrow=context.narrow), stroke=CARD, strokeWidth=0),
        *heads(labels, middles, width, cell - 4),
        rows.names(width if context.narrow else start - 16),
        width=width, height=rows.height,
    )  # fmt: skip


def _of(segment: Segment, names: list[str]) -> list[FeatureProfile | WithheldProfile]:
    return [one for one in segment.profile if one.feature in names]


def _cell(context: ChartContext, one: FeatureProfile | WithheldProfile) -> dict[str, Any]:
    feature = context.feature(one.feature)
    if isinstance(one, WithheldProfile):
        tip = gettext("{what}: {figure}", what=feature.label, figure=context.nothing)
        return {**coloured(None), "text": context.nothing, "tip": tip}
    label = with_figure(feature.label, "median") if feature.typical == "median" else feature.label
    difference = context.formats.signed_difference(feature, one.difference, one.ratio)
    return {
        **coloured(step_of(one.effect, BOUNDS)), "text": difference,
        "tip": context.tip(
            gettext("{what}: {figure}", what=label, figure=context.written(feature, one.typical)),
            gettext("Difference from all customers: {difference} ({effect} standard deviations)",
                    difference=difference, effect=context.formats.signed(one.effect, 1)),
        ),
    }  # fmt: skip


def _size(values: list[dict[str, Any]], *, narrow: bool) -> float:
    """The size of the figures in pixels, so that the widest fits into the narrowest cell."""
    widest = max(text_width(value["text"], TEXT + 1) for value in values)
    room = min(value["px2"] - value["px"] for value in values) - 4
    size: float = min(TEXT + (0 if narrow else 1), (TEXT + 1) * room / widest)
    return round(max(8.0, size), 1)


KIND = one_chart(NAME, has_figures, caption, draw)
