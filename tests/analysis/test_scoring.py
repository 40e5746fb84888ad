"""Quintile scores held against the segments found: sizes, shares, bands, and how alike the two divide."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from analysis.battery.agreement import of_counts
from analysis.configuration import Site
from analysis.features import features
from analysis.scoring import crossed, explained, scoring

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=40)


@pytest.fixture(scope="module")
def table():
    generator = np.random.default_rng(2)
    frame = pd.DataFrame(
        {
            "recency": generator.integers(1, 300, 120).astype(float),
            "frequency": generator.poisson(1.0, 120) + 1.0,
            "monetary": generator.gamma(2, 50, 120).round(2),
        }
    )
    roles = {name: {"role": name} for name in frame}
    return features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": roles, "model": {"seed": 1}}))


@given(LABELS)
def test_agreement_is_that_of_scikit_learn(pairs):
    a, b = (np.array(own, dtype=np.intp) for own in zip(*pairs, strict=True))
    assert of_counts(crossed(a, b)[None]) == pytest.approx(adjusted_rand_score(a, b))


def test_groups_explain_all_where_members_are_alike_and_nothing_where_means_are():
    rows = np.array([[0.0], [0.0], [4.0], [4.0]])
    assert explained(rows, np.array([0, 0, 1, 1])) == 1
    assert explained(rows, np.array([0, 1, 0, 1])) == 0
    assert explained(np.zeros((4, 1)), np.array([0, 0, 1, 1])) == 0


def test_segments_add_up_and_crossings_have_both_margins(table):
    labels = np.arange(table.size) % 3
    found = scoring(table, labels, table.values(table.find("monetary")))
    assert sum(one.size for one in found.segments) == table.size
    assert sum(one.share for one in found.segments) == pytest.approx(1)
    assert sum(one.value_share for one in found.segments) == pytest.approx(1)
    for one in found.segments:
        crossed = {each.segment: each.customers for each in found.crossings if each.name == one.name}
        assert sum(crossed.values()) == one.size
        if one.size:
            assert crossed[one.mostly] == max(crossed.values()) == pytest.approx(one.mostly_share * one.size)
    for segment in range(3):
        own = [each.customers for each in found.crossings if each.segment == segment + 1]
        assert sum(own) == (labels == segment).sum()


def test_bands_cover_every_customer_in_the_order_of_the_values(table):
    found = scoring(table, np.zeros(table.size, dtype=np.intp), None)
    for name in ("recency", "frequency", "monetary"):
        bands = [band for band in found.bands if band.feature == name]
        assert sum(band.customers for band in bands) == table.size
        edges = [band.up_to for band in bands]
        assert edges[-1] is None
        assert edges[:-1] == sorted(edges[:-1])
        ordered = [band.score for band in bands]
        assert ordered == sorted(ordered, reverse=name == "recency")
    assert all(one.value_share is None for one in found.segments)


def test_a_table_without_the_three_roles_has_no_scores(mall_features):
    assert scoring(mall_features, np.zeros(mall_features.size, dtype=np.intp), None) is None
