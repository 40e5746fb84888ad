from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from analysis.errors import DataError
from report.charts.drawing_process import DrawingProcess
from report.command import cli
from report.system.effects import Command, Disk
from tests.report.render.conftest import Recorder

SITE = """data: {path: t.csv}
columns: {a: {role: feature}, b: {role: feature}}
model: {selection: {k: 3}, resamples: 100}
"""
LIMITED = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv.pop(1)) << 20,) * 2); "


@pytest.mark.parametrize(
    "error",
    [
        MemoryError("Unable to allocate 7.45 GiB for an array with shape (1000, 1000)"),
        ImportError("libduckdb.so: failed to map segment from shared object"),
        ImportError("libgfortran.so: cannot enable executable stack: Cannot allocate memory"),
    ],
)
def test_no_memory_is_a_sentence_and_no_bug(monkeypatch, capsys, error):
    def without_memory(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "app", without_memory)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    said = capsys.readouterr().err
    assert said.startswith("This table needs more memory than this machine has, or than the command may use")
    assert "7.45" not in said
    assert said.count("\n") == 1


def test_a_library_that_is_not_there_is_no_lack_of_memory(monkeypatch, capsys):
    def without_library(*_: object, **__: object) -> None:
        raise ImportError("libgomp.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(cli, "app", without_library)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("This is a bug in Segment Atlas (ImportError)")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in this way there alone")
@pytest.mark.parametrize("megabytes", [300, 400, 700])
def test_a_build_without_enough_memory_says_so_without_a_backtrace(tmp_path, megabytes):
    rows = "".join(f"{n % 3 * 10 + n % 7},{n % 3 * 5 + n % 11}\n" for n in range(200))
    (tmp_path / "t.csv").write_text(f"a,b\n{rows}")
    (tmp_path / "site.yml").write_text(SITE)
    script = LIMITED + "runpy.run_module('report', run_name='__main__')"
    arguments = ["build", "--config", "site.yml", "--quiet", "--renderer", "builtin"]
    done = subprocess.run(  # noqa: S603 (this very interpreter)
        [sys.executable, "-c", script, str(megabytes), *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 3, done.stderr
    assert "memory" in done.stderr
    assert not any(word in done.stderr.casefold() for word in ("traceback", "backtrace", "panicked", "_start"))
    assert len(done.stderr.splitlines()) <= 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_a_process_that_draws_and_is_killed_for_its_memory_is_a_sentence_with_code_3():
    with DrawingProcess() as drawing_process:
        drawing_process.warm()
        assert drawing_process._process is not None
        os.kill(drawing_process._process.pid, signal.SIGKILL)
        with pytest.raises(DataError, match="This table needs more memory than this machine has") as raised:
            drawing_process.bundle()
    assert raised.value.exit_code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("ending", ["kill -9 $$", "kill -6 $$", "exit 137"])
@pytest.mark.parametrize("streamed", [False, True])
def test_a_program_that_is_killed_for_its_memory_is_a_sentence_with_code_3(ending, streamed):
    with pytest.raises(DataError, match="This table needs more memory than this machine has"):
        Disk(Recorder()).run(Command(("/bin/sh", "-c", ending), streamed=streamed))
