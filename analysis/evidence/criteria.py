"""Kotler's criteria of a useful segment, each made checkable (Kotler & Keller 2016, Marketing Management, ch. 9).

Every criterion passes or fails with one sentence that holds the figure it went by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isinf

from analysis.basics.letters import in_sentence
from analysis.configuration.site import SegmentSettings
from analysis.contract import Criterion, Recommendation, Rule
from analysis.evidence.by_actions import accessible, actionable
from analysis.evidence.pairs import Closest
from analysis.profiling.profile import Profile
from analysis.wording.number_format import NumberFormat


@dataclass(frozen=True)
class JudgedSegment:
    """A segment and all that the criteria look at."""

    profile: Profile
    rule: Rule | None
    recommendations: tuple[Recommendation, ...]
    closest: Closest | None
    """The segment that it differs from least; None where there is no other."""
    names: Sequence[str]
    """Of all segments, by position."""
    valued: bool = False
    """Whether customers have a value, though shares of it may not be told."""


def criteria(candidate: JudgedSegment, settings: SegmentSettings, formats: NumberFormat) -> tuple[Criterion, ...]:
    """The five criteria in Kotler's order."""
    return (
        _measurable(candidate.rule, settings, formats),
        _substantial(candidate.profile, settings, formats, told_of_value=candidate.valued),
        accessible(candidate.recommendations),
        _differentiable(candidate, settings, formats),
        actionable(candidate.recommendations),
    )


def tenths(share: float) -> int:
    """A share rounded down to tenths: exact ones would tell the counts behind them."""
    return floor(round(share * 10, 9))


def _measurable(rule: Rule | None, settings: SegmentSettings, formats: NumberFormat) -> Criterion:
    if rule is None or rule.recall is None or rule.precision is None:
        reason = "No short rule on the columns finds it: any would be wrong more often than right."
        return Criterion(name="measurable", passed=False, reason=reason)
    found, right = tenths(rule.recall), tenths(rule.precision)
    passed = rule.recall >= settings.rule_recall and rule.precision >= settings.rule_precision
    asked = f"asked for: {formats.percent(settings.rule_recall)} and {formats.percent(settings.rule_precision)}"
    reason = (
        f"A rule on the columns finds {_of_ten(found)} of its customers, and {_of_ten(right)} of those it finds belong "
        f"to it ({asked})."
    )
    return Criterion(name="measurable", passed=passed, reason=reason)


def _of_ten(number: int) -> str:
    return "all" if number == 10 else f"at least {number} in 10" if number else "fewer than 1 in 10"


def _substantial(
    profile: Profile, settings: SegmentSettings, formats: NumberFormat, *, told_of_value: bool
) -> Criterion:
    share = (
        f"{formats.percent(profile.share, 1)} of the customers (floor: {formats.percent(settings.smallest_share, 1)})"
    )
    passed = profile.share >= settings.smallest_share
    if profile.value_share is None:
        why = "its share of value is not told" if told_of_value else "no value is configured"
        reason = f"It holds {share}; {why}, so its size alone is judged."
        return Criterion(name="substantial", passed=passed, reason=reason)
    passed = passed and profile.value_share >= settings.smallest_value_share
    least = formats.percent(settings.smallest_value_share, 1)
    reason = f"It holds {share} and {formats.percent(profile.value_share, 1)} of the value (floor: {least})."
    return Criterion(name="substantial", passed=passed, reason=reason)


def _differentiable(candidate: JudgedSegment, settings: SegmentSettings, formats: NumberFormat) -> Criterion:
    nearest = candidate.closest
    if nearest is None:
        reason = "There is no other segment that it could differ from."
        return Criterion(name="differentiable", passed=False, reason=reason)
    reason = (
        f"Hardest to tell from it is “{candidate.names[nearest.other]}”; the two differ most on "
        f"{_difference(nearest, formats)} (floor: {formats.number(settings.smallest_effect, 2)})."
    )
    return Criterion(name="differentiable", passed=nearest.effect >= settings.smallest_effect, reason=reason)


def _difference(nearest: Closest, formats: NumberFormat) -> str:
    """`income, by 1.34 standard deviations`, or `channel (web), an effect of at least 1.6`."""
    label = in_sentence(nearest.feature.label)
    if nearest.category is not None:
        # Rounded down to tenths: exact ones would tell the shares behind them.
        return f"{label} ({nearest.category}), an effect of at least {formats.number(tenths(nearest.effect) / 10, 1)}"
    if isinf(nearest.effect):
        return f"{label}, beyond measure"
    return f"{label}, by {formats.number(nearest.effect, 2)} standard deviations"
