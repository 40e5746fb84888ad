"""SQLite databases: read as they are, never changed, and one sentence for what goes wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from analysis.errors import ConfigurationError, DataError
from analysis.reading.sources import database
from analysis.reading.sources.refusals import refusal
from tests.analysis.sources.conftest import Read, cells

URL = "sqlite:///shop.db"
QUERY = "SELECT id, x FROM customers"


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> Path:
    file = tmp_path / "shop.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE customers (id INTEGER, x REAL, name TEXT)")
    rows = [(number, number / 2, f"N{number}") for number in range(20, 0, -1)]
    connection.executemany("INSERT INTO customers VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()
    return file


def test_the_path_starts_from_the_folder_of_the_configuration(read: Read, shop: Path):
    table = read(database=URL, query=QUERY)
    assert cells(table)[:3] == [["1", "0.5"], ["10", "5"], ["11", "5.5"]]
    assert read(database=f"sqlite:///{shop}", query=QUERY).sha256 == table.sha256


def test_what_differs_has_another_sum(read: Read):
    sums = {read(database=URL, query=f"{QUERY} WHERE id < {end}").sha256 for end in (5, 6, 7)}
    assert len(sums) == 3


def test_columns_of_one_name_are_told_apart_by_their_places(read: Read):
    with pytest.raises(DataError, match=r"column 2 .* and column 3 .* could each be “x”"):
        read(database=URL, query="SELECT id, x, x FROM customers")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT id, x FROM people", "there is no such table “people”; correct data.query."),
        ("SELECT id, y FROM customers", "there is no such column “y”; correct data.query."),
        ("SELECT id, FROM customers", "the query is not valid SQL"),
        ("SELECT (", "the query is not valid SQL"),
        ("SELECT 1 AS id, 2 AS x; SELECT 2", "the query is not valid SQL"),
        ("DELETE FROM customers", "the query would change the database; write a SELECT"),
        ("", "the query returns no table"),
        ("SELECT id, x FROM customers WHERE id > 99", "the query finds no row"),
    ],
)
def test_a_query_that_cannot_be_answered(read: Read, query: str, said: str):
    with pytest.raises(DataError, match=said) as caught:
        read(database=URL, query=query)
    assert str(caught.value).count("\n") == 0
    assert caught.value.__cause__ is None
    assert len(cells(read(database=URL, query=QUERY))) == 20


def test_a_file_that_is_missing_is_not_made(read: Read, tmp_path: Path):
    with pytest.raises(DataError, match=r"none\.db: there is no such database; check data\.database"):
        read(database="sqlite:///none.db", query=QUERY)
    assert [each.name for each in tmp_path.iterdir()] == ["shop.db"]
    with pytest.raises(DataError, match="SQLite needs a file"):
        read(database="sqlite://", query=QUERY)


def test_a_locked_file(read: Read, shop: Path, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    writer = sqlite3.connect(shop, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(
        DataError, match="the database is locked; try again when the other program has finished writing to it"
    ):
        read(database=URL, query=QUERY)
    writer.close()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda _: b"id,x\n1,2\n" * 200, "the file is not an SQLite database"),
        (lambda data: data[:4096] + bytes(len(data) - 4096), "cut short or damaged|no row"),
        (lambda data: data[:5000], "cut short or damaged"),
    ],
)
def test_a_file_that_is_no_database_or_no_longer_one(read: Read, shop: Path, damage, said: str):
    connection = sqlite3.connect(shop)
    connection.executemany("INSERT INTO customers VALUES (?, 1, ?)", [(each, "n" * 100) for each in range(500)])
    connection.commit()
    connection.close()
    shop.write_bytes(damage(shop.read_bytes()))
    with pytest.raises(DataError, match=said):
        read(database=URL, query=QUERY)


def test_a_database_named_as_a_file_is_sent_to_the_right_key(read: Read):
    with pytest.raises(DataError, match=r"this is an SQLite database.*`database: sqlite:///.*shop\.db` and a `query`"):
        read(path="shop.db")


def test_text_that_is_not_utf_8_is_read_all_the_same(read: Read, shop: Path):
    connection = sqlite3.connect(shop)
    connection.execute("UPDATE customers SET name = CAST(x'ff41' AS TEXT)")
    connection.commit()
    connection.close()
    assert cells(read(database=URL, query="SELECT name AS id, x FROM customers"))[0][0] == "\ufffdA"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("klingon://host/database", "no driver is known for that kind of database"),
        (
            "mysql+mysqldb://u@127.0.0.1:9/x",
            "driver is not installed; install the Python package that brings “MySQLdb”",
        ),
        ("postgresql://u@host:port/x", "not a valid address"),
    ],
)
def test_an_address_that_leads_nowhere(read: Read, url: str, said: str):
    with pytest.raises(DataError, match=said):
        read(database=url, query=QUERY)


def test_a_variable_that_is_not_set_is_named(read: Read, monkeypatch):
    monkeypatch.delenv("ATLAS_NONE", raising=False)
    with pytest.raises(ConfigurationError, match="the environment variable ATLAS_NONE is not set") as caught:
        read(database="postgresql://u:${ATLAS_NONE}@host/x", query=QUERY)
    assert caught.value.exit_code == 2


def test_what_an_unknown_driver_says_is_never_repeated():
    class TheirError(Exception):
        sqlstate = None

    for error in (TheirError("secret"), TheirError("secret", "x"), OSError("secret")):
        assert "secret" not in refusal(error)
