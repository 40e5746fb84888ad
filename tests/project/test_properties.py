"""Property tests: the same examples in every ordinary run, new ones where asked for, and never a matter of speed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests.properties import as_run, examples_asked

PROJECT = Path(__file__).parents[2]


def test_a_tests_own_settings_keep_their_number_of_examples_and_no_more():
    own = settings(max_examples=15, deadline=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
    run = as_run(own, None)
    assert (run.max_examples, run.derandomize, run.deadline) == (15, True, None)
    assert set(run.suppress_health_check) == {HealthCheck.function_scoped_fixture, HealthCheck.too_slow}


def test_many_new_examples_are_tried_where_they_are_asked_for(monkeypatch):
    monkeypatch.setenv("SEGMENT_ATLAS_EXAMPLES", "20000")
    run = as_run(settings(max_examples=15, derandomize=True), examples_asked())
    assert (run.max_examples, run.derandomize) == (20_000, False)
    monkeypatch.delenv("SEGMENT_ATLAS_EXAMPLES")
    assert examples_asked() is None


def test_every_property_of_this_run_is_held_to_them(request):
    """As they are collected: with `@settings` of their own, or without."""
    properties = [one for one in request.session.items if is_hypothesis_test(getattr(one, "obj", None))]
    for item in properties:
        run = item.obj._hypothesis_internal_use_settings
        assert HealthCheck.too_slow in run.suppress_health_check, item.nodeid
        assert run.deadline is None, item.nodeid
        assert run.derandomize == (examples_asked() is None), item.nodeid


@pytest.mark.parametrize("examples", [None, "7"])
def test_a_property_is_tried_on_as_many_examples_as_are_asked_for(tmp_path, monkeypatch, examples):
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_collection_modifyitems\n")
    (tmp_path / "test_seen.py").write_text(
        "from hypothesis import given, settings, strategies as st\n"
        "seen = []\n"
        "@settings(max_examples=11)\n"
        "@given(st.integers())\n"
        "def test_seen(number):\n"
        "    seen.append(number)\n"
        "class TestMethod:\n"
        "    @settings(max_examples=300)\n"
        "    @given(st.integers())\n"
        "    def test_seen(self, number):\n"
        "        pass\n"
        "def test_told():\n"
        "    print(f'seen: {seen}')\n"
    )
    monkeypatch.delenv("SEGMENT_ATLAS_EXAMPLES", raising=False)
    if examples:
        monkeypatch.setenv("SEGMENT_ATLAS_EXAMPLES", examples)
    command = [sys.executable, "-m", "pytest", "-s", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", str(tmp_path)]
    runs = [
        subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout  # noqa: S603
        for _ in range(2)
    ]
    told = [next(line for line in run.splitlines() if "seen: " in line).partition("seen: ")[2] for run in runs]
    assert [text.count(",") + 1 for text in told] == [int(examples or 11)] * 2
    assert (told[0] == told[1]) is (examples is None)


def test_what_a_build_keeps_from_the_collector_is_cleared_when_the_tests_end(tmp_path):
    """Or DuckDB names each of its types on the way out, below the tests' own summary."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_unconfigure\n")
    (tmp_path / "test_frozen.py").write_text(
        "import duckdb\n"
        "from report.importing import uncollected\n"
        "def test_frozen():\n"
        "    with uncollected():\n"
        "        pass\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", str(tmp_path)]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)  # noqa: S603
    assert "nanobind" not in run.stdout + run.stderr
    assert "1 passed" in run.stdout.splitlines()[-1]


def test_the_command_tries_twenty_thousand_examples_and_leaves_other_tests_alone():
    command = ["make", "--dry-run", "fuzz"]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert "SEGMENT_ATLAS_EXAMPLES=20000 .venv/bin/python -m pytest -m hypothesis " in said
