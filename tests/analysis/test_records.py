"""Splitting regular stretches gives what the csv module gives, to the cell and to the row number."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.reading.text import records, regular
from analysis.reading.text.batches import Gathered
from analysis.reading.text.delimiters import DELIMITERS, table_start
from analysis.reading.text.encoding import Source
from analysis.reading.text.records import read_head, read_rows
from analysis.reading.text.regular import RegularLines
from analysis.reading.text.rows import Records

CELLS = st.sampled_from(
    ["", "a", "7", " b", "c ", "\xa0", "é€", "1.5", "x y", '"q"', '"a\nb"', '"a,b"', '"', "'", "\t"]
)
ENDINGS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n , \n"])
SIGNS = st.sampled_from(sorted(DELIMITERS))


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A text of mostly regular lines and its delimiter's name."""
    sign = draw(SIGNS)
    width = draw(st.integers(1, 4))
    plain = st.lists(st.sampled_from(["a", "7", "é€", ""]), min_size=width, max_size=width)
    line = st.one_of(plain, plain, plain, st.lists(CELLS, min_size=1, max_size=5))
    lines = draw(st.lists(line, min_size=1, max_size=30))
    ending = draw(ENDINGS)
    header = DELIMITERS[sign].join(f"h{place}" for place in range(width))
    body = "".join(DELIMITERS[sign].join(cells) + draw(st.sampled_from([ending, "\n"])) for cells in lines)
    return f"{header}\n{body}".removesuffix(draw(st.sampled_from(["", "\n"]))), sign


def outcome(text: str, sign: str) -> object:
    source = Source("t.csv", text, "utf-8")
    try:
        header = read_head(source, sign).names
        return header, told(read_rows(source, sign, range(len(header))))
    except DataError as error:
        return str(error)


def told(found: Records) -> object:
    cells = {position: list(column) for position, column in found.cells.items()}
    return cells, found.row_numbers.tolist(), found.ragged, found.blank, found.last


@given(texts(), st.integers(1, 40))
@example(("h0,h1\na,b\n ,\n1,2\n", ","), 5)
@example(('h0,h1\na,b\n1,"x\ny"\n1,2\n', ","), 4)
@example(("h0,h1\na,b\n1,2,3\n1\n1,2,,\n", ","), 9)
def test_short_stretches_long_ones_and_none_agree(drawn: tuple[str, str], length: int):
    text, sign = drawn
    with pytest.MonkeyPatch.context() as patch:
        long = outcome(text, sign)
        patch.setattr(regular, "STRETCH", length)
        assert outcome(text, sign) == long
        patch.setattr(records, "regular_cells", lambda *_: None)
        assert outcome(text, sign) == long
        patch.setattr(records, "BATCH", 3)
        assert outcome(text, sign) == long


@given(st.text(alphabet="ab,;\"'\r\n \t\xa0\u2028é", max_size=60), SIGNS, st.integers(1, 12))
def test_any_text_whatever_gives_the_same_either_way(text: str, sign: str, length: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regular, "STRETCH", length)
        split = outcome(text, sign)
        patch.setattr(records, "regular_cells", lambda *_: None)
        assert outcome(text, sign) == split


@given(st.text(alphabet='ab,"\r\n \u2028\x0b', max_size=60))
def test_lines_are_those_of_the_csv_module(text: str):
    lines = RegularLines(text)
    assert list(lines) == list(io.StringIO(text, newline=""))
    assert lines.position == len(text)
    assert list(csv.reader(RegularLines(text))) == list(csv.reader(io.StringIO(text, newline="")))


def test_most_text_is_split_in_one_go(monkeypatch):
    """The fast way is taken, and a row that must be read by itself does not end it."""
    text = "id,x\n" + "".join(f"{number},{number % 7}\n" for number in range(40_000)).replace("39,4\n", '"39","4"\n', 1)
    slow: list[int] = []
    add = Gathered.add_records
    monkeypatch.setattr(Gathered, "add_records", lambda state, batch: slow.append(len(batch)) or add(state, batch))
    found = read_rows(Source("t.csv", text, "utf-8"), ",", (0, 1))
    assert found.row_numbers.tolist() == list(range(2, 40_002))
    assert list(found.cells[0]) == [str(number) for number in range(40_000)]
    assert sum(slow) < 15_000


def test_one_text_is_one_object():
    text = "id,x\n" + "".join(f"{number},{number % 7}\n" for number in range(30_000))
    found = read_rows(Source("t.csv", text, "utf-8"), ",", (0, 1))
    assert len({id(cell) for cell in found.cells[1]}) == 7


@pytest.mark.parametrize(
    ("text", "start", "stated"),
    [
        ("sep=;\r\nid;x\n", 7, ";"),
        ('"sep=|"\nid|x\n', 8, "|"),
        ("SEP=\t\nid\tx\n", 6, "tab"),
        ("sep=?\nid,x\n", 6, None),
        ("separate,x\n1,2\n", 0, None),
        ("sep=;", 0, None),
    ],
)
def test_the_line_by_which_a_spreadsheet_states_its_delimiter(text: str, start: int, stated: str | None):
    assert table_start(text) == (start, stated)


def test_text_of_delimiters_alone_is_no_table():
    with pytest.raises(DataError, match="no line holds any text"):
        read_head(Source("t.csv", ",,\n,", "utf-8"), ",")
