"""A table as an export holds it, beside the truth that the export does not tell."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Amounts = NDArray[np.float64]
Row = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Generated:
    """`rows` are text cells under `header`; `truth` holds the group of each of `customers`, 0…k−1."""

    header: Row
    rows: tuple[Row, ...]
    customers: Row
    truth: Labels

    def write(self, file: Path) -> None:
        """A CSV file as any tool writes it: UTF-8, commas, a quotation mark only where one is needed."""
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened, lineterminator="\n")
            writer.writerows([self.header, *self.rows])


def groups(shares: Sequence[float], customers: int, generator: np.random.Generator) -> Labels:
    """The group of each customer, in random order; sizes follow the shares as closely as whole customers allow."""
    bounds = np.rint(np.cumsum([0, *shares]) / sum(shares) * customers).astype(np.int64)
    return generator.permutation(np.repeat(np.arange(len(shares)), np.diff(bounds)))


def drawn(
    words: Sequence[str], chances: Sequence[Sequence[float]], truth: Labels, generator: np.random.Generator
) -> Row:
    """A word for each customer, with the chances of the customer's group; `chances` has a row a group."""
    return chosen(words, chances, truth, generator.uniform(size=len(truth)))


def chosen(words: Sequence[str], chances: Sequence[Sequence[float]], truth: Labels, luck: Amounts) -> Row:
    """As `drawn`, by a uniform number of each customer that is already drawn."""
    limits = np.cumsum([np.asarray(each) / sum(each) for each in chances], axis=1)[truth]
    places = (luck[:, None] > limits).sum(axis=1)
    return tuple(words[min(place, len(words) - 1)] for place in places)
