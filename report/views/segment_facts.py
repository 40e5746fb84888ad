"""A segment in a few figures: its size, its typical customer, its value, its budget."""

from __future__ import annotations

from analysis.contract import Feature, FeatureProfile, Segment
from analysis.language import gettext
from analysis.language.words import SCALE, in_a_period
from analysis.wording.number_format import is_nought
from report.captions.strength import to
from report.views.fact import Fact
from report.views.ranges import share_range, size_range, typical_range, value_share_range
from report.views.story import Story, commonest
from report.views.words import band, brief, typical


def facts(story: Story, segment: Segment) -> list[Fact]:
    """Size, typical figures, value and stability."""
    told = [_size(story, segment), *(fact for one in story.clustering for fact in _figure(story, segment, one))]
    if segment.value_share is not None and story.valued:
        share, ends = story.formats.percent(segment.value_share), value_share_range(story, segment)
        told.append(Fact(gettext("Share of value"), share, _value_note(story), ends))
    if segment.stability is not None:
        told.append(_stability(story, segment, segment.stability))
    return told


def _size(story: Story, segment: Segment) -> Fact:
    """Customers and their share, each with its interval: `29–51, or 15–25%`."""
    size, share = size_range(story, segment), share_range(story, segment)
    ends = gettext("{customers}, or {share}", customers=size, share=share) if size and share else size
    part = gettext("{share} of all customers", share=story.formats.percent(segment.share))
    return Fact(gettext("Customers"), story.formats.number(segment.size), part, ends)


def _figure(story: Story, segment: Segment, feature: Feature) -> list[Fact]:
    """The typical figure in a column; none of categories where the most common one is withheld."""
    if feature.kind == "category":
        return _commonest(story, segment, feature)
    profile = story.profile(segment, feature.name)
    if profile is None:
        return [Fact(typical(feature), story.nothing, "")]
    unit = feature.role != "age" and not (feature.unit or "").startswith(SCALE)
    value = story.formats.of(feature, profile.typical, short=True, unit=unit)
    return [Fact(typical(feature), value, _against(story, feature, profile), typical_range(story, feature, profile))]


def _against(story: Story, feature: Feature, profile: FeatureProfile) -> str:
    """The segment's typical figure compared with that of all customers: `+43%`, `3.4 times`, or the same."""
    if times := story.formats.times(feature, profile.ratio):
        return gettext("{times} times the figure of all customers", times=times)
    difference = story.formats.signed_difference(feature, profile.difference, profile.ratio)
    if is_nought(difference):
        return gettext("same as all customers")
    return gettext("{difference} compared with all customers", difference=difference)


def _value_note(story: Story) -> str:
    """What kind of value it is."""
    if story.lifetime:
        return story.value_name
    return "" if story.value_known else gettext("estimated")


def _commonest(story: Story, segment: Segment, feature: Feature) -> list[Fact]:
    found = commonest(segment, feature)
    if found is None:
        return []
    percent = story.formats.percent
    against = gettext(
        "{share}, compared with {share_overall} of all customers",
        share=percent(found.share), share_overall=percent(found.share_overall),
    )  # fmt: skip
    return [Fact(typical(feature), brief(found.category, 24), against)]


def _stability(story: Story, segment: Segment, stability: float) -> Fact:
    ends, number = segment.stability_interval, story.formats.number
    written = to(number(ends.lower, 2), number(ends.upper, 2)) if ends else ""
    return Fact(gettext("Stability"), number(stability, 2), band(segment.stability_band), written)


def budget_facts(story: Story, segment: Segment) -> list[Fact]:
    """The suggested budget and what it is calculated from; none without a budget."""
    budget, whole = segment.budget, story.contract.budget
    if budget is None or whole is None:
        return []
    percent, formats = story.formats.percent, story.formats
    total = in_a_period(formats.money(whole.total), whole.period)
    share = gettext("{share} of {budget}", share=percent(budget.share), budget=total)
    each = in_a_period(formats.money_each(budget.per_customer), whole.period)
    of_value = gettext("share of {value}", value=story.value_name)
    return [
        Fact(gettext("Suggested budget"), formats.money(budget.amount), share),
        Fact(gettext("Per customer"), each, ""),
        *([Fact(gettext("By value"), percent(budget.value_part), of_value)] if story.value_told else []),
        Fact(gettext("By size"), percent(budget.size_part), gettext("share of customers")),
        Fact(
            gettext("By responsiveness"),
            percent(budget.responsiveness_part),
            gettext("share of the customers expected to respond"),
        ),
    ]
