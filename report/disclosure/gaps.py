"""How many customers stand behind a figure, and how many have gaps, without small counts.

Both are counts by segment with a published total, so where one of a row is small the whole row is withheld. Gaps of one
column and gaps of any column tell each other's difference: it may not be small either. Nor may the gaps beyond each
customer's first: of two columns with gaps they are the customers who lack both.

Whatever counts the customers with a value in a column (bars, bands, squares of the map) tells the others too.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Contract, FeatureProfile, Segment, SegmentMap
from report.disclosure.cells import small
from report.errors import CheckError


def gaps(segments: Sequence[Segment], contract: Contract) -> tuple[Segment, ...]:
    """The segments with those of the counts that may be published; the contract is the whole one."""
    least = contract.privacy.min_cell
    unsaid = {feature.name for feature in contract.data.features if _tells(feature.name, contract, least)}
    told = imputed_by_segment(contract)
    return tuple(
        segment.model_copy(
            update={
                "imputed": segment.imputed if told else None,
                "profile": tuple(
                    one.model_copy(update={"known": None})
                    if isinstance(one, FeatureProfile) and one.feature in unsaid
                    else one
                    for one in segment.profile
                ),
            }
        )
        for segment in segments
    )


def _tells(name: str, contract: Contract, least: int) -> bool:
    """Whether a column has a small number of values, or of gaps, in some segment."""
    found = [
        (one.known, segment.size) for segment in contract.segments for one in segment.figures if one.feature == name
    ]
    return any(known is None or small(known, least) or small(size - known, least) for known, size in found)


def imputed_by_segment(contract: Contract) -> bool:
    """Whether it may be told how many customers of each segment were assigned by some of their columns only."""
    least = contract.privacy.min_cell
    return all(
        segment.imputed is not None
        and not small(segment.imputed, least)
        and not small(segment.size - segment.imputed, least)
        and not any(small(rest, least) for rest in _beside(segment.imputed, _lacking(segment, contract)))
        for segment in contract.segments
    )


def _lacking(segment: Segment, contract: Contract) -> list[int]:
    """Gaps in each column that segments are found by."""
    names = {feature.name for feature in contract.data.features if feature.used_for == "clustering"}
    return [segment.size - one.known for one in segment.figures if one.feature in names and one.known is not None]


def _beside(some: int, lacking: Sequence[int]) -> list[int]:
    """What follows of how many customers have `some` gap, and how many are `lacking` each column.

    For each column those who lack another one only, and the gaps beyond each customer's first.
    """
    return [*(some - one for one in lacking), sum(lacking) - some]


def imputed(contract: Contract) -> int | None:
    """How many customers have a gap in some column that segments are found by; None where that would tell of few."""
    count, least = contract.data.imputed, contract.privacy.min_cell
    if count is None or small(count, least):
        return None
    columns = [one.missing or 0 for one in contract.data.features if one.used_for == "clustering"]
    return None if any(small(rest, least) for rest in _beside(count, columns)) else count


def few_lack(contract: Contract) -> frozenset[str]:
    """Columns of numbers that only a few customers have no value in."""
    least = contract.privacy.min_cell
    return frozenset(
        one.name for one in contract.data.features if one.kind == "numeric" and small(one.missing or 0, least)
    )


def map_leaves_few(drawn: SegmentMap, contract: Contract) -> bool:
    """Whether few customers of a segment, or of those with a value in one of the two columns, are not on the map."""
    least, lacking = contract.privacy.min_cell, {one.name: one.missing or 0 for one in contract.data.features}
    inside = {one.id: 0 for one in contract.segments}
    for square in drawn.bins:
        inside[square.segment] += square.count
    rests = [one.size - inside[one.id] for one in contract.segments]
    off = sum(rests)
    return any(small(rest, least) for rest in (*rests, *(off - lacking[axis] for axis in (drawn.x, drawn.y))))


def refuse_few_known(contract: Contract) -> None:
    """Raises CheckError where few customers of a segment, or none, have a value in a column that it was found by."""
    least = contract.privacy.min_cell
    formed = [one for one in contract.data.features if one.used_for == "clustering" and one.kind == "numeric"]
    for segment in contract.segments:
        behind = {one.feature: one.known for one in segment.figures}
        for feature in formed:
            known = behind.get(feature.name, 0)
            if known is not None and known < least:
                raise CheckError(
                    f"Segment {segment.id} has {known} customers with a value in “{feature.label}”, "
                    f"fewer than privacy.min_cell ({least}), so its figures may not be published; take fewer "
                    "segments, or give the column use: describe."
                )
