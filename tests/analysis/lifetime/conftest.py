"""The published CDNOW sample (see the README beside this file), in its own unit of weeks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.customers.histories import Histories


@pytest.fixture(scope="session")
def cdnow() -> Histories:
    table = pd.read_csv(Path(__file__).with_name("cdnow.csv"))
    each = table.loc[np.repeat(table.index, table["customers"])]
    return Histories(*(each[name].to_numpy(np.float64) for name in ("x", "t_x", "T", "mean_value")))
