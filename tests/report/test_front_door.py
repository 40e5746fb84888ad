from __future__ import annotations

import subprocess
import sys

import pytest

from report import __main__ as door
from report.build.analysis_process import AnalysisProcess
from report.build.publish import RECORD, WORK


@pytest.mark.parametrize(
    ("arguments", "record", "early"),
    [
        (["build"], False, True),
        (["build", "--out", "there"], False, True),
        (["build"], True, False),
        (["build", "--help"], False, False),
        (["validate"], False, False),
        (["--help"], False, False),
        ([], False, False),
    ],
)
def test_the_analysis_is_started_early_where_there_is_surely_something_to_analyse(
    tmp_path, monkeypatch, arguments, record, early
):
    monkeypatch.chdir(tmp_path)
    if record:
        (tmp_path / WORK).mkdir()
        (tmp_path / WORK / RECORD).write_text("{}")
    assert door.builds_anew(arguments) is early


def test_who_asks_first_gets_the_one_that_was_started_early():
    AnalysisProcess.start_early()
    early = AnalysisProcess._early
    with AnalysisProcess.ready() as first, AnalysisProcess.ready() as second:
        assert first is early
        assert second is not early
    assert AnalysisProcess._early is None


def test_a_command_that_fails_before_the_analysis_ends_it_and_says_one_thing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "report", "build", "--config", "none.yml"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("none.yml: no such file")
    assert "Traceback" not in done.stderr
