from __future__ import annotations

import pytest

from analysis.cells.serials import NUMBERED
from analysis.configuration.date_pattern import COUNTS, date_pattern


@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        (" DD-MM-YYYY ", "dd-mm-yyyy"),
        ("%d.%m.%Y", "dd.mm.yyyy"),
        ("%B %y", "mon yy"),
        ("yyyy", "yyyy"),
        ("Excel-1900", "excel-1900"),
    ],
)
def test_a_format_is_understood_however_it_is_written(written: str, pattern: str) -> None:
    assert date_pattern(written) == pattern


@pytest.mark.parametrize("written", ["", "dd-mm", "dd.yyyy", "yyyy yy", "dd/mm/yyyy hh", "excel-1905"])
def test_what_is_no_format_is_refused_with_one_that_is(written: str) -> None:
    with pytest.raises(ValueError, match=f"“{written}” is not a date format; write one such as dd-mm-yyyy"):
        date_pattern(written)


def test_every_count_has_a_name() -> None:
    assert tuple(NUMBERED) == COUNTS
