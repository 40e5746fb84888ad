"""A table whose truth is known, in units that a customer table might have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]
Frame = pd.DataFrame
Drawn = tuple[Frame, Labels]
Kind = Literal["separated", "overlapping", "structureless", "power"]

OUTLIER = -1
"""The truth of a customer who belongs to no group; such customers do not count in the adjusted Rand index."""


@dataclass(frozen=True)
class Unit:
    """What a column measures: a plausible mean and standard deviation, and how finely it is written down."""

    name: str
    mean: float
    deviation: float
    decimals: int


UNITS = (
    Unit("age", 44, 13, 1),
    Unit("income", 52_000, 16_000, 0),
    Unit("score", 50, 20, 1),
    Unit("months", 60, 22, 1),
    Unit("basket", 85, 27, 2),
    Unit("visits", 31, 11, 2),
    Unit("distance", 12_500, 4_100, 0),
    Unit("weeks", 140, 35, 1),
)
MONEY = ("groceries", "travel", "fashion", "electronics")
MEDIAN_AMOUNT = 180


@dataclass(frozen=True)
class Spec:
    """What a table is to be: customers, groups (1: no structure), and columns that carry the structure."""

    rows: int
    groups: int
    columns: int
    sizes: Literal["equal", "unequal"] = "equal"
    """Of the groups, and their shape: where a family says so."""
    shape: Literal["normal", "skewed"] = "normal"


@dataclass(frozen=True, eq=False)
class Known:
    """A generated table: all its columns are to be clustered."""

    family: str
    number: int
    """Place in its family, from 0."""
    spec: Spec
    frame: Frame
    truth: Labels
    """Group of each row: 0…k−1 in the order in which the file first shows them, or OUTLIER."""

    @property
    def name(self) -> str:
        """Family and number."""
        return f"{self.family} {self.number}"


def in_units(matrix: Matrix) -> Frame:
    """The columns as ages, incomes and the like: each shifted and stretched, then rounded as such figures are."""
    standard = (matrix - matrix.mean(axis=0)) / matrix.std(axis=0)
    columns = zip(UNITS, standard.T, strict=False)
    return pd.DataFrame({unit.name: (unit.mean + unit.deviation * each).round(unit.decimals) for unit, each in columns})


def as_money(logarithms: Matrix) -> Frame:
    """Amounts of money, to the cent, whose natural logarithms are given."""
    amounts = MEDIAN_AMOUNT * np.exp(logarithms - np.median(logarithms, axis=0))
    return pd.DataFrame(amounts.round(2), columns=list(MONEY[: amounts.shape[1]]))


def canonical(labels: Labels) -> Labels:
    """Groups numbered anew in the order of their first row; outliers stay what they are."""
    found, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    groups = found != OUTLIER
    number = np.full(len(found), OUTLIER)
    number[groups] = np.argsort(np.argsort(first[groups]))
    return number[inverse]
