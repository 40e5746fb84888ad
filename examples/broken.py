"""What goes wrong with an export, in the ways of real ones: the encoding, the decimal mark, gaps, and rows twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from examples.generated import Generated, Row

GAPS, TWICE = 0.1, 0.03
"""Share of rows without a value, and of rows that stand in the file twice."""


def mangled(export: Generated, amounts: Collection[str]) -> Generated:
    """UTF-8 that was read as Windows-1252 and written as UTF-8 once more, and a decimal comma in the columns named."""
    places = {place for place, name in enumerate(export.header) if name in amounts}
    rows = tuple(
        tuple(cell.replace(".", ",") if place in places else cell for place, cell in enumerate(row))
        for row in export.rows
    )
    return replace(export, header=tuple(name.encode().decode("cp1252") for name in export.header), rows=rows)


def with_gaps(export: Generated, column: str, seed: int) -> Generated:
    """A tenth of the rows has no value in the column, and some rows stand twice, one under the other."""
    generator = np.random.default_rng(seed)
    place, customers = export.header.index(column), len(export.rows)
    gaps = set(generator.permutation(customers)[: round(GAPS * customers)].tolist())
    twice = set(generator.permutation(customers)[: round(TWICE * customers)].tolist())
    rows: list[Row] = []
    for number, row in enumerate(export.rows):
        written = tuple("" if at == place and number in gaps else cell for at, cell in enumerate(row))
        rows += [written] * (2 if number in twice else 1)
    return replace(export, rows=tuple(rows))
