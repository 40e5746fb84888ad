"""`--previous`: a published site, a folder, a file; each fault in one sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from analysis.contract import Contract, Edition
from analysis.errors import ConfigurationError
from analysis.history.entry import entry
from report.build.memory import MemoryAsked
from report.build.previous import named_build, numbered_build
from report.command.progress import Quiet
from report.disclosure import published
from report.system.addresses import without_password
from report.system.effects import Disk
from report.system.web import fetched

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def served(answers: dict[str, Answer]) -> Iterator[str]:
    """A server on this machine; the address of its root."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path)
            if answer:
                answer(self)
            else:
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Nothing is worth a line."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def text(content: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def redirect(to: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.end_headers()

    return answer


def slow(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


@pytest.fixture(scope="module")
def last(mall_contract: Contract) -> Contract:
    """As a site publishes it."""
    return published(mall_contract.model_copy(update={"edition": Edition(number=7, date="2026-05-01")}))


@pytest.fixture
def effects() -> Disk:
    return Disk(Quiet(), {})


@pytest.mark.parametrize("name", ["", "/", "/index.html", "/data/analysis.json"])
def test_a_published_site_is_read_by_its_address(last, effects, name):
    with served({"/atlas/data/analysis.json": text(last.model_dump_json().encode())}) as root:
        found = named_build(f"{root}/atlas{name}", effects)
    assert found == entry(last)
    assert found.number == 7


def test_a_redirect_to_the_same_kind_is_followed(last, effects):
    with served({"/new/data/analysis.json": text(last.model_dump_json().encode())}) as root:  # noqa: SIM117 (two servers)
        with served({"/data/analysis.json": redirect(f"{root}/new/data/analysis.json")}) as moved:
            assert named_build(moved, effects).number == 7


@pytest.mark.parametrize("to", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:text/plain,x"])
def test_a_redirect_to_anything_else_is_not(effects, to):
    with served({"/data/analysis.json": redirect(to)}) as root, pytest.raises(ConfigurationError) as error:
        named_build(root, effects)
    assert str(error.value) == (
        f"{root}/data/analysis.json: the server redirects to what cannot be read (302); check the address."
    )


@pytest.mark.parametrize("to", ["/data/analysis.json", "/data/analysis.json?again"])
def test_a_redirect_in_circles_is_one_sentence(effects, to):
    with (
        served({"/data/analysis.json": redirect(to), "/data/analysis.json?again": redirect(to)}) as root,
        pytest.raises(ConfigurationError) as error,
    ):
        named_build(root, effects)
    assert str(error.value) == f"{root}/data/analysis.json: the server redirects in circles (302); check the address."


Asked = list[tuple[str, str | None]]


def heard(then: Answer, asked: Asked) -> Answer:
    """Answers, and notes by whom it was asked."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append((handler.headers["Host"], handler.headers["Authorization"]))
        then(handler)

    return answer


def with_words(root: str, words: str = "me:secret") -> str:
    return root.replace("://", f"://{words}@")


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("me:secret", "Basic bWU6c2VjcmV0"),
        ("me:p%40ss%3A%C3%A9", "Basic bWU6cEBzczrDqQ=="),
        ("token", "Basic dG9rZW46"),
        ("a@b:c", "Basic YUBiOmM="),
    ],
)
def test_user_name_and_password_of_an_address_are_sent(last, effects, words, sent):
    asked: Asked = []
    with served({"/data/analysis.json": heard(text(last.model_dump_json().encode()), asked)}) as root:
        assert named_build(with_words(root, words), effects).number == 7
    assert asked == [(root.removeprefix("http://"), sent)]


def test_no_redirect_takes_a_password_to_another_server(last, effects):
    """To the same one it does, and a server cannot have another's sent, either."""
    asked: Asked = []
    found = heard(text(last.model_dump_json().encode()), asked)
    with served({"/new.json": found}) as other:
        here = {"/data/analysis.json": heard(redirect("/old.json"), asked)}
        here["/old.json"] = heard(redirect(f"{with_words(other, 'my:own')}/new.json"), asked)
        with served(here) as root:
            assert named_build(with_words(root), effects).number == 7
            address = root.removeprefix("http://")
    sent = "Basic bWU6c2VjcmV0"
    assert asked == [(address, sent), (address, sent), (other.removeprefix("http://"), None)]


def test_a_password_that_is_refused_is_not_shown(effects):
    with (
        served({"/data/analysis.json": lambda handler: handler.send_error(401)}) as root,
        pytest.raises(ConfigurationError) as error,
    ):
        named_build(with_words(root), effects)
    assert str(error.value) == (
        f"{root}/data/analysis.json: the server answered 401 (Unauthorized); check the address."
    )


@pytest.mark.parametrize("named", ["", " "])
def test_nothing_is_no_build(effects, named):
    told = "--previous: nothing is named; name a site, its address, or an entry of a history, or leave the option out."
    with pytest.raises(ConfigurationError) as error:
        named_build(named, effects)
    assert str(error.value) == told
    with pytest.raises(ConfigurationError) as error:
        MemoryAsked(named)
    assert str(error.value) == told
    with pytest.raises(ConfigurationError) as error:
        named_build(named, effects, "diff")
    assert str(error.value) == "diff: nothing is named; name a site, its address, or an entry of a history."


def test_a_site_without_the_file_is_one_sentence(effects):
    with served({}) as root, pytest.raises(ConfigurationError) as error:
        named_build(root, effects)
    assert str(error.value) == f"{root}/data/analysis.json: the server answered 404 (Not Found); check the address."


def test_a_server_that_is_not_there_is_one_sentence(effects):
    with served({}) as root:
        pass
    with pytest.raises(
        ConfigurationError, match=r"the server cannot be reached \(Connection refused\); check the addr"
    ):
        named_build(root, effects)


def test_a_page_that_is_no_contract_is_one_sentence(effects):
    with (
        served({"/data/analysis.json": text(b"<html>")}) as root,
        pytest.raises(ConfigurationError, match=r"analysis.json: the file is damaged \(no JSON\); restore it"),
    ):
        named_build(root, effects)


def test_no_more_is_read_than_allowed():
    with served({"/x": text(b"x" * 3_000_000)}) as root:
        assert len(fetched(f"{root}/x", 3_000_000)) == 3_000_000
        with pytest.raises(ConfigurationError, match="the file is larger than 2 MB; name the address of a site"):
            fetched(f"{root}/x", 2_999_999)


def test_nobody_waits_longer_than_is_said():
    with served({"/x": slow}) as root:
        began = time.monotonic()
        with pytest.raises(ConfigurationError, match=r"no answer within 0.5 seconds; try again, or check the address"):
            fetched(f"{root}/x", 1000, 0.5)
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("address", ["http://", "http://[::1", "http://127.0.0.1:99999/", "http://a b/", "https://\n"])
def test_an_address_that_is_none_is_one_sentence(address):
    with pytest.raises(ConfigurationError, match=r"; check the address\."):
        fetched(address, 1000, 2)


def test_a_password_in_an_address_is_never_shown():
    assert without_password("https://me:secret@example.org/x") == "https://example.org/x"
    with pytest.raises(ConfigurationError) as error:
        fetched("http://me:secret@127.0.0.1:1/x", 1000, 2)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://me:secret@[bad/x", "--previous http://[bad/x: this is no web address; check it."),
        ("http://[bad", "--previous http://[bad: this is no web address; check it."),
        (
            "ftp://me:secret@example.org/",
            "--previous ftp://example.org/: only http and https are read; name such an address, or a file.",
        ),
    ],
)
def test_an_address_that_is_none_or_of_another_kind_is_one_sentence_without_its_password(effects, address, told):
    with pytest.raises(ConfigurationError) as error:
        named_build(address, effects)
    assert str(error.value) == told


@pytest.mark.parametrize("address", ["ftp://example.org/", "file:///etc/passwd", "gopher://x"])
def test_other_addresses_are_refused_before_anything_is_asked(effects, address):
    with pytest.raises(ConfigurationError, match="only http and https are read"):
        named_build(address, effects)


def test_a_site_folder_a_history_a_build_and_files_are_all_read(last, mall_contract, effects, tmp_path):
    site, history, build = (tmp_path / name for name in ("site", "history", "build"))
    whole = mall_contract.model_copy(update={"edition": last.edition})
    contents = {
        site / "data/analysis.json": last.model_dump_json(),
        history / "0006.json": "never read",
        history / "0007.json": entry(last, "ab").text,
        build / "analysis.json": whole.model_dump_json(),
    }
    for file, content in contents.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    for place in (site, history, build, site / "data/analysis.json", history / "0007.json", build / "analysis.json"):
        assert named_build(str(place), effects).contract == entry(last).contract


def test_a_builds_own_contract_passes_disclosure_control_first(mall_contract, effects, tmp_path):
    privacy = mall_contract.privacy.model_copy(update={"mode": "public"})
    whole = mall_contract.model_copy(update={"privacy": privacy})
    (tmp_path / "analysis.json").write_text(whole.model_dump_json(), encoding="utf-8")
    found = named_build(str(tmp_path), effects).contract
    assert [one.size for one in whole.segments] != [one.size for one in found.segments]
    assert {one.size % 5 for one in found.segments} == {0}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "--previous nowhere: there is no such file or folder; name a site, its address, or an entry"),
        ("empty", "--previous empty: the folder holds neither a site of Segment Atlas nor a history; name another."),
        ("text", "text: the file is damaged (no JSON)"),
    ],
)
def test_what_is_no_build_is_one_sentence(effects, tmp_path, monkeypatch, name, said):
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("text").write_text("hello")
    with pytest.raises(ConfigurationError) as error:
        named_build(name, effects)
    assert said in str(error.value)


def test_a_build_of_the_history_by_its_number(last, tmp_path):
    (tmp_path / "0007.json").write_text(entry(last).text, encoding="utf-8")
    assert numbered_build("7", tmp_path).number == 7
    with pytest.raises(ConfigurationError, match=r"There is no build 8 in the history .*; it has 7 to 7\."):
        numbered_build("8", tmp_path)
    with pytest.raises(ConfigurationError, match=r"There is no build 1 in the history; it has none\."):
        numbered_build("1", None)


def test_the_remedy_is_one_that_the_command_has(effects, tmp_path):
    (tmp_path / "0003.json").write_text("{}")
    told = f"{tmp_path / '0003.json'}: this is no build of Segment Atlas; "
    for named in (tmp_path, tmp_path / "0003.json"):
        with pytest.raises(ConfigurationError) as error:
            named_build(str(named), effects)
        assert str(error.value) == f"{told}name another build with --previous, or start a new history with --fresh."
        with pytest.raises(ConfigurationError) as error:
            named_build(str(named), effects, "diff")
        assert str(error.value) == f"{told}name another entry, or a published site."
    (tmp_path / "0003.json").write_text("")
    with pytest.raises(ConfigurationError) as error:
        numbered_build("3", tmp_path)
    assert str(error.value) == (
        f"{tmp_path / '0003.json'}: the file is damaged (no JSON); restore it, name another entry, or a published site."
    )


def test_a_missing_number_is_no_fault_of_the_others(last, effects, tmp_path):
    for name in ("0005.json", "0007.json"):
        (tmp_path / name).write_text(entry(last).text, encoding="utf-8")
    assert numbered_build("7", tmp_path).number == 7
    assert named_build(str(tmp_path), effects).number == 7


def test_only_what_stands_on_this_machine_can_be_looked_at_for_changes():
    assert MemoryAsked().seen
    assert MemoryAsked("none").seen
    assert MemoryAsked("none").place is None
    assert MemoryAsked("site").place == Path.cwd() / "site"
    assert not MemoryAsked("https://example.org").seen
    assert MemoryAsked("https://example.org").place is None
