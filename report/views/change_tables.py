"""The tables of the page of changes: segments before and now, customers who moved, columns that drifted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.contract import ColumnDrift, Contract, SegmentChange
from analysis.contract.changes import Drift, KnownBy
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import listed
from analysis.wording.number_format import NumberFormat
from report.captions.digits import decimals_to_nought
from report.captions.editions import KnownSegment, called, known_segments
from report.captions.evidence import Unlike, known_by, moved_known, why_unmatched
from report.captions.flows import arrival, flow_ends, origin
from report.captions.share_changes import ShareChange, Size, share_changes
from report.captions.strength import span_of
from report.captions.words import quoted, withheld
from report.views.story import Story

SIZES: Mapping[Size, str] = {
    "grown": gettext_noop("grown"),
    "shrunk": gettext_noop("shrunk"),
    "within chance": gettext_noop("within chance"),
    "not known": gettext_noop("not known"),
    "new": gettext_noop("new"),
    "returned": gettext_noop("back"),
    "gone": gettext_noop("gone"),
}
DRIFTS: Mapping[Drift, str] = {
    "stable": gettext_noop("stable"),
    "moderate": gettext_noop("moderate"),
    "strong": gettext_noop("strong"),
    "unknown": gettext_noop("not known"),
}
MEANINGS: Mapping[Drift, str] = {
    "strong": gettext_noop(
        "Strong: customers’ values have moved a lot. Check whether the customers changed, or how data are collected."
    ),
    "moderate": gettext_noop("Moderate: customers’ values have moved. Compare means of this column with care."),
    "stable": gettext_noop(
        "Stable: customers’ values are distributed much as before, or chance alone explains the difference."
    ),
    "unknown": gettext_noop("Not known: the earlier build published no distribution of the column."),
}

NO_MOVES: Mapping[Unlike, str] = {
    "few": gettext_noop(
        "How customers moved between segments is not known: by their identifiers, too few customers of the last build "
        "are in this table, or none. Check whether identifiers are written in another way than before."
    ),
    "unrelated": gettext_noop(
        "How customers moved between segments is not known: many identifiers are in both tables, but their segments of "
        "then and now have hardly anything to do with each other. Check whether identifiers were given to other "
        "customers."
    ),
    "either": gettext_noop(
        "How customers moved between segments is not known: too few identifiers are in both tables, or they are hardly "
        "of the same customers. Check whether identifiers are written in another way than before, or were given to "
        "other customers."
    ),
    None: gettext_noop(
        "How customers moved between segments is not known: the last build’s assignments were not at hand, or the "
        "table has no column of identifiers."
    ),
}


@dataclass(frozen=True)
class SegmentRow:
    """A segment in both builds."""

    name: str
    slug: str
    colour: int
    note: str
    before: str
    now: str
    difference: str
    """In percentage points with its interval; empty where it is not known."""
    size: Size
    verdict: str


@dataclass(frozen=True)
class FlowRow:
    """The customers of a segment of the last build, by their segment in this one."""

    name: str
    cells: Sequence[str]


@dataclass(frozen=True)
class FlowTable:
    """Customers by their segment in both builds."""

    columns: Sequence[str]
    rows: Sequence[FlowRow]
    withheld: int | None
    """The fewest customers who are told, where some cells are withheld."""


@dataclass(frozen=True)
class DriftRow:
    """How far a column's values have moved."""

    label: str
    index: str
    drift: Drift
    band: str
    since_oldest: str
    """Degree and index since the oldest build; empty where columns are compared with the last build alone."""


def segment_rows(story: Story) -> list[SegmentRow]:
    """A row for each segment of this build in its order, then for those that are gone since the last."""
    contract = story.contract
    changes = {one.id: one for one in contract.changes.segments} if contract.changes else {}
    known = known_segments(contract)
    return [_row(story, known, one, changes.get(one.id)) for one in share_changes(contract) if one.id in known]


def _row(story: Story, known: dict[int, KnownSegment], one: ShareChange, change: SegmentChange | None) -> SegmentRow:
    segment = known[one.id]
    return SegmentRow(
        name=segment.name,
        slug=segment.slug,
        colour=segment.colour,
        note=segment_note(story.contract, story.formats, change) if change else "",
        before=_share(story, one.before, there=one.size not in {"new", "returned"}),
        now=_share(story, one.now, there=one.size != "gone"),
        difference=_difference(story, one),
        size=one.size,
        verdict=gettext(SIZES[one.size]),
    )


def _difference(story: Story, one: ShareChange) -> str:
    """A difference of shares in percentage points: `+2.4 points (−0.3 to +5.1)`.

    An end that is not zero is not written as zero: whether the interval contains it decides the word beside.
    """
    if one.difference is None:
        return ""
    decimals = decimals_to_nought(story.formats, [100 * end for end in one.interval or ()], fewest=1)

    def figure(share: float) -> str:
        return story.formats.signed(share * 100, decimals)

    if one.interval is None:
        return gettext("{figure} points", figure=figure(one.difference))
    return gettext(
        "{figure} points ({range})", figure=figure(one.difference), range=span_of(*map(figure, one.interval))
    )


def _share(story: Story, share: float | None, *, there: bool) -> str:
    if share is None:
        return withheld() if there and story.contract.privacy.mode == "public" else "–"
    return story.share(share)


def segment_note(contract: Contract, formats: NumberFormat, change: SegmentChange) -> str:
    """What a segment was called, how it ended, or whose customers it has; empty where there is nothing to tell."""
    known = known_segments(contract)

    def name(number: int) -> str:
        return quoted(called(known, number))

    if change.became == "gone":
        return _ended(change, name, known_by(contract, change.id))
    told = []
    if change.renamed_from:
        told.append(gettext("called {name} before", name=quoted(change.renamed_from)))
    if change.became in {"new", "returned"} and change.came_from:
        told.append(_origins(contract, formats, change, name))
    return "; ".join(told)


def _ended(change: SegmentChange, name: Callable[[int], str], evidence: KnownBy | None) -> str:
    """How a segment ended, in a few words below its name; empty where that is not known."""
    into = [name(one.id) for one in change.went_to]
    if evidence is None:
        return ""
    if evidence == "position":
        return _ended_by_position(change, into)
    if change.ended == "split" and len(into) > 1:
        return gettext("split into {parts}", parts=listed(into))
    if change.ended == "merged" and into:
        return gettext("merged into {other}", other=into[0])
    return gettext("dissolved into other segments") if change.ended == "dissolved" else ""


def _ended_by_position(change: SegmentChange, into: Sequence[str]) -> str:
    """Of a segment of which nobody knows who its customers were, and so where they are."""
    if change.ended == "split" and len(into) > 1:
        return gettext("split by position: {parts} lie where it lay", parts=listed(into))
    if change.ended == "merged" and into:
        return gettext("merged by position: {other} takes up most of its place", other=into[0])
    if change.ended == "dissolved":
        return gettext("its place is divided among several segments")
    return gettext("no segment lies where it lay") if change.ended == "vanished" else ""


def _origins(contract: Contract, formats: NumberFormat, change: SegmentChange, name: Callable[[int], str]) -> str:
    """Whose customers a new segment has, or where it lies if that is all that is known."""
    if not moved_known(contract):
        names = listed([name(one.id) for one in change.came_from])
        return ngettext("lies where {segments} lay", "lies where {segments} lay", len(change.came_from), segments=names)
    parts = [_origin(formats, name(one.id), one.share) for one in change.came_from]
    return gettext("with {parts}", parts=listed(parts))


def _origin(formats: NumberFormat, name: str, share: float | None) -> str:
    if share is None:
        return gettext("customers of {segment}", segment=name)
    return gettext("{share} of the remaining customers of {segment}", share=formats.percent(share), segment=name)


def flow_table(story: Story) -> FlowTable | None:
    """Old segments by new ones, in the order of each build; None where no flow is published."""
    contract = story.contract
    flows = {(one.source, one.target): one.customers for one in contract.changes.flows} if contract.changes else {}
    if not flows:
        return None
    sources, targets = flow_ends(contract)
    return FlowTable(
        [arrival(contract, one) for one in targets],
        [FlowRow(origin(contract, one), [_cell(story, flows, one, other) for other in targets]) for one in sources],
        contract.privacy.min_cell if None in flows.values() else None,
    )


def _cell(
    story: Story, flows: Mapping[tuple[int | None, int | None], int | None], source: int | None, target: int | None
) -> str:
    if source is target is None:
        return ""  # nobody is known who is in neither table
    if (source, target) not in flows:
        return "–"
    customers = flows[source, target]
    return withheld() if customers is None else story.formats.number(customers)


def why_no_flows(contract: Contract) -> str:
    """Why it is not told who moved where; empty where it is, and in a first build."""
    changes = contract.changes
    if changes is None or changes.flows:
        return ""
    if not moved_known(contract):
        return gettext(NO_MOVES[why_unmatched(changes)])
    return gettext(
        "How customers moved between segments is withheld, because too few moved, or their number could be calculated."
    )


def drift_rows(story: Story) -> list[DriftRow]:
    """A row for each column that was compared, those that drifted most first."""
    contract = story.contract
    labels = {one.name: one.label for one in contract.data.features}
    found = contract.changes.drift if contract.changes else ()
    slow = {one.feature: one for one in contract.changes.drift_since_oldest} if contract.changes else {}
    ordered = sorted(found, key=lambda one: -1 if one.index is None else one.index, reverse=True)
    return [
        DriftRow(
            labels.get(one.feature, one.feature),
            "–" if one.index is None else story.formats.number(one.index, 2),
            one.drift,
            gettext(DRIFTS[one.drift]),
            _since_oldest(story, slow.get(one.feature)) if slow else "",
        )
        for one in ordered
    ]


def _since_oldest(story: Story, one: ColumnDrift | None) -> str:
    degree: Drift = one.drift if one else "unknown"
    told = gettext(DRIFTS[degree])
    if one is None or one.index is None:
        return told
    return gettext("{drift} ({index})", drift=told, index=story.formats.number(one.index, 2))


def drift_meanings(contract: Contract) -> list[str]:
    """What each degree of drift that some column has means for the reader, the strongest first."""
    changes = contract.changes
    found = {one.drift for one in (*changes.drift, *changes.drift_since_oldest)} if changes else set()
    return [gettext(MEANINGS[one]) for one in MEANINGS if one in found]
