"""When a sample decides, and what is said and done where it does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.clustering.battery.silhouette import of_divisions
from analysis.clustering.choose import ChoiceRule
from analysis.clustering.sample_size import settled, shifted
from analysis.clustering.trials import Trial
from analysis.contract import Contract
from analysis.pipeline import analyse
from tests.analysis.test_choose import _trial as trial

RULE = ChoiceRule(None, 5)


def jaccard(made: Trial, weakest: float, spread: float) -> Trial:
    """The trial with its first segment's similarities half below and half above a mean, the others at 1."""
    values = np.ones((100, made.k))
    values[:, 0] = weakest + spread * np.where(np.arange(100) % 2, 1, -1)
    return replace(made, measures=replace(made.measures, jaccard=values))


@pytest.mark.parametrize(
    ("weakest", "clear"), [(0.80, True), (0.78, True), (0.765, False), (0.74, False), (0.72, True)]
)
def test_the_number_is_clear_two_standard_errors_from_the_threshold(weakest: float, clear: bool) -> None:  # noqa: FBT001
    """A spread of .1 over 100 resamples is an error of .01."""
    three = trial(3, 0.3)
    assert settled([jaccard(three, weakest, 0.1), trial(2, 0.2)], RULE) == clear


def test_a_number_in_doubt_that_would_not_be_taken_decides_nothing() -> None:
    assert settled([trial(2, 0.5), jaccard(trial(3, 0.3), 0.75, 0.1)], RULE)


def test_figures_are_shifted_by_their_standard_errors() -> None:
    up = shifted(jaccard(trial(3, 0.3), 0.8, 0.1), 2)
    assert up.measures.weakest == pytest.approx(0.8 + 2 * 0.01)


@pytest.fixture(scope="module")
def crowds() -> pd.DataFrame:
    """Two groups of unequal size in two columns, 3,000 customers."""
    draw = np.random.default_rng(12)
    group = np.repeat([0, 1], [2_000, 1_000])
    return pd.DataFrame(draw.normal(0, 1, (3_000, 2)) + 6.0 * group[:, None], columns=["x", "y"]).round(3)


def sampled(configure, crowds: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, *, clear: bool) -> Contract:
    monkeypatch.setattr("analysis.pipeline.LARGEST_FITTED", 200)
    monkeypatch.setattr("analysis.pipeline.LARGEST_SAMPLE", 400)
    monkeypatch.setattr("analysis.pipeline.settled", lambda *_: clear)
    columns = {name: {"role": "feature"} for name in crowds}
    return analyse(configure(crowds, columns, model={"largest_k": 3})).contract


def test_a_sample_that_decides_is_enough_and_said(configure, crowds, monkeypatch) -> None:
    contract = sampled(configure, crowds, monkeypatch, clear=True)
    assert contract.selection.measured_on == 200
    assert contract.data.notes[0] == (
        "Segments were found among 200 of the 3,000 customers, drawn at random. Stability was measured on the same "
        "customers. The chosen segments were then fitted to all customers."
    )


def test_whom_a_sample_with_gaps_is_of_is_said(configure, crowds, monkeypatch) -> None:
    gaps = crowds.astype(object)
    gaps.loc[:300, "x"] = ""
    monkeypatch.setattr("analysis.pipeline.LARGEST_FITTED", 200)
    monkeypatch.setattr("analysis.pipeline.settled", lambda *_: True)
    columns = {"x": {"role": "feature", "missing": "median"}, "y": {"role": "feature"}}
    contract = analyse(configure(gaps, columns, model={"largest_k": 3})).contract
    assert (
        "Segments were found among 200 of the 3,000 customers, drawn at random from those without a gap. Stability was "
        "measured on the same customers. The chosen segments were then fitted to all customers without a gap."
    ) in contract.data.notes


def test_the_number_drawn_does_not_tell_how_few_were_set_apart(configure, crowds, monkeypatch) -> None:
    """Three of the sample lie far out: 197 beside the 200 of the Data page would count them."""
    far = crowds.copy()
    far.iloc[:45] = 1000 + 50.0 * np.arange(90).reshape(45, 2)
    monkeypatch.setattr("analysis.pipeline.LARGEST_FITTED", 200)
    monkeypatch.setattr("analysis.pipeline.settled", lambda *_: True)
    columns = {name: {"role": "feature", "transform": "none"} for name in far}
    contract = analyse(configure(far, columns, model={"largest_k": 3})).contract
    assert contract.data.set_apart == 45
    assert contract.selection.measured_on == 200


def test_one_that_does_not_is_doubled_and_that_is_said(configure, crowds, monkeypatch) -> None:
    contract = sampled(configure, crowds, monkeypatch, clear=False)
    assert contract.selection.measured_on == 400
    assert contract.data.notes[0].startswith(
        "A first sample of 200 customers did not decide how many segments there are, or how stable they are. Segments "
        "were found among 400 of the 3,000 customers, drawn at random."
    )


def test_the_intervals_are_those_of_all_customers(configure, crowds, monkeypatch) -> None:
    """2,000 of 3,000 lie in one group, told apart without doubt: ± 1.96 · √(⅔ · ⅓ / 3,000) = ± .017, not ± .065."""
    contract = sampled(configure, crowds, monkeypatch, clear=True)
    for segment in contract.segments:
        ends = segment.share_interval
        assert ends.lower <= segment.share <= ends.upper
        assert (ends.upper - ends.lower) / 2 == pytest.approx(0.0169, rel=0.3)
        for figure in segment.profile:
            error = 1.96 * 1 / np.sqrt(segment.size)
            around = figure.typical_interval
            assert (around.upper - around.lower) / 2 == pytest.approx(error, rel=0.4)


def test_the_segments_of_a_sample_are_settled_on_all(configure, crowds, monkeypatch) -> None:
    """Each centroid is the mean of its own customers, of all 3,000: the optimum of K-Means, and not the sample's."""
    contract = sampled(configure, crowds, monkeypatch, clear=True)
    first, second = (np.array(list(segment.centroid.values())) for segment in contract.segments)
    values = crowds.to_numpy()
    near = np.linalg.norm(values - first, axis=1) < np.linalg.norm(values - second, axis=1)
    assert values[near].mean(axis=0) == pytest.approx(first, abs=0.01)


def test_silhouettes_in_blocks_are_scikit_learns() -> None:
    from sklearn.metrics import silhouette_samples  # noqa: PLC0415

    draw = np.random.default_rng(1)
    rows = draw.normal(size=(2_300, 3))
    divisions = [(draw.integers(0, k, 2_300), k) for k in (2, 5)]
    for found, (labels, _) in zip(of_divisions(rows, divisions), divisions, strict=True):
        assert found == pytest.approx(silhouette_samples(rows, labels))
