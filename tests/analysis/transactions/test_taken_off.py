"""What is taken off a row's amount: shares of it, and figures that are the whole order's."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from analysis.configuration.transactions import TransactionSettings

OTHERS = ("8,2026-01-02,5,Z8,,", "9,2026-01-09,6,Z9,,", "9,2026-01-20,6,Y9,,")
HEADER = "who,day,money,bill,off,back"


def money(found, name: str = "1") -> float:
    frame = found.customers.frame
    return round(float(frame[frame["who"] == name]["monetary"].iloc[0]), 2)


@pytest.mark.parametrize(("key", "off"), [("less_share", "0.25"), ("less_percent", "25")])
def test_a_share_of_the_amount_is_taken_off(sums, key, off):
    found = sums(f"1,2026-01-01,80,A,{off},", "1,2026-01-02,10,B,,", *OTHERS, header=HEADER, **{key: ["off"]})
    assert found.problems == ()
    assert money(found) == 70.0  # 80 × 0.75 + 10


def test_a_share_is_taken_of_quantity_times_price_before_what_was_paid_back(sums):
    found = sums(
        *("1,2026-01-01,10,A,20,3,4", "8,2026-01-02,5,Z,,,1", "9,2026-01-09,6,Y,,,1"),
        header="who,day,money,bill,off,back,pieces",
        quantity="pieces",
        price="money",
        less_percent=["off"],
        refunded="back",
    )
    assert money(found) == 29.0  # 4 × 10 × 0.8 − 3


def test_an_orders_figure_on_each_of_its_rows_is_taken_off_once(sums):
    rows = ("1,2026-01-01,20,A,30,", "1,2026-01-01,60,A,30,", "1,2026-01-05,10,B,4,")
    found = sums(*rows, *OTHERS, header=HEADER, invoice="bill", less=["off"], once=["off"])
    assert money(found) == 56.0  # 80 − 30 + 10 − 4


def test_an_orders_figure_on_its_first_row_is_taken_off_the_whole_order(sums):
    rows = ("1,2026-01-01,20,A,30,", "1,2026-01-01,60,A,,")
    assert money(sums(*rows, *OTHERS, header=HEADER, invoice="bill", less=["off"], once=["off"])) == 50.0


def test_an_orders_refund_takes_off_no_more_than_the_order(sums):
    rows = ("1,2026-01-01,20,A,,500", "1,2026-01-01,60,A,,500", "1,2026-01-05,10,B,,")
    assert money(sums(*rows, *OTHERS, header=HEADER, invoice="bill", refunded="back", once=["back"])) == 10.0


def test_rows_without_an_order_number_keep_their_own_figure(sums):
    rows = ("1,2026-01-01,20,,5,", "1,2026-01-01,60,,5,")
    assert money(sums(*rows, *OTHERS, header=HEADER, invoice="bill", less=["off"], once=["off"])) == 70.0


def test_an_orders_figure_given_back_with_the_whole_order_is_given_back_once(sums):
    rows = ("1,2026-01-01,20,A,30,", "1,2026-01-01,60,A,30,", "1,2026-01-09,-20,C,30,", "1,2026-01-09,-60,C,30,")
    found = sums(*rows, "1,2026-01-20,9,B,,", *OTHERS, header=HEADER, invoice="bill", less=["off"], once=["off"])
    assert money(found) == 9.0  # 80 − 30 − (80 − 30) + 9


def test_what_is_taken_off_an_orders_own_amount_counts_once_anyway(sums):
    rows = ("1,2026-01-01,100,A,,20", "1,2026-01-01,100,A,,20", "1,2026-01-05,10,B,,")
    found = sums(*(*rows, *OTHERS), header=HEADER, invoice="bill", amount_of="order", refunded="back", once=["back"])
    assert money(found) == 90.0  # 100 − 20 + 10


def test_once_names_what_is_taken_off_and_needs_orders():
    base = {"customer": "who", "date": "day", "amount": "money"}
    with pytest.raises(ValidationError, match="once needs invoice"):
        TransactionSettings.model_validate({**base, "less": ["off"], "once": ["off"]})
    with pytest.raises(ValidationError, match="list it under less or refunded"):
        TransactionSettings.model_validate({**base, "invoice": "bill", "once": ["off"]})
