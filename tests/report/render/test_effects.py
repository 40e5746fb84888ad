from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from report.errors import DiskError, RenderError
from report.render.pandoc import read_markdown
from report.system.effects import Command, Disk

PROJECT = Path(__file__).parents[3]


def python(code: str, **options: object) -> Command:
    return Command((sys.executable, "-c", code), **options)  # type: ignore[arg-type]


def test_a_program_is_fed_and_read(effects):
    finished = effects.run(python("print(input().upper())", stdin="äbc\n"))
    assert (finished.code, finished.output.strip(), finished.timed_out) == (0, "ÄBC", False)


def test_variables_are_added_to_the_environment(effects):
    assert effects.run(python("import os; print(os.environ['A'])", variables={"A": "b"})).output.strip() == "b"


def test_a_program_sees_the_environment_that_was_handed_over_and_no_other(reporter, monkeypatch):
    monkeypatch.setenv("ATLAS_HERE", "1")
    handed = Disk(reporter, {"PATH": os.environ["PATH"], "ATLAS_THERE": "2"})
    told = handed.run(python("import os; print(os.environ.get('ATLAS_HERE'), os.environ.get('ATLAS_THERE'))"))
    assert told.output.strip() == "None 2"


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_a_program_is_found_on_the_path_that_was_handed_over(reporter, tmp_path):
    program = tmp_path / "atlas-program"
    program.write_text("#!/bin/sh\necho found\n")
    program.chmod(0o755)
    there, nowhere = Disk(reporter, {"PATH": str(tmp_path)}), Disk(reporter, {"PATH": ""})
    assert (there.which("atlas-program"), nowhere.which("atlas-program")) == (str(program), None)
    assert nowhere.which("atlas-program", str(tmp_path)) == str(program)
    assert there.run(Command(("atlas-program",))).output == "found\n"
    with pytest.raises(RenderError, match="atlas-program cannot be started"):
        nowhere.run(Command(("atlas-program",)))


def test_the_pandoc_of_the_environment_is_taken(effects, tmp_path):
    effects.environment["PYPANDOC_PANDOC"] = str(tmp_path / "own-pandoc")
    with pytest.raises(RenderError, match="own-pandoc cannot be started"):
        read_markdown("# One", "one.qmd", effects)


def test_folders_are_made_listed_and_refused_in_one_sentence(effects, tmp_path):
    effects.make(tmp_path / "deep/er")
    effects.make(tmp_path / "deep/er")
    effects.make(tmp_path / "a", new=True)
    assert effects.listing(tmp_path) == [tmp_path / "a", tmp_path / "deep"]
    for act in (
        lambda: effects.make(tmp_path / "a", new=True),
        lambda: effects.make(tmp_path / "no/folder", new=True),
        lambda: effects.listing(tmp_path / "none"),
    ):
        with pytest.raises(DiskError, match="check the path, its permissions and the disk") as told:
            act()
        assert f"({told.value.reason})" in str(told.value)


@pytest.mark.parametrize("streamed", [False, True])
def test_a_program_is_ended_at_its_limit(effects, streamed):
    finished = effects.run(python("import time; time.sleep(60)", limit=0.5, streamed=streamed))
    assert finished.timed_out


@pytest.mark.parametrize("streamed", [False, True])
def test_programs_that_run_in_threads_end_with_the_build(effects, streamed):
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(effects.run, python("import time; time.sleep(60)", streamed=streamed))
        while not effects._running:
            time.sleep(0.01)
        effects.end()
        assert running.result(timeout=20).code != 0
    assert not effects._running
    effects.end()


def test_lines_are_streamed_and_a_progress_bar_is_one_line(effects, reporter):
    effects.run(python("print('10%\\r20%\\rdone'); import sys; print('oh', file=sys.stderr)", streamed=True))
    assert sorted(reporter.logs) == ["done", "oh"]


def test_a_process_left_behind_does_not_hold_the_build(effects):
    code = (
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); print('ok')"
    )
    assert effects.run(python(code, streamed=True, limit=30)).output == "ok"


STARTER = """
import sys, threading, time
from report.system.effects import Command, Disk
from report.command.progress import Quiet
streamed = sys.argv[1] == "streamed"
command = Command(("/bin/sh", "-c", "sleep 60 & echo $$ >" + sys.argv[2] + "; exec sleep 60"), streamed=streamed)
threading.Thread(target=Disk(Quiet()).run, args=(command,), daemon=True).start()
time.sleep(60)
"""


def alive(group: int) -> bool:
    """Whether a program of the group still runs; one that has ended may wait to be noticed."""
    done = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True)  # noqa: S607
    found = [line.split() for line in done.stdout.splitlines()]
    return any(int(number) == group and not state.startswith("Z") for number, state in found)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such shell")
@pytest.mark.parametrize("streamed", ["streamed", "collected"])
def test_programs_and_all_that_they_started_end_with_a_build_that_is_killed(tmp_path, streamed):
    told = tmp_path / "group"
    with subprocess.Popen([sys.executable, "-c", STARTER, streamed, told], cwd=PROJECT) as starter:  # noqa: S603
        wait_for(lambda: told.exists() and told.read_text().strip())
        group = int(told.read_text())
        assert alive(group)
        starter.kill()
        starter.wait()
    wait_for(lambda: not alive(group))


def wait_for(what: Callable[[], object], within: float = 20) -> None:
    end = time.monotonic() + within
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such shell")
def test_a_program_that_has_ended_leaves_no_watcher(effects, tmp_path):
    effects.run(Command(("/bin/sh", "-c", f"echo $$ >{tmp_path}/group")))
    group = int((tmp_path / "group").read_text())
    wait_for(lambda: not alive(group))


def test_arguments_are_words_and_no_shell_reads_them(effects):
    words = ("$HOME", "`id`", "a b", "-x", "", "'", "; exit 3")
    finished = effects.run(Command((sys.executable, "-c", "import sys; print(sys.argv[1:])", *words)))
    assert finished.output.strip() == repr(list(words))


def test_a_missing_program_is_one_sentence(effects, tmp_path):
    with pytest.raises(RenderError, match="cannot be started"):
        effects.run(Command((str(tmp_path / "nothing"),)))


def test_what_cannot_be_written_copied_or_renamed_is_one_sentence(effects, tmp_path):
    (tmp_path / "file").write_text("x")
    for act in (
        lambda: effects.write(tmp_path / "file" / "a", "x"),
        lambda: effects.copy(tmp_path / "nothing", tmp_path / "b"),
        lambda: effects.rename(tmp_path / "nothing", tmp_path / "b"),
    ):
        with pytest.raises(RenderError, match="cannot be"):
            act()


def test_removing_nothing_is_nothing(effects, tmp_path):
    effects.remove(tmp_path / "nothing")
    (tmp_path / "folder" / "in").mkdir(parents=True)
    effects.remove(tmp_path / "folder")
    assert not (tmp_path / "folder").exists()
