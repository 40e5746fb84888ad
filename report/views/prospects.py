"""What a segment's customers will bring, in a few figures with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import Interval, Prospect, Segment
from report.captions.held_out import is_rough
from report.captions.strength import to
from report.views.fact import Fact
from report.views.story import Story
from report.views.words import plural

SURE = (
    "The small ranges of expected value are 95% intervals for what these very customers will bring: they hold the "
    "chance of single purchases and the doubt about the model’s parameters, not that times may change."
)
NEARLY_ALL = 0.99


@dataclass(frozen=True)
class ProspectSection:
    """The section of a segment's page."""

    sentence: str
    facts: list[Fact]
    note: str


def months(story: Story) -> str:
    """`the coming 12 months`; empty where value is not expected."""
    found = story.lifetime
    if found is None:
        return ""
    return "the coming month" if found.months == 1 else f"the coming {found.months} months"


def of_the_months(story: Story) -> str:
    """` of the coming 12 months`, to go behind “value”; empty where value is not expected."""
    return f" of {months(story)}" if story.lifetime else ""


def money_range(story: Story, ends: Interval | None) -> str:
    """`$71–$90`."""
    return "" if ends is None else to(story.formats.money_each(ends.lower), story.formats.money_each(ends.upper))


def prospect(story: Story, segment: Segment) -> ProspectSection | None:
    """The section; None where value is not expected."""
    one = segment.lifetime
    if one is None or story.lifetime is None:
        return None
    return ProspectSection(
        _sentence(story, one), _figures(story, segment, one), f"{once(story, one)}{SURE}{rough(story)}"
    )


def rough(story: Story) -> str:
    """A warning where the model, held against purchases that it had not seen, missed too many."""
    check = story.lifetime and story.lifetime.held_out
    if not check or not is_rough(check):
        return ""
    missed = story.formats.percent(check.class_error or 0.0)
    return f" Take them as rough: of the second half of the time the model missed {missed} of the purchases."


def _sentence(story: Story, one: Prospect) -> str:
    formats = story.formats
    often = formats.number(one.purchases, 1 if one.purchases < 10 else 0)
    return (
        f"In {months(story)} a customer of this segment is expected to bring {formats.money_each(one.value)} in "
        f"{often} {plural(1 if often == '1' else 2, 'purchase')}, and the segment {formats.money(one.total)}; "
        f"{formats.percent(one.returning)} of its customers will come back in that time."
    )


def _figures(story: Story, segment: Segment, one: Prospect) -> list[Fact]:
    figures, bought = story.formats, one.purchases_interval
    number = [figures.number(end, 1) for end in (bought.lower, bought.upper)] if bought else []
    ends = one.total_interval
    total = to(figures.money_short(ends.lower), figures.money_short(ends.upper)) if ends else ""
    share = "" if segment.value_share is None else f"{story.share(segment.value_share)} of all"
    return [
        Fact("A customer", figures.money_each(one.value), "at today’s worth", money_range(story, one.value_interval)),
        Fact("All together", figures.money_short(one.total), share, total),
        Fact("Purchases", figures.number(one.purchases, 1), "a customer", to(*number) if number else ""),
        Fact("Will come back", figures.percent(one.returning), f"within {months(story)}"),
        *_active(story, one),
    ]


def _active(story: Story, one: Prospect) -> list[Fact]:
    """The share still active, of the customers of whom the model can tell it."""
    if one.alive is None:
        return []
    percent = story.formats.percent
    # A model in which few customers leave tells nearly all to be active; all of them is more than it says.
    share = f"over {percent(NEARLY_ALL)}" if NEARLY_ALL < one.alive < 1 else percent(one.alive)
    return [Fact("Still active", share, "of those who bought again, by the model")]


def once(story: Story, one: Prospect) -> str:
    """A sentence on the customers of whom the model cannot tell whether they are still active."""
    if not one.bought_once:
        return ""
    share = story.formats.percent(one.bought_once)
    return f"{share} of them bought on one day only, and the model cannot tell whether these are still active. "
