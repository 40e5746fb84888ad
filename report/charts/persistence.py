"""Which segments persist with more segments: one column for each solution, ribbons for customers who move between.

After the solution-level stability plots of Dolnicar & Leisch (2017), Marketing Letters 28:423.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from analysis.contract import Candidate, CandidateSegment, Contract
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from report.captions.caption import Caption
from report.captions.words import Words, quoted, together, withheld
from report.charts import grammar as alt
from report.charts.context import ChartContext
from report.charts.flow import GAP, Block, FlowLayout, Ribbon, layout
from report.charts.kind import one_chart
from report.charts.rows import data, pixels_down, stacked
from report.style.lettering import lined, text_width, wrapped
from report.style.scales import rounded
from report.style.theme import ACCENT, INK, INK_2, TEXT

NAME, PAGE = "persistence", "method"
WHOLE = 0.85
"""Persistence from which a segment counts as staying together (1: all its customers come from one segment)."""
TOLD = 0.5
"""The chart is drawn if at least this share of the moves from one number of segments to the next is published."""
BLOCK = 12.0
"""Width of a block in pixels."""
BEFORE = 6.0
"""Pixels between a block and its name."""
HEAD = 22.0
"""Pixels above the columns for their numbers."""
BEYOND = 2
"""How many solutions with more segments than the one used are drawn where there is room."""
TURN = 40.0
"""Pixels after the names in which ribbons turn: otherwise their edges would cross a name."""
FAINT = 0.02
"""Ribbons with a smaller share of the customers are not drawn."""
LINE = 15.0
"""Least distance of two names."""


def called_for(contract: Contract) -> bool:
    """Whether enough of the moves between numbers is published; in public mode small flows are withheld."""
    selection = contract.selection
    steps = sum(bool(one.segments) for one in selection.candidates) - 1
    taken = any(one.k == selection.k and one.segments for one in selection.candidates)
    return taken and steps > 0 and sum(flow.share or 0 for flow in selection.flows) >= TOLD * steps


def caption(words: Words) -> Caption:
    """Which of the segments used stay together between this number and the previous one."""
    selection = words.contract.selection
    tried = sorted((one for one in selection.candidates if one.segments), key=lambda one: one.k)
    return Caption(
        name=NAME,
        page=PAGE,
        takeaway=_takeaway(words, tried),
        subtitle=together(
            gettext(
                "One column for each number of segments, one block for each segment, and ribbons for the customers who "
                "move from one to the next."
            ),
            ngettext("The colour is that of the {count} segment used.",
                     "The colours are those of the {count} segments used.", selection.k, count=selection.k),
            _untold(tried),
        ),
        description=" ".join(_splits(words, tried)),
        columns=(
            gettext("Segments"), gettext("Segment"), gettext("Share of customers"), _stays(words),
            gettext("Mostly from"),
        ),
        rows=tuple(_row(words, before, one, each) for before, one in zip([None, *tried], tried, strict=False)
                   for each in one.segments),
    )  # fmt: skip


def _stays(words: Words) -> str:
    """The head of the persistence column, with its precision where figures are rounded."""
    if words.contract.privacy.mode != "public":
        return gettext("Stays together")
    return gettext("Stays together (to the nearest {step})", step=words.formats.number(0.1, 1))


def _untold(tried: list[Candidate]) -> str:
    if all(each.share is not None for one in tried for each in one.segments):
        return ""
    return gettext("Dashed: the segments whose shares are withheld, combined.")


def _takeaway(words: Words, tried: list[Candidate]) -> str:
    selection = words.contract.selection
    before = next((former.k for former, one in pairwise(tried) if one.k == selection.k), None)
    taken = next(one for one in tried if one.k == selection.k)
    if before is None:
        return ngettext(
            "How the {count} segment changes when there are more.",
            "How the {count} segments change when there are more.",
            selection.k, count=selection.k,
        )  # fmt: skip
    rated = [one for one in taken.segments if one.persistence is not None]
    mixed = [one for one in rated if (one.persistence or 0) < WHOLE]
    if len(rated) < len(taken.segments):
        return _partly(words, taken, before)
    step = {"before": before, "after": taken.k}
    if not mixed:
        return gettext(
            "In each of the {after} segments, all or nearly all customers come from one of the {before} previous "
            "segments.", **step,
        )  # fmt: skip
    if len(mixed) == len(rated):
        return gettext(
            "Each of the {after} segments is put together from several of the {before} previous ones.", **step
        )
    names = listed([quoted(_name(words, taken, one.id)) for one in mixed])
    return together(
        gettext(
            "In {whole} of {after} segments, all or nearly all customers come from one of the {before} previous "
            "segments.", **step, whole=len(rated) - len(mixed),
        ),
        gettext("Put together from several: {names}.", names=names),
    )  # fmt: skip


def _partly(words: Words, taken: Candidate, before: int) -> str:
    """The takeaway where the persistence of some segments is withheld."""
    whole = [one for one in taken.segments if one.persistence is not None and one.persistence >= WHOLE]
    if not whole:
        return gettext(
            "From {before} to {after} segments, the origin of customers is published only in part.",
            before=before, after=taken.k,
        )  # fmt: skip
    return gettext(
        "All or nearly all customers come from one of the {before} previous segments in: {names}. For the others this "
        "is withheld or not the case.",
        before=before, names=listed([quoted(_name(words, taken, one.id)) for one in whole]),
    )  # fmt: skip


def _splits(words: Words, tried: list[Candidate]) -> Iterator[str]:
    yield gettext("Columns of blocks for {first} to {last} segments, connected by ribbons.", first=tried[0].k,
                  last=tried[-1].k)  # fmt: skip
    for one in tried:
        mixed = [each for each in one.segments if each.persistence is not None and each.persistence < WHOLE]
        if mixed:
            named = listed([quoted(_name(words, one, each.id)) for each in mixed])
            yield ngettext(
                "With {count} segment, put together from several: {names}.",
                "With {count} segments, put together from several: {names}.", one.k, count=one.k, names=named,
            )  # fmt: skip


def _row(words: Words, before: Candidate | None, one: Candidate, each: CandidateSegment) -> tuple[str, ...]:
    formats = words.formats
    return (
        formats.number(one.k),
        _name(words, one, each.id),
        words.nothing if each.share is None else formats.percent(each.share, 1),
        _persistence(words, before, each),
        "–" if before is None else _source(words, before, each),
    )


def _persistence(words: Words, before: Candidate | None, each: CandidateSegment) -> str:
    """With one decimal in public mode, where some are rounded to the nearest tenth."""
    if each.persistence is None:
        return "–" if before is None else words.nothing
    return words.formats.number(each.persistence, 1 if words.contract.privacy.mode == "public" else 2)


def _source(words: Words, before: Candidate, target: CandidateSegment) -> str:
    """Where most of its customers come from; withheld where a withheld flow may be larger."""
    flows = [flow for flow in words.contract.selection.flows if flow.k == before.k and flow.target == target.id]
    known = [(flow.share, -flow.source) for flow in flows if flow.share is not None]
    share, source = max(known, default=(0.0, 0))
    rest = (target.share or 1.0) - sum(part for part, _ in known)
    return words.nothing if not known or rest > share else _name(words, before, -source)


def _name(words: Words, one: Candidate, number: int) -> str:
    """A segment's name in the solution used, `segment 3` in any other."""
    own = one.k == words.contract.selection.k and any(segment.id == number for segment in words.contract.segments)
    return words.segment(number).name if own else gettext("segment {number}", number=number)


def draw(context: ChartContext) -> alt.LayerChart:
    """Columns from the coarsest solution to ones with somewhat more segments than the one used, which has names."""
    selection = context.contract.selection
    tried = solutions(context)
    height = 300.0
    made = layout(tried, selection.flows, selection.k, height)
    limit = 116.0 if context.narrow else 150.0
    names = {one.id: context.name(one.id) for one in context.segments}
    written = min(limit, max(text_width(name, TEXT) for name in names.values()) + 4) + BEFORE
    last = tried[-1].k == selection.k
    at = _columns([one.k for one in tried], selection.k, context.width(), BLOCK + written + (0 if last else TURN))
    y = pixels_down(height + HEAD)
    ribbons = [row for index, one in enumerate(made.ribbons) if one.share >= FAINT
               for row in _ribbon(context, one, index, at, written)]  # fmt: skip
    area = alt.Chart(data(ribbons)).mark_area(interpolate="monotone", opacity=0.38).encode(
        x=_x("px", context), y=y, y2=alt.Y2("low:Q"), detail=alt.Detail("r:N"),
        color=alt.Color("colour:N", scale=None, legend=None), tooltip=alt.Tooltip("tip:N"))  # fmt: skip
    place = {"x": _x("px", context), "x2": alt.X2("right:Q"), "y": y, "y2": alt.Y2("low:Q"),
             "tooltip": alt.Tooltip("tip:N")}  # fmt: skip
    blocks = [_block(context, one, at) for one in made.blocks.values() if one.id != GAP]
    bars = (
        alt.Chart(data(blocks))
        .mark_rect(opacity=1)
        .encode(**place, color=alt.Color("colour:N", scale=None, legend=None))
    )
    gaps = [_block(context, one, at) for one in made.blocks.values() if one.id == GAP]
    layers = [area] if ribbons else []
    if gaps:
        layers.append(alt.Chart(data(gaps)).mark_rect(filled=False, stroke=INK_2, strokeDash=[3, 2]).encode(**place))
    return stacked(
        *layers, bars, _heads(context, tried, at, y), _names(context, made, at, written, y), width=context.width(),
        height=height + HEAD,
    )  # fmt: skip


def solutions(context: ChartContext) -> list[Candidate]:
    """The solutions drawn: up to two with more segments than the one used; on a phone the nearest five or fewer."""
    selection = context.contract.selection
    tried = sorted((one for one in selection.candidates if one.segments), key=lambda one: one.k)
    place = next(index for index, one in enumerate(tried) if one.k == selection.k)
    if not context.narrow:
        return tried[max(0, place - 6) : place + BEYOND + 1]
    return tried[max(0, place - 4) : place + (1 if place > 1 else BEYOND)]


def _columns(ks: list[int], taken: int, width: float, room: float) -> dict[int, float]:
    """Left edge of each column; after the one used there is room for names."""
    steps = len(ks) - 1
    last = ks[-1] == taken
    free = width - BLOCK - room
    step = free / steps if last and steps else (free / max(1, steps - 1) if steps > 1 else free)
    at: dict[int, float] = {}
    x = 0.0
    for k in ks:
        at[k] = x
        x += room if k == taken and steps > 1 else step
    return at


def _x(field: str, context: ChartContext) -> alt.X:
    scale = alt.Scale(domain=[0, context.width()], range=[0, context.width()], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def _colour(context: ChartContext, follows: int | None) -> str:
    known = {one.id for one in context.segments}
    return context.colour(follows) if follows in known and follows is not None else INK_2


def _called(context: ChartContext, block: Block) -> str:
    if block.id == GAP:
        return withheld()
    own = block.k == context.contract.selection.k and any(one.id == block.id for one in context.segments)
    if own:
        return context.name(block.id)
    return gettext("segment {number} of {count}", number=block.id, count=block.k)


def _ribbon(
    context: ChartContext, one: Ribbon, index: int, at: dict[int, float], written: float
) -> list[dict[str, Any]]:
    start, end = at[one.source.k] + BLOCK, at[one.target.k]
    behind = start + (written if one.source.k == context.contract.selection.k else 0.0)
    ease = (end - behind) * 0.28
    tip = context.tip(
        f"{_called(context, one.source)} → {_called(context, one.target)}",
        gettext("{share} of all customers", share=context.formats.percent(one.share, 1)),
    )
    top, colour = HEAD, _colour(context, one.follows)
    return [
        {"px": rounded(x), "py": rounded(top + y), "low": rounded(top + y + one.thick), "r": index, "colour": colour,
         "tip": tip}
        for x, y in ((start, one.leaves), (behind + ease, one.leaves), (end - ease, one.arrives), (end, one.arrives))
    ]  # fmt: skip


def _block(context: ChartContext, one: Block, at: dict[int, float]) -> dict[str, Any]:
    tip = context.tip(
        ngettext("{count} segment", "{count} segments", one.k, count=one.k),
        _called(context, one),
        gettext("Together {share} of all customers", share=context.formats.percent(one.share, 1))
        if one.id == GAP else "",
    )  # fmt: skip
    return {
        "px": rounded(at[one.k]), "right": rounded(at[one.k] + BLOCK), "py": rounded(HEAD + one.top),
        "low": rounded(HEAD + one.top + one.height), "colour": _colour(context, one.follows), "tip": tip,
    }  # fmt: skip


def _heads(context: ChartContext, tried: list[Candidate], at: dict[int, float], y: alt.Y) -> alt.Chart:
    taken = context.contract.selection.k
    rows = [
        {
            "px": rounded(at[one.k] + BLOCK / 2),
            "py": 6,
            "text": str(one.k),
            "colour": ACCENT if one.k == taken else INK_2,
        }
        for one in tried
    ]
    mark = alt.Chart(data(rows)).mark_text(align="center", baseline="middle", fontWeight=600, aria=False)
    drawn: alt.Chart = mark.encode(
        x=_x("px", context), y=y, text=alt.Text("text:N"), color=alt.Color("colour:N", scale=None, legend=None)
    )
    return drawn


def _names(context: ChartContext, made: FlowLayout, at: dict[int, float], written: float, y: alt.Y) -> alt.Chart:
    """Names to the right of their blocks, pushed down where two would touch."""
    taken = context.contract.selection.k
    own = sorted((one for one in made.blocks.values() if one.k == taken), key=lambda one: one.top)
    rows: list[dict[str, Any]] = []
    last = -LINE
    for one in own:
        lines = wrapped(_called(context, one), written - BEFORE, TEXT)
        beyond = (len(lines) - 1) / 2 * LINE
        middle = max(HEAD + one.top + one.height / 2, last + LINE + beyond)
        rows += [{"py": rounded(height), "text": line} for height, line in lined(lines, middle)]
        last = middle + beyond
    mark = alt.Chart(data(rows)).mark_text(align="left", baseline="middle", color=INK, aria=False)
    drawn: alt.Chart = mark.encode(x=alt.XValue(at[taken] + BLOCK + BEFORE), y=y, text=alt.Text("text:N"))
    return drawn


KIND = one_chart(NAME, called_for, caption, draw)
