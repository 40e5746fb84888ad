"""Whatever costs in proportion to the number of customers, as lazy expressions: counts and summaries by group.

Narwhals writes them once for every engine; pandas runs them here. Columns go by neutral names (`f0`, `f1`, …), because
a customer's column may be called anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.basics.arrays import Labels
from analysis.preparation.features import Features

SEGMENT, LEFT_OUT = "segment", "left_out"
WITHOUT_SET_APART = "_near"
"""What follows a column's neutral name for its values without the customers set apart."""
QUARTILES = (0.25, 0.5, 0.75)
TOGETHER = 12
"""Columns that are summed up at once; pandas puts the figures into a frame one by one, and warns of many."""


@dataclass(frozen=True)
class Summary:
    """A numeric column within one group; customers without a value are left out.

    Of amounts the mean leaves out the customers set apart, too; count and quartiles do not.
    """

    count: int
    mean: float
    q1: float
    median: float
    q3: float
    constant: bool = False
    """Whether all have the same value."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Customers under neutral names, with the segment (0…k−1) of each."""

    lazy: nw.LazyFrame[Any]
    column: dict[str, str]
    """Column of the table → its neutral name."""
    amounts: frozenset[str]
    """Columns whose means leave out the customers set apart."""

    def of(self, name: str) -> nw.Expr:
        """A column of the table as an expression."""
        return nw.col(self.column[name])


def rows(features: Features, labels: Labels) -> Rows:
    """The described columns and the segment of each customer, ready for expressions."""
    column = {feature.name: f"f{place}" for place, feature in enumerate(features.described)}
    frame = features.frame.rename(columns=column)
    # Joined, not assigned: pandas warns of a column put into a frame of more than a hundred.
    more = {SEGMENT: labels, LEFT_OUT: features.left_out(labels)}
    frame = pd.concat([frame, *(pd.Series(each, frame.index, name=name) for name, each in more.items())], axis=1)
    amounts = frozenset(feature.name for feature in features.described if features.leaves_out(feature))
    return Rows(nw.from_native(frame).lazy(), column, amounts)


def summaries(rows: Rows, by: nw.Expr, columns: Sequence[str]) -> dict[Any, dict[str, Summary]]:
    """Group → column → summary, groups in ascending order; a group without any value of a column lacks it."""
    found: dict[Any, dict[str, Summary]] = {}
    for some in (columns[start : start + TOGETHER] for start in range(0, len(columns), TOGETHER)):
        for group, summary in _summaries(rows, by, some).items():
            found.setdefault(group, {}).update(summary)
    return dict(sorted(found.items()))


def _summaries(rows: Rows, by: nw.Expr, columns: Sequence[str]) -> dict[Any, dict[str, Summary]]:
    amounts = [rows.column[name] for name in columns if name in rows.amounts]
    near = [nw.when(~nw.col(LEFT_OUT)).then(nw.col(column)).alias(f"{column}{WITHOUT_SET_APART}") for column in amounts]
    found = (
        rows.lazy.with_columns(by.alias("group"), *near)
        .group_by("group", drop_null_keys=True)
        .agg(
            *(expression for name in columns for expression in _summary(rows.column[name])),
            *(
                nw.col(f"{column}{WITHOUT_SET_APART}").mean().alias(f"{column}{WITHOUT_SET_APART}")
                for column in amounts
            ),
        )
        .collect()
    )
    return {
        row["group"]: {name: summary for name in columns if (summary := _read(row, rows.column[name])).count}
        for row in found.iter_rows(named=True)
    }


def _summary(column: str) -> list[nw.Expr]:
    values = nw.col(column)
    quartiles = [values.quantile(share, "linear").alias(f"{column}_{share}") for share in QUARTILES]
    ends = [values.min().alias(f"{column}_min"), values.max().alias(f"{column}_max")]
    return [values.count().alias(f"{column}_count"), values.mean().alias(f"{column}_mean"), *quartiles, *ends]


def _read(row: dict[str, Any], column: str) -> Summary:
    q1, median, q3 = (float(row[f"{column}_{share}"]) for share in QUARTILES)
    mean, near = row[f"{column}_mean"], row.get(f"{column}{WITHOUT_SET_APART}")
    # A group of nobody but customers set apart has no other mean than theirs.
    own = mean if near is None or math.isnan(near) else near
    same = bool(row[f"{column}_min"] == row[f"{column}_max"])
    return Summary(int(row[f"{column}_count"]), math.nan if own is None else float(own), q1, median, q3, same)


def place_of_each(rows: Rows, by: nw.Expr, groups: Sequence[Any]) -> Labels:
    """The place of each customer's group among `groups`, −1 for none, (customers,), in the features' order."""
    found = rows.lazy.select(by.alias("group")).collect()["group"].to_pandas()
    return np.asarray(pd.Categorical(found, categories=list(groups)).codes, dtype=np.intp)


def counts(rows: Rows, *by: nw.Expr) -> dict[tuple[Any, ...], int]:
    """Customers in every group that `by` makes and that is not empty, groups in ascending order."""
    names = [f"by{place}" for place in range(len(by))]
    found = (
        rows.lazy.select(*(expression.alias(name) for name, expression in zip(names, by, strict=True)))
        .group_by(*names, drop_null_keys=True)
        .agg(nw.len().alias("count"))
        .collect()
    )
    # Groups are few: Python sorts them sooner than an engine.
    return dict(sorted((tuple(group), int(count)) for *group, count in found.iter_rows()))
