from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from analysis.basics.steps import quiet
from analysis.configuration.origin import Origin
from analysis.errors import AtlasError, DataError
from analysis.pipeline import analyse
from report.build.analysis_process import AnalysisProcess
from report.build.findings import findings


def test_it_finds_in_its_own_process_what_is_found_here(mall):
    steps: list[str] = []
    with AnalysisProcess() as analysis_process:
        analysis_process.ask(mall)
        found = analysis_process.findings(lambda text, _rows=None: steps.append(text))
    here = findings(analyse(mall))
    assert found == here
    assert len(steps) >= 3
    assert json.loads(found.contract)["selection"]["k"] == 6
    assert found.assignments.count("\r\n") == 201
    assert len(found.identifiers) == 200


def test_an_error_of_the_table_is_the_same_error_here(mall, tmp_path):
    with AnalysisProcess() as analysis_process:
        analysis_process.ask(replace(mall, origin=Origin.of(tmp_path / "none.csv", mall.origin.settings)))
        with pytest.raises(DataError, match="no such file"):
            analysis_process.findings(quiet)


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (signal.SIGKILL, 3, "This table needs more memory than this machine has, or than the command may use"),
        (signal.SIGTERM, 1, "The analysis process ended unexpectedly; run the build again."),
    ],
)
def test_a_killed_process_is_one_sentence(mall, number, code, words):
    """The system kills with SIGKILL where memory is short."""
    with AnalysisProcess() as analysis_process:
        os.kill(analysis_process._process.pid, number)
        analysis_process._process.join()
        analysis_process.ask(mall)
        with pytest.raises(AtlasError, match=words) as raised:
            analysis_process.findings(quiet)
    assert raised.value.exit_code == code
    assert len(str(raised.value).splitlines()) == 1


def test_leaving_early_leaves_no_process():
    with AnalysisProcess() as analysis_process:
        process = analysis_process._process
    assert not process.is_alive()


def test_the_table_that_ships_is_analysed_without_the_libraries_that_take_longest_to_import(mall):
    code = (
        "import pickle, sys; from analysis.pipeline import analyse; analyse(pickle.load(sys.stdin.buffer)); "
        "print({'sklearn', 'scipy.optimize', 'scipy.spatial', 'scipy.stats'} & set(sys.modules))"
    )
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], input=pickle.dumps(mall), capture_output=True, check=True
    ).stdout
    assert said.decode().strip() == "set()"


def test_the_asking_process_imports_no_table_engine():
    code = (
        "import sys, report.build.analysis_process, report.build.build\n"
        "print({'pandas', 'sklearn', 'altair'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert said.strip() == "set()"
