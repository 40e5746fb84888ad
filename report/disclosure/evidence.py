"""What may be said of the evidence for one segment: its borders, its intervals, the criteria it meets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor

from analysis.contract import (
    Border,
    Contract,
    Criterion,
    Evidence,
    FeatureProfile,
    Interval,
    Neighbour,
    Recommendation,
    Segment,
)
from report.disclosure.cells import small

STEP = 0.5
"""Steps in which the score of an action is told that goes by a withheld figure."""
WITHHELD = "This goes by a column that is not published."


def evidence(segment: Segment, contract: Contract, hidden: frozenset[str]) -> Segment:
    """A segment whose borders and intervals tell no small count, and whose criteria name no column of `hidden`.

    `segment` is as the analysis made it: the criteria may speak of actions that hidden columns gave it.
    """
    least = contract.privacy.min_cell
    at_borders = borders(segment.borders, segment.size, least)
    size, share = intervals(segment, least)
    return segment.model_copy(
        update={
            "borders": at_borders,
            "neighbour": segment.neighbour and _neighbour(segment.neighbour, at_borders, segment.size, least),
            "size_interval": size,
            "share_interval": share,
            # It counts nobody; but where the others are withheld, its lower end would tell of as few.
            "value_share_interval": segment.value_share_interval if size else None,
            "profile": tuple(middle(one, segment.size, least) for one in segment.profile),
            "criteria": tuple(unsaid(one, _telling(segment, contract, hidden)) for one in segment.criteria),
        }
    )


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


def intervals(segment: Segment, least: int) -> tuple[Interval | None, Interval | None]:
    """Those of size and share, rounded outwards; neither where the size might be a small one.

    They are estimates and count nobody, yet a lower end below the minimum would read like a count that is.
    """
    size, share = segment.size_interval, segment.share_interval
    if size is None or size.lower < least:
        return None, None
    whole = Interval(lower=floor(size.lower), upper=ceil(size.upper))
    if share is None:
        return whole, None
    # Rounded once before, so that .29 × 100 is 29.
    lower, upper = floor(round(share.lower * 100, 6)) / 100, ceil(round(share.upper * 100, 6)) / 100
    return whole, Interval(lower=lower, upper=upper)


def middle(profile: FeatureProfile, size: int, least: int) -> FeatureProfile:
    """A column whose interval of a median says no more of a small segment's few customers than its quartiles do.

    The ends are values of single customers; of a dozen the outermost but two.
    """
    ends = profile.typical_interval
    # An interval of a mean has `mean_interval` beside it.
    if ends is None or profile.mean_interval is not None or size >= 4 * least:
        return profile
    if profile.q1 <= ends.lower and ends.upper <= profile.q3:
        return profile
    return profile.model_copy(update={"typical_interval": None})


def _telling(segment: Segment, contract: Contract, hidden: frozenset[str]) -> list[str]:
    """Words that would tell of the columns `hidden`: their labels, and the actions that apply because of them."""
    labels = [one.label for one in contract.data.features if one.name in hidden]
    actions = [one for one in segment.recommendations if speaks_of(one, hidden)]
    return [*(label.casefold() for label in labels), *words_of(actions)]


def words_of(actions: Sequence[Recommendation]) -> list[str]:
    """The titles and channels by which a criterion would tell of these actions, in small letters."""
    return [text.casefold() for one in actions for text in (one.title, one.channel)]


def speaks_of(action: Recommendation, hidden: frozenset[str]) -> bool:
    """Whether an action applies because of one of the columns."""
    return any(item.feature in hidden for item in action.evidence)


def advised(segment: Segment, withheld: Callable[[Evidence], bool], counts_few: Callable[[Evidence], bool]) -> Segment:
    """A segment whose actions tell no withheld figure; those that go by a small count are left out.

    An action that goes by another withheld figure stays, without it: that it applies says no more than the column's
    level does. Its score would tell the figure, so it is told in steps.
    """
    kept, dropped = [], []
    for action in segment.recommendations:
        secret = [one for one in action.evidence if withheld(one)]
        if any(counts_few(one) for one in secret):
            dropped.append(action)
            continue
        kept.append(_without_figures(action, secret) if secret else action)
    return segment.model_copy(
        update={
            "recommendations": tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate(kept, start=1)),
            "criteria": tuple(unsaid(one, words_of(dropped)) for one in segment.criteria),
        }
    )


def _without_figures(action: Recommendation, secret: Sequence[Evidence]) -> Recommendation:
    told = tuple(one for one in action.evidence if one not in secret)
    own = "; ".join(one.phrase for one in told)
    return action.model_copy(
        update={
            "evidence": told,
            "reason": f"{action.because} In this segment: {own}." if own else action.because,
            "score": floor(action.score / STEP) * STEP,
        }
    )


def unsaid(criterion: Criterion, words: Sequence[str]) -> Criterion:
    """A criterion whose reason holds none of the words, in small letters, that would tell of something withheld."""
    reason = criterion.reason.casefold()
    if not any(word in reason for word in words):
        return criterion
    return criterion.model_copy(update={"reason": WITHHELD})
