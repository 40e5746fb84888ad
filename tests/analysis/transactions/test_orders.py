"""Orders, accounts, statuses and refunds as shops write them; every expected figure was worked out by hand."""

from __future__ import annotations

import pytest

from tests.notes import exact

HEADER = "order,account,mail,day,status,total,discount,refunded,shipping"


def named(found, name: str) -> dict[str, tuple[float, float]]:
    frame = found.customers.frame
    return dict(zip(frame[name], zip(frame["frequency"], frame["monetary"], strict=True), strict=True))


def sentences(found) -> list[str]:
    return [problem.sentence.rsplit("/", 1)[-1] for problem in found.problems]


def reasons(found) -> dict[str, int]:
    return {one.reason: one.rows for one in found.customers.rejections}


def test_an_orders_total_on_its_first_row_counts_once(sums):
    found = sums(
        "1,a,,2026-01-01,paid,30,,,",
        "1,,,2026-01-01,,,,,",
        "2,a,,2026-02-01,paid,20,,,",
        "3,b,,2026-02-01,paid,5,,,",
        header=HEADER, customer="account", amount="total", invoice="order", amount_of="order",
    )  # fmt: skip
    assert named(found, "account") == {"a": (2, 50), "b": (1, 5)}
    assert found.customers.rows_used == 4
    assert found.customers.rows_rejected == 0


def test_an_orders_total_on_all_of_its_rows_counts_once_with_its_discount_and_refund(sums):
    found = sums(
        "1,a,,2026-01-01,paid,30,3,10,",
        "1,a,,2026-01-01,paid,30,3,10,",
        "2,a,,2026-02-01,paid,20,,,",
        "3,b,,2026-02-01,paid,5,-1,,",
        header=HEADER, customer="account", amount="total", invoice="order", amount_of="order",
        less=["discount"], refunded="refunded",
    )  # fmt: skip
    assert named(found, "account") == {"a": (2, 37), "b": (1, 4)}


def test_totals_that_differ_within_an_order_are_no_orders_totals(sums):
    found = sums(
        "1,a,,2026-01-01,paid,30,,,", "1,a,,2026-01-01,paid,20,,,", "2,b,,2026-01-02,paid,5,,,",
        header=HEADER, customer="account", amount="total", invoice="order", amount_of="order",
    )  # fmt: skip
    assert len(sentences(found)) == 1
    assert "not the same on all rows of 1 orders (first in rows 2)" in sentences(found)[0]
    assert "amount_of: row" in sentences(found)[0]


def test_guests_go_by_their_address_and_a_known_address_by_its_account(sums):
    found = sums(
        "1,7,ann@example.com,2026-01-01,paid,10,,,",
        "2,0,Ann@Example.com,2026-01-02,paid,20,,,",
        "3,0,bob@example.com,2026-01-03,paid,30,,,",
        "4,guest,bob@example.com,2026-01-04,paid,40,,,",
        "5,,eve@example.com,2026-01-05,paid,50,,,",
        "6,8,shared@example.com,2026-01-06,paid,60,,,",
        "7,9,shared@example.com,2026-01-07,paid,70,,,",
        "8,,shared@example.com,2026-01-08,paid,80,,,",
        "9,,,2026-01-09,paid,90,,,",
        header=HEADER, customer=["account", "mail"], amount="total", invoice="order", no_account=["0", "Guest"],
    )  # fmt: skip
    assert named(found, "account") == {
        "7": (2, 30), "bob@example.com": (2, 70), "eve@example.com": (1, 50), "8": (1, 60), "9": (1, 70),
        "shared@example.com": (1, 80),
    }  # fmt: skip
    assert reasons(found) == {"missing identifier": 1}


def test_only_what_happened_counts_and_the_rest_is_counted_by_its_status(sums):
    found = sums(
        "1,a,,2026-01-01,Paid,10,,,", "2,a,,2026-01-02,FAILED,20,,,", "3,b,,2026-01-03,partially_refunded,30,,10,",
        "4,b,,2026-01-04,Cancelled,40,,,", "5,b,,2026-01-05,cancelled,50,,,",
        header=HEADER, customer="account", amount="total", invoice="order", refunded="refunded",
        status={"column": "status", "counts": ["paid", "Partially refunded"], "leave_out": ["failed", "cancelled"]},
    )  # fmt: skip
    assert named(found, "account") == {"a": (1, 10), "b": (1, 20)}
    assert reasons(found) == {
        "does not count: “cancelled”": 2, "does not count: “failed”": 1,
    }  # fmt: skip
    assert found.customers.rows_used + found.customers.rows_rejected == found.customers.rows_read == 5


def test_a_status_that_nobody_has_judged_is_asked_about(sums):
    status = {"column": "status", "counts": ["paid"], "leave_out": ["failed"]}
    found = sums(
        "1,a,,2026-01-01,paid,10,,,", "2,b,,2026-01-02,on hold,20,,,", "3,b,,2026-01-02,,20,,,",
        header=HEADER, customer="account", amount="total", invoice="order", status=status,
    )  # fmt: skip
    (sentence,) = sentences(found)
    assert 'the column “status” says nothing (write ""), “on hold”, which neither list' in sentence
    assert sentence.endswith("add each to counts or to leave_out.")


@pytest.mark.parametrize("lists", [{"counts": ["paid"]}, {"leave_out": ["failed"]}])
def test_with_one_list_all_other_words_belong_to_the_other(sums, lists):
    found = sums(
        "1,a,,2026-01-01,paid,10,,,", "2,b,,2026-01-02,paid,20,,,", "3,b,,2026-01-02,failed,20,,,",
        header=HEADER, customer="account", amount="total", invoice="order", status={"column": "status", **lists},
    )  # fmt: skip
    assert named(found, "account") == {"a": (1, 10), "b": (1, 20)}


def test_a_status_on_an_orders_first_row_holds_for_all_of_its_lines(sums):
    found = sums(
        "1,a,,2026-01-01,paid,10,,,", "1,a,,2026-01-01,,11,,,", "2,b,,2026-01-02,failed,20,,,",
        "2,b,,2026-01-02,,21,,,", "3,b,,2026-01-03,paid,1,,,",
        header=HEADER, customer="account", amount="total", invoice="order",
        status={"column": "status", "counts": ["paid"], "leave_out": ["failed"]},
    )  # fmt: skip
    assert named(found, "account") == {"a": (1, 21), "b": (1, 1)}


REFUND = {"a": (1, 10), "b": (1, 15)}


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        (  # rows of their own with a minus, which name the order
            ["1,a,,2026-01-01,,10,,,", "2,b,,2026-01-02,,20,,,", "2,b,,2026-01-09,,-5,,,", "3,b,,2026-01-03,,8,,,",
             "3,b,,2026-01-05,,-8,,,"],
            {},
        ),
        (  # credit notes
            ["1,a,,2026-01-01,,10,,,", "2,b,,2026-01-02,,20,,,", "C2,b,,2026-01-09,,5,,,", "3,b,,2026-01-03,,8,,,",
             "C3,b,,2026-01-05,,8,,,"],
            {"cancelled": {"column": "order", "prefix": "C"}},
        ),
        (  # a column beside the amount
            ["1,a,,2026-01-01,,10,,,", "2,b,,2026-01-02,,20,,5,", "3,b,,2026-01-03,,8,,8,"],
            {"refunded": "refunded"},
        ),
        (  # the same with a minus
            ["1,a,,2026-01-01,,10,,,", "2,b,,2026-01-02,,20,,-5,", "3,b,,2026-01-03,,8,,-8,"],
            {"refunded": "refunded"},
        ),
        (  # rows that name the payment and nobody
            ["1,a,,2026-01-01,,10,,,", "2,b,,2026-01-02,,20,,,", "r1,,,2026-01-09,,-5,,,2", "3,b,,2026-01-03,,8,,,",
             "r2,,,2026-01-05,,-8,,,3"],
            {"refund_of": "shipping"},
        ),
        (  # … with positive figures
            ["1,a,,2026-01-01,,10,,,", "2,b,,2026-01-02,,20,,,", "r1,,,2026-01-09,,5,,,2", "3,b,,2026-01-03,,8,,,",
             "r2,,,2026-01-05,,8,,,3"],
            {"refund_of": "shipping"},
        ),
    ],
    ids=["negative rows", "credit notes", "column", "negative column", "names the payment", "positive rows"],
)  # fmt: skip
def test_all_forms_of_refunds_give_the_same_customers(sums, rows, parts):
    found = sums(*rows, header=HEADER, customer="account", amount="total", invoice="order", **parts)
    assert named(found, "account") == REFUND
    assert sentences(found) == []


def test_the_lines_are_compared_with_the_orders_totals(sums):
    found = sums(
        "1,a,,2026-01-01,,10,,,24.5", "1,a,,2026-01-01,,10,,,24.5", "2,b,,2026-01-02,,20,,,20",
        header=HEADER, customer="account", amount="total", invoice="order", order_total="shipping",
    )  # fmt: skip
    assert named(found, "account") == {"a": (1, 20), "b": (1, 20)}
    assert exact(found.customers.notes)[-1] == (
        "The lines of 2 orders add up to 40.00. “shipping” adds up to 44.50, which is 4.50 more. Discounts, shipping, "
        "tax or refunds make the difference."
    )


def test_lines_and_totals_in_several_currencies_are_compared_in_the_sites(sums):
    found = sums(
        "1,a,,2026-01-01,,$10,,,$12", "2,b,,2026-01-02,,€20,,,€20", "3,b,,2026-01-03,,€5,,,€5",
        header=HEADER, customer="account", amount="total", invoice="order", order_total="shipping",
        data={"rates": {"EUR": 2}},
    )  # fmt: skip
    assert named(found, "account") == {"a": (1, 10), "b": (2, 50)}
    assert exact(found.customers.notes)[-1] == (
        "The lines of 3 orders add up to 60.00. “shipping” adds up to 62.00, which is 2.00 more. Discounts, shipping, "
        "tax or refunds make the difference."
    )


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"amount_of": "order"}, "needs invoice"),
        ({"refund_of": "mail"}, "needs invoice"),
        ({"less": ["total"]}, "named twice"),
        ({"status": {"column": "status"}}, "words that count"),
        ({"status": {"column": "status", "counts": ["Paid"], "leave_out": ["paid"]}}, "list it under one of them"),
        ({"customer": []}, "identifies customers"),
    ],
)
def test_settings_that_contradict_themselves_are_refused(sums, parts, words):
    with pytest.raises(ValueError, match=words):
        sums("1,a,,2026-01-01,,10,,,", header=HEADER, **{"customer": "account", "amount": "total", **parts})
