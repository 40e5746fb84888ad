"""Freed memory is kept for what is asked for next."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

CODE = """
import resource, sys
import numpy as np
from report.system.memory import keep_freed

if sys.argv[1] == "keep":
    keep_freed()
for turn in range(50):
    if turn == 5:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    arrays = [np.ones(500_000) for _ in range(5)]
    del arrays
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(way: str) -> int:
    return int(subprocess.run([sys.executable, "-c", CODE, way], capture_output=True, check=True).stdout)  # noqa: S603


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told to keep what is freed")
def test_arrays_that_come_and_go_are_mapped_once():
    assert faults("keep") * 10 < faults("leave")
