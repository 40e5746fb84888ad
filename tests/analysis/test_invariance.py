"""What must not change the result: the order of rows, the seed, units, origins, copies, the process."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clustering.algorithms.cluster import nearest, partition, points
from analysis.configuration import Configuration
from analysis.configuration.origin import Origin
from analysis.pipeline import analyse
from analysis.preparation.features import Features, features
from analysis.profiling.profile import canonical, customer_value

if TYPE_CHECKING:
    import pandas as pd

INCOME = "Annual Income (k$)"


def _segments(frame: pd.DataFrame, mall: Configuration, seed: int = 1) -> np.ndarray:
    """Canonical segment of each row of `frame`, in its order."""
    table: Features = features(frame, mall.site)
    found = nearest(table.standard, partition(points(table.standard), 6, seed).centroids)
    labels = np.argsort(canonical(table.matrix, found, customer_value(table, mall.site.value)))[found]
    return labels[np.argsort(table.order)]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_seed_changes_no_label(mall: Configuration, mall_frame: pd.DataFrame, seed: int):
    assert np.array_equal(_segments(mall_frame, mall, seed), _segments(mall_frame, mall))


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(200)))
def test_the_order_of_rows_changes_no_label(mall: Configuration, mall_frame: pd.DataFrame, order: list[int]):
    shuffled = mall_frame.iloc[order].reset_index(drop=True)
    assert np.array_equal(_segments(shuffled, mall), _segments(mall_frame, mall)[order])


@settings(max_examples=25, deadline=None)
@given(
    factor=st.floats(1e-3, 1e3),
    shift=st.floats(-1e3, 1e3),
    column=st.sampled_from(["Age", INCOME, "Spending Score (1-100)"]),
)
def test_unit_and_origin_change_no_assignment(
    mall: Configuration, mall_frame: pd.DataFrame, factor: float, shift: float, column: str
):
    changed = mall_frame.assign(**{column: mall_frame[column] * factor + shift})
    assert _same_division(_segments(changed, mall), _segments(mall_frame, mall))


def _same_division(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two labellings divide alike: another unit may change the order of the estimated values."""
    return len({*zip(a.tolist(), b.tolist(), strict=True)}) == len(set(a.tolist())) == len(set(b.tolist()))


@pytest.mark.parametrize("times", [2, 3, 7])
def test_writing_every_row_several_times_changes_no_centroid(mall_features: Features, times: int):
    once, many = points(mall_features.standard), points(np.repeat(mall_features.standard, times, axis=0))
    for k in (2, 5, 6, 9):
        a, b = partition(once, k, 3), partition(many, k, 3)
        assert np.allclose(a.centroids, b.centroids, atol=1e-12)
        assert b.inertia == pytest.approx(times * a.inertia)


def test_the_contract_is_the_same_whatever_the_row_order(mall: Configuration, tmp_path: Path):
    lines = mall.origin.places[0].read_text(encoding="utf-8").splitlines()
    table = tmp_path / mall.origin.places[0].name
    table.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", encoding="utf-8")
    reversed_rows = analyse(dataclasses.replace(mall, origin=Origin.of(table, mall.origin.settings))).contract
    straight = analyse(mall).contract
    assert reversed_rows.model_dump(exclude={"provenance"}) == straight.model_dump(exclude={"provenance"})


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_two_processes_write_the_same_bytes(project: Path, mall: Configuration, hash_seed: str):
    program = (
        "import hashlib; from pathlib import Path\n"
        "from analysis.pipeline import analyse; from analysis.configuration import load_configuration\n"
        "text = analyse(load_configuration(Path('site_config'))).contract.model_dump_json()\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    run = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", program], cwd=project, env=environment, capture_output=True, text=True, check=True
    )
    here = analyse(mall).contract.model_dump_json()
    assert run.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()
