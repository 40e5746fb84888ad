"""Every row is used or set aside with its reason; what is not worth analysing is refused with one sentence."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.configuration import Column, Configuration, Site
from analysis.errors import AtlasError, ConfigurationError, DataError
from analysis.preparation.validate import Customers, validate
from analysis.reading.table import read_table
from tests.notes import exact

COLUMNS = {
    "id": Column(role="id"),
    "gender": Column(role="gender"),
    "age": Column(role="age", minimum=0, maximum=120),
    "x": Column(role="feature"),
}
GOOD = [f"{number},Male,{20 + number},{number}" for number in range(1, 9)]


def site(columns: dict[str, Column] | None = None) -> Site:
    return Site.model_validate({"data": {"path": "t.csv"}, "columns": columns or COLUMNS})


def customers_of(file: Path, described: Site) -> Customers:
    return validate(read_table(file, described), described)


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., Customers]:
    def _check(*rows: str, header: str = "id,gender,age,x", columns: dict[str, Column] | None = None) -> Customers:
        file = tmp_path / "t.csv"
        file.write_text("\n".join([header, *rows]), encoding="utf-8")
        return customers_of(file, site(columns))

    return _check


def reasons(customers: Customers) -> list[tuple[int, str | None, str]]:
    return [tuple(row) for row in customers.rejected.itertuples(index=False, name=None)]


def test_the_table_that_ships_is_used_whole(mall: Configuration):
    customers = customers_of(mall.origin.places[0], mall.site)
    assert (customers.rows_read, customers.rows_used, customers.rows_rejected) == (200, 200, 0)
    assert customers.frame.shape == (200, 5)
    assert list(customers.frame.dtypes.astype(str)) == ["str", "str", "float64", "float64", "float64"]
    assert customers.rejections == ()
    assert customers.notes == ()
    assert list(customers.rejected.columns) == ["row", "column", "reason"]
    assert customers.frame["Annual Income (k$)"].mean() == pytest.approx(60.56)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",Male,30,3", "id", "missing identifier"),
        ("  ,Male,30,3", "id", "missing identifier"),
        ("8,Female,30,3", "id", "identifier of an earlier row"),
        ("8,Male,28,8", "id", "identifier of an earlier row"),
        ("9,Male,,3", "age", "missing value"),
        ("9,Male,NA,3", "age", "missing value"),
        ("9,Male,#DIV/0!,3", "age", "missing value"),
        ("9,Male,old,3", "age", "not a number"),
        ("9,Male,12 34,3", "age", "not a number"),
        ("9,Male,0x1F,3", "age", "not a number"),
        ("9,Male,1_0,3", "age", "not a number"),
        ("9,Male,inf,3", "age", "infinite, or beyond 10¹⁵"),
        ("9,Male,30,-Infinity", "x", "infinite, or beyond 10¹⁵"),
        ("9,Male,30,1e999", "x", "infinite, or beyond 10¹⁵"),
        ("9,Male,30,9999999999999999", "x", "infinite, or beyond 10¹⁵"),
        ("9,Male,-1,3", "age", "below the minimum, 0"),
        ("9,Male,121,3", "age", "above the maximum, 120"),
        ("9,Male,30", None, "fewer fields than the header has columns"),
        ("9,Male,30,3,4", None, "more fields than the header has columns"),
        ("9,Male,old,new", "age", "not a number"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside_with_its_reason(check, row, column, reason):
    customers = check(*GOOD, row, "10,Female,40,5")
    assert reasons(customers) == [(10, column, reason)]
    assert (customers.rows_read, customers.rows_used) == (10, 9)
    assert [(each.column, each.reason, each.rows, each.examples) for each in customers.rejections] == [
        (column, reason, 1, (10,))
    ]
    assert list(customers.row_numbers) == [*range(2, 10), 11]
    assert list(customers.frame.index) == list(range(9))


def test_rejections_are_in_the_files_order_and_counted_by_reason(check):
    customers = check(
        "1,Male,,1", *GOOD, "9,Male,?,3", "10,Male,30", "11,Male,x,3", *(f"{n},F,200,1" for n in (12, 13))
    )
    assert [row for row, _, _ in reasons(customers)] == [2, 11, 12, 13, 14, 15]
    assert [(each.reason, each.rows) for each in customers.rejections] == [
        ("above the maximum, 120", 2),
        ("missing value", 2),
        ("fewer fields than the header has columns", 1),
        ("not a number", 1),
    ]


def test_the_first_usable_row_of_an_identifier_is_kept(check):
    customers = check("1,Male,wrong,1", *GOOD)
    assert reasons(customers) == [(2, "age", "not a number")]
    assert customers.frame["id"][0] == "1"


def test_identifiers_are_compared_trimmed(check):
    assert reasons(check(*GOOD, " 8 ,Male,30,1")) == [(10, "id", "identifier of an earlier row")]


def test_twenty_examples_at_most(check):
    customers = check(*(f"{n},M,{20 + n % 50},{n}" for n in range(60)), *(f"x{n},M,,1" for n in range(25)))
    assert customers.rejections[0].rows == 25
    assert customers.rejections[0].examples == tuple(range(62, 82))


def test_a_table_without_identifiers_keeps_rows_that_are_alike(check):
    columns = {name: COLUMNS[name] for name in ("age", "x")}
    customers = check("30,1", "30,1", "40,2", header="age,x", columns=columns)
    assert customers.rows_used == 3
    assert list(customers.row_numbers) == [2, 3, 4]


def test_missing_categories_are_a_category_and_said(check):
    customers = check(*GOOD, "9,,30,1", "10,N/A,31,1")
    assert list(customers.frame["gender"][-2:]) == ["(missing)", "(missing)"]
    assert customers.rows_rejected == 0
    assert exact(customers.notes) == ("Rows without a value in “gender” count as “(missing)”.",)


def test_categories_that_only_rows_set_aside_lack_are_not_told(check):
    customers = check(*GOOD, "9,,x,1", "10,N/A,31")
    assert customers.rows_rejected == 2
    assert customers.notes == ()


def test_a_name_that_looks_like_nothing_stays_a_name(check):
    customers = check(*GOOD, "9,None,30,1", "10,NA,31,1")
    assert list(customers.frame["gender"][-2:]) == ["None", "NA"]


def test_spellings_of_one_category_are_joined_under_the_commonest(check):
    customers = check(*GOOD, "9,MALE,30,1", "10, male ,30,1", "11,female,31,1", "12,Female,31,1", "13,F\u00a0 x,1,1")
    assert list(customers.frame["gender"][-5:]) == ["Male", "Male", "Female", "Female", "F x"]
    assert exact(customers.notes) == ("Spellings in “gender” that differ only in capitals or blanks were merged.",)


def test_what_cannot_be_seen_is_taken_out_of_categories(check):
    customers = check(*GOOD, "9,\u202eel\u0007aM\uffff,30,1", "10,</script>{{< env HOME >}},31,1")
    assert list(customers.frame["gender"][-2:]) == ["el aM", "</script>{{< env HOME >}}"]


def test_columns_may_be_called_anything(check):
    names = ["row", "cell0", "value1", "code", "fault0", "x`{{<"]
    columns = {name: Column(role="feature") for name in names}
    customers = check("1,2,3,4,5,6", "2,3,4,5,6,7", header=",".join(names), columns=columns)
    assert list(customers.frame.columns) == names
    assert customers.frame.to_numpy().tolist() == [[1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7]]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            ["1,M,young,1", "2,M,ancient,2", "3,M,30,3"],
            ["column “age” numbers were expected", "2 of 3 rows", "(rows 2, 3)", "correct the column's role"],
        ),
        (
            ["1,M,190,1", "2,M,200,2", "3,M,30,3"],
            ["column “age” numbers from 0 to 120 were expected", "2 of 3 rows", "correct the column's minimum"],
        ),
        (["1,M,,1", "2,M,,2"], ["the column “age” is empty in every row"]),
        (
            ["1,M,20,1", "1,M,21,2", "1,M,22,3", "1,M,22,3"],
            ["column “id” was expected to identify customers", "3 of 4 rows", "(rows 3, 4, 5)"],
        ),
        (["1,M,20,1", "2,M,20,1"], ["every column that forms segments has the same value"]),
        (
            ["1,M,,1", "2,M,30,", ",M,30,1", "4,M,,3"],
            ["no row can be used", "2 × missing value in “age”", "1 × missing identifier in “id”"],
        ),
    ],
)
def test_a_table_that_is_not_what_was_said_is_refused(check, rows, words):
    with pytest.raises(DataError) as caught:
        check(*rows)
    message = str(caught.value).rpartition("/")[2]
    assert message.startswith("t.csv: ")
    assert all(word in message for word in words), message
    assert not any(value in message for value in ("young", "ancient", "190"))
    assert caught.value.exit_code == 3


def test_a_constant_column_that_only_describes_is_welcome(check):
    columns = {**COLUMNS, "age": Column(role="age", use="describe")}
    assert check("1,M,20,1", "2,M,20,2", columns=columns).rows_used == 2


def test_differences_too_small_to_square_are_none(check):
    with pytest.raises(DataError, match="the same value in every usable row"):
        check("1,M,20,1e-300", "2,M,20,2e-300")


def test_nothing_to_cluster_by_is_a_mistake_of_the_configuration(check):
    with pytest.raises(ConfigurationError, match="no numeric column forms segments"):
        check("1,M,20,1", columns={"id": COLUMNS["id"], "gender": COLUMNS["gender"]})


def test_the_order_of_rows_changes_no_value(check):
    rows = [*GOOD, "9,MALE,30,1", "10,Female,31,7", "11,FEMALE,31,9"]
    forwards, backwards = check(*rows).frame, check(*reversed(rows)).frame
    assert forwards.to_numpy().tolist() == backwards.iloc[::-1].to_numpy().tolist()


CELLS = st.one_of(
    st.integers(-5, 200).map(str),
    st.floats().map(str),
    st.sampled_from(["", " ", "NA", "Male", "1,5", "1.234,5", "$3", "45 %", "(7)", "−2", '"', "\u00a0", "1e400"]),
    st.text(max_size=8),
)


def accounts_for_every_row(content: bytes) -> None:
    """Either customers whose counts add up, or an error meant for people; never anything else."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "t.csv"
        file.write_bytes(content)
        try:
            table = read_table(file, site())
            customers = validate(table, site())
        except AtlasError:
            return
    assert customers.rows_read == customers.rows_used + customers.rows_rejected == table.rows_read
    assert sum(each.rows for each in customers.rejections) == customers.rows_rejected
    used, aside = list(customers.row_numbers), list(customers.rejected["row"])
    assert len({*used, *aside}) == customers.rows_read
    assert customers.rows_used == len(used) > 0
    assert np.isfinite(customers.frame[["age", "x"]].to_numpy()).all()
    assert customers.frame["age"].between(0, 120).all()
    assert customers.frame["id"].is_unique
    assert not customers.frame.isna().to_numpy().any()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=3, max_size=5), max_size=12), st.sampled_from([",", ";", "\t", "|"]))
@example([["1", "a", "1,5", "2"], ["2", "b", "3", "4"]], ";")
def test_counts_add_up_for_any_cells(rows, sign):
    lines = [sign.join(row) for row in [["id", "gender", "age", "x"], *(row.split(",") for row in GOOD), *rows]]
    accounts_for_every_row("\n".join(lines).encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.sampled_from([b"", b"id,gender,age,x\n", b"id;gender;age;x\n1;a;2;3\n2;b;3;4\n"]))
def test_counts_add_up_for_any_bytes(content, start):
    accounts_for_every_row(start + content)
