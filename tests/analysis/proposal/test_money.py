"""What a row or an order is worth: equal to what a small shop sold to the cent, or asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.preparation.validate import examine
from analysis.proposal import balance
from analysis.proposal.guess import propose
from analysis.reading.table import read_table

Row = dict[str, object]
PRICES = {"P1": 8.5, "P2": 12.9, "P3": 49.95, "P4": 120.5, "P5": 22.4}
OFF = (0.0, 0.0, 5.0, 0.0, 2.35)
SHIP = (0.0, 4.9, 6.9)


@dataclass(frozen=True)
class Order:
    number: str
    customer: str
    day: str
    lines: tuple[tuple[str, int], ...]
    off: float
    ship: float
    back: float

    @property
    def goods(self) -> float:
        return round(sum(PRICES[name] * pieces for name, pieces in self.lines), 2)

    @property
    def tax(self) -> float:
        return round((self.goods - self.off) * 0.19, 2)


def order(n: int) -> Order:
    lines = tuple((f"P{1 + (n + at * 2) % 5}", 1 + (n * 3 + at * 5) % 4) for at in range(1 + n % 3))
    back = (0.0, 0.0, 0.0, 4.0)[n % 4]
    day = f"2024-{1 + n % 12:02}-{1 + n % 28:02}"
    return Order(f"A{5001 + n * 3}", f"K{10 + n % 14}", day, lines, OFF[n % 5], SHIP[n % 3], back)


ORDERS = [order(n) for n in range(56)]


@dataclass(frozen=True)
class Shop:
    folder: Path

    def money(self, rows: Sequence[Row]) -> tuple[dict[str, float], tuple[str, ...], dict[str, object]]:
        """What each customer is worth, the questions, and the settings."""
        file = self.folder / "t.csv"
        header = [*rows[0]]
        file.write_text("\n".join([";".join(header), *(";".join(str(row[name]) for name in header) for row in rows)]))
        proposal = propose(file)
        assert proposal.site.transactions is not None, proposal.said
        frame = examine(read_table(file, proposal.site), proposal.site).customers.frame
        found = {row["Customer No"]: round(row["monetary"], 2) for row in frame.to_dict("records")}
        return found, proposal.questions, proposal.site.transactions.model_dump(exclude_defaults=True)

    def by_order(self, row: Callable[[Order], Row]):
        return self.money([{**head(each), **row(each)} for each in ORDERS])

    def by_line(self, row: Callable[[Order, str, int], Row]):
        return self.money([{**head(each), **row(each, *line)} for each in ORDERS for line in each.lines])


def head(each: Order) -> Row:
    return {"Order No": each.number, "Ordered": each.day, "Customer No": each.customer}


def expected(worth: Callable[[Order], float]) -> dict[str, float]:
    sums: Mapping[str, float] = defaultdict(float)
    for each in ORDERS:
        sums[each.customer] += worth(each)  # type: ignore[index]
    return {name: round(value, 2) for name, value in sums.items()}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def piece(name: str, pieces: int) -> Row:
    return {"SKU": name, "Quantity": pieces, "Unit price": PRICES[name]}


SHARES = {"P1": 0.0, "P2": 0.1, "P3": 0.25, "P4": 0.0, "P5": 0.05}


@pytest.mark.parametrize(
    ("header", "times", "sign"),
    [
        ("Discount", 1, ""),
        ("discount_pct", 100, ""),
        ("Rabatt %", 100, ""),
        ("Remise", 100, "%"),
        ("sconto_rate", 1, ""),
    ],
)
def test_a_share_beside_quantity_and_price_is_taken_off_each_line(shop, header, times, sign):
    found, asked, _ = shop.by_line(
        lambda _, name, pieces: {**piece(name, pieces), header: f"{SHARES[name] * times:g}{sign}"}
    )
    assert asked == ()
    assert found == expected(lambda each: sum(PRICES[p] * q * (1 - SHARES[p]) for p, q in each.lines))


def test_whole_figures_that_may_be_money_or_per_cents_are_asked_about(shop):
    _, asked, settings = shop.by_line(
        lambda _, name, pieces: {**piece(name, pieces), "Discount": f"{SHARES[name] * 100:g}"}
    )
    (question,) = asked
    assert "Write transactions.less or less_percent: [Discount]" in question
    assert "less" not in settings


def test_money_off_a_line_is_subtracted(shop):
    found, asked, settings = shop.by_line(
        lambda _, name, pieces: {**piece(name, pieces), "Descuento": 1.25 if name == "P4" else 0}
    )
    assert (asked, settings["less"]) == ((), ("Descuento",))
    assert found == expected(lambda each: each.goods - 1.25 * sum(p == "P4" for p, _ in each.lines))


def test_a_share_that_the_lines_amount_has_off_already_is_not_taken_off_again(shop):
    def row(_: Order, name: str, pieces: int) -> Row:
        net = round(PRICES[name] * pieces * (1 - SHARES[name]), 2)
        return {**piece(name, pieces), "Discount %": SHARES[name] * 100, "Line total": net}

    found, asked, settings = shop.by_line(row)
    assert (asked, settings["amount"]) == ((), "Line total")
    assert "less_percent" not in settings
    assert found == expected(lambda each: sum(round(PRICES[p] * q * (1 - SHARES[p]), 2) for p, q in each.lines))


NAMED = [
    ("Subtotal", "Discount", "Delivery fee", "Total"),
    ("Zwischensumme", "Rabatt", "Versandkosten", "Gesamtsumme"),
    ("Sous-total", "Remise", "Frais de port", "Total TTC"),
    ("Subtotaal", "Korting", "Verzendkosten", "Totaal"),
    ("Items total", "Voucher", "Carriage", "Grand total"),
    ("Goods value", "Savings", "Postage and packaging", "Order total"),
]


@pytest.mark.parametrize(("goods", "off", "ship", "total"), NAMED)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_total_that_adds_up_tells_what_the_goods_are_worth(shop, goods, off, ship, total, sign):
    found, asked, settings = shop.by_order(
        lambda each: {
            total: round(each.goods - each.off + each.ship, 2),
            ship: each.ship,
            off: sign * each.off,
            goods: each.goods,
        }
    )
    assert asked == ()
    assert (settings["amount"], settings["less"]) == (goods, (off,))
    assert found == expected(lambda each: each.goods - each.off)


def test_shipping_and_tax_in_words_that_say_what_they_leave_out(shop):
    found, asked, _ = shop.by_order(
        lambda each: {
            "OrderSubtotalExclTax": each.goods,
            "OrderDiscountExclTax": each.off,
            "OrderShippingExclTax": each.ship,
            "OrderTax": each.tax,
            "OrderTotal": round(each.goods - each.off + each.ship + each.tax, 2),
        }
    )
    assert asked == ()
    assert found == expected(lambda each: each.goods - each.off)


def test_an_orders_total_on_its_lines_tells_what_came_off_quantity_times_price(shop):
    found, asked, settings = shop.by_line(
        lambda each, name, pieces: {
            **piece(name, pieces),
            "Discount": each.off,
            "Shipping": each.ship,
            "Order total": round(each.goods - each.off + each.ship, 2),
        }
    )
    assert (asked, settings["once"]) == ((), ("Discount",))
    assert found == expected(lambda each: each.goods - each.off)


def test_pieces_that_came_back_by_their_number_alone_are_asked_about(shop):
    _, asked, _ = shop.by_line(
        lambda each, name, pieces: {
            "SKU": name,
            "Qty": -pieces if each.back else pieces,
            "Line total": round(PRICES[name] * pieces, 2),
        }
    )
    (question,) = asked
    assert question.startswith("“Qty” is below 0 in ")


def test_a_stocks_book_with_all_pieces_below_nought_is_not_asked_about(shop):
    found, asked, _ = shop.by_order(lambda each: {"Sales amount": each.goods, "Quantity": -3})
    assert asked == ()
    assert found == expected(lambda each: each.goods)


def test_a_net_price_may_have_a_discount_off_already(shop):
    _, asked, _ = shop.by_line(
        lambda _, name, pieces: {
            "SKU": name,
            "Menge": pieces,
            "Einzelpreis netto": PRICES[name],
            "Rabatt in %": SHARES[name] * 100,
        }
    )
    (question,) = asked
    assert "transactions.less_percent: [Rabatt in %]" in question


def test_a_total_after_discounts_keeps_them_off(shop):
    found, asked, settings = shop.by_order(
        lambda each: {"Bill amount": each.goods, "Discount": each.off, "Bill total": round(each.goods - each.off, 2)}
    )
    assert asked == ()
    assert "less" not in settings
    assert found == expected(lambda each: each.goods - each.off)


def test_a_discount_beside_a_subtotal_alone_is_asked_about(shop):
    _, asked, _ = shop.by_order(lambda each: {"Subtotal": each.goods, "Discount": each.off})
    (question,) = asked
    assert "already deducted from “Subtotal”" in question
    assert "transactions.less: [Discount]" in question


@pytest.mark.parametrize(
    ("each", "whole"),
    [
        ("Valor unitário", "Valor total"),
        ("Value", "Value of line"),
        ("PU HT", "Montant HT"),
        ("Amount each", "Amount"),
        ("Betrag Stück", "Betrag"),
        ("Net value", "Net amount"),
    ],
)
@pytest.mark.parametrize("quantity", ["Qtd", "Qté", "Menge"])
def test_what_grows_with_the_quantity_is_the_lines_amount(shop, each, whole, quantity):
    found, asked, settings = shop.by_line(
        lambda _, name, pieces: {each: PRICES[name], quantity: pieces, whole: round(PRICES[name] * pieces, 2)}
    )
    assert (asked, settings["amount"]) == ((), whole)
    assert found == expected(lambda each: each.goods)


@pytest.mark.parametrize(
    "header",
    [
        "Returns", "Credit issued", "Erstattungsbetrag", "Retourenwert", "Importe devuelto", "Chargeback amount",
        "Gutschrift", "Avoir", "Montant remboursé", "Rimborsi", "Terugbetaald", "refund_total",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sign", [1, -1])
def test_what_was_paid_back_is_taken_off_in_any_language(shop, header, sign):
    found, asked, settings = shop.by_order(lambda each: {"Amount": each.goods, header: sign * each.back})
    assert (asked, settings["refunded"]) == ((), header)
    assert found == expected(lambda each: each.goods - each.back)


def test_a_count_is_never_taken_off_as_money(shop):
    found, asked, _ = shop.by_order(
        lambda each: {"Amount": each.goods, "refund_qty": int(each.back > 0), "refund_amount": each.back}
    )
    assert asked == ()
    assert found == expected(lambda each: each.goods - each.back)


def test_pieces_that_came_back_without_their_money_are_asked_about(shop):
    _, asked, settings = shop.by_line(
        lambda each, name, pieces: {**piece(name, pieces), "qty_returned": each.back // 4}
    )
    (question,) = asked
    assert "“qty_returned” counts returned pieces" in question
    assert "refunded" not in settings


def test_more_paid_back_than_was_paid_is_asked_about(shop):
    _, asked, settings = shop.by_order(lambda each: {"Amount": each.goods, "Returned": each.back * 1000})
    (question,) = asked
    assert "transactions.refunded: Returned" in question
    assert "refunded" not in settings


def test_of_several_refunds_the_one_of_the_amounts_scope_counts(shop):
    found, asked, _ = shop.by_order(
        lambda each: {
            "Subtotal": each.goods,
            "refunded_total": round(each.back * 1.19, 2),
            "refunded_tax": round(each.back * 0.19, 2),
            "refunded_subtotal": each.back,
        }
    )
    assert asked == ()
    assert found == expected(lambda each: each.goods - each.back)


@pytest.mark.parametrize("first_only", [False, True])
def test_an_orders_refund_and_discount_on_its_lines_are_taken_off_once(shop, first_only):
    seen: set[str] = set()

    def row(each: Order, name: str, pieces: int) -> Row:
        further = each.number in seen
        seen.add(each.number)
        off, back = ("", "") if first_only and further else (each.off, each.back)
        total = "" if first_only and further else round(each.goods - each.off + each.ship, 2)
        own = {"Line total": round(PRICES[name] * pieces, 2), "Order discount": off, "Refunded": back}
        return {"SKU": name, **own, "Order shipping": each.ship, "Order total": total}

    found, asked, settings = shop.by_line(row)
    assert asked == ()
    assert set(settings["once"]) == {"Order discount", "Refunded"}
    assert found == expected(lambda each: each.goods - each.off - each.back)


def test_a_customers_total_on_all_of_its_rows_is_no_amount(shop):
    sums = expected(lambda each: each.goods)
    found, asked, settings = shop.by_order(lambda each: {"Total spent": sums[each.customer], "Amount": each.goods})
    assert (asked, settings["amount"]) == ((), "Amount")
    assert found == sums


@pytest.mark.parametrize(
    ("right", "other", "factor"),
    [("Umsatz Ist", "Umsatz Plan", 1.1), ("Revenue", "Revenue target", 0.9), ("Amount", "Amount expected", 2.0)],
)
def test_what_was_planned_is_not_what_was_paid(shop, right, other, factor):
    found, asked, _ = shop.by_order(lambda each: {other: round(each.goods * factor, 2), right: each.goods})
    assert asked == ()
    assert found == expected(lambda each: each.goods)


def test_less_a_payment_services_fee_is_no_net_amount(shop):
    found, asked, settings = shop.by_order(
        lambda each: {
            "net_amount": round(each.goods - each.ship - 0.3, 2),
            "provider_fee": each.ship + 0.3,
            "gross_amount": each.goods,
        }
    )
    assert (asked, settings["amount"]) == ((), "gross_amount")
    assert found == expected(lambda each: each.goods)


def test_a_gift_card_pays_and_lowers_no_amount(shop):
    found, asked, _ = shop.by_order(
        lambda each: {"items_total": each.goods, "gift_card_amount": 3, "paid_amount": round(each.goods - 3, 2)}
    )
    assert asked == ()
    assert found == expected(lambda each: each.goods)


@pytest.mark.parametrize(("one", "other"), [("Food sales", "Drink sales"), ("Cash amount", "Card amount")])
def test_two_amounts_that_differ_are_asked_about(shop, one, other):
    _, asked, settings = shop.by_order(
        lambda each: {one: round(each.goods * 0.6, 2), other: round(each.goods * 0.4, 2)}
    )
    (question,) = asked
    assert question.startswith(f"“{one}” was taken as the value of a row, but “{other}” could be that too")
    assert settings["amount"] == one


def test_two_parts_are_their_total(shop):
    found, asked, _ = shop.by_order(
        lambda each: {"Cash amount": each.ship, "Card amount": round(each.goods - each.ship, 2), "Total": each.goods}
    )
    assert asked == ()
    assert found == expected(lambda each: each.goods)


def test_a_state_in_figures_is_no_amount(shop):
    _, _, settings = shop.by_order(lambda each: {"payment_status": int(each.off > 0), "Amount": each.goods})
    assert settings["amount"] == "Amount"


@pytest.mark.parametrize(
    ("header", "scale"), [("Revenue (k€)", 1e3), ("Revenue in thousand EUR", 1e3), ("Umsatz (Mio. €)", 1e6)]
)
def test_thousands_in_the_header_count(shop, header, scale):
    found, asked, _ = shop.by_order(lambda each: {header: f"{each.goods / 1000:.5f}"})
    assert asked == ()
    assert found == expected(lambda each: round(each.goods / 1000 * scale, 2))


def test_whole_figures_as_a_payment_service_counts_cents_are_asked_about(shop):
    _, asked, _ = shop.by_order(lambda each: {"amount": round(each.goods * 100), "currency": "eur"})
    (question,) = asked
    assert "write transactions.scale: 0.01" in question


def test_a_column_is_summed_by_order_once_however_many_totals_there_are(shop, monkeypatch):
    summed: list[str] = []
    by_order = balance.by_order
    monkeypatch.setattr(balance, "by_order", lambda *given: summed.append(given[2]) or by_order(*given))
    others = {f"Total {n}": n for n in range(1, 6)}
    shop.money(
        [
            {**head(each), "Subtotal": each.goods, "Shipping": each.ship, "Tax": each.tax}
            | {name: round(each.goods + each.ship + each.tax + more, 2) for name, more in others.items()}
            for each in ORDERS
        ]
    )
    assert sorted(summed) == ["Shipping", "Subtotal", "Tax", *others]


def test_polish_words_are_read_with_their_letters(shop):
    right, asked, settings = shop.by_order(
        lambda each: {"Kwota wysyłki": each.ship + 3, "Zapłacono": each.goods, "Podatek": each.tax}
    )
    assert right == expected(lambda each: each.goods)
    assert settings["amount"] == "Zapłacono"
    assert asked == ()
