"""Several files as one table: one under the other, and every row can be traced to its file."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pandas as pd
import pytest

from analysis.configuration import Site, without_files
from analysis.configuration.origin import Origin
from analysis.errors import DataError
from analysis.pipeline import analyse
from analysis.reading.table import traced
from tests.analysis.sources.conftest import Read, cells
from tests.notes import exact


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "2026-02.csv").write_text("id,x\n3,30\n\n4\n5,50\n")
    (folder / "2026-01.csv").write_text("id,x\n1,10\n2,20\n")
    (folder / "2026-03.csv").write_text("x;id\n60;6\n")
    (folder / "notes.txt").write_text("not a table")
    return folder


@pytest.mark.usefixtures("exports")
def test_a_pattern_reads_the_files_by_name(read: Read):
    table = read(path="exports/2026-*.csv")
    assert cells(table) == [["1", "10"], ["2", "20"], ["3", "30"], ["5", "50"], ["6", "60"]]
    assert list(table.row_numbers) == [2, 3, 5, 8, 10]
    assert table.set_aside == ((7, "fewer fields than the header has columns"),)
    assert exact(table.notes)[-1] == (
        "Rows are numbered across 3 files, each with its own header: 2026-01.csv, 2026-02.csv after row 3, "
        "2026-03.csv after row 8."
    )


@pytest.mark.usefixtures("exports")
def test_row_numbers_lead_back_to_the_file(read: Read):
    table = read(path="exports/2026-*.csv")
    rows = pd.DataFrame({"row": [2, 3, 5, 7, 8, 10], "reason": list("abcdef")})
    back = traced(rows, table.parts)
    assert list(back["file"]) == ["2026-01.csv"] * 2 + ["2026-02.csv"] * 3 + ["2026-03.csv"]
    assert list(back["row"]) == [2, 3, 2, 4, 5, 2]
    assert list(back["reason"]) == list("abcdef")
    single = read(path="exports/2026-01.csv")
    assert traced(rows, single.parts) is rows


def test_a_list_keeps_its_order_and_a_file_counts_once(read: Read, exports: Path):
    table = read(path=["exports/2026-02.csv", "exports/2026-*.csv"])
    assert [row[0] for row in cells(table)] == ["3", "5", "1", "2", "6"]
    sums = [hashlib.sha256((exports / f"2026-0{each}.csv").read_bytes()).hexdigest() for each in (2, 1, 3)]
    assert table.sha256 == hashlib.sha256("".join(sums).encode()).hexdigest()


def test_other_columns_are_named_with_their_file(read: Read, exports: Path):
    (exports / "2026-04.csv").write_text("id,y,z\n1,2,3\n")
    with pytest.raises(DataError, match=r"2026-04\.csv: the same columns .*lacks “x” and also has “y”, “z”; give"):
        read(path="exports/2026-*.csv")


def test_a_month_without_rows_is_no_mistake(read: Read, exports: Path):
    (exports / "2026-04.csv").write_text("id,x\n")
    assert read(path="exports/2026-*.csv").rows_read == 6
    with pytest.raises(DataError, match="there is a header and no row below it"):
        read(path="exports/2026-04.csv")


def test_a_pattern_that_finds_nothing(read: Read):
    with pytest.raises(DataError, match=r"none-\*\.csv: no file matches"):
        read(path="none-*.csv")


def test_signs_of_a_pattern_in_a_name_are_taken_as_they_stand(read: Read, tmp_path: Path):
    (tmp_path / "customers[1].csv").write_text("id,x\n1,2\n3,4\n")
    assert read(path="customers[1].csv").rows_read == 2


@pytest.mark.usefixtures("exports")
def test_the_names_of_an_origin(tmp_path: Path):
    def origin(**data: object) -> Origin:
        return Origin(Site.model_validate({"data": data}).data, tmp_path)

    assert origin(path="exports/2026-*.csv").name == "2026-*.csv"
    assert origin(path=["a.csv", "b.csv"]).name == "a.csv, b.csv"
    assert origin(path=[f"{each}.csv" for each in "abcde"]).name == "a.csv, b.csv, c.csv and 2 more"
    assert origin(database="sqlite:///shop.db", query="SELECT 1").name == "database query"
    assert [file.name for file in origin(path="exports/*-0[12].csv").files()] == ["2026-01.csv", "2026-02.csv"]


@pytest.mark.usefixtures("exports")
def test_what_is_watched_and_what_is_plain(tmp_path: Path):
    def origin(**data: object) -> Origin:
        return Origin(Site.model_validate({"data": data}).data, tmp_path)

    assert origin(path="exports/2026-*.csv").watched == (tmp_path / "exports" / "2026-*.csv",)
    assert origin(database="sqlite:///shop.db", query="SELECT 1").watched == (tmp_path / "shop.db",)
    assert origin(database="postgresql://host/x", query="SELECT 1").watched == ()
    assert origin(path="exports/2026-01.csv").plain
    assert not origin(path="exports/*-01.csv").plain
    assert not origin(path=["exports/2026-01.csv", "exports/2026-02.csv"]).plain
    assert not origin(database="sqlite:///shop.db", query="SELECT 1").plain
    (tmp_path / "packed.csv").write_bytes(gzip.compress(b"id,x\n1,2\n"))
    assert not origin(path="packed.csv").plain


def test_what_is_set_aside_is_told_by_file_and_row(tmp_path: Path):
    """Through the whole analysis: the third row of the second file has no figure."""
    for month, least in (("01", 0), ("02", 100)):
        lines = [f"{least + number},{number % 2 * 50 + number % 5},{number % 3}" for number in range(60)]
        if month == "02":
            lines[1] = f"{least + 1},unknown,1"
        (tmp_path / f"{month}.csv").write_text("\n".join(["id,x,y", *lines]) + "\n")
    columns = {"id": {"role": "id"}, "x": {"role": "feature"}, "y": {"role": "feature"}}
    model = {"selection": {"k": 2}}
    site = Site.model_validate({"data": {"path": "*.csv"}, "columns": columns, "model": model})
    found = analyse(without_files(site, tmp_path / "*.csv"))
    assert found.rejected.to_dict("records") == [{"file": "02.csv", "row": 3, "column": "x", "reason": "not a number"}]
    assert found.contract.data.rejections[0].examples == (64,)
    assert "02.csv after row 61" in "".join(found.contract.data.notes)
    assert (found.contract.provenance.source, found.contract.provenance.plain) == ("*.csv", False)
