from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest

from report.command.serving import server


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: str


Ask = Callable[..., Answer]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "_site"
    (folder / "segments").mkdir(parents=True)
    (folder / "index.html").write_text("first page")
    (folder / "404.html").write_text("our own missing page")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    serving = server(site, 0)
    thread = threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield serving.server_address[1]
    serving.shutdown()
    thread.join()
    serving.server_close()


@pytest.fixture
def ask(port: int) -> Ask:
    def once(path: str, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return Answer(answer.status, answer.headers, body)

    return once


def raw(port: int, request: bytes) -> bytes:
    """What comes back for the very bytes of a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_pages_are_served_and_never_cached(ask):
    answer = ask("/")
    assert (answer.status, answer.headers["Cache-Control"], answer.body) == (200, "no-store", "first page")


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere.html",
        "/segments/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/segments/../../secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/" + "a" * 5_000,
        "/index.html/",
    ],
)
def test_what_is_missing_gets_the_sites_own_page_and_nothing_is_listed(ask, path):
    for method, body in (("GET", "our own missing page"), ("HEAD", "")):
        answer = ask(path, method)
        assert (answer.status, answer.body) == (404, body)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_the_names_of_this_machine_are_answered(ask, port, host):
    assert ask("/", Host=f"{host}:{port}").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost",
        "localhost:1",
        "127.0.0.1.evil.example:{port}",
        "localhost.evil.example:{port}",
        "evil.example@localhost:{port}",
        "localhost:{port}@evil.example",
        "localhost:{port}, evil.example",
        "127.0.0.2:{port}",
        "0.0.0.0:{port}",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/nowhere.html"])
def test_a_foreign_host_is_refused_and_told_nothing_of_the_site(ask, port, host, path):
    answer = ask(path, Host=host.format(port=port))
    assert answer.status == 421
    assert "page" not in answer.body.replace(path, "")


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nHost: evil.example\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
        b"GET http://localhost:%d/ HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
        b"GET index.html HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    ],
)
def test_requests_of_no_browser_get_a_400_and_no_page(port, request_):
    answer = raw(port, request_.replace(b"%d", str(port).encode()))
    assert b"400" in answer
    assert b"first page" not in answer


@pytest.mark.parametrize("path", ["/%00", "/index.html%00", "/%00/../index.html", "/%0d%0aX: y", "/%7f", "/%1b[31m"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_control_character_in_the_path_is_a_bad_request(ask, path, method):
    assert ask(path.replace(" ", "%20"), method).status == 400


@pytest.mark.parametrize("path", ["/%ff", "/%ed%a0%80", "/%c3"])
def test_half_a_character_in_the_path_is_a_bad_request(ask, path):
    assert ask(path).status == 400


def test_a_nul_behind_the_question_mark_is_nothing_to_the_path(ask):
    assert ask("/?q=%00").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get"])
def test_other_methods_are_not_allowed(ask, method):
    answer = ask("/", method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "first page" not in answer.body


def test_a_range_gets_the_whole_file(ask):
    assert ask("/index.html", Range="bytes=0-3").body == "first page"


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
class TestLinks:
    def test_a_link_out_of_the_site_is_missing(self, site, ask):
        (site / "out.txt").symlink_to(site.parent / "secret.txt")
        (site / "outside").symlink_to(site.parent)
        (site / "segments" / "index.html").symlink_to(site.parent / "secret.txt")
        (site / "relative.txt").symlink_to("../secret.txt")
        for path in ("/out.txt", "/outside/secret.txt", "/outside/", "/outside", "/segments/", "/relative.txt"):
            for method in ("GET", "HEAD"):
                answer = ask(path, method)
                assert answer.status == 404
                assert "secret" not in answer.body

    def test_the_page_for_what_is_missing_is_no_way_out(self, site, ask):
        (site / "404.html").unlink()
        (site / "404.html").symlink_to(site.parent / "secret.txt")
        answer = ask("/nowhere")
        assert answer.status == 404
        assert "secret" not in answer.body

    def test_a_link_within_the_site_is_followed(self, site, ask):
        (site / "same.html").symlink_to("index.html")
        assert ask("/same.html").body == "first page"

    def test_a_link_that_leads_to_itself_is_missing(self, site, ask):
        (site / "loop").symlink_to("loop")
        assert ask("/loop").status == 404

    def test_a_named_pipe_is_missing(self, site, ask):
        os.mkfifo(site / "pipe")
        assert ask("/pipe").status == 404

    def test_the_site_itself_may_be_reached_by_a_link(self, site, tmp_path):
        (tmp_path / "link").symlink_to(site)
        serving = server(tmp_path / "link", 0)
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            connection = HTTPConnection("127.0.0.1", serving.server_address[1], timeout=10)
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"first page"
            connection.close()
        finally:
            serving.shutdown()
            thread.join()
            serving.server_close()
