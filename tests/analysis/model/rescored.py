"""Tables that an analysis has seen, scored again by the model that it wrote down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.configuration import Configuration
from analysis.pipeline import Analysis, analyse
from analysis.scoring.document import Model
from analysis.scoring.reading import arrived
from analysis.scoring.score import ScoredCustomers, score

NUMBERS = {"x": {"role": "feature"}, "y": {"role": "feature"}}


def scored(analysis: Analysis, table: Path, reference: date | None = None) -> ScoredCustomers:
    """A table by the model, once through its file."""
    model = Model.model_validate_json(analysis.model.model_dump_json())
    return score(arrived(table, model, reference), model)


def assert_round_trip(configuration: Configuration) -> tuple[Analysis, ScoredCustomers]:
    """Scored by its own model, every customer of a table is where the analysis put them."""
    analysis = analyse(configuration)
    again = scored(analysis, configuration.origin.places[0])
    pd.testing.assert_frame_equal(again.rows.iloc[:, :3], analysis.assignments, check_dtype=False)
    pd.testing.assert_frame_equal(again.rejected, analysis.rejected, check_dtype=False)
    return analysis, again


def crowded(rows: int, seed: int, decimals: int = 1) -> pd.DataFrame:
    """Three groups that overlap, and two customers far from all."""
    generator = np.random.default_rng(seed)
    centres = np.array([[0.0, 0.0], [5.0, 1.0], [2.0, 6.0]])
    spread = np.array([[1.0, 2.0], [1.5, 0.7], [2.0, 1.0]])
    group = generator.integers(0, 3, rows)
    table = generator.normal(centres[group], spread[group])
    table[:2] = [[90, -80], [-70, 95]]
    return pd.DataFrame(table.round(decimals), columns=["x", "y"])
