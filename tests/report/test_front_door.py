from __future__ import annotations

import subprocess
import sys


def test_a_command_that_fails_before_the_analysis_ends_it_and_says_one_thing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "report", "build", "--config", "none.yml"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("none.yml: no such file")
    assert "Traceback" not in done.stderr
