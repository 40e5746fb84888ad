"""The rule that finds a segment's customers, and what it finds, in words."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.contract import Rule, Segment
from analysis.language import gettext, ngettext
from report.views.story import Story


def rule_withheld(segment: Segment) -> bool:
    """Whether the criterion says that there is a rule, which may not be published."""
    return segment.rule is None and any(one.name == "measurable" and one.passed for one in segment.criteria)


def rule_words(story: Story, segment: Segment) -> str:
    """What the rule finds in this table; empty without a rule."""
    rule = segment.rule
    if rule is None:
        return ""
    if rule.picked is None or rule.correct is None:
        return " ".join(_rule_shares(story, rule))
    number, wrong = story.formats.number, rule.picked - rule.correct
    every, size = rule.correct == segment.size, number(segment.size)
    if every and not wrong:
        return gettext("In this table the rule finds all {size} customers of the segment and no others.", size=size)
    if every:
        return ngettext(
            "In this table the rule finds all {size} customers of the segment, and {others} who is not in it.",
            "In this table the rule finds all {size} customers of the segment, and {others} who are not in it.",
            wrong, size=size, others=number(wrong),
        )  # fmt: skip
    found = number(rule.correct)
    if not wrong:
        return gettext(
            "In this table the rule finds {found} of the {size} customers of the segment and no others.",
            found=found, size=size,
        )  # fmt: skip
    return ngettext(
        "In this table the rule finds {found} of the {size} customers of the segment, and {others} who is not in it.",
        "In this table the rule finds {found} of the {size} customers of the segment, and {others} who are not in it.",
        wrong, found=found, size=size, others=number(wrong),
    )  # fmt: skip


def _rule_shares(story: Story, rule: Rule) -> Iterator[str]:
    """What is published of a rule whose counts are withheld."""
    percent = story.formats.percent
    if rule.recall is not None:
        yield gettext(
            "In this table the rule finds at least {share} of the segment’s customers.", share=percent(rule.recall)
        )
    if rule.precision is not None:
        yield gettext(
            "At least {share} of the customers it finds belong to the segment.", share=percent(rule.precision)
        )
    if rule.recall is None and rule.precision is None:
        yield gettext("How many customers it finds in this table is withheld.")
    elif rule.recall is None:
        yield gettext("How many of the segment’s customers it finds is withheld.")
    elif rule.precision is None:
        yield gettext("How many customers of other segments it finds is withheld.")


def rule_figures(story: Story, segment: Segment) -> str:
    """`Precision 100%, recall 89%.`; empty where counts are withheld."""
    rule, percent = segment.rule, story.formats.percent
    if rule is None or rule.picked is None or rule.precision is None or rule.recall is None:
        return ""
    return gettext(
        "Precision {precision}, recall {recall}.", precision=percent(rule.precision), recall=percent(rule.recall)
    )
