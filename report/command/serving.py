"""The preview's server: it answers as a static host does, to this machine alone, with nothing but the site's own files.

It only reads; what it answers goes to the browser, past the effects.

A page on the web can make a browser ask a server on the same machine under a name of the page's own (DNS rebinding)
and read the answer. So a request that does not name this server as its host is refused
(https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20).
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from analysis.errors import ConfigurationError

LOOPBACK = "127.0.0.1"
NAMES = ("localhost", LOOPBACK, "[::1]")
METHODS = ("GET", "HEAD")
INDEXES = ("index.html", "index.htm")
LAST_CONTROL, DELETE = "\x1f", "\x7f"
HTTP_PORT = 80


class Handler(SimpleHTTPRequestHandler):
    """Serves the site's own page for what is missing, lists no folder, and has nothing cached."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".ipynb": "application/x-ipynb+json"}

    def parse_request(self) -> bool:
        """Refuse what no reader of the site would ask."""
        if not super().parse_request():
            return False
        refusal = self._refusal()
        if refusal is not None:
            self.send_error(refusal)
        return refusal is None

    def _refusal(self) -> HTTPStatus | None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.path.startswith("/") or not _decent(self.path):
            return HTTPStatus.BAD_REQUEST
        if hosts[0].strip().casefold() not in self._own_names():
            return HTTPStatus.MISDIRECTED_REQUEST
        return None if self.command in METHODS else HTTPStatus.METHOD_NOT_ALLOWED

    def _own_names(self) -> set[str]:
        address, port = self.connection.getsockname()[:2]  # as bound; `server_address` may be any kind of address
        names = {*NAMES, str(address)}
        return {f"{name}:{port}" for name in names} | (names if port == HTTP_PORT else set())

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The file that is asked for, if it is one of the site's; no symbolic link is followed out of the site."""
        place = Path(self.translate_path(self.path))
        if not all(self._inside(each) for each in (place, *(place / index for index in INDEXES))):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _inside(self, place: Path) -> bool:
        """Whether what stands there, if anything does, is a file or folder of the site."""
        try:
            root, real = Path(self.directory).resolve(), place.resolve()
            return (real == root or root in real.parents) and (real.is_file() or real.is_dir() or not real.exists())
        except (OSError, RuntimeError):  # a name too long for the system, a link that leads to itself
            return False

    def end_headers(self) -> None:
        """A rebuilt page shall be seen at the next reload."""
        self.send_header("Allow", ", ".join(METHODS))
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path: object) -> None:  # noqa: ARG002 (the base class passes it)
        """A folder without an index page is a missing page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is missing."""
        missing = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not missing.is_file() or not self._inside(missing):
            super().send_error(code, message, explain)
            return
        body = missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        """Requests are not worth a line."""


def _decent(path: str) -> bool:
    """Whether a path may name a file: it has no control character and no half of a character, however written."""
    encoded = path.partition("?")[0].partition("#")[0]
    try:
        decoded = unquote(encoded, errors="strict")
    except UnicodeDecodeError:
        return False
    return not any(sign <= LAST_CONTROL or sign == DELETE for sign in decoded)


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of `folder` on the loopback address; `port` 0 takes a free one.

    Raises ConfigurationError where the port is taken or not allowed.
    """
    try:
        return ThreadingHTTPServer((LOOPBACK, port), partial(Handler, directory=str(folder)))
    except OSError as error:
        raise ConfigurationError(
            f"--port {port}: this port cannot be used ({error.strerror}); name another one, or 0 for any free port."
        ) from None
