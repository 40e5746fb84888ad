"""How many customers stand behind a figure, and how many have gaps, without small counts.

Both are counts by segment with a published total, so where one of a row is small the whole row is withheld. Gaps of one
column and gaps of any column tell each other's difference: it may not be small either.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Contract, FeatureProfile, Segment
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
        and not any(small(rest, least) for rest in _without_those_of(segment, contract))
        for segment in contract.segments
    )


def _without_those_of(segment: Segment, contract: Contract) -> list[int]:
    """For each column that segments are found by: the customers with a gap in some column, though not in this one."""
    names = {feature.name for feature in contract.data.features if feature.used_for == "clustering"}
    own = [one.known for one in segment.figures if one.feature in names and one.known is not None]
    return [(segment.imputed or 0) - (segment.size - known) for known in own]


def imputed(contract: Contract) -> int | None:
    """How many customers have a gap in some column that segments are found by; None where that would tell of few."""
    count, least = contract.data.imputed, contract.privacy.min_cell
    if count is None or small(count, least):
        return None
    columns = [one.missing or 0 for one in contract.data.features if one.used_for == "clustering"]
    return None if any(small(count - one, least) for one in columns) else count


def refuse_few_known(contract: Contract) -> None:
    """Raises CheckError where few customers stand behind a segment's figures of a column that it was found by."""
    least = contract.privacy.min_cell
    clustering = {feature.name: feature.label for feature in contract.data.features if feature.used_for == "clustering"}
    for segment in contract.segments:
        for one in segment.figures:
            if one.feature in clustering and one.known is not None and one.known < least:
                raise CheckError(
                    f"Segment {segment.id} has {one.known} customers with a value in “{clustering[one.feature]}”, "
                    f"fewer than privacy.min_cell ({least}), so its figures may not be published; take fewer "
                    "segments, or give the column use: describe."
                )
