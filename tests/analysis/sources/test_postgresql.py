"""A real PostgreSQL server: what it holds is read, and what goes wrong is one sentence without a secret."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import yaml

from analysis.configuration import Column
from analysis.errors import ConfigurationError, DataError
from tests.analysis.sources.conftest import PASSWORD, USER, Read, Server, cells, free_port

pytestmark = pytest.mark.postgresql
QUERY = "SELECT id, x FROM customers"


@pytest.fixture(scope="module", autouse=True)
def _customers(server: Server) -> None:
    with psycopg.connect(
        host="127.0.0.1", port=server.port, user=USER, password=PASSWORD, dbname="postgres"
    ) as connection:
        connection.execute(
            "CREATE TABLE customers (id int, x numeric(8, 2), seen date, moment timestamptz, loyal boolean, name text, "
            "about jsonb, tags text[])"
        )
        connection.execute(
            "INSERT INTO customers SELECT each, each * 1.5, date '2026-01-01' + each, "
            "timestamptz '2026-01-01 12:00+02', each % 2 = 0, 'Ü' || each, '{\"b\": 1, \"a\": null}', ARRAY['p', 'q'] "
            "FROM generate_series(40, 1, -1) AS each"
        )
        connection.execute("CREATE TABLE nobody (id int, x int)")
        connection.execute("CREATE TABLE secret (id int, x int)")
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
        connection.execute("GRANT SELECT ON customers TO guest")


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_PASSWORD", PASSWORD)


def test_rows_come_as_text_in_an_order_of_their_own(read: Read, server: Server):
    table = read(database=server.address(), query=QUERY)
    again = read(database=server.address(), query=f"{QUERY} ORDER BY x DESC;")
    assert cells(table) == cells(again) == sorted(cells(table))
    assert table.sha256 == again.sha256
    assert cells(table)[:2] == [["1", "1.50"], ["10", "15.00"]]
    assert list(table.row_numbers) == list(range(2, 42))
    assert (table.name, table.kind, table.encoding, table.delimiter) == ("the database query", "database", "", "")


def test_every_type_has_its_text(read: Read, server: Server):
    query = "SELECT *, NULL AS nothing, 'NaN'::float8 AS nan, '1 day'::interval AS gap FROM customers WHERE id = 4"
    names = ("id", "x", "seen", "moment", "loyal", "name", "about", "tags", "nothing", "nan", "gap")
    table = read({name: Column(role="category", label=name) for name in names}, database=server.address(), query=query)
    assert cells(table)[0] == [
        "4", "6.00", "2026-01-05", "2026-01-01 10:00:00", "true", "Ü4", '{"a":null,"b":1}', '["p","q"]', "", "",
        "86400",
    ]  # fmt: skip


def test_a_per_cent_sign_and_a_colon_in_sql_are_no_parameters(read: Read, server: Server):
    query = "SELECT id, x::int AS x FROM customers WHERE name LIKE 'Ü1%' AND name <> ':x'"
    assert read(database=server.address(), query=query).rows_read == 11


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT id, x FROM custmers", "there is no such table “custmers”; correct data.query."),
        ("SELECT id, why FROM customers", "there is no such column “why”; correct data.query."),
        ("SELEKT id FROM customers", "the query is not valid SQL"),
        ("SELECT id, name::int AS x FROM customers", r"failed on a value \(SQLSTATE 22P02\)"),
        ("SELECT id, x FROM nobody", "the query finds no row"),
        ("DELETE FROM customers RETURNING id, x", "the query"),
        ("DROP TABLE customers", "the query"),
        ("SELECT set_config('x.y', '1', true) AS id, nextval('s') AS x", "there is no such table “s”"),
    ],
)
def test_a_query_that_cannot_be_answered(read: Read, server: Server, query: str, said: str):
    with pytest.raises(DataError, match=said) as caught:
        read(database=server.address(), query=query)
    assert_discreet(caught.value)
    assert read(database=server.address(), query=QUERY).rows_read == 40


def test_a_table_one_may_not_read(read: Read, server: Server, monkeypatch):
    address = server.address().replace(USER, "guest")
    monkeypatch.setenv("ATLAS_PASSWORD", "guest")
    assert read(database=address, query=QUERY).rows_read == 40
    with pytest.raises(DataError, match="the user may not read that table") as caught:
        read(database=address, query="SELECT id, x FROM secret")
    assert_discreet(caught.value)


@pytest.mark.parametrize("password", ["wrong", "wr@ng:pa/ss%40"])
def test_a_wrong_password(read: Read, server: Server, monkeypatch, password: str):
    monkeypatch.setenv("ATLAS_PASSWORD", password)
    with pytest.raises(DataError, match="the login was refused") as caught:
        read(database=server.address(), query=QUERY)
    assert password not in str(caught.value)
    assert_discreet(caught.value)


def test_a_server_that_is_away(read: Read, server: Server):
    with pytest.raises(DataError, match="no server answers there") as caught:
        read(database=server.address(port=free_port()), query=QUERY)
    assert_discreet(caught.value)


def test_a_database_that_is_not_there(read: Read, server: Server):
    with pytest.raises(DataError, match="the server has no database of that name") as caught:
        read(database=server.address().replace("/postgres", "/nowhere"), query=QUERY)
    assert_discreet(caught.value)


def test_the_whole_address_may_come_from_the_environment(read: Read, server: Server, monkeypatch):
    monkeypatch.setenv("ATLAS_URL", server.address(quote(PASSWORD, safe="")).replace("postgresql:", "postgres:"))
    assert read(database="${ATLAS_URL}", query=QUERY).rows_read == 40
    monkeypatch.delenv("ATLAS_URL")
    with pytest.raises(ConfigurationError, match="the environment variable ATLAS_URL is not set"):
        read(database="${ATLAS_URL}", query=QUERY)


def test_a_site_is_built_and_no_secret_is_written(server: Server, tmp_path: Path):
    settings = {
        "data": {"database": server.address(), "query": "SELECT id, x, id % 7 AS y FROM customers"},
        "columns": {"id": {"role": "id"}, "x": {"role": "feature"}, "y": {"role": "feature"}},
        "privacy": {"mode": "open"},
        "model": {"selection": {"k": 2}},
    }
    (tmp_path / "site.yml").write_text(yaml.safe_dump(settings))
    command = [
        sys.executable,
        "-c",
        "from report.command.cli import main; main()",
        "build",
        "--config",
        "site.yml",
        "--renderer",
        "builtin",
    ]
    done = subprocess.run(  # noqa: S603 (our own command)
        command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "SEGMENT_ATLAS_DEBUG": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    written = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and file.name != "site.yml"}
    assert any(file.name == "assignments.csv" for file in written)
    for text in (done.stdout.encode(), done.stderr.encode(), *written.values()):
        for secret in (PASSWORD, "127.0.0.1", "ATLAS_PASSWORD", "FROM customers"):
            assert secret.encode() not in text
    contract = next(file for file in written if file.name == "analysis.json" and "build" in file.parts)
    told = json.loads(contract.read_text())["provenance"]
    assert (told["source"], told["plain"]) == ("database query", False)
    # It reads the query by the configuration, too, and was looked at above.
    assert any(file.suffix == ".ipynb" for file in written)


def assert_discreet(error: BaseException) -> None:
    """One sentence of ours, and nothing hanging from it."""
    said = str(error)
    assert said.count("\n") == 0
    assert not any(each in said for each in (PASSWORD, "127.0.0.1", "postgresql://", "SELECT ", "Ü1"))
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
