"""Kotler's five criteria: a checklist on a segment's page, a table of all segments beside one another."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Segment
from report.views.story import Story
from report.views.words import both, spelt

ASKED = {
    "measurable": "Can its customers be recognised?",
    "substantial": "Is it large enough, in customers and in value?",
    "accessible": "Is there a way to reach it?",
    "differentiable": "Does it differ from every other segment?",
    "actionable": "Is there something ready to do?",
}


@dataclass(frozen=True)
class Check:
    """One criterion, asked and answered."""

    name: str
    asked: str
    passed: bool
    reason: str


@dataclass(frozen=True)
class MatrixRow:
    """A segment's answers, in the order of the heads; None where a criterion was not asked."""

    name: str
    slug: str
    colour: int
    passed: list[bool | None]
    met: str


def checks(segment: Segment) -> list[Check]:
    """The criteria of one segment."""
    return [Check(one.name.capitalize(), ASKED[one.name], one.passed, one.reason) for one in segment.criteria]


def checks_line(segment: Segment) -> str:
    """`Four of the five criteria are met.`; empty where none was asked."""
    asked, met = len(segment.criteria), sum(one.passed for one in segment.criteria)
    if not asked:
        return ""
    if met == asked:
        return f"{both(asked).capitalize()} criteria are met."
    failed = [one.name for one in segment.criteria if not one.passed]
    if not met:
        return "None of the criteria is met."
    verb = "is" if met == 1 else "are"
    return f"{spelt(met).capitalize()} of the {spelt(asked)} criteria {verb} met; not {' and '.join(failed)}."


def matrix(story: Story) -> list[MatrixRow]:
    """Every segment that was held against the criteria."""
    asked = [segment for segment in story.contract.segments if segment.criteria]
    return [_row(story, segment) for segment in asked]


def _row(story: Story, segment: Segment) -> MatrixRow:
    answers: dict[str, bool] = {one.name: one.passed for one in segment.criteria}
    met = f"{sum(one.passed for one in segment.criteria)} of {len(segment.criteria)}"
    passed = [answers.get(name) for name in ASKED]
    return MatrixRow(segment.name, segment.slug, story.colours[segment.id], passed, met)
