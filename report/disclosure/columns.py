"""What may be said of the table's columns and of the rows that were set aside."""

from __future__ import annotations

from analysis.contract import Contract, Feature, Rejection, Segment
from analysis.language import gettext
from report.disclosure.cells import rare, small

OTHERS = "(all others)"
TAILS = {"p05": 0.05, "q1": 0.25, "q3": 0.25, "p95": 0.05}


def unprotected(contract: Contract) -> frozenset[str]:
    """Describing columns that so many left empty that a segment's mean might stand on too few customers.

    Where a contract does not say how many stand behind a segment's figures, all gaps may be in the smallest segment.
    """
    return frozenset(
        one.name
        for one in contract.data.features
        if one.kind == "numeric"
        and one.used_for == "description"
        and one.missing
        and any(_behind(segment, one) < contract.privacy.min_cell for segment in contract.segments)
    )


def _behind(segment: Segment, feature: Feature) -> int:
    """Customers behind a segment's figures of a column, or the fewest that there may be."""
    told = [one.known for one in segment.figures if one.feature == feature.name and one.known is not None]
    return told[0] if told else segment.size - (feature.missing or 0)


def column(feature: Feature, contract: Contract) -> Feature:
    """A column without small counts, and without quantiles that few customers lie beyond."""
    least = contract.privacy.min_cell
    known = contract.data.customers - (feature.missing or 0)
    hidden = {name: None for name, tail in TAILS.items() if tail * known < least}
    missing = None if feature.missing is None or small(feature.missing, least) else feature.missing
    imputed = feature.imputed if missing is not None or not feature.imputed else None
    categories = together(feature.categories, least)
    return feature.model_copy(update={**hidden, "missing": missing, "imputed": imputed, "categories": categories})


def together(counts: dict[str, int], least: int) -> dict[str, int]:
    """Counts by category with the rare ones as one, largest first; empty where that leaves no more than one."""
    rest = rare(counts, least)
    kept = {name: count for name, count in counts.items() if name not in rest}
    if rest:
        kept[OTHERS] = kept.get(OTHERS, 0) + sum(counts[name] for name in rest)
    if rest and len(kept) < 2:
        return {}
    return dict(sorted(kept.items(), key=lambda pair: (-pair[1], pair[0]))) if rest else kept


def rejections(contract: Contract) -> tuple[Rejection, ...]:
    """Reasons without row numbers; those met in few rows put together."""
    least = contract.privacy.min_cell
    found = contract.data.rejections
    often = [one.model_copy(update={"examples": ()}) for one in found if one.rows >= least]
    seldom = sum(one.rows for one in found if one.rows < least)
    reason = gettext("reasons met in fewer than {least} rows each", least=least)
    rest = Rejection(reason=reason, column=None, rows=seldom, examples=())
    return (*often, rest) if seldom else tuple(often)
