"""The Mall table's features and chosen segments, and configurations for tables made up in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from analysis.configuration import Configuration, Site, without_files
from analysis.preparation.features import Features, features
from analysis.preparation.validate import validate
from analysis.reading.table import read_table
from analysis.wording.number_format import NumberFormat

Configure = Callable[..., Configuration]


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """As the pipeline sets it; the fits under test are small."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def formats() -> NumberFormat:
    return NumberFormat("en_US", "USD")


@pytest.fixture(scope="session")
def mall_frame(mall: Configuration) -> pd.DataFrame:
    return validate(read_table(mall.origin.places[0], mall.site), mall.site).frame


@pytest.fixture(scope="session")
def mall_features(mall: Configuration, mall_frame: pd.DataFrame) -> Features:
    return features(mall_frame, mall.site)


@pytest.fixture
def configure(tmp_path: Path) -> Configure:
    """Write a table and describe it: `configure(frame, {"income": {"role": "income"}}, model={"seed": 3})`."""

    def make(frame: pd.DataFrame, columns: dict[str, dict[str, Any]], **settings: object) -> Configuration:
        table = tmp_path / f"table{len(list(tmp_path.iterdir()))}.csv"
        frame.to_csv(table, index=False)
        settings = {"privacy": {"mode": "open"}, **settings}
        site = Site.model_validate({"data": {"path": str(table)}, "columns": columns, **settings})
        return without_files(site, table)

    return make


@pytest.fixture(scope="session")
def blobs() -> pd.DataFrame:
    """Three groups far apart, 40 customers each, in two columns."""
    generator = np.random.default_rng(7)
    centres = np.array([[10, 10], [50, 12], [30, 60]])
    return pd.DataFrame(np.vstack([generator.normal(c, 2, (40, 2)) for c in centres]).round(2), columns=["x", "y"])


@pytest.fixture(scope="session")
def two_features() -> dict[str, dict[str, str]]:
    return {"x": {"role": "feature"}, "y": {"role": "feature"}}
