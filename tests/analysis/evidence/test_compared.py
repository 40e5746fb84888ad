"""Which differences count: real ones do, noise does not, and neither labels nor the order of rows matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import Site
from analysis.contract import Contract
from analysis.evidence.compared import compared
from analysis.naming.traits import CHANCE, ORDINARY, traits
from analysis.preparation.features import Features, features
from analysis.profiling.profile import Profile, profiles
from analysis.statistics.resampled import Resampled
from analysis.wording.number_format import NumberFormat

COLUMNS = {
    "age": {"role": "age"},
    "income": {"role": "income"},
    "visits": {"role": "frequency", "use": "describe"},
    "city": {"role": "category"},
}
SITE = Site.model_validate({"data": {"path": "t.csv"}, "columns": COLUMNS})


def _table(seed: int = 1, size: int = 240) -> Features:
    """Structureless but for the segment that a test makes of it."""
    generator = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": generator.normal(40, 10, size),
            "income": generator.lognormal(10, 1, size),
            "visits": generator.poisson(6, size).astype(float),
            "city": generator.choice(["Graz", "Linz", "Wien"], size),
        }
    )
    return features(frame, SITE)


def _compared(table: Features, labels: np.ndarray, resampled: Resampled | None = None) -> tuple[Profile, ...]:
    return compared(profiles(table, labels, None), table, labels, resampled)


def test_segments_of_noise_have_no_markers_and_no_traits_but_for_one_site_in_twenty(formats: NumberFormat):
    """Holm's promise is over all comparisons of a site, so it is sites that are counted."""
    wrong = 0
    for seed in range(20):
        table = _table(seed, 160)
        labels = np.random.default_rng(seed + 100).integers(0, 3, table.size)
        found = _compared(table, labels)
        marked = any(one.marker for profile in found for one in (*profile.figures, *profile.categories))
        told = {trait.phrase for profile in found for trait in traits(profile, table, SITE.columns, formats)}
        assert marked or told <= {ORDINARY, CHANCE}
        wrong += marked
    assert wrong <= 2


def test_a_handful_of_customers_far_off_by_luck_makes_no_trait(formats: NumberFormat):
    """Three of noise lie half a deviation off easily; that is large, and chance."""
    table = _table()
    labels = np.ones(table.size, dtype=int)
    labels[np.argsort(table.frame["visits"].to_numpy())[[60, 239, 238]]] = 0
    tiny = _compared(table, labels)[0]
    visits = next(one for one in tiny.figures if one.feature == "visits")
    assert visits.level in {"high", "very high"}
    assert not visits.marker
    assert [trait.phrase for trait in traits(tiny, table, SITE.columns, formats)] == [
        "differs from average by no more than chance could explain"
    ]


def test_real_differences_are_markers(formats: NumberFormat):
    table = _table()
    older = (table.frame["age"] < 40).to_numpy().astype(int)
    first, second = _compared(table, older)
    age = first.figures[0]
    assert age.marker
    assert age.contrast > 2
    assert age.contrast == pytest.approx(-second.figures[0].contrast)
    assert [trait.feature for trait in traits(first, table, SITE.columns, formats)] == ["age"]


def test_a_category_counts_from_ten_points_and_not_by_chance():
    table = _table()
    in_graz = (table.frame["city"] == "Graz").to_numpy()
    labels = np.where(in_graz & (np.arange(table.size) % 4 > 0), 0, 1)
    first, second = _compared(table, labels)
    by_city = {one.category: one for one in first.categories}
    assert by_city["Graz"].residual > 5
    assert by_city["Graz"].marker
    assert {one.category: one for one in second.categories}["Graz"].residual == pytest.approx(-by_city["Graz"].residual)


def test_p_is_adjusted_over_every_comparison_of_the_site():
    """Two segments: three columns and three cities, each twice."""
    table = _table()
    labels = (np.arange(table.size) % 5 == 0).astype(int)
    without = replace(table, described=tuple(one for one in table.described if one.name != "city"))
    many = [one.adjusted_p for one in _compared(table, labels)[0].figures]
    few = [one.adjusted_p for one in _compared(without, labels)[0].figures]
    assert all(a >= b for a, b in zip(many, few, strict=True))
    assert many != few


def test_a_log_changes_the_effect_but_not_the_p():
    table = _table()
    labels = (table.matrix[:, 1] > 30_000).astype(int)
    logged = table.matrix.copy()
    logged[:, 1] = np.log(logged[:, 1])
    after = _compared(replace(table, transformed=logged), labels)[1].figures[1]
    before = _compared(table, labels)[1].figures[1]
    assert after.adjusted_p == before.adjusted_p
    assert after.contrast != before.contrast
    near = ~table.left_out(labels)  # one customer lies far from all others, and counts in no mean
    own, everybody = logged[near & (labels == 1), 1], logged[near, 1]
    assert after.effect == pytest.approx((own.mean() - everybody.mean()) / everybody.std())
    assert (after.mean, after.difference, after.ratio) == (before.mean, before.difference, before.ratio)


def _evidence(profile: Profile) -> tuple[object, ...]:
    return profile.figures, profile.categories


@settings(max_examples=20)
@given(st.permutations(range(4)), st.integers(0, 2**32 - 1))
def test_other_numbers_for_segments_and_another_order_of_rows_change_nothing(order: list[int], seed: int):
    table = _table(size=80)
    labels = np.random.default_rng(5).integers(0, 4, table.size)
    plain = [_evidence(profile) for profile in _compared(table, labels)]
    renamed = [_evidence(profile) for profile in _compared(table, np.array(order)[labels])]
    assert [renamed[place] for place in order] == plain
    shuffled = np.random.default_rng(seed).permutation(table.size)
    again = features(table.frame.iloc[shuffled].reset_index(drop=True), SITE)
    assert [_evidence(profile) for profile in _compared(again, labels)] == plain


def test_a_column_with_values_lacking_uses_those_there():
    table = _table()
    table.frame.loc[:30, "visits"] = np.nan
    labels = np.arange(table.size) % 2
    visits = next(one for one in _compared(table, labels)[0].figures if one.feature == "visits")
    known = table.frame["visits"].notna().to_numpy() & ~table.left_out(labels)
    a, b = (table.frame["visits"].to_numpy()[known & (labels == each)] for each in (0, 1))
    assert visits.contrast == pytest.approx((a.mean() - b.mean()) / np.sqrt((a.var() + b.var()) / 2), rel=0.05)


def test_every_trait_of_the_mall_is_a_marker(mall_contract: Contract):
    told = {(segment.id, trait.feature) for segment in mall_contract.segments for trait in segment.traits}
    marked = {(segment.id, one.feature) for segment in mall_contract.segments for one in segment.profile if one.marker}
    assert len(told) >= 9
    assert told <= marked


def bootstrap(table: Features, labels: np.ndarray, resamples: int = 200) -> Resampled:
    """Resamples whose fits always find the very same segments: what is left is the uncertainty of drawing."""
    k = int(labels.max()) + 1
    drawn = np.random.default_rng(11).multinomial(table.size, np.full(table.size, 1 / table.size), resamples)
    fixed = np.broadcast_to(labels, drawn.shape).astype(np.int8)
    return Resampled(fixed, drawn.astype(float), np.ones((resamples, k)), np.arange(table.size))


def test_intervals_of_means_are_about_two_standard_errors_to_each_side():
    table = _table()
    labels = np.arange(table.size) % 3
    for profile in _compared(table, labels, bootstrap(table, labels, 400)):
        age = profile.figures[0]
        values = table.frame["age"].to_numpy()[labels == profile.id - 1]
        error = values.std(ddof=1) / np.sqrt(len(values))
        assert age.mean_interval.lower == pytest.approx(age.mean - 1.96 * error, abs=0.4 * error)
        assert age.mean_interval.upper == pytest.approx(age.mean + 1.96 * error, abs=0.4 * error)
        assert age.contrast_interval.lower < age.contrast < age.contrast_interval.upper


def test_a_difference_that_other_fits_turn_round_is_no_marker():
    """In every other resample the two segments change places, yet count as having come back."""
    table = _table()
    labels = (table.matrix[:, 0] < 40).astype(int)
    steady = bootstrap(table, labels)
    turned = steady.labels.copy()
    turned[::2] = 1 - turned[::2]
    assert _compared(table, labels, steady)[0].figures[0].marker
    shaky = _compared(table, labels, replace(steady, labels=turned))[0].figures[0]
    assert shaky.contrast_interval.lower < 0 < shaky.contrast_interval.upper
    assert not shaky.marker


def test_without_resamples_means_have_no_interval_and_effects_have_hedges_and_olkins():
    table = _table()
    for figure in _compared(table, np.arange(table.size) % 3)[0].figures:
        assert figure.mean_interval is None
        assert figure.contrast_interval.lower < figure.contrast < figure.contrast_interval.upper
