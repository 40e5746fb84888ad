"""Addresses of the web as messages may show them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

MAY_HOLD_ONE = re.compile(r"//.*@")
"""A password, in an address that cannot be taken apart."""


def without_password(address: str) -> str:
    """The address without the user name and password that it may hold; what is no address is as it was."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return MAY_HOLD_ONE.sub("//", address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else address
