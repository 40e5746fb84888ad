"""The formats of files, by the names that `data.format` gives them.

A new format is a name here and a module of that name in `analysis.reading.sources`.
"""

from __future__ import annotations

from typing import Literal, get_args

Format = Literal["csv", "tsv", "parquet", "excel", "jsonlines", "spss", "stata", "sas"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""In the order in which a file is held against them; the first takes text that no other claims."""
