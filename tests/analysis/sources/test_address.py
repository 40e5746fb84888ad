"""Addresses of databases: secrets come from the environment, and are refused anywhere else."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.configuration.address import filled_in, problem
from analysis.configuration.load import explain
from analysis.configuration.table import TableSettings
from analysis.errors import ConfigurationError

LITERAL = [
    "postgresql://u:hunter2@host/x",
    "postgresql+psycopg://u:hunter2@host/x",
    "postgresql://:hunter2@host/x",
    "postgresql://u:hunter2${X}@host/x",
    "postgresql://u:${X}hunter2@host/x",
    "postgresql://u:hun/ter2@host/x",
    "postgresql://u:hun@ter2@host/x",
    "postgresql://host/x?password=hunter2",
    "postgresql://host/x?user=u&PASSWORD=hunter2",
    "mssql+pyodbc:///?odbc_connect=PWD%3Dhunter2",
    "snowflake://u@host/x?token=hunter2",
]
FINE = [
    "postgresql://u:${X}@host:5432/x",
    "postgresql://${U}:${X}@host/x?sslmode=require",
    "postgresql://u@host/x",
    "postgresql://host/x?password=${X}",
    "postgresql:///x?host=/var/run/postgresql",
    "sqlite:///shop.db",
    "sqlite:////home/me/a:b@c.db",
    "${DATABASE_URL}",
]


@pytest.mark.parametrize("address", LITERAL)
def test_a_secret_written_out_is_refused_and_not_quoted(address: str):
    with pytest.raises(ValidationError) as caught:
        TableSettings(database=address, query="SELECT 1")
    (line,) = explain(caught.value, TableSettings)
    assert line.startswith("database: a password must not be written here; take it from the environment")
    assert "hunter2" not in line
    assert "ter2" not in line


@pytest.mark.parametrize("address", FINE)
def test_addresses_without_one_pass(address: str):
    assert problem(address) is None
    assert TableSettings(database=address, query="SELECT 1").database == address


@pytest.mark.parametrize("given", ["shop.db", "", 7, ["postgresql://u:hunter2@host/x"], {"password": "hunter2"}])
def test_what_is_no_address_is_not_quoted_either(given: object):
    with pytest.raises(ValidationError) as caught:
        TableSettings.model_validate({"database": given, "query": "SELECT 1"})
    assert "hunter2" not in "".join(explain(caught.value, TableSettings))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "write either path, for files, or database and query"),
        ({"path": "a.csv", "database": "sqlite:///x.db", "query": "SELECT 1"}, "write either path"),
        ({"database": "sqlite:///x.db"}, "database and query go together"),
        ({"path": "a.csv", "query": "SELECT 1"}, "database and query go together"),
        ({"database": "sqlite:///x.db", "query": "SELECT 1", "sheet": "A"}, "sheet goes with path"),
        ({"path": []}, "write the path of a table, or a list of paths"),
        ({"path": ["a.csv", 3]}, "write the path of a table, or a list of paths"),
    ],
)
def test_settings_that_do_not_go_together(settings: dict[str, object], said: str):
    with pytest.raises(ValidationError) as caught:
        TableSettings.model_validate(settings)
    assert said in "".join(explain(caught.value, TableSettings))


@given(st.text(min_size=1).filter(lambda text: "\x00" not in text and text.isprintable()))
def test_whatever_a_password_holds_arrives_as_it_is(password: str):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS_SECRET", password)
        filled = filled_in("postgresql://u:${ATLAS_SECRET}@host/x")
        assert unquote(filled.removeprefix("postgresql://u:").removesuffix("@host/x")) == password
        assert filled.count("@") == 1


def test_an_address_from_the_environment_is_taken_as_it_stands(monkeypatch):
    monkeypatch.setenv("ATLAS_URL", "sqlite:///a%20b.db")
    assert filled_in("${ATLAS_URL}") == "sqlite:///a%20b.db"
    monkeypatch.setenv("ATLAS_URL", "")
    with pytest.raises(ConfigurationError, match="ATLAS_URL is not set"):
        filled_in("${ATLAS_URL}")
