"""What sentences tell of numbers of customers and rows on a public site."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import narwhals as nw
import pandas as pd
import pytest
import yaml

from analysis.cells.conventions import MULTIPLIED
from analysis.cells.dates import SERIAL, TWO_DIGITS
from analysis.cells.kinds.days import UNTIL_LATEST, UNTIL_STATED
from analysis.columns.redundant import POOLED
from analysis.configuration import Configuration, load_configuration
from analysis.configuration.transactions import TransactionSettings
from analysis.customers.repeats import told as of_repeats
from analysis.language import messages, speaking
from analysis.language.notes import Day, Note, Number, Rows, Sum, note
from analysis.pipeline import analyse
from analysis.preparation.features import LONG_TAIL
from analysis.reading.sources.workbook import _told as above_of_sheet
from analysis.reading.table import _blank, _through
from analysis.reading.text import no_records
from analysis.reading.text.encoding import _strays
from analysis.reading.text.heading import HeaderRows
from analysis.reading.text.metadata import ColumnSaid
from analysis.reading.text.records import _told as above_of_text
from analysis.reading.text.rows import SourcePart
from analysis.transactions.orders import named_elsewhere
from analysis.transactions.worth import MORE, MORE_PUBLIC
from report.disclosure import published as published_copy
from tests.notes import published
from tests.pseudo import WORD, write_pseudo

LEAST = 10
KEPT = (
    "Some rows are named like totals, but their figures are not the sums of other rows, so they were kept. If they are "
    "no customers, delete them from the table."
)
ORDERS = TransactionSettings(customer=["Customer", "Email"], date="day", amount="paid", invoice="Invoice")


def without_customer(rows: int) -> Note:
    """That so many rows take their customer from others of the same order."""
    cells = nw.from_native(pd.DataFrame({"row": range(rows), "cell0": "", "cell1": ""}))
    (found,) = named_elsewhere(cells.lazy(), cells, ORDERS, {"Customer": 0, "Email": 1})
    return found


@pytest.mark.parametrize(
    ("note", "exact", "told"),
    [
        (_blank(1)[0], "1 blank row was skipped.", "A few blank rows were skipped."),
        (_blank(2)[0], "2 blank rows were skipped.", "A few blank rows were skipped."),
        (_blank(1_240)[0], "1,240 blank rows were skipped.", "1,240 blank rows were skipped."),
        (
            note("{file}: {note}", file="a 7.csv", note=_blank(1)[0]),
            "a 7.csv: 1 blank row was skipped.",
            "a 7.csv: A few blank rows were skipped.",
        ),
        (
            without_customer(1),
            (
                "1 row has no customer of its own. It takes “Customer” or “Email” from the other rows with the same "
                "“Invoice”."
            ),
            (
                "A few rows have no customer of their own. They take “Customer” or “Email” from the other rows with "
                "the same “Invoice”."
            ),
        ),
        (
            of_repeats(1, 1_000),
            (
                "1 of 1,000 rows repeats an earlier row in every described column except the identifier. To set such "
                "rows aside, write `repeated: drop` under data."
            ),
            (
                "A few rows repeat an earlier row in every described column except the identifier. To set such rows "
                "aside, write `repeated: drop` under data."
            ),
        ),
        (
            _strays(1),
            "1 byte is not UTF-8 and was read as Windows-1252.",
            "A few bytes are not UTF-8 and were read as Windows-1252.",
        ),
        (
            next(above_of_text(HeaderRows(1, (), 1))),
            "1 line above the header was skipped as a title or comment. Row 1 is the header.",
            "A few lines above the header were skipped as titles or comments. Row 1 is the header.",
        ),
        (
            next(above_of_sheet(HeaderRows(3, (), 3))),
            "3 rows above the header, which is row 4 of the sheet, were skipped.",
            "A few rows above the header, which is row 4 of the sheet, were skipped.",
        ),
        (
            _through([SourcePart("a.csv", 0), SourcePart("b 7.csv", 238), SourcePart("c", 1_207)])[0],
            (
                "Rows are numbered across 3 files, each with its own header: a.csv, b 7.csv after row 238, c after row "
                "1207."
            ),
            "Rows are numbered across 3 files, each with its own header: a.csv, b 7.csv, c.",
        ),
        (
            no_records.notes([(7, "total row"), (12, "total row"), (240, "footer, not a record")], [])[0],
            (
                "Rows that are not customer records were set aside: 2 × total row (rows 7, 12), 1 × footer, not a "
                "record (row 240)."
            ),
            "Rows that are not customer records were set aside: total row, footer, not a record.",
        ),
        (
            no_records.notes([], [1_240])[0],
            (
                "Row 1240 is named like a total, but its figures are not the sum of other rows, so it was kept. If it "
                "is no customer, delete it from the table."
            ),
            KEPT,
        ),
        (
            no_records.notes([], [2, 4, 8, 16, 32, 64])[0],
            (
                "Rows 2, 4, 8, 16, 32, … are named like totals, but their figures are not the sums of other rows, so "
                "they were kept. If they are no customers, delete them from the table."
            ),
            KEPT,
        ),
        (
            ColumnSaid(missing=(("refused 3", 7), ("moved", 3))).notes("q1")[0],
            "“q1” has no value in some rows. Reasons in the file, with the number of rows: “refused 3” 7, “moved” 3.",
            (
                "“q1” has no value in some rows. Reasons in the file: “refused 3”, “moved”. Some of them apply to "
                "few rows."
            ),
        ),
        (
            note(MORE, public=MORE_PUBLIC, orders=Rows(3), lines=Sum(1204.51), column="total 2", total=Sum(1300.0),
                 difference=Sum(95.49)),
            (
                "The lines of 3 orders add up to 1,204.51. “total 2” adds up to 1,300.00, which is 95.49 more. "
                "Discounts, shipping, tax or refunds make the difference."
            ),
            (
                "“total 2” adds up to more than the lines of the orders. Discounts, shipping, tax or refunds make the "
                "difference."
            ),
        ),
        (
            note(UNTIL_LATEST, day=Day(date(2023, 6, 16))),
            "Years were counted up to 2023-06-16, the latest date. To use another day, set data.reference_date.",
            "Years were counted up to 2023-06, the latest date. To use another day, set data.reference_date.",
        ),
    ],
)  # fmt: skip
def test_a_note_names_no_row_and_tells_of_few_that_they_are_a_few(note: Note, exact: str, told: str) -> None:
    assert note.exactly() == exact
    assert published([note]) == (told,)


@pytest.mark.parametrize(
    "note",
    [
        note(MULTIPLIED, column="a"),
        note(TWO_DIGITS, column="born", first="1927", last="2026"),
        note(UNTIL_STATED, day=Day(date(2023, 6, 16), stated=True)),
        note(LONG_TAIL, percent=Number(5), segment=note("to the nearest segment")),
        note(POOLED, number=Number(8), column="city", other="Other"),
        note(SERIAL, column="d", meaning=note("days since 1904")),
        next(above_of_sheet(HeaderRows(3, (), grouped="left out"))),
    ],
)
def test_a_note_keeps_what_is_no_number_of_rows(note: Note) -> None:
    assert published([note]) == (note.exactly(),)


def test_numbers_that_may_be_told_are_rounded_to_five() -> None:
    (told,) = published(ColumnSaid(missing=(("no", 238), ("yes", 12))).notes("q"))
    found = re.fullmatch(r".*number of rows: “no” (235|240), “yes” (10|15)\.", told)
    assert found, told
    (told,) = published([_blank(238)[0]])
    assert told in {"235 blank rows were skipped.", "240 blank rows were skipped."}


TABLE = {
    "data": {"path": "t.csv"},
    "columns": {"name": {"role": "id"}, "x": {"role": "feature"}, "y": {"role": "feature"}, "z": {"role": "feature"}},
    "model": {"selection": {"k": 2}, "resamples": 100},
    "privacy": {"mode": "public", "min_cell": 10},
}


def messy(folder: Path) -> Configuration:
    """The configuration of a table with a few rows of each kind that notes tell of."""
    rows = [f"c{n},{n % 2 * 50 + n % 17},{n % 2 * 30 + n % 13},{n % 7}" for n in range(120)]
    again = [f"d{n}{row[row.index(',') :]}" for n, row in enumerate(rows[:3])]
    lines = ["A title;above", "", "name,x,y,z", *rows[:60], "", "", *rows[60:], *again, "name,x,y,z", "", "Total,7,8,9"]
    (folder / "t.csv").write_text("\n".join(lines) + "\n")
    (folder / "site.yml").write_text(yaml.safe_dump(TABLE))
    return load_configuration(folder)


def test_a_table_with_a_few_rows_of_each_kind_tells_no_number_of_them(tmp_path: Path) -> None:
    whole = analyse(messy(tmp_path)).contract
    assert "3 blank rows were skipped." in whole.data.notes
    told = published_copy(whole).data.notes
    assert "A few blank rows were skipped." in told
    assert any(note.startswith("Rows that are not customer records were set aside: repeated header") for note in told)
    stated = re.compile(r"below 10 customers|fewer than 10 customers|multiples of 5|Row 1 is the header")
    assert not [note for note in told if re.search(r"\d", stated.sub("", note))]


def test_every_note_and_every_reason_is_in_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a language that marks each letter of a sentence that it knows."""
    write_pseudo(tmp_path / "catalogues")
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path / "catalogues")
    messages._catalogue.cache_clear()
    asked = messy(tmp_path)
    site = asked.site.model_copy(update={"site": asked.site.site.model_copy(update={"language": "eo"})})
    whole = analyse(replace(asked, site=site)).contract
    with speaking("eo"):
        copy = published_copy(whole)
    told = [*whole.data.notes, *copy.data.notes, *(one.reason for one in whole.data.rejections)]
    assert len(told) > 8
    assert not [text for text in told if WORD.search(re.sub(r"`[^`]*`", "", text))]
