"""Tables on which algorithms agree, and tables on which they must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.cluster import Points, points
from analysis.configuration import Site, without_files
from analysis.pipeline import Analysis, analyse

if TYPE_CHECKING:
    import pandas as pd

Analysed = Callable[..., Analysis]


def standardised(rows: Matrix) -> Matrix:
    """As the features are: standardised and sorted."""
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    return np.asarray(scaled[np.lexsort(scaled.T[::-1])])


def kinds(centres: list[list[float]], spread: list[float], each: int, seed: int = 5) -> tuple[Matrix, Labels]:
    """Groups of a size, standardised and in canonical order, and the group of each row."""
    generator = np.random.default_rng(seed)
    rows = np.vstack([generator.normal(centre, spread, (each, 2)) for centre in centres])
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    order = np.lexsort(scaled.T[::-1])
    return scaled[order], np.repeat(np.arange(len(centres)), each)[order]


@pytest.fixture(scope="session")
def three() -> tuple[Matrix, Labels]:
    """Three groups far apart, of 60 rows each."""
    return kinds([[0, 0], [40, 5], [20, 50]], [2, 2], 60)


@pytest.fixture(scope="session")
def three_points(three: tuple[Matrix, Labels]) -> Points:
    return points(three[0])


@pytest.fixture(scope="session")
def scattered() -> Matrix:
    """Two dense groups, and rows strewn evenly over the whole plane."""
    generator = np.random.default_rng(9)
    dense = [generator.normal(centre, 0.4, (80, 2)) for centre in ([-5, 0], [5, 0])]
    return standardised(np.vstack([*dense, generator.uniform(-14, 14, (40, 2))]))


@pytest.fixture(scope="session")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Analysed:
    """Analyse a table by its two columns: `analysed(frame, model={"algorithm": "ward"})`."""

    def run(frame: pd.DataFrame, **settings: object) -> Analysis:
        table = tmp_path_factory.mktemp("table") / "table.csv"
        frame.to_csv(table, index=False)
        columns = {name: {"role": "feature"} for name in ("x", "y")}
        whole = {"privacy": {"mode": "open"}, **settings, "data": {"path": str(table)}, "columns": columns}
        return analyse(without_files(Site.model_validate(whole), table))

    return run
