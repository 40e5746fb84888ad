"""Figures as people write them, and which of a decimal point and a decimal comma a column means."""

from __future__ import annotations

import pandas as pd
import pytest
from babel.core import get_global
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import Column, Site
from analysis.errors import DataError
from analysis.preparation.validate import Customers, validate
from analysis.reading.table import Table, read_table
from tests.notes import exact


def customers(values: list[str], delimiter: str = ";", decimal: str | None = None, **column: object) -> Customers:
    """Customers of a table with the values as its one measure, beside a plain column that keeps each row usable."""
    described = Site.model_validate(
        {
            "data": {"path": "t.csv", "decimal": decimal},
            "columns": {"x": {"role": "feature", **column}, "y": {"role": "feature"}},
        }
    )
    frame = pd.DataFrame({"x": [text.strip() for text in values], "y": [str(n) for n in range(len(values))]}, dtype=str)
    numbers = pd.Series(range(2, len(values) + 2)).to_numpy()
    return validate(Table("t.csv", "text", frame, numbers, (), "utf-8", delimiter, "", ()), described)


def read(values: list[str], delimiter: str = ";", decimal: str | None = None, **column: object) -> list[float]:
    return customers(values, delimiter, decimal, **column).frame["x"].to_list()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["1,234.50", "2"], [1234.5, 2]),
        (["1.234,50", "2"], [1234.5, 2]),
        (["1 234,5", "2"], [1234.5, 2]),
        (["1\u00a0234.5", "2"], [1234.5, 2]),
        (["1\u202f234\u202f567", "2"], [1234567, 2]),
        (["1'234.5", "2"], [1234.5, 2]),
        (["1’234’567.5", "2"], [1234567.5, 2]),
        (["12,34,567.5", "2"], [1234567.5, 2]),
        (["1,234,567", "2"], [1234567, 2]),
        (["1.234.567", "2"], [1234567, 2]),
        (["0,123", "2"], [0.123, 2]),
        (["0.123", "2"], [0.123, 2]),
        (["1234,567", "2"], [1234.567, 2]),
        (["12,5", "1.234"], [12.5, 1234]),
        (["12.5", "1,234"], [12.5, 1234]),
        ([".5", "5."], [0.5, 5]),
        (["1e3", "2.5E-1"], [1000, 0.25]),
        (["$1,234.5", "$ 2"], [1234.5, 2]),
        (["-$5", "$-6"], [-5, -6]),
        (["1.234,5 €", "2€"], [1234.5, 2]),
        (["EUR 5", "6 EUR"], [5, 6]),
        (["R$ 1.234,50", "R$ 2,00"], [1234.5, 2]),
        (["CHF 1'000.50", "7"], [1000.5, 7]),
        (["(300)", "($ 4.5)"], [-300, -4.5]),
        (["$ (1,300.50)", "(7) $", "$12"], [-1300.5, -7, 12]),
        (["1,300.50-", "5 −", "7- $"], [-1300.5, -5, -7]),
        (["$ -", "– $", "$4"], [0, 0, 4]),
        (["−2", "+3"], [-2, 3]),
        (["45 %", "5%"], [45, 5]),
        (["USD 1,234.50", "2"], [1234.5, 2]),
        (["1.234,50 EUR", "2"], [1234.5, 2]),
        (["CHF 1'234.50", "CHF 5.-", "CHF 7.--"], [1234.5, 5, 7]),
        (["5 $ US", "$US 6", "US $7", "$8 USD", "US$-9", "($10)"], [5, 6, 7, 8, -9, -10]),
        (["€ 1.234,-", "5,– €", "-6,- €"], [1234, 5, -6]),
        (["Rs. 5/-", "Rs. 1,200.50"], [5, 1200.5]),
        (["Fr. 12,50", "Fr. 1.234"], [12.5, 1234]),
        (["￥5", "1000円", "¥-7"], [5, 1000, -7]),
        (["12.50-USD", "3.5 USD", "4.5 USD-"], [-12.5, 3.5, -4.5]),
        (["5 zł", "6,5 zł"], [5, 6.5]),
    ],
)
def test_figures_as_people_write_them(written, meant):
    assert read(written) == meant


@pytest.mark.parametrize(
    ("written", "described", "meant"),
    [
        (["1.5k", "200"], {}, [1500, 200]),
        (["1.2K", "5M"], {}, [1200, 5_000_000]),
        (["$1.5k", "$2.3M", "$5m", "$1bn"], {}, [1500, 2_300_000, 5_000_000, 1e9]),
        (["1,5 Mio. €", "2 Tsd. €", "0,3 Mrd. €"], {}, [1_500_000, 2000, 3e8]),
        (["15k", "20k"], {"format": "money"}, [15_000, 20_000]),
        (["15k", "20"], {"format": "money", "scale": 1000}, [15, 20]),
        (["₹1 lakh", "₹2 crore"], {}, [100_000, 20_000_000]),
        (["5m", "6m"], {"unit": "m"}, [5, 6]),
        (["20.00 CR", "5.00 DR", "7", "CR 8", "3.50 USD CR"], {}, [-20, 5, 7, -8, -3.5]),
    ],
)
def test_what_stands_behind_a_figure_is_read_and_said(written, described, meant):
    found = customers(written, **described)
    assert found.frame["x"].to_list() == meant
    assert bool(exact(found.notes)) == ("unit" not in described)


@pytest.mark.parametrize(
    "written",
    [["5m", "6m", "7"], ["5M", "6M", "x"], ["₹2 Cr", "₹3 Cr", "₹1"], ["-5 CR", "-6 CR", "1"]],
    ids=["metres", "all alike", "crores or credits", "two minus signs"],
)
def test_what_could_mean_several_things_is_no_figure(written):
    with pytest.raises(DataError):
        customers(written)


@pytest.mark.parametrize("code", sorted(get_global("all_currencies")))
def test_every_code_of_iso_4217_may_stand_before_or_behind(code):
    assert read([f"{code} 1,234.50", f"6.5 {code}", f"{code}7", f"-{code} 8", f"({code} 9)"]) == [
        1234.5, 6.5, 7, -8, -9,
    ]  # fmt: skip


def test_percent_signs_make_shares_only_where_the_column_counts_shares():
    assert read(["45 %", "0.5"], format="percent") == [0.45, 0.5]
    assert read(["45 %", "50"], format="percent", scale=0.01) == [45, 50]


def test_a_figure_may_carry_its_columns_unit():
    assert read(["39 of 100", "2 of 100"], unit="of 100") == [39, 2]
    assert read(["39 years", "2"], unit="years") == [39, 2]
    assert customers(["39 kg", "2", "3"], unit="years").rows_rejected == 1


@pytest.mark.parametrize(
    "wrong",
    ["1,23,4", "12 34", "1.2.3", "1,2,3", "5 $ 5", "--5", "5-6", "1/2", "(5", "five", "٣", "e5", "$", "-5-", "(5)-"],
)
def test_what_is_no_figure_is_none(wrong):
    found = customers(["1.5", "2.5", wrong, "3"])
    assert found.rejected["reason"].to_list() == ["not a number"]
    assert found.frame["x"].to_list() == [1.5, 2.5, 3]


@pytest.mark.parametrize(
    ("written", "delimiter", "meant", "said"),
    [
        (["1,234", "900"], ",", [1234, 900], "were read as thousands"),
        (["1,234", "900"], ";", [1234, 900], "were read as thousands"),
        (["1.234", "900"], ";", [1234, 900], "were read as thousands"),
        (["1.234", "900"], ",", [1.234, 900], None),
        (["12,5", "900"], ";", [12.5, 900], "with a decimal comma"),
        (["12.5", "900"], ";", [12.5, 900], None),
        (["12", "900"], ";", [12, 900], None),
    ],
)
def test_what_could_be_read_both_ways_is_decided_and_said(written, delimiter, meant, said):
    found = customers(written, delimiter)
    assert found.frame["x"].to_list() == meant
    assert [said in note for note in exact(found.notes)] == ([True] if said else [])


def test_another_column_of_the_file_decides_where_one_could_be_read_both_ways(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("x;y\n1.234;2,5\n2.345;3,5\n", encoding="utf-8")
    described = Site.model_validate(
        {"data": {"path": "t.csv"}, "columns": {"x": Column(role="feature"), "y": Column(role="feature")}}
    )
    assert validate(read_table(file, described), described).frame["x"].to_list() == [1234, 2345]


def test_the_stated_decimal_sign_rules():
    assert read(["1,234", "2,345"], decimal=",") == [1.234, 2.345]
    assert read(["1.234", "2.345"], decimal=".") == [1.234, 2.345]
    assert read(["1.234", "2.345"], decimal=",") == [1234, 2345]
    assert customers(["1,234", "2,345"], decimal=",").notes == ()


def test_a_figure_of_the_other_convention_is_set_aside_not_misread():
    found = customers(["1.5", "2.5", "3,5", "4"])
    assert found.frame["x"].to_list() == [1.5, 2.5, 4]
    assert found.rejected["row"].to_list() == [4]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-(10**11), 10**11), min_size=2, max_size=6, unique=True),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("\u00a0", "."), ("'", "."), ("", "."), ("", ",")]),
    st.sampled_from(["{}", "${}", "{} €", "{} kr.", "Rs. {}", "US$ {}", "{}円", "CHF {}", " {}\u00a0%"]),
)
def test_what_is_written_with_two_decimals_is_read_back(hundredths, signs, pattern):
    group, point = signs
    written = [
        f"{number / 100:,.2f}".replace(",", "g").replace(".", point).replace("g", group) for number in hundredths
    ]
    assert read([pattern.format(text) for text in written]) == [number / 100 for number in hundredths]
