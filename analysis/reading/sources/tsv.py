"""Delimited text whose delimiter is the tab: of its own accord found like any other, here taken as stated."""

from __future__ import annotations

from typing import ClassVar

from analysis.reading.sources.csv import Csv


class Tsv(Csv):
    """Cells between tabs."""

    delimiter: ClassVar[str | None] = "tab"


FORMAT = Tsv()
