"""Files of every kind come to the same text cells; what is broken, or of another kind, is one sentence or a note."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest

from analysis.configuration import Column, Site
from analysis.configuration.origin import Origin
from analysis.configuration.table import TableSettings
from analysis.errors import ConfigurationError, DataError
from analysis.reading.sources.content import content_of
from analysis.reading.sources.formats import FORMATS, ON_DISK, PLAIN, format_of
from analysis.reading.table import read_table
from tests.analysis.sources.conftest import Read, cells
from tests.notes import exact

ROWS = [(1001, 1.5), (1002, 2.0), (1003, 0.1)]
CSV = "id,x\n" + "".join(f"{number},{x}\n" for number, x in ROWS)
TEXTS = [["1001", "1.5"], ["1002", "2"], ["1003", "0.1"]]


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def parquet(tmp_path: Path, query: str) -> bytes:
    file = tmp_path / "made.parquet"
    duckdb.connect().execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    return file.read_bytes()


def table(kind: str, tmp_path: Path) -> bytes:
    if kind == "parquet":
        values = ", ".join(f"({number}, {x}::DOUBLE)" for number, x in ROWS)
        return parquet(tmp_path, f"SELECT * FROM (VALUES {values}) AS t(id, x)")  # noqa: S608 (our own figures)
    if kind == "xlsx":
        return workbook(("Sheet1", [["id", "x"], *map(list, ROWS)]))
    if kind == "jsonl":
        return "".join(f'{{"id": {number}, "x": {x:g}}}\n' for number, x in ROWS).encode()
    if kind == "csv.gz":
        return gzip.compress(CSV.replace(".0\n", "\n").encode())
    return CSV.replace(".0\n", "\n").replace(",", "\t").encode()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], None]:
    def _write(name: str, content: bytes | str) -> None:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    return _write


@pytest.mark.parametrize("kind", ["parquet", "xlsx", "jsonl", "csv.gz", "tsv"])
def test_every_kind_gives_the_same_cells(read: Read, write, tmp_path: Path, kind: str):
    write(f"table.{kind}", table(kind, tmp_path))
    found = read(path=f"table.{kind}")
    assert cells(found) == TEXTS
    assert list(found.row_numbers) == ([1, 2, 3] if kind == "jsonl" else [2, 3, 4])
    assert (found.rows_read, found.set_aside, exact(found.notes)) == (3, (), ())


@pytest.mark.parametrize(
    ("kind", "says"), [("parquet", "a Parquet file"), ("xlsx", "a workbook"), ("jsonl", "JSON lines")]
)
def test_a_wrong_name_does_no_harm_and_is_said(read: Read, write, tmp_path: Path, kind: str, says: str):
    write("table.csv", table(kind, tmp_path))
    assert cells(read(path="table.csv")) == TEXTS
    found = read(path="table.csv") if kind == "jsonl" else read(path="table.csv", format="csv")
    despite = "its name" if kind == "jsonl" else "`data.format`"
    assert exact(found.notes) == (f"Despite {despite}, the file is {says} and was read as such.",)


def test_plain_text_under_the_name_of_something_better(read: Read, write):
    for name in ("table.xlsx", "table.parquet"):
        write(name, CSV)
        assert exact(read(path=name).notes) == ("Despite its name, the file is plain text and was read as such.",)


def test_a_stated_format_decides_where_the_bytes_do_not(read: Read, write, tmp_path: Path):
    write("table.txt", table("jsonl", tmp_path).replace(b"{", b" [1]\n{", 1))
    assert cells(read(path="table.txt", format="jsonlines")) == TEXTS
    write("table.dat", "id,a\tx\n1001\t1,5\n1002\t2,5\n")
    assert cells(read({"id,a": Column(role="id"), "x": Column(role="feature")}, path="table.dat", format="tsv"))[0] == [
        "1001",
        "1,5",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv.gz", gzip.compress(CSV.encode() * 99, mtime=0)[:-20], "compressed file, but cut short or damaged"),
        ("t.gz", b"\x1f\x8b", "compressed file, but cut short or damaged"),
        ("t.xlsx", workbook(("A", [["id", "x"], [1, 2]]))[:-300], "cut short or damaged"),
        ("t.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "this workbook is cut short or damaged"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("t.parquet", b"PAR1" + bytes(50), "this Parquet file is cut short or damaged"),
        ("t.parquet", b"", "the file is empty"),
        ("t.csv.gz", gzip.compress(b"", mtime=0), "the file is empty"),
        ("t.csv", b"BZh91AY", "this is a compressed file"),
        ("t.xls", b"<html><table><tr><td>id</td></tr></table></html>", "this is a web page"),
        ("t.jsonl", b'[{"id": 1, "x": 2}]', "this is one JSON array"),
        ("t.json", b' [\n  {\n    "id": 1,\n    "x": 2\n  }\n]', "this is one JSON array"),
        ("t.jsonl", b"id,x\n1,2\n", r"a JSON object was expected in every line, .* \(rows 1, 2\)"),
        ("t.jsonl", b'{"id": 1, "x": ' + b"[" * 100_000, "a JSON object was expected"),
        ("t.xlsx", workbook(("A", []), ("B", [])), "the workbook is empty"),
        ("t.xlsx", workbook(("A", [["id", "x"]])), "no row below it"),
        (
            "t.xlsx",
            workbook(("A", [["id", "x"], [1, 2]]), ("B", [["y"], [1]])),
            r"several sheets .*“A” and “B”.*data\.sheet",
        ),
    ],
    # Packed bytes hold the time of packing: as a test's name they would differ between the processes that share tests.
    ids=lambda value: "" if isinstance(value, bytes) else None,
)
def test_what_cannot_be_read_is_one_sentence(read: Read, write, name: str, content: bytes, said: str):
    write(name, content)
    with pytest.raises(DataError, match=said) as caught:
        read(path=name)
    assert str(caught.value).count("\n") == 0
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "name", "content", "said"),
    [
        ({"sheet": "A"}, "t.csv", b"id,x\n1,2\n", r"data\.sheet: .*t\.csv is not a workbook, so it has no sheets"),
        (
            {"sheet": "A"},
            "t.csv",
            b"id;x\n1,2\n\x00" * 9,
            r"data\.sheet: .*t\.csv is not a workbook, so it has no sheets",
        ),
        ({"columns": ["id", "x"]}, "t.jsonl", b'{"id": 1, "x": 2}', r"data\.columns: .*t\.jsonl is not delimited text"),
        (
            {"columns": ["id", "x"]},
            "t.parquet",
            b"PAR1" + bytes(50),
            r"data\.columns: .*t\.parquet is not delimited text",
        ),
    ],
    ids=["a sheet of text", "of text that nobody could read", "columns of JSON lines", "of a file that is cut short"],
)
def test_a_setting_that_the_format_does_not_have_is_told_before_the_file_is_opened(
    tmp_path: Path, write, settings: dict[str, object], name: str, content: bytes, said: str
):
    write(name, content)
    columns = {"id": {"role": "id"}, "x": {"role": "feature"}}
    site = Site.model_validate({"data": {"path": name, **settings}, "columns": columns})
    with pytest.raises(ConfigurationError, match=said):
        read_table(Origin(site.data, tmp_path), site)


def test_an_archive_is_told_from_a_workbook(read: Read, write):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("table.csv", CSV)
    write("table.zip", packed.getvalue())
    with pytest.raises(DataError, match="this is a zip archive; unpack it"):
        read(path="table.zip")


def test_a_cut_parquet_file(read: Read, write, tmp_path: Path):
    whole = parquet(tmp_path, "SELECT i AS id, i * 2 AS x FROM range(5000) AS r(i)")
    for part in (whole[:-10], whole[: len(whole) // 2], whole[:100] + bytes(200) + whole[300:]):
        write("t.parquet", part)
        with pytest.raises(DataError, match="cut short or damaged"):
            read(path="t.parquet")


ENDINGS = {
    "parquet": (".parquet",),
    "excel": (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    "jsonlines": (".jsonl", ".ndjson"),
    "spss": (".sav", ".zsav", ".por"),
    "stata": (".dta",),
    "sas": (".sas7bdat", ".xpt"),
}


def test_the_settings_offer_every_format_and_each_has_its_endings():
    stated = TableSettings.model_json_schema()["properties"]["format"]["anyOf"][0]["enum"]
    assert stated == list(FORMATS) == ["csv", "tsv", *ENDINGS]
    assert {name: one.endings for name, one in FORMATS.items() if one.endings} == ENDINGS
    assert [name for name, one in FORMATS.items() if one.sheets] == ["excel"]
    assert [name for name, one in FORMATS.items() if one.headless] == ["csv", "tsv"]
    assert [name for name, one in FORMATS.items() if one.on_disk] == ["parquet"]


@pytest.mark.parametrize(("name", "ending"), [(name, each) for name, those in ENDINGS.items() for each in those])
def test_a_name_decides_only_where_the_first_bytes_do_not(name: str, ending: str):
    found, notes = format_of(f"Table{ending.upper()}.gz", b"id,x\n1,2\n", None)
    if FORMATS[name].text:
        assert (found, notes) == (FORMATS[name], ())
    else:
        told = ("Despite its name, the file is plain text and was read as such.",)
        assert (found, exact(notes)) == (PLAIN, told)


@pytest.mark.parametrize(
    ("stated", "found", "notes"),
    [
        (None, "jsonlines", ("Despite its name, the file is JSON lines and was read as such.",)),
        ("csv", "csv", ()),
        ("tsv", "tsv", ()),
        ("stata", "csv", ("Despite `data.format`, the file is plain text and was read as such.",)),
    ],
)
def test_text_is_what_is_stated_before_what_it_looks_like(stated, found, notes):
    opened, told = format_of("table.csv", b'{"id": 1}\n', stated)
    assert (opened, exact(told)) == (FORMATS[found], notes)


def test_nobody_but_the_list_and_the_format_itself_knows_a_name(project):
    names = [name for name in ENDINGS if name != "sas"]
    quoted = re.compile("[\"'](?:" + "|".join(names) + ")[\"']")
    files = [file for part in ("analysis", "report") for file in (project / part).rglob("*.py")]
    found = {file.relative_to(project).as_posix() for file in files if quoted.search(file.read_text("utf-8"))}
    # A table of transactions may count days as a spreadsheet does.
    others = {"analysis/configuration/formats.py", "analysis/configuration/transactions.py"}
    assert found == {f"analysis/reading/sources/{name}.py" for name in names} | others


def test_a_parquet_file_is_not_held_in_memory(tmp_path: Path):
    whole = parquet(tmp_path, "SELECT i AS id, i * 2 AS x FROM range(5000) AS r(i)")
    found = content_of(tmp_path / "made.parquet", ON_DISK)
    assert found.sha256 == hashlib.sha256(whole).hexdigest()
    assert len(found.data) < 10


def test_types_of_parquet_have_their_text(read: Read, write, tmp_path: Path):
    query = (
        'SELECT 7 AS id, \'nan\'::DOUBLE AS x, 12.50::DECIMAL(9, 2) AS "a ""b""", true AS yes, NULL::INT AS nothing, '
        "DATE '2026-01-31' AS day, TIMESTAMPTZ '2026-01-31 12:00:00+02' AS moment, 3.0::FLOAT AS f"
    )
    write("t[1]*.parquet", parquet(tmp_path, query))
    names = ("id", "x", 'a "b"', "yes", "nothing", "day", "moment", "f")
    found = read({name: Column(role="category", label=name) for name in names}, path="t[1]*.parquet")
    assert cells(found) == [["7", "", "12.50", "true", "", "2026-01-31", "2026-01-31 10:00:00", "3"]]


def test_a_sheet_by_name_a_title_above_the_header_and_gaps(read: Read, write):
    rows: list[list[object]] = [
        ["Our customers"],
        [],
        ["id", "x", "seen", "loyal", "note"],
        [1001.0, 1.25, dt.date(2026, 1, 31), True, "=1/0"],
        [],
        ["  ", None],
        ["A-7", None, dt.datetime(2026, 1, 31, 8, 30), False, dt.time(8, 30)],  # noqa: DTZ001 (as sheets have them)
    ]
    write("t.xlsx", workbook(("Notes", [["a"], ["b"]]), ("Data", rows)))
    names = ("id", "x", "seen", "loyal", "note")
    found = read({name: Column(role="category", label=name) for name in names}, path="t.xlsx", sheet="Data")
    assert cells(found) == [
        ["1001", "1.25", "2026-01-31", "true", ""],
        ["A-7", "", "2026-01-31 08:30:00", "false", "08:30:00"],
    ]
    assert list(found.row_numbers) == [4, 7]
    assert exact(found.notes)[0] == "The sheet “Data” was read."
    assert "2 blank rows were skipped." in exact(found.notes)
    with pytest.raises(DataError, match=r"there is no sheet “Dat”\. Did you mean “Data”\? The workbook has"):
        read(path="t.xlsx", sheet="Dat")
    write("t.csv", CSV)
    with pytest.raises(ConfigurationError, match=r"data\.sheet: .* is not a workbook"):
        read(path="t.csv", sheet="Data")


def test_the_only_sheet_with_a_table_is_found(read: Read, write):
    write("t.xlsx", workbook(("Empty", []), ("Data", [["id", "x"], [1, 2], [2, 3]]), ("Title", [["Hello"]])))
    found = read(path="t.xlsx")
    assert cells(found) == [["1", "2"], ["2", "3"]]
    assert exact(found.notes) == ("The sheet “Data” was read.",)


def test_objects_inside_json_lines_become_columns_and_what_is_no_object_is_set_aside(read: Read, write):
    lines = [
        {"id": 1, "about": {"x": 1.50, "tags": ["a", "ü"]}},
        {"about": {"x": True, "more": {"deep": None}}, "id": "two\nlines"},
        {"id": 3},
    ]
    text = "\n".join(json.dumps(line) for line in lines).replace("1.5", "1.50") + "\n\nnot json\n"
    write("t.jsonl", text)
    names = ("id", "about.x", "about.tags", "about.more.deep")
    found = read({name: Column(role="category", label=name) for name in names}, path="t.jsonl")
    assert cells(found) == [["1", "1.50", '["a", "ü"]', ""], ["two\nlines", "true", "", ""], ["3", "", "", ""]]
    assert found.set_aside == ((5, "not a JSON object"),)
    assert found.rows_read == 4
