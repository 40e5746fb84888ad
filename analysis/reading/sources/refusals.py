"""Why a database did not answer, in words of our own: what a driver says may hold an address, SQL, or a value."""

from __future__ import annotations

import re

# SQLSTATE, or its first two figures: https://www.postgresql.org/docs/current/errcodes-appendix.html
BY_STATE = {
    "28": "the login was refused; check the user and the password in data.database",
    "3D000": "the server has no database of that name; check data.database",
    "42P01": "there is no such table{named}; correct data.query",
    "42703": "there is no such column{named}; correct data.query",
    "42601": "the query is not valid SQL; correct data.query, one SELECT",
    "42501": "the user may not read that table; ask for the permission, or correct data.query",
    "25006": "the query would change the database; write a SELECT under data.query",
    "42": "the query was refused (SQLSTATE {state}); correct data.query",
    "22": "the query failed on a value (SQLSTATE {state}); correct data.query, or the table it reads",
    "55P03": "the table is locked; try again when the other program has finished writing to it",
    "53": "the server accepts no more connections; try again later",
    "57": "the server stopped, or cancelled the query; try again later",
    "08": "the connection broke; try again later",
}
# What SQLite says, in lower case.
BY_TEXT = {
    "database is locked": BY_STATE["55P03"].replace("table", "database"),
    "database table is locked": BY_STATE["55P03"],
    "no such table": BY_STATE["42P01"],
    "no such column": BY_STATE["42703"],
    "syntax error": BY_STATE["42601"],
    "incomplete input": BY_STATE["42601"],
    "one statement at a time": BY_STATE["42601"],
    "readonly database": BY_STATE["25006"],
    "not a database": "the file is not an SQLite database; check data.database",
    "malformed": "the database file is cut short or damaged; restore it, or export the table as CSV",
    "disk i/o error": "the database file cannot be read; check the disk and the file",
    "unable to open": "the database file cannot be opened; check data.database and the file's permissions",
}
AWAY = "no server answers there; check host and port in data.database, and that the server runs"
UNPARSED = "data.database is not a valid address; check it, and percent-encode special characters in the user name"
DATABASE_MISSING = re.compile(r'database "[^"]*" does not exist')
NAMED_BY_SQLITE = re.compile(r"^no such (?:table|column): ([\w.$ ]+)$")
NAMED_BY_POSTGRES = re.compile(r'"([\w.$ ]+)"')


def refusal(error: BaseException) -> str:
    """One sentence for what SQLAlchemy, or a driver, raised."""
    if isinstance(error, ModuleNotFoundError):
        return f"the database's driver is not installed; install the Python package that brings “{error.name}”."
    kind, cause = type(error).__name__, getattr(error, "orig", None) or error
    if kind == "NoSuchModuleError":
        return "no driver is known for that kind of database; check the beginning of data.database."
    if kind == "ArgumentError" or isinstance(error, ValueError):
        return f"{UNPARSED}."
    state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    words = _by_state(str(state)) if state else _by_text(str(cause)) or _unreached(kind, cause)
    words = words or f"the database refused ({kind}); check data.database and data.query"
    return words.format(named=_named(cause), state=state) + "."


def _by_state(state: str) -> str | None:
    return BY_STATE.get(state) or BY_STATE.get(state[:2])


def _by_text(said: str) -> str | None:
    lowered = said.casefold()
    return next((words for text, words in BY_TEXT.items() if text in lowered), None)


def _unreached(kind: str, cause: BaseException) -> str | None:
    """A connection that was never made: the login, or the server itself."""
    if kind not in {"OperationalError", "InterfaceError", "TimeoutError", "ConnectionRefusedError", "gaierror"}:
        return None
    said = str(cause)
    if "FATAL" in said and DATABASE_MISSING.search(said):
        return BY_STATE["3D000"]
    if "FATAL" in said or "password" in said or getattr(getattr(cause, "pgconn", None), "used_password", False):
        return BY_STATE["28"]
    return AWAY


def _named(cause: BaseException) -> str:
    """The table or column that the query names, where the driver tells it apart from everything else."""
    found = NAMED_BY_SQLITE.match(str(cause))
    if found is None and getattr(cause, "sqlstate", None) in {"42P01", "42703"}:
        found = NAMED_BY_POSTGRES.search(getattr(getattr(cause, "diag", None), "message_primary", None) or "")
    return f" “{found[1]}”" if found else ""
