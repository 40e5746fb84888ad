"""Bands of ten years that each hold enough customers to be spoken of: neighbours with few go together."""

from __future__ import annotations

from functools import reduce
from operator import add

import narwhals as nw

from analysis.contract.runs import merged
from analysis.profiling.aggregate import Rows, counts

WIDTH = 10


def bands(table: Rows, name: str, least: int) -> tuple[nw.Expr, list[str]]:
    """The band (0…) of each customer by that column in years, and what the bands are called: `60–79`.

    A band holds at least `least` customers; customers without a value are in none.
    """
    tens = (table.of(name) / WIDTH).floor()
    sizes = {int(ten): count for (ten,), count in counts(table, tens).items()}
    decades = sorted(sizes)
    runs = [decades[run.start : run.stop] for run in merged([sizes[ten] for ten in decades], least)]
    reached = reduce(add, ((tens >= run[0]).cast(nw.Int64) for run in runs))
    return nw.when(~tens.is_null()).then(reached - 1), [_called(run[0], run[-1]) for run in runs]


def _called(first: int, last: int) -> str:
    return f"{first * WIDTH}–{last * WIDTH + WIDTH - 1}"
