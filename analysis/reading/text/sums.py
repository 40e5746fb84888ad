"""Columns of figures, and which rows' figures are the sums of others: over spans of rows, by running sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import narwhals as nw

from analysis.cells.kinds.amounts import WORDY
from analysis.cells.numerals import Convention, evidence, to_number

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray
    from pandas import Series

# Numpy and pandas are loaded by the table that looks for totals.
# ruff: noqa: PLC0415

SAMPLE = 400
MOSTLY = 0.8
"""Share of a column's cells that are figures, from which it is a column of figures."""
WORDS = re.compile(WORDY)
"""Told at once of most columns: to try every way of writing figures on each of 2,000 columns takes long."""
TOGETHER = 100_000
"""Cells up to which columns are read as one, unless one column has more."""
LOOSE = 0.005
"""Of a total: the most that rounded rows may lie apart from the total of the unrounded ones."""


@dataclass(frozen=True, eq=False)
class FigureColumn:
    """A column of figures: not a number where there is none; `decimals`: the most digits behind the decimal sign."""

    figures: NDArray[float64]
    decimals: int


def figures_of(columns: Sequence[Sequence[str]]) -> list[FigureColumn | None]:
    """The figures of each column, with whatever currency, grouping and decimal sign; None where most are none.

    Columns are read many at once: each by itself would take longer to be asked for than to be read.
    """
    samples = [[cell for cell in cells[:: max(1, len(cells) // SAMPLE)] if cell] for cells in columns]
    likely = [
        place
        for place, sample in enumerate(samples)
        if sample and sum(not WORDS.search(cell) for cell in sample) >= MOSTLY * len(sample)
    ]
    of_samples = _parsed([samples[place] for place in likely])
    likely = [place for place, values in zip(likely, of_samples, strict=True) if _known(values) >= MOSTLY * len(values)]
    found: list[FigureColumn | None] = [None] * len(columns)
    for place, values in zip(likely, _parsed([columns[place] for place in likely]), strict=True):
        if _known(values) >= MOSTLY * sum(map(bool, columns[place])):
            found[place] = FigureColumn(values, max(map(_decimals, samples[place])))
    return found


def _known(values: NDArray[float64]) -> int:
    return int((values == values).sum())  # noqa: PLR0124 (not a number differs from itself)


def _parsed(columns: Sequence[Sequence[str]]) -> list[NDArray[float64]]:
    """The values of each column, as many columns at once as have `TOGETHER` cells."""
    together = max(1, TOGETHER // max([1, *map(len, columns)]))
    batches = (columns[start : start + together] for start in range(0, len(columns), together))
    return [values for batch in batches for values in _parsed_together(batch)]


def _parsed_together(columns: Sequence[Sequence[str]]) -> list[NDArray[float64]]:
    """Plain figures in one go; the others, and all of a column with decimal commas, by `analysis.cells.numerals`."""
    import numpy as np
    import pandas as pd

    cells = pd.Series(list(chain.from_iterable(columns)), dtype=object)
    lengths = [len(column) for column in columns]
    of = np.repeat(np.arange(len(columns)), lengths)
    values = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, copy=True)
    values[~np.isfinite(values)] = np.nan
    odd = np.isnan(values) & cells.astype(bool).to_numpy()
    if odd.any():
        comma = _with_commas(cells[odd], of[odd], len(columns))[of]
        for convention, rows in ((Convention("."), odd & ~comma), (Convention(","), comma)):
            if rows.any():
                values[rows] = _spelt(cells[rows], convention)
    return np.split(values, np.cumsum(lengths)[:-1])


def _frame(cells: Series) -> nw.DataFrame[Any]:
    return nw.from_native(cells.to_frame("cell").reset_index(drop=True), eager_only=True)


def _with_commas(cells: Series, of: NDArray[int64], columns: int) -> NDArray[bool_]:
    """Of which columns the decimal sign is a comma; `of`: the column of each cell."""
    import numpy as np

    seen = _frame(cells).select(point=evidence(nw.col("cell"), "."), comma=evidence(nw.col("cell"), ","))
    points, commas = (np.bincount(of[seen[sign].to_numpy().astype(bool)], minlength=columns) for sign in seen.columns)
    return commas > points


def _spelt(cells: Series, convention: Convention) -> NDArray[float64]:
    """The values of figures as people write them."""
    read = _frame(cells).select(to_number(nw.col("cell"), convention).alias("value"))
    return read["value"].to_numpy().astype(float)


def _decimals(cell: str) -> int:
    found = re.search(r"[.,]([0-9]+)[^0-9]*$", cell)
    return len(found[1]) if found else 0


@dataclass(frozen=True)
class SumEvidence:
    """How far the figures of a row are those of a span of others."""

    figures: int
    """In the row, without zeros."""
    sums: int
    """Of those, sums of the span; of which, ..."""
    means: int
    """... or its means."""
    explained: int
    """Sums, means or counts."""
    rows: int
    """In the span."""


class Sums:
    """Running sums of the columns of figures over all rows but those left out."""

    def __init__(self, columns: Sequence[FigureColumn], left_out: NDArray[bool_]) -> None:
        import numpy as np

        self.figures = np.column_stack([column.figures for column in columns])
        self.steps = np.array([10.0**-column.decimals for column in columns])
        counted = np.isfinite(self.figures) & ~left_out[:, None]
        kept = np.where(counted, self.figures, 0.0)
        self.sums, self.sizes = self._running(kept), self._running(np.abs(kept))
        self.counts, self.filled = self._running(counted), self._running(counted & (kept != 0))
        self.rows = np.concatenate([[0], np.cumsum(~left_out)])

    @staticmethod
    def _running(values: NDArray[float64] | NDArray[bool_]) -> NDArray[float64]:
        import numpy as np

        return np.vstack([np.zeros(values.shape[1]), np.cumsum(values, axis=0, dtype=float)])

    def of(self, row: int, spans: Sequence[tuple[int, int]], *, exact: bool = False, least: int = 0) -> SumEvidence:
        """The best that any of the spans (first row, row behind the last) explains of a row's figures.

        `exact`: to half of the last digit written; else as far as the rounding of each row may add up, where the rows
        have decimals. `least`: so many rows of the span must have something other than 0 in a column for its sum to
        count.
        """
        import numpy as np

        figures = self.figures[row]
        stated = np.isfinite(figures) & (figures != 0)
        low, high = (np.array([span[end] for span in spans], dtype=int) for end in (0, 1))
        inside = ((low <= row) & (row < high))[:, None]
        sums, sizes, counts, filled = (
            running[high] - running[low] - np.where(inside, running[row + 1] - running[row], 0.0)
            for running in (self.sums, self.sizes, self.counts, self.filled)
        )
        rows = self.rows[high] - self.rows[low] - np.where(inside[:, 0], self.rows[row + 1] - self.rows[row], 0)
        loose = 0.5 + np.where(self.steps < 1, np.sqrt(np.maximum(counts, 1)), 0.0)
        rounding = np.minimum(self.steps * loose, LOOSE * np.abs(sums))
        rounding = np.maximum(self.steps * 0.5, 0.0 if exact else rounding) + 1e-9 * sizes
        summed = stated & (np.abs(sums - figures) <= rounding) & (filled >= least)
        with np.errstate(invalid="ignore", divide="ignore"):
            means = stated & (np.abs(sums / counts - figures) <= np.maximum(self.steps, 0.005) * 0.51)
        explained = summed | means | (stated & (counts == figures))
        score = explained.sum(axis=1) + 2 * summed.sum(axis=1)
        score[rows < 1] = -1
        best = int(np.argmax(score))
        if score[best] < 0:
            return SumEvidence(int(stated.sum()), 0, 0, 0, 0)
        return SumEvidence(
            int(stated.sum()),
            int(summed[best].sum()),
            int(means[best].sum()),
            int(explained[best].sum()),
            int(rows[best]),
        )
