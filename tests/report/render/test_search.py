from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from report.errors import RenderError
from report.render import search
from report.render.search import index, pages
from report.system.effects import Command

WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"]
NAMES = [f"{'segments/' if place % 2 else ''}{word}.html" for place, word in enumerate(WORDS)]


def written(folder: Path, names: list[str]) -> Path:
    """A site whose pages are created in this order."""
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        word = file.stem
        text = " ".join(f"{each}{'s' * (place % 3)}" for place, each in enumerate(WORDS) if each != word)
        file.write_text(f"<html lang=en><head><title>{word}</title></head><body><main><h1>{word}</h1>{text}</main>")
    return folder


def digests(site: Path) -> dict[str, str]:
    found = sorted(file for file in (site / "pagefind").rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in found}


@pytest.mark.parametrize("shared", [False, True])
def test_the_index_does_not_depend_on_the_order_in_which_files_were_made(effects, tmp_path, shared):
    """A tmpfs lists the newest file first; a disk lists by a hash, or in the order of creation."""
    memory = Path("/dev/shm")  # noqa: S108 (a file system of another kind)
    if shared and not os.access(memory, os.W_OK):
        pytest.skip("no second file system")
    first = written(tmp_path / "first", NAMES)
    other = memory / f"atlas-{os.getpid()}" if shared else tmp_path / "other"
    try:
        second = written(other, NAMES[::-1])
        index(first, effects)
        index(second, effects)
        assert digests(first) == digests(second)
        assert len(digests(first)) > len(NAMES)
    finally:
        if shared:
            effects.remove(other)


def test_pages_are_handed_over_in_the_order_of_their_addresses(tmp_path):
    assert pages(written(tmp_path, ["b.html", "a/z.html", "B.html", "a.html", "é.html"])) == [
        "B.html",
        "a.html",
        "a/z.html",
        "b.html",
        "é.html",
    ]


def test_more_pages_than_a_pipe_holds_are_indexed(effects, tmp_path):
    site = written(tmp_path, ["a.html"])
    for number in range(8):
        (site / f"long{number}.html").write_text(f"<html><body>{'word ' * 40_000}</body></html>")
    index(site, effects)
    assert (site / "pagefind" / "pagefind-entry.json").is_file()


def program(tmp_path: Path, text: str) -> str:
    file = tmp_path / "program"
    file.write_text(f"#!{sys.executable}\n{text}")
    file.chmod(0o755)
    return str(file)


ERROR = """
import base64, json, sys
told = {"payload": {"type": "Error", "message": "bad page"}}
sys.stdin.buffer.read(1)
sys.stdout.write((base64.b64encode(json.dumps(told).encode()).decode() + ",") * 3)
"""


ANSWERS = """
import base64, json, sys
sys.stdin.buffer.read(1)
for told in ({"type": "NewIndex"}, {"type": "IndexedFile"}, {"type": "GetFiles", "files": FILES}):
    sys.stdout.write(base64.b64encode(json.dumps({"payload": told}).encode()).decode() + ",")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_the_index_is_written_here_and_without_pagefinds_own_dialog(effects, tmp_path):
    files = [
        {"path": "pagefind-entry.json", "content": "e30="},
        {"path": "index/en.pf_index", "content": "AAE="},
        {"path": "pagefind-ui.js", "content": "Ozs="},
    ]
    effects.environment["PAGEFIND_BINARY_PATH"] = program(tmp_path, ANSWERS.replace("FILES", repr(files)))
    site = written(tmp_path / "site", ["a.html"])
    index(site, effects)
    found = {file.relative_to(site).as_posix(): file.read_bytes() for file in (site / "pagefind").rglob("*.*")}
    assert found == {"pagefind/pagefind-entry.json": b"{}", "pagefind/index/en.pf_index": b"\x00\x01"}


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.parametrize("files", [[], None, [{"path": "a", "content": "AAE="}, {"path": "b", "content": ""}]])
def test_an_index_with_nothing_in_it_is_no_index(effects, tmp_path, files):
    effects.environment["PAGEFIND_BINARY_PATH"] = program(tmp_path, ANSWERS.replace("FILES", repr(files)))
    site = written(tmp_path / "site", ["a.html"])
    with pytest.raises(RenderError, match="Pagefind returned no files, or empty ones"):
        index(site, effects)
    assert not (site / "pagefind").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("import sys; sys.exit('no memory')", "could not be made: no memory."),
        ("import sys; sys.exit(3)", "could not be made: Pagefind failed without a message."),
        ("print('what?')", "could not be made: Pagefind failed without a message."),
        (
            ERROR,
            "could not be made: bad page.",
        ),
        ("import time; time.sleep(60)", "could not be made: it did not end in time."),
    ],
)
def test_a_program_that_fails_is_one_sentence(effects, tmp_path, monkeypatch, text, says):
    effects.environment["PAGEFIND_BINARY_PATH"] = program(tmp_path, text)
    monkeypatch.setattr(search, "LIMIT", 2.0)
    with pytest.raises(RenderError) as caught:
        index(written(tmp_path / "site", ["a.html"]), effects)
    assert str(caught.value).endswith(says)


def test_the_input_is_held_open_until_the_last_answer(effects):
    """A program that would lose what it has not answered at the end of its input."""
    text = (
        "import os, sys, threading, time\n"
        "def work():\n"
        "    for n in range(3):\n"
        "        time.sleep(0.2); os.write(1, b'done,')\n"
        "threading.Thread(target=work, daemon=True).start()\n"
        "sys.stdin.read(); os._exit(0)\n"
    )
    command = Command(
        (sys.executable, "-c", text), stdin="x" * 200_000, answered=lambda output: output.count(b",") == 3
    )
    finished = effects.run(command)
    assert (finished.code, finished.output, finished.timed_out) == (0, "done,done,done,", False)
