"""Quintile scores held against the segments found: sizes, shares, bands, and how alike the two divide."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from analysis.clustering.battery.agreement import of_counts
from analysis.configuration import Site
from analysis.contract import ScoredSegment
from analysis.preparation.features import features
from analysis.results.quintile_scoring import crossed, explained, scoring
from analysis.results.quintile_scoring_rounded import edge_step, told_scored
from analysis.rounding.random_rounding import AS_IT_IS, Rounding

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


PUBLIC = Rounding.of(public=True, least=10, table="a table")
EIGHT = Rounding.of(public=True, least=8, table="a table")


def test_a_bound_between_scores_is_told_to_a_step_with_a_small_group_within_it():
    """1 to 100: of the ten nearest to 20 the last is 15 or 25. Of what lies a hundred apart, ten lie within 500."""
    values = np.arange(1.0, 101)
    assert edge_step(values, 40.0, PUBLIC) == 5
    assert edge_step(np.append(values, np.nan), 20.0, PUBLIC) == 5
    sparse = np.append(np.arange(1.0, 80), 80.0 + 100 * np.arange(1, 22))
    assert edge_step(sparse, 1180.0, PUBLIC) == 500
    assert edge_step(values, 100.0, PUBLIC) == 10  # 91 to 100
    assert edge_step(values, 20.0, EIGHT) == 5  # 16 or 24 is four away
    assert edge_step(np.array([1.0, 2, 9]), 2.0, PUBLIC) == 10  # of three the last
    assert edge_step(np.full(30, 4.0), 4.0, PUBLIC) == 0
    assert edge_step(values, 20.0, Rounding.of(public=True, least=1, table="a table")) == 0
    assert edge_step(np.full(3, np.nan), [1.0], PUBLIC) == 0
    assert edge_step(values, [20.0], AS_IT_IS) == 0


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60), st.integers(1, 12), st.data())
def test_whichever_bound_is_told_has_a_small_group_within_its_step(values, least, data):
    edge = data.draw(st.sampled_from(values))
    step = edge_step(np.array(values), [edge], Rounding.of(public=True, least=least, table="x"))
    assert sum(abs(one - edge) <= step * (1 + 1e-6) for one in values) >= min(least, len(values))


def scored(**means: float) -> ScoredSegment:
    return ScoredSegment(name="x", cells=(), size=60, share=0.5, value_share=0.475, mostly_share=None, means=means)


def told(table, parts, value, **means):
    """Two segments of 60 customers each, as they are told."""
    measures = [table.find(name) for name in ("recency", "monetary")]
    return told_scored([scored(**means), scored(**means)], table, (measures, parts), value, PUBLIC)


@pytest.fixture(scope="module")
def even():
    """120 customers: amounts from 0 to 59 in the first half, and ten times as much in the second."""
    amounts = np.concatenate([np.arange(60.0), 10 * np.arange(60.0)])
    frame = pd.DataFrame({"recency": np.arange(120.0), "frequency": 1.0 + np.arange(120) % 3, "monetary": amounts})
    roles = {name: {"role": name} for name in frame}
    site = Site.model_validate({"data": {"path": "t.csv"}, "columns": roles, "model": {"seed": 1}})
    return replace(features(frame, site), apart=None)


def test_means_of_a_scored_segment_are_told_to_the_range_over_its_customers(even):
    parts = np.repeat([0, 1], 60)
    first, second = told(even, parts, None, recency=30.0, monetary=30.0)
    assert (first.means, second.means) == ({"recency": 30, "monetary": 30}, {"recency": 30, "monetary": 30})
    first, second = told(even, parts, None, recency=29.5, monetary=22.5)
    assert first.means["recency"] in {29, 30}  # 59 / 60 is told to 1
    assert first.means["monetary"] in {22, 23}
    assert second.means["monetary"] in {20, 30}  # 590 / 60 to 10
    assert told(even, parts, None, recency=30.0)[0].means == {"recency": 30}
    assert first.value_share is None


def test_a_share_of_value_is_told_to_what_one_customer_moves(even):
    """The largest of 120 has 10 of 600: a step of .02; with 90 of 685 one of .2, whichever segment it is in."""
    parts, value = np.repeat([0, 1], 60), np.full(120, 5.0)
    value[3] = 10
    assert {one.value_share for one in told(even, parts, value)} <= {0.46, 0.48}
    value[3] = 90
    assert {one.value_share for one in told(even, parts, value)} <= {0.4, 0.6}
    value[3] = 9000
    assert {one.value_share for one in told(even, parts, value)} == {None}
    unknown = told_scored([scored().model_copy(update={"value_share": None})], even, ([], parts), np.ones(120), PUBLIC)
    assert unknown[0].value_share is None


def test_no_mean_is_told_where_one_customer_makes_a_sum(even):
    frame = even.frame.assign(monetary=np.append(np.ones(119), 1e6))
    first, second = told(replace(even, frame=frame), np.repeat([0, 1], 60), None, recency=30.0, monetary=30.0)
    assert first.means == {"recency": 30, "monetary": 30}
    assert second.means == {"recency": 30}


def test_who_is_apart_widens_the_step_only_where_they_count_in_the_mean(even):
    """Five of each segment are apart; of the second only nine others are left, so its mean has them in."""
    parts = np.repeat([0, 1, -1], [60, 14, 46])
    amounts = np.concatenate([np.arange(55.0), np.full(5, 4000.0), np.arange(9.0), np.full(5, 4000.0), np.zeros(46)])
    apart = amounts == 4000
    table = replace(even, frame=even.frame.assign(monetary=amounts), apart=apart, fewest=10)
    first, second = told(table, parts, None, monetary=1433.0)
    assert first.means["monetary"] == 1433  # 54 / 55 is told to 1
    assert second.means["monetary"] in {1000, 1500}  # 4,000 / 14 is told to 500


def test_bounds_of_a_public_site_are_multiples_of_their_step(even):
    """Recencies of 0 to 119 by ones: of the ten customers nearest to a bound the last is five away."""
    parts = np.repeat([0, 1], 60)
    exact, public = (
        [one.up_to for one in scoring(even, parts, None, rounding).bands if one.feature == "recency"]
        for rounding in (AS_IT_IS, PUBLIC)
    )
    assert exact == [23, 47, 71, 95, None]
    assert all(one % 5 == 0 and abs(one - true) < 5 for one, true in zip(public[:-1], exact[:-1], strict=True))


def test_an_open_site_tells_scores_as_they_are(even):
    one = scored(monetary=1.2345)
    assert told_scored([one], even, ([], np.zeros(120)), None, AS_IT_IS) == (one,)
