"""The segment evaluation plot: how attractive each segment is, and how well the company can serve it.

After Dolnicar, Grün & Leisch (2018), Market Segmentation Analysis, ch. 10: attractiveness upwards, competitiveness to
the right, a bubble for the segment's size.
"""

from __future__ import annotations

import math
from typing import Any

from analysis.basics.letters import capital
from analysis.contract import Contract, Evaluation, Segment
from analysis.contract.evaluation_parts import PARTS
from analysis.language import gettext, gettext_noop
from report.captions.caption import Caption
from report.captions.words import Words, quoted, together
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.placement import HEIGHT, Box
from report.charts.rows import across_pixels, data, pixels_down, stacked
from report.style.lettering import LINE as PITCH
from report.style.lettering import lined, text_width, wrapped
from report.style.scales import Span
from report.style.theme import CARD, INK, INK_2, LINE, SMALL, TEXT

NAME, PAGE = "segment-evaluation", "segments"
QUARTERS = (
    gettext_noop("Build up"), gettext_noop("Focus here"), gettext_noop("Leave for now"),
    gettext_noop("Serve at low cost"),
)  # fmt: skip
"""Attractive or not, easy to serve well or not: upper left, upper right, lower left, lower right."""
MIDDLE, NEAR = 0.5, 0.1
"""Where the cross is, and how much of an axis is shown on either side of it at least."""
FREE = 0.16
"""Share of an axis left free beyond the outermost segments, so that their bubbles stay whole."""
TICKS = (0, 0.25, 0.5, 0.75, 1)
Record = dict[str, Any]
Judged = tuple[Segment, Evaluation]
Size = tuple[float, float]
"""Width and height of a name in pixels."""


def called_for(contract: Contract) -> bool:
    """Whether some segment was evaluated."""
    return any(segment.evaluation for segment in contract.segments)


def caption(words: Words) -> Caption:
    """Which segment is most attractive, which can be served best, and the parts of each figure."""
    number = words.formats.number
    judged = [(one, one.evaluation) for one in words.contract.segments if one.evaluation]
    known = [part for part in PARTS if any(part in evaluation.parts for _, evaluation in judged)]
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(judged),
        subtitle=gettext(
            "Vertical: attractiveness, what the segment is worth to us. Horizontal: competitiveness, how well we can "
            "serve it. Area: share of customers. The budget has its own weights."
        ),
        description=together(
            gettext("A bubble chart with four quadrants."),
            *(gettext(
                "{segment}: attractiveness {attractiveness}, competitiveness {competitiveness}, quadrant “{quadrant}”.",
                segment=segment.name, attractiveness=number(one.attractiveness, 2),
                competitiveness=number(one.competitiveness, 2), quadrant=quadrant(one),
            ) for segment, one in judged),
        ),
        columns=(
            gettext("Segment"), gettext("Share of customers"), gettext("Attractiveness"), gettext("Competitiveness"),
            *(capital(gettext(PARTS[one])) for one in known),
        ),
        rows=tuple(
            (segment.name, words.formats.percent(segment.share, 1), number(one.attractiveness, 2),
             number(one.competitiveness, 2),
             *(number(one.parts[part], 2) if part in one.parts else "–" for part in known))
            for segment, one in judged
        ),
    )  # fmt: skip


def quadrant(one: Evaluation) -> str:
    """The name of the quadrant that a segment lies in."""
    return gettext(QUARTERS[2 * (one.attractiveness < MIDDLE) + (one.competitiveness >= MIDDLE)])


def _takeaway(judged: list[tuple[Segment, Evaluation]]) -> str:
    wanted, own = max(judged, key=lambda pair: (pair[1].attractiveness, -pair[0].id))
    served, _ = max(judged, key=lambda pair: (pair[1].competitiveness, -pair[0].id))
    if len(judged) == 1:
        return gettext("{segment}: {quadrant}.", segment=quoted(wanted.name), quadrant=quadrant(own))
    if wanted.id == served.id:
        return gettext(
            "Most attractive segment, and the one that we can serve best: {segment}.", segment=quoted(wanted.name)
        )
    return gettext(
        "Most attractive segment: {attractive}. Segment that we can serve best: {served}.",
        attractive=quoted(wanted.name), served=quoted(served.name),
    )  # fmt: skip


def draw(context: ChartContext) -> alt.LayerChart:
    """Bubbles with their names, in four quadrants divided at half of the highest possible scores."""
    judged = [(segment, segment.evaluation) for segment in context.segments if segment.evaluation]
    frame = _Frame(context, judged)
    bubbles = [frame.bubble(segment, evaluation) for segment, evaluation in judged]
    return stacked(
        *frame.ground(), _bubbles(bubbles, frame), *_names(frame, bubbles), width=frame.width, height=frame.height
    )


class _Frame:
    """The plot's size in pixels, and where a segment falls in it."""

    def __init__(self, context: ChartContext, judged: list[Judged]) -> None:
        self.context = context
        self.width, self.height = (316.0, 350.0) if context.narrow else (636.0, 410.0)
        # Room for the axes' words: on the left, above, and below.
        self.side, self.head, self.foot = 30.0, 22.0, 40.0
        self.across = _shown([one.competitiveness for _, one in judged])
        self.up = _shown([one.attractiveness for _, one in judged])
        self.largest = max((segment.share for segment, _ in judged), default=1.0)
        self.biggest = 17.0 if context.narrow else 24.0

    def x(self, value: float) -> float:
        return round(self.side + self.across.place(value, self.width - self.side), 2)

    def y(self, value: float) -> float:
        bottom = self.height - self.foot
        return round(bottom - self.up.place(value, bottom - self.head), 2)

    def radius(self, share: float) -> float:
        return max(4.0, self.biggest * math.sqrt(share / self.largest))

    def bubble(self, segment: Segment, evaluation: Evaluation) -> Record:
        formats = self.context.formats
        radius = self.radius(segment.share)
        tip = self.context.tip(
            self.context.name(segment.id),
            gettext("Attractiveness: {figure}", figure=formats.number(evaluation.attractiveness, 2)),
            gettext("Competitiveness: {figure}", figure=formats.number(evaluation.competitiveness, 2)),
            gettext("Share of customers: {share}", share=formats.percent(segment.share, 1)),
        )
        return {
            "px": self.x(evaluation.competitiveness), "py": self.y(evaluation.attractiveness), "radius": radius,
            "size": round(3.1416 * radius**2, 1), "fill": self.context.colour(segment.id), "tip": tip, "s": segment.id,
        }  # fmt: skip

    def quadrants(self) -> list[Record]:
        """What to do with a segment in each quadrant, in its outer corner."""
        across, up = (self.side + 8, self.width - 8), (self.head + 11, self.height - self.foot - 11)
        return [
            {"px": across[place % 2], "py": up[place // 2], "text": text, "align": ("left", "right")[place % 2]}
            for place, text in enumerate(map(gettext, QUARTERS))
        ]

    def ground(self) -> list[alt.Chart]:
        """The frame, the cross in the middle, the words in the corners and on the axes."""
        top, bottom = self.head, self.height - self.foot
        cross = [
            {"px": self.x(MIDDLE), "px2": self.x(MIDDLE), "py": top, "py2": bottom},
            {"px": self.side, "px2": self.width, "py": self.y(MIDDLE), "py2": self.y(MIDDLE)},
        ]
        box = [{"px": self.side, "px2": self.width, "py": top, "py2": bottom}]
        axes = [
            {"px": 0.0, "py": 8.0, "text": gettext("↑ More attractive"), "align": "left"},
            {"px": self.width, "py": self.height - 7, "text": gettext("Easier to serve well →"), "align": "right"},
        ]
        where: Record = {
            "x": across_pixels("px", self.width), "x2": alt.X2("px2:Q"), "y": pixels_down(self.height),
            "y2": alt.Y2("py2:Q"),
        }  # fmt: skip
        return [
            alt.Chart(data(box)).mark_rect(fill="transparent", stroke=LINE, cornerRadius=4, aria=False).encode(**where),
            alt.Chart(data(cross)).mark_rule(color=LINE, strokeDash=[4, 4], aria=False).encode(**where),
            *self._texts(self.quadrants(), SMALL),
            *self._texts([*axes, *self._ticks()], TEXT),
        ]

    def _ticks(self) -> list[Record]:
        number, below = self.context.formats.number, self.height - self.foot + 13
        return [
            {"px": self.x(tick) + 13, "py": below, "text": number(tick, 2), "align": "right"}
            for tick in self.across.ticks
        ] + [
            {"px": self.side - 6, "py": self.y(tick), "text": number(tick, 2), "align": "right"}
            for tick in self.up.ticks
        ]

    def _texts(self, values: list[Record], size: float) -> list[alt.Chart]:
        layers = []
        for align in ("left", "right"):
            own = [value for value in values if value["align"] == align]
            mark = alt.Chart(data(own)).mark_text(
                align=align, baseline="middle", fontSize=size, color=INK_2, aria=False
            )  # fmt: skip
            layers.append(_lettered(mark, self))
        return layers


def _shown(values: list[float]) -> Span:
    """The part of an axis that is shown: all segments, and the cross in the middle."""
    low, high = min(MIDDLE - NEAR, *values), max(MIDDLE + NEAR, *values)
    free = (high - low) * FREE
    return Span(low - free, high + free, tuple(tick for tick in TICKS if low - free <= tick <= high + free))


def _lettered(mark: alt.Chart, frame: _Frame) -> alt.Chart:
    drawn: alt.Chart = mark.encode(
        x=across_pixels("px", frame.width), y=pixels_down(frame.height), text=alt.Text("text:N")
    )
    return drawn


def _bubbles(bubbles: list[Record], frame: _Frame) -> alt.Chart:
    # The largest lie lowest, so that none hides another.
    ordered = sorted(bubbles, key=lambda one: (-one["radius"], one["s"]))
    drawn: alt.Chart = alt.Chart(data(ordered)).mark_point(
        shape="circle", filled=True, opacity=0.85, stroke=CARD, strokeWidth=1.5
    ).encode(
        x=across_pixels("px", frame.width), y=pixels_down(frame.height), tooltip=alt.Tooltip("tip:N"),
        size=alt.Size("size:Q", scale=None, legend=None), fill=alt.Fill("fill:N", scale=None, legend=None),
    )  # fmt: skip
    return drawn


def _names(frame: _Frame, bubbles: list[Record]) -> list[alt.Chart]:
    """Names beside their bubbles: to the right where that is free, else on another side."""
    taken = [_round(one) for one in bubbles] + [_lettering(word) for word in frame.quadrants()]
    limit = frame.width * (0.5 if frame.context.narrow else 0.36)
    words = []
    for bubble in bubbles:
        lines = wrapped(frame.context.name(bubble["s"]), limit, TEXT, bold=True)
        own = _round(bubble)
        size = max(text_width(line, TEXT, bold=True) for line in lines), HEIGHT + (len(lines) - 1) * PITCH
        box = _free(size, bubble, [one for one in taken if one != own], frame)
        taken.append(box)
        middle = (box.top + box.bottom) / 2
        words += [{"px": (box.left + box.right) / 2, "py": py, "text": line} for py, line in lined(lines, middle)]
    base = alt.Chart(data(words))
    style: dict[str, Any] = {"fontWeight": 600, "fontSize": TEXT, "aria": False, "baseline": "middle"}
    return [
        _lettered(base.mark_text(**style, stroke=CARD, strokeWidth=4, color=CARD), frame),
        _lettered(base.mark_text(**style, color=INK), frame),
    ]


def _free(size: Size, bubble: Record, taken: list[Box], frame: _Frame) -> Box:
    """The first place round the bubble that hides nothing; where all do, the one that hides least."""
    area = Box(frame.side + 2, frame.head + 2, frame.width - 2, frame.height - frame.foot - 2)
    places = [_kept(box, area) for box in _round_about(size, bubble)]
    return min(places, key=lambda box: sum(box.overlaps(other) for other in [*taken, _round(bubble)]))


def _round_about(size: Size, bubble: Record) -> list[Box]:
    width, height = size
    x, y, off = bubble["px"], bubble["py"], bubble["radius"] + 5
    middles = [(x + off + width / 2, y), (x - off - width / 2, y)]
    for slide in (0.0, 0.3, -0.3):
        middles += [(x + slide * width, y + off + height / 2 - 2), (x + slide * width, y - off - height / 2 + 2)]
    return [Box(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2) for cx, cy in middles]


def _kept(box: Box, area: Box) -> Box:
    """The box moved inside the frame."""
    right = max(area.left - box.left, 0) + min(area.right - box.right, 0)
    down = max(area.top - box.top, 0) + min(area.bottom - box.bottom, 0)
    return Box(box.left + right, box.top + down, box.right + right, box.bottom + down)


def _round(bubble: Record) -> Box:
    x, y, radius = bubble["px"], bubble["py"], bubble["radius"]
    return Box(x - radius, y - radius, x + radius, y + radius)


def _lettering(word: Record) -> Box:
    """Where a word in a corner stands."""
    wide = text_width(word["text"], SMALL)
    left = word["px"] if word["align"] == "left" else word["px"] - wide
    return Box(left, word["py"] - HEIGHT / 2, left + wide, word["py"] + HEIGHT / 2)


KIND = one_chart(NAME, called_for, caption, draw)
