"""The chart of expected against actual purchases, and its words."""

from __future__ import annotations

import pytest

from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.captions import Caption
from report.charts.context import ChartContext
from report.charts.registry import captions, names
from report.charts.specification import specification
from tests.report.lifetimes import expected, lifetime


def _caption(contract: Contract, formats: NumberFormat, **changes: object) -> Caption:
    return captions(expected(contract, lifetime(**changes) if changes else None), formats)["lifetime"]


def test_it_is_drawn_where_the_model_was_held_against_the_second_half(contracts):
    contract = contracts["ordinary"]
    assert "lifetime" not in names(contract)
    assert "lifetime" not in names(expected(contract, lifetime(held_out=None)))
    assert "lifetime" in names(expected(contract))


def test_each_class_has_a_bar_and_a_dot(contracts, figures):
    for narrow in (False, True):
        context = ChartContext(expected(contracts["ordinary"], lifetime(300, 90, 40)), figures, narrow)
        rows = next(iter(specification(context, "lifetime")["datasets"].values()))
        assert [(row["class"], row["came"], row["expected"]) for row in rows] == [
            ("0", 0.6, 0.5), ("1", 1.6, 1.5), ("2+", 2.6, 2.5),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (1.05, "the total number of purchases was close to what the model expected from the first half."),
        (1.25, "20% fewer purchases"),
        (0.85, "18% more purchases"),
    ],
)
def test_the_takeaway_says_how_near_it_came(contracts, figures, factor: float, said: str):
    found = lifetime()
    classes = tuple(one.model_copy(update={"actual": one.expected * factor}) for one in found.held_out.classes)
    caption = _caption(contracts["ordinary"], figures, held_out=found.held_out.model_copy(update={"classes": classes}))
    assert said in caption.takeaway


def test_withheld_counts_are_said_to_be_and_no_sum_is_taken_of_them(contracts, figures):
    found = captions(expected(contracts["ordinary"], lifetime(None, None)), figures)["lifetime"]
    assert [row[1] for row in found.rows] == ["withheld", "withheld"]
    assert found.takeaway == (
        "Largest error (purchases after the first: 1 or more): 1.50 expected per customer, 1.60 made. The error over "
        "all purchases is withheld."
    )
    assert lifetime(None, None).held_out.total_error is None
    assert lifetime(None, None).held_out.class_error is None


def test_a_class_that_was_missed_is_named_though_the_sum_is_right(contracts, figures):
    classes = lifetime(100, 100).held_out.classes
    wrong = (classes[0].model_copy(update={"actual": 0.1}), classes[1].model_copy(update={"actual": 1.9}))
    held_out = lifetime().held_out.model_copy(update={"classes": wrong})
    assert (held_out.total_error, held_out.class_error) == (pytest.approx(0), pytest.approx(0.4))
    assert _caption(contracts["ordinary"], figures, held_out=held_out).takeaway == (
        "The model was off by 40% in the second half of the period. Largest error (purchases after the first: none): "
        "0.50 expected per customer, 0.10 made."
    )
