"""The overview's sentences hold for any table: with and without value, for equal and for unequal segments."""

from __future__ import annotations

from analysis.configuration.site import Value
from report.views.overview import overview
from tests.report.views.conftest import Tell, changed


def _text(story) -> str:
    values = overview(story).values
    return f"{values['lead']} {values['sentences']}".replace("<strong>", "").replace("</strong>", "")


def test_the_five_sentences(tell: Tell):
    text = _text(tell())
    assert text.startswith(
        "200 customers were divided into six segments by age, annual income and spending score. "
        "The segment Premium Shoppers is 19.5% of them and brings an estimated "
    )
    assert "For its size Budget Buyers weighs least: 10.5% of customers, " in text
    assert "Of $60,000 a quarter, the split proposed here gives most, " in text


def test_one_segment_is_not_told_twice(tell: Tell, mall_contract):
    """Where the segment of most value weighs least for its size, the other end is told."""
    two = changed(mall_contract.segments, share=[0.6, 0.4], value_share=[0.55, 0.45])
    text = _text(tell(segments=two))
    assert "Premium Shoppers is 60.0% of them" in text
    assert "For its size Potential Loyalists weighs most: 40.0% of customers, 45.0% of the value." in text


def test_without_a_value_size_is_told(tell: Tell):
    text = _text(tell(site={"value": Value(), "budget": None}, budget=None))
    assert "The largest is Potential Loyalists, 22.5% of all. The smallest is Budget Buyers, 10.5% of all." in text
    assert "value" not in text
    assert text.endswith("Each segment’s page says what to do about it, and why.")


def test_equal_segments_are_neither_largest_nor_smallest(tell: Tell, mall_contract):
    equal = changed(mall_contract.segments, size=[50] * 4, share=[0.25] * 4)
    text = _text(tell(site={"value": Value()}, segments=equal))
    assert "All segments have the same size, 25.0% of all." in text
    assert "largest" not in text
    assert "smallest" not in text


def test_money_of_the_table_is_no_estimate(tell: Tell, mall):
    income = mall.site.columns["Annual Income (k$)"].model_copy(update={"role": "monetary"})
    site = {
        "columns": {**mall.site.columns, "Annual Income (k$)": income},
        "value": Value(product_of=("Annual Income (k$)",), label="Revenue"),
    }
    assert "estimated" not in _text(tell(site=site))
