"""The overview's sentences hold for any table: with and without value, for equal and for unequal segments."""

from __future__ import annotations

from analysis.configuration.site import Value
from analysis.contract import Interval, Recommendation, Segment
from report.views.overview import overview
from tests.report.views.conftest import Tell, changed, with_some_in_none


def _text(story) -> str:
    values = overview(story).values
    return f"{values.lead} {values.sentences}".replace("<strong>", "").replace("</strong>", "")


def test_the_five_sentences(tell: Tell):
    text = _text(tell())
    assert text.startswith(
        "200 customers were grouped into six segments by age, annual income and spending score. "
        "The segment Premium Shoppers is 20% of customers and brings 45% (35–53%) of estimated spend. "
        "Estimated spend is calculated as annual income × spending score; it is not recorded revenue. "
        "Lowest value for its size: Budget Buyers, with 11% of customers and 2% of estimated spend. "
    )
    assert text.endswith(" Suggested split of $60,000 a quarter: the largest share, 32%, goes to Premium Shoppers.")


def test_one_segment_is_not_told_twice(tell: Tell, mall_contract):
    """Where the segment of most value weighs least for its size, the other end is told."""
    two = changed(mall_contract.segments, share=[0.6, 0.4], value_share=[0.55, 0.45])
    text = _text(tell(segments=two))
    assert "The segment Premium Shoppers is 60% of customers and brings 55% " in text
    assert "Highest value for its size: Potential Loyalists, with 40% of customers and 45% of estimated spend." in text


def test_without_a_value_size_is_told(tell: Tell):
    text = _text(tell(site={"value": Value(), "budget": None}, budget=None))
    assert (
        "The largest segment is Potential Loyalists, with 23% of customers. "
        "The smallest is Budget Buyers, with 11% of customers." in text
    )
    assert "value" not in text
    assert text.endswith(" Each segment’s page recommends actions and gives the reasons.")


def test_without_actions_and_budget_no_page_is_said_to_recommend_any(tell: Tell, mall_contract):
    text = _text(tell(budget=None, segments=changed(mall_contract.segments, recommendations=[()] * 6)))
    assert "recommends" not in text
    assert "Suggested split" not in text


def test_equal_segments_are_neither_largest_nor_smallest(tell: Tell, mall_contract):
    equal = changed(mall_contract.segments, size=[50] * 4, share=[0.25] * 4)
    text = _text(tell(site={"value": Value()}, segments=equal))
    assert "All four segments are the same size, with 25% of customers each." in text
    two = changed(mall_contract.segments, size=[50] * 2, share=[0.5] * 2)
    rounded = _text(tell(site={"value": Value()}, segments=two, privacy={"mode": "public", "rounding_base": 5}))
    assert "Both segments are about the same size, with 50% of customers each." in rounded
    assert "largest segment" not in text
    assert "smallest" not in text


def test_money_of_the_table_is_no_estimate(tell: Tell, mall):
    income = mall.site.columns["Annual Income (k$)"].model_copy(update={"role": "monetary"})
    site = {
        "columns": {**mall.site.columns, "Annual Income (k$)": income},
        "value": Value(product_of=("Annual Income (k$)",), label="Revenue"),
    }
    text = _text(tell(site=site))
    assert "The segment Premium Shoppers is 20% of customers and brings 45% (35–53%) of revenue." in text
    assert "estimate" not in text


def test_customers_in_no_segment_are_neither_counted_nor_carded_as_one(tell: Tell, mall_contract):
    page = overview(tell(segments=with_some_in_none(mall_contract.segments), selection={"algorithm": "hdbscan"})).values
    text = f"{page.lead} {page.sentences}".replace("<strong>", "").replace("</strong>", "")
    assert page.heading == "Five customer segments, and where to start"
    assert text.startswith("179 of 200 customers were grouped into five segments by age, ")
    assert "The segment Premium Shoppers is 20% of customers and brings 45% (35–53%) of estimated spend." in text
    assert "Unassigned" not in text
    assert [card.slug for card in page.cards] == [one.slug for one in mall_contract.segments[:5]]
    assert (page.left_over.size, page.left_over.share) == ("21", "11%")
    assert page.left_over.slug == "unassigned"
    assert "Unassigned" not in [step.segment for step in page.steps]


def test_an_estimated_value_is_told_with_its_range_and_how_it_is_calculated(tell: Tell, mall, mall_contract):
    first, *others = mall_contract.segments
    sure = first.model_copy(update={"value_share": 0.4512, "value_share_interval": Interval(lower=0.368, upper=0.538)})
    assert (
        "brings 45% (37–54%) of estimated spend. "
        "Estimated spend is calculated as annual income × spending score; it is not recorded revenue. "
        in _text(tell(segments=(sure, *others)))
    )
    unnamed = Value(product_of=mall.site.value.product_of)
    assert (
        "brings 45% (37–54%) of value. "
        "Value is calculated as annual income × spending score; it is not recorded revenue. "
        in _text(tell(site={"value": unnamed}, segments=(sure, *others)))
    )
    assert "estimate" not in _text(tell(site={"value": Value()}))


def test_in_none_is_neither_largest_nor_smallest(tell: Tell, mall_contract):
    segments = with_some_in_none(mall_contract.segments)
    for size, share in ((1, 0.005), (150, 0.75)):
        last = segments[-1].model_copy(update={"size": size, "share": share})
        text = _text(tell(site={"value": Value()}, segments=(*segments[:-1], last)))
        assert "The largest segment is Potential Loyalists, with 23% of customers." in text
        assert "The smallest is Impulse Buyers, with 12% of customers." in text


def test_a_card_shows_the_interval_of_its_size_and_the_page_explains_it_once(tell: Tell, mall_contract):
    one, *others = (each.model_copy(update={"size_interval": None}) for each in mall_contract.segments)
    drawn = one.model_copy(update={"size_interval": Interval(lower=29, upper=51)})
    page = overview(tell(segments=(drawn, *others))).values
    assert [card.range for card in page.cards] == ["29–51", "", "", "", "", ""]
    assert page.ranges == (
        "Small ranges are 95% intervals: with a new sample of similar customers, the figure would usually fall in this "
        "range."
    )
    assert overview(tell(segments=(one, *others))).values.ranges == ""


def test_what_suits_any_segment_is_no_first_step(tell: Tell, mall_contract):
    def fillers(segment: Segment) -> tuple[Recommendation, ...]:
        return tuple(each.model_copy(update={"filler": True}) for each in segment.recommendations)

    segments = mall_contract.segments
    first = segments[0].model_copy(update={"recommendations": fillers(segments[0])})
    page = overview(tell(segments=(first, *segments[1:]))).values
    assert page.cards[0].do is None
    assert page.cards[1].do == segments[1].recommendations[0].title
    assert first.name not in [step.segment for step in page.steps]
    none = tuple(each.model_copy(update={"recommendations": fillers(each)}) for each in segments)
    assert len(overview(tell(segments=none)).values.steps) > 0
