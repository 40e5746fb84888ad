"""What steps have made is found again by their inputs alone, and never what is damaged, or of something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.command.progress import Quiet
from report.errors import DiskError
from report.system import steps as kept_steps
from report.system.code import code
from report.system.effects import Disk
from report.system.steps import BUILDS, Steps, digest, likely

INPUTS = digest("the table")
MADE = "what was made: ✓\nof two lines\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def steps(folder: Path, *, again: bool = False) -> Steps:
    return Steps(folder, Disk(Quiet()), again=again)


def entry(folder: Path) -> Path:
    return next(folder.glob("analysis-*"))


def test_a_step_is_found_by_its_inputs_and_by_nothing_else(folder):
    steps(folder).keep("analysis", INPUTS, MADE)
    assert steps(folder).found("analysis", INPUTS, str) == MADE
    assert steps(folder).found("analysis", digest("another table"), str) is None
    assert steps(folder).found("charts", INPUTS, str) is None


def test_where_it_is_to_build_again_nothing_is_found_and_all_is_kept(folder):
    steps(folder).keep("analysis", INPUTS, "of an earlier build")
    once_more = steps(folder, again=True)
    assert once_more.found("analysis", INPUTS, str) is None
    once_more.keep("analysis", INPUTS, MADE)
    assert steps(folder).found("analysis", INPUTS, str) == MADE


@given(st.data())
def test_an_entry_of_which_a_byte_is_another_is_none(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("cache")
    steps(folder).keep("analysis", INPUTS, MADE)
    whole = entry(folder).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    entry(folder).write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    assert steps(folder).found("analysis", INPUTS, str) is None


@given(st.integers(0, 200))
def test_an_entry_that_is_cut_off_is_none(tmp_path_factory, length):
    folder = tmp_path_factory.mktemp("cache")
    steps(folder).keep("analysis", INPUTS, MADE)
    whole = entry(folder).read_bytes()
    entry(folder).write_bytes(whole[: min(length, len(whole) - 1)])
    assert steps(folder).found("analysis", INPUTS, str) is None


def test_an_entry_in_the_place_of_another_is_none(folder):
    steps(folder).keep("analysis", INPUTS, MADE)
    other = digest("another table")
    steps(folder).keep("analysis", other, "of another table")
    (folder / f"analysis-{other[:32]}").replace(folder / f"analysis-{INPUTS[:32]}")
    assert steps(folder).found("analysis", INPUTS, str) is None


def test_content_that_is_not_of_the_kind_is_none(folder):
    steps(folder).keep("analysis", INPUTS, "[1, 2]")
    assert steps(folder).found("analysis", INPUTS, lambda text: json.loads(text)["contract"]) is None


def test_what_cannot_be_kept_is_no_failure(folder):
    class Full(Disk):
        def write(self, path: Path, content: str | bytes) -> None:  # noqa: ARG002 (as the disk's)
            raise DiskError(f"{path}: no space is left.", "no space")

    full = Steps(folder, Full(Quiet()))
    full.keep("analysis", INPUTS, MADE)
    full.sweep()
    assert full.found("analysis", INPUTS, str) is None


def test_what_none_of_the_last_builds_used_is_swept_and_what_one_used_is_not(folder):
    for number in range(BUILDS + 2):
        one = steps(folder)
        one.keep("analysis", digest(str(number)), str(number))
        one.keep("charts", digest("the same"), "the same")
        one.sweep()
    (folder / ".0123456789ab").write_text("half written when a build was killed")
    steps(folder).sweep()
    known = [number for number in range(BUILDS + 2) if steps(folder).found("analysis", digest(str(number)), str)]
    assert known == [3, 4, 5, 6, 7]
    assert steps(folder).found("charts", digest("the same"), str) == "the same"
    assert len(list(folder.iterdir())) == 7


def test_all_of_them_take_no_more_room_than_is_allowed_and_the_oldest_go_first(folder, monkeypatch):
    monkeypatch.setattr(kept_steps, "MOST", 25)
    for number in range(4):
        one = steps(folder)
        one.keep("analysis", digest(str(number)), str(number) * 10)
        one.sweep()
    found = [steps(folder).found("analysis", digest(str(number)), str) for number in range(4)]
    assert found == [None, None, "2222222222", "3333333333"]


def test_one_that_is_too_large_is_not_kept(folder, monkeypatch):
    monkeypatch.setattr(kept_steps, "LARGEST", 5)
    steps(folder).keep("analysis", INPUTS, "123456")
    assert not folder.exists()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"builds": 3}', '{"builds": [[]], "tables": 3}', '{"builds": [{"a": "b"}]}']
)
def test_a_list_of_the_last_builds_that_is_damaged_sweeps_what_is_not_known(folder, text):
    one = steps(folder)
    one.keep("analysis", INPUTS, MADE)
    (folder / "latest.json").write_text(text)
    assert not likely(folder)
    one.sweep()
    assert steps(folder).found("analysis", INPUTS, str) == MADE


def test_whether_the_table_looks_as_before_is_a_guess(folder, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("a\n1\n")
    assert not likely(folder)
    one = steps(folder)
    one.tables = [table]
    one.sweep()
    assert likely(folder)
    table.write_text("a\n12\n")
    assert not likely(folder)
    table.unlink()
    assert not likely(folder)


def test_texts_are_not_taken_for_others_by_moving_what_they_hold():
    assert digest("a", "bc") != digest("ab", "c")
    assert digest("a") != digest("a", "")


def test_code_is_known_by_names_and_content_and_not_by_time_or_place(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "inside/__pycache__").mkdir(parents=True)
        (tmp_path / name / "inside/a.py").write_text("a")
        (tmp_path / name / "inside/__pycache__" / name).write_text(name)
    before = code([tmp_path / "one"])
    assert code([tmp_path / "two"]) == before
    (tmp_path / "two/inside/a.py").rename(tmp_path / "two/inside/b.py")
    assert code([tmp_path / "two"]) != before
    (tmp_path / "one/inside/a.py").write_text("b")
    assert code([tmp_path / "one"]) != before
