"""What sentences tell of numbers of customers and rows on a public site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from analysis.configuration import load_configuration
from analysis.customers.repeats import note
from analysis.pipeline import analyse
from analysis.reading.text.metadata import ColumnSaid
from analysis.reading.text.no_records import sentences
from analysis.rounding.random_rounding import Rounding
from report.disclosure import published
from report.disclosure.sentences import note_reworded, reworded

LEAST = 10
ROUNDING = Rounding.of(public=True, least=LEAST, table="table")
KEPT = (
    "Some rows are named like a total, but the figures are not those of other rows, so they were kept; delete them "
    "from the table if no customer is meant."
)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2 blank rows were skipped.", "A few blank rows were skipped."),
        ("1 blank row was skipped.", "A few blank rows were skipped."),
        ("a.csv: 1 blank row was skipped.", "a.csv: A few blank rows were skipped."),
        (
            "1 row has no customer and goes by “Customer” of the same “Invoice”.",
            "A few rows have no customer and go by “Customer” of the same “Invoice”.",
        ),
        (
            "7 rows have no customer and go by “Customer” of the same “Invoice”.",
            "A few rows have no customer and go by “Customer” of the same “Invoice”.",
        ),
        (
            "“q1” has no value in these rows, by the reason that the file gives: “refused 3” 7, “moved” 3.",
            "“q1” has no value in these rows, by the reason that the file gives: “refused 3” a few, “moved” a few.",
        ),
        (note(1, 1_000), note(1, 1_000).replace("1 of 1,000 rows repeats", "A few of 1,000 rows repeat")),
        ("One byte is not UTF-8; read as Windows-1252.", "A few bytes are not UTF-8; read as Windows-1252."),
        ("3 bytes are not UTF-8; read as Windows-1252.", "A few bytes are not UTF-8; read as Windows-1252."),
        (
            "In the sheet “2024 3” of a.xlsx, 4 cells of the column “b 7” hold formulas.",
            "In the sheet “2024 3” of a.xlsx, a few cells of the column “b 7” hold formulas.",
        ),
        (
            ("1 line above the header was skipped, as a title or a comment; rows are numbered from the header, which "
            "is row 1."),
            ("A few lines above the header were skipped, as a title or a comment; rows are numbered from the header, "
            "which is row 1."),
        ),
        (
            "The header stands in row 4 of the sheet; 3 rows above were skipped.",
            "The header stands in row 4 of the sheet; a few rows above were skipped.",
        ),
        (
            "The header stands in row 2 of the sheet; 1 row above was skipped.",
            "The header stands in row 2 of the sheet; a few rows above were skipped.",
        ),
        (
            "Rows are numbered through 3 files, each with its header: a.csv, b 7.csv after row 238, c after row 1,207.",
            "Rows are numbered through 3 files, each with its header: a.csv, b 7.csv, c.",
        ),
        (
            sentences([(7, "total row"), (12, "total row"), (240, "footer, not a record")], [])[0],
            "Rows that are no records were set aside: total row, footer, not a record.",
        ),
        (sentences([], [1_240])[0], KEPT),
        (sentences([], [2, 4, 8, 16, 32, 64])[0], KEPT),
        (
            "The lines of 3 orders come to 1,204.51; “total 2” comes to 1,300.00, 95.49 more. Discounts stand between.",
            "“total 2” comes to more than the lines of the orders do. Discounts stand between.",
        ),
    ],
)  # fmt: skip
def test_a_note_names_no_row_and_tells_of_few_that_they_are_a_few(written: str, told: str) -> None:
    assert note_reworded(written, ROUNDING) == told


@pytest.mark.parametrize(
    "note",
    [
        "“a” with k, M and the like behind them were multiplied: 1.5k is 1,500.",
        "Two-digit years in “born” were read as 1927 to 2026.",
        "Years were counted up to 2023-06-16, the latest date.",
        "More than 5% of the customers lie far from all others.",
        "All but the 8 commonest categories of “city” count as “other”.",
        "In “q3” 7 codes have no label and stand as in the file.",
        "Counts below 7 customers are not published: they are merged with others or withheld.",
        "The file is not UTF-8; it was read as Windows-1252, as older spreadsheets write it.",
        "The header stands in rows 3 and 4 of the sheet: two are one.",
        "Dates in “day 3” could be read in several orders; they were read as 31.12.2026 17:03.",
        "The numbers in “d” were read as dates: days since 1899-12-30.",
    ],
)
def test_a_note_keeps_what_is_no_number_of_rows(note: str) -> None:
    assert note_reworded(note, ROUNDING) == note


def test_numbers_that_may_be_told_are_rounded_to_five() -> None:
    told = note_reworded(
        "“q” has no value in these rows, by the reason that the file gives: “no” 238, “yes” 12.", ROUNDING
    )
    found = re.fullmatch(r".*gives: “no” (235|240), “yes” (10|15)\.", told)
    assert found, told
    said = ColumnSaid(missing=(("refused", 238), ("moved", 3))).told("q", LEAST)
    assert note_reworded(said[0], ROUNDING) == said[0]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Only 3 rows of the 40 are complete.", "Only a few rows of the 40 are complete."),
        ("It leaves 4 blank rows.", "It leaves a few blank rows."),
        ("It holds 3 of those customers.", "It holds a few of those customers."),
        ("Recent orders 7 orders, 3 visits above average.", "Recent orders 7 orders, 3 visits above average."),
        ("1 customer is far.", "A few customers are far."),
        ("“3 customers” is 3% of 2 columns.", "“3 customers” is 3% of 2 columns."),
        ("Fewer than 7 customers in 10 remain.", "Fewer than 7 customers in 10 remain."),
        ("$2,583, or $46 a customer: 62% of customers.", "$2,583, or $46 a customer: 62% of customers."),
        (
            "$2,583, or $46 per customer. It has 62% of customers.",
            "$2,583, or $46 per customer. It has 62% of customers.",
        ),
        ("They buy 7 a customer, or 3 per customer.", "They buy 7 a customer, or 3 per customer."),
    ],
)
def test_a_sentence_elsewhere_tells_no_few_customers_or_rows(written: str, told: str) -> None:
    assert reworded(written, ROUNDING) == told


TABLE = {
    "data": {"path": "t.csv"},
    "columns": {"name": {"role": "id"}, "x": {"role": "feature"}, "y": {"role": "feature"}, "z": {"role": "feature"}},
    "model": {"selection": {"k": 2}, "resamples": 100},
    "privacy": {"mode": "public", "min_cell": 10},
}


def test_a_table_with_a_few_rows_of_each_kind_tells_no_number_of_them(tmp_path: Path) -> None:
    rows = [f"c{n},{n % 2 * 50 + n % 17},{n % 2 * 30 + n % 13},{n % 7}" for n in range(120)]
    again = [f"d{n}{row[row.index(',') :]}" for n, row in enumerate(rows[:3])]
    lines = ["A title;above", "", "name,x,y,z", *rows[:60], "", "", *rows[60:], *again, "name,x,y,z", "", "Total,7,8,9"]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "site.yml").write_text(yaml.safe_dump(TABLE))
    whole = analyse(load_configuration(tmp_path)).contract
    assert "3 blank rows were skipped." in whole.data.notes
    told = published(whole).data.notes
    assert "A few blank rows were skipped." in told
    assert any(note.startswith("Rows that are no records were set aside: repeated header") for note in told)
    stated = re.compile(r"below 10 customers|fewer than 10 customers|multiples of 5|, which is row 1")
    assert not [note for note in told if re.search(r"\d", stated.sub("", note))]
