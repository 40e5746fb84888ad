"""Downloads of a site that remembers: what changed, who moved, and every build's segments, a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.contract import Contract, SegmentChange
from analysis.contract.changes import EVIDENCE
from analysis.wording.number_format import NumberFormat
from report.captions.editions import KnownSegment, called, known_segments
from report.captions.evidence import known_by, moved_known
from report.captions.flows import published_flows
from report.captions.share_changes import share_changes
from report.captions.trends import editions
from report.site.cells import Row, ends


def changes(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    """A row for each segment of this build, and for each that is gone since the last."""
    told = {one.id: one for one in contract.changes.segments} if contract.changes else {}
    known = known_segments(contract)
    evidence = EVIDENCE[contract.changes.basis] if contract.changes else None
    for one in share_changes(contract):
        change = told.get(one.id)
        yield {
            **_named(known, one.id),
            "became": change.became if change else None,
            "ended": change.ended if change else None,
            "renamed_from": change.renamed_from if change else None,
            "share_before": one.before,
            "share": one.now,
            "difference": one.difference,
            "difference_lower": one.interval[0] if one.interval else None,
            "difference_upper": one.interval[1] if one.interval else None,
            "size_change": one.size,
            "known_by": known_by(contract, one.id) if one.size == "gone" else evidence,
            "came_from": _kin(contract, known, change, "came_from"),
            "went_to": _kin(contract, known, change, "went_to"),
        }


def moves(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    """A row for each flow between the last build and this one; an end without a segment is out of that table."""
    known = known_segments(contract)
    for one in published_flows(contract):
        yield {
            "source_id": one.source,
            "source": None if one.source is None else called(known, one.source),
            "target_id": one.target,
            "target": None if one.target is None else called(known, one.target),
            "customers": one.customers,
        }


def history(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    """A row for each segment of each build, the oldest build first; only where there is an earlier build."""
    if not contract.past:
        return
    for build in editions(contract):
        for one in build.segments:
            yield {
                "build": build.number,
                "date": build.date,
                "verdict": build.verdict,
                "segment_id": one.id,
                "segment": one.name,
                "slug": one.slug,
                "kind": one.kind,
                "size": one.size,
                "share": one.share,
                **ends("share", one.share_interval),
                "value_share": one.value_share,
                "stability": one.stability,
                **ends("stability", one.stability_interval),
            }


def _named(known: Mapping[int, KnownSegment], number: int) -> Row:
    one = known.get(number)
    return {"segment_id": number, "segment": one.name if one else None, "slug": one.slug if one else None}


def _kin(contract: Contract, known: dict[int, KnownSegment], change: SegmentChange | None, side: str) -> str | None:
    """The segments of the other build by name, with their share of customers where it is known and published."""
    found, shares = getattr(change, side) if change else (), moved_known(contract)
    told = (
        f"{called(known, one.id)}{f' ({one.share:.2f})' if shares and one.share is not None else ''}" for one in found
    )
    return "; ".join(told) or None
