"""Side processes leave Ctrl-C to the process they serve, and end when it ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.report.signals import hearing

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "report", "build", "--renderer", "builtin")
STEPS = ("Reading the table", "Searching for segments", "Drawing the charts")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows neither SIGKILL nor process groups")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("site_config", "data"):
        shutil.copytree(PROJECT / part, tmp_path / part)
    return tmp_path


def begun(folder: Path, command: Sequence[str] = COMMAND) -> subprocess.Popen[str]:
    """A command in a process group of its own."""
    return subprocess.Popen(  # noqa: S603 (the command under test)
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=hearing,  # noqa: PLW1509 (it does nothing but this)
    )


@contextmanager
def building(folder: Path, until: str, command: Sequence[str] = COMMAND) -> Iterator[subprocess.Popen[str]]:
    """A build in a process group of its own that has come to a step."""
    with begun(folder, command) as process:
        assert process.stdout
        while line := process.stdout.readline():
            if line.startswith(until):
                break
        else:
            pytest.fail(f"never came to “{until}”")
        try:
            yield process
        finally:
            if left(process.pid):
                os.killpg(process.pid, signal.SIGKILL)


def left(group: int) -> bool:
    """Whether any process of the group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def gone(group: int, within: float = 5) -> bool:
    end = time.monotonic() + within
    while left(group) and time.monotonic() < end:
        time.sleep(0.05)
    return not left(group)


# What Ctrl-C reaches is the whole group; `kill`, and most that run programs, send SIGTERM to the front alone.
SENT = [("killpg", signal.SIGINT, 130), ("kill", signal.SIGTERM, 143)]


def stopped(folder: Path, step: str, sent: tuple[str, int, int], command: Sequence[str] = COMMAND) -> None:
    """At that step: one word, and neither a process nor a file is left."""
    send, number, code = sent
    with building(folder, step, command) as process:
        getattr(os, send)(process.pid, number)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == code
        assert said.splitlines()[-1] == "Stopped."
        assert said.count("Stopped.") == 1
        assert "Traceback" not in said
        assert "Warning" not in said
        assert gone(process.pid)
    assert not list(folder.glob(".site-*"))
    assert not (folder / "build/next").exists()


@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize("step", STEPS)
def test_a_build_that_is_stopped_says_one_word_and_leaves_nothing(folder, step, sent):
    stopped(folder, step, sent)
    assert not (folder / "_site").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_group_that_is_stopped_before_anything_was_said_says_one_word_at_most(folder, number):
    for moment in (0.15, 0.4):
        with begun(folder) as process:
            time.sleep(moment)
            os.killpg(process.pid, number)
            said, _ = process.communicate(timeout=60)
            assert process.returncode in {128 + number, -number}  # before Python has come to its first line
            assert "Warning" not in said
            assert gone(process.pid)


@pytest.mark.parametrize("step", STEPS)
def test_side_processes_of_a_killed_build_end_by_themselves(folder, step):
    with building(folder, step) as process:
        os.kill(process.pid, signal.SIGKILL)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert gone(process.pid)
        assert "Traceback" not in said


def test_a_build_in_the_background_ignores_what_it_was_told_to_ignore(folder):
    shell = f"trap '' INT; exec {sys.executable} -m report build --renderer builtin"
    with building(folder, STEPS[0], ["sh", "-c", shell]) as process:
        os.killpg(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert (folder / "_site" / "index.html").is_file()


@pytest.mark.parametrize(("send", "number", "code"), [("killpg", signal.SIGINT, 0), ("kill", signal.SIGTERM, 143)])
def test_a_preview_ends_well_and_without_a_word_of_its_libraries(folder, send, number, code):
    with building(folder, "  Preview at", [sys.executable, "-m", "report", "preview", "--port", "0"]) as process:
        getattr(os, send)(process.pid, number)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == code
        assert said.splitlines() == ["  Preview ended."]
        assert gone(process.pid)


def test_a_build_over_an_earlier_one_is_stopped_as_well(folder):
    subprocess.run(COMMAND, cwd=folder, capture_output=True, check=True)  # noqa: S603 (as above)
    for step in STEPS:
        stopped(folder, step, SENT[0], [*COMMAND, "--again"])
    assert (folder / "_site" / "index.html").is_file()
