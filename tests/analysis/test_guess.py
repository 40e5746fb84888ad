"""What is guessed of a bare table, said in sentences, and obeyed by reading and validation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import Configuration, Site
from analysis.configuration.model import FixedK
from analysis.errors import ConfigurationError, DataError
from analysis.preparation.validate import validate
from analysis.proposal.guess import guess_site, propose
from analysis.reading.table import read_table

Guessed = tuple[Site, tuple[str, ...]]


def guess(
    path: Path,
    features: Sequence[str] | None = None,
    k: int | Literal["auto"] = "auto",
    id_column: str | None = None,
) -> Guessed:
    return guess_site(path, features=features, k=k, id_column=id_column)


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Writes a table given column by column, thirty rows each."""

    def _table(sign: str = ",", **columns: Sequence[object]) -> Path:
        rows = zip(*columns.values(), strict=True)
        lines = [sign.join(columns), *(sign.join(str(each) for each in row) for row in rows)]
        file = tmp_path / "bare.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        return file

    return _table


def roles(guessed: Guessed) -> dict[str, str]:
    return {name: column.role for name, column in guessed[0].columns.items()}


N = range(30)
WIDE = [17 + 31 * n % 60 for n in N]


def test_the_mall_table(mall: Configuration):
    site, said = guess(mall.origin.places[0])
    assert {name: column.role for name, column in site.columns.items()} == {
        "CustomerID": "id",
        "Gender": "gender",
        "Age": "age",
        "Annual Income (k$)": "income",
        "Spending Score (1-100)": "spending",
    }
    income, spending, age = (site.columns[name] for name in ("Annual Income (k$)", "Spending Score (1-100)", "Age"))
    assert (income.label, income.format, income.scale) == ("Annual income", "money", 1000)
    assert (spending.label, spending.format, spending.unit) == ("Spending score", "integer", "of 100")
    assert (age.label, age.unit, age.minimum, age.maximum) == ("Age", "years", 0, 120)
    assert site.value.product_of == ("Annual Income (k$)", "Spending Score (1-100)")
    assert site.budget is None
    assert site.privacy.mode == "public"
    assert site.model.selection == "auto"
    assert site.data.path == str(mall.origin.places[0])
    assert "“Age” is taken as the age, in years, because of its name." in said
    assert "“Annual Income (k$)” is taken as the income, in thousands of USD, because of its name." in said
    customers = validate(read_table(mall.origin.places[0], site), site)
    assert customers.rows_used == 200


def test_genre_with_male_and_female_is_the_gender(mall, tmp_path):
    file = tmp_path / "genre.csv"
    file.write_text(mall.origin.places[0].read_text(encoding="utf-8").replace("Gender", "Genre"), encoding="utf-8")
    assert roles(guess(file))["Genre"] == "gender"


def test_a_german_table(table):
    file = table(
        ";",
        Kundennummer=[f"K{n:04}" for n in N],
        Geschlecht=["männlich", "weiblich", "divers"] * 10,
        Alter=WIDE,
        Jahreseinkommen=[f"{20 + n}.{100 + n},50 €" for n in N],
        Ausgaben=WIDE,
        Filiale=["Köln", "Bonn"] * 15,
        Bemerkung=[f"rief am {n}. an" for n in N],
        Kaufdatum=[f"{1 + n % 28}.03.2024" for n in N],
        PLZ=[50667 + n for n in N],
        Land=["DE"] * 30,
    )
    guessed = guess(file)
    assert roles(guessed) == {
        "Kundennummer": "id",
        "Geschlecht": "gender",
        "Alter": "age",
        "Jahreseinkommen": "income",
        "Ausgaben": "spending",
        "Filiale": "category",
        "Kaufdatum": "date",
    }
    site, said = guessed
    assert site.columns["Jahreseinkommen"].format == "money"
    assert site.site.currency == "EUR"
    left_out = {sentence.partition("”")[0].lstrip("“") for sentence in said if "is left out" in sentence}
    assert left_out == {"Bemerkung", "PLZ", "Land"}
    assert (site.columns["Kaufdatum"].date_format, site.columns["Kaufdatum"].use) == ("dd.mm.yyyy", "describe")
    assert validate(read_table(file, site), site).rows_used == 30


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("âge", "age"),
        ("Edad", "age"),
        ("CUSTOMER_AGE", "age"),
        ("AnnualIncome", "income"),
        ("revenu", "income"),
        ("Gehalt_EUR", "income"),
        ("reddito", "income"),
        ("TotalRevenue", "monetary"),
        ("Umsatz", "monetary"),
        ("total_spent", "monetary"),
        ("TotalCharges", "monetary"),
        ("MRR ($)", "monetary"),
        ("Recency", "recency"),
        ("days_since_last_order", "recency"),
        ("Tage seit letztem Kauf", "recency"),
        ("purchase_frequency", "frequency"),
        ("Bestellungen", "frequency"),
        ("Number of purchases", "frequency"),
        ("dépenses", "spending"),
        ("Average basket", "feature"),
        ("Alternative", "feature"),
        ("나이", "age"),
    ],
)
def test_roles_by_name_in_several_languages(table, header, role):
    assert roles(guess(table(**{"x": N, header: WIDE})))[header] == role


def test_an_age_that_nobody_reaches_is_a_measure(table):
    assert roles(guess(table(age=[1900 + n for n in WIDE]))) == {"age": "feature"}


def test_recency_frequency_and_money_make_the_value(table):
    site, said = guess(
        table(
            client_id=[1000 + n for n in N],
            recency_days=WIDE,
            frequency=WIDE,
            monetary=WIDE,
            channel=["web", "shop"] * 15,
        )
    )
    assert [column.role for column in site.columns.values()] == ["id", "recency", "frequency", "monetary", "channel"]
    assert site.value.product_of == ("monetary",)
    assert site.columns["recency_days"].unit == "days"
    assert "A customer's value is estimated as “monetary”." in said


@pytest.mark.parametrize(("columns", "value"), [(("spending",), ("spending",)), (("income",), ()), (("x",), ())])
def test_value_with_less_than_that(table, columns, value):
    site, said = guess(table(**dict.fromkeys(columns, WIDE)))
    assert site.value.product_of == value
    assert ("so all customers count the same" in said[-1]) == (not value)


def test_two_columns_that_say_a_role_equally_share_it_not(table):
    guessed = guess(table(web_orders=WIDE, shop_orders=WIDE[::-1]))
    assert roles(guessed) == {"web_orders": "feature", "shop_orders": "feature"}
    assert "because several columns could be the frequency" in guessed[1][1]


def test_the_plainer_name_takes_the_role(table):
    assert roles(guess(table(orders=WIDE, frequency=WIDE))) == {"orders": "feature", "frequency": "frequency"}


@pytest.mark.parametrize(
    "header", ["CustomerID", "id", "Client No.", "user_code", "Kunden-Nr", "uuid", "matricule", "index", "#"]
)
def test_identifiers_by_name(table, header):
    assert roles(guess(table(**{"x": WIDE, header: [f"c{n}" for n in N]})))[header] == "id"


def test_a_running_number_in_front_identifies(table):
    assert roles(guess(table(who=range(7, 37), x=WIDE))) == {"who": "id", "x": "feature"}


def test_a_number_that_repeats_is_no_identifier(table):
    assert roles(guess(table(code=[n // 5 for n in N], x=WIDE))) == {"code": "feature", "x": "feature"}


def test_without_an_identifier_rows_go_by_number(table):
    assert guess(table(x=WIDE, y=WIDE))[1][0] == "No column identifies the customers; row numbers are used instead."


def test_two_values_make_groups_not_distances(table):
    site, said = guess(table(newsletter=[0, 1] * 15, part=[1, 2] * 15, x=WIDE, y=WIDE[::-1]))
    assert site.columns["part"].role == "category"
    assert (site.columns["newsletter"].kind, site.columns["newsletter"].use) == ("boolean", "describe")
    assert any("“newsletter” is taken as yes or no" in each and "does not form them" in each for each in said)


def test_a_column_that_is_mostly_empty_would_cost_its_rows(table):
    guessed = guess(table(x=WIDE, y=["" if n % 2 else n for n in N]))
    assert roles(guessed) == {"x": "feature"}
    assert "“y” is left out: more than a third of it is empty." in guessed[1]


LIKING = ("I hate it!-5", "-4", "-3", "-2", "-1", "0", "+1", "+2", "+3", "+4", "I love it!+5")


def test_answers_whose_ends_carry_a_text_are_levels_and_lose_no_row(table):
    """Of numbers alone the two ends would be set aside: those who answered most clearly."""
    likes = [LIKING[0], *(LIKING[1 + n % 9] for n in range(28)), LIKING[10]]  # 28 of 30 are numbers
    path = table(age=[20 + n for n in N], spent=WIDE, like=likes)
    site, said = guess(path)
    like = site.columns["like"]
    assert (like.kind, like.order) == ("ordinal", LIKING)
    assert any(each.startswith("“like” is taken as levels in an order, from 1 to 11") for each in said)
    assert validate(read_table(path, site), site).rows_rejected == 0


def test_numbers_with_a_word_that_is_no_level_stay_numbers(table):
    likes = ["refused", *(n % 9 for n in range(29))]
    site, _ = guess(table(age=[20 + n for n in N], spent=WIDE, like=likes))
    assert site.columns["like"].kind is None


def test_percents_by_header_and_by_cell(table):
    columns = guess(table(**{"share (%)": WIDE, "rate": [f"{n}%" for n in WIDE], "part %": [n / 100 for n in N]}))[
        0
    ].columns
    assert [(column.format, column.scale) for column in columns.values()] == [
        ("percent", 0.01),
        ("percent", 0.01),
        ("percent", 1),
    ]


def test_features_restrict_what_clusters(mall):
    site, said = guess(mall.origin.places[0], ["age", "spending_score"], k=5)
    assert [name for name, column in site.columns.items() if column.clusters] == ["Age", "Spending Score (1-100)"]
    assert site.columns["Annual Income (k$)"].use == "describe"
    assert site.model.selection == FixedK(k=5)
    assert any("“Annual Income (k$)”" in each and "does not form them" in each for each in said)


def test_a_wanted_column_clusters_whatever_it_looks_like(table):
    guessed = guess(table(x=WIDE, flag=[0, 1] * 15, id=list(N)), ["flag", "id"])
    assert [name for name, column in guessed[0].columns.items() if column.clusters] == ["flag", "id"]


def test_the_identifier_may_be_named(table):
    guessed = guess(table(CustomerID=range(30), loyalty_card=[f"L{n}" for n in N], x=WIDE), id_column="Loyalty card")
    assert roles(guessed) == {"loyalty_card": "id", "x": "feature"}
    assert "“loyalty_card” is taken as the identifier of the customers, as --id says." in guessed[1]


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"features": ["Agee"]}, DataError, "--features: there is no column “Agee”. Did you mean “Age”"),
        ({"id_column": "Customer"}, DataError, "--id: there is no column “Customer”. Did you mean “CustomerID”?"),
        ({"features": ["Gender"]}, DataError, "“Gender” was expected to hold numbers"),
        ({"features": ["Age"], "id_column": "Age"}, ConfigurationError, "name it only once"),
        ({"k": 1}, ConfigurationError, "--k: 1 is not between 2 and 20"),
        ({"k": 21}, ConfigurationError, "--k: 21 is not between 2 and 20"),
    ],
)
def test_what_cannot_be_obeyed_is_said(mall, asked, error, words):
    with pytest.raises(error) as caught:
        guess(mall.origin.places[0], **asked)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("a,b\n", "no row below it"),
        ("1,2\n3,4\n", "the first line holds figures"),
        ("a,b\nx,y\nz,w\n", "no numeric column"),
        ("x,x\n1,2\n2,3\n", "no column has a name of its own"),
    ],
)
def test_tables_that_cannot_be_guessed(tmp_path, content, words):
    file = tmp_path / "bare.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=words):
        guess(file)


def test_columns_of_one_name_are_left_out(tmp_path):
    file = tmp_path / "bare.csv"
    file.write_text("a,b,a,c\n" + "".join(f"{n},{n},{n},{n * n}\n" for n in range(40)), encoding="utf-8")
    site, said = guess(file)
    assert "“a” is left out, because several columns have that name." in said
    assert "a" not in site.columns
    assert read_table(file, site).rows_read == 40


def test_no_sentence_quotes_a_cell(table):
    _, said = guess(table(id=[f"secret{n}" for n in N], note=[f"private {n}" for n in N], city=["Xanadu"] * 30, x=WIDE))
    assert not any(word in sentence for sentence in said for word in ("secret", "private", "Xanadu"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=4, unique=True), st.randoms())
def test_whatever_a_header_says_the_guess_can_be_read(tmp_path_factory, headers, random):
    file = tmp_path_factory.mktemp("guess") / "bare.csv"
    quoted = [f'"{header.replace(chr(34), chr(34) * 2)}"' for header in ["x", *headers]]
    rows = [",".join(str(random.randint(1, 900)) for _ in quoted) for _ in range(12)]
    file.write_bytes("\n".join([",".join(quoted), *rows]).encode("utf-8", "replace"))
    try:
        site, said = guess(file)
    except DataError:
        return
    table = read_table(file, site)
    assert table.rows_read == 12
    assert said
    assert list(table.frame.columns) == list(site.columns)


def test_columns_with_one_label_go_by_their_headers(table):
    site, _ = guess(table(visits=WIDE, Visits=WIDE[::-1], age=WIDE))
    assert [column.label for column in site.columns.values()] == ["visits", "Visits", "Age"]


def test_a_running_number_measures_nothing_as_the_build_will_find(table):
    rows = range(60)
    ticket = [5000 + 7 * n % 60 for n in rows]
    site, said = guess(table(x=[n * n % 41 for n in rows], ticket=ticket, y=[n % 11 for n in rows]))
    assert list(site.columns) == ["x", "y"]
    assert (
        "“ticket” is left out: it is a running number, like those of orders or customers, and measures nothing." in said
    )


def test_what_features_name_forms_segments_whatever_it_looks_like(table):
    rows = range(60)
    path = table(y=[n % 11 for n in rows], ticket=[5000 + 7 * n % 60 for n in rows])
    site, _ = guess(path, ["ticket", "y"])
    assert [name for name, each in validate(read_table(path, site), site).columns.items() if each.clusters] == [
        "y",
        "ticket",
    ]


LATE, MANY = 20_000, 26_000


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """A table whose later rows have what the first do not: gaps, and days that tell which number is the month."""
    early = [f"{n},{18 + n * 7 % 60},{n * 37 % 8000},0{1 + n % 9}/0{1 + n % 9}/2023" for n in range(LATE)]
    others = [f"{n},{18 + n * 7 % 60},,0{1 + n % 9}/1{1 + n % 9}/2023" for n in range(LATE, MANY)]
    (tmp_path / "late.csv").write_text("\n".join(["No.,age,income,joined", *early, *others]))
    return tmp_path / "late.csv"


def test_of_a_large_table_more_is_looked_at_than_its_beginning(late):
    site, said = guess(late)
    assert {name: column.role for name, column in site.columns.items()} == {
        "No.": "id",
        "age": "age",
        "income": "income",
        "joined": "date",
    }
    assert site.columns["income"].missing is None
    assert site.columns["joined"].date_format == "mm/dd/yyyy"
    assert said[0] == (
        "Of the table's 26,000 rows 20,000 were looked at: the first 10,000, and as many spread over the others."
    )
    assert any("“income”" in told and "of the rows looked at have no value" in told for told in said)
    assert validate(read_table(late, site), site).rows_used == LATE


@pytest.mark.parametrize("address", ["postgresql://me:secret@host/shop", "sqlite:///shop.db", "mysql+pymysql://h/s"])
def test_a_databases_address_is_no_file(address):
    with pytest.raises(ConfigurationError, match=r"data\.database") as raised:
        guess(Path(address))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("PhoneService", ["Yes", "No"] * 15),
        ("Account owner", ["Ann", "Bo", "Cy"] * 10),
        ("Account balance", [100 + 37 * n for n in N]),
        ("Mobile sessions", WIDE),
    ],
)
def test_what_is_said_of_a_code_is_no_code(table, header, cells):
    assert header in roles(guess(table(x=WIDE, **{header: cells})))


@pytest.mark.parametrize(
    "header", ["Phone", "Phone number", "Home phone", "zip_code", "Zip", "PLZ", "Konto Nr.", "lat"]
)
def test_codes_measure_nothing(table, header):
    assert header not in roles(guess(table(x=WIDE, **{header: [50667 + n * 7 % 19 for n in N]})))


def test_what_is_counted_from_a_birth_is_labelled_an_age(table):
    site, _ = guess(table(x=WIDE, Geburtsdatum=[f"0{1 + n % 9}.03.19{50 + n}" for n in N]))
    assert (site.columns["Geburtsdatum"].role, site.columns["Geburtsdatum"].label) == ("age", "Age")


def test_dates_that_can_be_read_both_ways_are_said_to_be(table):
    proposal = propose(table(x=WIDE, joined=[f"0{1 + n % 9}/0{1 + n % 7}/2023" for n in N]))
    assert any("“joined”" in told and "mm/dd/yyyy would do as well" in told for told in proposal.said)
    assert "Dates in “joined” can be read as dd/mm/yyyy or mm/dd/yyyy" in proposal.questions[0]


def test_a_polish_header_is_read_with_its_letters(table):
    site, _ = guess(table(x=WIDE, Płeć=["kobieta" if n % 2 else "mężczyzna" for n in N]))
    assert site.columns["Płeć"].role == "gender"
