"""How customers moved from the segments of the last build to those of this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.contract import Contract, MovedCustomers
from analysis.language import gettext, ngettext
from report.captions.caption import Caption
from report.captions.editions import known_segments
from report.captions.flows import FlowEnd, arrival, flow_end, flow_ends, origin, published_flows
from report.captions.words import Words, quoted, together, withheld
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.kind import one_chart
from report.charts.moves_layout import PlacedEnd, PlacedFlow, place
from report.charts.rows import across_pixels, data, pixels_down, stacked
from report.style.lettering import LINE, lined, shorten, wrapped
from report.style.scales import rounded
from report.style.theme import INK, INK_2, SMALL, TEXT, segment_colour

NAME, PAGE = "moves", "changes"
HEAD = 26.0
LINES = 4
"""On which a name stands at most: cut, two segments of like names would look the same."""
GAP = 4.0
"""Pixels that names have between them."""
BLOCK = 12.0
BESIDE = 8.0


def called_for(contract: Contract) -> bool:
    """Whether some flow between the two builds is published with its number."""
    return any(one.customers for one in published_flows(contract))


def caption(words: Words) -> Caption:
    """The largest move from one segment to another, and the number of every flow."""
    contract = words.contract
    flows = sorted(published_flows(contract), key=lambda one: (one.customers is None, -(one.customers or 0)))
    withholds = any(one.customers is None for one in flows)
    sources, targets = flow_ends(contract)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, flows),
        subtitle=together(
            gettext(
                "Left: segments of build {before}. Right: segments of this build. The width of a band is the number of "
                "customers. Pale bands: customers who are in the same segment as before.",
                before=contract.changes.since if contract.changes else "",
            ),
            gettext("Dashed boxes: customers whose move is withheld.") if withholds else "",
        ),
        description=together(
            gettext("A flow chart with {left} groups of customers on the left and {right} on the right.",
                    left=len(sources), right=len(targets)),
            ngettext("{count} flow is withheld.", "{count} flows are withheld.",
                     hidden, count=hidden) if (hidden := sum(one.customers is None for one in flows)) else "",
        ),
        columns=(gettext("Before"), gettext("Now"), gettext("Customers")),
        rows=tuple((origin(contract, one.source), arrival(contract, one.target), _number(words, one)) for one in flows),
    )  # fmt: skip


def _number(words: Words, one: MovedCustomers) -> str:
    return withheld() if one.customers is None else words.formats.number(one.customers)


def _takeaway(words: Words, flows: list[MovedCustomers]) -> str:
    contract = words.contract
    moved = [one for one in flows if one.source and one.target and one.source != one.target]
    told = [one for one in moved if one.customers]
    if not moved:
        return gettext("All customers who are in both tables are in the same segment as before.")
    if not told:
        return gettext("Some customers are in another segment than before; how many is withheld.")
    slots = {
        "source": quoted(origin(contract, told[0].source)), "target": quoted(arrival(contract, told[0].target)),
        "count": _number(words, told[0]),
    }  # fmt: skip
    if len(told) < len(moved):  # of those that are withheld some may be larger
        return ngettext(
            "Of the published flows to another segment, the largest is from {source} to {target}: {count} customer.",
            "Of the published flows to another segment, the largest is from {source} to {target}: {count} customers.",
            told[0].customers or 0, **slots,
        )  # fmt: skip
    return ngettext(
        "The largest flow to another segment is from {source} to {target}: {count} customer.",
        "The largest flow to another segment is from {source} to {target}: {count} customers.",
        told[0].customers or 0, **slots,
    )  # fmt: skip


def draw(context: ChartContext) -> alt.LayerChart:
    """Blocks of both builds with a band for every flow that is told; dashed: customers whose flows are withheld."""
    contract, width = context.contract, float(context.width())
    sources, targets = flow_ends(contract)
    beside = 100.0 if context.narrow else 176.0
    left, right = (
        [flow_end(contract, one, before=before) for one in own] for own, before in ((sources, True), (targets, False))
    )
    made = place(left, right, published_flows(contract), least=_room(context, left, right, beside))
    edges = beside + BLOCK, width - beside - BLOCK
    colours = {one.id: segment_colour(one.colour) for one in known_segments(contract).values()}
    y, x = pixels_down(made.height + HEAD), across_pixels("px", width)
    placed = {"x": x, "x2": alt.X2("right:Q"), "y": y, "y2": alt.Y2("low:Q"), "tooltip": alt.Tooltip("tip:N")}
    colour = alt.Color("colour:N", scale=None, legend=None)
    layers = []
    bands = [row for index, one in enumerate(made.flows) for row in _band(context, one, index, edges, colours)]
    if bands:
        layers.append(
            alt.Chart(data(bands))
            .mark_area(interpolate="monotone")
            .encode(x=x, y=y, y2=alt.Y2("low:Q"), detail=alt.Detail("r:N"), color=colour,
                    opacity=alt.Opacity("pale:Q", scale=None, legend=None), tooltip=alt.Tooltip("tip:N"))
        )  # fmt: skip
    ends = [(one, edges[0] - BLOCK, True) for one in made.left] + [(one, edges[1], False) for one in made.right]
    blocks = [_block(context, one, left, colours, before=before) for one, left, before in ends if one.told]
    rests = [_rest(context, one, left, before=before) for one, left, before in ends if one.rest]
    layers.append(alt.Chart(data(blocks)).mark_rect(opacity=1).encode(**placed, color=colour))
    if rests:
        layers.append(alt.Chart(data(rests)).mark_rect(filled=False, stroke=INK_2, strokeDash=[3, 2]).encode(**placed))
    layers += _names(context, ends, beside, width, y)
    return stacked(*layers, width=width, height=made.height + HEAD)


def _room(context: ChartContext, left: Sequence[FlowEnd], right: Sequence[FlowEnd], beside: float) -> float:
    """Pixels that a name takes with its customers below: two lines, or as many as the longest one needs."""
    names = [
        _lines(context, one, beside, before=before) for side, before in ((left, True), (right, False)) for one in side
    ]
    return (max(2, *map(len, names)) + 1) * LINE + GAP


def _lines(context: ChartContext, end: FlowEnd, beside: float, *, before: bool) -> list[str]:
    return wrapped(_named(context, end, before=before), beside - BESIDE, TEXT, most=LINES)


def _band(
    context: ChartContext, one: PlacedFlow, index: int, edges: tuple[float, float], colours: dict[int, str]
) -> list[dict[str, Any]]:
    contract, flow = context.contract, one.flow
    (start, end), ease = edges, (edges[1] - edges[0]) * 0.3
    number = flow.source or flow.target
    tip = context.tip(
        f"{origin(contract, flow.source)} → {arrival(contract, flow.target)}",
        gettext("Customers: {count}", count=context.formats.number(flow.customers or 0)),
    )
    return [
        {"px": rounded(x), "py": rounded(HEAD + top), "low": rounded(HEAD + top + one.thick), "r": index,
         "colour": INK_2 if number is None or None in {flow.source, flow.target} else colours[number],
         "pale": 0.22 if flow.source == flow.target else 0.55, "tip": tip}
        for x, top in ((start, one.leaves), (start + ease, one.leaves), (end - ease, one.arrives), (end, one.arrives))
    ]  # fmt: skip


def _block(
    context: ChartContext, one: PlacedEnd, left: float, colours: dict[int, str], *, before: bool
) -> dict[str, Any]:
    colour = INK_2 if one.end.id is None else colours[one.end.id]
    return _box(left, one.top, one.told) | {"colour": colour, "tip": _tip(context, one.end, before=before)}


def _rest(context: ChartContext, one: PlacedEnd, left: float, *, before: bool) -> dict[str, Any]:
    tip = context.tip(_named(context, one.end, before=before), gettext("The rest is withheld"))
    return _box(left, one.top + one.told, one.rest) | {"tip": tip}


def _box(left: float, top: float, height: float) -> dict[str, Any]:
    return {"px": rounded(left), "right": rounded(left + BLOCK), "py": rounded(HEAD + top),
            "low": rounded(HEAD + top + height)}  # fmt: skip


def _tip(context: ChartContext, end: FlowEnd, *, before: bool) -> str:
    return context.tip(_named(context, end, before=before), gettext("Customers: {count}", count=_counted(context, end)))


def _named(context: ChartContext, end: FlowEnd, *, before: bool) -> str:
    return origin(context.contract, end.id) if before else arrival(context.contract, end.id)


def _counted(context: ChartContext, end: FlowEnd) -> str:
    """The customers of an end; where only some of its flows are told, those, and that others are withheld."""
    if end.size is not None:
        return context.formats.number(end.size)
    if not end.withholds:
        return context.formats.number(end.told)
    if not end.told:
        return withheld()
    return gettext("{count}, others withheld", count=context.formats.number(end.told))


def _names(
    context: ChartContext, ends: list[tuple[PlacedEnd, float, bool]], beside: float, width: float, y: alt.Y
) -> list[alt.Chart]:
    """On each side the name of the build, and beside each block its name with its customers below."""
    edition, changes = context.contract.edition, context.contract.changes
    number = {True: changes.since if changes else "", False: edition.number if edition else ""}
    layers = []
    for before in (True, False):
        own = [one for one, _, side in ends if side is before]
        limit = beside - BESIDE
        rows = [{"py": 8.0, "text": gettext("Build {number}", number=number[before]), "size": TEXT, "colour": INK_2}]
        for one in own:
            middle = HEAD + one.middle
            words = [(line, TEXT, INK) for line in _lines(context, one.end, beside, before=before)]
            words.append((shorten(_counted(context, one.end), limit, SMALL), SMALL, INK_2))
            rows += [
                {"py": rounded(height), "text": text, "size": size, "colour": colour}
                for (height, _), (text, size, colour) in zip(
                    lined([text for text, *_ in words], middle), words, strict=True
                )
            ]
        at = beside - BESIDE if before else width - beside + BESIDE
        mark = alt.Chart(data(rows)).mark_text(align="right" if before else "left", baseline="middle", aria=False)
        layers.append(
            mark.encode(x=alt.XValue(at), y=y, text=alt.Text("text:N"),
                        size=alt.Size("size:Q", scale=None, legend=None),
                        color=alt.Color("colour:N", scale=None, legend=None))
        )  # fmt: skip
    return layers


KIND = one_chart(NAME, called_for, caption, draw)
