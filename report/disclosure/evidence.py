"""What may be said of the evidence for one segment: its borders, its intervals, the criteria it meets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analysis.contract import (
    Border,
    Contract,
    Criterion,
    FeatureProfile,
    Interval,
    Neighbour,
    Recommendation,
    Segment,
)
from analysis.evidence.by_actions import accessible, actionable
from analysis.language import gettext, gettext_noop
from analysis.rounding.random_rounding import outward
from report.disclosure.cells import small

WITHHELD = gettext_noop("This depends on figures that are withheld.")
BY_ACTIONS = {"accessible": accessible, "actionable": actionable}
"""Criteria that count the actions of a segment, and how."""


def evidence(segment: Segment, contract: Contract, hidden: frozenset[str], elsewhere: frozenset[str]) -> Segment:
    """A segment whose borders and intervals tell no small count, and whose criteria name no column of `hidden`.

    Nor do they name one of the columns `elsewhere`, which are withheld of other segments: how far two segments differ
    tells of both.
    """
    least = contract.privacy.min_cell
    at_borders = borders(segment.borders, segment.size, least)
    size, share = intervals(segment, contract.data.customers, least)
    unsaid = [one.label for one in contract.data.features if one.name in hidden | elsewhere]
    return segment.model_copy(
        update={
            "borders": at_borders,
            "neighbour": segment.neighbour and _neighbour(segment.neighbour, at_borders, segment.size, least),
            "size_interval": size,
            "share_interval": share,
            # It counts nobody; but where the others are withheld, its lower end would tell of as few.
            "value_share_interval": segment.value_share_interval if size else None,
            "stability_interval": outwards(segment.stability_interval, HUNDREDTH),
            "profile": tuple(
                middle(one, segment.size, least) if isinstance(one, FeatureProfile) else one for one in segment.profile
            ),
            "criteria": tuple(_criterion(one, unsaid) for one in segment.criteria),
        }
    )


HUNDREDTH = 0.01
"""To which stabilities are told."""


def outwards(found: Interval | None, step: float) -> Interval | None:
    """An interval to full steps: with ten digits it would confirm a guess of the one cell that somebody lacks."""
    if found is None:
        return None
    lower, upper = outward(found.lower, found.upper, step)
    return Interval(lower=lower, upper=upper)


STEPS = (1, 2, 5)
"""Steps in twentieths: every 5th, every 10th, and the quartiles."""


def clearness(segments: Sequence[Segment], least: int) -> tuple[Segment, ...]:
    """The segments with no more percentiles of silhouettes than leave `least` customers between two of them.

    None where not even the quartiles do.
    """
    return tuple(
        one.model_copy(update={"silhouettes": _percentiles(one.silhouettes, one.size, least)}) for one in segments
    )


def _percentiles(every: tuple[float, ...], size: int, least: int) -> tuple[float, ...]:
    parts = len(every) + 1
    step = next((step for step in STEPS if size * step >= least * parts), None)
    return () if step is None or parts % step else every[step - 1 :: step]


def borders(found: Sequence[Border], size: int, least: int) -> tuple[Border, ...]:
    """Borders without small counts; nor may the counts that are told leave a small rest of the segment."""
    told = [one for one in found if one.customers is not None and not small(one.customers, least)]
    while told and small(size - sum(one.customers or 0 for one in told), least):
        told.remove(min(told, key=lambda one: (one.customers or 0, one.id)))
    kept = {one.id for one in told}
    return tuple(one if one.id in kept else one.model_copy(update={"customers": None, "share": None}) for one in found)


def _neighbour(neighbour: Neighbour, found: Sequence[Border], size: int, least: int) -> Neighbour:
    """The nearest segment; its count is told where the same border's is."""
    count = neighbour.border_customers
    same = [one for one in found if one.id == neighbour.id]
    withheld = any(one.customers is None for one in same)
    if count is None or not (withheld or small(count, least) or small(size - count, least)):
        return neighbour
    return neighbour.model_copy(update={"border_customers": None})


def intervals(segment: Segment, customers: int, least: int) -> tuple[Interval | None, Interval | None]:
    """Those of size and share, to the nearest whole customer; neither where the size might be a small one.

    They are estimates and count nobody, yet a lower end below the minimum would read like a count that is.
    """
    size, share = segment.size_interval, segment.share_interval
    if size is None or size.lower < least:
        return None, None
    whole = Interval(lower=round(size.lower), upper=round(size.upper))
    if share is None:
        return whole, None
    lower, upper = (round(end * customers) / customers for end in (share.lower, share.upper))
    return whole, Interval(lower=lower, upper=upper)


def middle(profile: FeatureProfile, size: int, least: int) -> FeatureProfile:
    """A column whose interval of a median says no more of a small segment's few customers than its quartiles do.

    The ends are values of single customers; of a dozen the outermost but two.
    """
    ends = profile.typical_interval
    # An interval of a mean has `mean_interval` beside it.
    if ends is None or profile.mean_interval is not None or size >= 4 * least:
        return profile
    if profile.q1 is not None and profile.q3 is not None and profile.q1 <= ends.lower and ends.upper <= profile.q3:
        return profile
    return profile.model_copy(update={"typical_interval": None})


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether any of these stands in the text as a whole word or phrase: `age` is none of `average`."""
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.IGNORECASE) for one in words if one)


def speaks_of(action: Recommendation, hidden: frozenset[str]) -> bool:
    """Whether an action applies because of one of the columns."""
    return any(item.feature in hidden for item in action.evidence)


def by_those_left(criteria: Iterable[Criterion], actions: Sequence[Recommendation]) -> tuple[Criterion, ...]:
    """The criteria of a segment of which these actions are told and others are not.

    Where the actions that are told meet a criterion, it is met by them, and nothing shows that there are others.
    Otherwise it goes by those that are withheld, and its reason is.
    """
    return tuple(_by_those_left(one, actions) for one in criteria)


def _by_those_left(criterion: Criterion, actions: Sequence[Recommendation]) -> Criterion:
    count = BY_ACTIONS.get(criterion.name)
    if count is None:
        return criterion
    told = count(actions)
    return told if told.passed else criterion.model_copy(update={"reason": gettext(WITHHELD)})


def _criterion(criterion: Criterion, unsaid: Sequence[str]) -> Criterion:
    """Of the five only “differentiable” goes by a column of its own."""
    if criterion.name != "differentiable" or not holds(criterion.reason, unsaid):
        return criterion
    return criterion.model_copy(update={"reason": gettext(WITHHELD)})
