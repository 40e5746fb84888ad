"""The overview's sentences: who was grouped, what the segments bring, how sure we are, where the budget goes."""

from __future__ import annotations

from markupsafe import Markup, escape

from analysis.basics.letters import capital
from analysis.contract import Segment
from analysis.contract.stability import SOLID
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import in_a_period, in_sentence, spelt
from report.markup.sentences import marked_up
from report.views.certainty import certainty_sentence, shade
from report.views.ranges import value_share_range, with_range
from report.views.story import Story
from report.views.words import column_names, named, strong

SAME_SIZE = {
    (True, True): gettext_noop("Both segments are about the same size, with {share} of customers each."),
    (False, True): gettext_noop("All {count} segments are about the same size, with {share} of customers each."),
    (True, False): gettext_noop("Both segments are the same size, with {share} of customers each."),
    (False, False): gettext_noop("All {count} segments are the same size, with {share} of customers each."),
}
"""Of segments of one size, by whether there are two, and whether counts are rounded: then the same only about."""


def heading(story: Story) -> str:
    """How many segments there are, as the title of the page."""
    number = len(story.contract.proper)
    count = capital(spelt(number))
    if story.contract.selection.verdict == "none":
        return ngettext("{count} rough group of customers", "{count} rough groups of customers", number, count=count)
    return ngettext(
        "{count} customer segment, and where to start", "{count} customer segments, and where to start", number,
        count=count,
    )  # fmt: skip


def found(story: Story) -> list[Markup]:
    """Who was grouped by what, and the segment to know first."""
    return [_grouped(story), _leading(story, story.contract.segments[0])]


def meaning(story: Story) -> list[Markup]:
    """The sentences below: how value is estimated, the other end, how sure we are, the money."""
    certainty = certainty_sentence(story.contract, story.formats)
    return [*_estimated(story), *_trailing(story), escape(certainty), *_money(story)]


def _grouped(story: Story) -> Markup:
    contract, number = story.contract, len(story.contract.proper)
    count, by = spelt(number), column_names([feature.label for feature in story.clustering])
    everybody = story.formats.number(contract.data.customers)
    if contract.left_over is None:
        sentence = ngettext(
            "{customers} customers were grouped into one segment by {columns}.",
            "{customers} customers were grouped into {count} segments by {columns}.", number,
        )  # fmt: skip
        return marked_up(sentence, customers=strong(everybody), count=count, columns=by)
    grouped = story.formats.number(contract.data.customers - contract.left_over.size)
    sentence = ngettext(
        "{grouped} of {customers} customers were grouped into one segment by {columns}.",
        "{grouped} of {customers} customers were grouped into {count} segments by {columns}.", number,
    )  # fmt: skip
    return marked_up(sentence, grouped=strong(grouped), customers=everybody, count=count, columns=by)


def _leading(story: Story, first: Segment) -> Markup:
    if first.value_share is None or not story.valued:
        return _largest(story)
    percent = story.formats.percent
    return marked_up(
        gettext("The segment {segment} is {share} of customers and brings {value_share} of {value}."),
        segment=strong(first.name),
        share=percent(first.share),
        value_share=strong(with_range(percent(first.value_share), value_share_range(story, first))),
        value=story.value_name,
    )


def _estimated(story: Story) -> list[Markup]:
    """How an estimated value is calculated, next to the share that it gives."""
    parts = [in_sentence(f.label) for f in story.contract.data.features if f.name in story.site.value.columns]
    if story.value_known or story.lifetime or not parts or story.contract.segments[0].value_share is None:
        return []
    sentence = gettext("{value} is calculated as {formula}; it is not recorded revenue.")
    formula = f" {story.site.value.sign} ".join(parts)
    return [marked_up(sentence, value=capital(story.value_name), formula=formula)]


def _equal(story: Story) -> bool:
    """Whether there is only size to compare, and it is the same for all."""
    return not story.valued and len({segment.size for segment in story.contract.proper}) == 1


def _largest(story: Story) -> Markup:
    largest = max(story.contract.proper, key=lambda segment: segment.size)
    share = story.formats.percent(largest.share)
    if _equal(story):
        number, about = len(story.contract.proper), bool(story.contract.privacy.rounding_base)
        return marked_up(gettext(SAME_SIZE[number == 2, about]), count=spelt(number), share=share)
    sentence = gettext("The largest segment is {segment}, with {share} of customers.")
    return marked_up(sentence, segment=strong(largest.name), share=share)


def _trailing(story: Story) -> list[Markup]:
    """The other end: the segment of least value for its size, or of most where that has just been named."""
    if _equal(story):
        return []
    percent = story.formats.percent
    weighed = [segment for segment in story.contract.proper if segment.value_share is not None]
    if not weighed or not story.valued:
        smallest = min(story.contract.proper, key=lambda segment: segment.size)
        sentence = gettext("The smallest is {segment}, with {share} of customers.")
        return [marked_up(sentence, segment=named([smallest.name]), share=percent(smallest.share))]
    ranked = sorted(weighed, key=lambda segment: (segment.value_share or 0) / segment.share)
    least = ranked[0] is not story.contract.segments[0]
    other = ranked[0] if least else ranked[-1]
    sentence = (
        gettext("Lowest value for its size: {segment}, with {share} of customers and {value_share} of {value}.")
        if least
        else gettext("Highest value for its size: {segment}, with {share} of customers and {value_share} of {value}.")
    )
    return [
        marked_up(
            sentence, segment=named([other.name]), share=percent(other.share),
            value_share=percent(other.value_share or 0), value=story.value_name,
        )
    ]  # fmt: skip


def _money(story: Story) -> list[Markup]:
    budget = story.contract.budget
    shares = [segment for segment in story.contract.proper if segment.budget]
    if budget is None or not shares:
        acts = any(segment.recommendations for segment in story.contract.proper)
        return [marked_up(gettext("Each segment’s page recommends actions and gives the reasons."))] if acts else []
    most = max(shares, key=lambda segment: segment.budget.amount if segment.budget else 0)
    split = marked_up(
        gettext("Suggested split of {budget}: the largest share, {share}, goes to {segment}."),
        budget=in_a_period(story.formats.money(budget.total), budget.period),
        share=story.formats.percent(most.budget.share if most.budget else 0),
        segment=named([most.name]),
    )
    shifting = shade(story.contract) == "shifting" and most.stability_band not in SOLID
    return [split, *([marked_up(gettext("This segment is not reliably stable."))] if shifting else [])]
