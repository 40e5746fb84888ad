from pathlib import Path

import pytest

from tests.benchmarks.reproducible import Setting, differences, differing, lacking


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [(b"abc", b"abc", 0), (b"abc", b"abd", 1), (b"abc", b"abcde", 2), (None, b"ab", 2), (None, b"", 1), (b"", None, 1)],
)
def test_bytes_that_differ_are_counted(one, other, count):
    assert differing(one, other) == count


def test_files_that_differ_are_named():
    first = {"a": b"1", "b": b"2", "c": b"3"}
    assert differences(first, {"a": b"1", "b": b"9", "d": b"44"}) == {"b": 1, "c": 1, "d": 2}


def test_what_the_machine_does_not_have_of_a_setting_is_said(tmp_path):
    assert list(lacking(Setting("all there", tmp_path, {"LC_ALL": "C"}))) == []
    elsewhere = Setting("nothing there", Path("/nowhere"), {"LC_ALL": "xx_XX.UTF-8"})
    assert list(lacking(elsewhere)) == ["no /nowhere here", "no locale xx_XX.UTF-8 here"]
