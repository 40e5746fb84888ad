"""Small words: number agreement, lists, labels inside sentences."""

from __future__ import annotations

from analysis.contract import Contract
from report.views.words import (
    band,
    both,
    brief,
    columns,
    listed,
    named,
    plural,
    sentence,
    spelt,
    typical,
)  # fmt: skip


def test_numbers_are_spelt_up_to_twelve():
    assert [spelt(number) for number in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert [both(number) for number in (2, 3, 20)] == ["both", "all three", "all 20"]


def test_lists():
    assert [listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_names_that_hold_commas_are_told_apart():
    assert named(["Low income, older", "Bargain hunters"]) == "“Low income, older” and Bargain hunters"


def test_many_columns_are_counted():
    assert columns(["Age", "Annual income"]) == "age and annual income"
    assert columns([f"Measure {number}" for number in range(12)]) == (
        "12 columns (measure 0, measure 1, measure 2 and others)"
    )


def test_plurals_and_full_stops():
    assert [plural(count, "row") for count in (0, 1, 2)] == ["rows", "row", "rows"]
    assert [sentence(text) for text in ("", "so", "so!", "So.")] == ["", "So.", "so!".capitalize(), "So."]


def test_long_labels_are_cut_after_a_word():
    assert brief("Annual income") == "Annual income"
    assert brief("Very " * 20) == "Very Very Very Very Very Very Very Very…"
    assert brief("x" * 200) == "x" * 39 + "…"


def test_a_band_of_stability_has_a_name_where_it_was_measured():
    assert [band("highly stable"), band(None)] == ["highly stable", ""]


def test_a_typical_figure_is_named_by_what_it_is(mall_contract: Contract):
    income = next(one for one in mall_contract.data.features if one.label == "Annual income")
    kinds = ({"typical": "mean"}, {"typical": "median"}, {"measure": "boolean"}, {"kind": "category"})
    assert [typical(income.model_copy(update=kind)) for kind in kinds] == [
        "Mean annual income", "Median annual income", "Yes to annual income", "Most common annual income",
    ]  # fmt: skip
