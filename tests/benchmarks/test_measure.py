"""Memory is counted once, whoever holds it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from itertools import chain, repeat
from types import SimpleNamespace

import pytest

from tests.benchmarks import measure
from tests.benchmarks.measure import MIB, Command, tree_memory

BUILD, PRESS = ("build", 90), ("press", 150)
IN_ITS_PARENT = ("pandoc, not yet itself", 90)


@dataclass(frozen=True)
class Held:
    """A process, as psutil tells of it."""

    name: str
    mib: int

    def memory_full_info(self) -> SimpleNamespace:
        return SimpleNamespace(pss=self.mib * MIB, rss=self.mib * MIB)


@pytest.mark.parametrize(
    ("looks", "most"),
    [
        ([[BUILD], [BUILD, IN_ITS_PARENT], [BUILD]], 90),
        ([[BUILD], [BUILD, PRESS], [BUILD, PRESS], [BUILD]], 240),
        ([[BUILD, PRESS], [BUILD, PRESS, IN_ITS_PARENT], [BUILD, PRESS]], 240),
    ],
)
def test_a_process_counts_once_it_has_memory_of_its_own(tmp_path, monkeypatch, looks, most):
    seen = chain(looks, repeat(looks[-1]))
    watched = SimpleNamespace(children=lambda recursive: [Held(*each) for each in next(seen)])  # noqa: ARG005
    monkeypatch.setattr(measure.psutil, "Process", lambda: watched)
    monkeypatch.setattr(measure, "EVERY", 0.001)
    sleep = Command("sleep", [sys.executable, "-c", "import time; time.sleep(.3)"], os.environ)
    assert tree_memory(sleep, tmp_path) == most
