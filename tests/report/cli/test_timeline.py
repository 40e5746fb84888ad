"""`build --profile FILE`: what each step took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from report.command.timeline import Timeline, held
from report.errors import RenderError
from tests.report.cli.conftest import Parts, Recorder


def timeline(times: list[float], memory: list[float | None]) -> Timeline:
    """One whose clock and memory are told."""
    return Timeline(Recorder(), iter(times).__next__, lambda: memory[0])


def test_each_step_has_its_rows_seconds_and_peak(monkeypatch):
    monkeypatch.setattr("report.command.timeline.EVERY", 60)  # nobody looks between the steps
    memory: list[float | None] = [100.0]
    made = timeline([0, 0, 1, 1, 3, 3, 6, 6, 6.5], memory)
    made.step("Reading the table")
    memory[0] = 300.0
    made.step("Preparing the columns", 1_000)
    memory[0] = 200.0
    made.close(well=True)
    told = json.loads(made.text())
    assert [(one["step"], one["rows"], one["seconds"]) for one in told["steps"]] == [
        ("Starting", None, 1), ("Reading the table", 1_000, 2), ("Preparing the columns", 1_000, 3),
        ("Ending", None, 0.5),
    ]  # fmt: skip
    assert [one["start_seconds"] for one in told["steps"]] == [0, 1, 3, 6]
    assert [one["peak_memory_mib"] for one in told["steps"]] == [100, 300, 200, 200]
    assert (told["seconds"], told["peak_memory_mib"]) == (6.5, 300)
    assert made.reporter.said == ["Reading the table", "Preparing the columns", "done"]


def test_where_the_system_tells_no_memory_there_is_none():
    made = timeline([0, 0, 1], [None])
    told = json.loads(made.text())
    assert told["peak_memory_mib"] is None
    assert told["steps"][0]["peak_memory_mib"] is None


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells it")
def test_memory_is_that_of_all_processes_together():
    hold = "import sys; kept = bytearray(64 * 2**20); print(len(kept), flush=True); sys.stdin.read()"
    alone = held(os.getpid())
    child = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    with child:
        assert child.stdout
        child.stdout.readline()
        both = held(os.getpid())
        child.communicate()
    assert alone
    assert both
    assert 60 < both - alone < 200


@pytest.fixture
def table(home: Path, parts: Parts) -> Path:
    """Where a build begins."""
    assert parts.failure is None
    (home / "c.csv").write_text("id,age\nA,3\nB,40\n")
    (home / "site.yml").write_text("data: {path: c.csv}\ncolumns: {id: {role: id}, age: {role: age}}\n")
    return home


def test_a_build_writes_its_timeline(run, table):
    code, _, said = run("build", "--config", ".", "--renderer", "builtin", "--profile", "told/times.json")
    assert code == 0, said
    told = json.loads((table / "told/times.json").read_text())
    steps = [one["step"] for one in told["steps"]]
    assert steps[:2] == ["Starting", "Reading the table"]
    assert steps[-1] == "Ending"
    assert "Checking the finished site" in steps
    assert all(one["seconds"] >= 0 for one in told["steps"])


def test_a_build_that_fails_writes_how_far_it_came(run, parts, table):
    parts.failure = RenderError("no")
    code, *_ = run("build", "--config", ".", "--renderer", "builtin", "--profile", "times.json")
    assert code == 4
    assert [one["step"] for one in json.loads((table / "times.json").read_text())["steps"]] == ["Starting", "Ending"]


def test_a_folder_is_no_file_for_a_timeline(run, table):
    code, _, said = run("build", "--config", ".", "--profile", str(table))
    assert code == 2
    assert said == f"--profile {table}: this is a folder; name a file.\n"
    assert not (table / "_site").exists()
