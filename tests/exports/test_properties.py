"""What must not change the figures: the order of the rows, names, the way an order, a refund or money is written.

Each property is held against plain pandas as well, so that being wrong alike is no way through.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.exports.rows import HEADER, ORDERS, Bought, Found, found, right, shown

# Explaining a failure takes minutes on a busy machine, and the rows of a small table explain themselves.
PHASES = [phase for phase in Phase if phase is not Phase.explain]
few = settings(
    max_examples=15,
    derandomize=True,
    phases=PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
RANDOMS = st.randoms(use_true_random=False)


@pytest.fixture
def figures(tmp_path: Path) -> Callable[..., Found]:
    """`figures(rows, header, settings)`: orders, revenue and last purchase of each customer."""
    return partial(found, tmp_path)


def lines(orders: list[Bought]) -> list[tuple[str, ...]]:
    """A row a line."""
    return [order.row(cents) for order in orders for cents in order.lines]


def whole(orders: list[Bought]) -> list[tuple[str, ...]]:
    """A row an order."""
    return [order.row(order.total) for order in orders]


@few
@given(orders=ORDERS, order=RANDOMS)
def test_the_order_of_the_rows_changes_nothing(figures, orders, order):
    rows = lines(orders)
    order.shuffle(rows)
    assert figures(rows) == right(orders)


@few
@given(orders=ORDERS, order=RANDOMS)
def test_the_names_and_the_places_of_the_columns_change_nothing(figures, orders, order):
    places = list(range(len(HEADER)))
    order.shuffle(places)
    names = [f"c{place + 1}" for place in places]
    roles = dict(zip(("invoice", "customer", "date", "amount"), (f"c{place + 1}" for place in range(4)), strict=True))
    rows = [tuple(row[place] for place in places) for row in lines(orders)]
    assert figures(rows, names, roles) == right(orders)


@few
@given(orders=ORDERS)
def test_an_order_in_lines_is_the_order(figures, orders):
    assert figures(lines(orders)) == figures(whole(orders)) == right(orders)


@few
@given(orders=ORDERS, price=st.integers(1, 5_000), pieces=st.integers(1, 9))
def test_pieces_times_price_is_the_amount(figures, orders, price, pieces):
    more = Bought(999, "K0", orders[0].day, (price * pieces,))
    header = ("order", "who", "day", "pieces", "each")
    rows = [(*row[:3], "1", row[3]) for row in lines(orders)]
    rows.append((*more.row(0)[:3], str(pieces), shown(price)))
    parts = {"amount": None, "quantity": "pieces", "price": "each"}
    assert figures(rows, header, parts) == right([*orders, more])


@few
@given(orders=ORDERS, data=st.data())
def test_a_refund_and_its_reversal_change_nothing(figures, orders, data):
    place = data.draw(st.integers(0, len(orders) - 1))
    back = data.draw(st.integers(1, orders[place].total))
    rows = [*whole(orders), orders[place].row(-back), orders[place].row(back)]
    assert figures(rows) == right(orders)


@few
@given(orders=ORDERS, sign=st.sampled_from(["$USD", "€EUR", "£GBP"]), behind=st.booleans())
def test_the_sign_of_the_currency_changes_nothing(figures, orders, sign, behind):
    def signed(row: tuple[str, ...]) -> tuple[str, ...]:
        return (*row[:3], f"{row[3]} {sign[0]}" if behind else f"{sign[0]}{row[3]}")

    rows = [signed(row) for row in lines(orders)]
    assert figures(rows, site={"currency": sign[1:]}) == right(orders)


def refunded(orders: list[Bought], backs: list[int]) -> list[Bought]:
    """The orders with something less of each: a line that takes it off."""
    return [
        Bought(order.number, order.who, order.day, (order.total, -min(back, order.total)) if back else (order.total,))
        for order, back in zip(orders, backs, strict=True)
    ]


@st.composite
def returns(draw: st.DrawFn) -> tuple[list[Bought], list[int]]:
    """Orders, and how much of each was paid back: nothing, a part or everything; the first two stay."""
    orders = draw(ORDERS)
    backs = [draw(st.one_of(st.just(0), st.just(order.total), st.integers(0, order.total))) for order in orders[2:]]
    return orders, [0, 0, *backs]


@few
@given(drawn=returns())
def test_refunds_as_negative_rows(figures, drawn):
    orders, backs = drawn
    rows = [*whole(orders), *(order.row(-back) for order, back in zip(orders, backs, strict=True) if back)]
    assert figures(rows) == right(refunded(orders, backs))


@few
@given(drawn=returns(), positive=st.booleans())
def test_refunds_as_credit_notes(figures, drawn, positive):
    orders, backs = drawn
    notes = [
        order.row(back if positive else -back, number=f"C{order.number}")
        for order, back in zip(orders, backs, strict=True)
        if back
    ]
    mark = {"cancelled": {"column": "order", "prefix": "C"}}
    assert figures([*whole(orders), *notes], HEADER, mark) == right(refunded(orders, backs))


@few
@given(drawn=returns(), negative=st.booleans())
def test_refunds_in_a_column(figures, drawn, negative):
    orders, backs = drawn
    rows = [
        order.row(order.total, shown(-back if negative else back)) for order, back in zip(orders, backs, strict=True)
    ]
    assert figures(rows, (*HEADER, "back"), {"refunded": "back"}) == right(refunded(orders, backs))


@few
@given(drawn=returns(), named=st.booleans())
def test_refunds_that_name_the_order_and_perhaps_nobody(figures, drawn, named):
    orders, backs = drawn
    rows = [order.row(order.total, "") for order in orders]
    for order, back in zip(orders, backs, strict=True):
        if back:
            number, _, day, amount = order.row(-back)
            rows.append((f"R{number}", order.who if named else "", day, amount, number))
    assert figures(rows, (*HEADER, "undoes"), {"refund_of": "undoes"}) == right(refunded(orders, backs))


@few
@given(orders=ORDERS, data=st.data())
def test_a_refund_that_names_the_order_and_its_reversal(figures, orders, data):
    place = data.draw(st.integers(0, len(orders) - 1))
    chosen = orders[place]
    back = data.draw(st.integers(1, chosen.total))
    rows = [
        *(order.row(order.total, "") for order in orders),
        chosen.row(-back, str(chosen.number), number="R1"),
        chosen.row(back, str(chosen.number), number="R2"),
    ]
    assert figures(rows, (*HEADER, "undoes"), {"refund_of": "undoes"}) == right(orders)


@few
@given(orders=ORDERS, first=st.booleans())
def test_an_order_total_on_each_line_or_on_the_first_counts_once(figures, orders, first):
    rows = [
        order.row(order.total) if not place or not first else (*order.row(0)[:3], "")
        for order in orders
        for place in range(len(order.lines))
    ]
    assert figures(rows, HEADER, {"amount_of": "order"}) == right(orders)


@few
@given(orders=ORDERS, data=st.data())
def test_what_is_taken_off_is_as_if_it_had_never_been_on(figures, orders, data):
    offs = [(data.draw(st.integers(0, 500)), data.draw(st.integers(0, 500))) for _ in orders]
    rows = [
        order.row(order.total + first + second, shown(first), shown(second) if second else "")
        for order, (first, second) in zip(orders, offs, strict=True)
    ]
    assert figures(rows, (*HEADER, "discount", "coupon"), {"less": ["discount", "coupon"]}) == right(orders)


@few
@given(orders=ORDERS, others=ORDERS, by=st.sampled_from(["counts", "leave_out", "both"]))
def test_what_did_not_happen_is_as_if_it_were_not_there(figures, orders, others, by):
    rows = [order.row(order.total, "Paid") for order in orders]
    rows += [order.row(order.total, "payment_failed", number=f"X{order.number}") for order in others]
    words = {"counts": ["paid"], "leave_out": ["Payment Failed"]}
    status = {"column": "state", **(words if by == "both" else {by: words[by]})}
    assert figures(rows, (*HEADER, "state"), {"status": status}) == right(orders)


@few
@given(orders=ORDERS, nobody=st.sampled_from(["", "0", "guest", "Guest"]))
def test_who_has_no_account_goes_by_the_next_column(figures, orders, nobody):
    guests = {"K1", "K3"}

    def address(who: str) -> str:
        return f"{who.lower()}@example.com"

    named = [
        Bought(each.number, address(each.who) if each.who in guests else each.who, each.day, each.lines)
        for each in orders
    ]
    rows = [
        (number, nobody if who in guests else who, day, money, address(who))
        for number, who, day, money in lines(orders)
    ]
    who = {"customer": ["who", "email"], "no_account": ["0", "guest"]}
    assert figures(rows, (*HEADER, "email"), who) == right(named)


@few
@given(orders=ORDERS)
def test_money_of_another_currency_is_converted_before_it_is_added(figures, orders):
    dear = {"K1", "K3"}
    rows = [
        (
            *row[:3],
            shown(2 * round(float(row[3]) * 100)) if row[1] in dear else row[3],
            "USD" if row[1] in dear else "EUR",
        )
        for row in lines(orders)
    ]
    money = {"currency_column": "unit", "rates": {"USD": 0.5}}
    assert figures(rows, (*HEADER, "unit"), site={"currency": "EUR"}, data=money) == right(orders)
