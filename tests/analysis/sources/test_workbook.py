"""Sheets as people lay them out: titles, groups of columns, totals, footers; and formulas that nobody calculated."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from analysis.configuration import Column
from analysis.errors import DataError
from analysis.reading.text.footers import FOOTER, TOTAL
from tests.analysis.sources.conftest import Read, cells
from tests.notes import exact

Rows = Sequence[Sequence[object]]
Write = Callable[..., None]
ROWS: Rows = [[f"C{n}", n % 5, 1.5 * n, n % 7, 2.25 * n] for n in range(1, 13)]
SUMS = [sum(row[place] for row in ROWS) for place in range(1, 5)]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(rows: Rows, merged: Sequence[str] = (), zeros: bool = False) -> None:  # noqa: FBT001, FBT002
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        for cells_together in merged:
            book.active.merge_cells(cells_together)
        made = io.BytesIO()
        book.save(made)
        (tmp_path / "t.xlsx").write_bytes(_with_zeros(made.getvalue()) if zeros else made.getvalue())

    return _write


def _with_zeros(book: bytes) -> bytes:
    """As XlsxWriter has it: 0 for each formula, and the wish to be calculated when the file is opened."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"</f><v></v>", b"</f><v>0</v>").replace(b"</f><v />", b"</f><v>0</v>")
            new.writestr(name, content)
    return made.getvalue()


def columns(*names: str) -> dict[str, Column]:
    return {name: Column(role="category" if name == names[0] else "feature", label=name) for name in names}


NAMED = columns("Customer", "2024 Orders", "2024 Revenue", "2025 Orders", "2025 Revenue")
TEXTS = [[str(cell if isinstance(cell, str) else f"{cell:g}") for cell in row] for row in ROWS]


@pytest.mark.parametrize(
    ("top", "merged"),
    [
        (
            [["Customer", 2024, None, 2025, None], [None, "Orders", "Revenue", "Orders", "Revenue"]],
            ["A1:A2", "B1:C1", "D1:E1"],
        ),
        ([[None, 2024, None, 2025, None], ["Customer", "Orders", "Revenue", "Orders", "Revenue"]], ["B1:C1", "D1:E1"]),
        ([[None, "2024", None, "2025"], ["Customer", "Orders", "Revenue", "Orders", "Revenue"]], []),
    ],
)
def test_a_row_of_groups_above_the_header(read: Read, write: Write, top: Rows, merged: Sequence[str]):
    write([*top, *ROWS], merged)
    found = read(NAMED, path="t.xlsx")
    assert cells(found) == TEXTS
    assert list(found.row_numbers) == list(range(3, 15))
    assert exact(found.notes) == (
        "The header is in rows 1 and 2 of the sheet. The names in the first row were put before those in the second.",
    )


def test_titles_a_total_and_a_footer_go_by_the_rows_of_the_sheet(read: Read, write: Write):
    header = ["Customer", "a", "b", "c", "d"]
    write(
        [
            ["Sales report"],
            ["Generated on", "2026-01-31"],
            [],
            header,
            *ROWS,
            ["Total", *SUMS],
            [],
            ["Confidential: for the board"],
        ]
    )
    found = read(columns(*header), path="t.xlsx")
    assert cells(found) == TEXTS
    assert found.set_aside == ((17, TOTAL), (19, FOOTER))
    assert list(found.row_numbers) == list(range(5, 17))
    assert exact(found.notes)[0] == "2 rows above the header, which is row 4 of the sheet, were skipped."


def formulas(share: int) -> Rows:
    """The third column is calculated from the second, in so many of the twelve rows."""
    return [
        ["id", "a", "b"],
        *([f"C{n}", n, f"=B{n + 1}*2" if n <= share else n * 2] for n in range(1, 13)),
    ]


@pytest.mark.parametrize("zeros", [False, True])
def test_a_column_of_formulas_that_were_never_calculated_is_one_sentence(read: Read, write: Write, zeros: bool):  # noqa: FBT001
    write(formulas(12), zeros=zeros)
    with pytest.raises(DataError) as caught:
        read(columns("id", "a", "b"), path="t.xlsx")
    assert "in the sheet “Sheet”, the 12 cells of the column “b” hold formulas that were never calculated" in str(
        caught.value
    )
    assert "open the workbook in a spreadsheet program and save it" in str(caught.value)
    assert len(read(columns("id", "a"), path="t.xlsx").frame) == 12


def test_a_few_formulas_that_were_never_calculated_are_told(read: Read, write: Write):
    write(formulas(3))
    found = read(columns("id", "a", "b"), path="t.xlsx")
    assert exact(found.notes) == (
        (
            "Sheet “Sheet”, column “b”: 3 cells have no value, because their formulas were never calculated. Open "
            "the workbook in a spreadsheet program and save it."
        ),
    )


def test_cells_that_are_empty_or_0_without_a_formula_are_not_told(read: Read, write: Write):
    write([["id", "a", "b"], *([f"C{n}", n, 0 if n % 2 else None] for n in range(1, 13))])
    assert read(columns("id", "a", "b"), path="t.xlsx").notes == ()
