"""Tables of transactions written row by row, and the customers made of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.configuration import Site
from analysis.preparation.validate import Examination, examine
from analysis.reading.table import read_table

Sum = Callable[..., Examination]


@pytest.fixture
def sums(tmp_path: Path) -> Sum:
    """`sums("1,2026-01-01,10,A1", invoice="bill")`: rows, and settings in the words of `transactions`."""

    def make(
        *rows: str, header: str = "who,day,money,bill", data: dict[str, object] | None = None, **parts: object
    ) -> Examination:
        file = tmp_path / "t.csv"
        file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        columns = parts.pop("columns", {})
        amount = {} if "quantity" in parts else {"amount": "money"}
        transactions = {"customer": "who", "date": "day", **amount, **parts}
        site = Site.model_validate(
            {"data": {"path": str(file), **(data or {})}, "transactions": transactions, "columns": columns}
        )
        return examine(read_table(file, site), site)

    return make
