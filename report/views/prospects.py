"""The expected value of a segment's customers, in a few figures with their intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.contract import Interval, Prospect, Segment
from analysis.language import gettext, gettext_noop, ngettext
from report.captions.held_out import is_rough
from report.captions.strength import to
from report.views.fact import Fact
from report.views.story import Story

SURE = gettext_noop(
    "The small ranges of expected value are 95% intervals for these particular customers. They cover the chance of "
    "single purchases and the uncertainty of the model’s parameters, but not changing conditions."
)
NEARLY_ALL = 0.99


@dataclass(frozen=True)
class ProspectSection:
    """The section of a segment's page."""

    sentence: str
    facts: list[Fact]
    note: str


def months(story: Story) -> str:
    """`the next 12 months`; empty where value is not expected."""
    found = story.lifetime
    if found is None:
        return ""
    return ngettext("the next month", "the next {months} months", found.months, months=found.months)


def money_range(story: Story, ends: Interval | None) -> str:
    """`$71–$90`."""
    return "" if ends is None else to(story.formats.money_each(ends.lower), story.formats.money_each(ends.upper))


def prospect(story: Story, segment: Segment) -> ProspectSection | None:
    """The section; None where value is not expected."""
    one = segment.lifetime
    if one is None or story.lifetime is None:
        return None
    note = " ".join([*once(story, one), gettext(SURE), *rough(story)])
    return ProspectSection(" ".join(_sentences(story, one)), _figures(story, segment, one), note)


def rough(story: Story) -> list[str]:
    """A warning where the model, tested on purchases that it was not fitted to, missed too many."""
    check = story.lifetime and story.lifetime.held_out
    if not check or not is_rough(check):
        return []
    missed = story.formats.percent(check.class_error or 0.0)
    return [
        gettext(
            "Treat them as rough: in a test on the second half of the period, the model was off by {share} of the "
            "purchases.",
            share=missed,
        )
    ]


def _sentences(story: Story, one: Prospect) -> Iterator[str]:
    formats = story.formats
    often = formats.number(one.purchases, 1 if one.purchases < 10 else 0)
    yield gettext("These figures are expected values for {period}.", period=months(story))
    yield ngettext(
        "A customer of this segment brings {value} in {purchases} purchase, and the segment {total}.",
        "A customer of this segment brings {value} in {purchases} purchases, and the segment {total}.",
        1 if often == "1" else 2,
        value=formats.money_each(one.value), purchases=often, total=formats.money(one.total),
    )  # fmt: skip
    yield gettext("{share} of its customers buy again in that time.", share=formats.percent(one.returning))


def _figures(story: Story, segment: Segment, one: Prospect) -> list[Fact]:
    figures, bought = story.formats, one.purchases_interval
    number = [figures.number(end, 1) for end in (bought.lower, bought.upper)] if bought else []
    ends = one.total_interval
    total = to(figures.money_short(ends.lower), figures.money_short(ends.upper)) if ends else ""
    share = "" if segment.value_share is None else figures.percent(segment.value_share)
    of_all = gettext("{share} of all expected value", share=share) if share else ""
    each, whole, today = gettext("Per customer"), gettext("Whole segment"), gettext("discounted to today")
    within = gettext("within {period}", period=months(story))
    purchases = Fact(
        gettext("Purchases"), figures.number(one.purchases, 1), gettext("per customer"), to(*number) if number else ""
    )
    return [
        Fact(each, figures.money_each(one.value), today, money_range(story, one.value_interval)),
        Fact(whole, figures.money_short(one.total), of_all, total),
        purchases,
        Fact(gettext("Will buy again"), figures.percent(one.returning), within),
        *_active(story, one),
    ]


def _active(story: Story, one: Prospect) -> list[Fact]:
    """The share still active, among the customers for whom the model can estimate it."""
    if one.alive is None:
        return []
    percent = story.formats.percent
    # A model in which few customers leave calls nearly all of them active; “all” would be more than it says.
    nearly = NEARLY_ALL < one.alive < 1
    share = gettext("over {share}", share=percent(NEARLY_ALL)) if nearly else percent(one.alive)
    return [Fact(gettext("Still active"), share, gettext("of those who bought on several days, by the model"))]


def once(story: Story, one: Prospect) -> list[str]:
    """The customers for whom the model cannot estimate whether they are still active."""
    if not one.bought_once:
        return []
    return [
        gettext(
            "{share} of these customers bought on one day only. The model cannot tell whether they are still active.",
            share=story.formats.percent(one.bought_once),
        )
    ]
