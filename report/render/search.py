"""Full-text search without a server: Pagefind's index of the finished pages.

Pagefind numbers pages in the order in which it meets them. Given a folder, that is the order in which the file system
lists it, which differs between a disk and a tmpfs, and so would the index. So each page is handed over in a message of
its own, in the order of the addresses, as Pagefind's libraries for Node and Python do it: JSON, in Base64, with a comma
behind it (https://pagefind.app/docs/py-api/).

The index comes back in an answer and is written here. Where Pagefind 1.5.2 is asked to write it, its answer may come
before the last file is on the disk; ending it then leaves an empty file, and a search that finds nothing.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from report.errors import RenderError
from report.system.effects import Effects
from report.system.programs import Command
from report.system.steps import Steps, digest, rooms

FOLDER = "pagefind"
LIMIT = 120.0
PROGRAM = "PAGEFIND_BINARY_PATH"
"""The environment variable with the path of another Pagefind."""
INDEX = 0
"""The number that Pagefind gives to the first index of a process."""
ENDING = ","
"""Ends each message in both directions; Base64 does not contain it."""
Message = Mapping[str, object]
# The shell brings its own dialog; of Pagefind's files only the engine and the index are published.
INTERFACES = (
    "pagefind-component-ui.css",
    "pagefind-component-ui.js",
    "pagefind-highlight.js",
    "pagefind-modular-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-ui.css",
    "pagefind-ui.js",
)
UNREAD = ("svg", "figure details", "[data-pagefind-ignore]")


def index(site: Path, effects: Effects, steps: Steps | None = None) -> None:
    """Write the index of all pages in `site` to `site/pagefind`.

    It is taken from `steps` where the same pages have been indexed before. Raises RenderError where Pagefind is missing
    or fails.
    """
    messages = [
        {"type": "NewIndex", "config": {"exclude_selectors": UNREAD}},
        *map(partial(_page, site), pages(site)),
        {"type": "GetFiles", "index_id": INDEX},
    ]
    # Of a Pagefind that the environment names it is not known what it is.
    named = effects.environment.get(PROGRAM)
    inputs = digest(json.dumps(messages), rooms("report/render/search.py"))
    files = steps.found("search", inputs, _kept) if steps and not named else None
    if files is None:
        files = _made(messages, site, effects)
        if steps and not named:
            steps.keep("search", inputs, json.dumps({path: b64encode(files[path]).decode() for path in files}))
    for path, content in sorted(files.items()):
        effects.write(site / FOLDER / path, content)


def _kept(text: str) -> dict[str, bytes]:
    return {path: b64decode(content) for path, content in json.loads(text).items()}


def _made(messages: Sequence[Message], site: Path, effects: Effects) -> dict[str, bytes]:
    """Path in the index's folder → content, without the interfaces."""
    # The site is the current folder, so that no pagefind.yml of the user's is picked up.
    finished = effects.run(
        Command(
            (_executable(effects), "--service"),
            folder=site,
            limit=LIMIT,
            stdin="".join(_packed(number, message) for number, message in enumerate(messages, start=1)),
            answered=lambda output: output.count(ENDING.encode()) >= len(messages),
        )
    )
    if finished.timed_out:
        raise RenderError("The search index could not be made: it did not end in time.")
    answers = _unpacked(finished.output)
    wrong = next((each["message"] for each in answers if each.get("type") == "Error"), None)
    if wrong or finished.code or len(answers) < len(messages):
        reason = wrong or finished.errors.strip() or "Pagefind failed without a message"
        raise RenderError(f"The search index could not be made: {reason}.")
    return {path: content for path, content in _files(answers[-1]).items() if path not in INTERFACES}


def _files(answer: Message) -> dict[str, bytes]:
    """Path in the index's folder → content. Raises RenderError where there is none, or one is empty."""
    told = answer.get("files")
    files = {each["path"]: b64decode(each["content"]) for each in told} if isinstance(told, list) else {}
    if not files or not all(files.values()):
        raise RenderError("The search index could not be made: Pagefind returned no files, or empty ones.")
    return files


def pages(site: Path) -> list[str]:
    """The addresses of all pages, in an order that does not depend on the file system."""
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html") if file.is_file())


def _page(site: Path, address: str) -> Message:
    content = (site / address).read_text(encoding="utf-8", errors="replace")
    return {"type": "AddFile", "index_id": INDEX, "file_path": address, "file_contents": content}


def _packed(number: int, message: Message) -> str:
    text = json.dumps({"message_id": number, "payload": message})
    return b64encode(text.encode()).decode("ascii") + ENDING


def _unpacked(output: str) -> list[Message]:
    """The answers; none where this is something else."""
    try:
        return [json.loads(b64decode(part))["payload"] for part in output.split(ENDING) if part.strip()]
    except (ValueError, LookupError, TypeError):
        return []


def _executable(effects: Effects) -> str:
    named = effects.environment.get(PROGRAM)
    if named:
        return named
    try:
        return str(import_module("pagefind_bin").get_executable())
    except (ImportError, FileNotFoundError):
        raise RenderError("Pagefind is missing; install the package pagefind[bin] again.") from None
