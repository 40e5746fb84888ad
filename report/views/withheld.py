"""Why “withheld” stands where a figure would be: said once on each page on which it does."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Candidate, Contract, Segment, WithheldProfile, WithheldShare


def explained(contract: Contract, segments: Sequence[Segment]) -> str:
    """The sentence for a page about these segments; empty where nothing is withheld of them."""
    if contract.privacy.mode == "open":
        return ""
    summed = any(isinstance(one, WithheldProfile) and SUMMED in one.withheld for s in segments for one in s.profile)
    return _sentence(contract, summed=summed) if any(_withheld(segment) for segment in segments) else ""


def explained_tried(contract: Contract) -> str:
    """The sentence for a page about the numbers of segments that were tried."""
    public = contract.privacy.mode == "public"
    return _sentence(contract) if public and any(_partly(one) for one in contract.selection.candidates) else ""


def explained_pairs(contract: Contract) -> str:
    """The sentence for a page with correlations."""
    return _sentence(contract) if any(one.pearson is None for one in contract.exploration.correlations) else ""


SUMMED = "nearly all of a sum"
"""In the reasons of columns of which some sum is one or two customers'."""


def _sentence(contract: Contract, *, summed: bool = False) -> str:
    who = ", or of one or two who make nearly all of a sum" if summed else ""
    return (
        f"“Withheld” stands where a figure would tell of fewer than {contract.privacy.min_cell} customers, or of all "
        f"but so few{who}, or let such a figure be worked out from others."
    )


def _partly(one: Candidate) -> bool:
    return one.smallest_share is None or any(each.share is None for each in one.segments)


def _withheld(segment: Segment) -> bool:
    uncounted = segment.rule is not None and segment.rule.picked is None
    return bool(segment.withheld) or uncounted or any(isinstance(one, WithheldShare) for one in segment.categories)
