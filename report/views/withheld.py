"""Why “withheld” stands where a figure would be: said once on each page on which it does."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Candidate, Contract, Segment, WithheldShare


def explained(contract: Contract, segments: Sequence[Segment]) -> str:
    """The sentence for a page about these segments; empty where nothing is withheld of them."""
    return _sentence(contract) if any(_withheld(segment) for segment in segments) else ""


def explained_tried(contract: Contract) -> str:
    """The sentence for a page about the numbers of segments that were tried."""
    public = contract.privacy.mode == "public"
    return _sentence(contract) if public and any(_partly(one) for one in contract.selection.candidates) else ""


def explained_pairs(contract: Contract) -> str:
    """The sentence for a page with correlations."""
    return _sentence(contract) if any(one.pearson is None for one in contract.exploration.correlations) else ""


def _sentence(contract: Contract) -> str:
    return (
        f"“Withheld” stands where a figure would tell of fewer than {contract.privacy.min_cell} customers, or of all "
        "but so few, or let such a figure be worked out from others."
    )


def _partly(one: Candidate) -> bool:
    return one.smallest_share is None or any(each.share is None for each in one.segments)


def _withheld(segment: Segment) -> bool:
    uncounted = segment.rule is not None and segment.rule.picked is None
    return bool(segment.withheld) or uncounted or any(isinstance(one, WithheldShare) for one in segment.categories)
