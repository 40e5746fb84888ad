"""A real site, served under a sub-path as GitHub Pages does, and a real Chromium to read it with."""

from __future__ import annotations

import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response, sync_playwright

from report.build.build import build
from report.build.in_process import InProcess
from report.command.progress import Quiet
from report.system.effects import Disk
from tests.report.histories import remembering, with_history

REPOSITORY = "repo"
EVERYTHING = Path(__file__).parents[1] / "quarto/pages"
NO_BROWSER = "no Chromium on PATH; install it to run the browser tests"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def site(mall, tmp_path_factory) -> Path:
    """The Mall site, built as a user builds it, in a folder whose last part is the repository's name.

    An own page holds all that one may hold. What changed is told of the twelfth of its builds.
    """
    own = tmp_path_factory.mktemp("pages")
    for name in ("everything.qmd", "plan.png"):
        shutil.copy(EVERYTHING / name, own)
    out = tmp_path_factory.mktemp("published") / REPOSITORY
    # Served from the loopback, whatever address it is published at.
    settings = mall.site.model_copy(update={"site": mall.site.site.model_copy(update={"url": None})})
    configuration = replace(mall, site=settings, pages=own)
    build(
        configuration, out=out, renderer="builtin", effects=Disk(Quiet()), workers=InProcess(),
        writer=remembering(partial(with_history, name="Bargain Hunters with many installments")),
    )  # fmt: skip
    return out


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site's address on the loopback, below a sub-path."""
    handler = partial(_Quiet, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{REPOSITORY}"
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page for what is missing, as GitHub Pages does."""
        missing = Path(self.directory) / REPOSITORY / "404.html"
        if code != HTTPStatus.NOT_FOUND or not missing.is_file():
            super().send_error(code, message, explain)
            return
        content = missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """Every page of the site, by its address below the root."""
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html") if "pagefind" not in file.parts)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        if os.environ.get("SEGMENT_ATLAS_REQUIRE_BROWSER"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    chromium = _playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
    yield chromium
    chromium.close()


@dataclass
class Visit:
    """A page open in the browser, and everything that went wrong or over the wire while it was."""

    page: Page
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    """Address → bytes, gzipped as a server would."""


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[object]:
    """`open_page("method.html", scheme="dark", width=375, javascript=True)` → Visit."""
    contexts: list[BrowserContext] = []

    def _open(
        path: str, *, scheme: str = "light", width: int = 1280, javascript: bool = True, base: str = address
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=javascript
        )
        contexts.append(context)
        visit = watched(context.new_page())
        visit.page.goto(f"{base}/{path}", wait_until="load")
        return visit

    yield _open
    for context in contexts:
        context.close()


def watched(page: Page) -> Visit:
    """A visit that records console errors, policy violations, failed requests, and what was sent for."""
    visit = Visit(page)
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', "
        "event => console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI))"
    )
    page.on(
        "console", lambda message: visit.problems.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: visit.problems.append(str(error)))
    page.on("requestfailed", lambda request: visit.problems.append(f"failed: {request.url}"))
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("response", lambda response: _weigh(visit, response))
    return visit


def _hear(visit: Visit, message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"}:
        visit.problems.append(message.text)


def _weigh(visit: Visit, response: Response) -> None:
    url = response.url
    if url.startswith("http"):
        visit.weights[url] = len(gzip.compress(response.body(), 9)) if response.ok else 0
