"""Kotler's criteria of a useful segment, each made checkable (Kotler & Keller 2016, Marketing Management, ch. 9).

Every criterion passes or fails with a reason that states the figures it was decided by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isinf

from analysis.configuration.site import SegmentSettings
from analysis.contract import Criterion, Recommendation, Rule
from analysis.evidence.by_actions import accessible, actionable
from analysis.evidence.pairs import Closest
from analysis.language import gettext
from analysis.language.words import in_sentence
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
        reason = gettext("No short rule on the columns finds its customers and is right more often than wrong.")
        return Criterion(name="measurable", passed=False, reason=reason)
    passed = rule.recall >= settings.rule_recall and rule.precision >= settings.rule_precision
    required = gettext(
        "Required: {found} found, {right} right.",
        found=formats.percent(settings.rule_recall),
        right=formats.percent(settings.rule_precision),
    )
    reason = " ".join([_finds(tenths(rule.recall)), _is_right(tenths(rule.precision)), required])
    return Criterion(name="measurable", passed=passed, reason=reason)


def _finds(found: int) -> str:
    """How many of a segment's customers a rule finds, in tenths."""
    if found == 10:
        return gettext("A rule on the columns finds all customers of the segment.")
    if found:
        return gettext("A rule on the columns finds at least {number} in 10 customers of the segment.", number=found)
    return gettext("A rule on the columns finds fewer than 1 in 10 customers of the segment.")


def _is_right(right: int) -> str:
    """How many of the customers that a rule finds are in the segment, in tenths."""
    if right == 10:
        return gettext("All customers that it finds are in the segment.")
    if right:
        return gettext("Of the customers that it finds, at least {number} in 10 are in the segment.", number=right)
    return gettext("Of the customers that it finds, fewer than 1 in 10 are in the segment.")


def _substantial(
    profile: Profile, settings: SegmentSettings, formats: NumberFormat, *, told_of_value: bool
) -> Criterion:
    size, least = formats.percent(profile.share, 1), formats.percent(settings.smallest_share, 1)
    passed = profile.share >= settings.smallest_share
    if profile.value_share is None:
        reason = gettext("It holds {share} of customers (required: {least}).", share=size, least=least)
        why = (
            gettext("Its share of value is not published, so only its size counts.")
            if told_of_value
            else gettext("No value is configured, so only its size counts.")
        )
        return Criterion(name="substantial", passed=passed, reason=f"{reason} {why}")
    passed = passed and profile.value_share >= settings.smallest_value_share
    reason = gettext(
        "It holds {share} of customers (required: {least}) and {value} of the value (required: {least_value}).",
        share=size, least=least, value=formats.percent(profile.value_share, 1),
        least_value=formats.percent(settings.smallest_value_share, 1),
    )  # fmt: skip
    return Criterion(name="substantial", passed=passed, reason=reason)


def _differentiable(candidate: JudgedSegment, settings: SegmentSettings, formats: NumberFormat) -> Criterion:
    nearest = candidate.closest
    if nearest is None:
        reason = gettext("There is no other segment that it could differ from.")
        return Criterion(name="differentiable", passed=False, reason=reason)
    most_similar = gettext("Most similar segment: “{segment}”.", segment=candidate.names[nearest.other])
    reason = f"{most_similar} {_difference(nearest, settings, formats)}"
    return Criterion(name="differentiable", passed=nearest.effect >= settings.smallest_effect, reason=reason)


def _difference(nearest: Closest, settings: SegmentSettings, formats: NumberFormat) -> str:
    """On which column two segments differ most, and by how much."""
    label, required = in_sentence(nearest.feature.label), formats.number(settings.smallest_effect, 2)
    if nearest.category is not None:
        return gettext(
            "They differ most in {column}, with an effect of at least {effect} (required: {required}).",
            # Not translated: disclosure control looks for the label before its category.
            column=f"{label} ({nearest.category})",
            # Rounded down to tenths: exact ones would tell the shares behind them.
            effect=formats.number(tenths(nearest.effect) / 10, 1),
            required=required,
        )
    if isinf(nearest.effect):
        return gettext(
            "They differ most in {column}, by more than can be measured (required: {required} standard deviations).",
            column=label,
            required=required,
        )
    return gettext(
        "They differ most in {column}, by {effect} standard deviations (required: {required}).",
        column=label,
        effect=formats.number(nearest.effect, 2),
        required=required,
    )
