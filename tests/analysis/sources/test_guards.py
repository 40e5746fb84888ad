"""Files that claim more than they hold; each is made here, so that none of them lies about."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.reading.sources import content as contents
from analysis.reading.sources.door import open_file

SETTINGS = TableSettings(path="table.csv")


def workbook(file: Path, far: tuple[int, int] | None = None, changed: tuple[str, str] = ("", "")) -> Path:
    """A table of two columns and forty customers, with a cell `far` off it, and a text of its XML `changed`."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in (["id", "age"], *([n, 20 + n] for n in range(40))):
        book.active.append(row)
    if far:
        book.active.cell(*far, value=1)
    book.save(made)
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as rewritten:
        for name in packed.namelist():
            text = packed.read(name).decode()
            rewritten.writestr(name, text.replace(*changed) if changed[0] else text)
    return file


@pytest.mark.parametrize(
    ("far", "changed"),
    [((1_048_576, 16_384), ("", "")), ((1_048_576, 16_384), ("XFD", "ZZZZZ")), ((40_000, 16_384), ("", ""))],
    ids=["the last cell", "beyond any sheet", "too many between"],
)
def test_one_cell_far_off_the_table_is_one_sentence_and_ends_no_process(tmp_path, capfd, far, changed):
    file = workbook(tmp_path / "far.xlsx", far, changed)
    with pytest.raises(DataError) as caught:
        open_file(file, SETTINGS)
    assert "far outside the table" in str(caught.value)
    assert "export the sheet as CSV" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("far", [None, (60, 16_384)], ids=["claimed", "near enough"])
def test_a_large_dimension_does_no_harm_where_the_cells_are_few(tmp_path, far):
    file = workbook(tmp_path / "claims.xlsx", far, ('dimension ref="A1:B41"', 'dimension ref="A1:XFD1048576"'))
    opened = open_file(file, SETTINGS)
    assert opened.header[:2] == ("id", "age")
    assert len(opened.rows([0, 1]).row_numbers) >= 40


def test_what_a_gzipped_file_unpacks_to_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "LARGEST", 1_000_000)
    fine, bomb = tmp_path / "fine.csv.gz", tmp_path / "bomb.csv.gz"
    fine.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 200_000) + gzip.compress(b"3,4\n"))
    bomb.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 300_000))
    assert open_file(fine, SETTINGS).header == ("a", "b")
    with pytest.raises(DataError, match=r"bomb\.csv\.gz: unpacked, this file is larger than 1 MB; unpack it"):
        open_file(bomb, SETTINGS)


@pytest.mark.parametrize("opening", ['{"a": ', "["])
@pytest.mark.parametrize("levels", [150, 900, 5_000, 100_000])
def test_json_nested_deep_is_no_record_and_no_crash(tmp_path, opening, levels):
    closing = "}" if opening.startswith("{") else "]"
    deep = '{"age": ' + opening * levels + "1" + closing * levels + "}"
    file = tmp_path / "deep.jsonl"
    file.write_text("\n".join([json.dumps({"age": n}) for n in range(20)] + [deep]) + "\n")
    opened = open_file(file, SETTINGS)
    assert opened.header[0] == "age"
    assert [row for row, _ in opened.rows([0]).ragged] == [21]


def test_a_file_of_nothing_but_nested_json_is_one_sentence(tmp_path):
    file = tmp_path / "deep.json"
    file.write_text('{"a":' * 100_000)
    with pytest.raises(DataError, match=r"deep\.json: "):
        open_file(file, SETTINGS)


@pytest.mark.parametrize("text", ["a,b\n1,\x002\n", "a\x00,b\n1,2\n"])
def test_nul_characters_are_refused_with_a_remedy(tmp_path, text):
    file = tmp_path / "nul.csv"
    file.write_text(text)
    with pytest.raises(DataError, match="NUL characters"):
        open_file(file, SETTINGS)


@pytest.mark.parametrize("text", ["x" * 3_000_000, "a,b\n" + "x" * 3_000_000 + ",1\n", '"' + "x,\n" * 1_000_000])
def test_a_line_of_millions_of_characters_is_one_sentence_or_a_table(tmp_path, text):
    file = tmp_path / "long.csv"
    file.write_text(text)
    try:
        opened = open_file(file, SETTINGS)
        opened.rows(range(min(2, len(opened.header))))
    except DataError as error:
        said = str(error)
    else:
        return
    assert "\n" not in said
    assert len(said) < 500


SHORT = """
import resource, sys
from pathlib import Path
import numpy, pandas, analysis.reading.text.records
from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.reading.sources.door import open_file
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20, resource.RLIM_INFINITY))
try:
    open_file(Path(sys.argv[1]), TableSettings(path="table.xlsx"))
except (DataError, MemoryError) as error:
    print("refused", type(error).__name__)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory there")
@pytest.mark.parametrize("megabytes", [40, 150, 300])
def test_where_memory_is_short_the_reader_of_workbooks_writes_no_backtrace(tmp_path, megabytes):
    file = workbook(tmp_path / "small.xlsx", (3_000, 2_000))
    done = subprocess.run(  # noqa: S603 (this very interpreter)
        [sys.executable, "-c", SHORT, str(file), str(megabytes)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
