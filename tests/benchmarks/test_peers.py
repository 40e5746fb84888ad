"""What counts as equal when the indices are held against R's, and what is said where R is not there."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.peers import Pair, lacking

PEERS = Path(__file__).with_name("peers.py")


@pytest.mark.parametrize(
    ("ours", "theirs", "error", "agrees"),
    [
        (0.5, 0.5 + 4e-7, None, True),
        (0.5, 0.500002, None, False),
        (125.1, 125.10001, None, True),
        (125.1, 125.101, None, False),
        (math.nan, math.nan, None, True),
        (math.nan, 0.5, None, False),
        (0.80, 0.88, 0.01, True),  # four errors and a twentieth: .09
        (0.80, 0.90, 0.01, False),
        (math.nan, 0.5, 0.1, False),
    ],
)
def test_figures_agree_as_far_as_they_must(ours, theirs, error, agrees):
    assert Pair("iris", "silhouette", ours, theirs, error).agrees is agrees


def test_without_r_nothing_is_compared_and_that_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lacking() == "R is not installed (no Rscript on the path)."
    environment = os.environ | {"PATH": str(tmp_path), "PYTHONPATH": str(PEERS.parents[2])}
    told = subprocess.run([sys.executable, PEERS], env=environment, capture_output=True, text=True, check=True)  # noqa: S603 (our own)
    assert "Nothing was compared: R is not installed (no Rscript on the path)." in " ".join(told.stdout.split())


def test_a_package_that_r_lacks_is_named(monkeypatch, tmp_path):
    program = tmp_path / "Rscript"
    program.write_text("#!/bin/sh\nprintf 'fpc jsonlite '\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert lacking() == "R lacks fpc, jsonlite."
