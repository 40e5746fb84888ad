"""What a bare table looks like, column by column, before anybody has said what its columns are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from analysis.cells.conventions import BARE
from analysis.cells.currencies import currency_in
from analysis.cells.dates import LONGEST, NOUGHT, DateFormat, date_format, number_format
from analysis.cells.kinds.amounts import figures
from analysis.cells.kinds.readings import FINE, MISSING_VALUE, Reading, cell, readings, value
from analysis.cells.serials import is_wrapped
from analysis.cells.spellings import NO_CATEGORY, spellings
from analysis.columns.redundant import running
from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.configuration.table import TableSettings
from analysis.headers.labels import label_of
from analysis.headers.labels import shortened as short_label
from analysis.headers.moments import MONTH, calendar_part, is_moment
from analysis.headers.vocabulary import identifies, is_birth, words_of
from analysis.reading.sources.opened import Opened
from analysis.reading.table import Table, table_of
from analysis.reading.text.metadata import ColumnSaid

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

FEWEST_ROWS = 30
LOOKED_AT = 20_000
"""Rows enough to tell what a column is; validation looks at every one."""
NEARLY_ALL = 0.9
TOGETHER = 200
"""Columns whose cells are read as one."""


@dataclass(frozen=True, eq=False)
class Look:
    """One column: how many rows have something, how many different things, and what kind of figures."""

    header: str
    rows: int
    """Those looked at."""
    sampled: bool
    """There are more."""
    present: int
    distinct: int
    numeric: bool
    whole: bool
    p05: float
    p95: float
    consecutive: bool
    """The whole numbers from the least to the greatest, each once; of a large table as far as its rows tell."""
    running: bool
    """Whole numbers that hardly repeat and lie close together."""
    values: frozenset[str]
    """The different texts as bare words, where they are few."""
    percent: bool
    """Most cells carry a per cent sign."""
    currencies: tuple[str, ...]
    """The currencies that cells name beside their figures, the commonest first: codes, or signs that several share."""
    currency: str | None
    """The one that most cells name."""
    dates: DateFormat | None
    """How its dates are written, where nearly all cells are dates."""
    levels: tuple[str, ...]
    """The different texts, each in its commonest spelling, where they are few."""
    common: float
    """Share of the rows with something that have the commonest of all values."""
    credited: float
    """Share of the cells that are a number behind a C, as credit notes have it."""
    noughts: float
    """Share of the cells that begin with a nought before another figure, as telephone numbers do and amounts do not."""
    figures: NDArray[float64] = field(repr=False)
    """The values, row by row: figures, or days since 1970 of dates; not a number where there is none."""
    said: ColumnSaid | None = None
    """What the file itself says of the column, where it does."""

    @property
    def constant(self) -> bool:
        """Nothing differs between the rows."""
        return self.distinct <= 1

    @property
    def label(self) -> str:
        """The file's own label, or one made of the header."""
        return short_label(self.said.label) if self.said and self.said.label else label_of(self.header)

    @property
    def gaps(self) -> int:
        """Rows with nothing."""
        return self.rows - self.present

    @property
    def unique(self) -> float:
        """Different values by rows that have one."""
        return self.distinct / self.present if self.present else 0.0


def look_at(table: Table, site: Site) -> list[Look]:
    """Looks at rows of every column; `site` describes each as a number, so that each is tried as one."""
    frame = sampled(table.frame).set_axis([cell(place) for place in range(len(site.columns))], axis="columns")
    short = shortened(frame)
    read = readings(nw.from_native(short).lazy(), site, table.delimiter)
    judged = _judged(short, read)
    columns = [
        _cells(frame[name], short[name], judged[value(place)], judged[_fault(place)])
        for place, name in enumerate(frame.columns)
    ]
    named = _currencies(text for cells in columns if cells.numeric for text in cells.counted)
    looks = [_look(each.name, cells, named, len(table.frame)) for each, cells in zip(read, columns, strict=True)]
    return [replace(look, said=table.said.get(look.header)) for look in looks]


def _judged(frame: DataFrame, read: Sequence[Reading]) -> dict[str, NDArray[Any]]:
    """The cells with the value and the fault of each, by the names of `cell`, `value` and `_fault`.

    Columns of one decimal sign are read as one, each different text once: the expressions of each of 2,000 columns by
    itself would take a minute.
    """
    import numpy as np  # noqa: PLC0415 (already loaded with the table)
    import pandas as pd  # noqa: PLC0415 (as above)

    found: dict[str, Any] = {name: frame[name].to_numpy(dtype=object) for name in frame.columns}
    for place, each in enumerate(read):
        if not each.common:  # figures such as 1.5k or 20 CR are read as their column says
            cells = nw.from_native(frame[[cell(place)]], eager_only=True).with_columns(each.value.alias(value(place)))
            found |= {value(place): cells[value(place)].to_numpy()}
            found |= {_fault(place): cells.select(each.fault.alias("fault"))["fault"].to_numpy()}
    for decimal in sorted({each.decimal or "." for each in read}):
        own = [place for place, each in enumerate(read) if each.common and (each.decimal or ".") == decimal]
        for places in (own[start : start + TOGETHER] for start in range(0, len(own), TOGETHER)):
            codes, texts = pd.factorize(np.concatenate([found[cell(place)] for place in places]))
            each = figures("", read[places[0]].column, 0, "," if decimal == "," else ".", ())
            rows = nw.from_native(pd.DataFrame({cell(0): texts}, dtype=str))
            once = rows.with_columns(each.value.alias(value(0))).with_columns(each.fault.alias("fault"))
            for name, taken in ((value, once[value(0)]), (_fault, once["fault"])):
                by_column = taken.to_numpy()[codes].reshape(len(places), len(frame))
                found |= {name(place): by_column[at] for at, place in enumerate(places)}
    return found


def _fault(place: int) -> str:
    return f"fault{place}"


def shortened(frame: DataFrame) -> DataFrame:
    """The cells with long texts cut short: no figure and no date is so long, and every pattern is tried on them."""
    cut = {}
    for name, cells in frame.items():
        if max(map(len, cells.to_numpy(dtype=object)), default=0) > LONGEST:
            cut[str(name)] = cells.where(cells.str.len() <= LONGEST, cells.str.slice(0, LONGEST - 1) + "…")
    return frame.assign(**cut) if cut else frame


def sampled(frame: DataFrame) -> DataFrame:
    """All rows of a small table; of a large one the first, where what belongs together stands together, and others."""
    if len(frame) <= LOOKED_AT:
        return frame
    import numpy as np  # noqa: PLC0415 (already loaded with the table)

    first = LOOKED_AT // 2
    others = np.linspace(first, len(frame) - 1, LOOKED_AT - first).astype(int)
    return frame.iloc[[*range(first), *others]]


def every_column(opened: Opened, data: TableSettings, header: Sequence[str]) -> tuple[Table, Site]:
    """The table read with each named column taken for a number."""
    site = Site(data=data, columns={name: Column(role="feature") for name in header})
    return table_of(opened, site), site


@dataclass(frozen=True, eq=False)
class _Cells:
    """What was read of a column, as arrays and counts: an expression for each question would take longer than all."""

    figures: NDArray[float64]
    """Row by row; not a number where there is none."""
    fine: NDArray[float64]
    """Those without a fault."""
    present: int
    """Those with something."""
    counted: Counter[str]
    """Their texts."""
    short: Series
    """All texts, the long ones cut short."""

    @property
    def numeric(self) -> bool:
        """Whether nearly all of them are figures."""
        return self.present > 0 and len(self.fine) * 10 >= self.present * 9

    def share(self, pattern: str) -> float:
        """Of the cells with something, those in which the pattern is found."""
        found = re.compile(pattern).search
        return sum(count for text, count in self.counted.items() if found(text)) / max(1, self.present)


def _cells(texts: Series, short: Series, values: NDArray[Any], faults: NDArray[Any]) -> _Cells:
    counted = Counter(map(str, texts.to_numpy(dtype=object)[faults != MISSING_VALUE]))
    values = values.astype(float)
    return _Cells(values, values[faults == FINE], counted.total(), counted, short)


def _look(name: str, cells: _Cells, named: Mapping[str, str], rows: int) -> Look:
    """`named`: the currencies by the texts that name them; `rows`: of the whole table."""
    import numpy as np  # noqa: PLC0415 (already loaded with the table)

    numeric, counted, present, looked_at = cells.numeric, cells.counted, cells.present, len(cells.figures)
    distinct = len(np.unique(cells.fine)) if numeric else len(counted)
    whole = numeric and bool((cells.fine % 1 == 0).all())
    low, p05, p95, high = np.quantile(cells.fine, (0, 0.05, 0.95, 1)).tolist() if numeric else (0.0,) * 4
    texts = counted if distinct <= FEWEST_ROWS else Counter[str]()
    dates = _dates(name, list(counted), numeric=numeric, run_on=whole and 19_000_101 <= p05 <= p95 <= 20_991_231)
    undated = sum(counted[each] for each in counted if dates.lacks(each)) if dates else 0
    numeric, whole = numeric and not dates, whole and not dates
    currencies = _commonest(counted, named) if numeric else {}
    return Look(
        header=name,
        rows=looked_at,
        sampled=rows > looked_at,
        present=present - undated,
        distinct=distinct,
        numeric=numeric,
        whole=whole,
        p05=p05,
        p95=p95,
        consecutive=whole and distinct == present == high - low + 1 - (rows - looked_at),
        running=running(distinct, present, low, low + (high - low) * looked_at / max(1, rows), whole=whole),
        values=frozenset(" ".join(words_of(each)) for each in texts),
        percent=cells.share("%") > 0.5,
        dates=dates,
        levels=tuple(sorted(set(spellings(texts).values()) - {NO_CATEGORY})),
        common=max(counted.values(), default=0) / max(1, present),
        credited=cells.share("^C[0-9]+$"),
        noughts=cells.share("^0[0-9]"),
        figures=_days(cells.short, dates) if dates else cells.figures,
        currencies=tuple(currencies),
        currency=next((each for each, count in currencies.items() if count * 2 > present), None),
    )


def _days(cells: Series, dates: DateFormat) -> NDArray[float64]:
    found = nw.from_native(cells.to_frame("cell"), eager_only=True).select(dates.expression(nw.col("cell")))
    return found.to_numpy().astype(float).ravel()


def _dates(header: str, texts: list[str], *, numeric: bool, run_on: bool) -> DateFormat | None:
    """Figures are dates where they could hardly be anything else, as 20240131 is, or where the header says so too."""
    named = is_moment(header)
    months = calendar_part(header) == MONTH or {"period", "periode", "periodo"}.intersection(words_of(header))
    if not numeric or run_on or named or months:
        known = [text for text in texts if not NOUGHT.match(text)] if named else texts
        found = date_format(known, NEARLY_ALL)
        if found and not (found.monthly and identifies(header)):
            return found
    return number_format(texts, NEARLY_ALL, births=is_birth(header)) if named or any(map(is_wrapped, texts)) else None


def _currencies(texts: Iterable[str]) -> dict[str, str]:
    """The currencies that stand beside figures, by the texts that name them; those of all columns are found at once."""
    import pandas as pd  # noqa: PLC0415 (already loaded with the table)

    bare = re.compile(BARE).search
    others = sorted({text for text in texts if not bare(text)})
    if not others:  # of most tables, and the expression costs as much for none as for some
        return {}
    rows = nw.from_native(pd.DataFrame({"text": others}, dtype=str), eager_only=True)
    found = rows.select(currency_in(nw.col("text")))["text"].to_list()
    return {text: named for text, named in zip(others, found, strict=True) if isinstance(named, str)}


def _commonest(counted: Mapping[str, int], named: Mapping[str, str]) -> dict[str, int]:
    """The currencies of a column with the number of their cells, the commonest first."""
    found = Counter[str]()
    for text, cells in counted.items():
        if text in named:
            found[named[text]] += cells
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))
