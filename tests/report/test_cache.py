import os
import sys

import pytest

from report.system.cache import keep, kept, private


def test_what_is_kept_comes_back_byte_for_byte(tmp_path):
    for content in (b"", b"a\nb\n\x00\xff", b"\n"):
        keep(tmp_path / "folder" / "one", content)
        assert kept(tmp_path / "folder" / "one") == content
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["one"]


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"0000\nother", b"no line"])
def test_what_is_damaged_is_nothing(tmp_path, damage):
    keep(tmp_path / "one", b"content")
    (tmp_path / "one").write_bytes(damage)
    assert kept(tmp_path / "one") is None


def test_a_cut_file_is_nothing(tmp_path):
    keep(tmp_path / "one", b"content")
    (tmp_path / "one").write_bytes((tmp_path / "one").read_bytes()[:-1])
    assert kept(tmp_path / "one") is None


def test_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path):
    (tmp_path / "file").write_text("in the way")
    keep(tmp_path / "file" / "one", b"content")
    assert kept(tmp_path / "file" / "one") is None


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    (tmp_path / "one").mkdir()
    keep(tmp_path / "one", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_what_a_killed_build_left_half_written_is_removed_and_what_is_being_written_stays(tmp_path):
    for name in (".one-abandoned", ".one-at-work", ".other-abandoned"):
        (tmp_path / name).write_text("half")
        if name.endswith("abandoned"):
            os.utime(tmp_path / name, (1, 1))
    keep(tmp_path / "one", b"content")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".one-at-work", ".other-abandoned", "one"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permissions there")
def test_code_is_kept_only_where_nobody_else_can_write(tmp_path):
    folder = tmp_path / "new" / "folder"
    assert private(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o770)
    assert not private(folder)
    (tmp_path / "file").write_text("in the way")
    assert not private(tmp_path / "file" / "folder")
