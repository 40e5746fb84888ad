"""The address of a database: a SQLAlchemy URL whose secrets stand in the environment, never in a file.

Nothing here quotes an address in a message: what looks like a user or a host may be a piece of a password.
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote

from analysis.errors import ConfigurationError

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
SCHEME = re.compile(r"^[A-Za-z][\w.+-]*://")
# `scheme://user:password@`: greedy, since a careless password may hold an @ of its own.
USER_INFO = re.compile(r"^[A-Za-z][\w.+-]*://(?P<user>[^/?#:]*):(?P<password>.*)@", re.DOTALL)
SQLITE = re.compile(r"^sqlite(?:\+\w+)?:///(?P<path>[^?]+)")
SECRET_KEY = re.compile(r"(?i)(?:pass|pwd|secret|token|key|credential|odbc_connect)")
HINT = "take it from the environment, as in postgresql://analyst:${DB_PASSWORD}@host/database"


def secret_written_out(address: str) -> bool:
    """Whether a password, or the like in the part behind `?`, stands there in so many letters."""
    login = USER_INFO.match(address)
    if login and login["password"] and not VARIABLE.fullmatch(login["password"]):
        return True
    _, _, options = address.partition("?")
    for option in options.split("&"):
        key, _, text = option.partition("=")
        if SECRET_KEY.search(key) and text and not VARIABLE.fullmatch(text):
            return True
    return False


def problem(address: str) -> str | None:
    """What is wrong with an address as it is configured, without a full stop; None where nothing is."""
    if not SCHEME.match(address) and not VARIABLE.match(address):
        return "this is not a database URL such as postgresql://user:${DB_PASSWORD}@host/database or sqlite:///shop.db"
    if secret_written_out(address):
        return f"a password must not be written here; {HINT}"
    return None


def sqlite_file(address: str) -> str | None:
    """The path in an address of SQLite; None in any other."""
    found = SQLITE.match(address)
    return found["path"] if found else None


def filled_in(address: str) -> str:
    """The address with every `${NAME}` taken from the environment.

    A variable that stands for the beginning holds an address, or a piece of one; any other is a single word and gets
    its special characters escaped. Raises ConfigurationError, which names the variable, where one is not set.
    """

    def replace(found: re.Match[str]) -> str:
        value = os.environ.get(found[1])
        if not value:
            raise ConfigurationError(
                f"data.database: the environment variable {found[1]} is not set; set it before running the command."
            )
        return value if found.start() == 0 else quote(value, safe="")

    return VARIABLE.sub(replace, address)
