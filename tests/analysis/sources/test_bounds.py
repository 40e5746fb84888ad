"""Files that declare or hold more than is read: a stated bound, one sentence, exit code 3."""

from __future__ import annotations

import gzip
import io
import struct
import sys
import zipfile
from pathlib import Path

import pytest

from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.reading.sources import content as contents
from analysis.reading.sources import workbook as workbooks
from analysis.reading.sources.archive import part_of, unpacked_size
from analysis.reading.sources.door import open_file
from tests.analysis.sources.test_guards import workbook

SETTINGS = TableSettings(path="table.csv")
FOUR_GIGABYTES = 4_000_000_000
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">
<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>a</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def refused(file: Path) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(DataError) as caught:
        open_file(file, SETTINGS)
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(f"{file.parent}/", "")


def declaring(file: Path, part: str, size: int) -> Path:
    """The workbook, whose directory says that a part unpacks to that many bytes."""
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        place = packed.start_dir
    while data[place : place + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<HHH", data, place + 28)
        if data[place + 46 : place + 46 + name].decode() == part:
            struct.pack_into("<I", data, place + 24, size)
        place += 46 + name + extra + comment
    file.write_bytes(data)
    return file


def test_a_workbook_that_declares_more_than_is_unpacked_is_refused_unread(tmp_path: Path, capfd) -> None:
    file = declaring(workbook(tmp_path / "bomb.xlsx"), "xl/worksheets/sheet1.xml", FOUR_GIGABYTES)
    assert unpacked_size(file.read_bytes()) > FOUR_GIGABYTES
    assert refused(file) == "bomb.xlsx: unpacked, this workbook is larger than 4,000 MB; export the sheet as CSV."
    assert capfd.readouterr() == ("", "")


def test_a_workbook_of_a_few_bytes_that_unpacks_to_much_is_a_sentence(tmp_path: Path, capfd) -> None:
    """It declares as little as it likes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 60_000_000)
    (tmp_path / "bomb.xlsx").write_bytes(made.getvalue())
    assert refused(tmp_path / "bomb.xlsx").startswith("bomb.xlsx: this workbook ")
    assert capfd.readouterr() == ("", "")
    with zipfile.ZipFile(made) as packed, pytest.raises(ValueError, match=r"^$"):
        part_of(packed, "xl/workbook.xml")


def test_a_spreadsheet_that_repeats_a_cell_billions_of_times_is_a_sentence(tmp_path: Path, capfd) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.ods", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", ODS)
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    assert refused(tmp_path / "bomb.ods").startswith("bomb.ods: ")
    assert capfd.readouterr() == ("", "")


def test_an_old_workbook_that_declares_billions_of_sectors_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd
) -> None:
    """Its table of sectors leads back to itself and fills all memory that the reader may use: here a sixteenth."""
    reader = workbooks.READER.read_text()
    assert "\nMEMORY = 4 << 30\n" in reader
    (tmp_path / "reader.py").write_text(reader.replace("MEMORY = 4 << 30", "MEMORY = 4 << 26"))
    monkeypatch.setattr(workbooks, "READER", tmp_path / "reader.py")
    assert open_file(workbook(tmp_path / "fine.xlsx"), SETTINGS).header == ("id", "age")
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16))
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 0xFFFFFFF0, 0, 0, 4096, 0, 0xFFFFFFF0, 0, 0xFFFFFFF0)
    (tmp_path / "bomb.xls").write_bytes(head.ljust(2048, b"\x00"))
    assert refused(tmp_path / "bomb.xls") == (
        "bomb.xls: reading this workbook takes too much memory or time, most often because of a cell far outside "
        "the table; delete that cell, or export the sheet as "
        "CSV."
    )
    assert capfd.readouterr() == ("", "")


def test_what_a_gzipped_file_declares_is_not_believed(tmp_path: Path) -> None:
    """The size at its end may be any."""
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * 20)[:-4] + struct.pack("<I", 0xFFFFFFFF)
    (tmp_path / "bomb.csv.gz").write_bytes(packed)
    assert "cut short or damaged" in refused(tmp_path / "bomb.csv.gz")


@pytest.mark.skipif(sys.platform == "win32", reason="a file with a hole is written out there")
@pytest.mark.parametrize("name", ["hole.csv", "hole.xlsx"])
def test_a_file_of_many_gigabytes_is_refused_unread(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.write(b"a,b\n1,2\n")
        file.truncate(FOUR_GIGABYTES + 1)
    assert refused(tmp_path / name) == f"{name}: this file is larger than 4,000 MB; save the table as Parquet."


@pytest.mark.parametrize("before", [b"", b"a,b\n1,2\n"])
@pytest.mark.parametrize("name", ["long.csv", "long.jsonl", "long.csv.gz"])
def test_a_line_longer_than_any_row_is_refused(tmp_path: Path, before: bytes, name: str) -> None:
    text = before + b"1," * 50_000_001
    (tmp_path / name).write_bytes(gzip.compress(text, 1) if name.endswith(".gz") else text)
    assert refused(tmp_path / name) == (
        f"{name}: a line is longer than 100 MB, as no row of a table is; save the table with one row a line."
    )


def test_lines_up_to_the_bound_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LONGEST", 20)
    (tmp_path / "t.csv").write_bytes(b"a,b\r\n" + b"12345678901234567,12\r\n" * 30)
    assert len(open_file(tmp_path / "t.csv", SETTINGS).rows([0, 1]).row_numbers) == 30
    (tmp_path / "t.csv").write_bytes(b"a,b\n" + b"12345678901234567,123\n" * 30)
    assert "a line is longer than" in refused(tmp_path / "t.csv")
