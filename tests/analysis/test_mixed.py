"""Tables in which segments are found by categories, from the file to what is said of each segment."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.clustering.choose import GAPS_OF_CATEGORIES, RULE
from analysis.clustering.verdict import verdict
from analysis.configuration import Configuration
from analysis.contract import Contract, Segment
from analysis.errors import ConfigurationError
from analysis.naming.traits import in_sentence
from analysis.pipeline import analyse
from analysis.preparation.features import Features, features
from analysis.preparation.validate import validate
from analysis.profiling.rules import rules
from analysis.reading.table import read_table
from analysis.wording.number_format import NumberFormat
from tests.analysis.test_choose import _reference, _trial

NUMBER = {"role": "feature"}
KIND = {"role": "category", "use": "cluster"}
ROWS = 300


def _grouped(seed: int = 7) -> pd.DataFrame:
    """Three groups apart in two numbers, each with a channel of its own; a sex that has nothing to do with them."""
    generator = np.random.default_rng(seed)
    group = generator.integers(0, 3, ROWS)
    usual = np.array(["web", "shop", "phone"])[group]
    return pd.DataFrame(
        {
            "visits": (group * 6 + generator.normal(size=ROWS)).round(2),
            "spend": ((group == 1) * 7 + generator.normal(size=ROWS)).round(2),
            "Channel": np.where(generator.random(ROWS) < 0.85, usual, "mail"),
            "Sex": generator.choice(["Female", "Male"], ROWS),
        }
    )


GROUPED = {"visits": NUMBER, "spend": NUMBER, "Channel": {"role": "channel", "use": "cluster"}}


@pytest.fixture
def grouped(configure) -> Contract:
    return analyse(configure(_grouped(), {**GROUPED, "Sex": {"role": "gender", "use": "cluster"}})).contract


def test_groups_are_found_and_told_by_their_categories_too(grouped: Contract):
    assert (grouped.selection.k, grouped.selection.verdict) == (3, "natural")
    told = {trait.category: trait for segment in grouped.segments for trait in segment.traits if trait.category}
    assert set(told) == {"web", "shop", "phone"}
    assert told["web"].phrase == "channel: 80% web, against 23% of all customers"
    assert all("visits" in segment.centroid and "Channel" not in segment.centroid for segment in grouped.segments)
    assert grouped.selection.rule == (*RULE, GAPS_OF_CATEGORIES)


def test_what_has_nothing_to_do_with_the_groups_is_not_told(grouped: Contract):
    assert not any(trait.feature == "Sex" for segment in grouped.segments for trait in segment.traits)


def test_weights_and_their_part_in_the_distances_are_told(grouped: Contract):
    assert [one.weight for one in grouped.data.features] == [1.0] * 4
    assert [one.inertia_share for one in grouped.data.features] == [0.25] * 4


def test_one_column_of_two_categories_is_no_finding(configure):
    """It parts the table perfectly and comes back in every resample, as it does without any group."""
    generator = np.random.default_rng(5)
    frame = pd.DataFrame({name: generator.normal(size=ROWS).round(2) for name in "ab"})
    frame["Sex"] = generator.choice(["Female", "Male"], ROWS)
    columns = {"a": NUMBER, "b": NUMBER, "Sex": {"role": "gender", "use": "cluster", "weight": 3}}
    found = analyse(configure(frame, columns)).contract.selection
    assert (found.k, found.verdict) == (2, "constructive")
    assert found.stability == pytest.approx(1)
    assert "no more stable or no tighter than those of random tables without groups." in found.reason


@pytest.mark.parametrize("disposition", [0.0, 0.85])
def test_answers_without_groups_are_no_finding(configure, disposition: float):
    generator = np.random.default_rng(11)
    shared, own = generator.normal(size=(ROWS, 1)), generator.normal(size=(ROWS, 5))
    hidden = np.sqrt(disposition) * shared + np.sqrt(1 - disposition) * own
    frame = pd.DataFrame({f"q{number}": np.where(each > 0, "yes", "no") for number, each in enumerate(hidden.T)})
    words = analyse(configure(frame, dict.fromkeys(frame.columns, KIND))).contract
    assert words.selection.verdict in {"constructive", "none"}
    figures = analyse(configure((frame == "yes").astype(int), dict.fromkeys(frame.columns, NUMBER))).contract
    assert figures.selection.verdict in {"constructive", "none"}


@pytest.fixture(scope="module")
def classes() -> pd.DataFrame:
    """Two latent classes that answer ten questions differently."""
    generator = np.random.default_rng(2)
    share = np.where(np.repeat([[1], [0]], ROWS // 2, axis=0) == 1, 0.9, 0.1)
    drawn = generator.random((ROWS, 10)) < share
    return pd.DataFrame({f"Question {number}": np.where(each, "yes", "no") for number, each in enumerate(drawn.T)})


def test_a_table_of_categories_alone_is_grouped_and_described(configure, classes: pd.DataFrame):
    contract = analyse(configure(classes, dict.fromkeys(classes.columns, KIND))).contract
    assert (contract.selection.k, contract.selection.verdict) == (2, "natural")
    assert contract.exploration.map is None
    assert contract.exploration.distributions == ()
    for segment in contract.segments:
        assert segment.centroid == {}
        assert segment.profile == ()
        assert len(segment.traits) == 10
        assert "for question" in segment.name


@pytest.mark.parametrize("algorithm", ["ward", "bisecting", "hdbscan"])
def test_other_algorithms_take_categories(configure, algorithm: str):
    contract = analyse(configure(_grouped(), GROUPED, model={"algorithm": algorithm})).contract
    # Customers of one group stand densely by channel, so that density may part it further.
    assert contract.selection.k == 3 or (algorithm == "hdbscan" and contract.selection.verdict == "constructive")


def test_a_mixture_of_normal_clouds_has_no_place_for_categories(configure):
    configuration = configure(_grouped(), GROUPED, model={"algorithm": "gaussian_mixture"})
    with pytest.raises(ConfigurationError, match="gaussian_mixture handles numbers only"):
        analyse(configuration)


def test_in_a_comparison_the_mixture_says_why_it_is_missing(configure):
    found = analyse(configure(_grouped(), GROUPED, model={"algorithm": "compare"})).contract.selection
    note = next(one.note for one in found.algorithms if one.algorithm == "gaussian_mixture")
    assert (
        note == "A mixture of normal distributions handles numbers only, and this table is also grouped by categories."
    )


def _table(configuration: Configuration) -> Features:
    customers = validate(read_table(configuration.origin.places[0], configuration.site), configuration.site)
    return features(customers.frame, configuration.site)


def _sentences(configure, frame: pd.DataFrame, member: pd.Series) -> tuple[str, list[tuple[str, object]]]:
    table = _table(
        configure(frame, {name: NUMBER if pd.api.types.is_numeric_dtype(frame[name]) else KIND for name in frame})
    )
    # The index of each row in canonical order.
    labels = member.to_numpy().astype(np.intp)[table.order]
    rule = rules(table, labels, NumberFormat("en_US", "USD"))[1]
    assert rule is not None
    return rule.sentence, [(one.operator, one.value) for one in rule.conditions]


def test_rules_speak_of_categories(configure):
    frame = _grouped().drop(columns="Sex")
    inside = (frame["Channel"] == "web") & (frame["spend"] < 3)
    assert _sentences(configure, frame, inside)[1][-1] == ("is", "web")
    assert "channel is web" in _sentences(configure, frame, inside)[0].casefold()
    outside = ~frame["Channel"].isin(["web", "mail"])
    sentence, conditions = _sentences(configure, frame[["Channel"]], outside)
    assert sentence == "Channel is neither mail nor web."
    assert conditions == [("is not", "mail"), ("is not", "web")]


def test_of_two_categories_a_rule_names_the_one_that_is_meant(configure):
    frame = _grouped()[["visits", "Sex"]]
    for sex in ("Female", "Male"):
        assert _sentences(configure, frame, frame["Sex"] == sex) == (f"Sex is {sex}.", [("is", sex)])


def test_a_rule_explains_the_rare_ones_by_what_they_are_not(configure):
    frame = pd.DataFrame({"Town": ["a"] * 100 + ["b"] * 80 + [f"c{number}" for number in range(20)]})
    sentence, conditions = _sentences(configure, frame, frame["Town"].str.startswith("c"))
    assert sentence == "Town is neither a nor b."
    assert conditions == [("is", "Other")]


def test_a_gap_counts_only_beyond_those_of_the_same_categories():
    apart = dataclasses.replace(_reference(0.99, 0.9), separation=np.full(20, 5.0))
    for gap, word in ((5.2, "constructive"), (5.6, "natural")):
        trial = _trial(2, 0.5, apart=gap, agreement=0.9)
        measures = dataclasses.replace(trial.measures, normal=apart, box=apart)
        trial = dataclasses.replace(trial, measures=measures)
        assert trial.gap_needed == pytest.approx(5.5)
        assert verdict(trial) == word


def test_amounts_alone_need_no_more_than_the_fixed_gap():
    assert _trial(2, 0.5).gap_needed == 4.5


def test_a_criterion_tells_the_category_that_parts_two_segments(configure, classes: pd.DataFrame):
    contract = analyse(configure(classes, dict.fromkeys(classes.columns, KIND))).contract
    reasons = [one.reason for segment in contract.segments for one in segment.criteria if one.name == "differentiable"]
    assert all("They differ most in question" in each and "with an effect of at least" in each for each in reasons)


def test_what_a_segment_has_more_of_is_told_before_what_it_lacks(grouped: Contract):
    segment: Segment = max(grouped.segments, key=lambda one: one.size)
    (trait,) = (one for one in segment.traits if one.category)
    shares = [one for one in segment.categories if one.feature == "Channel"]
    assert trait.category == max(shares, key=lambda one: one.share - one.share_overall).category
    assert in_sentence("Channel") in trait.phrase
