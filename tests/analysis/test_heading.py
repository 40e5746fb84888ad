"""The header below titles, comments and rows that group columns; and headers that look odd and are none the less."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration import Column, Site
from analysis.configuration.origin import Origin
from analysis.configuration.table import TableSettings
from analysis.errors import ConfigurationError, DataError
from analysis.proposal.guess import propose
from analysis.reading.sources.door import open_table
from analysis.reading.sources.opened import Opened
from analysis.reading.table import read_table
from analysis.reading.text.encoding import Source
from analysis.reading.text.heading import heading
from analysis.reading.text.records import read_head, read_rows
from tests.notes import exact

TABLE = "id,name,spend,visits\n1,Anna,10.5,3\n2,Bert,20.5,4\n3,Cora,30.5,5\n"
NAMES = ("id", "name", "spend", "visits")

Open = Callable[..., Opened]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    def _open(text: str, known: tuple[str, ...] = (), **data: object) -> Opened:
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        settings = TableSettings.model_validate({"path": str(tmp_path / "t.csv"), **data})
        return open_table(Origin(settings, tmp_path), known)

    return _open


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ("# made by a tool\n", 1),
        ("# it's 5\" wide, and more\n#\n", 2),
        ("// made by a tool\n\n", 1),
        ("-- made by a tool\n", 1),
        ("; made by a tool\n", 1),
        ("# id, name, spend, all\n", 1),
        ("Orders report\n", 1),
        ("Orders report\nGenerated on,2026-01-31\n\n", 2),
        ("Orders report,,,\nGenerated on,2026-01-31,,\n,,,\n", 2),
        ("Orders report\nFrom:,2026-01-01,To:\n# all regions\n\n\n", 3),
        ('"Orders, by region"\n', 1),
        ("", 0),
        ("\n,,,\n", 0),
    ],
)
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_stands_above_the_header_is_skipped_and_told(opened: Open, above: str, lines: int, sign: str):
    if above.startswith(('"', "# id", ";")):  # these need the comma
        sign = ","
    found = opened(above.replace(",", sign) + TABLE.replace(",", sign))
    assert found.header == NAMES
    records = found.rows([0, 2])
    assert list(records.cells[2]) == ["10.5", "20.5", "30.5"]
    assert list(records.row_numbers) == [2, 3, 4]
    told = [note for note in exact(found.notes) if "above the header" in note]
    assert [note.split()[0] for note in told] == ([str(lines)] if lines else [])
    assert found.regular == (not lines)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("#id,x\n1,2\n3,4\n", ("#id", "x")),
        ("#,Name,Amount\n1,Anna,3\n2,Bert,4\n", ("#", "Name", "Amount")),
        ("# id,x\n1,2\n3,4\n", ("# id", "x")),
        (",name,x\n1,Anna,2\n2,Bert,3\n", ("", "name", "x")),
        ("id,,\n1,Anna,2\n2,Bert,3\n", ("id", "", "")),
        ("id,x,note,,\n1,2,,,\n3,4,,,\n", ("id", "x", "note", "", "")),
        ("name,town\nAnna,Ulm\nBert,Bonn\n", ("name", "town")),
        ("Customer,2023,2024\nAnna,1,2\nBert,3,4\n", ("Customer", "2023", "2024")),
        ("1,2,3\n4,5,6\n", ("1", "2", "3")),
        ("q1,q2\na,b,c\nd,e,f\n", ("q1", "q2")),
        ("name\nSmith, Anna\nMeyer, Bert\n", ("name",)),
        ("id,visits,visits\n1,2,3\n2,3,4\n", ("id", "visits", "visits")),
        ("id,x,,y\nC1,,7,?\nC2,3,4,5\nC3,3,4,5\n", ("id", "x", "", "y")),
    ],
)
def test_a_first_line_that_is_the_header_for_all_that(opened: Open, text: str, header: tuple[str, ...]):
    assert read_head(Source("t.csv", text, "utf-8"), ",").names == header
    assert not [note for note in exact(opened(text, delimiter=",").notes) if "above" in note]


def test_the_record_with_the_configured_names_is_the_header(opened: Open):
    text = "Customer list,by,region\nname,town,kind\nAnna,Ulm,a\n"
    assert opened(text).header == ("Customer list", "by", "region")
    assert opened(text, known=("name", "town")).header == ("name", "town", "kind")


@pytest.mark.parametrize(
    ("text", "header", "told"),
    [
        (
            "2024,,2025,\nOrders,Revenue,Orders,Revenue\n1,2,3,4\n5,6,7,8\n",
            ("2024 Orders", "2024 Revenue", "2025 Orders", "2025 Revenue"),
            "put before",
        ),
        (
            "Customer,2024,,2025,\n,Orders,Revenue,Orders,Revenue\nA,1,2,3,4\nB,5,6,7,8\n",
            ("Customer", "2024 Orders", "2024 Revenue", "2025 Orders", "2025 Revenue"),
            "put before",
        ),
        (
            "Report\n\n,Orders,,Revenue,\nCustomer,2024,2025,2024,2025\nA,1,2,3,4\nB,5,6,7,8\n",
            ("Customer", "Orders 2024", "Orders 2025", "Revenue 2024", "Revenue 2025"),
            "put before",
        ),
        (
            ",First half,,Second half,\nCustomer,Q1,Q2,Q3,Q4\nA,1,2,3,4\nB,5,6,7,8\n",
            ("Customer", "Q1", "Q2", "Q3", "Q4"),
            "only groups columns",
        ),
    ],
)
def test_a_line_that_groups_columns(opened: Open, text: str, header: tuple[str, ...], told: str):
    found = opened(text)
    assert found.header == header
    assert any(told in note for note in exact(found.notes))
    assert list(found.rows([1]).row_numbers) == [2, 3]


def test_rows_stay_those_of_the_table_whatever_its_titles(tmp_path: Path):
    (tmp_path / "t.csv").write_text("Orders report\nGenerated on,2026-01-31\n\n" + TABLE, encoding="utf-8")
    columns = {"id": Column(role="id"), "spend": Column(role="feature")}
    table = read_table(tmp_path / "t.csv", Site.model_validate({"data": {"path": "t.csv"}, "columns": columns}))
    assert table.frame.to_numpy().tolist() == [["1", "10.5"], ["2", "20.5"], ["3", "30.5"]]
    assert not table.regular


WORDS = st.text(alphabet="abc ", min_size=1, max_size=6).filter(str.strip)


@given(st.integers(2, 5), st.lists(WORDS, max_size=4), st.data())
def test_any_titles_of_one_cell_above_any_table_of_figures(width: int, titles: list[str], data: st.DataObject):
    names = data.draw(
        st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=width, max_size=width, unique=True)
    )
    rows = data.draw(st.lists(st.lists(st.integers(0, 999), min_size=width, max_size=width), min_size=2, max_size=20))
    text = "".join(f"{title}\n" for title in titles) + ",".join(names) + "\n"
    text += "".join(",".join(map(str, row)) + "\n" for row in rows)
    source = Source("t.csv", text, "utf-8")
    assert read_head(source, ",").names == tuple(names)
    read = read_rows(source, ",", range(width))
    assert [[int(read.cells[at][row]) for at in range(width)] for row in range(len(rows))] == rows


def test_no_record_with_anything_has_no_header():
    assert heading([["", " "], []]) is None
    assert heading([["# only", "a comment"]], {0}).place == 0


MASTER = "00001 19970101  1   11.77\n00002 19970112  1   12.00\n00002 19970112  5   77.00\n00003 19970102  2   20.76\n"


def test_columns_set_apart_by_blanks(opened: Open):
    found = opened("id date qty  amount\n" + MASTER)
    assert (found.delimiter, found.header) == ("blank", ("id", "date", "qty", "amount"))
    assert list(found.rows([3]).cells[3]) == ["11.77", "12.00", "77.00", "20.76"]
    assert not found.regular


def test_blanks_between_quotation_marks_part_nothing(opened: Open):
    found = opened(' name   town  x\r\n "Anna  B" Ulm  1\r\n"Cid ""D""" Bonn 2\r\n Ed Ulm 3  \r\n')
    assert list(found.rows([0]).cells[0]) == ["Anna  B", 'Cid "D"', "Ed"]


@pytest.mark.parametrize(
    "text",
    [
        "Full name\nAnna Smith\nBert Meyer\nCid Moore\nEd Miller\n",
        "id  name          x\n1   Anna Smith    3\n2   Bert          4\n3   Cid           5\n",
    ],
)
def test_text_with_blanks_in_it_is_asked_about(tmp_path: Path, text: str):
    (tmp_path / "t.txt").write_text(text, encoding="utf-8")
    with pytest.raises(
        DataError, match="no comma, semicolon or tab separates the first line into columns; if blanks do"
    ):
        propose(tmp_path / "t.txt")


def test_a_file_without_a_header_asks_for_the_names(tmp_path: Path):
    (tmp_path / "master.txt").write_text(MASTER, encoding="utf-8")
    with pytest.raises(DataError, match=r"`data\.columns: \[customer, date, units, dollars\]`"):
        propose(tmp_path / "master.txt")


@pytest.mark.parametrize("sign", [" ", ",", ";", "\t"])
def test_names_for_a_file_without_a_header(opened: Open, sign: str):
    text = (
        sign.join(MASTER.split(" ")) if sign == " " else "\n".join(sign.join(row.split()) for row in MASTER.split("\n"))
    )
    found = opened(text, columns=["customer", "date", "units", "dollars"])
    assert found.header == ("customer", "date", "units", "dollars")
    records = found.rows([0, 3])
    assert list(records.cells[0]) == ["00001", "00002", "00002", "00003"]
    assert list(records.row_numbers) == [1, 2, 3, 4]
    assert records.last == 4
    assert not found.regular


def test_comments_above_rows_without_a_header(opened: Open):
    found = opened("# master, 1997\n\n" + MASTER.replace("  ", " "), columns=["a", "b", "c", "d"], delimiter="blank")
    assert list(found.rows([0]).row_numbers) == [1, 2, 3, 4]


@pytest.mark.parametrize("count", [3, 5])
def test_too_many_or_too_few_names_are_one_sentence(opened: Open, count: int):
    with pytest.raises(ConfigurationError, match=rf"data\.columns has {count} names, but the first row .* 4 fields"):
        opened(MASTER, columns=list("abcde"[:count]))


def test_names_that_the_file_has_already(opened: Open):
    with pytest.raises(ConfigurationError, match="holds these names already"):
        opened(TABLE, columns=["ID", "Name", "Spend", "Visits"])


@pytest.mark.parametrize("columns", [["a", "a"], ["a", " "], []])
def test_names_must_differ(columns: list[str]):
    with pytest.raises(ValueError, match="columns"):
        TableSettings.model_validate({"path": "t.csv", "columns": columns})


def test_names_go_with_delimited_text_alone(tmp_path: Path):
    (tmp_path / "t.jsonl").write_text('{"a": 1}\n', encoding="utf-8")
    settings = TableSettings.model_validate({"path": "t.jsonl", "columns": ["a"]})
    with pytest.raises(ConfigurationError, match=r"data\.columns: .* is not delimited text"):
        open_table(Origin(settings, tmp_path))
