"""The comparison of algorithms, from a table to the contract."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis.clustering.algorithms import ALGORITHMS
from analysis.contract import Contract
from tests.analysis.algorithms.conftest import Analysed


def _quick(analysed: Analysed, frame: pd.DataFrame, **model: object) -> Contract:
    return analysed(frame, model={"largest_k": 4, **model}).contract


@pytest.fixture(scope="module")
def compared(analysed, blobs) -> Contract:
    return _quick(analysed, blobs, algorithm="compare")


def test_all_five_stand_beside_one_another(compared: Contract):
    results = compared.selection.algorithms
    assert [one.algorithm for one in results] == list(ALGORITHMS)
    assert {one.k for one in results} == {3}
    assert {one.verdict for one in results} == {"natural"}
    assert [one.algorithm for one in results if one.taken] == ["kmeans"]
    assert [one.algorithm for one in results if one.bic is not None] == ["gaussian_mixture"]
    assert [one.algorithm for one in results if one.unassigned_share is not None] == ["hdbscan"]
    for one in results:
        figures = (one.silhouette, one.calinski_harabasz, one.davies_bouldin, one.stability, one.weakest)
        assert all(figure is not None for figure in (*figures, one.agreement, one.prediction_strength))
        assert one.note is None or one.note.endswith(".")


@pytest.mark.parametrize(
    ("model", "found", "note"),
    [
        ({}, 3, "Its number of segments is chosen by the Bayesian information criterion."),
        ({"selection": {"k": 3}}, 3, "The Bayesian information criterion prefers the same number of segments."),
        ({"selection": {"k": 4}}, 4, "The Bayesian information criterion prefers 3 segments."),
    ],
)
def test_a_mixture_says_what_its_number_goes_by(analysed, blobs, model: dict[str, object], found: int, note: str):
    told = _quick(analysed, blobs, algorithm="compare", **model).selection.algorithms
    mixture = next(one for one in told if one.algorithm == "gaussian_mixture")
    assert mixture.k == found
    assert mixture.note.startswith(note)


def test_every_two_algorithms_are_compared_once(compared: Contract):
    agreements = compared.selection.agreements
    assert [(one.a, one.b) for one in agreements] == list(combinations(ALGORITHMS, 2))
    assert all(0.9 <= one.adjusted_rand <= 1 for one in agreements)


def test_the_site_is_the_one_that_kmeans_alone_would_make(analysed, blobs, compared: Contract):
    alone = _quick(analysed, blobs)
    assert alone.selection.algorithms == alone.selection.agreements == ()
    assert alone.selection.algorithm == compared.selection.algorithm == "kmeans"
    assert alone.segments == compared.segments
    assert alone.selection.candidates == compared.selection.candidates


def test_a_number_of_the_teams_is_every_algorithms_but_one(analysed, blobs):
    contract = _quick(analysed, blobs, algorithm="compare", selection={"k": 4})
    ks = {one.algorithm: one.k for one in contract.selection.algorithms}
    assert ks == {**dict.fromkeys(ALGORITHMS, 4), "hdbscan": 3}


def test_an_algorithm_that_finds_nothing_says_so_and_stops_nobody(analysed):
    even = pd.DataFrame([(x, y) for x in range(10) for y in range(10)], columns=["x", "y"])
    selection = _quick(analysed, even, algorithm="compare").selection
    nothing = next(one for one in selection.algorithms if one.algorithm == "hdbscan")
    assert (nothing.algorithm, nothing.k, nothing.verdict, nothing.silhouette) == ("hdbscan", 0, "none", None)
    assert "makes no segments" in nothing.note
    found = [one.algorithm for one in selection.algorithms if one.k]
    assert {"kmeans", "gaussian_mixture", "ward", "bisecting"} <= set(found)
    assert [(one.a, one.b) for one in selection.agreements] == list(combinations(found, 2))


@pytest.mark.parametrize("name", ["gaussian_mixture", "ward", "bisecting"])
def test_each_may_make_the_site(analysed, blobs, name: str):
    contract = _quick(analysed, blobs, algorithm=name)
    selection = contract.selection
    assert (selection.algorithm, selection.k, selection.verdict) == (name, 3, "natural")
    assert all(np.isfinite(one.stability) for one in contract.segments)
    assert ("bic" in selection.preferred) == (name == "gaussian_mixture")
    assert all((one.bic is not None) == (name == "gaussian_mixture") for one in selection.candidates)
