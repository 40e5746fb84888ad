"""Small words of the pages: names and labels inside sentences and in heads of columns."""

from __future__ import annotations

from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.views.words import band, brief, column_names, named, sentence, typical, weighted


def test_names_that_hold_commas_are_told_apart():
    assert named(["Low income, older", "Bargain hunters"]) == "“Low income, older” and Bargain hunters"


def test_of_many_columns_a_sentence_names_three():
    assert column_names(["Age", "RFM score"]) == "age and RFM score"
    assert column_names(list("ABCDEF")) == "A, B, C, D, E and F"
    assert column_names(list("ABCDEFG")) == "7 columns (A, B, C and others)"


def test_weights_are_told_as_shares_of_the_whole():
    assert weighted({"value": 2.0, "size": 1.0, "response": 1.0}, NumberFormat("en_US", "EUR")) == (
        "value (50%), size (25%) and response (25%)"
    )


def test_full_stops():
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
