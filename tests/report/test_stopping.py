"""Ctrl-C and SIGTERM interrupt a command alike, wherever it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from report.system.stopping import code_of, listening
from tests.report.signals import hearing

MADE_FROM_TEXT = """
import os, signal, sys
from report.system.stopping import code_of, listening
with listening() as heard:
    try:
        exec("os.kill(os.getpid(), signal.{name})\\nwhile True: pass")
    except KeyboardInterrupt:
        sys.exit(code_of(heard))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_the_exit_code_is_that_of_the_signal_also_where_it_meets_code_made_from_text(tmp_path, name, code):
    (tmp_path / "command.py").write_text(MADE_FROM_TEXT.format(name=name))
    done = subprocess.run(
        [sys.executable, "-m", "command"],
        cwd=tmp_path,
        check=False,
        preexec_fn=hearing,
    )
    assert done.returncode == code


def test_both_are_heard_inside_and_outside_and_handlers_are_as_before():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with listening() as outer, listening() as inner:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        assert outer == inner == [signal.SIGTERM]
    assert code_of(outer) == 143
    assert code_of([]) == 130
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_what_was_to_be_ignored_is():
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with listening() as heard:
            os.kill(os.getpid(), signal.SIGTERM)
            assert heard == []
    finally:
        signal.signal(signal.SIGTERM, before)
