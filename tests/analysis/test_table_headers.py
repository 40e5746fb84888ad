"""Which header is which column, whatever a tool made of its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration import Column
from analysis.errors import DataError, MissingColumnsError
from analysis.headers.headers import loose, match_headers, unit_of
from tests.notes import exact

FILE = Path("customers.csv")
MALL = {
    "CustomerID": Column(role="id"),
    "Gender": Column(role="gender", aliases=("Genre",)),
    "Age": Column(role="age"),
    "Annual Income (k$)": Column(role="income"),
    "Spending Score (1-100)": Column(role="spending"),
}


def one(header: str, name: str, *aliases: str) -> bool:
    try:
        return match_headers(FILE, [header], {name: Column(role="feature", aliases=aliases)})[0] == {name: 0}
    except DataError:
        return False


@pytest.mark.parametrize(
    "header",
    [
        "Annual Income (k$)",
        "annual income (K$)",
        "Annual Income k$",
        "annual_income_(k$)",
        "AnnualIncome(k$)",
        "Annual\u00a0Income\u00a0(k$)",
        "ANNUAL-INCOME [k$]",
        "Annual Income",
        "annual_income",
    ],
)
def test_an_income_by_any_name(header):
    assert one(header, "Annual Income (k$)")


@pytest.mark.parametrize("header", ["Annual Income (€)", "Annual Income ($)", "Income", "Annual Income Tax (k$)", ""])
def test_another_unit_or_another_word_is_another_column(header):
    assert not one(header, "Annual Income (k$)")


def test_aliases_match_like_names():
    assert one("GENRE ", "Gender", "Genre")
    assert one("Umsatz (€)", "Revenue", "umsatz")


def test_headers_of_signs_alone_are_told_apart():
    assert one("#", "#")
    assert not one("*", "#")


def test_a_unit_that_one_side_leaves_out_is_said():
    _, notes = match_headers(FILE, ["annual_income"], {"Annual Income (k$)": Column(role="income")})
    assert exact(notes) == (
        "The column “annual_income” was used as “Annual Income (k$)”. It states no unit, so “k$” is assumed.",
    )
    _, notes = match_headers(FILE, ["Income (k$)"], {"Income": Column(role="income")})
    assert exact(notes) == (
        (
            "The column “Income (k$)” was used as “Income”. It states the unit “k$”. Check that the configuration "
            "means the same."
        ),
    )


def test_an_alias_is_said_and_a_mere_spelling_is_not():
    found, notes = match_headers(FILE, ["CUSTOMERID", "Genre"], {name: MALL[name] for name in ("CustomerID", "Gender")})
    assert found == {"CustomerID": 0, "Gender": 1}
    assert exact(notes) == ("The column “Genre” was used as “Gender”.",)


def test_the_exact_name_wins_over_its_likes():
    assert match_headers(FILE, ["AGE", "Age"], {"Age": MALL["Age"]})[0] == {"Age": 1}


@pytest.mark.parametrize(("header", "columns"), [(["x", "Age", "Age"], (2, 3)), (["age", "x", "AGE"], (1, 3))])
def test_two_headers_for_one_column_name_both_positions(header, columns):
    with pytest.raises(DataError) as caught:
        match_headers(FILE, header, {"Age": MALL["Age"]})
    assert all(f"column {place} (“{header[place - 1]}”)" in str(caught.value) for place in columns)
    assert "rename or delete all but one" in str(caught.value)


def test_two_headers_of_no_concern_are_no_error():
    assert match_headers(FILE, ["x", "x", "Age"], {"Age": MALL["Age"]})[0] == {"Age": 2}


def test_a_missing_column_names_file_expectation_and_the_nearest():
    header = ["CustomerID", "Genre", "Age", "Annual Incme (k$)", "Spending Points"]
    with pytest.raises(DataError) as caught:
        match_headers(FILE, header, MALL)
    message = str(caught.value)
    assert message.startswith(
        "customers.csv: there is no column “Annual Income (k$)” (expected: numbers, role income). "
        "Did you mean “Annual Incme (k$)”?"
    )
    assert "“Spending Score (1-100)” (expected: numbers, role spending). Did you mean “Spending Points”?" in message
    assert message.endswith("correct its header, or add an alias under columns.")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"role": "id"}, "identifiers"),
        ({"role": "gender"}, "categories"),
        ({"role": "date"}, "dates"),
        ({"role": "age", "kind": "date"}, "dates"),
        ({"role": "feature", "kind": "boolean"}, "yes or no"),
        ({"role": "category", "kind": "ordinal", "order": ("low", "high")}, "levels in an order"),
    ],
)
def test_a_missing_column_is_told_by_what_its_cells_should_be(settings, expected):
    with pytest.raises(MissingColumnsError, match=rf"“x” \(expected: {expected}, role {settings['role']}\)"):
        match_headers("t.csv", ["a"], {"x": Column(**settings)})


def test_without_a_header_no_cell_is_quoted():
    with pytest.raises(DataError) as caught:
        match_headers(FILE, ["981", "Male", "19", "15", "39"], MALL)
    assert "the first line holds figures where names were expected" in str(caught.value)
    assert not any(value in str(caught.value) for value in ("981", "Male", "19", "39"))


def test_units_are_parted_from_words():
    assert unit_of("Annual Income (k$)") == ("Annual Income", "k$")
    assert unit_of("Umsatz €") == ("Umsatz", "€")
    assert unit_of("tenure_years") == ("tenure", "years")
    assert unit_of("Years") == ("Years", "")


@given(st.text(min_size=1).filter(lambda text: text.split()))
def test_every_name_matches_itself(name):
    name = " ".join(name.split())
    assert match_headers(FILE, [name], {name: Column(role="feature")})[0] == {name: 0}


@given(st.from_regex(r"[A-Za-z]+( [A-Za-z]+)*", fullmatch=True))
def test_spelling_does_not_matter(name):
    assert loose(name) == loose(name.upper()) == loose(name.replace(" ", "_")) == loose(f" ({name}) ")
