"""A file from the web: by http or https alone, not larger and not slower than is said, and nothing else of the network.

Each fault is one sentence, without the user name and password that an address may hold. Those are sent as HTTP basic
authentication (RFC 7617) to the address's own server alone: no redirect takes them to another.
"""

from __future__ import annotations

import time
from base64 import b64encode
from http.client import HTTPException
from http.client import HTTPResponse as Response
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from analysis.errors import ConfigurationError
from report.system.addresses import without_password

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO

SECONDS = 30.0
"""Until a file must be here, whole."""
CHUNK = 65_536
REDIRECTS = range(300, 400)


class Redirects(HTTPRedirectHandler):
    """To the same server with the same user name and password, to any other without."""

    inf_msg = "circles: "
    """How the library's words for a loop begin here."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Without what the new address itself may hold."""
        made = super().redirect_request(req, fp, code, msg, headers, without_password(newurl))
        words = req.unredirected_hdrs.get(AUTHORIZATION)
        if made and words and (made.type, made.host) == (req.type, req.host):
            made.add_unredirected_header(AUTHORIZATION, words)
        return made


AUTHORIZATION = "Authorization"
# No handler for ftp, file or data: a server may not redirect there, either.
HANDLERS = (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, Redirects, HTTPErrorProcessor)


def fetched(address: str, largest: int, seconds: float = SECONDS) -> bytes:
    """What stands there. Raises ConfigurationError where nothing does, or it cannot be had."""
    shown = without_password(address)
    try:
        with _opener().open(_request(address), timeout=seconds) as answer:
            return _read(answer, largest, time.monotonic() + seconds)
    except HTTPError as error:
        error.close()
        raise ConfigurationError(f"{shown}: {_refused(error)}; check the address.") from None
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


def _request(address: str) -> Request:
    """With the user name and password of the address, which is asked for without them."""
    made = Request(without_password(address))  # noqa: S310 (there are handlers for http and https alone)
    held, mark, _ = urlsplit(address).netloc.rpartition("@")
    if mark:
        user, _, password = held.partition(":")
        words = b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode()
        made.add_unredirected_header(AUTHORIZATION, f"Basic {words}")
    return made


def _refused(error: HTTPError) -> str:
    if error.code in REDIRECTS:
        circles = str(error.reason).startswith(Redirects.inf_msg)
        return f"the server redirects {'in circles' if circles else 'to what cannot be read'} ({error.code})"
    return f"the server answered {error.code} ({error.reason})"


def _read(answer: Response, largest: int, until: float) -> bytes:
    found = bytearray()
    while part := answer.read1(CHUNK):
        found += part
        if len(found) > largest:
            raise _TooLargeError
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(found)
