"""Property tests: the same examples in every ordinary run, new ones where asked for, and never a matter of speed."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests.fuzz import rounds
from tests.properties import as_run, examples_asked

PROJECT = Path(__file__).parents[2]


def ran(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """What pytest does with the tests of a folder."""
    options = ["-s", "-p", "no:cacheprovider", f"--rootdir={folder}", *more]
    command = [sys.executable, "-m", "pytest", *options, str(folder)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603


def test_a_tests_own_settings_keep_their_number_of_examples_and_no_more():
    own = settings(max_examples=15, deadline=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
    run = as_run(own, None)
    assert (run.max_examples, run.derandomize, run.deadline) == (15, True, None)
    assert run.database is None  # nor are failures of earlier runs tried first
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
    runs = [ran(tmp_path).stdout for _ in range(2)]
    told = [next(line for line in run.splitlines() if "seen: " in line).partition("seen: ")[2] for run in runs]
    assert [text.count(",") + 1 for text in told] == [int(examples or 11)] * 2
    assert (told[0] == told[1]) is (examples is None)


def test_what_was_imported_before_changes_no_example(tmp_path, monkeypatch):
    """Else a property that holds alone may fail among others, or where workers share the tests in another way."""
    monkeypatch.delenv("SEGMENT_ATLAS_EXAMPLES", raising=False)
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_collection_modifyitems\n")
    told = []
    for imported in ("", "import analysis.lifetime.told, report.charts.segment_heatmap, report.build.publish\n"):
        (tmp_path / "test_seen.py").write_text(
            f"{imported}from hypothesis import given, strategies as st\n"
            "seen = []\n"
            "@given(st.integers(), st.floats(), st.text())\n"
            "def test_seen(whole, broken, text):\n"
            "    seen.append(f'<{whole}, {broken}, {text!a}>')\n"
            "def test_told():\n"
            "    print('seen: ', len(seen), *seen)\n"
        )
        told.append(ran(tmp_path).stdout.partition("seen: ")[2].splitlines()[0])
    assert told[0].startswith(" 100 <")
    assert told[0] == told[1]


def test_a_property_that_fails_tells_its_smallest_example(tmp_path, monkeypatch):
    monkeypatch.delenv("SEGMENT_ATLAS_EXAMPLES", raising=False)
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_collection_modifyitems\n")
    (tmp_path / "test_small.py").write_text(
        "from hypothesis import given, strategies as st\n"
        "@given(number=st.integers())\n"
        "def test_small(number):\n"
        "    assert number < 17\n"
    )
    done = ran(tmp_path)
    assert done.returncode == 1
    assert re.search(r"test case: test_small\(\n[E ]+number=17,\n", done.stdout), done.stdout


@pytest.mark.parametrize(
    ("examples", "seconds", "each", "planned"),
    [
        (20_000, 30, 0.001, [10, 40, 200, 1_000, 5_000, 13_750]),  # 20 seconds are enough
        (20_000, 30, 0.1, [10, 40, 200, 50]),
        (20_000, 30, 7, [10]),  # the first round takes longer
        (20_000, 30, 0, [10, 40, 200, 1_000, 5_000, 13_750]),
        (7, 30, 0.1, [7]),
        (300, float("inf"), 9, [10, 40, 200, 50]),
    ],
)
def test_a_property_is_tried_in_growing_rounds_for_as_long_as_it_may(examples, seconds, each, planned):
    spent = accumulate((count * each for count in planned), initial=0.0)
    assert list(rounds(examples, seconds, lambda: next(spent))) == planned


def test_the_summary_says_what_each_property_reached(tmp_path, monkeypatch):
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_collection_modifyitems\n")
    (tmp_path / "test_held.py").write_text(
        "import time\n"
        "from hypothesis import given, strategies as st\n"
        "seen = []\n"
        "@given(st.integers())\n"
        "def test_fast(number):\n"
        "    seen.append(number)\n"
        "@given(st.integers())\n"
        "def test_slow(number):\n"
        "    time.sleep(0.2)\n"
        "def test_told():\n"
        "    assert (len(seen), len(set(seen)) > 50) == (100, True)\n"
    )
    monkeypatch.setenv("SEGMENT_ATLAS_EXAMPLES", "100")
    monkeypatch.setenv("SEGMENT_ATLAS_SECONDS", "2")
    done = ran(tmp_path, "-p", "tests.fuzz")
    assert done.returncode == 0, done.stdout
    assert "1 of 2 properties held on 100 examples each." in done.stdout
    assert "    10 test_held.py::test_slow" in done.stdout


def test_what_a_build_keeps_from_the_collector_is_cleared_when_the_tests_end(tmp_path):
    """Or DuckDB names each of its types on the way out, below the tests' own summary."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_unconfigure\n")
    (tmp_path / "test_frozen.py").write_text(
        "import duckdb\n"
        "from report.system.importing import uncollected\n"
        "def test_frozen():\n"
        "    with uncollected():\n"
        "        pass\n"
    )
    run = ran(tmp_path, "-q")
    assert "nanobind" not in run.stdout + run.stderr
    assert "1 passed" in run.stdout.splitlines()[-1]


def test_the_command_tries_twenty_thousand_examples_and_leaves_other_tests_alone():
    command = ["make", "--dry-run", "fuzz"]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert "SEGMENT_ATLAS_EXAMPLES=20000 SEGMENT_ATLAS_SECONDS=30 .venv/bin/python -m pytest -p tests.fuzz " in said
    assert " -m hypothesis " in said
