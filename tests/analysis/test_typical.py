"""Of skewed amounts the median is the typical figure: what is told, what it is held against, and its interval."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Site
from analysis.configuration.column import Column
from analysis.contract import Contract, Feature, FeatureProfile
from analysis.evidence.compared import compared
from analysis.evidence.whole import of_the_whole
from analysis.naming.traits import ELSEWHERE, apart, phrase, traits
from analysis.preparation.features import Features, features
from analysis.profiling.profile import Profile, profiles
from analysis.statistics.resampled import Resampled
from analysis.statistics.straying import numeric, straying
from analysis.wording.number_format import NumberFormat
from analysis.wording.typical import placed, valued

COLUMNS = {
    "spent": {"role": "monetary", "format": "money", "transform": "log"},
    "visits": {"role": "feature", "transform": "robust"},
    "answer": {"role": "feature", "kind": "ordinal", "order": ["a", "b", "c"], "transform": "robust"},
    "age": {"role": "age"},
}
SITE = Site.model_validate({"data": {"path": "t.csv"}, "columns": COLUMNS})
DRAWS = 60


@pytest.fixture(scope="module")
def table() -> Features:
    """Two groups by what they spend; among those who spend little a few spend a fortune."""
    generator = np.random.default_rng(5)
    spent = np.concatenate([generator.lognormal(3, 0.4, 150), generator.lognormal(5, 0.4, 150)])
    spent[:8] = 9000
    frame = pd.DataFrame(
        {
            "spent": spent,
            "visits": generator.normal(50, 9, 300),
            "answer": generator.integers(1, 4, 300).astype(float),
            "age": generator.normal(40, 9, 300),
        }
    )
    return features(frame, SITE)


@pytest.fixture(scope="module")
def found(table: Features) -> tuple[Profile, ...]:
    labels = _labels(table)
    rows = np.flatnonzero(table.values(table.described[0]) < 5000)
    generator = np.random.default_rng(6)
    drawn = Resampled(
        labels=np.repeat(labels[rows][None].astype(np.int8), DRAWS, axis=0),
        weights=generator.poisson(1, (DRAWS, len(rows))).astype(float),
        jaccard=np.ones((DRAWS, 2)),
        rows=rows,
    )
    return compared(profiles(table, labels, None), table, labels, drawn)


def _labels(table: Features) -> np.ndarray:
    spent = table.values(table.described[0])
    return np.where((spent > 60) & (spent < 5000), 0, 1)


def test_amounts_by_their_logarithm_or_quartiles_have_medians_and_all_others_means(table: Features):
    typical = {one.name: one.typical for one in table.described}
    assert typical == {"spent": "median", "visits": "median", "answer": "mean", "age": "mean"}
    spent, _, answer, _ = table.described
    assert (spent.usual, answer.usual) == (spent.median, answer.mean)


def test_medians_are_held_against_the_median_of_everybody(table: Features, found: tuple[Profile, ...]):
    spent, age = table.described[0], table.described[3]
    low = found[1].of(spent)
    assert low.mean > (spent.mean or 0)
    assert low.typical == low.median < (spent.median or 0)
    assert low.difference == pytest.approx(low.median - (spent.median or 0))
    assert low.ratio == pytest.approx(low.median / (spent.median or 0) - 1)
    assert found[1].of(age).difference == pytest.approx(found[1].of(age).mean - (age.mean or 0))


def test_every_typical_figure_lies_in_its_interval(found: tuple[Profile, ...]):
    for profile in found:
        for one in profile.figures:
            ends = one.typical_interval
            if one.feature == "spent":
                assert ends is not None
                assert one.mean_interval is None
            assert ends is None or ends.lower <= one.typical <= ends.upper
            assert one.mean_interval in {None, ends}


def test_intervals_of_a_sample_lie_around_the_figures_of_all(table: Features):
    labels = _labels(table)
    rows = np.flatnonzero(table.kept)[::3]
    weights = np.random.default_rng(7).poisson(1, (DRAWS, len(rows))).astype(float)
    again = np.repeat(labels[rows][None].astype(np.int8), DRAWS, axis=0)
    drawn = Resampled(again, weights, np.ones((DRAWS, 2)), rows)
    for profile in compared(profiles(table, labels, None), table, labels, drawn):
        for one in profile.figures:
            assert one.typical_interval.lower < one.typical < one.typical_interval.upper
            assert one.contrast_interval.lower < one.contrast < one.contrast_interval.upper
    told = tuple(np.arange(8.0).reshape(2, 4) for _ in range(2))
    without_drawing = Resampled(again, np.ones_like(weights), np.ones((DRAWS, 2)), rows)
    for ends in straying(numeric(table), (told[0], told[1] + 50), without_drawing):
        assert ends[0] == pytest.approx(ends[1])


def test_shares_of_yes_stay_between_none_and_all():
    answer = np.concatenate([np.ones(99), [0.0], np.zeros(100)])
    frame = pd.DataFrame({"yes": answer, "age": np.arange(200.0)})
    columns = {"yes": {"role": "feature", "kind": "boolean"}, "age": {"role": "age"}}
    table = features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": columns}))
    labels = (table.frame["age"] >= 100).to_numpy().astype(int)
    rows = np.flatnonzero(table.kept)[:-1:2]
    generator = np.random.default_rng(8)
    drawn = Resampled(
        labels=np.repeat(labels[rows][None].astype(np.int8), DRAWS, axis=0),
        weights=generator.poisson(1, (DRAWS, len(rows))).astype(float), jaccard=np.ones((DRAWS, 2)), rows=rows,
    )  # fmt: skip
    told = np.array([[0.99, 49.5], [0.0, 149.5]])
    ends = straying(numeric(table), (told, told), drawn)[1][:, :, 0]
    assert ends.min() >= 0
    assert ends.max() <= 1


def test_extreme_customers_who_are_in_a_mean_are_in_its_interval(table: Features):
    """Eight of 155 spend 9,000: the mean has a standard error of about √8 · 9,000 / 155 = 164 from them alone."""
    raw = Site.model_validate({"data": {"path": "t.csv"}, "columns": {**COLUMNS, "spent": {
        "role": "monetary", "transform": "none"}}})  # fmt: skip
    plain = features(table.frame, raw)
    spent = plain.values(plain.described[0])
    plain = replace(plain, kept=spent < 5000, looked_at=np.arange(300))
    labels, rows = (spent > 60).astype(int), np.flatnonzero(plain.kept)
    drawn = Resampled(
        labels=np.repeat(labels[rows][None].astype(np.int8), 400, axis=0),
        weights=np.ones((400, len(rows))), jaccard=np.ones((400, 2)), rows=rows,
    )  # fmt: skip
    whole = of_the_whole(drawn, plain, labels, len(rows), np.random.SeedSequence(4))
    low, high = compared(profiles(plain, labels, None), plain, labels, whole)
    assert low.of(plain.described[0]).mean_interval is not None
    figure = high.of(plain.described[0])
    error = np.sqrt(8) * 9000 / high.size
    assert figure.mean - figure.mean_interval.lower == pytest.approx(1.96 * error, rel=0.25)
    assert figure.mean_interval.upper - figure.mean == pytest.approx(1.96 * error, rel=0.25)


def test_a_document_of_before_knows_the_mean_alone(mall_contract: Contract):
    content = json.loads(mall_contract.model_dump_json())
    for segment in content["segments"]:
        for profile in segment["profile"]:
            del profile["typical"], profile["typical_interval"]
    for feature in content["data"]["features"]:
        del feature["typical"]
    assert Contract.model_validate(content) == mall_contract


def test_mall_has_means_as_ever(mall_contract: Contract):
    by_name = {one.name: one for one in mall_contract.data.features}
    for segment in mall_contract.segments:
        for one in segment.profile:
            feature = by_name[one.feature]
            assert feature.typical == "mean"
            assert (one.typical, one.typical_interval) == (one.mean, one.mean_interval)
            assert one.mean_interval is not None
            assert one.difference == pytest.approx(one.mean - (feature.mean or 0))


SPENT = Feature(
    name="spent", slug="spent", label="Total spent", role="monetary", kind="numeric", used_for="clustering",
    format="money", typical="median", mean=200.0, median=100.0,
)  # fmt: skip


def _figure(typical: float, effect: float) -> FeatureProfile:
    return FeatureProfile(
        feature="spent", mean=2 * typical, median=typical, q1=0, q3=typical, level="high", effect=effect,
        typical=typical, difference=typical - 100, ratio=typical / 100 - 1, marker=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typical", "words"),
    [
        (143, "spends 43% more than the typical customer"),
        (80, "spends 20% less than the typical customer"),
        (200, "spends twice as much as the typical customer"),
        (300, "spends 3 times as much as the typical customer"),
        (340, "spends 3.4 times as much as the typical customer"),
        (1523, "spends 15 times as much as the typical customer"),
        (100.2, "spends slightly more than the typical customer"),
    ],
)
def test_phrases_speak_of_the_typical_customer(typical: float, words: str, formats: NumberFormat):
    assert phrase(SPENT, _figure(typical, typical - 100), Column(role="monetary"), formats) == words


def test_phrases_of_the_configuration_and_of_other_columns(formats: NumberFormat):
    phrases = {"more": "bought {} more often than average", "less": "bought {} less often than average"}
    own = Column.model_validate({"role": "frequency", "phrases": phrases})
    assert phrase(SPENT, _figure(700, 1), own, formats) == "bought 600% more often than the typical customer"
    assert phrase(SPENT, _figure(50, -1), own, formats) == "bought 50% less often than the typical customer"
    other = SPENT.model_copy(update={"role": "feature"})
    assert phrase(other, _figure(143, 1), Column(role="feature"), formats) == "is 43% above the median in total spent"
    assert (
        phrase(other, _figure(1523, 1), Column(role="feature"), formats) == "is at 15 times the median in total spent"
    )


@pytest.mark.parametrize(
    ("role", "label", "typical", "words"),
    [
        ("monetary", "Total spent", 300, "spends 3 times as much as average"),
        ("monetary", "Total spent", 199, "spends 99% more than average"),
        ("frequency", "Orders", 1284, "buys 13 times as often as average"),
        ("recency", "Days since last order", 340, "last bought 3.4 times as long ago as average"),
        ("feature", "Tenure", 200, "has been a customer twice as long as average"),
        ("feature", "Groceries", 500, "is at 5 times the average in groceries"),
        ("feature", "Groceries", 60, "is 40% below average in groceries"),
    ],
)
def test_multiples_of_an_average_are_told_as_such(
    role: str, label: str, typical: float, words: str, formats: NumberFormat
):
    mean = SPENT.model_copy(update={"typical": "mean", "role": role, "label": label})
    assert phrase(mean, _figure(typical, typical - 100), Column(role=role), formats) == words  # type: ignore[arg-type]


def test_a_multiple_of_a_score_is_as_high(formats: NumberFormat):
    """The same page has it as 2.1×."""
    score = SPENT.model_copy(
        update={"typical": "mean", "role": "spending", "label": "Spending score", "format": "number"}
    )
    figure, own = _figure(211, 111), Column(role="spending")
    assert phrase(score, figure, own, formats) == "scores 2.1 times as high on spending as average"
    assert phrase(score, _figure(143, 43), own, formats) == "scores 43% higher on spending than average"


def test_a_figure_stands_before_where_it_is(formats: NumberFormat):
    groceries = SPENT.model_copy(update={"role": "feature", "label": "Groceries", "format": "number"})
    assert valued(groceries, _figure(500, 1), formats) == "groceries 500, 5 times the median"
    few = _figure(2.44, 1).model_copy(update={"difference": 2.1, "ratio": None})
    complaints = groceries.model_copy(update={"typical": "mean", "mean": 0.34, "label": "Open complaints"})
    assert valued(complaints, few, formats) == "open complaints 2.44, against an average of 0.34"


def test_figures_are_placed_by_the_median(formats: NumberFormat):
    written = [placed(SPENT, _figure(typical, 1), formats) for typical in (143, 60, 100, 200, 340)]
    assert written == [
        "43% above the median", "40% below the median", "at the median", "twice the median", "3.4 times the median",
    ]  # fmt: skip


def test_medians_that_are_alike_are_no_difference_to_tell(table: Features, formats: NumberFormat):
    """Of purchases both medians are often 1, while the logarithms differ clearly."""
    spent = table.described[0]
    figure = _figure(100, -0.9)
    profile = Profile(id=1, size=40, share=0.2, value_share=None, figures=(figure,), categories=(), neighbour=None)
    alone = features(table.frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": {
        "spent": COLUMNS["spent"]}}))  # fmt: skip
    assert apart(profile, alone) == []
    told = traits(profile, alone, {spent.name: Column(role="monetary")}, formats)
    assert [trait.phrase for trait in told] == [ELSEWHERE]


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (6e-6, "differs from average, but too little to count, or not consistently across resamples"),
        (0.2, "differs from average by no more than chance could explain"),
    ],
)
def test_a_difference_that_does_not_count_is_called_chance_only_where_it_may_be(
    p: float, words: str, table: Features, formats: NumberFormat
):
    figure = _figure(60, -0.6).model_copy(update={"level": "low", "marker": False, "adjusted_p": p})
    profile = Profile(id=1, size=40, share=0.2, value_share=None, figures=(figure,), categories=(), neighbour=None)
    alone = features(
        table.frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": {"spent": COLUMNS["spent"]}})
    )
    told = traits(profile, alone, {"spent": Column(role="monetary")}, formats)
    assert [trait.phrase for trait in told] == [words]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([0] * 60 + [1] * 20 + [3] * 20, False),  # a count of few
        ([1] * 80 + [2] * 10 + [4] * 10, False),  # nobody buys less than once
        ([0.0] * 97 + [900.0, 1000.0, 1100.0], False),  # nearly everybody has nothing
        ([4, 6, 8, 10] * 25, True),
        ([20.5, 30.5, 40.5, 50.5] * 25, True),
    ],
)
def test_a_per_cent_is_told_only_of_what_a_customer_could_halve(values: list[float], *, told: bool):
    site = Site.model_validate({"data": {"path": "t.csv"}, "columns": {"x": {"role": "feature", "transform": "none"}}})
    table = features(pd.DataFrame({"x": np.array(values, dtype=float)}), site)
    halves = np.arange(100) % 2
    assert all((each.figures[0].ratio is not None) is told for each in profiles(table, halves, None))
