"""Tables of transactions that cannot be analysed: one clear sentence each, and no cell's value."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from analysis.configuration import Site
from analysis.errors import DataError

GOOD = ("1,2026-01-01,10,A", "2,2026-01-05,4,B", "2,2026-01-09,4,C")


@pytest.mark.parametrize(
    ("rows", "column", "words"),
    [
        (("1,2026-01-01,-10,A", "2,2026-01-02,0,B"), "money", "there are refunds but no purchases"),
        (("1,2026-01-01,10,A", "1,2026-01-02,4,B"), "who", "every row has the same “who”"),
        (("1,2026-01-01,10,A", "2,2026-01-01,4,B"), "day", "there can be no repeat purchase"),
        (
            ("1,2026-01-01,10,A", "1,2026-01-02,-10,A", "2,2026-01-03,3,B", "2,2026-01-03,-4,B"),
            None,
            "no customer has a purchase left",
        ),
    ],
    ids=["refunds alone", "one customer", "one day", "all cancelled"],
)
def test_what_cannot_differ_is_told_in_one_sentence(sums, rows, column, words):
    problems = sums(*rows, invoice="bill").problems
    assert [problem.column for problem in problems] == [column]
    assert words in problems[0].sentence
    assert "t.csv" in problems[0].sentence


def test_a_column_without_dates_is_refused_with_the_setting_to_change(sums):
    with pytest.raises(
        DataError, match=r"in the column “day” dates were expected.*transactions\.date_format"
    ) as caught:
        sums("1,whenever,10,A", "2,some time,4,B")
    assert "whenever" not in str(caught.value)


def test_a_column_that_is_missing_is_named_with_the_part_that_names_it(sums):
    told = r"t\.csv: there is no column “dya”\. Did you mean “day”\?.*or name another under transactions\.$"
    with pytest.raises(DataError, match=told):
        sums("1,2026-01-01,10,A", date="dya")


def test_an_empty_column_of_amounts_is_told(sums):
    problems = sums("1,2026-01-01,,A", "2,2026-01-02,,B").problems
    assert "the column “money” is empty in every row" in problems[0].sentence


ONCE = ("1,2026-01-01,10,A", "2,2026-01-05,4,B", "3,2026-01-09,5,C")


def told(found) -> dict[str, tuple[str, bool]]:
    return {one.column: (one.reason, one.describes) for one in found.customers.left_out}


def test_where_everybody_bought_once_frequency_describes(sums):
    assert sums(*ONCE, columns={"frequency": {"use": "describe"}}).problems == ()
    found = sums(*ONCE)
    assert found.problems == ()
    assert told(found) == {"frequency": ("it has the same value for every customer", True)}
    assert [name for name, each in found.customers.columns.items() if each.clusters] == ["recency", "monetary"]


def test_where_nothing_is_left_to_tell_customers_apart_one_sentence_says_so(sums):
    problems = sums("1,2026-01-01,4,A", "2,2026-01-01,4,B", "1,2026-01-05,4,A", "2,2026-01-05,4,B").problems
    assert "has the same value" in problems[0].sentence


def test_where_every_purchase_is_of_one_price_money_repeats_frequency(sums):
    rows = [f"{who},2026-{1 + each:02}-{1 + who:02},9.9,A" for who in range(1, 25) for each in range(1 + who * who % 7)]
    found = sums(*rows, header="who,day,money,bill")
    assert told(found)["monetary"] == ("it is “frequency” in another unit", True)
    assert told(found)["basket"] == ("it has the same value for every customer", False)
    assert found.customers.columns["monetary"].role == "monetary"


def site(columns: dict[str, object] | None = None, **transactions: object) -> Site:
    content = {"data": {"path": "t.csv"}, "transactions": transactions, "columns": columns or {}}
    return Site.model_validate(content)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "name the column of the amount"),
        ({"quantity": "q"}, "name the column of the amount"),
        ({"amount": "a", "price": "p"}, "amount already gives"),
        ({"amount": "d"}, "“d” is named twice"),
        ({"amount": "a", "cancelled": {"column": "s"}}, "write either prefix or values"),
        (
            {"amount": "a", "cancelled": {"column": "s", "prefix": "C", "values": ["x"]}},
            "write either prefix or values",
        ),
        ({"amount": "a", "date_format": "day first"}, "“day first” is not a date format"),
        ({"amount": "a", "columns": {"Age": {"role": "age"}}}, "“Age” is not derived from transactions"),
        ({"amount": "a", "columns": {"products": {"use": "cluster"}}}, "“products” is not derived"),
        ({"amount": "a", "customer": "recency"}, "the name of a derived column"),
        ({"amount": "a", "invioce": "i"}, "invioce"),
    ],
)
def test_settings_that_contradict_themselves_are_refused(parts, words):
    with pytest.raises(ValidationError, match=words):
        site(**{"customer": "c", "date": "d", **parts})


def test_derived_columns_are_described_and_may_be_changed_in_part():
    made = site(columns={"tenure": {"use": "cluster"}}, customer="c", date="d", amount="a", product="p")
    assert list(made.columns) == ["c", "recency", "frequency", "monetary", "tenure", "basket", "products"]
    clustering = [name for name, column in made.columns.items() if column.clusters]
    assert clustering == ["recency", "frequency", "monetary", "tenure"]
    assert made.columns["tenure"].label == "Days since first purchase"
    assert Site.model_validate(made.model_dump()) == made


def test_the_columns_of_the_file_are_read_each_once():
    made = site(customer="c", date="d", quantity="q", price="p", invoice="i", cancelled={"column": "i", "prefix": "C"})
    assert list(made.file_columns) == ["c", "q", "p", "d", "i"]
    assert made.file_columns["p"].minimum == 0
