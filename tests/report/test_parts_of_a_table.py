"""Of a table of several files only those are read that no earlier build has read, whatever their format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from analysis.configuration.origin import Origin
from analysis.configuration.table import TableSettings
from analysis.language import notes, slots
from analysis.language.notes import Day, Figure, Names, Note, Number, RowNumbers, Rows, Several, Sum, note
from analysis.reading.sources import door
from analysis.reading.sources.door import open_table
from analysis.reading.sources.opened import Opened
from analysis.reading.sources.written import CLASSES, OF_A_HEADER, header_of, header_text, rows_of, rows_text
from analysis.reading.text.metadata import ColumnSaid
from analysis.reading.text.rows import Records, SourcePart
from report.build.analysed import KeptFiles
from report.build.workers import PartsFolder
from tests.in_process import command

HEADER = ("id", "age", "visits", "town")


def month(number: int, rows: int = 40) -> pd.DataFrame:
    """Customers of two groups, of whom some town is not known."""
    drawn = np.random.default_rng(number)
    group = np.arange(rows) % 2
    return pd.DataFrame(
        {
            "id": [f"K{number:02}-{row:03}" for row in range(rows)],
            "age": (drawn.normal(30 + 35 * group, 3)).astype(int),
            "visits": (drawn.normal(5 + 12 * group, 1)).astype(int),
            "town": [("Ulm", "Köln", "")[row % 3] for row in range(rows)],
        }
    )


def as_csv(file: Path, frame: pd.DataFrame) -> None:
    """As an export writes it: in the code page of Windows, with a line above the header and a row that is torn."""
    text = "Export of customers\n" + frame.to_csv(index=False, sep=";") + "torn;1\n"
    file.write_bytes(text.encode("cp1252"))


def as_workbook(file: Path, frame: pd.DataFrame) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *frame.itertuples(index=False)):
        sheet.append([None if cell == "" else cell for cell in row])
    book.save(file)


def as_lines(file: Path, frame: pd.DataFrame) -> None:
    file.write_text(frame.to_json(orient="records", lines=True), encoding="utf-8")


def as_parquet(file: Path, frame: pd.DataFrame) -> None:
    import duckdb  # noqa: PLC0415

    with duckdb.connect() as connection:
        connection.register("month", frame.astype(str))
        connection.execute(f"COPY month TO '{file}' (FORMAT parquet)")


def as_survey(file: Path, frame: pd.DataFrame) -> None:
    import pyreadstat  # noqa: PLC0415

    labels = {"town": {"Ulm": "Ulm", "Köln": "Köln"}}
    pyreadstat.write_sav(frame, str(file), column_labels={"age": "How old are you?"}, variable_value_labels=labels)


FORMATS: dict[str, Callable[[Path, pd.DataFrame], None]] = {
    "csv": as_csv, "xlsx": as_workbook, "jsonl": as_lines, "parquet": as_parquet, "sav": as_survey,
}  # fmt: skip


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    found: list[str] = []
    real = door.open_file

    def open_file(path: Path, settings: TableSettings, known: object = ()) -> Opened:
        found.append(path.name)
        return real(path, settings, known)  # type: ignore[arg-type]

    monkeypatch.setattr(door, "open_file", open_file)
    return found


def kept(folder: Path, *, again: bool = False) -> KeptFiles:
    return KeptFiles(PartsFolder(folder / "parts", again))


def told(folder: Path, ending: str, files: KeptFiles | None, **settings: object) -> tuple[object, ...]:
    """All that is known of the table and its rows."""
    asked = TableSettings.model_validate({"path": f"*.{ending}", **settings})
    opened = open_table(Origin(asked, folder), HEADER, files)
    records = opened.rows([0, 2, 3])
    cells = {position: column.tolist() for position, column in records.cells.items()}
    header = {name: getattr(opened, name) for name in OF_A_HEADER}
    rest = (records.ragged, records.blank, records.last, records.parts, records.said)
    if files:
        files.sweep()
    return header, cells, records.row_numbers.tolist(), rest, opened.read()


@pytest.mark.parametrize("ending", FORMATS)
def test_a_new_month_is_all_that_is_read_and_nothing_is_otherwise(tmp_path, read, ending):
    for number in (1, 2, 3):
        FORMATS[ending](tmp_path / f"2026-{number:02}.{ending}", month(number))
    first = told(tmp_path, ending, kept(tmp_path))
    assert first == told(tmp_path, ending, None)
    assert len(first[1][0]) == 120  # type: ignore[index]
    FORMATS[ending](tmp_path / f"2026-04.{ending}", month(4))
    read.clear()
    second = told(tmp_path, ending, kept(tmp_path))
    assert read == [f"2026-04.{ending}"]
    assert second == told(tmp_path, ending, None)
    read.clear()
    assert told(tmp_path, ending, kept(tmp_path)) == second
    assert read == []


def three(folder: Path) -> None:
    for number in (1, 2, 3):
        as_csv(folder / f"2026-{number:02}.csv", month(number))


def test_a_file_that_was_written_anew_is_read_and_one_with_its_old_content_is_not(tmp_path, read):
    three(tmp_path)
    told(tmp_path, "csv", kept(tmp_path))
    content = (tmp_path / "2026-02.csv").read_bytes()
    as_csv(tmp_path / "2026-02.csv", month(9))
    read.clear()
    other = told(tmp_path, "csv", kept(tmp_path))
    assert read == ["2026-02.csv"]
    assert other[1][0][40] == "K09-000"  # type: ignore[index]
    (tmp_path / "2026-02.csv").write_bytes(content)
    read.clear()
    back = told(tmp_path, "csv", kept(tmp_path))
    assert (read, back[1][0][40]) == ([], "K02-000")  # type: ignore[index]


@pytest.mark.parametrize("settings", [{"delimiter": ";"}, {"encoding": "latin-1"}, {"format": "csv"}])
def test_what_decides_how_a_file_is_read_is_part_of_what_it_is_known_by(tmp_path, read, settings):
    three(tmp_path)
    told(tmp_path, "csv", kept(tmp_path))
    read.clear()
    found = told(tmp_path, "csv", kept(tmp_path), **settings)
    assert read == ["2026-01.csv", "2026-02.csv", "2026-03.csv"]
    assert found == told(tmp_path, "csv", None, **settings)


def test_what_an_amount_is_worth_needs_no_reading(tmp_path, read):
    three(tmp_path)
    told(tmp_path, "csv", kept(tmp_path))
    read.clear()
    told(tmp_path, "csv", kept(tmp_path), rates={"USD": 0.9}, repeated="drop")
    assert read == []


def test_everything_is_read_again_where_that_is_asked_for(tmp_path, read):
    three(tmp_path)
    told(tmp_path, "csv", kept(tmp_path))
    read.clear()
    told(tmp_path, "csv", kept(tmp_path, again=True))
    assert read == ["2026-01.csv", "2026-02.csv", "2026-03.csv"]


def test_what_was_tampered_with_is_read_again(tmp_path, read):
    three(tmp_path)
    first = told(tmp_path, "csv", kept(tmp_path))
    spoiled = [file for file in (tmp_path / "parts").iterdir() if b"K02-007" in file.read_bytes()]
    assert spoiled
    for file in spoiled:
        file.write_bytes(file.read_bytes().replace(b"K02-007", b"K99-007"))
    read.clear()
    assert told(tmp_path, "csv", kept(tmp_path)) == first
    assert read == ["2026-02.csv"]


def test_a_single_file_leaves_nothing(tmp_path):
    as_csv(tmp_path / "2026-01.csv", month(1))
    told(tmp_path, "csv", kept(tmp_path))
    assert not (tmp_path / "parts").exists()


SITE = """\
data: {path: months/*.csv}
columns: {id: {role: id}, age: {role: age}, visits: {role: frequency}, town: {role: category}}
privacy: {min_cell: 5}
model: {selection: {k: 2}}
history: {path: history}
"""


def test_a_build_of_a_new_month_reads_no_other_and_makes_the_same_bytes(tmp_path, read):
    """As one that reads them all."""
    (tmp_path / "months").mkdir()
    (tmp_path / "site.yml").write_text(SITE)
    build = ("build", "--config", ".", "--renderer", "builtin", "--quiet")
    for number in (1, 2, 3):
        month(number).to_csv(tmp_path / f"months/2026-{number:02}.csv", index=False)
    assert command(*build, folder=tmp_path).code == 0
    month(4).to_csv(tmp_path / "months/2026-04.csv", index=False)
    read.clear()
    ended = command(*build, folder=tmp_path)
    assert (ended.code, read) == (0, ["2026-04.csv"]), ended.err
    made = {file: file.read_bytes() for file in sorted((tmp_path / "_site").rglob("*.*"))}
    assert command(*build, "--again", folder=tmp_path).code == 0
    assert {file: file.read_bytes() for file in sorted((tmp_path / "_site").rglob("*.*"))} == made


def records() -> Records:
    cells = {0: np.array(["a", "b", "ü\n\"'"], dtype=object), 3: np.array(["x", "x", "x"], dtype=object)}
    label = note("{name}", name="Köln")
    said = ColumnSaid("Where?", "nominal", "nominal", ("a", "b"), None, (("refused", 2),), True, (label,), "codes")
    parts = (SourcePart("a.csv", 0), SourcePart("b.csv", 7))
    return Records(cells, np.array([2, 3, 9], dtype=np.int64), ((5, "torn"),), 1, 9, parts, {3: said})


def test_rows_are_the_same_once_they_are_written_and_read():
    was, now = records(), rows_of(rows_text(records()))
    for position, column in was.cells.items():
        assert now.cells[position].tolist() == column.tolist()
        assert now.cells[position].dtype == object
    assert now.row_numbers.tolist() == [2, 3, 9]
    assert now.row_numbers.dtype == np.int64
    for field in fields(Records):
        if field.name not in {"cells", "row_numbers"}:
            assert getattr(now, field.name) == getattr(was, field.name)


def test_every_kind_of_note_is_the_same_once_it_is_written_and_read():
    """A note of a kind that cannot be written would make every build read its file again."""
    every = (
        Rows(3), Number(4), Figure(0.1, 2), Figure(2.5), RowNumbers((1, 2)), Sum(9.5),
        Day(date(2026, 1, 31), stated=True), Names(("a", "b"), "and", 2, quoted=False), Several((note("{x}", x="y"),)),
        note("{x}", x="y"), "text",
    )  # fmt: skip
    made = Note(("one {a}", "many {a}"), "few", "public", tuple((f"s{at}", one) for at, one in enumerate(every)))
    opened = Opened("a.csv", HEADER, lambda _: records(), "0f", "text", "cp1252", ";", (made,), False, {1: "why"}, True)
    found = header_of(header_text(opened))
    assert found == {name: getattr(opened, name) for name in OF_A_HEADER}
    of_slots = {one for module in (slots, notes) for one in vars(module).values() if isinstance(one, type)}
    assert {one for one in of_slots if is_dataclass(one)} - {slots.Manner} <= set(CLASSES.values())


def test_everything_that_is_known_before_rows_are_read_is_written():
    assert set(OF_A_HEADER) == {field.name for field in fields(Opened)} - {"rows", "read"}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '["os", "x"]', '["Records"]', '["texts", "a"]', '{"name": 1}'])
def test_what_is_something_else_is_told(text):
    for of in (rows_of, header_of):
        with pytest.raises((ValueError, KeyError, TypeError)):
            of(text)


def test_cells_that_are_no_text_are_not_written():
    odd = Records({0: np.array([1, "a"], dtype=object)}, np.array([2, 3], dtype=np.int64), (), 0, 3)
    with pytest.raises(TypeError):
        rows_text(odd)
    assert json.loads(rows_text(records()))[0] == "Records"
