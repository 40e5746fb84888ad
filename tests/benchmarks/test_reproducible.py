import pytest

from tests.benchmarks.reproducible import clock, differences, differing, made, same, settings


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [(b"abc", b"abc", 0), (b"abc", b"abd", 1), (b"abc", b"abcde", 2), (None, b"ab", 2), (None, b"", 1), (b"", None, 1)],
)
def test_bytes_that_differ_are_counted(one, other, count):
    assert differing(one, other) == count


def test_files_that_differ_are_named():
    first = {"a": b"1", "b": b"2", "c": b"3"}
    assert differences(first, {"a": b"1", "b": b"9", "d": b"44"}) == {"b": 1, "c": 1, "d": 2}


def test_everything_that_a_build_leaves_is_compared_but_the_record_that_names_its_folder(tmp_path):
    left = ("_site/Customer_Segmentation.ipynb", "_site/.segment-atlas", "build/model.json", "build/site-src/index.qmd")
    for name in (*left, "build/record.json", "data/customers.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert made(tmp_path) == {name: name.encode() for name in left}


def test_each_build_has_another_clock_where_it_can_be_shifted():
    shifts = [clock(setting, "faketime") for setting in settings()]
    assert [each[-1:] for each in shifts] == [(), ("-8000d",), ("+2000d",)]
    assert [clock(setting, None) for setting in settings()] == [(), (), ()]


def test_what_cannot_be_varied_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr("tests.benchmarks.reproducible.shutil.which", lambda _: None)
    monkeypatch.setattr("tests.benchmarks.reproducible.GERMAN", "xx_XX.UTF-8")
    monkeypatch.setattr("tests.benchmarks.reproducible.MEMORY", tmp_path / "none")
    assert same() == [
        f"One file system: {tmp_path / 'none'} cannot be written to.",
        "One clock: faketime is not installed.",
        "No locale but C: xx_XX.UTF-8 is not installed.",
    ]
