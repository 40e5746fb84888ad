"""Kotler's five criteria: a checklist on a segment's page, and a table that compares all segments."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Segment
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import listed
from report.views.story import Story

ASKED = {
    "measurable": gettext_noop("Can its customers be identified?"),
    "substantial": gettext_noop("Does it have enough customers and enough value?"),
    "accessible": gettext_noop("Is there a channel that reaches it?"),
    "differentiable": gettext_noop("Does it differ from every other segment?"),
    "actionable": gettext_noop("Is an action ready?"),
}
"""Kotler's criteria, and what each asks; in English, for `gettext`."""
NAMES = {
    "measurable": gettext_noop("Measurable"),
    "substantial": gettext_noop("Substantial"),
    "accessible": gettext_noop("Accessible"),
    "differentiable": gettext_noop("Differentiable"),
    "actionable": gettext_noop("Actionable"),
}
INSIDE = {
    "measurable": gettext_noop("measurable"),
    "substantial": gettext_noop("substantial"),
    "accessible": gettext_noop("accessible"),
    "differentiable": gettext_noop("differentiable"),
    "actionable": gettext_noop("actionable"),
}
"""The criteria inside a sentence."""


@dataclass(frozen=True)
class Check:
    """One criterion, asked and answered."""

    name: str
    asked: str
    passed: bool
    reason: str


@dataclass(frozen=True)
class MatrixRow:
    """A segment's answers in the order of the columns; None where a criterion was not checked."""

    name: str
    slug: str
    colour: int
    passed: list[bool | None]
    met: str


def checks(segment: Segment) -> list[Check]:
    """The criteria of one segment."""
    return [
        Check(gettext(NAMES[one.name]), gettext(ASKED[one.name]), one.passed, one.reason) for one in segment.criteria
    ]


def checks_line(segment: Segment) -> str:
    """`4 of 5 criteria are met. Not met: substantial.`; empty where none was asked."""
    asked, met = len(segment.criteria), sum(one.passed for one in segment.criteria)
    if not asked:
        return ""
    if met == asked:
        return ngettext("{count} of {count} criteria is met.", "All {count} criteria are met.", asked, count=asked)
    failed = listed([gettext(INSIDE[one.name]) for one in segment.criteria if not one.passed])
    told = ngettext(
        "{met} of {count} criteria is met.", "{met} of {count} criteria are met.", met, met=met, count=asked
    )
    unmet = gettext("Not met: {criteria}.", criteria=failed)
    return f"{told} {unmet}"


def matrix(story: Story) -> list[MatrixRow]:
    """Every segment that was checked against the criteria."""
    asked = [segment for segment in story.contract.segments if segment.criteria]
    return [_row(story, segment) for segment in asked]


def _row(story: Story, segment: Segment) -> MatrixRow:
    answers: dict[str, bool] = {one.name: one.passed for one in segment.criteria}
    passed = sum(one.passed for one in segment.criteria)
    met = gettext("{met} of {count}", met=passed, count=len(segment.criteria))
    answered = [answers.get(name) for name in ASKED]
    return MatrixRow(segment.name, segment.slug, story.colours[segment.id], answered, met)
