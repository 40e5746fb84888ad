"""Parts that run in two processes give what they give in one, whatever becomes of the second."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analysis.clustering.battery.together import forks, one_by_one, together

PARTS = """
import os, signal, sys, threading
from analysis.clustering.battery.together import forks, together

parent = os.getpid()
elsewhere = lambda: os.getpid() != parent
die = lambda: os.kill(os.getpid(), signal.SIGKILL) if elsewhere() else "here after all"
fail = lambda: 1 / 0
big = lambda: b"x" * 10**7
os.sched_getaffinity = lambda _: {0, 1}
"""
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a process is forked on Linux alone")


def said(code: str) -> str:
    """What Python says of it, in a process with one thread."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", PARTS + code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


@linux
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print(together([lambda: 1, elsewhere], [lambda: 2, elsewhere]))", "([1, False], [2, True])"),
        ("print(together([lambda: 1], [big])[1][0] == big())", "True"),
        ("print(together([lambda: 1], [die]))", "([1], ['here after all'])"),
        ("print(together([lambda: 1], [lambda: elsewhere])[1][0]())", "False"),
        (
            "signal.signal(signal.SIGCHLD, signal.SIG_IGN); print(together([elsewhere], [elsewhere]))",
            "([False], [True])",
        ),
        ("os.fork = lambda: os.kill(2**22 + 1, 0); print(together([elsewhere], [elsewhere]))", "([False], [False])"),
    ],
    ids=["each in its place", "more than a pipe holds", "killed", "cannot be pickled", "not waited for", "no room"],
)
def test_in_two_processes(code, expected):
    assert said(code) == expected


@linux
@pytest.mark.parametrize("parts", ["[fail], [lambda: 2]", "[lambda: 1], [fail]", "[fail], [die]", "[fail], [big]"])
def test_an_error_in_either_is_the_error_here_and_no_process_is_left(parts):
    code = f"""
try:
    together({parts})
except ZeroDivisionError:
    print("as here")
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nobody left")
"""
    assert said(code).split("\n") == ["as here", "nobody left"]


@linux
@pytest.mark.parametrize(
    "unsafe",
    [
        "threading.Thread(target=threading.Event().wait, daemon=True).start()",
        "import sklearn.cluster",
        "os.sched_getaffinity = lambda _: {0}",
    ],
)
def test_it_is_not_forked_where_that_is_unsafe_or_useless(unsafe):
    code = f"print(forks())\n{unsafe}\nprint(forks(), together([elsewhere], [elsewhere]))"
    assert said(code).split("\n") == ["True", "False ([False], [False])"]


def test_in_threads_and_one_by_one_they_give_the_same(monkeypatch):
    monkeypatch.setattr(together.__module__ + ".forks", lambda: False)
    parts = [lambda: 1, lambda: 2], [lambda: 3]
    assert together(*parts) == one_by_one(*parts) == ([1, 2], [3])
    assert isinstance(forks(), bool)
