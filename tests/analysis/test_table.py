"""Tables as tools write them: encodings, delimiters, ragged and blank rows, and files that are no tables at all."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from analysis.configuration import Column, Configuration, Site
from analysis.errors import ConfigurationError, DataError
from analysis.reading.table import Table, read_table
from analysis.reading.text.batches import TOO_FEW, TOO_MANY
from tests.notes import exact

ROWS = "id,gender,x\n1,Male,19\n2,Femâle,21\n3,Male,20\n"
PLAIN = ROWS.replace("â", "a")
COLUMNS = {"id": Column(role="id"), "gender": Column(role="gender"), "x": Column(role="feature")}


def site(columns: dict[str, Column] | None = None, **data: str) -> Site:
    return Site.model_validate({"data": {"path": "table.csv", **data}, "columns": columns or COLUMNS})


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Table]:
    def _read(content: str | bytes, columns: dict[str, Column] | None = None, **data: str) -> Table:
        file = tmp_path / "table.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(file, site(columns, **data))

    return _read


def cells(table: Table) -> list[list[str]]:
    return [list(row) for row in table.frame.itertuples(index=False, name=None)]


def test_the_table_that_ships(mall: Configuration):
    table = read_table(mall.origin.places[0], mall.site)
    assert list(table.frame.columns) == list(mall.site.columns)
    assert cells(table)[0] == ["1", "Male", "19", "15", "39"]
    assert (table.rows_read, table.encoding, table.delimiter, exact(table.notes)) == (200, "utf-8", ",", ())
    assert list(table.row_numbers) == list(range(2, 202))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ROWS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ROWS.encode(), "utf-8"),
        (ROWS.encode("cp1252"), "windows-1252"),
        (ROWS.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + ROWS.encode("utf-16-be"), "utf-16"),
        (ROWS.encode("utf-32"), "utf-32"),
        (ROWS.encode() + b"\x1a", "utf-8"),
    ],
)
def test_encodings_are_found(read, content, encoding):
    table = read(content)
    assert table.encoding == encoding
    assert cells(table)[1] == ["2", "Femâle", "21"]


def test_a_stray_no_break_space_of_latin_1_is_read_and_said(read):
    table = read(b"id,gender\xa0,x\n1,Male\xa0,19\n2,Male,20\n")
    assert table.encoding == "windows-1252"
    assert cells(table)[0] == ["1", "Male", "19"]
    assert "not UTF-8" in exact(table.notes)[0]


def test_a_stray_byte_does_not_spoil_text_that_is_utf_8(read):
    table = read(ROWS.encode().replace(b"Male", b"M\xe2l\xc3\xa9", 2).replace(b"\xe2l", b"\xa0l", 1))
    assert table.encoding == "utf-8"
    assert "é" in cells(table)[0][1]
    assert "read as Windows-1252" in exact(table.notes)[0]


def test_a_byte_unknown_to_windows_1252_spoils_no_other(read):
    table = read(b"id,gender,x\n1,\x81\xe9\x80,2\n2,b,3\n")
    assert table.encoding == "windows-1252"
    assert cells(table)[0] == ["1", "\x81é€", "2"]


@pytest.mark.parametrize(("name", "sign"), [(",", ","), (";", ";"), ("tab", "\t"), ("|", "|")])
def test_delimiters_are_found(read, name, sign):
    table = read(PLAIN.replace(",", sign))
    assert table.delimiter == name
    assert cells(table)[0] == ["1", "Male", "19"]


def test_a_decimal_comma_does_not_pass_for_a_delimiter(read):
    assert cells(read("id;gender;x\n1;a;1,5\n2;b;2,5\n"))[0] == ["1", "a", "1,5"]


def test_the_stated_delimiter_rules(read):
    assert (
        read("id|x;gender|x\n1|2;a|3\n", {"id": COLUMNS["id"], "x;gender": COLUMNS["x"]}, delimiter="|").rows_read == 1
    )


def test_the_delimiter_that_excel_states_in_its_first_line(read):
    table = read("sep=;\r\nid;gender;x\r\n1;a,b;2\r\n")
    assert table.delimiter == ";"
    assert cells(table) == [["1", "a,b", "2"]]
    assert list(table.row_numbers) == [2]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(read, ending):
    assert len(cells(read(PLAIN.replace("\n", ending)))) == 3


def test_row_numbers_count_records_as_a_spreadsheet_does(read):
    table = read('id,gender,x\n1,"two\r\nlines",1\n\n2,b,2\n , ,\n3,"c ""d""",3\n')
    assert list(table.row_numbers) == [2, 4, 6]
    assert cells(table)[2][1] == 'c "d"'
    assert exact(table.notes) == ("2 blank rows were skipped.",)


def test_blank_lines_above_the_header_are_not_counted(read):
    assert list(read("\n,,\n" + PLAIN).row_numbers) == [2, 3, 4]


def test_row_numbers_hold_across_batches(read):
    lines = "".join(f"{number},a,{number}\n" for number in range(2, 5002))
    table = read("id,gender,x\n" + lines.replace("3000,a,3000\n", "3000,a\n"))
    assert [int(each) for each in table.frame["id"]] == list(table.row_numbers)
    assert table.set_aside == ((3000, TOO_FEW),)


def test_ragged_rows_are_set_aside_with_their_reason(read):
    table = read(PLAIN + "4,a\n5,b,6,7\n6,c,7\n")
    assert table.set_aside == ((5, TOO_FEW), (6, TOO_MANY))
    assert list(table.row_numbers) == [2, 3, 4, 7]
    assert table.rows_read == 6


@pytest.mark.parametrize(
    "content", [PLAIN.replace("\n", ",,\n"), PLAIN.replace("\n", ",,\n", 1), PLAIN.replace("19", "19,,")]
)
def test_empty_columns_that_a_spreadsheet_leaves_behind_do_no_harm(read, content):
    table = read(content)
    assert len(cells(table)) == 3
    assert table.set_aside == ()


def test_mostly_ragged_rows_mean_another_delimiter(read):
    with pytest.raises(DataError, match=r"table\.csv: 2 of 3 rows have more fields .*\(rows 3, 4\).*data\.delimiter"):
        read("id,gender,x\n1,a,2\n2,b,3,5\n3,c,4,5\n")


def test_a_quotation_mark_that_never_closes_is_named_by_its_row(read):
    with pytest.raises(DataError, match="in row 3 a quotation mark opens and never closes"):
        read('id,gender,x\n1,a,2\n2,"b,3\n3,c,4\n')


def test_a_cell_without_end_is_one_sentence(read):
    with pytest.raises(DataError, match="most often a quotation mark opens there"):
        read('id,gender,x\n1,a,2\n2,"' + "long," * 40_000 + "\n")


def test_columns_that_nobody_described_are_said_and_not_kept(read):
    table = read("id,gender,secret,x\n1,a,s,2\n2,b,t,3\n")
    assert list(table.frame.columns) == ["id", "gender", "x"]
    assert exact(table.notes) == ("Not described in the configuration, so not read: “secret”.",)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b" \n\n\t\n", "the file is empty"),
        (codecs.BOM_UTF8, "the file is empty"),
        (b"id,gender,x\n", "there is a header and no row below it"),
        (b"id,gender,x\n\n,,\n", "there is a header and no row below it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
        (b"PK\x03\x04" + bytes(40), "an Excel workbook"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"id,gender,x\n1,\x00,2\n", "NUL"),
        (PLAIN.encode("utf-16-le"), "NUL"),
        (bytes(range(1, 256)) * 4, "binary data"),
        (codecs.BOM_UTF16_LE + b"abc", "cut short"),
    ],
)
def test_what_is_no_table_is_one_clear_sentence(read, content, what):
    with pytest.raises(DataError) as caught:
        read(content)
    assert what in str(caught.value)
    assert str(caught.value).count("\n") == 0
    assert "table.csv" in str(caught.value)
    assert caught.value.exit_code == 3


def test_missing_file_folder_and_impossible_path(tmp_path):
    with pytest.raises(DataError, match=r"none\.csv: there is no such file"):
        read_table(tmp_path / "none.csv", site())
    with pytest.raises(DataError, match="this is a folder; name the table inside it"):
        read_table(tmp_path, site())
    with pytest.raises(DataError, match="cannot be read"):
        read_table(tmp_path / "a\0b", site())


def test_an_unreadable_file_is_one_sentence(tmp_path, monkeypatch):
    def refuse(_: Path, mode: str) -> IO[bytes]:
        raise PermissionError(13, f"Permission denied to {mode}")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError, match=r"cannot be read \(Permission denied to rb\); check the path"):
        read_table(tmp_path / "table.csv", site())


def test_a_stated_encoding_rules_and_is_checked(read):
    assert cells(read(ROWS.encode("cp850"), encoding="cp850"))[1][1] == "Femâle"
    with pytest.raises(DataError, match=r"is not utf-8, which data\.encoding states"):
        read(ROWS.encode("cp1252"), encoding="utf-8")
    for nonsense in ("klingon", "rot13", "a\0b"):
        with pytest.raises(ConfigurationError, match="not a known encoding"):
            read(ROWS, encoding=nonsense)


def test_no_described_column_is_a_mistake_of_the_configuration(tmp_path):
    with pytest.raises(ConfigurationError, match="no column is described"):
        read_table(tmp_path / "table.csv", Site.model_validate({"data": {"path": "table.csv"}}))


def test_paths_below_the_current_folder_are_shown_from_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match=r"^data/none\.csv: "):
        read_table(tmp_path / "data" / "none.csv", site())
