from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contract import Feature
from analysis.errors import ConfigurationError
from analysis.wording.number_format import NumberFormat

US = NumberFormat("en_US", "USD")
DE = NumberFormat("de_DE", "EUR")


PLAIN = {"name": "x", "slug": "x", "label": "X", "kind": "numeric", "used_for": "clustering"}


def feature(**settings) -> Feature:
    return Feature(name="x", slug="x", label="X", role="feature", kind="numeric", used_for="clustering", **settings)


def test_numbers_follow_the_locale():
    assert US.number(1234.56, 1) == "1,234.6"
    assert DE.number(1234.56, 1) == "1.234,6"
    assert US.number(-0.04, 1) == "0.0"
    assert US.number(-3) == "−3"


def test_signs_stand_on_both_sides_of_nothing():
    assert [US.signed(value, 1) for value in (1.2, -1.2, 0)] == ["+1.2", "−1.2", "0.0"]


@pytest.mark.parametrize(("share", "written"), [(0.225, "22.5%"), (0.105, "10.5%"), (0.165, "16.5%"), (1, "100.0%")])
def test_shares_keep_one_decimal(share, written):
    assert US.percent(share, 1) == written


@pytest.mark.parametrize(("share", "written"), [(0.225, "23%"), (0.105, "11%"), (0.165, "17%"), (0.005, "1%")])
def test_halves_are_rounded_up_as_people_do(share, written):
    assert US.percent(share) == written


def test_money_has_no_cents_and_a_short_form():
    assert US.money(19356.4) == "$19,356"
    assert US.money_short(86538) == "$87K"
    assert US.money_short(1_250_000) == "$1.3M"
    assert US.money_short(950) == "$950"
    assert DE.money_short(86538) == "86.538\xa0€"
    assert US.money(-5) == "−$5"


@pytest.mark.parametrize(
    ("locale", "currency", "written"),
    [
        ("en_US", "USD", ["$54K", "$145K", "$297K", "$1.5M"]),
        ("en_IN", "INR", ["₹54K", "₹1.5L", "₹3L", "₹15L"]),
        ("ja_JP", "JPY", ["￥5.4万", "￥15万", "￥30万", "￥145万"]),
        ("ko_KR", "KRW", ["₩5.4만", "₩15만", "₩30만", "₩145만"]),
        ("de_DE", "EUR", ["54.267\xa0€", "145.000\xa0€", "297.322\xa0€", "1,5\xa0Mio.\xa0€"]),
    ],
)
def test_short_money_keeps_two_digits_whatever_the_locale_counts_in(locale, currency, written):
    formats = NumberFormat(locale, currency)
    assert [formats.money_short(amount) for amount in (54_267, 145_000, 297_322, 1_450_000)] == written


@given(st.sampled_from(["en_US", "en_IN", "hi_IN", "ja_JP", "zh_CN", "ko_KR"]), st.integers(10_000, 10**9))
def test_short_money_is_never_far_from_the_amount(locale, amount):
    """Half a unit of the second digit: a twentieth at most."""
    units = {"K": 1e3, "हज़ार": 1e3, "万": 1e4, "만": 1e4, "L": 1e5, "लाख": 1e5, "M": 1e6, "Cr": 1e7, "क॰": 1e7,
             "億": 1e8, "亿": 1e8, "억": 1e8, "B": 1e9, "अ॰": 1e9}  # fmt: skip
    number, unit = re.fullmatch(r"\D([\d.]+)\s?(\D+)", NumberFormat(locale, "INR").money_short(amount)).groups()
    assert abs(float(number) * units[unit] / amount - 1) <= 0.051


def test_a_column_is_written_in_its_own_way():
    assert US.of(feature(format="money", scale=1000), 86.54, short=True) == "$87K"
    assert US.of(feature(unit="years", decimals=0), 41.9) == "42\xa0years"
    assert US.of(feature(format="percent"), 0.25) == "25%"
    assert US.of(feature(), 3.14159) == "3.14"
    assert US.of(feature(), 314.159) == "314"


@pytest.mark.parametrize(
    ("spread", "values", "written"),
    [
        (3.1, (3.7, 10.8, 0.44), ["3.7", "10.8", "0.44"]), (26, (82.14, 5.81, 0.149), ["82", "5.8", "0.15"]),
        (0.0141, (0.09254, 0.1029), ["0.093", "0.103"]), (0.2, (100.2, 100.43), ["100.20", "100.43"]),
        (15_000, (58_959.4,), ["58,959"]), (1e-9, (0.5,), ["0.500000"]), (None, (3.7, 10.8), ["3.70", "10.8"]),
    ],
)  # fmt: skip
def test_a_tenth_of_what_customers_differ_by_is_written(spread: float, values: tuple[float, ...], written: list[str]):
    assert [US.of(feature(standard_deviation=spread), value) for value in values] == written


def test_a_half_more_or_less_of_few_is_written_since_readers_divide():
    """Of a median of 19.5 months against 13, +50%, “20” would make it 54%."""
    months = feature(format="integer", median=13.0, typical="median", standard_deviation=22.0)
    assert [US.of(months, value) for value in (19.5, 13.0, 24.5, 3.7)] == ["19.5", "13", "25", "3.7"]
    assert [US.of(feature(standard_deviation=26.0), value) for value in (12.4, 82.14)] == ["12.4", "82"]


def test_figures_rounded_for_a_public_site_have_no_more_decimals_than_they_were_rounded_to():
    alcohol = feature(standard_deviation=0.8, rounded_to=0.01)
    assert [US.of(alcohol, value) for value in (13.7, 13.05, 12.0)] == ["13.7", "13.05", "12"]


@pytest.mark.parametrize(
    ("settings", "own", "written"),
    [
        ({"role": "age", "unit": "years", "mean": 44.4}, 44.6, "+1\xa0year"),
        ({"role": "age", "unit": "years", "mean": 44.4}, 41.6, "−2\xa0years"),
        ({"mean": 2.08, "standard_deviation": 3.0}, 5.166, "+3.1"), ({"mean": 48.8, "decimals": 1}, 100, "+51.2"),
        ({"mean": 0.556, "standard_deviation": 0.7}, 0.24, "−0.32"), ({"mean": 4.4, "decimals": 0}, 4.3, "0"),
        ({"mean": 0.0444, "scale": 1000, "decimals": 0}, 0.0416, "−2"),
        ({"format": "percent", "mean": 0.096}, 0.124, "+2\xa0points"),
        ({"format": "percent", "mean": 0.096, "decimals": 1}, 0.1063, "+1.0\xa0points"),
        ({"format": "money", "mean": 112.4}, 115.6, "+$4"), ({"format": "money", "mean": 11.204}, 12.661, "+$1.46"),
    ],
)  # fmt: skip
def test_a_difference_is_that_of_the_two_figures_as_they_are_written(settings: dict, own: float, written: str):
    of = Feature(**{"role": "feature", **settings}, compare="difference", **PLAIN)
    assert US.signed_difference(of, own - settings["mean"], None) == written


@pytest.mark.parametrize(
    ("settings", "values", "written"),
    [
        ({"mean": 11.2, "standard_deviation": 4.0}, (7.0, 12.66, 1234.5), ["$7.00", "$12.66", "$1,235"]),
        ({"mean": 112.0}, (87.4, 112.6), ["$87", "$113"]), ({"mean": 112.0, "decimals": 2}, (87.4,), ["$87.40"]),
        ({"mean": 11.2, "decimals": 0}, (12.66,), ["$13"]), ({}, (7.25, 260.4), ["$7.25", "$260"]),
        ({"mean": 11.2, "rounded_to": 0.2}, (7.0, 12.6), ["$7", "$12.60"]),
        ({"mean": 0.06, "scale": 1000}, (0.0412,), ["$41.20"]),
    ],
)  # fmt: skip
def test_small_amounts_have_cents(settings: dict, values: tuple[float, ...], written: list[str]):
    """£13 beside an average of £11 reads as 18% more, where £12.66 beside £11.20 are 13%."""
    price = feature(format="money", **settings)
    assert [US.of(price, value) for value in values] == written
    assert [US.of(price, value, short=True) for value in values] == written


def test_a_half_is_one_however_it_came_about():
    """The share of everybody was told as 37% in a sentence and as 38% in the table below it."""
    assert US.percent(0.7435897436 - 0.3685897436) == US.percent(0.375) == "38%"
    assert US.number(1.15 * 100 / 10, 0) == "12"
    assert US.number(123_456_789_012.5, 1) == "123,456,789,012.5"


def test_yen_have_no_cents():
    assert NumberFormat("ja_JP", "JPY").of(feature(format="money", mean=11.2), 12.66) == "￥13"


def test_a_bound_has_all_its_decimals():
    smooth = feature(standard_deviation=0.0141)
    assert [US.exactly(smooth, value) for value in (0.09, 0.0935, 47.0, 1012.3)] == ["0.09", "0.0935", "47", "1,012.3"]
    assert US.exactly(feature(decimals=1), 47.0) == "47"
    assert [US.exactly(feature(format="percent"), value) for value in (0.25, 0.125)] == ["25%", "12.5%"]
    assert [US.exactly(feature(format="money"), value) for value in (130, 130.5)] == ["$130", "$130.50"]
    assert US.exactly(feature(format="money"), 41_000, short=True) == "$41K"


def test_both_ends_of_an_interval_have_as_many_decimals():
    months = feature(standard_deviation=9.0, rounded_to=0.1)
    assert US.ends(months, (5.3, 7.0)) == ("5.3", "7.0")
    assert US.ends(months, (5.0, 7.0)) == ("5", "7")
    price = feature(format="money", mean=11.2, rounded_to=0.2)
    assert US.ends(price, (6.8, 7.0)) == ("$6.80", "$7.00")
    assert US.ends(feature(format="money", mean=61_000.0), (9_012, 72_000), short=True) == ("$9,012", "$72K")
    assert US.ends(feature(unit="of 10", standard_deviation=2), (5.0, 5.3), unit=False) == ("5.0", "5.3")
    assert US.ends(feature(format="percent"), (0.1, 0.125)) == ("10%", "13%")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (589.04, "589"),
        (6284.3, "6,284"),
        (1.372, "1.37"),
        (12.34, "12.3"),
        (0.29, "0.29"),
        (0.0114, "0.011"),
    ],
)
def test_an_index_has_three_digits(value: float, written: str):
    assert US.index(value) == written


def test_differences_are_ratios_or_in_the_columns_unit():
    assert US.signed_difference(feature(), 26, 0.43) == "+43%"
    assert US.signed_difference(feature(compare="difference", unit="years", decimals=0), -12, -0.31) == "−12\xa0years"
    assert US.difference(feature(), 26.4, None) == "26.4"
    assert US.signed_difference(feature(), 0.1, 0.001) == "0%"


@pytest.mark.parametrize(("ratio", "written"), [(11.84, "13×"), (2.4, "3.4×"), (1.0, "2×"), (0.99, "+99%")])
def test_from_twice_on_a_difference_is_a_multiple(ratio, written):
    """`+1,184%` is no figure to act on."""
    assert US.signed_difference(feature(), ratio * 100, ratio) == written


@pytest.mark.parametrize(("locale", "currency", "says"), [("xx_YY", "USD", "locale"), ("en_US", "ABC", "currency")])
def test_unknown_locales_and_currencies_are_refused(locale, currency, says):
    with pytest.raises(ConfigurationError, match=says):
        NumberFormat(locale, currency)


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR", "hi_IN", "ar_EG", "ja_JP", "sv_SE"])
def test_every_locale_writes_every_form(locale):
    formats = NumberFormat(locale, "EUR")
    written = [formats.number(1234.5, 1), formats.percent(0.5), formats.money(12345), formats.money_short(1e6)]
    assert all(written)


def test_a_small_amount_each_has_cents():
    formats = NumberFormat("en_US", "USD")
    assert [formats.money_each(amount) for amount in (0, 0.3, 9.99, 10, 251.4)] == [
        "$0",
        "$0.30",
        "$9.99",
        "$10",
        "$251",
    ]
    assert NumberFormat("de_DE", "EUR").money_each(1.2) == "1,20\u00a0€"


def test_whole_numbers_have_no_decimals():
    visits = Feature(name="v", slug="v", label="Visits", role="feature", kind="numeric", used_for="clustering")
    formats = NumberFormat("en_US", "USD")
    assert [formats.of(visits, value) for value in (3.0, 3.25, 10.0, 12.34, -2.0, 0.0)] == [
        "3", "3.25", "10", "12.3", "−2", "0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("share", "decimals", "written"),
    [
        (0.996, 0, ">99%"), (0.004, 0, "<1%"), (0.9996, 1, ">99.9%"), (0.0004, 1, "<0.1%"), (0.994, 0, "99%"),
        (0.995, 0, ">99%"), (0.006, 0, "1%"), (1.0, 0, "100%"), (0.0, 0, "0%"), (1 - 1e-12, 0, "100%"),
        (1e-12, 1, "0.0%"), (1.2, 0, "120%"), (-0.3, 0, "−30%"),
    ],
)  # fmt: skip
def test_only_all_is_100_percent_and_only_none_is_0(share: float, decimals: int, written: str):
    assert US.percent(share, decimals) == written


@given(st.floats(1e-8, 1 - 1e-8), st.integers(0, 2))
def test_no_share_between_none_and_all_is_written_as_either(share: float, decimals: int):
    assert US.percent(share, decimals) not in {US.percent(0, decimals), US.percent(1, decimals)}


def test_figures_written_the_same_do_not_differ():
    default = feature(measure="boolean", format="percent", compare="difference", mean=0.016)
    assert US.signed_difference(default, 0.008, None) == "0\xa0points"
    assert US.signed_difference(default, 0.02, None) == "+2\xa0points"
    count = feature(format="integer", mean=12.1)
    assert US.signed_difference(count, 0.1, 0.008) == "0%"


def test_a_mean_of_few_has_decimals():
    previous = feature(format="integer", mean=0.58)
    assert (US.of(previous, 0.47), US.of(previous, 3.0), US.of(previous, 3.4), US.of(previous, 12.4)) == (
        "0.47", "3", "3.4", "12"
    )  # fmt: skip
    assert US.signed_difference(previous, -0.11, None) == "−0.11"


def test_nearly_nothing_is_not_100_percent_less():
    assert US.signed_difference(feature(mean=2.9, unit="visits"), -2.895, -0.998) == "−2.90\xa0visits"


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en_US", ["1,234,567", "−3.50", "1.2M", "23K"]),
        ("de_DE", ["1.234.567", "−3,50", "1,2\u00a0Mio.", "23.456"]),
        ("nl_NL", ["1.234.567", "−3,50", "1,2\u00a0mln.", "23K"]),
    ],
)
def test_money_in_no_currency_bears_no_sign(locale, written):
    none = NumberFormat(locale, "XXX")
    assert [
        none.money(1_234_567),
        none.money(-3.5, 2),
        none.money_short(1_234_567),
        none.money_short(23_456),
    ] == written
    assert none.money_unit == ""
    assert NumberFormat(locale, "EUR").money_unit == "EUR"


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_CH", "ja_JP", "he_IL", "ar_EG", "pl_PL", "hi_IN"])
def test_no_locale_writes_a_sign_for_no_currency(locale):
    none = NumberFormat(locale, "XXX")
    assert not re.search("[¤$]|XXX|^\\s|\\s$", none.money(1234.5, 2) + none.money_short(123_456))
