"""Why some figures are withheld: explained once on each page that has any."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.contract import Candidate, Contract, Segment, WithheldProfile, WithheldShare
from analysis.language import gettext
from report.disclosure.cells import is_summed


def explained(contract: Contract, segments: Sequence[Segment]) -> str:
    """The sentence for a page about these segments; empty where none of their figures is withheld."""
    if contract.privacy.mode == "open" or not any(_withheld(segment) for segment in segments):
        return ""
    reasons = {one.withheld for each in segments for one in each.profile if isinstance(one, WithheldProfile)}
    return _sentence(contract, summed=any(is_summed(reason, contract.privacy.min_cell) for reason in reasons))


def explained_tried(contract: Contract) -> str:
    """The sentence for a page about the numbers of segments that were tried; empty likewise."""
    public = contract.privacy.mode == "public"
    return _sentence(contract) if public and any(_partly(one) for one in contract.selection.candidates) else ""


def explained_pairs(contract: Contract) -> str:
    """The sentence for a page with correlations; empty likewise."""
    return _sentence(contract) if any(one.pearson is None for one in contract.exploration.correlations) else ""


def _sentence(contract: Contract, *, summed: bool = False) -> str:
    least = contract.privacy.min_cell
    if summed:
        return gettext(
            "“Withheld” replaces figures about fewer than {count} customers, about all but fewer than {count}, or "
            "about one or two who make up nearly all of a sum, and figures from which these could be calculated.",
            count=least,
        )
    return gettext(
        "“Withheld” replaces figures about fewer than {count} customers, or about all but fewer than {count}, and "
        "figures from which these could be calculated.",
        count=least,
    )


def _partly(one: Candidate) -> bool:
    return one.smallest_share is None or any(each.share is None for each in one.segments)


def _withheld(segment: Segment) -> bool:
    uncounted = segment.rule is not None and segment.rule.picked is None
    return bool(segment.withheld) or uncounted or any(isinstance(one, WithheldShare) for one in segment.categories)
