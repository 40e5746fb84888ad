"""A file from the web: by http or https alone, not larger and not slower than is said, and nothing else of the network.

Each fault is one sentence, without the user name and password that an address may hold.
"""

from __future__ import annotations

import time
from http.client import HTTPException
from http.client import HTTPResponse as Response
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
)

from analysis.errors import ConfigurationError
from report.system.addresses import without_password

SECONDS = 30.0
"""Until a file must be here, whole."""
CHUNK = 65_536
# No handler for ftp, file or data: a server may not redirect there, either.
HANDLERS = (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, HTTPErrorProcessor)


def fetched(address: str, largest: int, seconds: float = SECONDS) -> bytes:
    """What stands there. Raises ConfigurationError where nothing does, or it cannot be had."""
    shown = without_password(address)
    try:
        with _opener().open(address, timeout=seconds) as answer:
            return _read(answer, largest, time.monotonic() + seconds)
    except HTTPError as error:
        error.close()
        raise ConfigurationError(
            f"{shown}: the server answered {error.code} ({error.reason}); check the address."
        ) from None
    except TimeoutError:
        raise ConfigurationError(
            f"{shown}: no answer within {seconds:g} seconds; try again, or check the address."
        ) from None
    except URLError as error:
        reason = getattr(error.reason, "strerror", None) or str(error.reason)
        raise ConfigurationError(f"{shown}: the server cannot be reached ({reason}); check the address.") from None
    except _TooLargeError:
        raise ConfigurationError(
            f"{shown}: the file is larger than {largest // 1_000_000} MB; name the address of a site."
        ) from None
    except (OSError, HTTPException, ValueError) as error:
        raise ConfigurationError(
            f"{shown}: the file cannot be fetched ({type(error).__name__}); check the address."
        ) from None


class _TooLargeError(Exception):
    """More comes than was allowed."""


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    opener.addheaders = [("User-Agent", "segment-atlas"), ("Accept", "application/json")]
    return opener


def _read(answer: Response, largest: int, until: float) -> bytes:
    found = bytearray()
    while part := answer.read1(CHUNK):
        found += part
        if len(found) > largest:
            raise _TooLargeError
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(found)
