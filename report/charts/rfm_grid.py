"""The grid of RFM scores: recency to the right, frequency and monetary upwards, divided into ten named segments."""

from __future__ import annotations

from typing import Any, Literal

from analysis.contract import Contract, ScoredSegment, Scoring
from analysis.language import gettext
from report.captions.caption import Caption
from report.captions.words import Words, together, with_figure, withheld
from report.charts import grammar as alt
from report.charts.cells import boxes, coloured, step_of
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.rows import across_pixels, data, pixels_down, stacked
from report.style.lettering import shorten, text_width
from report.style.theme import CARD, INK_2, SMALL, TEXT

NAME, PAGE = "rfm-grid", "method"
BOUNDS = (1 / 3, 1 / 2, 4 / 5, 5 / 4, 2, 3)
"""Share of value over share of customers between the seven classes; the middle one is close to its share."""
SIDE, FOOT, GAP = 26.0, 40.0, 1.5
SMALLEST = 8.5
"""Size of a name in the narrowest field on a phone."""
Record = dict[str, Any]


def called_for(contract: Contract) -> bool:
    """Whether customers were scored by recency, frequency and monetary."""
    return contract.scoring is not None


def caption(words: Words) -> Caption:
    """The ten segments from quintile scores, and which of them brings the most value."""
    found = _scoring(words.contract)
    measures = (found.recency, found.frequency, found.monetary)
    valued = any(one.value_share is not None for one in found.segments)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, found),
        subtitle=together(
            gettext("To the right: bought more recently. Upwards: bought more often and for more money."),
            gettext("Colour: share of value compared with share of customers.") if valued
            else gettext("Each field shows its share of customers."),
        ),
        description=together(
            gettext(
                "A grid of five by five fields, by the score for recency and the combined score for frequency and "
                "monetary value, divided into ten named segments."
            ),
            *(_sentence(words, one) for one in found.segments),
        ),
        columns=(
            gettext("Segment by scores"), gettext("Customers"), gettext("Share of customers"),
            *([gettext("Share of value")] if valued else []),
            *(with_figure(words.feature(name).label, "mean") for name in measures),
        ),
        rows=tuple(_row(words, one, measures, valued=valued) for one in found.segments),
    )  # fmt: skip


def _scoring(contract: Contract) -> Scoring:
    """The scores that the chart shows."""
    if contract.scoring is None:
        raise KeyError(NAME)
    return contract.scoring


def _row(words: Words, one: ScoredSegment, measures: tuple[str, ...], *, valued: bool) -> tuple[str, ...]:
    formats = words.formats
    shares = (one.share, *([one.value_share] if valued else []))
    nothing = "–" if one.size == 0 else withheld()
    return (
        one.name,
        withheld() if one.size is None else formats.number(one.size),
        *(nothing if share is None else formats.percent(share, 1) for share in shares),
        *(words.of(name, one.means[name]) if name in one.means else nothing for name in measures),
    )


def _takeaway(words: Words, found: Scoring) -> str:
    told = [one for one in found.segments if one.share]
    if not told:
        return gettext("By RFM scores, every segment is too small to be shown.")
    percent = words.formats.percent
    best = max(told, key=lambda one: (one.value_share or 0, one.share or 0, one.name))
    if best.value_share is None:
        largest = max(told, key=lambda one: (one.share or 0, one.name))
        return gettext(
            "By RFM scores, the largest segment is {segment}, with {share} of customers.",
            segment=largest.name, share=percent(largest.share or 0),
        )  # fmt: skip
    return gettext(
        "By RFM scores, {segment} are {share} of customers and bring {value_share} of the value.",
        segment=best.name, share=percent(best.share or 0), value_share=percent(best.value_share),
    )  # fmt: skip


def _sentence(words: Words, one: ScoredSegment) -> str:
    if one.share is None:
        return gettext("{segment}: withheld, because there are too few customers.", segment=one.name)
    share = words.formats.percent(one.share, 1)
    if one.value_share is None:
        return gettext("{segment}: {share} of customers.", segment=one.name, share=share)
    return gettext(
        "{segment}: {share} of customers, {value_share} of value.",
        segment=one.name, share=share, value_share=words.formats.percent(one.value_share, 1),
    )  # fmt: skip


def draw(context: ChartContext) -> alt.LayerChart:
    """Fields with names and shares; the seven colours show which segments bring more than their share."""
    found = _scoring(context.contract)
    width, tall = (316.0, 330.0) if context.narrow else (620.0, 380.0)
    cell = ((width - SIDE) / 5, (tall - FOOT) / 5)
    fields = [_field(context, one, cell, tall - FOOT) for one in found.segments]
    words = [line for field in fields for line in _lines(context, field)]
    texts = [
        _texts([word for word in words if word["bold"] == bold], (width, tall), bold=bold) for bold in (True, False)
    ]
    base = alt.Chart(data(fields)).encode(tooltip=alt.Tooltip("tip:N"))
    return stacked(
        boxes(base, width, tall, stroke=CARD, strokeWidth=0),
        *texts,
        *_axes(cell, width, tall),
        width=width,
        height=tall,
    )


def class_of(one: ScoredSegment) -> int:
    """Class 0…6 of a segment's value compared with its size; the middle one where either is unknown."""
    if not one.share or one.value_share is None:
        return len(BOUNDS) // 2
    return step_of(one.value_share / one.share, BOUNDS)


def _field(context: ChartContext, one: ScoredSegment, cell: tuple[float, float], bottom: float) -> Record:
    """A segment's cells as one rectangle, which they always form."""
    recencies, values = [r for r, _ in one.cells], [v for _, v in one.cells]
    share = withheld() if one.share is None else context.formats.percent(one.share, 1)
    value = "" if one.value_share is None else context.formats.percent(one.value_share, 1)
    return {
        "px": SIDE + (min(recencies) - 1) * cell[0] + GAP, "px2": SIDE + max(recencies) * cell[0] - GAP,
        "py": bottom - max(values) * cell[1] + GAP, "py2": bottom - (min(values) - 1) * cell[1] - GAP,
        **coloured(class_of(one)), "name": one.name, "share": share,
        "tip": context.tip(
            one.name, gettext("Share of customers: {share}", share=share),
            gettext("Share of value: {share}", share=value) if value else "",
        ),
        "value": value and gettext("{share} of value", share=value),
    }  # fmt: skip


def _lines(context: ChartContext, field: Record) -> list[Record]:
    """Name, share of customers and, where there is room, share of value, centred in the field."""
    room, tall = field["px2"] - field["px"] - 4, field["py2"] - field["py"]
    name = _wrapped(field["name"], room)
    rest = [text for text in (field["share"], field["value"]) if text and text_width(text, SMALL) <= room]
    pitch = 14.0 if context.narrow else 16.0
    most = max(1, int(tall // pitch))
    widest = max(text_width(text, TEXT, bold=True) for text in name)
    own = round(min(TEXT, max(SMALLEST, TEXT * room / widest)), 1)
    texts = ([(text, True, own) for text in name] + [(text, False, SMALL) for text in rest])[:most]
    top = (field["py"] + field["py2"]) / 2 - pitch * (len(texts) - 1) / 2
    return [
        {"px": (field["px"] + field["px2"]) / 2, "py": top + pitch * place, "ink": field["ink"], "bold": bold,
         "text": shorten(text, room + 2, size, bold=bold), "size": size}
        for place, (text, bold, size) in enumerate(texts)
    ]  # fmt: skip


def _wrapped(name: str, room: float) -> list[str]:
    """The name's words on as few lines as fit."""
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, SMALL, bold=True) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _texts(words: list[Record], size: tuple[float, float], *, bold: bool) -> alt.Chart:
    mark = alt.Chart(data(words)).mark_text(baseline="middle", fontWeight=600 if bold else 400, aria=False)
    drawn: alt.Chart = mark.encode(
        x=across_pixels("px", size[0]), y=pixels_down(size[1]), text=alt.Text("text:N"),
        color=alt.Color("ink:N", scale=None, legend=None), size=alt.Size("size:Q", scale=None, legend=None),
    )  # fmt: skip
    return drawn


def _axes(cell: tuple[float, float], width: float, tall: float) -> list[alt.Chart]:
    """The scores below and on the left, and the meaning of high ones."""
    bottom = tall - FOOT
    scores = [{"px": SIDE + (score - 0.5) * cell[0], "py": bottom + 12, "text": str(score)} for score in range(1, 6)]
    scores += [{"px": 10.0, "py": bottom - (score - 0.5) * cell[1], "text": str(score)} for score in range(1, 6)]
    ends = [{"px": width, "py": tall - 8, "text": gettext("Bought more recently →")}]
    start = [{"px": 0.0, "py": tall - 8, "text": gettext("↑ More often, for more money")}]
    layers: tuple[tuple[list[Record], Literal["left", "center", "right"]], ...]
    layers = ((scores, "center"), (ends, "right"), (start, "left"))
    return [
        alt.Chart(data(values))
        .mark_text(baseline="middle", align=align, fontSize=TEXT, color=INK_2, aria=False)
        .encode(x=across_pixels("px", width), y=pixels_down(tall), text=alt.Text("text:N"))
        for values, align in layers
    ]


KIND = one_chart(NAME, called_for, caption, draw)
