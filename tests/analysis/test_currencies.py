"""Currencies as cells name them: by code, by sign, by name."""

from __future__ import annotations

import narwhals as nw
import pandas as pd
import pytest
from babel.core import get_global

from analysis.cells.currencies import (
    alike,
    column_of,
    currency_in,
    fits,
    likeliest,
    named_in,
    names_currencies,
    normalised,
)


def found(*cells: str) -> list[str | None]:
    frame = nw.from_native(pd.DataFrame({"x": cells}, dtype=str))
    column = frame.select(currency_in(nw.col("x")).alias("x"))["x"]
    return [None if nothing else str(each) for each, nothing in zip(column.to_list(), column.is_null(), strict=True)]


@pytest.mark.parametrize(
    ("currency", "cells"),
    [
        ("USD", ["USD 5", "5 usd", "US$ 5", "$5 USD", "5 $ US", "5 US $", "U.S.$ 5", "USD$5", "2.3MUSD", "-USD 5"]),
        ("$", ["$5", "($5)", "5 $", "＄5", "$1.5k", "5 $ CR"]),
        ("EUR", ["€5", "1.234,– €", "5 Euro", "5 TEUR", "5 T€", "5 Mio. €", "EUR5", "5 eur"]),
        ("CAD", ["C$5", "CA$5", "5 CAD", "CAD$5", "5 $CAN"]),
        ("BRL", ["R$ 5,00"]),
        ("¥", ["¥5", "￥5"]),
        ("JPY", ["5円", "JP¥5", "JPY 5"]),
        ("kr", ["5 kr", "kr. 5", "5 Kr."]),
        ("Rs", ["Rs. 5/-", "Rs 5", "₨5"]),
        ("PLN", ["5 zł"]),
        ("CZK", ["5 Kč"]),
        ("CHF", ["CHF 5.-", "SFr. 5"]),
        ("SCR", ["5 SCR"]),
        ("INR", ["₹2 lakh", "₹5 Cr"]),
        (None, ["5", "5k", "5 kg", "USD", "A$AP", "paid 5 $ today", "5 cup", "39 of 100", "", "5 CR"]),
    ],
)
def test_the_currency_of_a_cell(currency, cells):
    assert found(*cells) == [currency] * len(cells)


def test_every_code_is_found_before_and_behind():
    codes = sorted(get_global("all_currencies"))
    assert found(*(f"{code} 1,234.5" for code in codes)) == codes
    assert found(*(f"1.234,5 {code}" for code in codes)) == codes


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("EUR", "EUR"), ("usd", "USD"), ("€", "EUR"), ("US Dollar", "USD"), ("Swiss Franc", "CHF"), ("kr.", "kr"),
        ("Euro (EUR)", "EUR"), ("C$", "CAD"), ("Dollar", "$"), ("points", None), ("", None), ("EUR or USD", None),
    ],
)  # fmt: skip
def test_the_currency_of_a_cell_of_its_own(text, currency):
    assert normalised(text) == currency


def test_a_shared_sign_fits_each_of_its_currencies():
    assert fits("$", "CAD")
    assert fits("kr", "NOK")
    assert not fits("$", "EUR")
    assert not fits("USD", "CAD")
    assert likeliest("¥") == "JPY"


def test_a_sign_is_the_one_code_beside_it_unless_it_is_a_dollar():
    assert alike(["¥", "JPY"]) == {"¥": "JPY", "JPY": "JPY"}
    assert alike(["$", "USD"]) == {"$": "$", "USD": "USD"}
    assert alike(["kr", "SEK", "NOK"])["kr"] == "kr"


@pytest.mark.parametrize(
    "header",
    ["Currency", "Order currency code", "Währung", "Devise", "Moneda", "Valuta", "Waluta", "mc_currency", "通貨コード"],
)
def test_headers_of_currencies(header):
    assert names_currencies(header)
    assert not names_currencies("Amount")


def test_of_two_columns_of_currencies_that_of_the_money_counts():
    header = ["Amount", "Currency", "Converted Amount", "Converted Currency"]
    assert column_of(header, ["Amount"]) == 1
    assert column_of(header, ["Converted Amount"]) == 3
    assert column_of(["Amount"], ["Amount"]) is None


def test_a_column_names_currencies_where_most_cells_do():
    assert named_in(["eur", "", "US Dollar", "points"]) == ["EUR", "", "USD", "?"]
    assert named_in(["north", "south", "EUR"]) is None
    assert named_in(["", ""]) is None
