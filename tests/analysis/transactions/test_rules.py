"""What a purchase is, what refunds and cancellations do, and who is set aside: each rule by a table of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.customers.purchases import NOTHING_BOUGHT, NOTHING_LEFT
from tests.notes import exact

OTHERS = ("8,2026-01-02,5,Z8", "9,2026-01-09,6,Z9", "9,2026-01-20,6,Y9")
"""Customers beside the one under test, so that the table can be used."""


def one(found, name: str = "1") -> dict[str, float]:
    frame = found.customers.frame
    row = frame[frame["who"] == name]
    assert len(row) <= 1
    return row.iloc[0].to_dict() if len(row) else {}


def test_recency_frequency_monetary_tenure_and_basket(sums):
    found = sums("1,2026-01-01,10,A", "1,2026-01-11,20,B", *OTHERS)
    # The last transaction is on the 20th, so time is counted up to the 21st.
    assert one(found) == {"who": "1", "recency": 10, "frequency": 2, "monetary": 30, "tenure": 20, "basket": 15}
    assert found.problems == ()


def test_time_is_counted_up_to_the_day_stated(sums):
    found = sums("1,2026-01-01,10,A", *OTHERS, data={"reference_date": "2026-02-01"})
    assert (one(found)["recency"], one(found)["tenure"]) == (31, 31)
    assert found.customers.purchases.stated
    assert found.customers.purchases.told.reference_date == "2026-02-01"


def test_rows_after_the_reference_date_are_set_aside(sums):
    found = sums("1,2026-01-01,10,A", "1,2026-01-11,20,B", *OTHERS, data={"reference_date": "2026-01-10"})
    assert one(found)["frequency"] == 1
    reasons = [(each.reason, each.column, each.rows) for each in found.customers.rejections]
    assert reasons == [("after the reference date, 2026-01-10", "day", 2)]


def test_a_slip_into_the_far_future_is_not_the_reference_date(sums):
    rows = [f"{day % 5},2026-{month:02}-{day:02},10,A{month}{day}" for month in (1, 2) for day in range(1, 27)]
    found = sums(*rows, "1,2052-01-31,10,X", "2,2999-01-01,10,Y")
    assert found.customers.purchases.told.reference_date == "2026-02-27"
    reasons = [(each.reason, each.rows) for each in found.customers.rejections]
    assert reasons == [("after the reference date, 2026-02-27", 2)]
    assert (
        "A few dates in “day” are far later than 2026-02-26, the latest of all others. Their rows were set aside. If "
        "these dates are right, set data.reference_date."
    ) in exact(found.customers.notes)
    stated = sums(*rows, "1,2052-01-31,10,X", data={"reference_date": "2052-01-31"})
    assert (one(stated)["recency"], stated.customers.rows_rejected) == (0, 0)


def test_a_transaction_on_the_reference_date_counts(sums):
    assert one(sums("1,2026-01-31,10,A", *OTHERS, data={"reference_date": "2026-01-31"}))["recency"] == 0


def test_lines_of_one_invoice_are_one_purchase(sums):
    rows = ("1,2026-01-01,10,A", "1,2026-01-01,20,A", "1,2026-01-01,5,B")
    assert one(sums(*rows, *OTHERS, invoice="bill"))["frequency"] == 2


def test_without_invoices_a_day_is_one_purchase(sums):
    rows = ("1,2026-01-01 09:00,10,A", "1,2026-01-01 17:00,20,B", "1,2026-01-02 09:00,5,C")
    assert one(sums(*rows, *OTHERS))["frequency"] == 2


def test_lines_that_lack_an_invoice_go_by_their_day(sums):
    rows = ("1,2026-01-01,10,", "1,2026-01-01,20,n/a", "1,2026-01-02,5,", "1,2026-01-02,5,A")
    assert one(sums(*rows, *OTHERS, invoice="bill"))["frequency"] == 3


def test_one_invoice_number_of_two_customers_is_two_purchases(sums):
    found = sums("1,2026-01-01,10,A", "2,2026-01-01,10,A", *OTHERS, invoice="bill")
    assert one(found)["frequency"] == one(found, "2")["frequency"] == 1


def test_a_refund_lowers_the_total_and_is_no_purchase(sums):
    found = sums("1,2026-01-01,10,A", "1,2026-01-11,-4,R", *OTHERS, invoice="bill")
    figures = one(found)
    assert (figures["monetary"], figures["frequency"], figures["basket"]) == (6, 1, 6)
    assert figures["recency"] == 20
    assert found.customers.purchases.refunds == 1


def test_an_invoice_cancelled_in_full_is_no_purchase(sums):
    rows = ("1,2026-01-01,.1,A", "1,2026-01-01,.2,A", "1,2026-01-15,-.3,A", "1,2026-01-05,10,B")
    figures = one(sums(*rows, *OTHERS, invoice="bill"))
    assert (figures["frequency"], figures["monetary"], figures["recency"]) == (1, 10, 16)


def test_an_invoice_cancelled_in_part_stays_on_its_own_day(sums):
    figures = one(sums("1,2026-01-01,10,A", "1,2026-01-15,-3,A", *OTHERS, invoice="bill"))
    assert (figures["frequency"], figures["monetary"], figures["recency"]) == (1, 7, 20)


def test_a_gift_at_no_price_is_no_purchase(sums):
    assert one(sums("1,2026-01-01,10,A", "1,2026-01-15,0,B", *OTHERS, invoice="bill"))["frequency"] == 1


@pytest.mark.parametrize("amount", ["-10", "10"])
def test_a_credit_note_takes_off_what_its_invoice_brought_whatever_its_sign(sums, amount):
    rows = ("1,2026-01-01,10,77", f"1,2026-01-02,{amount},C77", "1,2026-01-03,5,78")
    figures = one(sums(*rows, *OTHERS, invoice="bill", cancelled={"column": "bill", "prefix": "c"}))
    assert (figures["frequency"], figures["monetary"]) == (1, 5)


def test_a_credit_note_of_another_number_lowers_the_total(sums):
    rows = ("1,2026-01-01,10,77", "1,2026-01-02,-4,C79", "1,2026-01-03,5,78")
    figures = one(sums(*rows, *OTHERS, invoice="bill", cancelled={"column": "bill", "prefix": "C"}))
    assert (figures["frequency"], figures["monetary"]) == (2, 11)


@pytest.mark.parametrize(
    ("rows", "frequency", "monetary"),
    [
        (("1,2026-01-01,10,A,paid", "1,2026-01-02,7,B,Void"), 1, 10),
        (("1,2026-01-01,10,A,paid", "1,2026-01-02,-4,B,void"), 1, 6),
        (("1,2026-01-01,10,A,paid", "1,2026-01-02,7,B,void", "1,2026-01-03,-7,B,void"), 1, 10),
        (("1,2026-01-01,10,A,paid", "1,2026-01-02,7,B,paid", "1,2026-01-03,-7,B,void"), 1, 10),
    ],
    ids=["the purchase itself", "a refund", "both sides are marked", "the refund alone is marked"],
)
def test_rows_marked_as_cancelled_bring_no_money(sums, rows, frequency, monetary):
    marks = {"column": "state", "values": ["VOID"]}
    others = [f"{row},paid" for row in OTHERS]
    found = sums(*rows, *others, header="who,day,money,bill,state", invoice="bill", cancelled=marks)
    assert (one(found)["frequency"], one(found)["monetary"]) == (frequency, monetary)


def test_customers_without_money_left_are_set_aside_as_customers(sums):
    rows = ("1,2026-01-01,10,A", "1,2026-01-05,-10,R", "2,2026-01-01,-3,S", "3,2026-01-02,4,T", "3,2026-01-02,-4,T")
    found = sums(*rows, *OTHERS, invoice="bill")
    purchases = found.customers.purchases
    assert list(found.customers.frame["who"]) == ["8", "9"]
    assert dict(purchases.set_aside) == {NOTHING_BOUGHT: 2, NOTHING_LEFT: 1}
    # Their rows could be read, so they count as used.
    assert (found.customers.rows_read, found.customers.rows_used, found.customers.rows_rejected) == (8, 8, 0)


def test_quantity_and_price_are_multiplied(sums):
    rows = ("1,2026-01-01,2,5.50,A", "1,2026-01-02,-1,5.50,B", "2,2026-01-02,1,3,C", "2,2026-01-03,1,-3,D")
    found = sums(*rows, header="who,day,pieces,each,bill", quantity="pieces", price="each", invoice="bill")
    assert (one(found)["monetary"], one(found)["frequency"]) == (5.5, 1)
    assert [(each.reason, each.column) for each in found.customers.rejections] == [("below the minimum, 0", "each")]


def test_different_products_bought_are_counted(sums):
    rows = ("1,2026-01-01,5,A,pen", "1,2026-01-02,5,B,pen", "1,2026-01-02,5,B,ink", "1,2026-01-03,-5,C,cup")
    others = [f"{row}," for row in OTHERS]
    found = sums(*rows, *others, header="who,day,money,bill,what", invoice="bill", product="what")
    assert (one(found)["products"], one(found, "8")["products"]) == (2, 0)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",2026-01-01,10,A", "who", "missing identifier"),
        ("1,,10,A", "day", "missing value"),
        ("1,2026-02-30,10,A", "day", "not a date"),
        ("1,soon,10,A", "day", "not a date"),
        ("1,2026-01-01,,A", "money", "missing value"),
        ("1,2026-01-01,ten,A", "money", "not a number"),
        ("1,2026-01-01,1e16,A", "money", "infinite, or beyond 10¹⁵"),
        (",soon,ten,A", "who", "missing identifier"),
    ],
)
def test_rows_that_cannot_be_used_are_set_aside_with_their_reason(sums, row, column, reason):
    found = sums(*OTHERS, row)
    rejected = list(found.customers.rejected.itertuples(index=False, name=None))
    assert rejected == [(5, column, reason)]
    assert (found.customers.rows_read, found.customers.rows_used) == (4, 3)


def test_dates_in_another_order_and_with_times(sums):
    found = sums("1,31.01.2026 20:15,10,A", "2,01.02.2026 08:00,5,B", "2,03.02.2026,5,C")
    assert one(found)["recency"] == 4
    assert (
        one(sums("1,01-02-2026,1,A", "2,05-02-2026,5,B", "2,06-02-2026,5,B", date_format="dd-mm-yyyy"))["tenure"] == 6
    )


def test_identifiers_stand_in_an_order_of_their_own(sums):
    found = sums("10,2026-01-01,10,A", "9,2026-01-02,10,B", "100,2026-01-01,10,C", "9,2026-01-03,1,D")
    assert list(found.customers.frame["who"]) == ["9", "10", "100"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", ""]),
        st.sampled_from(["2026-01-01", "2026-01-02", "2026-02-01", "never"]),
        st.sampled_from(["10", "-10", ".1", ".2", "-.3", "0", "", "x"]),
        st.sampled_from(["A", "B", "CA", ""]),
    ),
    max_size=20,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_counts_add_up_and_nothing_depends_on_the_order_of_the_rows(sums, rows, order):
    lines = [",".join(row) for row in rows]
    parts = {"invoice": "bill", "cancelled": {"column": "bill", "prefix": "C"}}
    found = sums(*OTHERS, *lines, **parts)
    customers = found.customers
    assert customers.rows_read == customers.rows_used + customers.rows_rejected == len(lines) + len(OTHERS)
    frame = customers.frame
    assert (frame["frequency"] >= 1).all()
    assert (frame["monetary"] > 0).all()
    assert (frame["recency"] <= frame["tenure"]).all()
    assert (frame["recency"] >= 1).all()
    assert np.allclose(frame["basket"] * frame["frequency"], frame["monetary"])
    assert customers.purchases.occasions == frame["frequency"].sum()
    order.shuffle(lines)
    again = sums(*OTHERS, *lines, **parts).customers
    assert again.frame.equals(frame)


@pytest.mark.parametrize("sign", ["", "-"])
def test_refunds_told_by_their_type_are_taken_off_whatever_their_sign(sums, sign):
    header = "who,day,money,bill,what"
    rows = [f"{row},Invoice" for row in ("1,2026-01-01,10,A", "1,2026-01-11,20,B", *OTHERS)]
    back = f"1,2026-01-15,{sign}5,C,"
    told = {"column": "what", "values": ["credit note"]}
    found = sums(*rows, f"{back}Credit_Note", header=header, invoice="bill", refunds=told)
    plain = sums(*rows, "1,2026-01-15,-5,C,Credit_Note", header=header, invoice="bill")
    assert one(found) == one(plain)
    assert one(found)["monetary"] == 25
    assert found.customers.purchases.refunds == 1


def test_an_empty_status_is_the_orders_unless_it_is_a_rows(sums):
    header = "who,day,money,bill,state"
    rows = [f"{row}," for row in ("1,2026-01-01,10,A", "1,2026-01-11,20,B", *OTHERS)]
    status = {"column": "state", "counts": [""], "leave_out": ["returned"]}
    returned = "1,2026-01-01,7,A,returned"
    whole = sums(returned, *rows, header=header, invoice="bill", status=status)
    own = sums(returned, *rows, header=header, invoice="bill", status={**status, "of": "row"})
    assert (one(whole)["monetary"], one(own)["monetary"]) == (20, 30)
