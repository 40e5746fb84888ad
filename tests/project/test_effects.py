"""The world is reached through `Effects` and `Workers`: only the modules listed here touch it, each for its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
FILES = {"mkdir", "write_text", "write_bytes", "unlink", "rmdir", "touch", "chmod", "symlink_to", "hardlink_to"}
ONTO = {"rename", "replace"}
"""With one argument they are a path's; text, dates, frames and effects take others."""
CALLS = {
    "environment": {"os.environ", "os.getenv", "os.putenv", "os.environb"},
    "speech": {
        "print", "input", "sys.stdout", "sys.stderr", "sys.stdin", "typer.echo", "typer.secho", "typer.prompt",
        "typer.confirm",
    },
    "files": {
        *(f"os.{name}" for name in ("open", "remove", "rename", "replace", "mkdir", "makedirs", "unlink", "rmdir")),
        *(f"shutil.{name}" for name in ("rmtree", "move", "copy", "copy2", "copyfile", "copytree")),
    },
    "processes": {*(f"os.{name}" for name in ("fork", "kill", "killpg", "system", "popen", "dup2", "pipe", "_exit"))},
    "network": {"urllib.request.urlopen", "urllib.request.build_opener", "urllib.request.OpenerDirector"},
    "chance and clock": {"os.urandom", "datetime.now", "datetime.today", "date.today", "datetime.datetime.now"},
}  # fmt: skip
MODULES = {
    "subprocess": "processes", "multiprocessing": "processes", "signal": "processes", "ctypes": "processes",
    "fcntl": "locks", "tempfile": "files", "platformdirs": "cache", "rich": "speech",
    "secrets": "chance and clock", "random": "chance and clock", "uuid": "chance and clock", "time": "chance and clock",
    "socket": "network", "http": "network", "watchfiles": "network",
}  # fmt: skip
ALLOWED = {
    # The real effects.
    "report.system.effects": {"environment", "chance and clock"},
    "report.system.files": {"files"},
    "report.system.locks": {"locks", "files"},
    "report.system.programs": {"processes"},
    "report.system.exchange": {"processes"},
    "report.system.conversation": {"processes"},
    "report.system.lifeline": {"processes"},
    "report.system.web": {"network", "chance and clock"},
    # What is the same for every site: whether it is there changes no build, so no test has to see it.
    "report.system.cache": {"cache", "files", "chance and clock"},
    # The real workers, and what they do in their own processes before anything else.
    "report.build.analysis_process": {"processes"},
    "report.charts.drawing_process": {"processes"},
    "report.system.side_process": {"processes", "files"},
    # Its engine reads one variable from the process, and speaks past Python.
    "report.charts.drawing": {"environment"},
    "report.charts.bundle": {"processes", "files", "speech"},
    # How the C library treats this process's memory, before an analysis.
    "report.system.memory": {"processes"},
    # The front door, before anything is imported, and signals, which are the process's own.
    "report.__main__": {"environment", "speech"},
    "report.system.stopping": {"processes"},
    # What the command is handed: the environment, what it says, what it asks; and how its streams are encoded.
    "report.command.world": {"environment"},
    "report.command.progress": {"speech"},
    "report.command.questions": {"speech"},
    "report.command.cli": {"speech"},
    # A timeline measures the command itself, where one is asked for.
    "report.command.timeline": {"chance and clock"},
    # The preview waits for changes and answers a browser.
    "report.command.preview": {"network"},
    "report.command.serving": {"network"},
    # The analysis knows nothing of effects. Passwords come from the environment and from nowhere else; workbooks are
    # read, and half of the battery is computed, in processes that end with this one.
    "analysis.configuration.address": {"environment"},
    "analysis.reading.sources.workbook": {"processes"},
    "analysis.reading.sources.workbook_reader": {"speech"},
    "analysis.clustering.battery.together": {"processes"},
    "analysis.basics.orphans": {"processes"},
}
"""Module → what it may touch. It has no entry that is not needed."""


def touched(text: str) -> set[str]:
    """What a module touches."""
    return {kind for node in ast.walk(ast.parse(text)) for kind in _kinds(node)}


def _kinds(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (MODULES[name] for each in node.names if (name := each.name.partition(".")[0]) in MODULES)
    elif isinstance(node, ast.ImportFrom):
        first = (node.module or "").partition(".")[0]
        if first in MODULES:
            yield MODULES[first]
        yield from (kind for each in node.names for kind in _named(f"{node.module}.{each.name}"))
        if any(each.name == "ProcessPoolExecutor" for each in node.names):
            yield "processes"
    elif isinstance(node, ast.Attribute | ast.Name):
        yield from _named(ast.unparse(node))
    elif isinstance(node, ast.Call):
        yield from _called(node)


def _named(name: str) -> Iterator[str]:
    yield from (kind for kind, names in CALLS.items() if name in names)


def _called(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    attribute = isinstance(call.func, ast.Attribute)
    path = len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Dict)
    if attribute and (name in FILES or (name in ONTO and path)):
        yield "files"
    if name == "open":
        modes = [*call.args[0 if attribute else 1 :][:1], *(each.value for each in call.keywords if each.arg == "mode")]
        if any(isinstance(mode, ast.Constant) and set(str(mode.value)) & set("wax+") for mode in modes):
            yield "files"


def modules() -> Iterator[tuple[str, str]]:
    for file in sorted([*(PROJECT / "report").rglob("*.py"), *(PROJECT / "analysis").rglob("*.py")]):
        name = ".".join(file.relative_to(PROJECT).with_suffix("").parts)
        yield name, file.read_text(encoding="utf-8")


def test_nothing_reaches_the_world_but_by_effects_and_workers():
    found = {name: kinds for name, text in modules() if (kinds := touched(text))}
    assert found == ALLOWED


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("import os\nx = os.environ['A']", {"environment"}),
        ("from os import environ", {"environment"}),
        ("import os\nos.getenv('A')", {"environment"}),
        ("import typer\ntyper.echo('x')", {"speech"}),
        ("print('x')", {"speech"}),
        ("import sys\nsys.stdout.write('x')", {"speech"}),
        ("path.mkdir()", {"files"}),
        ("path.write_text('x')", {"files"}),
        ("path.rename(other)", {"files"}),
        ("Path(a).replace(b)", {"files"}),
        ("open(path, 'w')", {"files"}),
        ("path.open(mode='ab')", {"files"}),
        ("import tempfile", {"files"}),
        ("import shutil\nshutil.rmtree(path)", {"files"}),
        ("import subprocess", {"processes"}),
        ("def f():\n    from multiprocessing import Pipe", {"processes"}),
        ("from concurrent.futures import ProcessPoolExecutor", {"processes"}),
        ("import os\nos.fork()", {"processes"}),
        ("import fcntl", {"locks"}),
        ("import os\nos.urandom(6)", {"chance and clock"}),
        ("import time", {"chance and clock"}),
        ("from datetime import date\ndate.today()", {"chance and clock"}),
        ("text.replace('a', 'b')", set()),
        ("effects.rename(one, other)", set()),
        ("effects.write(path, 'x')", set()),
        ("replace(site, columns={})", set()),
        ("path.open('rb')", set()),
        ("path.read_bytes()", set()),
        ("frame.rename(columns={})", set()),
        ("frame.rename({one: other})", set()),
    ],
)
def test_each_way_out_is_seen(line, kinds):
    assert touched(line) == kinds


REPLACED = re.compile(r"(?:setitem\(sys\.modules,[^,]+,|sys\.modules\[[^]]+\] *=)(?!=| *None\b)")
"""None in the place of a module says that it is not installed, and stands for nothing."""


def test_no_test_puts_another_module_in_the_place_of_one():
    found = {
        f"{file.relative_to(PROJECT)}:{text.count(chr(10), 0, each.start()) + 1}"
        for file in (PROJECT / "tests").rglob("*.py")
        for text in [file.read_text(encoding="utf-8")]
        for each in REPLACED.finditer(text)
    }
    assert found == set()


def test_a_module_in_the_place_of_another_is_seen():
    lines = ("monkeypatch.set" + 'item(sys.modules, "a", module)', "sys.mod" + 'ules["a"] = module')
    assert all(REPLACED.search(line) for line in lines)
    assert not REPLACED.search("monkeypatch.set" + 'item(sys.modules, "a", None)')
